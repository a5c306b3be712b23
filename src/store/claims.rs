//! Claims as readers see them: of main texts that were read as they stand now, not those of reports, and none that an
//! editor rejected.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;

use super::{Connection, Error};
use crate::domain::{
    BriefingId, ClaimId, ClaimKind, ClaimLinkId, ClaimLinkKind, ClaimReviewId, Origin, Place, SeriesId, SpeakerId,
    TopicId, UtteranceId,
};

/// A sentence that asserts something, by its place.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Its row, and the end of its address.
    pub id: ClaimId,
    /// Its briefing.
    pub briefing_id: BriefingId,
    /// The utterance in which it stands.
    pub utterance_id: UtteranceId,
    /// Where it stands there.
    pub place: Place,
    /// Of what kind it is.
    pub kind: ClaimKind,
    /// Who says so.
    pub origin: Origin,
    /// How much it deserves a check, from 0 to 1: the machine's word.
    pub score: Option<f32>,
}

/// Which claims are wanted. An empty list restricts nothing.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// These only.
    pub ids: Option<Vec<ClaimId>>,
    /// In these utterances only.
    pub utterances: Option<Vec<UtteranceId>>,
    /// Of this kind.
    pub kind: Option<ClaimKind>,
    /// By these speakers, where readers are told that they speak.
    pub speakers: Vec<SpeakerId>,
    /// In utterances about these topics.
    pub topics: Vec<TopicId>,
    /// In briefings of these series.
    pub series: Vec<SeriesId>,
    /// Not before; claims without a date are then left out.
    pub from: Option<Date>,
    /// Not after; the same.
    pub to: Option<Date>,
    /// Only those of which a review by fact-checkers is known.
    pub reviewed: bool,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The latest briefing first; within it as they were said.
    #[default]
    Newest,
    /// What most deserves a check first.
    Worth,
}

/// Asks for wanted claims.
macro_rules! wanted {
    ($query:ident, $wanted:expr, $columns:literal, $order:literal $(, $argument:expr)*) => {{
        let wanted: &Wanted = $wanted;
        let ids: Option<Vec<i64>> = wanted.ids.as_ref().map(|ids| ids.iter().map(|id| id.0).collect());
        let utterances: Option<Vec<i64>> = wanted.utterances.as_ref().map(|ids| ids.iter().map(|id| id.0).collect());
        let speakers: Vec<i64> = wanted.speakers.iter().map(|id| id.0).collect();
        let topics: Vec<i32> = wanted.topics.iter().map(|id| id.0).collect();
        let series: Vec<i32> = wanted.series.iter().map(|id| id.0).collect();
        sqlx::$query!(
            "select " + $columns + r#"
             from claim c
               join analysed_transcript t on t.briefing_id = c.briefing_id
               join briefing b on b.id = c.briefing_id and b.briefing_kind <> 'report'
               left join utterance u on u.id = c.utterance_id
             where not c.rejected and c.utterance_id is not null
               and ($1::bigint[] is null or c.id = any($1)) and ($2::bigint[] is null or c.utterance_id = any($2))
               and ($3::text is null or c.kind = $3)
               and ($4::bigint[] = '{}' or u.label_id in (select l.id from reader_label l where l.speaker_id = any($4)))
               and ($5::int[] = '{}' or u.topic_ids && $5)
               and ($6::int[] = '{}' or t.series_id = any($6))
               and ($7::date is null or t.date >= $7) and ($8::date is null or t.date <= $8)
               and (not $9::bool or exists (
                 select from claim_review r where r.claim_id = c.id and r.taken_back_at is null)) "# + $order,
            ids.as_deref() as Option<&[i64]>,
            utterances.as_deref() as Option<&[i64]>,
            wanted.kind.map(ClaimKind::as_str),
            &speakers,
            &topics,
            &series,
            wanted.from.map(ToSqlx::to_sqlx) as Option<jiff_sqlx::Date>,
            wanted.to.map(ToSqlx::to_sqlx) as Option<jiff_sqlx::Date>,
            wanted.reviewed
            $(, $argument)*
        )
    }};
}

/// Makes a row of such a query a claim.
macro_rules! claim {
    ($row:expr) => {{
        let row = $row;
        Claim {
            id: row.id,
            briefing_id: row.briefing_id,
            utterance_id: row.utterance_id,
            place: Place { number: row.number, start: row.starts as usize, end: row.ends as usize },
            kind: row.kind,
            origin: row.origin,
            score: row.score,
        }
    }};
}

/// How many are wanted.
pub async fn count(conn: &mut Connection, of: &Wanted) -> Result<i64, Error> {
    wanted!(query_scalar, of, r#"count(*) as "count!""#, "").fetch_one(conn).await
}

/// Some of those that are wanted.
pub async fn list(conn: &mut Connection, of: &Wanted, order: Order, skip: i64, take: i64) -> Result<Vec<Claim>, Error> {
    Ok(match order {
        Order::Newest => wanted!(
            query,
            of,
            r#"c.id as "id: ClaimId", c.briefing_id as "briefing_id: BriefingId", c.number, c.starts, c.ends, c.score,
               c.utterance_id as "utterance_id!: UtteranceId", c.kind as "kind: ClaimKind", c.origin as "origin: Origin""#,
            "order by t.date desc nulls last, c.briefing_id desc, c.number, c.starts offset $10 limit $11",
            skip,
            take
        )
        .fetch_all(conn)
        .await?
        .into_iter()
        .map(|row| claim!(row))
        .collect(),
        Order::Worth => wanted!(
            query,
            of,
            r#"c.id as "id: ClaimId", c.briefing_id as "briefing_id: BriefingId", c.number, c.starts, c.ends, c.score,
               c.utterance_id as "utterance_id!: UtteranceId", c.kind as "kind: ClaimKind", c.origin as "origin: Origin""#,
            "order by c.score desc, c.id desc offset $10 limit $11",
            skip,
            take
        )
        .fetch_all(conn)
        .await?
        .into_iter()
        .map(|row| claim!(row))
        .collect(),
    })
}

/// These claims, as far as readers see them.
pub async fn some(conn: &mut Connection, ids: &[ClaimId]) -> Result<Vec<Claim>, Error> {
    let of = Wanted { ids: Some(ids.to_vec()), ..Wanted::default() };
    list(conn, &of, Order::Newest, 0, ids.len() as i64).await
}

/// One claim, if readers see it.
pub async fn find(conn: &mut Connection, id: ClaimId) -> Result<Option<Claim>, Error> {
    Ok(some(conn, &[id]).await?.pop())
}

/// What a fact-checker found about a claim, as an editor wrote it down.
#[derive(Debug, Clone)]
pub struct Review {
    /// Its row.
    pub id: ClaimReviewId,
    /// The claim.
    pub claim_id: ClaimId,
    /// What was found, in the fact-checker's words.
    pub verdict: String,
    /// Who found it.
    pub publisher: String,
    /// Where it can be read.
    pub url: String,
    /// On which day it was published.
    pub reviewed_on: Option<Date>,
    /// When an editor wrote it down.
    pub created_at: Timestamp,
}

/// The reviews of some claims, the latest first.
pub async fn reviews(conn: &mut Connection, claims: &[ClaimId]) -> Result<Vec<Review>, Error> {
    let ids: Vec<i64> = claims.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select id as "id: ClaimReviewId", claim_id as "claim_id: ClaimId", verdict, publisher, url, reviewed_on,
                  created_at
           from claim_review where claim_id = any($1) and taken_back_at is null
           order by reviewed_on desc nulls last, id desc"#,
        &ids
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Review {
            id: row.id,
            claim_id: row.claim_id,
            verdict: row.verdict,
            publisher: row.publisher,
            url: row.url,
            reviewed_on: row.reviewed_on.map(jiff_sqlx::Date::to_jiff),
            created_at: row.created_at.to_jiff(),
        })
        .collect())
}

/// How one claim stands to another: "this one repeats that one".
#[derive(Debug, Clone)]
pub struct Link {
    /// Its row.
    pub id: ClaimLinkId,
    /// This one ...
    pub claim_id: ClaimId,
    /// ... does this to ...
    pub kind: ClaimLinkKind,
    /// ... that one.
    pub other_id: ClaimId,
    /// When an editor said so.
    pub created_at: Timestamp,
}

/// The links from and to some claims, the latest first. Readers may not see what they lead to.
pub async fn links(conn: &mut Connection, claims: &[ClaimId]) -> Result<Vec<Link>, Error> {
    let ids: Vec<i64> = claims.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select id as "id: ClaimLinkId", claim_id as "claim_id: ClaimId", kind as "kind: ClaimLinkKind",
                  other_id as "other_id: ClaimId", created_at
           from claim_link where taken_back_at is null and (claim_id = any($1) or other_id = any($1))
           order by id desc"#,
        &ids
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Link {
            id: row.id,
            claim_id: row.claim_id,
            kind: row.kind,
            other_id: row.other_id,
            created_at: row.created_at.to_jiff(),
        })
        .collect())
}
