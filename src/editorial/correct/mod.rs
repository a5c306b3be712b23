//! Correcting: every act is one transaction with one revision, its reason, and one entry in the audit log.

mod act;
mod text;

pub(super) use text::clean;

pub use act::{Act, Description, Refused};

use jiff::Timestamp;
use serde_json::json;

use super::people::{Scope, settle};
use crate::analysis::topics as subjects;
use crate::domain::{Actor, Audience, Behind, BriefingStatus, LabelId, Slug, UtteranceKind};
use crate::store::revisions::{self, Described, Locked, Placed, Why};
use crate::store::{self, Connection, audit, drafts, feed, labels, people, sources, utterances};

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    /// The revision that it made.
    pub revision: i32,
    /// Its position in the feed; a draft has none.
    pub position: Option<i64>,
}

/// What an editor asks for.
#[derive(Debug, Clone)]
pub struct Correction<'a> {
    /// The address of the briefing.
    pub slug: &'a str,
    /// The revision that the editor was looking at.
    pub made_from: i32,
    /// What to do.
    pub act: &'a Act,
    /// Why; readers see it.
    pub reason: &'a str,
}

/// Corrects a transcript. Must be all of its transaction, which is rolled back when it is refused, but for what is said of
/// a whole series.
pub async fn correct(
    conn: &mut Connection,
    wanted: &Correction<'_>,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<Corrected, Refused>, store::Error> {
    let Some(locked) = revisions::lock(conn, wanted.slug).await? else { return Ok(Err(Refused::NoSuchBriefing)) };
    let reason = text::clean(wanted.reason);
    if let Err(refused) = may(&locked, wanted, &reason) {
        return Ok(Err(refused));
    }
    let present = utterances::of_revision(conn, locked.revision_id, Audience::Editors, 0, i32::MAX).await?;
    let mut edited = match text::edit(wanted.act, &present, locked.last_number + 1) {
        Ok(edited) => edited,
        Err(refused) => return Ok(Err(refused)),
    };
    if let Err(refused) = beside_words(conn, &locked, wanted.act, &reason, now).await? {
        return Ok(Err(refused));
    }
    tag(conn, &locked, &mut edited.placed).await?;
    for fresh in edited.placed.iter().filter_map(|one| if let Placed::Fresh(fresh) = one { Some(fresh) } else { None })
    {
        if let Some(label) = &fresh.label {
            revisions::add_label(conn, locked.transcript_id, label).await?;
        }
    }
    let why = Why { kind: wanted.act.kind(), reason: &reason, actor, now, source: None };
    let written = revisions::append(conn, &locked, &edited.placed, why).await?;
    if matches!(wanted.act, Act::Voice { .. } | Act::Split { .. } | Act::Join { .. }) {
        revisions::count_turns(conn, locked.transcript_id).await?;
    }
    if let Some((gone, to)) = edited.redirect {
        revisions::redirect(conn, locked.briefing_id, gone, to).await?;
    }
    let refs = json!({
        "briefing": locked.briefing_id.0,
        "revision": written.number,
        "hash": hex::encode(&written.hash),
    });
    audit::append(conn, actor, wanted.act.name(), &refs, now).await?;
    let position = match locked.status {
        BriefingStatus::Draft => None,
        _ => Some(feed::advance(conn, &[locked.briefing_id]).await?),
    };
    Ok(Ok(Corrected { revision: written.number, position }))
}

fn may(locked: &Locked, wanted: &Correction<'_>, reason: &str) -> Result<(), Refused> {
    if locked.number != wanted.made_from {
        return Err(Refused::Overtaken { present: locked.number });
    }
    match (wanted.act, locked.status) {
        _ if reason.is_empty() => Err(Refused::NoReason),
        (Act::Withdraw, BriefingStatus::Published) | (Act::Republish, BriefingStatus::Withdrawn) => Ok(()),
        (Act::Withdraw, _) => Err(Refused::NotPublished),
        (Act::Republish, _) => Err(Refused::NotWithdrawn),
        (_, BriefingStatus::Withdrawn) => Err(Refused::IsWithdrawn),
        _ => Ok(()),
    }
}

/// What an act does beside the words, and whether it may.
async fn beside_words(
    conn: &mut Connection,
    locked: &Locked,
    act: &Act,
    reason: &str,
    now: Timestamp,
) -> Result<Result<(), Refused>, store::Error> {
    match act {
        Act::Words { text, compared, .. } => {
            let source = sources::words(conn, locked.transcript_id).await?;
            if !compared && !text::stands_in(&text::clean(text), &source) {
                return Ok(Err(Refused::NotInSource));
            }
        }
        Act::Speaker { label, speaker } => return behind_label(conn, locked, label, speaker.as_deref()).await,
        Act::Behind { label, behind } => return decide_label(conn, locked, *label, *behind).await,
        Act::Describe(is) => return describe(conn, locked, is).await,
        Act::Withdraw => revisions::withdraw(conn, locked.briefing_id, reason, now).await?,
        Act::Republish => revisions::republish(conn, locked.briefing_id).await?,
        Act::Note { .. } | Act::Voice { .. } | Act::Split { .. } | Act::Join { .. } => {}
    }
    Ok(Ok(()))
}

async fn behind_label(
    conn: &mut Connection,
    locked: &Locked,
    label: &str,
    speaker: Option<&str>,
) -> Result<Result<(), Refused>, store::Error> {
    let speaker = match speaker.map(str::trim).filter(|words| !words.is_empty()) {
        None => None,
        Some(words) => match revisions::speakers_meant(conn, &text::clean(words)).await?.as_slice() {
            [one] => Some(*one),
            _ => return Ok(Err(Refused::NoSuchSpeaker)),
        },
    };
    let label = label.replace('\0', "");
    let decided = revisions::decide_label(conn, locked.transcript_id, &label, speaker, locked.date).await?;
    settle(conn, Scope::Transcript(locked.transcript_id)).await?;
    Ok(if decided { Ok(()) } else { Err(Refused::NoSuchLabel) })
}

async fn decide_label(
    conn: &mut Connection,
    locked: &Locked,
    id: LabelId,
    behind: Behind,
) -> Result<Result<(), Refused>, store::Error> {
    match labels::of_briefing(conn, locked.briefing_id, id).await? {
        None => return Ok(Err(Refused::NoSuchLabel)),
        Some(label) if label.said == Some(behind) => return Ok(Err(Refused::Unchanged)),
        Some(_) => labels::decide(conn, &[id], behind).await?,
    }
    settle(conn, Scope::Transcript(locked.transcript_id)).await?;
    Ok(Ok(()))
}

async fn describe(
    conn: &mut Connection,
    locked: &Locked,
    is: &Description,
) -> Result<Result<(), Refused>, store::Error> {
    let title = text::clean(&is.title);
    if title.is_empty() {
        return Ok(Err(Refused::NoWords));
    }
    let series = match is.series.as_deref().map(text::clean).filter(|name| !name.is_empty()) {
        None => None,
        Some(name) => match Slug::from_text(&name) {
            Some(slug) => Some(drafts::series(conn, &slug, &name, None, None).await?),
            None => return Ok(Err(Refused::NoSuchSeries)),
        },
    };
    let place = is.place.as_deref().map(text::clean).filter(|place| !place.is_empty());
    let language = is.language.as_deref().map(|code| text::clean(code).to_lowercase()).filter(|code| !code.is_empty());
    let described =
        Described { title: &title, date: is.date, series, place: place.as_deref(), language: language.as_deref() };
    if !revisions::describe(conn, locked.briefing_id, &described).await? {
        return Ok(Err(Refused::Unchanged));
    }
    // Who spoke is worked out in order of date and within series.
    people::evidence_changed(conn).await?;
    Ok(Ok(()))
}

/// Finds the topics of words that are not as they were.
async fn tag(conn: &mut Connection, locked: &Locked, placed: &mut [Placed]) -> Result<(), store::Error> {
    let spoken = |one: &&mut Placed| matches!(one, Placed::Fresh(fresh) if fresh.kind != UtteranceKind::Note);
    if placed.iter_mut().find(spoken).is_none() {
        return Ok(());
    }
    let terms = super::topics::terms(conn).await?;
    let home = subjects::home_of(locked.series.as_deref(), locked.issuer.as_deref());
    let context = subjects::Context { home };
    for one in placed.iter_mut().filter(spoken) {
        let Placed::Fresh(fresh) = one else { continue };
        fresh.topics = terms.topics(&fresh.text, locked.language.as_deref(), &context);
    }
    Ok(())
}
