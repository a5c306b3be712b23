//! Who says what in a news article: the words that say so, whose words they are, and what is said.
//!
//! An article is cut into words and marks; a chain model finds cues (“said”, “according to”, “hopes”); for each cue a second
//! model lays source and content around it; the source then becomes the person or body behind it. Both models are learnt
//! from articles that readers have marked (`train`) and are compiled in.
//!
//! Invariants: the same text gives the same quotations; time grows with the length of the text and nothing else; every
//! stretch lies within the text and none is empty.

mod class;
mod cue_chain;
mod cue_features;
pub mod labelled;
mod lexicon;
pub mod measure;
mod part_features;
mod parts;
mod speaker;
mod token;
pub mod train;
mod weights;
mod window;

use std::ops::Range;
use std::sync::LazyLock;

use class::Class;
use parts::Parts;
use speaker::{Said, speakers};
use token::Text;
use weights::Weights;
use window::Window;

use crate::domain::QuotationMode;

/// Something that somebody says, thinks or wants. Stretches are in Unicode scalar values, half open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// How much of it stands in quotation marks.
    pub mode: QuotationMode,
    /// Where its source is mentioned, if it is.
    pub source: Option<Range<usize>>,
    /// The words that say that it is said; none where a quotation just goes on.
    pub cue: Option<Range<usize>>,
    /// What is said, in one piece or several.
    pub content: Vec<Range<usize>>,
    /// Whose words they are, named as fully as the article does.
    pub speaker: Option<String>,
}

static CUES: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_bytes!("cues.bin")));
static PARTS: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_bytes!("parts.bin")));

/// A cue with its source and content, in tokens.
struct Found {
    cue: Option<Range<usize>>,
    parts: Parts,
}

/// Fewest words in quotation marks that are a quotation without any cue: shorter ones are names, titles, single words.
const SHORTEST: usize = 5;

/// The quotations of an article, in its order.
pub fn quotations(text: &str) -> Vec<Quotation> {
    let text = Text::new(text);
    let mut found = found(&text, &CUES, &PARTS);
    found.extend(without_cue(&text, &found));
    found.sort_by_key(|one| one.cue.as_ref().or(one.parts.content.first()).map_or(0, |range| range.start));
    let said: Vec<Said<'_>> = found
        .iter()
        .map(|one| Said { source: one.parts.source.as_ref(), cue: one.cue.as_ref(), content: &one.parts.content })
        .collect();
    let speakers = speakers(&text, &said);
    found.iter().zip(speakers).map(|(one, speaker)| quotation(&text, one, speaker)).collect()
}

/// What the two models find.
fn found(text: &Text, cues: &Weights, parts: &Weights) -> Vec<Found> {
    let mut found = Vec::new();
    for sentence in &text.sentences {
        for cue in cue_chain::cues(text, sentence, cues) {
            let mut parts = parts::parts(text, &Window::new(text, &cue), parts);
            parts.content.retain(|piece| signature(text, piece.end).is_none());
            if !parts.content.is_empty() {
                found.push(Found { cue: Some(cue), parts });
            }
        }
    }
    found
}

/// Whole sentences in quotation marks that belong to no cue: the one who spoke before goes on.
fn without_cue(text: &Text, found: &[Found]) -> Vec<Found> {
    let mut taken = vec![false; text.tokens.len()];
    for range in found.iter().flat_map(|one| one.parts.content.iter().chain(&one.cue)) {
        taken.get_mut(range.clone()).unwrap_or_default().fill(true);
    }
    let mut more = Vec::new();
    let mut open = None;
    for (at, token) in text.tokens.iter().enumerate() {
        match token.class {
            Class::OpenMark if text.sentence(token.sentence).start == at => open = Some(at),
            Class::CloseMark => {
                let Some(start) = open.take() else { continue };
                let range = start..at + 1;
                let ends = text.sentence(token.sentence).end == at + 1;
                let free = taken.get(range.clone()).is_some_and(|taken| taken.iter().all(|taken| !taken));
                if ends && free && range.len() >= SHORTEST + 2 {
                    let source = signature(text, at + 1);
                    more.push(Found { cue: None, parts: Parts { source, content: vec![range] } });
                }
            }
            _ => {}
        }
    }
    more
}

/// The name behind a dash that signs a quotation: “We will go.” ― Ada Vale
fn signature(text: &Text, at: usize) -> Option<Range<usize>> {
    let dash = text.at(at);
    let written = text.chars.get(dash.start).is_some_and(|c| matches!(c, '―' | '—' | '–' | '-'));
    let sentence = text.sentence(dash.sentence);
    let name = speaker::names(text, &(at + 1..sentence.end)).into_iter().next()?;
    let last = name.end == sentence.end || text.at(name.end).class == Class::Comma;
    (written && last && name.start == at + 1).then_some(name)
}

fn quotation(text: &Text, found: &Found, speaker: Option<String>) -> Quotation {
    let place = |range: &Range<usize>| text.at(range.start).start..text.at(range.end.saturating_sub(1)).end;
    Quotation {
        mode: mode(text, &found.parts.content),
        source: found.parts.source.as_ref().map(place),
        cue: found.cue.as_ref().map(place),
        content: found.parts.content.iter().map(place).collect(),
        speaker,
    }
}

fn mode(text: &Text, content: &[Range<usize>]) -> QuotationMode {
    let words = || content.iter().cloned().flatten().map(|at| text.at(at)).filter(|token| !token.class.is_mark());
    if words().all(|token| token.quoted) {
        QuotationMode::Direct
    } else if words().any(|token| token.quoted) {
        QuotationMode::Mixed
    } else {
        QuotationMode::Indirect
    }
}

#[cfg(test)]
mod tests;
