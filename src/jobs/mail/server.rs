//! The mail server that takes our letters, and how it is spoken to.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use lettre::message::header::{ContentType, HeaderName, HeaderValue, MIME_VERSION_1_0};
use lettre::message::{Mailbox, MessageBuilder};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use url::{Host, Url};

use super::letter;
use crate::store::outbox::{Due, Letter};

/// Longest that a mail server may take to answer once, and to take a letter.
const PATIENCE: Duration = Duration::from_secs(20);
const LONGEST: Duration = Duration::from_mins(1);

/// Whoever sends letters.
#[derive(Debug, Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    site: String,
}

/// Why no mail can be sent with these settings.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// The address of the mail server.
    #[error("--smtp-url is written like smtp://user:password@mail.example.org:587 or smtps://mail.example.org")]
    Server,
    /// The sender.
    #[error("--mail-from is written like archive@example.org, or “Onrecord <archive@example.org>”")]
    From,
}

/// Why a letter was not sent.
pub(super) struct Refusal {
    /// In the words of the mail server.
    pub said: String,
    /// Whether it will never be taken: nobody has this address.
    pub for_good: bool,
}

impl Mailer {
    /// Sends from an address through a mail server; links begin with the public address of the archive.
    pub fn new(server: &str, from: &str, public_url: &str) -> Result<Self, Unusable> {
        let server = secured(server).ok_or(Unusable::Server)?;
        let from: Mailbox = from.parse().map_err(|_| Unusable::From)?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(server.as_str())
            .map_err(|_| Unusable::Server)?
            .hello_name(ClientId::Domain(from.email.domain().to_owned()))
            .timeout(Some(PATIENCE))
            .build();
        Ok(Self { transport, from, site: public_url.trim_end_matches('/').to_owned() })
    }

    /// Sends a letter.
    pub(super) async fn send(&self, due: &Due, to: &str, now: Timestamp) -> Result<(), Refusal> {
        let unwritable = |error: &dyn std::error::Error| Refusal { said: error.to_string(), for_good: true };
        let to = to.parse().map_err(|error: lettre::address::AddressError| unwritable(&error))?;
        let message = self.head(due, now).to(Mailbox::new(None, to)).body(letter::text(due, &self.site));
        let message = message.map_err(|error| unwritable(&error))?;
        let sending = tokio::time::timeout(LONGEST, self.transport.send(message)).await;
        let slow = |_| Refusal { said: "The mail server takes too long.".to_owned(), for_good: false };
        sending.map_err(slow)?.map(drop).map_err(|error| Refusal {
            // Mailbox unavailable, not local, not allowed: asking again would change nothing.
            for_good: error.status().is_some_and(|code| matches!(code.to_string().as_str(), "550" | "551" | "553")),
            said: error.to_string(),
        })
    }

    fn head(&self, due: &Due, now: Timestamp) -> MessageBuilder {
        let letter = match due.letter {
            Letter::Receipt => "receipt",
            Letter::Reply => "reply",
        };
        let id = format!("<{}.{letter}@{}>", due.reference, self.from.email.domain());
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        Message::builder()
            .from(self.from.clone())
            .subject(letter::subject(due))
            .date(SystemTime::from(now))
            .message_id(Some(id))
            .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()))
            .header(MIME_VERSION_1_0)
            .header(ContentType::TEXT_PLAIN)
    }
}

/// The address of a mail server, which says how the way to it is secured. Where that is left open, a password never
/// travels in the clear; without one, STARTTLS is used where it is offered. On this machine there is no way to secure.
fn secured(address: &str) -> Option<Url> {
    let mut url = Url::parse(address).ok()?;
    let host = match url.host()? {
        Host::Domain(name) => name.to_owned(),
        Host::Ipv4(address) => address.to_string(),
        Host::Ipv6(address) => address.to_string(),
    };
    let here = host == "localhost" || host.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback());
    if url.scheme() == "smtp" && !here && !url.query_pairs().any(|(name, _)| name == "tls") {
        let tls = if url.password().is_some() { "required" } else { "opportunistic" };
        if url.password().is_none() && url.port().is_none() {
            url.set_port(Some(25)).ok()?;
        }
        url.query_pairs_mut().append_pair("tls", tls);
    }
    matches!(url.scheme(), "smtp" | "smtps").then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_never_travels_in_the_clear() {
        let secured = |address: &str| secured(address).map(String::from);
        let required = secured("smtp://user:word@mail.harbour.example:587").unwrap();
        assert!(required.ends_with("?tls=required"), "{required}");
        assert!(secured("smtp://mail.harbour.example").unwrap().ends_with(":25?tls=opportunistic"));
        for as_written in ["smtps://user:word@mail.harbour.example", "smtp://a:b@mail.example?tls=opportunistic"] {
            assert_eq!(secured(as_written).unwrap().as_str().trim_end_matches('/'), as_written);
        }
        for here in ["smtp://a:b@localhost:2525", "smtp://127.0.0.1:25", "smtp://[::1]:25"] {
            assert!(!secured(here).unwrap().contains("tls="), "{here}");
        }
        for wrong in ["mail.harbour.example:25", "http://mail.harbour.example", "smtp:", ""] {
            assert_eq!(secured(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn settings_that_cannot_work_are_refused_at_the_start() {
        let new = |server: &str, from: &str| Mailer::new(server, from, "https://onrecord.example").is_ok();
        assert!(new("smtp://localhost:25", "Onrecord <archive@onrecord.example>"));
        assert!(new("smtps://user:p%40ss@mail.harbour.example", "archive@onrecord.example"));
        assert!(!new("mail", "archive@onrecord.example"));
        assert!(!new("smtp://localhost:25", "archive"));
    }
}
