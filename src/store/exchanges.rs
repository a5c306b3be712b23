//! Questions and the responses to them, as readers may see them.
//!
//! Who asks and who responds comes from what readers are told of labels; the words are cut from utterances at their places.
//! What an editor has rejected is nowhere here.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use sqlx::types::Json;

use super::briefings::Listed;
use super::directory::Named;
use super::{Connection, Error};
use crate::domain::{
    AnswerLabel, BriefingId, BriefingKind, ExchangeId, Origin, Place, RevisionId, SeriesId, SpeakerId, TopicId,
};

/// Which exchanges are meant. What is empty restricts nothing.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// With one of these labels.
    pub labels: Vec<AnswerLabel>,
    /// To which nobody responded, beside those with the labels.
    pub no_response: bool,
    /// To which one of these responds.
    pub speakers: Vec<SpeakerId>,
    /// Who asks: part of the name that the text gives, in small letters.
    pub reporter: Option<String>,
    /// The same as people behind labels.
    pub reporters: Vec<SpeakerId>,
    /// For whom they ask: part of the name, in small letters.
    pub outlet: Option<String>,
    /// In whose question or response one of these is mentioned.
    pub topics: Vec<TopicId>,
    /// Of one of these series.
    pub series: Vec<SeriesId>,
    /// On this day or later.
    pub from: Option<Date>,
    /// On this day or before.
    pub to: Option<Date>,
    /// Asked on more than one day.
    pub asked_again: bool,
    /// Of this thread.
    pub thread: Option<ExchangeId>,
}

/// Runs a query over what a filter means, labels apart: `x` is the exchange, `a` its text.
macro_rules! filtered {
    ($filter:expr, $select:tt, $end:tt, $($more:expr),*) => {{
        let filter: &Filter = $filter;
        let speakers: Vec<i64> = filter.speakers.iter().map(|id| id.0).collect();
        let reporters: Vec<i64> = filter.reporters.iter().map(|id| id.0).collect();
        let topics: Vec<i32> = filter.topics.iter().map(|id| id.0).collect();
        let series: Vec<i32> = filter.series.iter().map(|id| id.0).collect();
        // What is asked of utterances is asked of each once, and not of each exchange: so it stands in sets.
        sqlx::query!(
            $select
            + r#"
 from exchange x join analysed_transcript a on a.briefing_id = x.briefing_id
 where not x.rejected and x.question_id is not null
   and (cardinality($1::bigint[]) = 0 or x.response_id in (
          select u.id from transcript_label t join reader_label l on l.id = t.id join utterance u on u.label_id = t.id
          where t.speaker_id = any($1) and l.speaker_id = t.speaker_id))
   and ($2::text is null or x.question_id in (
          select u.id from utterance u where u.asked_by is not null and strpos(lower(u.asked_by ->> 'name'), $2) > 0
          union all
          select u.id from transcript_label t join reader_label l on l.id = t.id join utterance u on u.label_id = t.id
          where t.speaker_id = any($3::bigint[]) and l.speaker_id = t.speaker_id))
   and ($4::text is null or x.question_id in (
          select u.id from utterance u where u.asked_by is not null and strpos(lower(u.asked_by ->> 'outlet'), $4) > 0))
   and (cardinality($5::int[]) = 0 or x.question_id in (select u.id from utterance u where u.topic_ids && $5)
        or x.response_id in (select u.id from utterance u where u.topic_ids && $5))
   and (cardinality($6::int[]) = 0 or a.series_id = any($6))
   and ($7::date is null or a.date >= $7) and ($8::date is null or a.date <= $8)
   and (not $9::bool or x.thread_id is not null) and ($10::bigint is null or x.thread_id = $10)"#
            + $end,
            &speakers,
            filter.reporter.as_deref(),
            &reporters,
            filter.outlet.as_deref(),
            &topics,
            &series,
            filter.from.map(ToSqlx::to_sqlx) as Option<jiff_sqlx::Date>,
            filter.to.map(ToSqlx::to_sqlx) as Option<jiff_sqlx::Date>,
            filter.asked_again,
            filter.thread.map(|id| id.0),
            $($more),*
        )
    }};
}

/// Lets queries be planned for what they ask: one plan for every filter is a thousand times as slow.
async fn plan_each_time(conn: &mut Connection) -> Result<(), Error> {
    sqlx::query!("set plan_cache_mode = force_custom_plan").execute(conn).await.map(drop)
}

async fn plan_as_usual(conn: &mut Connection) -> Result<(), Error> {
    sqlx::query!("reset plan_cache_mode").execute(conn).await.map(drop)
}

/// How many questions of one month have one label, by whose word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// The first day of the month; none for what is undated.
    pub month: Option<Date>,
    /// The label; none where nobody responded.
    pub label: Option<AnswerLabel>,
    /// By whose word.
    pub origin: Origin,
    /// How many.
    pub questions: u64,
}

/// How exchanges spread over months and labels.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// All of them.
    pub counts: Vec<Count>,
    /// From how many briefings those of each month come.
    pub briefings: BTreeMap<Option<Date>, u64>,
}

impl Counts {
    /// How many there are with what a filter says of labels.
    pub fn total(&self, filter: &Filter) -> u64 {
        let all = filter.labels.is_empty() && !filter.no_response;
        let meant =
            |count: &&Count| all || count.label.map_or(filter.no_response, |label| filter.labels.contains(&label));
        self.counts.iter().filter(meant).map(|count| count.questions).sum()
    }
}

/// Counts by month, label and origin, whatever the filter says of labels.
pub async fn counts(conn: &mut Connection, filter: &Filter) -> Result<Counts, Error> {
    plan_each_time(conn).await?;
    let rows = filtered!(
        filter,
        r#"with counted as (
             select a.briefing_id, a.date, x.label, x.origin, count(*) as n"#,
        r#" group by 1, 2, 3, 4)
           select date_trunc('month', date)::date as month, label as "label?: AnswerLabel", origin as "origin?: Origin", sum(n)::bigint as "questions!",
                  count(distinct briefing_id) as "briefings!"
           from counted
           group by grouping sets ((date_trunc('month', date)::date, label, origin), (date_trunc('month', date)::date))"#,
    )
    .fetch_all(&mut *conn)
    .await?;
    plan_as_usual(conn).await?;
    let mut counts = Counts::default();
    for row in rows {
        let month = row.month.map(jiff_sqlx::Date::to_jiff);
        let questions = row.questions as u64;
        match row.origin {
            Some(origin) => counts.counts.push(Count { month, label: row.label, origin, questions }),
            None => drop(counts.briefings.insert(month, row.briefings as u64)),
        }
    }
    Ok(counts)
}

/// A question and the response to it; the words are elsewhere.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// Its row.
    pub id: ExchangeId,
    /// Where it was asked.
    pub briefing: Listed,
    /// The revision in which its places are.
    pub revision: RevisionId,
    /// The number of the utterance in which the question begins.
    pub number: i32,
    /// Where the question stands.
    pub question: Vec<Place>,
    /// Where the response stands; nowhere where nobody responded.
    pub response: Vec<Place>,
    /// The answer label that is shown.
    pub label: Option<AnswerLabel>,
    /// How sure the machine was of the class of its label.
    pub score: Option<f32>,
    /// The words that gave it away; none where the label is not the machine's.
    pub because: Option<Place>,
    /// By whose word.
    pub origin: Origin,
    /// The number of the question that began the chain of follow-ups.
    pub follows: Option<(ExchangeId, i32)>,
    /// How many follow it up.
    pub follow_ups: i64,
    /// The first exchange in which this was asked.
    pub thread: Option<ExchangeId>,
}

/// Exchanges, newest day first, those of a briefing in their order.
pub async fn list(conn: &mut Connection, filter: &Filter, offset: usize, limit: usize) -> Result<Vec<Exchange>, Error> {
    plan_each_time(conn).await?;
    let labels: Vec<String> = filter.labels.iter().map(|label| label.as_str().to_owned()).collect();
    let rows = filtered!(
        filter,
        r#"with page as (select x.id, a.revision_id, a.date"#,
        r#" and (cardinality($11::text[]) = 0 and not $12::bool or x.label = any($11) or $12 and x.label is null)
            order by a.date desc nulls last, a.briefing_id desc, x.number, x.id offset $13 limit $14)
           select x.id as "id!: ExchangeId", p.revision_id as "revision_id!: RevisionId", x.number as "number!",
                  x.question as "question!: Json<Vec<Place>>", x.response as "response!: Json<Vec<Place>>",
                  x.label as "label: AnswerLabel", x.score,
                  case when x.label = x.suggested then x.because end as "because: Json<Place>",
                  x.origin as "origin!: Origin", h.id as "follows_id?: ExchangeId", h.number as "follows_number?",
                  (select count(*) from exchange f
                   where f.follows_id = x.id and not f.rejected and f.question_id is not null) as "follow_ups!",
                  x.thread_id as "thread_id: ExchangeId", b.id as "briefing_id!", b.slug as "slug!", b.title as "title!",
                  b.briefing_kind as "briefing_kind!: BriefingKind", b.date, b.starts, b.zone, b.place,
                  b.fiction as "fiction!", coalesce(b.language, s.language) as language, s.slug as "series_slug?",
                  s.name as "series_name?"
           from page p join exchange x on x.id = p.id join briefing b on b.id = x.briefing_id
             left join series s on s.id = b.series_id
             left join exchange h on h.id = x.follows_id and not h.rejected and h.question_id is not null
           order by p.date desc nulls last, b.id desc, x.number, x.id"#,
        &labels,
        filter.no_response,
        offset as i64,
        limit as i64
    )
    .fetch_all(&mut *conn)
    .await?;
    plan_as_usual(conn).await?;
    let exchanges = rows.into_iter().map(|r| Exchange {
        id: r.id,
        briefing: Listed {
            id: BriefingId(r.briefing_id),
            slug: r.slug,
            title: r.title,
            kind: r.briefing_kind,
            date: r.date.map(jiff_sqlx::Date::to_jiff),
            starts: r.starts.map(jiff_sqlx::Time::to_jiff),
            zone: r.zone,
            place: r.place,
            language: r.language,
            series: r.series_slug.zip(r.series_name).map(|(slug, name)| Named { slug, name }),
            fiction: r.fiction,
        },
        revision: r.revision_id,
        number: r.number,
        question: r.question.0,
        response: r.response.0,
        label: r.label,
        score: r.score,
        because: r.because.map(|because| because.0),
        origin: r.origin,
        follows: r.follows_id.zip(r.follows_number),
        follow_ups: r.follow_ups,
        thread: r.thread_id,
    });
    Ok(exchanges.collect())
}

/// One time at which the question of a thread was asked.
#[derive(Debug, Clone)]
pub struct Asking {
    /// The thread.
    pub thread: ExchangeId,
    /// The exchange.
    pub id: ExchangeId,
    /// The day.
    pub day: Option<Date>,
    /// What became of it.
    pub label: Option<AnswerLabel>,
    /// By whose word.
    pub origin: Origin,
}

/// Every time at which the questions of these threads were asked, in order.
pub async fn askings(conn: &mut Connection, threads: &[ExchangeId]) -> Result<Vec<Asking>, Error> {
    let ids: Vec<i64> = threads.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select x.thread_id as "thread!: ExchangeId", x.id as "id!: ExchangeId", a.date,
                  x.label as "label: AnswerLabel", x.origin as "origin!: Origin"
           from exchange x join analysed_transcript a on a.briefing_id = x.briefing_id
           where x.thread_id = any($1) and not x.rejected and x.question_id is not null
           order by a.date, x.briefing_id, x.number"#,
        &ids
    )
    .fetch_all(conn)
    .await?;
    let askings = rows.into_iter().map(|row| Asking {
        thread: row.thread,
        id: row.id,
        day: row.date.map(jiff_sqlx::Date::to_jiff),
        label: row.label,
        origin: row.origin,
    });
    Ok(askings.collect())
}

/// What the page of a briefing says of an exchange beside its words.
#[derive(Debug, Clone)]
pub struct Noted {
    /// The number of the utterance in which the question begins.
    pub question: i32,
    /// The number of the utterance in which the response begins.
    pub response: Option<i32>,
    /// The answer label.
    pub label: Option<AnswerLabel>,
    /// By whose word.
    pub origin: Origin,
    /// The number of the question that began the chain of follow-ups.
    pub follows: Option<i32>,
    /// The thread to which it belongs.
    pub thread: Option<ExchangeId>,
}

/// The exchanges of a briefing, where this revision is the one that was read last.
pub async fn of_revision(conn: &mut Connection, id: BriefingId, revision: RevisionId) -> Result<Vec<Noted>, Error> {
    sqlx::query_as!(
        Noted,
        r#"select x.number as question, (x.response -> 0 ->> 0)::int as response, x.label as "label: AnswerLabel",
                  x.origin as "origin: Origin", h.number as "follows?", x.thread_id as "thread: ExchangeId"
           from analysed_transcript a join exchange x on x.briefing_id = a.briefing_id
             left join exchange h on h.id = x.follows_id and not h.rejected and h.question_id is not null
           where a.briefing_id = $1 and a.revision_id = $2 and not x.rejected and x.question_id is not null
           order by x.number, x.id"#,
        id.0,
        revision.0
    )
    .fetch_all(conn)
    .await
}
