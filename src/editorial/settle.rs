//! Settling labels: of one transcript, of a whole upload, of a series from some day on.
//!
//! What an editor says of one transcript outranks what is said for its series, and both outrank the machine. Nobody but
//! editors has seen a draft, so that settling makes no revision: publishing does, one for all that was said by then. What
//! readers see is corrected.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;

use super::correct::{Corrected, Correction, Refused, correct};
use super::people::{Scope, settle};
use crate::domain::{Actor, Behind, BriefingId, LabelId, SeriesLabelId, Slug, SpeakerId};
use crate::store::labels::{self, OfBriefing};
use crate::store::{self, Connection, audit, editing, feed, people};

/// What an editor says of labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// This stands behind them.
    Behind(Behind),
    /// What the machine says, or suggests, is right.
    Right,
    /// What an editor said is taken back.
    Back,
}

/// Settles labels of drafts. Must be the last act of its transaction but for the next one.
pub async fn settle_labels(
    conn: &mut Connection,
    ids: &[LabelId],
    word: Word,
    actor: &Actor,
    now: Timestamp,
) -> Result<(), store::Error> {
    if ids.is_empty() {
        return Ok(());
    }
    match word {
        Word::Behind(behind) => labels::decide(conn, ids, behind).await?,
        Word::Right => labels::confirm(conn, ids).await?,
        Word::Back => labels::free(conn, ids).await?,
    }
    let (act, said) = match word {
        Word::Behind(behind) => ("label.settled", json!({ "speaker": behind.speaker(), "role": behind.role() })),
        Word::Right => ("label.confirmed", json!(null)),
        Word::Back => ("label.taken-back", json!(null)),
    };
    settle(conn, Scope::All).await?;
    people::evidence_changed(conn).await?;
    audit::append(conn, actor, act, &json!({ "labels": ids, "behind": said }), now).await
}

/// Settles a label for its series from the day of a draft on, also in transcripts still to come. Must be the last act of
/// its transaction; `None` if the draft has no series or no date.
pub async fn settle_for_series(
    conn: &mut Connection,
    label: &OfBriefing,
    id: LabelId,
    behind: Behind,
    actor: &Actor,
    now: Timestamp,
) -> Result<Option<SeriesLabelId>, store::Error> {
    // What was said of this very transcript before gives way: the same editor says it again, for more.
    labels::free(conn, &[id]).await?;
    from_here_on(conn, label, behind, actor, now).await
}

/// Settles labels of drafts that are in doubt for the series of each, from the first of their days on, also in transcripts
/// still to come. Must be the last act of its transaction; says whether any of them has a series and a day.
pub async fn settle_for_their_series(
    conn: &mut Connection,
    ids: &[LabelId],
    behind: Behind,
    actor: &Actor,
    now: Timestamp,
) -> Result<bool, store::Error> {
    let firsts = labels::firsts(conn, ids).await?;
    for label in &firsts {
        from_here_on(conn, label, behind, actor, now).await?;
    }
    Ok(!firsts.is_empty())
}

/// Corrects who stands behind a label of what readers see, and says the same for its series from that day on. The word of
/// the correction, which has its reason, stays if the one for the series is taken back. Must be all of its transaction,
/// which is rolled back when it is refused.
pub async fn correct_for_series(
    conn: &mut Connection,
    wanted: &Correction<'_>,
    label: &OfBriefing,
    behind: Behind,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<Corrected, Refused>, store::Error> {
    let corrected = match correct(conn, wanted, actor, now).await? {
        // Of this transcript it was said before.
        Err(Refused::Unchanged) => Corrected { revision: wanted.made_from, position: None },
        Err(refused) => return Ok(Err(refused)),
        Ok(corrected) => corrected,
    };
    if from_here_on(conn, label, behind, actor, now).await?.is_none() {
        return Ok(Err(Refused::NoSuchSeries));
    }
    Ok(Ok(Corrected { position: Some(feed::position(conn).await?), ..corrected }))
}

async fn from_here_on(
    conn: &mut Connection,
    label: &OfBriefing,
    behind: Behind,
    actor: &Actor,
    now: Timestamp,
) -> Result<Option<SeriesLabelId>, store::Error> {
    let Some((series, from)) = label.series.zip(label.date) else { return Ok(None) };
    let made = labels::decide_for_series(conn, series, (&label.label, from), behind, actor.account, now).await?;
    let refs = json!({ "series": series, "decision": made, "speaker": behind.speaker(), "role": behind.role() });
    follow(conn, "label.settled-for-series", &refs, actor, now).await?;
    Ok(Some(made))
}

/// Takes back what was said of a label for its series. Must be the last act of its transaction; says whether it was in
/// force.
pub async fn unsettle_for_series(
    conn: &mut Connection,
    id: SeriesLabelId,
    actor: &Actor,
    now: Timestamp,
) -> Result<bool, store::Error> {
    if !labels::take_back(conn, id, actor.account, now).await? {
        return Ok(false);
    }
    follow(conn, "label.series-taken-back", &json!({ "decision": id }), actor, now).await?;
    Ok(true)
}

/// Lets labels follow what is in force for their series, and tells readers where that changes anything.
async fn follow(
    conn: &mut Connection,
    act: &str,
    refs: &serde_json::Value,
    actor: &Actor,
    now: Timestamp,
) -> Result<(), store::Error> {
    let followed = labels::follow_series(conn).await?;
    let mut touched = settle(conn, Scope::All).await?;
    touched.extend(followed);
    let touched: Vec<BriefingId> = touched.into_iter().collect();
    people::evidence_changed(conn).await?;
    audit::append(conn, actor, act, refs, now).await?;
    feed::touch(conn, &touched).await
}

/// Adds a speaker on the word of an editor, with the office held from a day on. Whoever is alike must have been looked
/// at before.
pub async fn create_speaker(
    conn: &mut Connection,
    name: &str,
    office: Option<(&str, Option<Date>)>,
    actor: &Actor,
    now: Timestamp,
) -> Result<Option<SpeakerId>, store::Error> {
    let Some(slug) = Slug::from_text(name) else { return Ok(None) };
    let id = people::add_speaker(conn, &slug, name, &super::people::sort_name(name)).await?;
    people::name_by_editor(conn, id).await?;
    if let Some((title, from)) = office {
        labels::give_office(conn, id, title, from).await?;
    }
    audit::append(conn, actor, "speaker.created", &json!({ "speaker": id }), now).await?;
    Ok(Some(id))
}

/// Says that what drafts are in doubt about is right as it stands. Must be the last act of its transaction.
pub async fn settle_doubt(
    conn: &mut Connection,
    drafts: &[BriefingId],
    code: &str,
    actor: &Actor,
    now: Timestamp,
) -> Result<(), store::Error> {
    editing::settle_doubt(conn, drafts, code, actor.account, now).await?;
    audit::append(conn, actor, "doubt.settled", &json!({ "briefings": drafts, "code": code }), now).await
}
