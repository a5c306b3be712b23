//! `GET /briefings/{slug}/compare/{a}..{b}`: how two transcripts of a briefing differ.

use axum::extract::State;

use super::{changes, cite};
use crate::domain::Audience;
use crate::store::briefings::Briefing;
use crate::store::transcripts::{self, Text};
use crate::store::utterances;
use crate::web::difference::{self, Difference, Of};
use crate::web::error::Error;
use crate::web::extract::Path;
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// The page.
#[derive(askama::Template)]
#[template(path = "public/compare.html")]
pub struct Compare {
    frame: Frame,
    briefing: Briefing,
    first: Text,
    second: Text,
    difference: Difference,
}

/// The handler.
pub async fn show(
    frame: Frame,
    State(app): State<App>,
    Path((slug, range)): Path<(String, String)>,
) -> Result<Page<Compare>, Error> {
    let (a, b) = changes::read_pair(&range).filter(|(a, b)| a != b).ok_or(Error::NotFound)?;
    let mut conn = app.pool.acquire().await?;
    let (briefing, ..) = cite::find(&mut conn, &slug, &cite::Pin::default()).await?;
    let texts = transcripts::texts(&mut conn, briefing.listed.id).await?;
    let find = |number: i32| texts.iter().find(|text| text.number == number).cloned().ok_or(Error::NotFound);
    let (first, second) = (find(a)?, find(b)?);
    let before = utterances::of_revision(&mut conn, first.revision_id, Audience::Readers, 0, i32::MAX).await?;
    let after = utterances::of_revision(&mut conn, second.revision_id, Audience::Readers, 0, i32::MAX).await?;
    let difference = difference::of(&before, &after, Of::Transcripts);
    Ok(Page(Compare { frame, briefing, first, second, difference }))
}
