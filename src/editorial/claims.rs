//! Claims: an editor's word on what they are, how they stand to each other, and what fact-checkers found.

use jiff::Timestamp;
use serde_json::json;

use crate::domain::{Actor, ClaimId, ClaimKind};
use crate::store::{self, Connection, audit, claim_desk as rows, feed};

/// What an editor says of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimWord {
    /// It is one, of this kind.
    Is(ClaimKind),
    /// It is none: readers do not see it, and it is not suggested again.
    Rejected,
    /// The editor's word holds no longer: it is the machine's again.
    Back,
}

/// Says it; says whether anything is different from before. Must be the last act of its transaction.
pub async fn decide_claim(
    conn: &mut Connection,
    id: ClaimId,
    word: ClaimWord,
    actor: &Actor,
    now: Timestamp,
) -> Result<bool, store::Error> {
    let (changed, act) = match word {
        ClaimWord::Is(kind) => (rows::decide(conn, id, Some(kind), actor.account, now).await?, "claim.kind"),
        ClaimWord::Rejected => (rows::decide(conn, id, None, actor.account, now).await?, "claim.rejected"),
        ClaimWord::Back => (rows::undecide(conn, id).await?, "claim.back"),
    };
    if !changed {
        return Ok(false);
    }
    let kind = match word {
        ClaimWord::Is(kind) => Some(kind),
        ClaimWord::Rejected | ClaimWord::Back => None,
    };
    audit::append(conn, actor, act, &json!({ "claim": id, "kind": kind }), now).await?;
    feed::advance_public(conn, &[]).await?;
    Ok(true)
}
