//! Reading requests: fields of the query that are missing, empty or repeated never make an error page.

mod editor;
mod json;
mod peer;
mod program;

pub use editor::{Admin, Editor, Remembered, cookie, remember};
pub use json::Json;
pub use peer::Peer;
pub use program::Program;

use axum::extract::{FromRequest, FromRequestParts, Query as AxumQuery, RawForm, Request};
use axum::http::Uri;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use url::form_urlencoded;

use super::error::Error;

/// The fields of the query: empty ones count as missing, of repeated ones the last one counts.
pub struct Query<T>(pub T);

impl<S: Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let mut fields: Vec<(String, String)> = Vec::new();
        for (name, value) in form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()) {
            fields.retain(|(known, _)| *known != name);
            // No text in the archive holds a NUL, and PostgreSQL takes none.
            let value = value.replace('\0', "").trim().to_owned();
            if !value.is_empty() {
                fields.push((name.into_owned(), value));
            }
        }
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let unreadable = || Error::BadRequest("The part of the address after “?” could not be read.".to_owned());
        let uri: Uri = format!("/?{query}").parse().map_err(|_| unreadable())?;
        AxumQuery::try_from_uri(&uri).map(|AxumQuery(fields)| Self(fields)).map_err(|_| unreadable())
    }
}

/// The parts of the path; what does not fit leads nowhere.
pub struct Path<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        // No name in the archive holds a NUL, and PostgreSQL takes none.
        if parts.uri.path().contains("%00") {
            return Err(Error::NotFound);
        }
        axum::extract::Path::from_request_parts(parts, state)
            .await
            .map(|axum::extract::Path(value)| Self(value))
            .map_err(|_| Error::NotFound)
    }
}

/// The fields of a posted form; what does not fit is a bad request.
pub struct Form<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Form<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let unreadable = || Error::BadRequest("The form could not be read.".to_owned());
        let (parts, body) = request.into_parts();
        let RawForm(mut fields) =
            RawForm::from_request(Request::from_parts(parts.clone(), body), state).await.map_err(|_| unreadable())?;
        // No text in the archive holds a NUL, and PostgreSQL takes none.
        if fields.contains(&0) || fields.windows(3).any(|three| three == b"%00") {
            let mut without = form_urlencoded::Serializer::new(String::new());
            for (name, value) in form_urlencoded::parse(&fields) {
                without.append_pair(&name, &value.replace('\0', ""));
            }
            fields = without.finish().into();
        }
        let request = Request::from_parts(parts, fields.into());
        let form = axum::extract::Form::from_request(request, state).await;
        form.map(|axum::extract::Form(fields)| Self(fields)).map_err(|_| unreadable())
    }
}
