//! `GET /briefings/{slug}/sources/{sha256}`: the original file of a text, byte by byte as it was received.

use axum::extract::State;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse as _, Response};

use crate::domain::BriefingStatus;
use crate::store::sources::{self, NotGiven, Original};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::Path;
use crate::web::{App, phrase};

/// Nothing in it may run, load or be framed, whatever a browser makes of it.
const SANDBOX: &str = "sandbox; default-src 'none'";

/// The handler: always as a file to be saved, never as a page of ours.
pub async fn download(State(app): State<App>, Path((slug, sha256)): Path<(String, String)>) -> Result<Response, Error> {
    let hash = hex::decode(&sha256).map_err(|_| Error::NotFound)?;
    let mut conn = app.pool.acquire().await?;
    let original = sources::original(&mut conn, &slug, &hash).await?.ok_or(Error::NotFound)?;
    if original.status != BriefingStatus::Published {
        return Err(Error::Gone("This briefing has been withdrawn, and its original file with it.".to_owned()));
    }
    match original.withheld {
        Some(reason @ NotGiven::Redacted) => return Err(Error::Gone(phrase::not_given(reason).to_owned())),
        Some(reason) => return Err(Error::Withheld(phrase::not_given(reason))),
        None => {}
    }
    let bytes = sources::bytes(&mut conn, original.id).await?.bytes;
    let headers: [(HeaderName, String); 3] = [
        (header::CONTENT_DISPOSITION, disposition(&original, &slug)),
        (header::CONTENT_SECURITY_POLICY, SANDBOX.to_owned()),
        (header::CONTENT_TYPE, original.media_type),
    ];
    Ok((Policy::Archive, headers, bytes).into_response())
}

/// "attachment", with the name it came under.
fn disposition(original: &Original, slug: &str) -> String {
    let name = original.file_name.as_deref().and_then(|path| path.rsplit(['/', '\\']).next());
    let name = name.filter(|name| !name.is_empty()).unwrap_or(slug);
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || " ._-".contains(c) { c } else { '_' }).collect();
    let exact: String = name
        .bytes()
        .map(|byte| match byte {
            b'.' | b'_' | b'-' => char::from(byte).to_string(),
            _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{exact}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::SourceId;

    #[test]
    fn a_file_keeps_its_name_and_nothing_in_it_ends_the_header() {
        let named = |name: Option<&str>| {
            let original = Original {
                id: SourceId(1),
                media_type: String::new(),
                file_name: name.map(str::to_owned),
                url: None,
                status: BriefingStatus::Published,
                withheld: None,
            };
            disposition(&original, "harbour")
        };
        assert_eq!(named(None), "attachment; filename=\"harbour\"; filename*=UTF-8''harbour");
        assert_eq!(
            named(Some("in/a \"b\"\r\né.html")),
            "attachment; filename=\"a _b____.html\"; filename*=UTF-8''a%20%22b%22%0D%0A%C3%A9.html"
        );
    }
}
