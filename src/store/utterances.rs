//! Reading utterances: a whole briefing, a stretch of it, or the ones the index found.

use std::collections::HashMap;

use sqlx::types::Json;

use super::briefings::Listed;
use super::directory::Named;
use super::{Connection, Error};
use crate::domain::{
    AskedBy, Attribution, Audience, BriefingId, BriefingKind, Mark, Origin, RevisionId, Rights, Role, TopicId,
    UtteranceId, UtteranceKind, Withheld, rights,
};

/// One stretch of words with everything a page says about it.
#[derive(Debug, Clone)]
pub struct Utterance {
    /// Its row.
    pub id: UtteranceId,
    /// Its place in the text, from 0.
    pub position: i32,
    /// Its permanent number, from 1.
    pub number: Option<i32>,
    /// What it is.
    pub kind: UtteranceKind,
    /// The words.
    pub text: String,
    /// Strikes, insertions, stage directions, notes.
    pub marks: Vec<Mark>,
    /// The reporter named by the text.
    pub asked_by: Option<AskedBy>,
    /// Subjects.
    pub topics: Vec<TopicId>,
    /// Who speaks; only turns have it.
    pub by: Option<By>,
    /// Why the words are not there, if so.
    pub withheld: Option<Withheld>,
}

impl Utterance {
    /// Leaves of it what readers may see.
    fn within(mut self, rights: Rights) -> Self {
        if rights == Rights::Full || matches!(self.withheld, Some(Withheld::Redacted { .. })) {
            return self;
        }
        let quoted = rights::quotations(&self.text, &self.marks);
        // Subjects and names may stand in what is left out.
        if !quoted.whole {
            self.topics.clear();
            self.asked_by = None;
        }
        if quoted.text.is_empty() && !self.text.is_empty() {
            self.withheld = Some(Withheld::Rights);
        }
        (self.text, self.marks) = (quoted.text, quoted.marks);
        self
    }
}

/// Who a label stands for.
#[derive(Debug, Clone)]
pub struct By {
    /// The label as printed.
    pub label: String,
    /// The label is not printed here: the speaker goes on after a heading.
    pub goes_on: bool,
    /// What it stands for when it names nobody.
    pub role: Option<Role>,
    /// The person linked.
    pub speaker: Option<Named>,
    /// The office held at the date of the briefing.
    pub office: Option<String>,
    /// Who linked the person.
    pub origin: Origin,
    /// A person suggested but not linked.
    pub suggestion: Option<Suggestion>,
    /// Whether readers are told who it is.
    pub attribution: Attribution,
}

/// A person whom the machine suggests for a label, and why.
#[derive(Debug, Clone)]
pub struct Suggestion {
    /// The person.
    pub speaker: Named,
    /// Why.
    pub reason: Option<String>,
}

/// An utterance that was searched for, with its briefing and the question it answers.
#[derive(Debug, Clone)]
pub struct Found {
    /// The utterance.
    pub utterance: Utterance,
    /// The briefing it belongs to.
    pub briefing: Listed,
    /// ISO 639-1 code of the language in which it is indexed.
    pub language: Option<String>,
    /// The question that precedes it.
    pub question: Option<Question>,
}

/// A question that an utterance follows.
#[derive(Debug, Clone)]
pub struct Question {
    /// Its permanent number.
    pub number: Option<i32>,
    /// Its label as printed.
    pub label: String,
    /// The words.
    pub text: String,
    /// The reporter named by the text.
    pub asked_by: Option<AskedBy>,
    /// Subjects.
    pub topics: Vec<TopicId>,
}

/// Puts the columns that every query of this file selects into an [`Utterance`].
macro_rules! utterance {
    ($row:ident, $withheld:expr) => {
        Utterance {
            id: UtteranceId($row.id),
            position: $row.position,
            number: $row.number,
            kind: $row.kind,
            text: $row.text,
            marks: $row.marks.map(|marks| marks.0).unwrap_or_default(),
            asked_by: $row.asked_by.map(|asked| asked.0),
            topics: $row.topic_ids.into_iter().map(TopicId).collect(),
            by: $row.label.map(|label| By {
                label,
                goes_on: $row.goes_on,
                role: $row.role,
                speaker: $row.speaker_slug.zip($row.speaker_name).map(|(slug, name)| Named { slug, name }),
                office: $row.office,
                origin: $row.origin.unwrap_or(Origin::Machine),
                suggestion: $row
                    .suggested_slug
                    .zip($row.suggested_name)
                    .map(|(slug, name)| Suggestion { speaker: Named { slug, name }, reason: $row.reason }),
                attribution: $row.attribution.unwrap_or_default(),
            }),
            withheld: $withheld,
        }
    };
}

/// The words of a briefing's main text, in order; only positions from `first` to `last`.
pub async fn of_briefing(
    conn: &mut Connection,
    id: BriefingId,
    audience: Audience,
    first: i32,
    last: i32,
) -> Result<Vec<Utterance>, Error> {
    read(conn, (None, Some(id)), audience, first, last).await
}

/// The words of one revision, in order; only positions from `first` to `last`.
pub async fn of_revision(
    conn: &mut Connection,
    id: RevisionId,
    audience: Audience,
    first: i32,
    last: i32,
) -> Result<Vec<Utterance>, Error> {
    read(conn, (Some(id), None), audience, first, last).await
}

/// The words of a revision, or of the one that is shown of a briefing.
async fn read(
    conn: &mut Connection,
    (revision, briefing): (Option<RevisionId>, Option<BriefingId>),
    audience: Audience,
    first: i32,
    last: i32,
) -> Result<Vec<Utterance>, Error> {
    let readers = audience == Audience::Readers;
    let rows = sqlx::query!(
        r#"select u.id, u.position, u.number, u.kind as "kind: UtteranceKind", u.goes_on, u.text,
                  u.marks as "marks: Json<Vec<Mark>>", u.asked_by as "asked_by: Json<AskedBy>", u.topic_ids,
                  case when $5 then r.label else l.label end as "label?",
                  case when $5 then r.role else l.role end as "role: Role",
                  case when $5 then r.office else l.office end as "office?", l.origin as "origin?: Origin",
                  case when $5 then r.reason else l.reason end as "reason?", r.attribution as "attribution?: Attribution",
                  s.slug as "speaker_slug?", s.name as "speaker_name?",
                  g.slug as "suggested_slug?", g.name as "suggested_name?", b.rights as "rights: Rights",
                  d.created_at as "redacted_at?", d.reason as "redacted_because?"
           from utterance u
             join revision v on v.id = u.revision_id
             join transcript t on t.id = v.transcript_id
             join briefing b on b.id = t.briefing_id
             left join transcript_label l on l.id = u.label_id
             left join reader_label r on r.id = u.label_id
             left join speaker s on s.id = case when $5 then r.speaker_id else l.speaker_id end
             left join speaker p on p.id = case when $5 then r.suggested_speaker_id else l.suggested_speaker_id end
             left join speaker g on g.id = coalesce(p.merged_into, p.id)
                                    and (not $5 or exists (select from reader_speaker k where k.id = g.id))
             left join redaction x on x.id = u.redaction_id
             left join revision d on d.id = x.revision_id
           where u.revision_id = coalesce($1, (select revision_id from transcript where briefing_id = $2 and is_main))
             and u.position between $3 and $4
           order by u.position"#,
        revision.map(|id| id.0),
        briefing.map(|id| id.0),
        first,
        last,
        readers,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| {
            let rights = if readers { r.rights } else { Rights::Full };
            let redacted = r.redacted_at.zip(r.redacted_because);
            let redacted = redacted.map(|(at, reason)| Withheld::Redacted { at: at.to_jiff(), reason });
            utterance!(r, redacted).within(rights)
        })
        .collect())
}

/// Utterances by revision and number, where readers may see every word of them.
pub async fn numbered(
    conn: &mut Connection,
    sought: &[(RevisionId, i32)],
) -> Result<HashMap<(RevisionId, i32), Utterance>, Error> {
    let (revisions, numbers): (Vec<i64>, Vec<i32>) =
        sought.iter().map(|(revision, number)| (revision.0, number)).unzip();
    let rows = sqlx::query!(
        r#"select u.id, u.revision_id as "revision_id: RevisionId", u.position, u.number, u.kind as "kind: UtteranceKind",
                  u.goes_on, u.text, u.marks as "marks: Json<Vec<Mark>>", u.asked_by as "asked_by: Json<AskedBy>",
                  u.topic_ids, l.label as "label?", l.role as "role: Role", l.office as "office?",
                  l.origin as "origin?: Origin", l.reason as "reason?", l.attribution as "attribution?: Attribution",
                  s.slug as "speaker_slug?", s.name as "speaker_name?", g.slug as "suggested_slug?",
                  g.name as "suggested_name?"
           from unnest($1::bigint[], $2::int[]) as sought (revision_id, number)
             join utterance u on u.revision_id = sought.revision_id and u.number = sought.number
             join transcript t on t.revision_id = u.revision_id and t.is_main
             join briefing b on b.id = t.briefing_id and b.status = 'published' and b.rights = 'full'
             left join reader_label l on l.id = u.label_id
             left join speaker s on s.id = l.speaker_id
             left join speaker p on p.id = l.suggested_speaker_id
             left join speaker g on g.id = coalesce(p.merged_into, p.id)
                                    and exists (select from reader_speaker k where k.id = g.id)
           where u.redaction_id is null"#,
        &revisions,
        &numbers,
    )
    .fetch_all(conn)
    .await?;
    let numbered = rows.into_iter().filter_map(|r| Some(((r.revision_id, r.number?), utterance!(r, None))));
    Ok(numbered.collect())
}

/// The rows of a revision, in order.
pub async fn ids_of_revision(conn: &mut Connection, id: RevisionId) -> Result<Vec<UtteranceId>, Error> {
    sqlx::query_scalar!(
        r#"select id as "id: UtteranceId" from utterance where revision_id = $1 order by position"#,
        id.0
    )
    .fetch_all(conn)
    .await
}

/// The positions of the utterances numbered `first` and `last` in a revision.
pub async fn positions(
    conn: &mut Connection,
    id: RevisionId,
    first: i32,
    last: i32,
) -> Result<Option<(i32, i32)>, Error> {
    let row = sqlx::query!(
        "select a.position as first, z.position as last
         from utterance a join utterance z on z.revision_id = a.revision_id and z.position >= a.position
         where a.revision_id = $1 and a.number = $2 and z.number = $3",
        id.0,
        first,
        last,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (row.first, row.last)))
}

/// How the names of everybody linked in a briefing's main text are sorted (family name first), by their slugs.
pub async fn sort_names(conn: &mut Connection, id: BriefingId) -> Result<HashMap<String, String>, Error> {
    let rows = sqlx::query!(
        "select distinct s.slug, s.sort_name
         from transcript t join reader_label l on l.transcript_id = t.id join speaker s on s.id = l.speaker_id
         where t.briefing_id = $1 and t.is_main",
        id.0,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|r| (r.slug, r.sort_name)).collect())
}

/// The utterances that have these numbers in what readers see of briefings.
pub async fn found_at(conn: &mut Connection, sought: &[(BriefingId, i32)]) -> Result<Vec<Found>, Error> {
    let (briefings, numbers): (Vec<i64>, Vec<i32>) = sought.iter().map(|(id, number)| (id.0, *number)).unzip();
    let ids = sqlx::query_scalar!(
        r#"select distinct u.id as "id: UtteranceId"
           from unnest($1::bigint[], $2::int[]) as sought (briefing_id, number)
             join transcript t on t.briefing_id = sought.briefing_id and t.is_main
             join utterance u on u.revision_id = t.revision_id and u.number = sought.number"#,
        &briefings,
        &numbers
    )
    .fetch_all(&mut *conn)
    .await?;
    found(conn, &ids).await
}

/// The utterances with these ids, in this order, where they are still what readers see.
pub async fn found(conn: &mut Connection, ids: &[UtteranceId]) -> Result<Vec<Found>, Error> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select u.id, u.position, u.number, u.kind as "kind: UtteranceKind", u.goes_on, u.text,
                  u.marks as "marks: Json<Vec<Mark>>", u.asked_by as "asked_by: Json<AskedBy>", u.topic_ids,
                  l.label as "label?", l.role as "role: Role", l.office as "office?", l.origin as "origin?: Origin",
                  l.reason as "reason?", l.attribution as "attribution?: Attribution", b.rights as "rights: Rights", s.slug as "speaker_slug?", s.name as "speaker_name?",
                  g.slug as "suggested_slug?", g.name as "suggested_name?",
                  b.id as briefing_id, b.slug as briefing_slug, b.title, b.briefing_kind as "briefing_kind: BriefingKind",
                  b.date, b.starts, b.zone, b.place, b.fiction, coalesce(b.language, e.language) as language, e.slug as "series_slug?", e.name as "series_name?",
                  q.number as "question_number?", q.label as "question_label?", q.text as "question_text?",
                  q.asked_by as "question_asked_by?: Json<AskedBy>", q.topic_ids as "question_topic_ids?"
           from unnest($1::bigint[]) with ordinality as sought (id, place)
             join utterance u on u.id = sought.id
             join transcript t on t.revision_id = u.revision_id and t.is_main
             join briefing b on b.id = t.briefing_id and b.status = 'published'
             left join series e on e.id = b.series_id
             left join reader_label l on l.id = u.label_id
             left join speaker s on s.id = l.speaker_id
             left join speaker p on p.id = l.suggested_speaker_id
             left join speaker g on g.id = coalesce(p.merged_into, p.id)
                                    and exists (select from reader_speaker k where k.id = g.id)
             left join lateral (
               select q.number, ql.label, q.text, q.asked_by, q.topic_ids
               from utterance q join reader_label ql on ql.id = q.label_id
               where q.revision_id = u.revision_id and q.position between u.position - 3 and u.position - 1
                 and q.redaction_id is null and ql.role = 'questioner' and l.role is distinct from 'questioner' and u.kind = 'turn'
                 and not exists (select from utterance h where h.revision_id = u.revision_id and h.kind = 'heading'
                                   and h.position between q.position and u.position)
               order by q.position desc limit 1) q on true
           order by sought.place"#,
        &ids,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Found {
            briefing: Listed {
                id: BriefingId(r.briefing_id),
                slug: r.briefing_slug,
                title: r.title,
                kind: r.briefing_kind,
                date: r.date.map(jiff_sqlx::Date::to_jiff),
                starts: r.starts.map(jiff_sqlx::Time::to_jiff),
                zone: r.zone,
                place: r.place,
                language: r.language.clone(),
                series: r.series_slug.zip(r.series_name).map(|(slug, name)| Named { slug, name }),
                fiction: r.fiction,
            },
            language: r.language,
            // A question that is not quoted is not shown.
            question: r.question_text.filter(|_| r.rights == Rights::Full).map(|text| Question {
                number: r.question_number,
                label: r.question_label.unwrap_or_default(),
                text,
                asked_by: r.question_asked_by.map(|asked| asked.0),
                topics: r.question_topic_ids.unwrap_or_default().into_iter().map(TopicId).collect(),
            }),
            utterance: utterance!(r, None).within(r.rights),
        })
        .collect())
}
