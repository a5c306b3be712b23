//! Promises to come back, as readers see them: what is still owed, and what was kept.

use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use sqlx::types::Json;

use super::{Connection, Error};
use crate::domain::{BriefingId, ExchangeId, FollowUpId, Origin, Place, PromiseKind, ResolutionId, UtteranceId};

/// Whether a promise was kept, as far as editors say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PromiseState {
    /// No editor says that it was.
    Open,
    /// An editor says that it was.
    Kept,
}

impl PromiseState {
    /// The word used in addresses and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Kept => "kept",
        }
    }
}

/// What is looked for; nothing is no restriction.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Open or kept.
    pub state: Option<PromiseState>,
    /// Rows of whoever promised.
    pub speakers: Option<Vec<i64>>,
    /// Rows of topics, of the promise or of the question owed.
    pub topics: Option<Vec<i32>>,
    /// Rows of series.
    pub series: Option<Vec<i32>>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Newest first, and not oldest.
    pub newest: bool,
}

/// How many promises there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Those of which no editor says that they were kept.
    pub open: i64,
    /// Those of which one does.
    pub kept: i64,
    /// Those that an editor has confirmed to be promises.
    pub confirmed: i64,
}

impl Counts {
    /// How many are in a state, or in any.
    pub const fn of(&self, state: Option<PromiseState>) -> i64 {
        match state {
            Some(PromiseState::Open) => self.open,
            Some(PromiseState::Kept) => self.kept,
            None => self.open + self.kept,
        }
    }
}

/// Counts promises in each state; the state that is looked for makes no difference but to those confirmed.
pub async fn count(conn: &mut Connection, wanted: &Wanted) -> Result<Counts, Error> {
    sqlx::query_as!(
        Counts,
        r#"select count(*) filter (where not k.kept) as "open!", count(*) filter (where k.kept) as "kept!",
                  count(*) filter (where f.origin = 'editor' and ($6::bool is null or k.kept = $6)) as "confirmed!"
           from follow_up f join analysed_transcript t on t.briefing_id = f.briefing_id
             join utterance u on u.id = f.utterance_id left join reader_label l on l.id = u.label_id
             left join exchange e on e.id = f.exchange_id and not e.rejected
             left join utterance q on q.id = e.question_id
             cross join lateral (
               select exists (select from follow_up_resolution r join briefing b on b.id = r.briefing_id
                              where r.follow_up_id = f.id and r.origin = 'editor' and not r.rejected
                                and b.status = 'published') as kept) k
           where not f.rejected and ($1::bigint[] is null or l.speaker_id = any($1))
             and ($2::int[] is null or u.topic_ids && $2 or q.topic_ids && $2)
             and ($3::int[] is null or t.series_id = any($3))
             and ($4::date is null or t.date >= $4) and ($5::date is null or t.date <= $5)"#,
        wanted.speakers.as_deref(),
        wanted.topics.as_deref(),
        wanted.series.as_deref(),
        wanted.from.map(ToSqlx::to_sqlx) as Option<jiff_sqlx::Date>,
        wanted.to.map(ToSqlx::to_sqlx) as Option<jiff_sqlx::Date>,
        wanted.state.map(|state| state == PromiseState::Kept)
    )
    .fetch_one(conn)
    .await
}

/// A promise to come back.
#[derive(Debug, Clone)]
pub struct FollowUp {
    /// Its row.
    pub id: FollowUpId,
    /// Its briefing.
    pub briefing: BriefingId,
    /// Its utterance.
    pub utterance: UtteranceId,
    /// Its place.
    pub place: Place,
    /// What is promised.
    pub kind: PromiseKind,
    /// Whose word it is that it is a promise.
    pub origin: Origin,
    /// The exchange whose question is owed, with the places of that.
    pub owed: Option<(ExchangeId, Vec<Place>)>,
    /// Whether it was kept.
    pub state: PromiseState,
    /// The last day of the series of which the archive holds a briefing, or of everything where there is no series.
    pub held_until: Option<Date>,
}

/// Promises in their order, those without a day last.
pub async fn list(conn: &mut Connection, wanted: &Wanted, skip: i64, take: i64) -> Result<Vec<FollowUp>, Error> {
    let rows = sqlx::query!(
        r#"select f.id as "id: FollowUpId", f.briefing_id as "briefing: BriefingId", u.id as "utterance: UtteranceId",
                  f.number, f.starts, f.ends, f.kind as "kind: PromiseKind", f.origin as "origin: Origin",
                  e.id as "exchange?: ExchangeId", e.question as "question?: Json<Vec<Place>>", k.kept as "kept!",
                  (select max(h.date) from briefing h where h.status = 'published' and h.briefing_kind <> 'report'
                     and h.series_id is not distinct from t.series_id) as held_until
           from follow_up f join analysed_transcript t on t.briefing_id = f.briefing_id
             join utterance u on u.id = f.utterance_id left join reader_label l on l.id = u.label_id
             left join exchange e on e.id = f.exchange_id and not e.rejected
             left join utterance q on q.id = e.question_id
             cross join lateral (
               select exists (select from follow_up_resolution r join briefing b on b.id = r.briefing_id
                              where r.follow_up_id = f.id and r.origin = 'editor' and not r.rejected
                                and b.status = 'published') as kept) k
           where not f.rejected and ($1::bigint[] is null or l.speaker_id = any($1))
             and ($2::int[] is null or u.topic_ids && $2 or q.topic_ids && $2)
             and ($3::int[] is null or t.series_id = any($3))
             and ($4::date is null or t.date >= $4) and ($5::date is null or t.date <= $5)
             and ($6::bool is null or k.kept = $6)
           order by case when $7 then t.date end desc nulls last, case when not $7 then t.date end nulls last,
                    f.briefing_id, f.number, f.starts
           offset $8 limit $9"#,
        wanted.speakers.as_deref(),
        wanted.topics.as_deref(),
        wanted.series.as_deref(),
        wanted.from.map(ToSqlx::to_sqlx) as Option<jiff_sqlx::Date>,
        wanted.to.map(ToSqlx::to_sqlx) as Option<jiff_sqlx::Date>,
        wanted.state.map(|state| state == PromiseState::Kept),
        wanted.newest,
        skip,
        take
    )
    .fetch_all(conn)
    .await?;
    let at = |at: i32| usize::try_from(at).unwrap_or_default();
    let list = rows.into_iter().map(|row| FollowUp {
        id: row.id,
        briefing: row.briefing,
        utterance: row.utterance,
        place: Place { number: row.number, start: at(row.starts), end: at(row.ends) },
        kind: row.kind,
        origin: row.origin,
        owed: row.exchange.zip(row.question.map(|question| question.0)),
        state: if row.kept { PromiseState::Kept } else { PromiseState::Open },
        held_until: row.held_until.map(jiff_sqlx::Date::to_jiff),
    });
    Ok(list.collect())
}

/// Later words that keep a promise, or seem to.
#[derive(Debug, Clone)]
pub struct Resolution {
    /// Its row.
    pub id: ResolutionId,
    /// The promise.
    pub follow_up: FollowUpId,
    /// The briefing of the words.
    pub briefing: BriefingId,
    /// Their number.
    pub number: i32,
    /// How much speaks for it, from 0 to 1.
    pub score: Option<f32>,
    /// They say that they come back to something.
    pub says_so: bool,
    /// The same reporter asked before them.
    pub same_asker: bool,
    /// Whose word it is that they keep it.
    pub origin: Origin,
}

/// What keeps these promises, or seems to: an editor's word first, then what most speaks for.
pub async fn resolutions(conn: &mut Connection, promises: &[FollowUpId]) -> Result<Vec<Resolution>, Error> {
    let ids: Vec<i64> = promises.iter().map(|id| id.0).collect();
    sqlx::query_as!(
        Resolution,
        r#"select id as "id: ResolutionId", follow_up_id as "follow_up: FollowUpId", briefing_id as "briefing: BriefingId",
                  number, score, says_so, same_asker, origin as "origin: Origin"
           from follow_up_resolution where follow_up_id = any($1) and not rejected
           order by follow_up_id, origin = 'machine', score desc nulls last, id"#,
        &ids
    )
    .fetch_all(conn)
    .await
}
