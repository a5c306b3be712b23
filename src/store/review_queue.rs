//! The queue of what the machine suggests and no editor has decided: which is next, and how many there are.

use jiff::civil::Date;
use jiff_sqlx::ToSqlx;

use super::{Connection, Error};
use crate::domain::{BriefingId, Suggestion, SuggestionKind};

/// What is counted at most: beyond that it does not matter how many there are.
pub const MOST: i64 = 10_000;

/// What is looked for; nothing is no restriction.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The label or the kind, as the machine has it.
    pub class: Option<String>,
    /// One briefing.
    pub briefing: Option<BriefingId>,
    /// Rows of series.
    pub series: Option<Vec<i32>>,
    /// Rows of speakers: whoever responded, claimed, promised or said the later words.
    pub speakers: Option<Vec<i64>>,
    /// Rows of topics, one of which it is about.
    pub topics: Option<Vec<i32>>,
}

/// In which order the queue is gone through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// What the machine is least sure of.
    Least,
    /// What it is surest of.
    Most,
    /// What was said last; of one briefing in reading order.
    Newest,
}

/// A suggestion with its place in each order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Waiting {
    /// Which.
    pub of: Suggestion,
    /// Its score; in the middle where it has none.
    pub score: f32,
    /// The day of its briefing.
    pub date: Option<Date>,
    /// Its briefing.
    pub briefing: BriefingId,
    /// The number of its words.
    pub number: i32,
}

impl Waiting {
    /// Whether it comes before another.
    pub fn is_before(&self, other: &Self, order: Order) -> bool {
        let by_kind = self.of.kind.cmp(&other.of.kind);
        let ordering = match order {
            Order::Least => self.score.total_cmp(&other.score).then(by_kind),
            Order::Most => other.score.total_cmp(&self.score).then(by_kind),
            Order::Newest => (other.date, other.briefing)
                .cmp(&(self.date, self.briefing))
                .then(self.number.cmp(&other.number))
                .then(by_kind),
        };
        ordering.is_lt()
    }
}

struct Row {
    id: i64,
    score: f32,
    date: Option<jiff_sqlx::Date>,
    briefing: BriefingId,
    number: i32,
}

/// What waits of one kind, as rows with the same columns: the words that it rests on still stand in the text.
macro_rules! of_kind {
    ($query:ident, $kind:expr, $($rest:tt)*) => {
        match $kind {
            SuggestionKind::Exchange => $query!(
                "(select id, briefing_id, number, label as class, score, response_id as utterance_id from exchange
                  where origin = 'machine' and label is not null and question_id is not null)",
                $($rest)*
            ),
            SuggestionKind::Claim => $query!(
                "(select id, briefing_id, number, kind as class, score, utterance_id from claim where origin = 'machine')",
                $($rest)*
            ),
            SuggestionKind::FollowUp => $query!(
                "(select id, briefing_id, number, kind as class, 0.5::real as score, utterance_id from follow_up
                  where origin = 'machine')",
                $($rest)*
            ),
            SuggestionKind::Resolution => $query!(
                "(select r.id, r.briefing_id, r.number, null::text as class, r.score, r.utterance_id
                  from follow_up_resolution r join follow_up f on f.id = r.follow_up_id
                    join analysed_transcript p on p.briefing_id = f.briefing_id
                  where r.origin = 'machine' and not f.rejected and f.utterance_id is not null
                    and not exists (select from follow_up_resolution k
                                    where k.follow_up_id = f.id and k.origin = 'editor' and not k.rejected))",
                $($rest)*
            ),
        }
    };
}

macro_rules! first {
    ($table:tt, $conn:ident, $wanted:ident, $order:tt, $($after:expr),+) => {
        sqlx::query_as!(
            Row,
            r#"select s.id as "id!", coalesce(s.score, 0.5) as "score!", t.date, t.briefing_id as "briefing!: BriefingId",
                      s.number as "number!" from "#
                + $table
                + " as s join analysed_transcript t on t.briefing_id = s.briefing_id
                      left join utterance u on u.id = s.utterance_id left join transcript_label l on l.id = u.label_id
                    where s.utterance_id is not null and ($1::text is null or s.class = $1)
                      and ($2::bigint is null or s.briefing_id = $2) and ($3::int[] is null or t.series_id = any($3))
                      and ($4::bigint[] is null or l.speaker_id = any($4)) and ($5::int[] is null or u.topic_ids && $5) and "
                + $order
                + " limit 1",
            $wanted.class,
            $wanted.briefing.map(|id| id.0),
            $wanted.series.as_deref(),
            $wanted.speakers.as_deref(),
            $wanted.topics.as_deref(),
            $($after),+
        )
        .fetch_optional(&mut *$conn)
        .await
    };
}

macro_rules! count {
    ($table:tt, $conn:ident, $wanted:ident) => {
        sqlx::query_scalar!(
            r#"select count(*) as "count!" from (select from "#
                + $table
                + " as s join analysed_transcript t on t.briefing_id = s.briefing_id
                      left join utterance u on u.id = s.utterance_id left join transcript_label l on l.id = u.label_id
                    where s.utterance_id is not null and ($1::text is null or s.class = $1)
                      and ($2::bigint is null or s.briefing_id = $2) and ($3::int[] is null or t.series_id = any($3))
                      and ($4::bigint[] is null or l.speaker_id = any($4)) and ($5::int[] is null or u.topic_ids && $5)
                    limit $6) as counted",
            $wanted.class,
            $wanted.briefing.map(|id| id.0),
            $wanted.series.as_deref(),
            $wanted.speakers.as_deref(),
            $wanted.topics.as_deref(),
            MOST
        )
        .fetch_one(&mut *$conn)
        .await
    };
}

/// How many of a kind wait; no more than [`MOST`] are counted.
pub async fn left(conn: &mut Connection, kind: SuggestionKind, wanted: &Wanted) -> Result<i64, Error> {
    of_kind!(count, kind, conn, wanted)
}

/// The first of a kind that waits, after another suggestion or of all.
pub async fn first(
    conn: &mut Connection,
    kind: SuggestionKind,
    order: Order,
    wanted: &Wanted,
    after: Option<&Waiting>,
) -> Result<Option<Waiting>, Error> {
    let id = after.map(|after| tie(kind, order, after));
    let score = after.map(|after| after.score);
    let row = match order {
        Order::Least => of_kind!(
            first,
            kind,
            conn,
            wanted,
            "($6::real is null or (s.score, s.id) > ($6, $7)) order by s.score, s.id",
            score,
            id
        ),
        Order::Most => of_kind!(
            first,
            kind,
            conn,
            wanted,
            "($6::real is null or (s.score, s.id) < ($6, $7)) order by s.score desc, s.id desc",
            score,
            id
        ),
        Order::Newest => {
            let date = after.and_then(|after| after.date).map(ToSqlx::to_sqlx);
            let (briefing, number) = (after.map(|after| after.briefing.0), after.map(|after| after.number));
            of_kind!(
                first,
                kind,
                conn,
                wanted,
                "($7::bigint is null
                  or (coalesce(t.date, '-infinity'), t.briefing_id) < (coalesce($6::date, '-infinity'), $7)
                  or t.briefing_id = $7 and (s.number, s.id) > ($8::int, $9::bigint))
                 order by t.date desc nulls last, t.briefing_id desc, s.number, s.id",
                date as Option<jiff_sqlx::Date>,
                briefing,
                number,
                id
            )
        }
    }?;
    Ok(row.map(|row| Waiting {
        of: Suggestion { kind, id: row.id },
        score: row.score,
        date: row.date.map(jiff_sqlx::Date::to_jiff),
        briefing: row.briefing,
        number: row.number,
    }))
}

/// The row after which a kind goes on where it is otherwise in the same place as another suggestion: kinds come in order.
fn tie(kind: SuggestionKind, order: Order, after: &Waiting) -> i64 {
    // The surest come with their rows in falling order.
    let (none, all) = if order == Order::Most { (0, i64::MAX) } else { (i64::MAX, 0) };
    match kind.cmp(&after.of.kind) {
        std::cmp::Ordering::Less => none,
        std::cmp::Ordering::Equal => after.of.id,
        std::cmp::Ordering::Greater => all,
    }
}

/// Where a suggestion stands in the queue, or stood before it was decided.
pub async fn place(conn: &mut Connection, of: Suggestion) -> Result<Option<Waiting>, Error> {
    let row = sqlx::query!(
        r#"select coalesce(s.score, 0.5) as "score!", b.date, b.id as "briefing!: BriefingId", s.number as "number!"
           from (select score, briefing_id, number from exchange where $1 = 0 and id = $2
                 union all select score, briefing_id, number from claim where $1 = 1 and id = $2
                 union all select 0.5, briefing_id, number from follow_up where $1 = 2 and id = $2
                 union all select score, briefing_id, number from follow_up_resolution where $1 = 3 and id = $2) as s
             join briefing b on b.id = s.briefing_id"#,
        of.kind as i32,
        of.id
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Waiting {
        of,
        score: row.score,
        date: row.date.map(jiff_sqlx::Date::to_jiff),
        briefing: row.briefing,
        number: row.number,
    }))
}
