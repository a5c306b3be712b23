//! Reviewing what the machine suggests: exchanges, claims, promises, what keeps them.
//!
//! An editor who agrees leaves the machine's word beside their own, so that agreement can be counted; what is rejected is
//! kept, so that it is not suggested again.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::claims::{ClaimWord, decide_claim};
use crate::domain::{
    Actor, AnswerLabel, ClaimId, ClaimKind, ExchangeId, FollowUpId, ResolutionId, Suggestion, SuggestionKind,
};
use crate::store::{self, Connection, audit, feed, review as rows};

/// What an editor says of an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExchangeWord {
    /// It is one, and this became of the question.
    Is(AnswerLabel),
    /// The pairing is wrong, or no label fits: readers do not see it, and it is not suggested again.
    Rejected,
    /// The editor's word holds no longer: it is the machine's again.
    Back,
}

/// What an editor says of a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FollowUpWord {
    /// It is one.
    Right,
    /// It is none: readers do not see it, and it is not suggested again.
    Rejected,
    /// The editor's word holds no longer.
    Back,
}

/// What an editor says of later words that seem to keep a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResolutionWord {
    /// They keep it.
    Keeps,
    /// They do not: they are not suggested for it again.
    Rejected,
    /// The editor's word holds no longer.
    Back,
}

/// Says what became of a question; says whether anything is different from before. Must be the last act of its transaction.
pub async fn decide_exchange(
    conn: &mut Connection,
    id: ExchangeId,
    word: ExchangeWord,
    actor: &Actor,
    now: Timestamp,
) -> Result<bool, store::Error> {
    let (changed, act, label) = match word {
        ExchangeWord::Is(label) => {
            (rows::decide_exchange(conn, id, Some(label), actor.account, now).await?, "exchange.label", Some(label))
        }
        ExchangeWord::Rejected => {
            (rows::decide_exchange(conn, id, None, actor.account, now).await?, "exchange.rejected", None)
        }
        ExchangeWord::Back => (rows::undecide_exchange(conn, id).await?, "exchange.back", None),
    };
    told(conn, changed, act, &json!({ "exchange": id, "label": label }), actor, now).await
}

/// Says whether words promise to come back; says whether anything is different from before. Must be the last act of its
/// transaction.
pub async fn decide_follow_up(
    conn: &mut Connection,
    id: FollowUpId,
    word: FollowUpWord,
    actor: &Actor,
    now: Timestamp,
) -> Result<bool, store::Error> {
    let (changed, act) = match word {
        FollowUpWord::Right => (rows::decide_follow_up(conn, id, true, actor.account, now).await?, "follow-up.right"),
        FollowUpWord::Rejected => {
            (rows::decide_follow_up(conn, id, false, actor.account, now).await?, "follow-up.rejected")
        }
        FollowUpWord::Back => (rows::undecide_follow_up(conn, id).await?, "follow-up.back"),
    };
    told(conn, changed, act, &json!({ "follow-up": id }), actor, now).await
}

/// Says whether later words keep a promise; says whether anything is different from before. Must be the last act of its
/// transaction.
pub async fn decide_resolution(
    conn: &mut Connection,
    id: ResolutionId,
    word: ResolutionWord,
    actor: &Actor,
    now: Timestamp,
) -> Result<bool, store::Error> {
    let (changed, act) = match word {
        ResolutionWord::Keeps => {
            (rows::decide_resolution(conn, id, true, actor.account, now).await?, "resolution.keeps")
        }
        ResolutionWord::Rejected => {
            (rows::decide_resolution(conn, id, false, actor.account, now).await?, "resolution.rejected")
        }
        ResolutionWord::Back => (rows::undecide_resolution(conn, id).await?, "resolution.back"),
    };
    told(conn, changed, act, &json!({ "resolution": id }), actor, now).await
}

async fn told(
    conn: &mut Connection,
    changed: bool,
    act: &str,
    refs: &Value,
    actor: &Actor,
    now: Timestamp,
) -> Result<bool, store::Error> {
    if changed {
        audit::append(conn, actor, act, refs, now).await?;
        feed::advance_public(conn, &[]).await?;
    }
    Ok(changed)
}

/// What an editor says of whatever is shown to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewWord {
    /// The question was answered so.
    Label(AnswerLabel),
    /// The claim is of this kind.
    Kind(ClaimKind),
    /// It is a promise, or it keeps one.
    Right,
    /// It is wrong.
    Rejected,
    /// What an editor said holds no longer.
    Back,
}

/// What became of an editor's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reviewed {
    /// It is written, or was so before.
    Done,
    /// Somebody has decided it, or taken a decision back, since it was shown: nothing is written.
    Meanwhile,
    /// It is suggested no more.
    Gone,
    /// Such a word cannot be said of it.
    NoSuchWord,
}

/// Writes an editor's word of what was shown to them as decided at a moment, or not at all. Must be the last act of its
/// transaction.
pub async fn review(
    conn: &mut Connection,
    of: Suggestion,
    shown: Option<Timestamp>,
    word: ReviewWord,
    actor: &Actor,
    now: Timestamp,
) -> Result<Reviewed, store::Error> {
    match rows::hold(conn, of).await? {
        None => return Ok(Reviewed::Gone),
        Some(decided) if decided != shown => return Ok(Reviewed::Meanwhile),
        Some(_) => {}
    }
    match (of.kind, word) {
        (SuggestionKind::Exchange, word) => {
            let word = match word {
                ReviewWord::Label(label) => ExchangeWord::Is(label),
                ReviewWord::Rejected => ExchangeWord::Rejected,
                ReviewWord::Back => ExchangeWord::Back,
                _ => return Ok(Reviewed::NoSuchWord),
            };
            decide_exchange(conn, ExchangeId(of.id), word, actor, now).await?
        }
        (SuggestionKind::Claim, word) => {
            let word = match word {
                ReviewWord::Kind(kind) => ClaimWord::Is(kind),
                ReviewWord::Rejected => ClaimWord::Rejected,
                ReviewWord::Back => ClaimWord::Back,
                _ => return Ok(Reviewed::NoSuchWord),
            };
            decide_claim(conn, ClaimId(of.id), word, actor, now).await?
        }
        (SuggestionKind::FollowUp, word) => {
            let word = match word {
                ReviewWord::Right => FollowUpWord::Right,
                ReviewWord::Rejected => FollowUpWord::Rejected,
                ReviewWord::Back => FollowUpWord::Back,
                _ => return Ok(Reviewed::NoSuchWord),
            };
            decide_follow_up(conn, FollowUpId(of.id), word, actor, now).await?
        }
        (SuggestionKind::Resolution, word) => {
            let word = match word {
                ReviewWord::Right => ResolutionWord::Keeps,
                ReviewWord::Rejected => ResolutionWord::Rejected,
                ReviewWord::Back => ResolutionWord::Back,
                _ => return Ok(Reviewed::NoSuchWord),
            };
            decide_resolution(conn, ResolutionId(of.id), word, actor, now).await?
        }
    };
    Ok(Reviewed::Done)
}
