//! What editors say of claims: of what kind they are, how they stand to each other, what fact-checkers found.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use super::{Connection, Error};
use crate::domain::{
    AccountId, BriefingId, ClaimId, ClaimKind, ClaimLinkId, ClaimLinkKind, ClaimReviewId, Origin, Place, UtteranceId,
};
use jiff::civil::Date;

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

/// An editor's act takes a claim for what it is: from now on it is an editor's word; says whether it was none before.
pub async fn confirm(
    conn: &mut Connection,
    id: ClaimId,
    account: Option<AccountId>,
    now: Timestamp,
) -> Result<bool, Error> {
    let confirmed = sqlx::query!(
        "update claim set origin = 'editor', decided_at = $2, decided_by = $3 where id = $1 and origin = 'machine'",
        id.0,
        now.to_sqlx() as _,
        account.map(|id| id.0)
    );
    Ok(confirmed.execute(conn).await?.rows_affected() > 0)
}

/// What an editor said of a claim of the machine's holds no longer; says whether there was anything. As long as links or
/// reviews hang on it, it stays: the next reading could forget it, and them with it.
pub async fn undecide(conn: &mut Connection, id: ClaimId) -> Result<bool, Error> {
    let undecided = sqlx::query!(
        "update claim set kind = suggested, rejected = false, origin = 'machine', decided_at = null, decided_by = null
         where id = $1 and origin = 'editor' and suggested is not null
           and not exists (select from claim_review where claim_id = $1 and taken_back_at is null)
           and not exists (select from claim_link where $1 in (claim_id, other_id) and taken_back_at is null)",
        id.0
    );
    Ok(undecided.execute(conn).await?.rows_affected() > 0)
}

/// A claim as editors see it, whatever readers see of it.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Its row.
    pub id: ClaimId,
    /// Its briefing.
    pub briefing_id: BriefingId,
    /// The address of that briefing.
    pub slug: String,
    /// The utterance in which it stands; none once its words no longer stand in the text.
    pub utterance_id: Option<UtteranceId>,
    /// Where it stands there.
    pub place: Place,
    /// The kind that is shown.
    pub kind: ClaimKind,
    /// The machine's kind; none where an editor found the claim.
    pub suggested: Option<ClaimKind>,
    /// Who says so.
    pub origin: Origin,
    /// The machine's word on how much it deserves a check.
    pub score: Option<f32>,
    /// An editor said that it is none.
    pub rejected: bool,
    /// When an editor spoke last.
    pub decided_at: Option<Timestamp>,
    /// The address of that editor's account.
    pub decided_by: Option<String>,
}

/// One claim.
pub async fn find(conn: &mut Connection, id: ClaimId) -> Result<Option<Kept>, Error> {
    let row = sqlx::query!(
        r#"select c.id as "id: ClaimId", c.briefing_id as "briefing_id: BriefingId", b.slug,
                  c.utterance_id as "utterance_id: UtteranceId", c.number, c.starts, c.ends,
                  c.kind as "kind: ClaimKind", c.suggested as "suggested: ClaimKind", c.origin as "origin: Origin",
                  c.score, c.rejected, c.decided_at, a.email as "decided_by?"
           from claim c join briefing b on b.id = c.briefing_id left join account a on a.id = c.decided_by
           where c.id = $1"#,
        id.0
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Kept {
        id: row.id,
        briefing_id: row.briefing_id,
        slug: row.slug,
        utterance_id: row.utterance_id,
        place: Place { number: row.number, start: row.starts as usize, end: row.ends as usize },
        kind: row.kind,
        suggested: row.suggested,
        origin: row.origin,
        score: row.score,
        rejected: row.rejected,
        decided_at: row.decided_at.map(jiff_sqlx::Timestamp::to_jiff),
        decided_by: row.decided_by,
    }))
}

/// Holds a claim until the end of the transaction, so that nobody rejects it meanwhile; says whether it is one.
pub async fn hold(conn: &mut Connection, id: ClaimId) -> Result<bool, Error> {
    let held = sqlx::query_scalar!("select id from claim where id = $1 and not rejected for no key update", id.0);
    Ok(held.fetch_optional(conn).await?.is_some())
}

/// Links one claim to another; none if they are linked so already, in either direction.
pub async fn link(
    conn: &mut Connection,
    (claim, kind, other): (ClaimId, ClaimLinkKind, ClaimId),
    account: Option<AccountId>,
    now: Timestamp,
) -> Result<Option<ClaimLinkId>, Error> {
    sqlx::query_scalar!(
        r#"insert into claim_link (claim_id, kind, other_id, account_id, created_at)
           select $1, $2, $3, $4, $5
           where not exists (select from claim_link
                             where claim_id = $3 and kind = $2 and other_id = $1 and taken_back_at is null)
           on conflict (claim_id, kind, other_id) where taken_back_at is null do nothing
           returning id as "id: ClaimLinkId""#,
        claim.0,
        kind.as_str(),
        other.0,
        account.map(|id| id.0),
        now.to_sqlx() as _
    )
    .fetch_optional(conn)
    .await
}

/// Takes a link of a claim back, whichever of the two it is; gives the two.
pub async fn unlink(
    conn: &mut Connection,
    claim: ClaimId,
    link: ClaimLinkId,
    now: Timestamp,
) -> Result<Option<(ClaimId, ClaimId)>, Error> {
    let row = sqlx::query!(
        r#"update claim_link set taken_back_at = $3
           where id = $1 and $2 in (claim_id, other_id) and taken_back_at is null
           returning claim_id as "claim_id: ClaimId", other_id as "other_id: ClaimId""#,
        link.0,
        claim.0,
        now.to_sqlx() as _
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (row.claim_id, row.other_id)))
}

/// What a fact-checker found, as an editor writes it down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was found, in the fact-checker's words.
    pub verdict: String,
    /// Who found it.
    pub publisher: String,
    /// Where it can be read.
    pub url: String,
    /// On which day it was published.
    pub reviewed_on: Option<Date>,
}

/// Attaches a review; none if the claim has one from this address already.
pub async fn add_review(
    conn: &mut Connection,
    claim: ClaimId,
    found: &Finding,
    account: Option<AccountId>,
    now: Timestamp,
) -> Result<Option<ClaimReviewId>, Error> {
    sqlx::query_scalar!(
        r#"insert into claim_review (claim_id, verdict, publisher, url, reviewed_on, account_id, created_at)
           select $1, $2, $3, $4, $5, $6, $7
           where not exists (select from claim_review where claim_id = $1 and url = $4 and taken_back_at is null)
           returning id as "id: ClaimReviewId""#,
        claim.0,
        found.verdict,
        found.publisher,
        found.url,
        found.reviewed_on.map(ToSqlx::to_sqlx) as Option<jiff_sqlx::Date>,
        account.map(|id| id.0),
        now.to_sqlx() as _
    )
    .fetch_optional(conn)
    .await
}

/// Takes a review of a claim back; says whether there was one.
pub async fn remove_review(
    conn: &mut Connection,
    claim: ClaimId,
    review: ClaimReviewId,
    now: Timestamp,
) -> Result<bool, Error> {
    let removed = sqlx::query!(
        "update claim_review set taken_back_at = $3 where id = $1 and claim_id = $2 and taken_back_at is null",
        review.0,
        claim.0,
        now.to_sqlx() as _
    );
    Ok(removed.execute(conn).await?.rows_affected() > 0)
}
