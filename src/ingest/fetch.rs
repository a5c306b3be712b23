//! Fetching a source from an address on the web, without ever reaching into the network we stand in.
//!
//! Invariants: only `http` and `https`; the address that is connected to is the one that was checked, at every
//! redirect anew; the size is limited while bytes arrive; nothing secret is sent.

mod guard;
#[cfg(test)]
mod tests;

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::Once;
use std::time::Duration;

use futures::StreamExt;
use reqwest::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderMap, LOCATION};
use reqwest::{Client, ClientBuilder, Response, StatusCode};
use url::Url;

use super::child::{MAX_SOURCE_BYTES, too_large};
use crate::transcript::{Diagnostic, Severity};

pub use guard::is_public;

/// More redirects than this lead nowhere.
const MAX_REDIRECTS: usize = 5;

/// What was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The address they came from in the end, without fragment.
    pub url: String,
    /// The media type as declared, without parameters, in lower case.
    pub media_type: Option<String>,
    /// A file name: as declared, else the last part of the address.
    pub name: Option<String>,
}

/// Who fetches, and what is allowed.
#[derive(Debug, Clone)]
pub struct Fetcher {
    client: Client,
    is_open: fn(IpAddr) -> bool,
}

impl Fetcher {
    /// `allow_private` is for tests against a server on loopback, and for archives inside an intranet.
    pub fn new(allow_private: bool) -> Result<Self, Diagnostic> {
        Self::with(if allow_private { |_| true } else { is_public }, guard::system)
    }

    fn with(is_open: fn(IpAddr) -> bool, lookup: guard::Lookup) -> Result<Self, Diagnostic> {
        let client = builder()
            // A proxy would resolve names for us, and nobody would check what it connects to.
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .dns_resolver(Arc::new(guard::Resolver { is_open, lookup }))
            .timeout(Duration::from_mins(1))
            .build()
            .map_err(|error| failure("fetch", format!("Fetching is not possible here ({}).", root_cause(&error))))?;
        Ok(Self { client, is_open })
    }

    /// Fetches a source.
    pub async fn fetch(&self, address: &str) -> Result<Fetched, Diagnostic> {
        let mut url = Url::parse(address.trim()).map_err(|_| {
            failure("fetch-address", "This is no address. Write it in full, with https:// in front.".to_owned())
        })?;
        for _ in 0..=MAX_REDIRECTS {
            self.check(&url)?;
            let response = self.client.get(url.clone()).send().await.map_err(|error| explain(&url, &error))?;
            if response.status().is_redirection()
                && let Some(next) = redirect(&url, response.headers())
            {
                url = next?;
                continue;
            }
            return read(url, response).await;
        }
        Err(failure(
            "fetch-redirects",
            format!("The address leads on more than {MAX_REDIRECTS} times. Give the last one."),
        ))
    }

    fn check(&self, url: &Url) -> Result<(), Diagnostic> {
        if !matches!(url.scheme(), "http" | "https") {
            let message = format!("Addresses begin with http:// or https://, not {}:.", url.scheme());
            return Err(failure("fetch-address", message));
        }
        if !url.username().is_empty() || url.password().is_some() {
            let message = "The address holds a user name or password. Leave them out; download the file and import it.";
            return Err(failure("fetch-address", message.to_owned()));
        }
        // Names are checked when they are resolved; a bare number never is.
        let bare = match url.host() {
            Some(url::Host::Ipv4(address)) => Some(address.into()),
            Some(url::Host::Ipv6(address)) => Some(address.into()),
            Some(url::Host::Domain(_)) => None,
            None => return Err(failure("fetch-address", "The address names no host.".to_owned())),
        };
        match bare {
            Some(address) if !(self.is_open)(address) => Err(private(url)),
            _ => Ok(()),
        }
    }
}

/// A plain getter for what we ship addresses of ourselves, such as the binaries of `PostgreSQL`: follows redirects,
/// respects the proxy of the environment, takes up to `most` bytes.
pub async fn get(address: &str, most: usize) -> Result<Vec<u8>, String> {
    let client = builder().timeout(Duration::from_mins(10)).build().map_err(|error| root_cause(&error))?;
    let response = client.get(address).send().await.map_err(|error| root_cause(&error))?;
    if !response.status().is_success() {
        return Err(format!("the server answered {}", response.status()));
    }
    body(response, most).await.map_err(|problem| match problem {
        Body::TooLarge(bytes) => format!("it has more than {bytes} bytes"),
        Body::Broken(cause) => cause,
    })
}

/// What all our requests have in common.
fn builder() -> ClientBuilder {
    static PROVIDER: Once = Once::new();
    // Fails if somebody else has installed one, which is as good.
    PROVIDER.call_once(|| drop(rustls::crypto::ring::default_provider().install_default()));
    Client::builder()
        .user_agent(concat!("onrecord/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(Duration::from_secs(10))
        .read_timeout(Duration::from_secs(20))
}

/// Where a redirect leads, if the response is one.
fn redirect(from: &Url, headers: &HeaderMap) -> Option<Result<Url, Diagnostic>> {
    let location = headers.get(LOCATION)?;
    Some(
        location.to_str().ok().and_then(|location| from.join(location).ok()).ok_or_else(|| {
            failure("fetch-redirects", "The address leads on to something that is no address.".to_owned())
        }),
    )
}

async fn read(mut url: Url, response: Response) -> Result<Fetched, Diagnostic> {
    let host = url.host_str().unwrap_or_default().to_owned();
    match response.status() {
        status if status.is_success() => {}
        StatusCode::NOT_FOUND | StatusCode::GONE => {
            return Err(failure(
                "fetch-missing",
                format!("{host} has nothing at this address. Check it in a browser."),
            ));
        }
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            let message = format!("{host} refuses to hand this out. Download it in a browser and import the file.");
            return Err(failure("fetch-refused", message));
        }
        status => {
            return Err(failure("fetch-failed", format!("{host} answered {status}. Try again later.")));
        }
    }
    if let Some(length) = response.content_length().filter(|length| *length > MAX_SOURCE_BYTES as u64) {
        return Err(too_large(length));
    }
    let headers = response.headers();
    let media_type = text(headers, CONTENT_TYPE.as_str())
        .map(|value| value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
        .filter(|value| !value.is_empty());
    let name = text(headers, CONTENT_DISPOSITION.as_str()).and_then(|value| declared_name(&value));
    url.set_fragment(None);
    let name = name.or_else(|| last_part(&url));
    let bytes = body(response, MAX_SOURCE_BYTES).await.map_err(|problem| match problem {
        Body::TooLarge(bytes) => too_large(bytes as u64),
        Body::Broken(cause) => {
            failure("fetch-failed", format!("The connection to {host} broke off ({cause}). Try again."))
        }
    })?;
    Ok(Fetched { bytes, url: url.into(), media_type, name })
}

/// What may go wrong while bytes arrive.
enum Body {
    TooLarge(usize),
    Broken(String),
}

async fn body(response: Response, most: usize) -> Result<Vec<u8>, Body> {
    let mut bytes = Vec::new();
    let mut stream = response.bytes_stream();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|error| Body::Broken(root_cause(&error)))?;
        if bytes.len() + chunk.len() > most {
            return Err(Body::TooLarge(most + 1));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// The file name of a `Content-Disposition`, without any folders.
fn declared_name(disposition: &str) -> Option<String> {
    let value = disposition.split(';').find_map(|part| part.trim().strip_prefix("filename="))?;
    let name = value.trim().trim_matches('"').rsplit(['/', '\\']).next()?.trim();
    (!name.is_empty() && !name.starts_with('.')).then(|| name.to_owned())
}

/// The last part of an address that is not empty.
fn last_part(url: &Url) -> Option<String> {
    let part = url.path_segments()?.rev().find(|part| !part.is_empty())?;
    let decoded = url::form_urlencoded::parse(format!("n={}", part.replace('+', "%2B")).as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())?;
    Some(decoded.replace('/', "_"))
}

fn explain(url: &Url, error: &reqwest::Error) -> Diagnostic {
    let host = url.host_str().unwrap_or_default();
    if guard::refused(error) {
        return private(url);
    }
    let message = if error.is_timeout() {
        format!("{host} did not answer in time. Try again later.")
    } else {
        format!("{host} cannot be reached ({}). Check the address and the network.", root_cause(error))
    };
    failure("fetch-failed", message)
}

fn private(url: &Url) -> Diagnostic {
    let host = url.host_str().unwrap_or_default();
    let message =
        format!("{host} is inside a private network and is not fetched from. Download the file and import it.");
    failure("fetch-private", message)
}

fn failure(code: &str, message: String) -> Diagnostic {
    Diagnostic::new(Severity::Error, code, message)
}

/// The innermost reason of an error, which is the one that says something.
fn root_cause(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}
