//! Completing a draft: what it is beside its words, saved as often as an editor types.
//!
//! Saving makes no revision, since nobody but editors has seen the draft: its row counts the saves, so that two editors
//! see each other, and the audit log says who saved when. Publishing takes all that was said up in one revision, which
//! stands in the chain behind the one that was imported. Words and voices make a revision each time, as they always do.

use jiff::Timestamp;
use serde_json::json;

use crate::domain::{Actor, BriefingId, Slug};
use crate::store::editing::{self, Fields, Standing};
use crate::store::{self, Connection, audit, drafts, people};

/// The reason that the history gives for what editors said before publication.
const REASON: &str = "Completed by an editor before publication.";

/// Why a draft was not saved.
#[derive(Debug, Clone, PartialEq)]
pub enum NotSaved {
    /// There is no such draft; it may have been published meanwhile.
    NoSuchDraft,
    /// Somebody else saved it meanwhile; it stands so now.
    Overtaken(Box<Standing>),
    /// A name that no address can be made of.
    NoSuchSeries,
}

/// Saves what a draft is, and says how often it was saved by now. `made_from` is that of the state which the editor was
/// looking at. Must be the last act of its transaction but for publishing.
pub async fn save_draft(
    conn: &mut Connection,
    slug: &str,
    made_from: i32,
    is: &Fields,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<i32, NotSaved>, store::Error> {
    let Some(stands) = editing::lock(conn, slug).await? else { return Ok(Err(NotSaved::NoSuchDraft)) };
    if stands.fields == *is {
        return Ok(Ok(stands.saves));
    }
    if stands.saves != made_from {
        return Ok(Err(NotSaved::Overtaken(Box::new(stands))));
    }
    let series = match &is.series {
        None => None,
        Some(name) => match Slug::from_text(name) {
            Some(slug) => Some(drafts::series(conn, &slug, name, None, None).await?),
            None => return Ok(Err(NotSaved::NoSuchSeries)),
        },
    };
    let saves = editing::save(conn, stands.id, is, series, actor, now).await?;
    let was = &stands.fields;
    if (was.date, &was.series, was.kind) != (is.date, &is.series, is.kind) {
        // Who spoke is worked out in order of date and within series.
        people::evidence_changed(conn).await?;
    }
    audit::append(conn, actor, "draft.saved", &json!({ "briefing": stands.id, "saves": saves }), now).await?;
    Ok(Ok(saves))
}

/// Takes what editors said of drafts into the record, just before they are published: one revision each, and an address
/// of the date and title that they have now.
pub(super) async fn take_up(
    conn: &mut Connection,
    briefings: &[BriefingId],
    actor: &Actor,
    now: Timestamp,
) -> Result<(), store::Error> {
    for (id, slug, wanted) in editing::saved(conn, briefings).await? {
        if !is_made_of(slug.as_str(), wanted.as_str()) {
            let free = drafts::free_slug(conn, &wanted).await?;
            editing::readdress(conn, id, &free).await?;
        }
    }
    editing::take_up(conn, briefings, REASON, actor, now).await
}

/// Whether an address is the one wanted, or that with a number.
fn is_made_of(slug: &str, wanted: &str) -> bool {
    let rest = slug.strip_prefix(wanted);
    rest.is_some_and(|rest| {
        rest.is_empty() || rest.strip_prefix('-').is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_with_a_number_is_as_good() {
        assert!(is_made_of("2026-03-10-tides", "2026-03-10-tides"));
        assert!(is_made_of("2026-03-10-tides-2", "2026-03-10-tides"));
        assert!(!is_made_of("tides", "2026-03-10-tides"));
        assert!(!is_made_of("2026-03-10-tides-and-locks", "2026-03-10-tides"));
    }
}
