//! What is suggested about the words of main texts: what is to be read, and what was found in it.

use jiff::civil::Date;
use sqlx::types::Json;

use super::{Connection, Error};
use crate::domain::{
    AnswerLabel, Audience, BriefingId, ClaimId, ClaimKind, ExchangeId, FollowUpId, Origin, Place, PromiseKind,
    RevisionId, Role, TranscriptId, UtteranceId, UtteranceKind,
};

/// A main text that is to be read.
#[derive(Debug, Clone, Copy)]
pub struct Behind {
    /// The transcript.
    pub transcript: TranscriptId,
    /// Its briefing.
    pub briefing: BriefingId,
    /// Its present revision.
    pub revision: RevisionId,
    /// The revision that was read before, if any.
    pub before: Option<RevisionId>,
    /// It is a report: quotations are read from it, and nothing else.
    pub report: bool,
}

/// Published main texts that were not read as they stand now or not by this version, a few of them; of `parts` shares only
/// the one given.
pub async fn behind(
    conn: &mut Connection,
    version: i32,
    (part, parts): (i64, i64),
    most: i64,
) -> Result<Vec<Behind>, Error> {
    sqlx::query_as!(
        Behind,
        r#"select t.id as "transcript: TranscriptId", b.id as "briefing: BriefingId",
                  t.revision_id as "revision!: RevisionId", t.analysed_revision_id as "before: RevisionId",
                  b.briefing_kind = 'report' as "report!"
           from transcript t join briefing b on b.id = t.briefing_id
           where t.is_main and b.status = 'published' and b.id % $3 = $2
             and (t.analysed_revision_id is distinct from t.revision_id or t.analysis_version <> $1)
           order by t.id desc limit $4"#,
        version,
        part,
        parts,
        most
    )
    .fetch_all(conn)
    .await
}

/// How many texts are to be read, and how many were read by this version.
pub async fn progress(conn: &mut Connection, version: i32) -> Result<(i64, i64), Error> {
    let row = sqlx::query!(
        r#"select count(*) filter (where t.analysed_revision_id is distinct from t.revision_id
                                         or t.analysis_version <> $1) as "behind!",
                  count(*) as "all!"
           from transcript t join briefing b on b.id = t.briefing_id
           where t.is_main and b.status = 'published'"#,
        version
    )
    .fetch_one(conn)
    .await?;
    Ok((row.behind, row.all - row.behind))
}

/// An utterance as far as an analysis reads it.
#[derive(Debug, Clone)]
pub struct Spoken {
    /// Its row.
    pub id: UtteranceId,
    /// Its permanent number.
    pub number: i32,
    /// What it is.
    pub kind: UtteranceKind,
    /// The words.
    pub text: String,
    /// The same for all turns of a person or of a label.
    pub voice: Option<i64>,
    /// What the label stands for when it names nobody.
    pub role: Option<Role>,
    /// The reporter whom the text names.
    pub asked_by: Option<String>,
}

/// The utterances of revisions, in order.
pub async fn spoken(conn: &mut Connection, revisions: &[RevisionId]) -> Result<Vec<(RevisionId, Spoken)>, Error> {
    let ids: Vec<i64> = revisions.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select u.revision_id as "revision: RevisionId", u.id as "id: UtteranceId", u.number as "number!",
                  u.kind as "kind: UtteranceKind", u.text, coalesce(l.speaker_id, -l.id) as voice,
                  l.role as "role: Role", u.asked_by ->> 'name' as asked_by
           from utterance u left join transcript_label l on l.id = u.label_id
           where u.revision_id = any($1) and u.number is not null
           order by u.revision_id, u.position"#,
        &ids
    )
    .fetch_all(conn)
    .await?;
    let spoken = rows.into_iter().map(|row| {
        let (id, number, kind, text) = (row.id, row.number, row.kind, row.text);
        (row.revision, Spoken { id, number, kind, text, voice: row.voice, role: row.role, asked_by: row.asked_by })
    });
    Ok(spoken.collect())
}

/// Holds of these briefings those that nobody is writing to, whose main text is still of the revision given, and which
/// nobody else has read meanwhile; others are read later.
pub async fn hold(conn: &mut Connection, read: &[Behind]) -> Result<Vec<BriefingId>, Error> {
    let briefings: Vec<i64> = read.iter().map(|one| one.briefing.0).collect();
    let revisions: Vec<i64> = read.iter().map(|one| one.revision.0).collect();
    let before: Vec<Option<i64>> = read.iter().map(|one| one.before.map(|id| id.0)).collect();
    sqlx::query_scalar!(
        r#"select b.id as "id: BriefingId"
           from briefing b join transcript t on t.briefing_id = b.id and t.is_main
             join unnest($1::bigint[], $2::bigint[], $3::bigint[]) as read (briefing_id, revision_id, before_id)
               on read.briefing_id = b.id and read.revision_id = t.revision_id
                  and t.analysed_revision_id is not distinct from read.before_id
           where b.status = 'published'
           for no key update of b skip locked"#,
        &briefings,
        &revisions,
        &before as _
    )
    .fetch_all(conn)
    .await
}

/// Records that texts were read by this version.
pub async fn done(conn: &mut Connection, read: &[Behind], version: i32) -> Result<(), Error> {
    let ids: Vec<i64> = read.iter().map(|one| one.transcript.0).collect();
    sqlx::query!(
        "update transcript set analysed_revision_id = revision_id, analysis_version = $2 where id = any($1)",
        &ids,
        version
    )
    .execute(conn)
    .await
    .map(drop)
}

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

/// What stands between the parts of a response when it is read as one text.
const BETWEEN: &str = "\n\n";

impl ExchangeRow {
    /// Where the words that gave it away stand in the parts of the response joined by blank lines.
    pub fn because_in_response(&self) -> Option<[usize; 2]> {
        within(&self.response, self.because?)
    }
}

/// Where a place stands in the text that parts make when they are joined by blank lines.
pub fn within(parts: &[Place], place: Place) -> Option<[usize; 2]> {
    let mut before = 0;
    parts.iter().find_map(|part| {
        let first = before;
        before += part.range().len() + BETWEEN.len();
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
        place: place(row.number, row.starts, row.ends),
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
        place: place(row.number, row.starts, row.ends),
        kind: row.kind,
        origin: row.origin,
    });
    Ok(follow_ups.collect())
}

fn place(number: i32, starts: i32, ends: i32) -> Place {
    let at = |at: i32| usize::try_from(at).unwrap_or_default();
    Place { number, start: at(starts), end: at(ends) }
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

/// An exchange drawn at random, with its words.
#[derive(Debug, Clone)]
pub struct Drawn {
    /// Its row.
    pub id: ExchangeId,
    /// The address of its briefing.
    pub slug: String,
    /// The date of that.
    pub date: Option<Date>,
    /// The number of the utterance in which the question begins.
    pub number: i32,
    /// The parts of the question.
    pub question: Vec<String>,
    /// The parts of the response.
    pub response: Vec<String>,
}

/// Exchanges with a response, drawn from all that readers may see: the same ones for the same seed.
pub async fn drawn(conn: &mut Connection, seed: i64, most: i64) -> Result<Vec<Drawn>, Error> {
    let rows = sqlx::query!(
        r#"select e.id as "id: ExchangeId", b.slug, b.date, e.number,
                  array(select substr(u.text, (p.place ->> 1)::int + 1, (p.place ->> 2)::int - (p.place ->> 1)::int)
                        from jsonb_array_elements(e.question) with ordinality p (place, at)
                          join utterance u on u.revision_id = t.revision_id and u.number = (p.place ->> 0)::int
                        order by p.at) as "question!",
                  array(select substr(u.text, (p.place ->> 1)::int + 1, (p.place ->> 2)::int - (p.place ->> 1)::int)
                        from jsonb_array_elements(e.response) with ordinality p (place, at)
                          join utterance u on u.revision_id = t.revision_id and u.number = (p.place ->> 0)::int
                        order by p.at) as "response!"
           from (select e.* from exchange e join analysed_transcript t on t.briefing_id = e.briefing_id
                 where not e.rejected and e.question_id is not null and e.response_id is not null
                 order by hashtextextended(e.id::text, $1), e.id limit $2) e
             join briefing b on b.id = e.briefing_id join analysed_transcript t on t.briefing_id = e.briefing_id
           order by hashtextextended(e.id::text, $1), e.id"#,
        seed,
        most
    )
    .fetch_all(conn)
    .await?;
    let drawn = rows.into_iter().map(|row| Drawn {
        id: row.id,
        slug: row.slug,
        date: row.date.map(jiff_sqlx::Date::to_jiff),
        number: row.number,
        question: row.question,
        response: row.response,
    });
    Ok(drawn.collect())
}
