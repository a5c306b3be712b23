//! `/editor/drafts/{slug}`: a draft as readers would see it, with what the machine noticed; and publishing it.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use super::schedule;
use crate::domain::{Audience, Origin};
use crate::editorial;
use crate::store::utterances;
use crate::store::waiting::{self, Labelled, Waiting};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Editor, Path};
use crate::web::page::{Frame, Page};
use crate::web::public::turns::{self, Piece, Section};
use crate::web::{App, phrase, urls};

/// The page.
#[derive(askama::Template)]
#[template(path = "editor/draft.html")]
pub struct Draft {
    frame: Frame,
    draft: Waiting,
    head: Vec<Piece>,
    sections: Vec<Section>,
    held: bool,
    /// The zone in which moments are given.
    zone: String,
    labels: Vec<Labelled>,
    source: Vec<Stretch>,
}

/// A stretch of the source text: what a finding is about, or what lies between.
pub struct Stretch {
    text: String,
    /// The finding, by its place in the list, from 1.
    noticed: Option<usize>,
}

impl Draft {
    /// Whom a label stands for, as a reader of the table sees it.
    fn meaning(&self, label: &Labelled) -> String {
        match (&label.speaker, label.role) {
            (Some(speaker), _) => speaker.name.clone(),
            (None, Some(role)) => phrase::role(role).to_owned(),
            (None, None) => "Not known".to_owned(),
        }
    }

    fn percent(&self, score: &f32) -> String {
        format!("{:.0} %", score * 100.0)
    }
}

/// Parts a source text where findings point. Of findings that overlap the first counts.
fn stretches(text: &str, places: &[Option<(usize, usize)>]) -> Vec<Stretch> {
    let mut places: Vec<(usize, usize, usize)> =
        places.iter().enumerate().filter_map(|(n, at)| at.map(|(start, end)| (start, end, n + 1))).collect();
    places.sort_unstable();
    let mut stretches = Vec::new();
    let mut letters = text.chars();
    let mut at = 0;
    for (start, end, number) in places {
        if start < at || end <= start {
            continue;
        }
        stretches.push(Stretch { text: letters.by_ref().take(start - at).collect(), noticed: None });
        stretches.push(Stretch { text: letters.by_ref().take(end - start).collect(), noticed: Some(number) });
        at = end;
    }
    stretches.push(Stretch { text: letters.collect(), noticed: None });
    stretches.retain(|stretch| !stretch.text.is_empty());
    stretches
}

/// `GET`: shows it.
pub async fn show(
    _: Editor,
    frame: Frame,
    State(app): State<App>,
    Path(slug): Path<String>,
) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let draft = waiting::find(&mut conn, &slug).await?.ok_or(Error::NotFound)?;
    let utterances = utterances::of_briefing(&mut conn, draft.id, Audience::Readers, 0, i32::MAX).await?;
    let (mut head, mut sections) = turns::sections(&slug, &utterances, |_| Vec::new());
    // Permanent links lead nowhere before publication: numbers point at their place on this page.
    for piece in head.iter_mut().chain(sections.iter_mut().flat_map(|section| &mut section.pieces)) {
        piece.url = format!("#{}", piece.number);
    }
    let held = draft.is_held((app.clock)());
    let labels = waiting::labels(&mut conn, draft.id).await?;
    let places: Vec<_> = draft.diagnostics.iter().map(|noticed| noticed.at).collect();
    let source = stretches(&waiting::source_text(&mut conn, draft.id).await?, &places);
    let zone = schedule::zone(&draft).1;
    Ok((Policy::Never, Page(Draft { frame, draft, head, sections, held, zone, labels, source })).into_response())
}

/// `POST`: publishes it, unless it is held back; returns when readers can find it.
pub async fn publish(editor: Editor, State(app): State<App>, Path(slug): Path<String>) -> Result<Response, Error> {
    let now = (app.clock)();
    let mut tx = app.pool.begin().await?;
    let draft = waiting::find(&mut tx, &slug).await?.ok_or(Error::NotFound)?;
    if draft.is_held(now) {
        let until = draft.embargo_until.map(phrase::moment).unwrap_or_default();
        return Err(Error::BadRequest(format!("This briefing is held back until {until}. It can be published then.")));
    }
    let position = editorial::publish_drafts(&mut tx, &[draft.id], &editor.actor, now).await? as u64;
    tx.commit().await?;
    super::shown(&app, position).await;
    Ok((Policy::Never, Redirect::to(&urls::briefing(&slug))).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_text_is_parted_where_findings_point_and_no_letter_is_lost() {
        let parted = |places: &[Option<(usize, usize)>]| -> Vec<(String, Option<usize>)> {
            stretches("Dé tide is out", places).into_iter().map(|one| (one.text, one.noticed)).collect()
        };
        assert_eq!(parted(&[]), [("Dé tide is out".to_owned(), None)]);
        assert_eq!(
            parted(&[None, Some((3, 7)), Some((4, 9)), Some((11, 99))]),
            [("Dé ".into(), None), ("tide".into(), Some(2)), (" is ".into(), None), ("out".into(), Some(4))]
        );
    }
}
