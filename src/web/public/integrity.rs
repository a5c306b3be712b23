//! `GET /about/integrity`: where the audit log ends, how to pin that, and how to check the record.

use axum::extract::State;

use crate::store::record::{self, Head};
use crate::web::error::Error;
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase};

/// The page.
#[derive(askama::Template)]
#[template(path = "public/integrity.html")]
pub struct Integrity {
    frame: Frame,
    head: Head,
}

/// The handler.
pub async fn show(frame: Frame, State(app): State<App>) -> Result<Page<Integrity>, Error> {
    let head = record::audit_head(&mut *app.pool.acquire().await?).await?;
    Ok(Page(Integrity { frame, head }))
}
