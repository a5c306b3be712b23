//! What editors say of what the machine suggests: exchanges, promises, what keeps them; and what of it they agree with.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use super::{Connection, Error};
use crate::domain::{AccountId, AnswerLabel, ExchangeId, FollowUpId, ResolutionId, Suggestion, SuggestionKind};

/// An editor says what became of a question, or that the exchange or every label of it is wrong; says whether that is any
/// different from before.
pub async fn decide_exchange(
    conn: &mut Connection,
    id: ExchangeId,
    label: Option<AnswerLabel>,
    account: Option<AccountId>,
    now: Timestamp,
) -> Result<bool, Error> {
    let decided = sqlx::query!(
        "update exchange set label = coalesce($2, label), rejected = $2::text is null, origin = 'editor', decided_at = $3,
                             decided_by = $4
         where id = $1 and not (origin = 'editor' and rejected = ($2::text is null)
                                and label is not distinct from coalesce($2, label))",
        id.0,
        label.map(AnswerLabel::as_str),
        now.to_sqlx() as _,
        account.map(|id| id.0)
    );
    Ok(decided.execute(conn).await?.rows_affected() > 0)
}

/// What an editor said of an exchange holds no longer; says whether there was anything.
pub async fn undecide_exchange(conn: &mut Connection, id: ExchangeId) -> Result<bool, Error> {
    let undecided = sqlx::query!(
        "update exchange set label = suggested, rejected = false, origin = 'machine', decided_at = null, decided_by = null
         where id = $1 and origin = 'editor'",
        id.0
    );
    Ok(undecided.execute(conn).await?.rows_affected() > 0)
}

/// An editor says whether words promise to come back; says whether that is any different from before.
pub async fn decide_follow_up(
    conn: &mut Connection,
    id: FollowUpId,
    right: bool,
    account: Option<AccountId>,
    now: Timestamp,
) -> Result<bool, Error> {
    let decided = sqlx::query!(
        "update follow_up set rejected = not $2::bool, origin = 'editor', decided_at = $3, decided_by = $4
         where id = $1 and not (origin = 'editor' and rejected = not $2::bool)",
        id.0,
        right,
        now.to_sqlx() as _,
        account.map(|id| id.0)
    );
    Ok(decided.execute(conn).await?.rows_affected() > 0)
}

/// What an editor said of a promise holds no longer; says whether there was anything.
pub async fn undecide_follow_up(conn: &mut Connection, id: FollowUpId) -> Result<bool, Error> {
    let undecided = sqlx::query!(
        "update follow_up set rejected = false, origin = 'machine', decided_at = null, decided_by = null
         where id = $1 and origin = 'editor'",
        id.0
    );
    Ok(undecided.execute(conn).await?.rows_affected() > 0)
}

/// An editor says whether later words keep a promise; says whether that is any different from before.
pub async fn decide_resolution(
    conn: &mut Connection,
    id: ResolutionId,
    keeps: bool,
    account: Option<AccountId>,
    now: Timestamp,
) -> Result<bool, Error> {
    let decided = sqlx::query!(
        "update follow_up_resolution set rejected = not $2::bool, origin = 'editor', decided_at = $3, decided_by = $4
         where id = $1 and not (origin = 'editor' and rejected = not $2::bool)",
        id.0,
        keeps,
        now.to_sqlx() as _,
        account.map(|id| id.0)
    );
    Ok(decided.execute(conn).await?.rows_affected() > 0)
}

/// What an editor said of later words holds no longer; says whether there was anything.
pub async fn undecide_resolution(conn: &mut Connection, id: ResolutionId) -> Result<bool, Error> {
    let undecided = sqlx::query!(
        "update follow_up_resolution set rejected = false, origin = 'machine', decided_at = null, decided_by = null
         where id = $1 and origin = 'editor'",
        id.0
    );
    Ok(undecided.execute(conn).await?.rows_affected() > 0)
}

/// Holds a suggestion until the end of the transaction, and says when an editor decided it, if one has; nothing where
/// there is no such suggestion.
pub async fn hold(conn: &mut Connection, one: Suggestion) -> Result<Option<Option<Timestamp>>, Error> {
    let query = match one.kind {
        SuggestionKind::Exchange => {
            sqlx::query_scalar!("select decided_at from exchange where id = $1 for update", one.id)
                .fetch_optional(conn)
                .await?
        }
        SuggestionKind::Claim => {
            sqlx::query_scalar!("select decided_at from claim where id = $1 for update", one.id)
                .fetch_optional(conn)
                .await?
        }
        SuggestionKind::FollowUp => {
            sqlx::query_scalar!("select decided_at from follow_up where id = $1 for update", one.id)
                .fetch_optional(conn)
                .await?
        }
        SuggestionKind::Resolution => {
            sqlx::query_scalar!("select decided_at from follow_up_resolution where id = $1 for update", one.id)
                .fetch_optional(conn)
                .await?
        }
    };
    Ok(query.map(|decided| decided.map(jiff_sqlx::Timestamp::to_jiff)))
}

/// What an editor decided last.
#[derive(Debug, Clone)]
pub struct Last {
    /// Of what.
    pub of: Suggestion,
    /// When.
    pub at: Timestamp,
    /// The label or kind that it has since; none where it was rejected.
    pub word: Option<String>,
}

/// What an editor decided last, if it was after a moment; and how much of it was.
pub async fn decided_by(
    conn: &mut Connection,
    account: AccountId,
    after: Timestamp,
) -> Result<(i64, Option<Last>), Error> {
    let row = sqlx::query!(
        r#"with decided as (
               select 0 as kind, id, decided_at, case when not rejected then label end as word
               from exchange where decided_by = $1 and decided_at >= $2
               union all select 1, id, decided_at, case when not rejected then kind end
               from claim where decided_by = $1 and decided_at >= $2
               union all select 2, id, decided_at, case when not rejected then kind end
               from follow_up where decided_by = $1 and decided_at >= $2
               union all select 3, id, decided_at, case when not rejected then 'keeps' end
               from follow_up_resolution where decided_by = $1 and decided_at >= $2)
           select kind as "kind!", id as "id!", decided_at as "at!", word, (select count(*) from decided) as "all!"
           from decided order by decided_at desc, kind, id desc limit 1"#,
        account.0,
        after.to_sqlx() as _
    )
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok((0, None)) };
    let kind = SuggestionKind::ALL.get(row.kind as usize).copied().unwrap_or(SuggestionKind::Exchange);
    let last = Last { of: Suggestion { kind, id: row.id }, at: row.at.to_jiff(), word: row.word };
    Ok((row.all, Some(last)))
}

/// How often editors agreed with the machine about a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// Of what.
    pub kind: SuggestionKind,
    /// What the machine had said: a label, a kind of claim, a kind of promise.
    pub class: String,
    /// What editors left as it was.
    pub right: i64,
    /// What they decided.
    pub decided: i64,
}

/// How often editors agreed with the machine, by class.
pub async fn agreement(conn: &mut Connection) -> Result<Vec<Agreement>, Error> {
    let rows = sqlx::query!(
        r#"with decided as (
               select 0 as kind, suggested as class, not rejected and label = suggested as is_right
               from exchange where decided_at is not null and suggested is not null
               union all select 1, suggested, not rejected and kind = suggested
               from claim where decided_at is not null and suggested is not null
               union all select 2, kind, not rejected from follow_up where decided_at is not null
               union all select 3, 'keeps', not rejected from follow_up_resolution where decided_at is not null)
           select kind as "kind!", class as "class!", count(*) filter (where is_right) as "right!", count(*) as "decided!"
           from decided group by kind, class order by kind, count(*) desc, class"#
    )
    .fetch_all(conn)
    .await?;
    let agreement = rows.into_iter().filter_map(|row| {
        let kind = SuggestionKind::ALL.get(row.kind as usize).copied()?;
        Some(Agreement { kind, class: row.class, right: row.right, decided: row.decided })
    });
    Ok(agreement.collect())
}
