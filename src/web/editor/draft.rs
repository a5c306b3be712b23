//! `/editor/drafts/{slug}`: a draft as readers would see it beside its source, with everything that can be settled and
//! completed before it is published.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::fields::{self, Sent, Unsaved};
use super::private;
use super::same_event::{SameEvent, UNSETTLED};
use super::schedule;
use super::settling::{Asked, Settling};
use crate::domain::{Audience, BatchId, BriefingKind, Origin, TranscriptStatus};
use crate::editorial;
use crate::store::editing::{self, Standing};
use crate::store::waiting::{self, Noticed, RESTRICTION, Waiting};
use crate::store::{directory, utterances};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Editor, Form, Path};
use crate::web::page::Frame;
use crate::web::public::turns::{self, Piece, Section};
use crate::web::{App, phrase, urls};

/// The page.
#[derive(askama::Template)]
#[template(path = "editor/draft.html")]
pub struct Draft {
    frame: Frame,
    draft: Waiting,
    standing: Standing,
    batch: Option<BatchId>,
    head: Vec<Piece>,
    sections: Vec<Section>,
    held: bool,
    /// The zone in which moments are given.
    zone: String,
    labels: Vec<Settling>,
    /// How many labels are in doubt.
    doubtful: usize,
    /// What the form of the fields holds, and why it was not saved.
    sent: Sent,
    unsaved: Option<Unsaved>,
    /// Names of all series.
    series: Vec<String>,
    source: Vec<Stretch>,
    /// Briefings that seem to be of the same event.
    same: SameEvent,
}

/// What was sent and cannot be done as it is.
#[derive(Default)]
pub struct Shown {
    /// The fields as typed.
    pub sent: Option<Sent>,
    /// Why they were not saved.
    pub unsaved: Option<Unsaved>,
    /// What was said of a label, and what is asked back.
    pub asked: Option<Asked>,
}

/// A stretch of the source text: what a finding is about, or what lies between.
pub struct Stretch {
    text: String,
    /// The finding, by its place in the list, from 1.
    noticed: Option<usize>,
}

impl Draft {
    /// What an editor says who has looked at a finding.
    fn settles(&self, noticed: &Noticed) -> &'static str {
        if noticed.code == RESTRICTION { "It may be published all the same" } else { "It is right as it stands" }
    }

    /// The first day for which a label could be settled for the series.
    fn for_series(&self) -> Option<(&str, jiff::civil::Date)> {
        self.standing.fields.series.as_deref().zip(self.standing.fields.date)
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
    page(frame, &app, &slug, Shown::default()).await
}

/// The page, with what was sent and cannot be done as it is.
pub(super) async fn page(frame: Frame, app: &App, slug: &str, shown: Shown) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let draft = waiting::find(&mut conn, slug).await?.ok_or(Error::NotFound)?;
    let standing = editing::find(&mut conn, slug).await?.ok_or(Error::NotFound)?;
    let utterances = utterances::of_briefing(&mut conn, draft.id, Audience::Editors, 0, i32::MAX).await?;
    let (mut head, mut sections) = turns::sections(slug, &utterances, |_| Vec::new());
    // Permanent links lead nowhere before publication: numbers point at their place on this page.
    for piece in head.iter_mut().chain(sections.iter_mut().flat_map(|section| &mut section.pieces)) {
        piece.url = format!("#{}", piece.number);
    }
    let held = draft.is_held((app.clock)());
    let labels = waiting::labels(&mut conn, draft.id).await?;
    let places: Vec<_> = draft.diagnostics.iter().map(|noticed| noticed.at).collect();
    let source = stretches(&waiting::source_text(&mut conn, draft.id).await?, &places);
    let mut series: Vec<String> =
        directory::all(&mut conn).await?.series.into_values().map(|named| named.name).collect();
    series.sort_unstable();
    let Shown { sent, unsaved, asked } = shown;
    let page = Draft {
        batch: editing::batch_of(&mut conn, draft.id).await?,
        same: SameEvent::of(&mut conn, &draft).await?,
        zone: schedule::zone(draft.time_zone.as_deref()).1,
        doubtful: labels.iter().filter(|label| label.doubt.is_some()).count(),
        labels: labels.into_iter().map(|label| Settling::of(label, asked.as_ref())).collect(),
        sent: sent.unwrap_or_else(|| Sent::of(&standing)),
        frame,
        draft,
        standing,
        head,
        sections,
        held,
        unsaved,
        series,
        source,
    };
    Ok(private(StatusCode::OK, page))
}

/// `POST`: publishes it, unless it is held back, with what stands in the form of the fields; returns when readers can find
/// it.
pub async fn publish(
    editor: Editor,
    frame: Frame,
    State(app): State<App>,
    Path(slug): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Error> {
    let now = (app.clock)();
    let mut tx = app.pool.begin().await?;
    if sent.saves.is_some()
        && let Err(unsaved) = fields::write(&mut tx, &slug, &sent, &editor, now).await?
    {
        tx.rollback().await?;
        return fields::again(frame, &app, &slug, sent, unsaved).await;
    }
    let draft = waiting::find(&mut tx, &slug).await?.ok_or(Error::NotFound)?;
    if draft.is_held(now) {
        let until = draft.embargo_until.map(phrase::moment).unwrap_or_default();
        return Err(Error::BadRequest(format!("This briefing is held back until {until}. It can be published then.")));
    }
    if draft.same_event && sent.saves.is_some() {
        tx.rollback().await?;
        let unsaved = Unsaved { sentence: UNSETTLED.to_owned(), differences: Vec::new(), saves: None };
        return fields::again(frame, &app, &slug, sent, unsaved).await;
    }
    if draft.same_event {
        return Err(Error::BadRequest(UNSETTLED.to_owned()));
    }
    let position = editorial::publish_drafts(&mut tx, &[draft.id], true, &editor.actor, now).await? as u64;
    let slug = editing::address(&mut tx, draft.id).await?;
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
