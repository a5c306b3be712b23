//! What a report tells of questions and responses: read off its quotations whenever it is shown.

use std::ops::Range;

use crate::analysis::answers::{self, Answer};
use crate::analysis::quotations::Quotation;
use crate::analysis::reported;
use crate::domain::joined::joined;
use crate::store::quotations::{QuotationRow, Stretch};
use crate::store::utterances::Utterance;

/// A question that a report tells, with its response, as places in the list of quotations.
pub struct Told {
    /// The quotations that ask.
    pub question: Vec<usize>,
    /// Those that respond.
    pub response: Vec<usize>,
    /// What became of the question; nothing where no response is told.
    pub answer: Option<Answer>,
}

/// The whole text of a report.
pub fn whole(utterances: &[Utterance]) -> String {
    joined(utterances.iter().map(|utterance| utterance.text.as_str()))
}

/// The words of a stretch.
pub fn words(text: &str, [start, end]: Stretch) -> String {
    text.chars().skip(start).take(end.saturating_sub(start)).collect()
}

/// The words of a quotation, its pieces joined by dots.
pub fn content(text: &str, row: &QuotationRow) -> String {
    row.content.iter().map(|piece| words(text, *piece)).collect::<Vec<_>>().join(" … ")
}

/// The exchanges that a report tells.
pub fn told(utterances: &[Utterance], rows: &[QuotationRow]) -> Vec<Told> {
    if rows.is_empty() {
        return Vec::new();
    }
    let text = whole(utterances);
    let range = |[start, end]: Stretch| -> Range<usize> { start..end };
    let quotation = |row: &QuotationRow| Quotation {
        mode: row.mode,
        source: row.mention.map(range),
        cue: row.cue.map(range),
        content: row.content.iter().copied().map(range).collect(),
        speaker: row.named.clone(),
    };
    let quotations: Vec<Quotation> = rows.iter().map(quotation).collect();
    let said = |all: &[usize]| {
        let said = all.iter().filter_map(|at| rows.get(*at)).map(|row| content(&text, row)).collect::<Vec<_>>();
        joined(said.iter().map(String::as_str))
    };
    let told = reported::exchanges(&text, &quotations).into_iter().map(|found| {
        let responded = !found.response.is_empty();
        let answer = responded.then(|| answers::label(&said(&found.question), &said(&found.response), ""));
        Told { question: found.question, response: found.response, answer }
    });
    told.collect()
}
