//! `GET /editor/drafts/{slug}/same-event`: finding the briefing of which a draft is another text, where nothing was noticed.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::private;
use super::same_event::percent;
use crate::analysis::likeness::{Words, alike};
use crate::domain::BriefingStatus;
use crate::store::same_event::{self, Near};
use crate::store::waiting::{self, Waiting};
use crate::store::{Connection, briefings, transcripts};
use crate::web::error::Error;
use crate::web::extract::{Editor, Path, Query};
use crate::web::page::Frame;
use crate::web::{App, phrase, urls};

/// Most briefings that are shown.
const MOST: i64 = 12;

/// Two texts of one event have at least this share of their words in common, if they are not very short.
const HARDLY: f32 = 0.2;

/// The query.
#[derive(Default, Deserialize)]
pub struct Fields {
    /// An address, or words of a title, a series or a date.
    q: Option<String>,
    /// The briefing that was chosen.
    of: Option<String>,
}

/// The page.
#[derive(askama::Template)]
#[template(path = "editor/joining.html")]
pub struct Joining {
    frame: Frame,
    draft: Waiting,
    /// Who issued the draft, as its text says.
    issuer: String,
    q: String,
    near: Vec<Choice>,
    /// The one that was chosen.
    of: Option<Choice>,
    /// The draft has other transcripts itself.
    has_others: bool,
}

/// A briefing with how much of the draft stands in it.
struct Choice {
    it: Near,
    share: String,
    /// Hardly anything of it does: the wrong one, perhaps.
    hardly: bool,
}

impl Choice {
    /// Where its words can be read.
    fn page(&self) -> String {
        match self.it.status {
            BriefingStatus::Draft => urls::editor_draft(&self.it.briefing.slug),
            _ => urls::briefing(&self.it.briefing.slug),
        }
    }
}

/// The handler.
pub async fn show(
    _: Editor,
    frame: Frame,
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(fields): Query<Fields>,
) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let draft = waiting::find(&mut conn, &slug).await?.ok_or(Error::NotFound)?;
    let texts = transcripts::texts(&mut conn, draft.id).await?;
    let q = fields.q.unwrap_or_default();
    let wanted = fields.of.as_deref().unwrap_or(&q);
    let mut near = choices(&mut conn, &draft, wanted).await?;
    let of = fields.of.is_some().then(|| near.iter().position(|choice| choice.it.briefing.slug == wanted)).flatten();
    let page = Joining {
        of: of.map(|at| near.swap_remove(at)),
        has_others: texts.len() > 1,
        issuer: texts.into_iter().next().and_then(|text| text.issuer.or(text.publisher)).unwrap_or_default(),
        frame,
        draft,
        q,
        near,
    };
    Ok(private(StatusCode::OK, page))
}

/// The briefings that may be meant.
async fn choices(conn: &mut Connection, draft: &Waiting, q: &str) -> Result<Vec<Choice>, Error> {
    let q = q.replace('\0', "");
    let words: Vec<String> = q.split_whitespace().map(str::to_lowercase).collect();
    let near = same_event::near(conn, draft.id, address(&q), &words, MOST).await?;
    let Some(revision) = briefings::revision(conn, draft.id, None).await?.filter(|_| !near.is_empty()) else {
        return Ok(Vec::new());
    };
    let own = words_of(conn, revision.id).await?;
    let mut choices = Vec::with_capacity(near.len());
    for it in near {
        let much = alike(&own, &words_of(conn, it.revision_id).await?);
        let share = much.of_first.clamp(0.0, 1.0);
        choices.push(Choice { share: percent(share), hardly: share < HARDLY, it });
    }
    Ok(choices)
}

async fn words_of(conn: &mut Connection, revision: crate::domain::RevisionId) -> Result<Words, Error> {
    let words = same_event::words(conn, revision).await?;
    Ok(Words::of(words.iter().map(String::as_str)))
}

/// The readable part of an address that was pasted, or what was typed.
fn address(typed: &str) -> &str {
    let path = typed.trim().split(['?', '#']).next().unwrap_or_default();
    let behind = ["/briefings/", "/drafts/"].iter().find_map(|before| path.split_once(before)).map(|(_, slug)| slug);
    behind.unwrap_or(path).split('/').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_of_an_address_is_pasted_leads_to_its_briefing() {
        for typed in [
            "2026-11-20-on-the-tide",
            " https://onrecord.example/briefings/2026-11-20-on-the-tide/41?revision=2#words",
            "/editor/drafts/2026-11-20-on-the-tide",
        ] {
            assert_eq!(address(typed), "2026-11-20-on-the-tide", "{typed}");
        }
    }
}
