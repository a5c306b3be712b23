//! Merging two speakers, splitting one, and taking either back.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::settle::settle;
use super::sort_name;
use super::words::clean;
use crate::domain::speaker_act::stands_for;
use crate::domain::{Actor, LabelAt, SeriesId, Share, SpeakerAct, SpeakerId};
use crate::store::speaker_acts::{self as rows, Scope};
use crate::store::speaker_words::{self, Present};
use crate::store::{self, Connection, audit, feed, people, revisions};

/// Why nothing was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpeakerRefused {
    /// No speaker, or more than one, has this address or name.
    NoSuchSpeaker,
    /// Nobody can be merged with, or split into, themselves.
    Themselves,
    /// They are merged into somebody already: undo that, or go there.
    Merged {
        /// The name of that somebody.
        into: String,
    },
    /// The act was taken back already, or is about others.
    NotInForce,
    /// There must be a name, and it must not be endless.
    NoName,
    /// What was chosen is nothing of theirs.
    NothingChosen,
    /// All of theirs was chosen.
    EverythingChosen,
    /// Not the form of an item of Wikidata.
    NoItem,
    /// Somebody else has that item.
    ItemTaken {
        /// The name of that somebody.
        by: String,
    },
    /// An office ends before it begins.
    Backwards,
    /// It is so already.
    Unchanged,
}

/// Makes two speakers one: everything of the first is the second's, and the address of the first leads to the second. Must
/// be the last act of its transaction; returns its position in the feed.
pub async fn merge_speakers(
    conn: &mut Connection,
    gone: &str,
    into: &str,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<i64, SpeakerRefused>, store::Error> {
    people::one_at_a_time(conn).await?;
    let gone = match present(conn, gone).await? {
        Ok(id) => id,
        Err(refused) => return Ok(Err(refused)),
    };
    let into = match revisions::speakers_meant(conn, &clean(into)).await?.as_slice() {
        [one] => *one,
        _ => return Ok(Err(SpeakerRefused::NoSuchSpeaker)),
    };
    if gone == into {
        return Ok(Err(SpeakerRefused::Themselves));
    }
    let act = rows::add(conn, gone, into, &Share::All, actor.account, now).await?;
    let refs = json!({ "act": act, "speaker": gone, "into": into });
    finish(conn, &[gone, into], "speaker.merged", &refs, actor, now).await.map(Ok)
}

/// What of somebody belongs to another, and to whom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Split {
    /// Labels that were ticked; if any, they are all that changes hands.
    pub labels: BTreeSet<i64>,
    /// Else those of this series ...
    pub series: Option<SeriesId>,
    /// ... from this day ...
    pub from: Option<Date>,
    /// ... to this one, also of briefings to come.
    pub to: Option<Date>,
    /// The address or exact name of a speaker who is known.
    pub known: String,
    /// Or the name of a new one.
    pub new: String,
}

/// Gives some of a speaker's labels to another, who may be new. Must be the last act of its transaction; returns its
/// position in the feed.
pub async fn split_speaker(
    conn: &mut Connection,
    slug: &str,
    split: &Split,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<i64, SpeakerRefused>, store::Error> {
    people::one_at_a_time(conn).await?;
    let from = match present(conn, slug).await? {
        Ok(id) => id,
        Err(refused) => return Ok(Err(refused)),
    };
    let share = match (split.labels.is_empty(), split.series, split.from, split.to) {
        (false, ..) => Share::Listed(split.labels.clone()),
        (true, None, None, None) => return Ok(Err(SpeakerRefused::NothingChosen)),
        (true, _, Some(from), Some(to)) if to < from => return Ok(Err(SpeakerRefused::Backwards)),
        (true, series, from, to) => Share::Held { series, from, to },
    };
    let share = match theirs(conn, from, share).await? {
        Ok(share) => share,
        Err(refused) => return Ok(Err(refused)),
    };
    let (known, new) = (clean(&split.known), clean(&split.new));
    let to = if new.is_empty() {
        match revisions::speakers_meant(conn, &known).await?.as_slice() {
            [one] => *one,
            _ => return Ok(Err(SpeakerRefused::NoSuchSpeaker)),
        }
    } else if !known.is_empty() || new.chars().count() > super::words::LONGEST {
        return Ok(Err(SpeakerRefused::NoName));
    } else {
        speaker_words::bring_in(conn, &new, &sort_name(&new)).await?
    };
    if to == from {
        return Ok(Err(SpeakerRefused::Themselves));
    }
    let act = rows::add(conn, from, to, &share, actor.account, now).await?;
    let refs = json!({ "act": act, "speaker": from, "into": to });
    finish(conn, &[from, to], "speaker.split", &refs, actor, now).await.map(Ok)
}

/// The part of a share that is somebody's at present: some of it must be, and something must be left.
async fn theirs(
    conn: &mut Connection,
    of: SpeakerId,
    share: Share,
) -> Result<Result<Share, SpeakerRefused>, store::Error> {
    let labels = rows::labels(conn, Scope::Of(&[of])).await?;
    let labels: Vec<_> =
        labels.into_iter().filter(|label| label.speaker == Some(of)).map(|label| label.label).collect();
    let try_out = [SpeakerAct { id: i64::MAX, from: of, to: SpeakerId(-1), share: share.clone() }];
    let stays = |label: &LabelAt| stands_for(of, label, &try_out) == of;
    let (stay, go): (Vec<LabelAt>, Vec<LabelAt>) = labels.into_iter().partition(stays);
    Ok(match (go.is_empty(), stay.is_empty(), share) {
        (true, ..) => Err(SpeakerRefused::NothingChosen),
        (_, true, _) => Err(SpeakerRefused::EverythingChosen),
        (_, _, Share::Listed(_)) => Ok(Share::Listed(go.iter().map(|label| label.id).collect())),
        (_, _, share) => Ok(share),
    })
}

/// Takes a merge or a split back: everything is as if it had never been made. Must be the last act of its transaction;
/// returns its position in the feed.
pub async fn undo_speaker_act(
    conn: &mut Connection,
    act: i64,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<i64, SpeakerRefused>, store::Error> {
    people::one_at_a_time(conn).await?;
    let Some((from, to)) = rows::parties(conn, act).await? else { return Ok(Err(SpeakerRefused::NotInForce)) };
    // Whom acts tie to them while it is in force still.
    let acts = rows::in_force(conn).await?;
    let tied: Vec<SpeakerId> = crate::domain::speaker_act::tied(&[from, to], &acts).into_iter().collect();
    if !rows::take_back(conn, act, actor.account, now).await? {
        return Ok(Err(SpeakerRefused::NotInForce));
    }
    let refs = json!({ "act": act, "speaker": from, "into": to });
    finish(conn, &tied, "speaker.undone", &refs, actor, now).await.map(Ok)
}

/// A speaker by address who is not merged into another.
pub(super) async fn present(
    conn: &mut Connection,
    slug: &str,
) -> Result<Result<SpeakerId, SpeakerRefused>, store::Error> {
    Ok(match speaker_words::find(conn, slug).await? {
        None => Err(SpeakerRefused::NoSuchSpeaker),
        Some((_, Some(Present { name, .. }))) => Err(SpeakerRefused::Merged { into: name }),
        Some((id, None)) => Ok(id),
    })
}

/// Brings labels in line, writes the audit row and takes a position.
pub(super) async fn finish(
    conn: &mut Connection,
    of: &[SpeakerId],
    act: &str,
    refs: &Value,
    actor: &Actor,
    now: Timestamp,
) -> Result<i64, store::Error> {
    let touched: Vec<_> = settle(conn, Scope::Of(of)).await?.into_iter().collect();
    audit::append(conn, actor, act, refs, now).await?;
    feed::advance_public(conn, &touched).await
}
