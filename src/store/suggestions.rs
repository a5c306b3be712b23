//! What was found in main texts, as it is kept: exchanges, claims, promises. Places are kept, never words.

use sqlx::types::Json;

use super::{Connection, Error};
use crate::domain::joined::starts;
use crate::domain::{
    AnswerLabel, Audience, BriefingId, ClaimId, ClaimKind, ExchangeId, FollowUpId, Origin, Place, PromiseKind,
    UtteranceId,
};

/// A question with its response, as kept.
#[derive(Debug, Clone, PartialEq)]
pub struct ExchangeRow {
    /// Its row.
    pub id: ExchangeId,
    /// Its briefing.
    pub briefing: BriefingId,
    /// The utterance in which the question begins, if it still stands in the text.
    pub question_id: Option<UtteranceId>,
    /// The number of that.
    pub number: i32,
    /// The utterance in which the response begins.
    pub response_id: Option<UtteranceId>,
    /// The places of the question.
    pub question: Vec<Place>,
    /// The places of the response.
    pub response: Vec<Place>,
    /// The exchange that began the chain of follow-up questions.
    pub follows: Option<ExchangeId>,
    /// The answer label that is shown.
    pub label: Option<AnswerLabel>,
    /// The machine's.
    pub suggested: Option<AnswerLabel>,
    /// How probable the class of the machine's is.
    pub score: Option<f32>,
    /// The place of the words that gave it away.
    pub because: Option<Place>,
    /// Whose word it is.
    pub origin: Origin,
}

impl ExchangeRow {
    /// Where the words that gave it away stand in the parts of the response joined by blank lines.
    pub fn because_in_response(&self) -> Option<[usize; 2]> {
        within(&self.response, self.because?)
    }
}

/// Where a place stands in the text that parts make when they are joined by blank lines.
pub fn within(parts: &[Place], place: Place) -> Option<[usize; 2]> {
    parts.iter().zip(starts(parts.iter().map(|part| part.range().len()))).find_map(|(part, first)| {
        let inside = part.number == place.number && part.start <= place.start && place.end <= part.end;
        let start = first + place.start.saturating_sub(part.start);
        inside.then(|| [start, start + place.range().len()])
    })
}

/// A claim, as kept.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimRow {
    /// Its row.
    pub id: ClaimId,
    /// Its briefing.
    pub briefing: BriefingId,
    /// Its utterance, if its words still stand in the text.
    pub utterance_id: Option<UtteranceId>,
    /// Its place.
    pub place: Place,
    /// The kind that is shown.
    pub kind: ClaimKind,
    /// The machine's.
    pub suggested: Option<ClaimKind>,
    /// How much it deserves a check.
    pub score: Option<f32>,
    /// Whose word it is.
    pub origin: Origin,
}

/// A promise, as kept.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowUpRow {
    /// Its row.
    pub id: FollowUpId,
    /// Its briefing.
    pub briefing: BriefingId,
    /// The exchange whose question is owed.
    pub exchange: Option<ExchangeId>,
    /// Its utterance, if its words still stand in the text.
    pub utterance_id: Option<UtteranceId>,
    /// Its place.
    pub place: Place,
    /// What is promised.
    pub kind: PromiseKind,
    /// Whose word it is.
    pub origin: Origin,
}

/// The exchanges of briefings, in order of the text; for readers those that they may see.
pub async fn exchanges(
    conn: &mut Connection,
    briefings: &[BriefingId],
    audience: Audience,
) -> Result<Vec<ExchangeRow>, Error> {
    let ids: Vec<i64> = briefings.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select id as "id: ExchangeId", briefing_id as "briefing: BriefingId", question_id as "question_id: UtteranceId",
                  number, response_id as "response_id: UtteranceId", question as "question: Json<Vec<Place>>",
                  response as "response: Json<Vec<Place>>", follows_id as "follows: ExchangeId",
                  label as "label: AnswerLabel", suggested as "suggested: AnswerLabel", score,
                  because as "because: Json<Place>", origin as "origin: Origin"
           from exchange e
           where briefing_id = any($1)
             and (not $2 or not rejected and question_id is not null
                            and exists (select from analysed_transcript t where t.briefing_id = e.briefing_id))
           order by number, id"#,
        &ids,
        audience == Audience::Readers
    )
    .fetch_all(conn)
    .await?;
    let exchanges = rows.into_iter().map(|row| ExchangeRow {
        id: row.id,
        briefing: row.briefing,
        question_id: row.question_id,
        number: row.number,
        response_id: row.response_id,
        question: row.question.0,
        response: row.response.0,
        follows: row.follows,
        label: row.label,
        suggested: row.suggested,
        score: row.score,
        because: row.because.map(|place| place.0),
        origin: row.origin,
    });
    Ok(exchanges.collect())
}

/// The claims of briefings, in order of the text; for readers those that they may see.
pub async fn claims(
    conn: &mut Connection,
    briefings: &[BriefingId],
    audience: Audience,
) -> Result<Vec<ClaimRow>, Error> {
    let ids: Vec<i64> = briefings.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select id as "id: ClaimId", briefing_id as "briefing: BriefingId", utterance_id as "utterance_id: UtteranceId",
                  number, starts, ends, kind as "kind: ClaimKind", suggested as "suggested: ClaimKind", score,
                  origin as "origin: Origin"
           from claim c
           where briefing_id = any($1)
             and (not $2 or not rejected and utterance_id is not null
                            and exists (select from analysed_transcript t where t.briefing_id = c.briefing_id))
           order by number, starts, id"#,
        &ids,
        audience == Audience::Readers
    )
    .fetch_all(conn)
    .await?;
    let claims = rows.into_iter().map(|row| ClaimRow {
        id: row.id,
        briefing: row.briefing,
        utterance_id: row.utterance_id,
        place: Place::stored(row.number, row.starts, row.ends),
        kind: row.kind,
        suggested: row.suggested,
        score: row.score,
        origin: row.origin,
    });
    Ok(claims.collect())
}

/// The promises of briefings, in order of their rows.
pub async fn follow_ups(conn: &mut Connection, briefings: &[BriefingId]) -> Result<Vec<FollowUpRow>, Error> {
    let ids: Vec<i64> = briefings.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select id as "id: FollowUpId", briefing_id as "briefing: BriefingId", exchange_id as "exchange: ExchangeId",
                  utterance_id as "utterance_id: UtteranceId", number, starts, ends, kind as "kind: PromiseKind",
                  origin as "origin: Origin"
           from follow_up where briefing_id = any($1) order by id"#,
        &ids
    )
    .fetch_all(conn)
    .await?;
    let follow_ups = rows.into_iter().map(|row| FollowUpRow {
        id: row.id,
        briefing: row.briefing,
        exchange: row.exchange,
        utterance_id: row.utterance_id,
        place: Place::stored(row.number, row.starts, row.ends),
        kind: row.kind,
        origin: row.origin,
    });
    Ok(follow_ups.collect())
}

/// Ids for new rows, so that they can point to each other before they are written: exchanges, claims, promises.
pub async fn new_ids(
    conn: &mut Connection,
    exchanges: usize,
    claims: usize,
    follow_ups: usize,
) -> Result<(Vec<ExchangeId>, Vec<ClaimId>, Vec<FollowUpId>), Error> {
    let row = sqlx::query!(
        r#"select array(select nextval(pg_get_serial_sequence('exchange', 'id')) from generate_series(1, $1)) as "exchanges!",
                  array(select nextval(pg_get_serial_sequence('claim', 'id')) from generate_series(1, $2)) as "claims!",
                  array(select nextval(pg_get_serial_sequence('follow_up', 'id')) from generate_series(1, $3))
                    as "follow_ups!""#,
        exchanges as i64,
        claims as i64,
        follow_ups as i64
    )
    .fetch_one(conn)
    .await?;
    Ok((
        row.exchanges.into_iter().map(ExchangeId).collect(),
        row.claims.into_iter().map(ClaimId).collect(),
        row.follow_ups.into_iter().map(FollowUpId).collect(),
    ))
}

/// Forgets suggestions that are made no more.
pub async fn forget(
    conn: &mut Connection,
    exchanges: &[ExchangeId],
    claims: &[ClaimId],
    follow_ups: &[FollowUpId],
) -> Result<(), Error> {
    let exchanges: Vec<i64> = exchanges.iter().map(|id| id.0).collect();
    let claims: Vec<i64> = claims.iter().map(|id| id.0).collect();
    let follow_ups: Vec<i64> = follow_ups.iter().map(|id| id.0).collect();
    if !follow_ups.is_empty() {
        sqlx::query!("delete from follow_up where id = any($1)", &follow_ups).execute(&mut *conn).await?;
    }
    if !exchanges.is_empty() {
        sqlx::query!("delete from exchange where id = any($1)", &exchanges).execute(&mut *conn).await?;
    }
    if !claims.is_empty() {
        sqlx::query!("delete from claim where id = any($1)", &claims).execute(&mut *conn).await?;
    }
    Ok(())
}

/// Writes exchanges, new ones and others; what editors decided of them stays.
pub async fn put_exchanges(conn: &mut Connection, rows: &[ExchangeRow]) -> Result<(), Error> {
    if rows.is_empty() {
        return Ok(());
    }
    let of = |get: fn(&ExchangeRow) -> i64| rows.iter().map(get).collect::<Vec<i64>>();
    let some = |get: fn(&ExchangeRow) -> Option<i64>| rows.iter().map(get).collect::<Vec<Option<i64>>>();
    let word = |get: fn(&ExchangeRow) -> Option<AnswerLabel>| {
        rows.iter().map(|row| get(row).map(AnswerLabel::as_str)).collect::<Vec<Option<&str>>>()
    };
    let json = |get: fn(&ExchangeRow) -> &Vec<Place>| rows.iter().map(|row| Json(get(row))).collect::<Vec<_>>();
    let because: Vec<Option<Json<Place>>> = rows.iter().map(|row| row.because.map(Json)).collect();
    sqlx::query!(
        "insert into exchange (id, briefing_id, question_id, number, response_id, question, response, follows_id, label,
                               suggested, score, because)
         overriding system value
         select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::int[], $5::bigint[], $6::jsonb[], $7::jsonb[],
                              $8::bigint[], $9::text[], $10::text[], $11::real[], $12::jsonb[])
         on conflict (id) do update
         set question_id = excluded.question_id, number = excluded.number, response_id = excluded.response_id,
             question = excluded.question, response = excluded.response, follows_id = excluded.follows_id,
             label = excluded.label, suggested = excluded.suggested, score = excluded.score, because = excluded.because",
        &of(|row| row.id.0),
        &of(|row| row.briefing.0),
        &some(|row| row.question_id.map(|id| id.0)) as _,
        &rows.iter().map(|row| row.number).collect::<Vec<i32>>(),
        &some(|row| row.response_id.map(|id| id.0)) as _,
        &json(|row| &row.question) as _,
        &json(|row| &row.response) as _,
        &some(|row| row.follows.map(|id| id.0)) as _,
        &word(|row| row.label) as _,
        &word(|row| row.suggested) as _,
        &rows.iter().map(|row| row.score).collect::<Vec<Option<f32>>>() as _,
        &because as _
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Writes claims, new ones and others; what editors decided of them stays.
pub async fn put_claims(conn: &mut Connection, rows: &[ClaimRow]) -> Result<(), Error> {
    if rows.is_empty() {
        return Ok(());
    }
    let of = |get: fn(&ClaimRow) -> i64| rows.iter().map(get).collect::<Vec<i64>>();
    let int = |get: fn(&ClaimRow) -> i32| rows.iter().map(get).collect::<Vec<i32>>();
    sqlx::query!(
        "insert into claim (id, briefing_id, utterance_id, number, starts, ends, kind, suggested, score)
         overriding system value
         select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::int[], $5::int[], $6::int[], $7::text[],
                              $8::text[], $9::real[])
         on conflict (id) do update
         set utterance_id = excluded.utterance_id, number = excluded.number, starts = excluded.starts,
             ends = excluded.ends, kind = excluded.kind, suggested = excluded.suggested, score = excluded.score",
        &of(|row| row.id.0),
        &of(|row| row.briefing.0),
        &rows.iter().map(|row| row.utterance_id.map(|id| id.0)).collect::<Vec<Option<i64>>>() as _,
        &int(|row| row.place.number),
        &int(|row| row.place.start as i32),
        &int(|row| row.place.end as i32),
        &rows.iter().map(|row| row.kind.as_str()).collect::<Vec<&str>>() as _,
        &rows.iter().map(|row| row.suggested.map(ClaimKind::as_str)).collect::<Vec<Option<&str>>>() as _,
        &rows.iter().map(|row| row.score).collect::<Vec<Option<f32>>>() as _
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Writes promises, new ones and others; what editors decided of them stays.
pub async fn put_follow_ups(conn: &mut Connection, rows: &[FollowUpRow]) -> Result<(), Error> {
    if rows.is_empty() {
        return Ok(());
    }
    let of = |get: fn(&FollowUpRow) -> i64| rows.iter().map(get).collect::<Vec<i64>>();
    let some = |get: fn(&FollowUpRow) -> Option<i64>| rows.iter().map(get).collect::<Vec<Option<i64>>>();
    let int = |get: fn(&FollowUpRow) -> i32| rows.iter().map(get).collect::<Vec<i32>>();
    sqlx::query!(
        "insert into follow_up (id, briefing_id, exchange_id, utterance_id, number, starts, ends, kind)
         overriding system value
         select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::int[], $6::int[], $7::int[],
                              $8::text[])
         on conflict (id) do update
         set exchange_id = excluded.exchange_id, utterance_id = excluded.utterance_id, number = excluded.number,
             starts = excluded.starts, ends = excluded.ends, kind = excluded.kind",
        &of(|row| row.id.0),
        &of(|row| row.briefing.0),
        &some(|row| row.exchange.map(|id| id.0)) as _,
        &some(|row| row.utterance_id.map(|id| id.0)) as _,
        &int(|row| row.place.number),
        &int(|row| row.place.start as i32),
        &int(|row| row.place.end as i32),
        &rows.iter().map(|row| row.kind.as_str()).collect::<Vec<&str>>() as _
    )
    .execute(conn)
    .await
    .map(drop)
}
