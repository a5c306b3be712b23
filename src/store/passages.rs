//! The words of utterances beside which a quotation is laid.

use jiff::civil::Date;
use sqlx::types::Json;

use super::{Connection, Error};
use crate::domain::{BriefingId, Mark, Rights, Role, SpeakerId, UtteranceId, UtteranceKind, rights};

/// What a quotation is compared with.
#[derive(Debug, Clone)]
pub struct Passage {
    /// The utterance.
    pub id: UtteranceId,
    /// Its briefing.
    pub briefing_id: BriefingId,
    /// The day of the briefing.
    pub date: Option<Date>,
    /// Its place in the text.
    pub position: i32,
    /// What it is.
    pub kind: UtteranceKind,
    /// The words.
    pub text: String,
    /// Strikes, insertions, stage directions, notes.
    pub marks: Vec<Mark>,
    /// The label as printed, or of the turn that goes on here.
    pub label: Option<String>,
    /// The speaker of the turn before goes on.
    pub goes_on: bool,
    /// What the label stands for when it names nobody.
    pub role: Option<Role>,
    /// Who speaks.
    pub speaker_id: Option<SpeakerId>,
}

/// The utterances with these ids where they are still what readers see: earliest briefing first, in reading order.
pub async fn of(conn: &mut Connection, ids: &[UtteranceId]) -> Result<Vec<Passage>, Error> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select u.id, t.briefing_id, b.date, u.position, u.kind as "kind: UtteranceKind", u.text,
                  u.marks as "marks: Json<Vec<Mark>>", l.label as "label?", u.goes_on, l.role as "role: Role",
                  l.speaker_id as "speaker_id?", b.rights as "rights: Rights"
           from utterance u
             join transcript t on t.revision_id = u.revision_id and t.is_main
             join briefing b on b.id = t.briefing_id and b.status = 'published'
             left join reader_label l on l.id = u.label_id
           where u.id = any($1) and u.redaction_id is null
           order by b.date nulls last, b.id, u.position"#,
        &ids,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| {
            (
                r.rights,
                Passage {
                    id: UtteranceId(r.id),
                    briefing_id: BriefingId(r.briefing_id),
                    date: r.date.map(jiff_sqlx::Date::to_jiff),
                    position: r.position,
                    kind: r.kind,
                    text: r.text,
                    marks: r.marks.map(|marks| marks.0).unwrap_or_default(),
                    label: r.label,
                    goes_on: r.goes_on,
                    role: r.role,
                    speaker_id: r.speaker_id.map(SpeakerId),
                },
            )
        })
        .filter_map(|(rights, passage)| within(rights, passage))
        .collect())
}

/// What readers may see of it, if anything.
fn within(rights: Rights, passage: Passage) -> Option<Passage> {
    if rights == Rights::Full {
        return Some(passage);
    }
    let quoted = rights::quotations(&passage.text, &passage.marks);
    (!quoted.text.is_empty()).then_some(Passage { text: quoted.text, marks: quoted.marks, ..passage })
}
