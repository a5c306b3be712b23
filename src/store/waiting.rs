//! Drafts: what waits to be published.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use serde::Deserialize;
use sqlx::types::Json;

use super::directory::Named;
use super::{Connection, Error};
use crate::domain::{
    AccountId, Actor, BatchId, BriefingId, BriefingKind, LabelDoubt, LabelId, Origin, Role, SeriesLabelId,
};

/// A draft.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Its row.
    pub id: BriefingId,
    /// The readable part of its address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// What it is.
    pub kind: BriefingKind,
    /// The date of the event.
    pub date: Option<Date>,
    /// A line that restricts publication.
    pub embargo_text: Option<String>,
    /// Until when it is held back.
    pub embargo_until: Option<Timestamp>,
    /// When it is to be published by itself.
    pub publish_at: Option<Timestamp>,
    /// Name of its series.
    pub series: Option<String>,
    /// IANA name of the time zone of its series.
    pub time_zone: Option<String>,
    /// ISO 639-1 code of the language.
    pub language: Option<String>,
    /// What the machine noticed.
    pub diagnostics: Vec<Noticed>,
    /// Whether people have been resolved with its labels among the rest: before, nothing is said of them.
    pub resolved: bool,
    /// Labels of which the machine cannot say for certain whom they stand for.
    pub labels: Vec<DoubtfulLabel>,
    /// It seems to be of an event that is here already, and no editor has said what it is.
    pub same_event: bool,
    /// Codes of what an editor has looked at: it is right as it stands.
    pub settled: Vec<String>,
    /// The date is an editor's.
    pub dated_by_editor: bool,
}

/// A label in doubt.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct DoubtfulLabel {
    /// Why.
    pub why: LabelDoubt,
    /// The label.
    pub label: String,
    /// Whom the machine takes it for.
    pub name: Option<String>,
    /// How sure it is, from 0 to 1.
    pub score: Option<f32>,
    /// Why, as a sentence.
    pub reason: Option<String>,
}

/// The code of the doubt about a line that restricts publication.
pub const RESTRICTION: &str = "embargo";

/// Something the machine noticed while reading.
#[derive(Debug, Clone, Deserialize)]
pub struct Noticed {
    /// How much it matters: info, warning or error.
    pub severity: String,
    /// What kind of finding it is.
    pub code: String,
    /// A sentence.
    pub message: String,
    /// Where in the source text, in Unicode scalar values, if it is about a place.
    pub at: Option<(usize, usize)>,
}

impl Waiting {
    /// Whether it may not be published yet.
    pub fn is_held(&self, now: Timestamp) -> bool {
        self.embargo_until.is_some_and(|until| until > now)
    }

    /// Whether an editor should look before it is published.
    pub fn is_doubtful(&self) -> bool {
        !self.resolved
            || self.same_event
            || !self.labels.is_empty()
            || self.is_restricted()
            || self.warnings().next().is_some()
    }

    /// Whether a line restricts publication, and no editor has said that it may be published all the same.
    pub fn is_restricted(&self) -> bool {
        self.embargo_text.is_some() && !self.is_settled(RESTRICTION)
    }

    /// What the machine is in doubt about, and no editor has looked at.
    pub fn warnings(&self) -> impl Iterator<Item = &Noticed> {
        self.diagnostics.iter().filter(|noticed| self.is_open(noticed))
    }

    /// Whether the machine noticed the line that restricts publication; an editor may have typed it.
    pub fn noticed_line(&self) -> bool {
        self.diagnostics.iter().any(|noticed| noticed.code == RESTRICTION)
    }

    /// Whether a finding is a doubt that no editor has settled, neither by looking nor by saying otherwise.
    pub fn is_open(&self, noticed: &Noticed) -> bool {
        let said_otherwise = match noticed.code.as_str() {
            "date-conflict" | "date-missing" | "published-before-event" => self.dated_by_editor,
            RESTRICTION => self.embargo_text.is_none(),
            _ => false,
        };
        noticed.severity != "info" && !said_otherwise && !self.is_settled(&noticed.code)
    }

    fn is_settled(&self, code: &str) -> bool {
        self.settled.iter().any(|settled| settled == code)
    }
}

/// Sets when a draft is to be published, or takes that back.
pub async fn schedule(
    conn: &mut Connection,
    briefing: BriefingId,
    at: Option<Timestamp>,
    by: Option<AccountId>,
) -> Result<(), Error> {
    sqlx::query!(
        "update briefing set publish_at = $2, scheduled_by = $3 where id = $1 and status = 'draft'",
        briefing.0,
        at.map(ToSqlx::to_sqlx) as _,
        by.map(|id| id.0)
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A draft whose time has come, with who set it. Locked until the end of the transaction; one that somebody else is
/// publishing is left out.
pub async fn due(conn: &mut Connection, now: Timestamp) -> Result<Option<(BriefingId, Actor)>, Error> {
    let row = sqlx::query!(
        r#"select b.id as "id: BriefingId", b.scheduled_by as "by: AccountId", a.email as "email?"
           from briefing b left join account a on a.id = b.scheduled_by
           where b.status = 'draft' and b.publish_at <= $1 and (b.embargo_until is null or b.embargo_until <= $1)
             and not exists (select from same_event e where e.briefing_id = b.id and e.settled_at is null)
           order by b.publish_at, b.id
           limit 1
           for update of b skip locked"#,
        now.to_sqlx() as _
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (row.id, Actor { account: row.by, name: row.email.unwrap_or_default() })))
}

/// A label of a draft with whom the machine, or an editor, takes it for.
#[derive(Debug, Clone)]
pub struct Labelled {
    /// Its row.
    pub id: LabelId,
    /// The number of the first turn that has it.
    pub first: Option<i32>,
    /// The decision for its series that it follows, and the first day of that.
    pub by_series: Option<(SeriesLabelId, Date)>,
    /// Why it is in doubt.
    pub doubt: Option<LabelDoubt>,
    /// The label as printed.
    pub label: String,
    /// Turns that have it.
    pub turns: i32,
    /// What it stands for when it names nobody.
    pub role: Option<Role>,
    /// The person linked.
    pub speaker: Option<Named>,
    /// The office held at the date of the briefing.
    pub office: Option<String>,
    /// Who says so.
    pub origin: Origin,
    /// A person suggested but not linked.
    pub suggested: Option<Named>,
    /// How sure the machine is, from 0 to 1.
    pub score: Option<f32>,
    /// Why.
    pub reason: Option<String>,
}

/// The labels of a briefing's main transcript that have turns, those with most turns first.
pub async fn labels(conn: &mut Connection, briefing: BriefingId) -> Result<Vec<Labelled>, Error> {
    let rows = sqlx::query!(
        r#"select l.id as "id: LabelId", l.label, l.turns, l.role as "role: Role", s.slug as "slug?", s.name as "name?",
                  l.office, l.origin as "origin: Origin", g.slug as "suggested_slug?", g.name as "suggested_name?", l.score,
                  l.reason, d.id as "by_series?: SeriesLabelId", d.from_date as "from_date?", i.why as "doubt?: LabelDoubt",
                  (select min(u.number) from utterance u where u.label_id = l.id and u.revision_id = t.revision_id) as first
           from transcript t join transcript_label l on l.transcript_id = t.id
             left join speaker s on s.id = l.speaker_id left join speaker p on p.id = l.suggested_speaker_id
             left join speaker g on g.id = coalesce(p.merged_into, p.id)
             left join series_label d on d.id = l.series_label_id left join label_in_doubt i on i.label_id = l.id
           where t.briefing_id = $1 and t.is_main and l.turns > 0
           order by l.turns desc, l.label"#,
        briefing.0
    )
    .fetch_all(conn)
    .await?;
    let labels = rows.into_iter().map(|row| Labelled {
        id: row.id,
        first: row.first,
        by_series: row.by_series.zip(row.from_date.map(jiff_sqlx::Date::to_jiff)),
        doubt: row.doubt,
        label: row.label,
        turns: row.turns,
        role: row.role,
        speaker: row.slug.zip(row.name).map(|(slug, name)| Named { slug, name }),
        office: row.office,
        origin: row.origin,
        suggested: row.suggested_slug.zip(row.suggested_name).map(|(slug, name)| Named { slug, name }),
        score: row.score,
        reason: row.reason,
    });
    Ok(labels.collect())
}

/// The words extracted from the source of a briefing's main transcript.
pub async fn source_text(conn: &mut Connection, briefing: BriefingId) -> Result<String, Error> {
    sqlx::query_scalar!(
        "select s.source_text from transcript t join source s on s.id = t.source_id where t.briefing_id = $1 and t.is_main",
        briefing.0
    )
    .fetch_one(conn)
    .await
}

/// Which drafts are wanted.
#[derive(Debug, Clone, Copy, Default)]
struct Wanted<'a> {
    slug: Option<&'a str>,
    batch: Option<BatchId>,
    /// Words of the title.
    words: Option<&'a str>,
    skip: i64,
    take: i64,
}

/// Most drafts of a batch that are looked at together.
const MOST: i64 = 10_000;

/// A part of all drafts, newest event first, or of those whose title has these words; with how many there are.
pub async fn list(
    conn: &mut Connection,
    words: Option<&str>,
    skip: i64,
    take: i64,
) -> Result<(Vec<Waiting>, i64), Error> {
    let total = sqlx::query_scalar!(
        r#"select count(*) as "total!" from briefing
           where status = 'draft' and ($1::text is null or strpos(lower(title), lower($1)) > 0)"#,
        words
    )
    .fetch_one(&mut *conn)
    .await?;
    Ok((drafts(conn, Wanted { words, skip, take, ..Wanted::default() }).await?, total))
}

/// A draft by its address.
pub async fn find(conn: &mut Connection, slug: &str) -> Result<Option<Waiting>, Error> {
    Ok(drafts(conn, Wanted { slug: Some(slug), take: 1, ..Wanted::default() }).await?.pop())
}

/// The drafts that a batch became.
pub async fn of_batch(conn: &mut Connection, batch: BatchId) -> Result<Vec<Waiting>, Error> {
    drafts(conn, Wanted { batch: Some(batch), take: MOST, ..Wanted::default() }).await
}

async fn drafts(conn: &mut Connection, wanted: Wanted<'_>) -> Result<Vec<Waiting>, Error> {
    let rows = sqlx::query!(
        r#"select b.id as "id: BriefingId", b.slug, b.title, b.briefing_kind as "kind: BriefingKind", b.date, b.embargo_text,
                  b.embargo_until, b.publish_at, e.name as "series?", e.time_zone as "time_zone?", b.language, t.resolved,
                  t.diagnostics as "diagnostics: Json<Vec<Noticed>>", coalesce(b.date_origin = 'editor', false) as "dated!",
                  (select coalesce(json_agg(json_build_object('label', d.label, 'why', d.why, 'name', d.name,
                                                                'score', d.score, 'reason', d.reason)
                                            order by d.label), '[]'::json)
                   from label_in_doubt d where d.transcript_id = t.id) as "labels!: Json<Vec<DoubtfulLabel>>",
                  array(select s.code from doubt_settled s where s.briefing_id = b.id) as "settled!",
                  exists (select from same_event s where s.briefing_id = b.id and s.settled_at is null) as "same_event!"
           from briefing b join transcript t on t.briefing_id = b.id and t.is_main
             left join series e on e.id = b.series_id
           where b.status = 'draft' and ($1::text is null or b.slug = $1)
             and ($2::bigint is null or exists (select from upload u where u.batch_id = $2 and u.briefing_id = b.id))
             and ($3::text is null or strpos(lower(b.title), lower($3)) > 0)
           order by b.date desc nulls first, b.id desc
           offset $4 limit $5"#,
        wanted.slug,
        wanted.batch.map(|id| id.0),
        wanted.words,
        wanted.skip,
        wanted.take
    )
    .fetch_all(conn)
    .await?;
    let waiting = rows.into_iter().map(|row| Waiting {
        id: row.id,
        slug: row.slug,
        title: row.title,
        kind: row.kind,
        date: row.date.map(jiff_sqlx::Date::to_jiff),
        embargo_text: row.embargo_text,
        embargo_until: row.embargo_until.map(jiff_sqlx::Timestamp::to_jiff),
        publish_at: row.publish_at.map(jiff_sqlx::Timestamp::to_jiff),
        series: row.series,
        time_zone: row.time_zone,
        language: row.language,
        diagnostics: row.diagnostics.0,
        resolved: row.resolved,
        labels: row.labels.0,
        same_event: row.same_event,
        settled: row.settled,
        dated_by_editor: row.dated,
    });
    Ok(waiting.collect())
}
