//! Utterances out of their briefing: as search results, in lists of a speaker or topic.

use super::excerpt;
use super::turns::Who;
use crate::domain::{Mark, UtteranceId, UtteranceKind};
use crate::search::language::Expr;
use crate::search::{Hit, snippet};
use crate::store::utterances::{self, Found};
use crate::store::{Connection, briefings::Listed};
use crate::web::error::Error;
use crate::web::{urls, words};

/// Characters of a result.
const LENGTH: usize = 380;
/// Characters of the question it answers.
const QUESTION: usize = 160;

/// One utterance as a result.
pub struct ResultView {
    /// The briefing it belongs to.
    pub briefing: Listed,
    /// Whether the result before belongs to another briefing.
    pub begins: bool,
    /// Who speaks.
    pub who: Option<Who>,
    /// What it is, if not a turn.
    pub kind: Option<&'static str>,
    /// Its number.
    pub number: Option<i32>,
    /// The permanent link.
    pub url: String,
    /// Its place in the briefing, with matches marked.
    pub place: String,
    /// The best stretch of it.
    pub html: String,
    /// The question it answers.
    pub question: Option<QuestionView>,
}

/// The question that an utterance answers.
pub struct QuestionView {
    /// The permanent link.
    pub url: String,
    /// The words.
    pub html: String,
    /// The reporter named by the text.
    pub asked_by: Option<String>,
    /// The label as printed.
    pub label: String,
}

/// Loads and shows what the index found.
pub async fn load(
    conn: &mut Connection,
    hits: &[Hit],
    expr: Option<&Expr>,
    highlight: &str,
) -> Result<Vec<ResultView>, Error> {
    let ids: Vec<UtteranceId> = hits.iter().map(|hit| hit.utterance_id).collect();
    let found = utterances::found(conn, &ids).await?;
    let mut views: Vec<ResultView> = found.into_iter().map(|found| view(found, expr, highlight)).collect();
    for i in (1..views.len()).rev() {
        views[i].begins = views[i].briefing.id != views[i - 1].briefing.id;
    }
    Ok(views)
}

fn view(found: Found, expr: Option<&Expr>, highlight: &str) -> ResultView {
    let utterance = &found.utterance;
    let slug = &found.briefing.slug;
    let url = utterance.number.map_or_else(|| urls::briefing(slug), |number| urls::utterance(slug, number));
    let path = urls::with_query(&urls::briefing(slug), &[("highlight", highlight)]);
    let place = utterance.number.map_or_else(|| path.clone(), |number| format!("{path}#{number}"));
    let kind = match utterance.kind {
        UtteranceKind::Turn => None,
        UtteranceKind::Heading => Some("heading"),
        UtteranceKind::Note => Some("note"),
        UtteranceKind::Paragraph => Some("paragraph"),
    };
    ResultView {
        who: utterance.by.as_ref().map(|by| Who::of(by, utterance, true)),
        kind,
        number: utterance.number,
        html: stretch(&found, expr, LENGTH),
        question: found.question.as_ref().map(|question| QuestionView {
            url: question.number.map_or_else(|| urls::briefing(slug), |number| urls::utterance(slug, number)),
            html: words::line(&excerpt::cut(&question.text, QUESTION), &[], &[]),
            asked_by: question.asked_by.as_ref().map(|asked| asked.name.clone()),
            label: question.label.clone(),
        }),
        url,
        place,
        begins: true,
        briefing: found.briefing,
    }
}

/// The best stretch of an utterance with its matches and marks.
fn stretch(found: &Found, expr: Option<&Expr>, length: usize) -> String {
    let utterance = &found.utterance;
    let snippet = snippet::snippet(&utterance.text, found.language.as_deref(), expr, length);
    let end = snippet.start + snippet.text.chars().count();
    let marks: Vec<Mark> = utterance
        .marks
        .iter()
        .filter(|mark| mark.start < end && mark.end > snippet.start)
        .map(|mark| Mark {
            kind: mark.kind,
            start: mark.start.saturating_sub(snippet.start),
            end: mark.end.min(end) - snippet.start,
        })
        .collect();
    let words = words::line(&snippet.text, &marks, &snippet.highlights);
    let before = if snippet.cut_before { "… " } else { "" };
    let after = if snippet.cut_after { " …" } else { "" };
    format!("{before}{words}{after}")
}
