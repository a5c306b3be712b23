//! Problems as programs tell them apart (RFC 9457): each kind has an address, where it is explained.

use axum::http::StatusCode;
use serde::Serialize;
use serde_json::{Map, Value};

use super::urls;

/// A kind of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// The end of its address.
    pub name: &'static str,
    /// The HTTP status.
    pub status: StatusCode,
    /// What happened, in a few words.
    pub title: &'static str,
    /// What whoever asks can do, where nothing better is known.
    pub usual: &'static str,
}

const fn kind(name: &'static str, status: StatusCode, title: &'static str, usual: &'static str) -> Kind {
    Kind { name, status, title, usual }
}

/// Part of a request makes no sense.
pub const NOT_UNDERSTOOD: Kind = kind(
    "not-understood",
    StatusCode::BAD_REQUEST,
    "That could not be understood",
    "Part of the request makes no sense.",
);
/// The body is of another type.
pub const NOT_JSON: Kind = kind(
    "not-json",
    StatusCode::UNSUPPORTED_MEDIA_TYPE,
    "That is not JSON",
    "Send JSON, and say so in the header: Content-Type: application/json.",
);
/// There is more of it than we take.
pub const TOO_LARGE: Kind = kind(
    "too-large",
    StatusCode::PAYLOAD_TOO_LARGE,
    "Too much at once",
    "The request is larger than this server accepts.",
);
/// The words that were sent are fine, but nothing could be done.
pub const REFUSED: Kind = kind(
    "refused",
    StatusCode::UNPROCESSABLE_ENTITY,
    "Nothing was written",
    "What was asked for cannot be done; the detail says why.",
);
/// Another revision came between.
pub const OVERTAKEN: Kind = kind(
    "overtaken",
    StatusCode::CONFLICT,
    "Somebody was faster",
    "Another revision was made meanwhile. The answer has its number and what it changed.",
);
/// A key was used for something else before.
pub const KEY_USED: Kind = kind(
    "key-used",
    StatusCode::UNPROCESSABLE_ENTITY,
    "This key was used for something else",
    "The same Idempotency-Key came with another request before. Use a new key for each thing to be done.",
);
/// A draft may not be published yet.
pub const HELD: Kind =
    kind("held", StatusCode::UNPROCESSABLE_ENTITY, "Held back", "This briefing may be published later, not now.");
/// A draft that seems to be of an event that is here already.
pub const SAME_EVENT: Kind = kind(
    "same-event",
    StatusCode::UNPROCESSABLE_ENTITY,
    "The same event is here already",
    "It seems to be of an event that is here already. An editor says on its page what it is: another transcript, a newer \
     version, or a briefing of its own.",
);
pub(in crate::web) const NO_TOKEN: Kind = kind(
    "no-token",
    StatusCode::UNAUTHORIZED,
    "Who is asking?",
    "Send a token of the archive in the header Authorization.",
);
pub(in crate::web) const NOT_ALLOWED: Kind =
    kind("not-allowed", StatusCode::FORBIDDEN, "Not allowed", "This request is not allowed.");
pub(in crate::web) const NOT_FOUND: Kind = kind(
    "not-found",
    StatusCode::NOT_FOUND,
    "There is nothing here",
    "The address may be misspelt, or the page never existed.",
);
const NOT_THAT_WAY: Kind = kind(
    "not-that-way",
    StatusCode::METHOD_NOT_ALLOWED,
    "Not that way",
    "This address cannot be used like that. Go back and use the page that led here; programs find in the header \
     Allow what can be done.",
);
const GONE: Kind = kind("gone", StatusCode::GONE, "It is no longer here", "It was withdrawn.");
const WITHHELD: Kind = kind(
    "withheld",
    StatusCode::UNAVAILABLE_FOR_LEGAL_REASONS,
    "It is not given out",
    "It may not be shown; the detail says why.",
);
const TOO_SLOW: Kind = kind(
    "too-slow",
    StatusCode::REQUEST_TIMEOUT,
    "That took too long",
    "Not everything arrived in time, and nothing was kept. Send it in smaller parts.",
);
const TOO_OFTEN: Kind =
    kind("too-often", StatusCode::TOO_MANY_REQUESTS, "Too many attempts", "Please try again later.");
pub(in crate::web) const UNAVAILABLE: Kind = kind(
    "unavailable",
    StatusCode::SERVICE_UNAVAILABLE,
    "The archive cannot be reached right now",
    "The archive’s database is not answering. Nothing is lost; please try again in a minute.",
);
const OUR_SIDE: Kind = kind(
    "our-side",
    StatusCode::INTERNAL_SERVER_ERROR,
    "Something went wrong on our side",
    "It has been noted. Please try again, or go on from here.",
);

/// Every kind, by status. What an act of correction is refused for has names of its own beside these.
pub const KINDS: [Kind; 18] = [
    NOT_UNDERSTOOD,
    NO_TOKEN,
    NOT_ALLOWED,
    NOT_FOUND,
    NOT_THAT_WAY,
    TOO_SLOW,
    GONE,
    WITHHELD,
    OVERTAKEN,
    TOO_LARGE,
    NOT_JSON,
    REFUSED,
    KEY_USED,
    HELD,
    SAME_EVENT,
    TOO_OFTEN,
    OUR_SIDE,
    UNAVAILABLE,
];

/// What whoever asks is told. Travels in the response's extensions to the layer that knows page from JSON.
#[derive(Debug, Clone)]
pub struct Problem {
    /// Its kind, as programs know it.
    pub name: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// What happened, in a few words.
    pub title: &'static str,
    /// What whoever asks can do.
    pub detail: String,
    /// More, for programs.
    pub more: Map<String, Value>,
}

/// A problem as a document.
#[derive(Serialize)]
pub struct Document<'a> {
    r#type: String,
    title: &'static str,
    status: u16,
    detail: &'a str,
    #[serde(flatten)]
    more: &'a Map<String, Value>,
}

impl Problem {
    /// The usual problem behind a status.
    pub fn of(status: StatusCode, detail: Option<String>) -> Self {
        let kind = KINDS.into_iter().find(|kind| kind.status == status && ![KEY_USED, HELD, SAME_EVENT].contains(kind));
        let kind = kind.unwrap_or(match status {
            StatusCode::GATEWAY_TIMEOUT => UNAVAILABLE,
            status if status.is_client_error() => NOT_UNDERSTOOD,
            _ => OUR_SIDE,
        });
        let detail = detail.unwrap_or_else(|| kind.usual.to_owned());
        Self { status: status.as_u16(), detail, ..kind.into() }
    }

    /// The same with another detail.
    #[must_use]
    pub fn saying(self, detail: impl Into<String>) -> Self {
        Self { detail: detail.into(), ..self }
    }

    /// The same with more for programs.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.more.insert(name.to_owned(), value.into());
        self
    }

    /// The same, as programs read it.
    pub fn document(&self, public_url: &str) -> Document<'_> {
        Document {
            r#type: format!("{public_url}{}", urls::problem(self.name)),
            title: self.title,
            status: self.status,
            detail: &self.detail,
            more: &self.more,
        }
    }
}

impl From<Kind> for Problem {
    fn from(kind: Kind) -> Self {
        let Kind { name, status, title, usual } = kind;
        Self { name, status: status.as_u16(), title, detail: usual.to_owned(), more: Map::new() }
    }
}
