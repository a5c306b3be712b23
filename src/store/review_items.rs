//! One thing that the machine suggests, with the places of the words that it is about.

use jiff::Timestamp;
use sqlx::types::Json;

use super::{Connection, Error};
use crate::domain::{BriefingId, Place, Suggestion, SuggestionKind};

/// A suggestion as an editor decides it.
#[derive(Debug, Clone)]
pub struct Item {
    /// Which.
    pub of: Suggestion,
    /// The briefing of the words.
    pub briefing: BriefingId,
    /// The words: a response, a claim, a promise, later words.
    pub words: Vec<Place>,
    /// The words that gave a response away.
    pub because: Option<Place>,
    /// The question to which they respond, or that is owed.
    pub question: Vec<Place>,
    /// Of later words the promise that they seem to keep.
    pub promise: Option<(BriefingId, Place)>,
    /// They say that they come back to something.
    pub says_so: bool,
    /// The same reporter asked before them.
    pub same_asker: bool,
    /// The label or the kind that is shown.
    pub class: Option<String>,
    /// The machine's.
    pub suggested: Option<String>,
    /// How sure the machine is; of claims how much they deserve a check.
    pub score: Option<f32>,
    /// An editor's decision.
    pub decided: Option<Decided>,
}

/// An editor's decision.
#[derive(Debug, Clone)]
pub struct Decided {
    /// When.
    pub at: Timestamp,
    /// The address of the editor.
    pub by: Option<String>,
    /// It was found wrong.
    pub rejected: bool,
}

/// A suggestion of which nothing is known but its words.
const fn plain(of: Suggestion, briefing: BriefingId, words: Vec<Place>) -> Item {
    Item {
        of,
        briefing,
        words,
        because: None,
        question: Vec::new(),
        promise: None,
        says_so: false,
        same_asker: false,
        class: None,
        suggested: None,
        score: None,
        decided: None,
    }
}

fn decided(at: Option<jiff_sqlx::Timestamp>, by: Option<String>, rejected: bool) -> Option<Decided> {
    at.map(|at| Decided { at: at.to_jiff(), by, rejected })
}

/// One suggestion, also one that is decided; nothing where the text is not read as it stands now.
pub async fn item(conn: &mut Connection, of: Suggestion) -> Result<Option<Item>, Error> {
    match of.kind {
        SuggestionKind::Exchange => exchange(conn, of).await,
        SuggestionKind::Claim => claim(conn, of).await,
        SuggestionKind::FollowUp => follow_up(conn, of).await,
        SuggestionKind::Resolution => resolution(conn, of).await,
    }
}

async fn exchange(conn: &mut Connection, of: Suggestion) -> Result<Option<Item>, Error> {
    let row = sqlx::query!(
        r#"select s.briefing_id as "briefing: BriefingId", s.question as "question: Json<Vec<Place>>",
                  s.response as "response: Json<Vec<Place>>", s.because as "because: Json<Place>", s.label, s.suggested,
                  s.score, s.rejected, s.decided_at, a.email as "by?"
           from exchange s join analysed_transcript t on t.briefing_id = s.briefing_id
             left join account a on a.id = s.decided_by
           where s.id = $1 and s.question_id is not null"#,
        of.id
    );
    Ok(row.fetch_optional(conn).await?.map(|row| Item {
        because: row.because.map(|place| place.0),
        question: row.question.0,
        class: row.label,
        suggested: row.suggested,
        score: row.score,
        decided: decided(row.decided_at, row.by, row.rejected),
        ..plain(of, row.briefing, row.response.0)
    }))
}

async fn claim(conn: &mut Connection, of: Suggestion) -> Result<Option<Item>, Error> {
    let row = sqlx::query!(
        r#"select s.briefing_id as "briefing: BriefingId", s.number, s.starts, s.ends, s.kind, s.suggested, s.score,
                  s.rejected, s.decided_at, a.email as "by?"
           from claim s join analysed_transcript t on t.briefing_id = s.briefing_id
             left join account a on a.id = s.decided_by
           where s.id = $1 and s.utterance_id is not null"#,
        of.id
    );
    Ok(row.fetch_optional(conn).await?.map(|row| Item {
        class: Some(row.kind),
        suggested: row.suggested,
        score: row.score,
        decided: decided(row.decided_at, row.by, row.rejected),
        ..plain(of, row.briefing, vec![Place::stored(row.number, row.starts, row.ends)])
    }))
}

async fn follow_up(conn: &mut Connection, of: Suggestion) -> Result<Option<Item>, Error> {
    let row = sqlx::query!(
        r#"select s.briefing_id as "briefing: BriefingId", s.number, s.starts, s.ends, s.kind, s.rejected, s.decided_at,
                  e.question as "question?: Json<Vec<Place>>", a.email as "by?"
           from follow_up s join analysed_transcript t on t.briefing_id = s.briefing_id
             left join exchange e on e.id = s.exchange_id and not e.rejected
             left join account a on a.id = s.decided_by
           where s.id = $1 and s.utterance_id is not null"#,
        of.id
    );
    Ok(row.fetch_optional(conn).await?.map(|row| Item {
        question: row.question.map(|question| question.0).unwrap_or_default(),
        suggested: Some(row.kind.clone()),
        class: Some(row.kind),
        decided: decided(row.decided_at, row.by, row.rejected),
        ..plain(of, row.briefing, vec![Place::stored(row.number, row.starts, row.ends)])
    }))
}

async fn resolution(conn: &mut Connection, of: Suggestion) -> Result<Option<Item>, Error> {
    let row = sqlx::query!(
        r#"select s.briefing_id as "briefing: BriefingId", s.number, s.score, s.says_so, s.same_asker, s.rejected,
                  s.decided_at, f.briefing_id as "promised_in: BriefingId", f.number as promised_at, f.starts, f.ends,
                  e.question as "question?: Json<Vec<Place>>", a.email as "by?"
           from follow_up_resolution s join analysed_transcript t on t.briefing_id = s.briefing_id
             join follow_up f on f.id = s.follow_up_id
             join analysed_transcript p on p.briefing_id = f.briefing_id
             left join exchange e on e.id = f.exchange_id and not e.rejected
             left join account a on a.id = s.decided_by
           where s.id = $1 and s.utterance_id is not null and f.utterance_id is not null"#,
        of.id
    );
    Ok(row.fetch_optional(conn).await?.map(|row| Item {
        question: row.question.map(|question| question.0).unwrap_or_default(),
        promise: Some((row.promised_in, Place::stored(row.promised_at, row.starts, row.ends))),
        says_so: row.says_so,
        same_asker: row.same_asker,
        class: Some("keeps".to_owned()),
        suggested: Some("keeps".to_owned()),
        score: row.score,
        decided: decided(row.decided_at, row.by, row.rejected),
        ..plain(of, row.briefing, vec![Place { number: row.number, start: 0, end: usize::MAX }])
    }))
}
