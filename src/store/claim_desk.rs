//! What editors say of claims: of what kind they are, how they stand to each other, what fact-checkers found.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use super::{Connection, Error};
use crate::domain::{AccountId, ClaimId, ClaimKind};

/// An editor says of what kind a claim is, or that it is none; says whether that is any different from before.
pub async fn decide(
    conn: &mut Connection,
    id: ClaimId,
    kind: Option<ClaimKind>,
    account: Option<AccountId>,
    now: Timestamp,
) -> Result<bool, Error> {
    let decided = sqlx::query!(
        "update claim set kind = coalesce($2, kind), rejected = $2::text is null, origin = 'editor', decided_at = $3,
                          decided_by = $4
         where id = $1 and not (origin = 'editor' and rejected = ($2::text is null) and kind = coalesce($2, kind))",
        id.0,
        kind.map(ClaimKind::as_str),
        now.to_sqlx() as _,
        account.map(|id| id.0)
    );
    Ok(decided.execute(conn).await?.rows_affected() > 0)
}

/// What an editor said of a claim of the machine's holds no longer; says whether there was anything.
pub async fn undecide(conn: &mut Connection, id: ClaimId) -> Result<bool, Error> {
    let undecided = sqlx::query!(
        "update claim set kind = suggested, rejected = false, origin = 'machine', decided_at = null, decided_by = null
         where id = $1 and origin = 'editor' and suggested is not null",
        id.0
    );
    Ok(undecided.execute(conn).await?.rows_affected() > 0)
}
