//! A page as an answer, and what the house knows while it renders one.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};

use super::App;
use super::cache::Policy;
use super::error::Error;
use super::overview::Overview;
use std::sync::Arc;

/// A rendered template.
pub struct Page<T>(pub T);

impl<T: askama::Template> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        match self.0.render() {
            Ok(html) => (Policy::Archive, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response(),
            Err(error) => Error::Internal(Box::new(error)).into_response(),
        }
    }
}

/// What the layout around every page shows.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The path of this page, to mark where we are.
    pub path: String,
    /// The address of this page as others should cite it.
    pub canonical: String,
    /// Whether the sample archive is still in.
    pub fiction: bool,
    /// Who is signed in, on pages that only editors see.
    pub desk: Option<Desk>,
}

/// Who is signed in. Extractors of those who may see a page leave it in the request.
#[derive(Debug, Clone)]
pub struct Desk {
    /// The account's address.
    pub email: String,
    /// Whether it is an admin's.
    pub admin: bool,
    /// How many problems that readers reported wait for an outcome.
    pub problems: i64,
}

impl Frame {
    /// A frame for pages that must not need the database.
    pub fn bare(app: &App, path: &str) -> Self {
        let canonical = format!("{}{path}", app.settings.public_url);
        Self { path: path.to_owned(), canonical, fiction: false, desk: None }
    }

    /// Whether this page belongs to the part of the site below an address.
    pub fn within(&self, part: &str) -> bool {
        self.path.strip_prefix(part).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

impl FromRequestParts<App> for Frame {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let overview: Arc<Overview> = app.overview().await?;
        let desk = parts.extensions.get::<Desk>().cloned();
        Ok(Self { fiction: overview.extent.fiction, desk, ..Self::bare(app, parts.uri.path()) })
    }
}
