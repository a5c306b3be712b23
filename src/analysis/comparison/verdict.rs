//! What a set of passages says about a quotation.

use super::chain::chains;
use super::differences::{Difference, Warning};
use super::laid::{Laid, Quotation};
use super::reported::Reported;
use crate::domain::Mark;

/// A passage that may hold the quotation.
#[derive(Debug, Clone, Copy)]
pub struct Passage<'a> {
    /// Its words.
    pub text: &'a str,
    /// What in it was not spoken, or was put right.
    pub marks: &'a [Mark],
    /// Who speaks.
    pub voice: Voice,
    /// The same voice goes on from the passage before in the list, with nothing in between.
    pub goes_on: bool,
}

/// Who speaks in a passage, seen from the quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Voice {
    /// Somebody asks.
    Question,
    /// The record names nobody: it may have been the alleged speaker, or not.
    Unnamed,
    /// Somebody other than the alleged speaker.
    Another,
    /// The alleged speaker; anybody who answers for their words where nobody is alleged.
    Speaker,
}

/// The answer about a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Said so, word for word.
    Verbatim,
    /// Said, with other words here and there.
    Altered,
    /// Put together from several places.
    Spliced,
    /// Said by somebody other than alleged.
    OtherSpeaker,
    /// Said by whoever asked.
    InQuestion,
    /// Taken up by the speaker in order to report or to reject it.
    Quoted,
    /// Something like it was said.
    Paraphrase,
    /// Nothing like it is held.
    NotFound,
}

impl Verdict {
    /// The word used in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::Altered => "altered",
            Self::Spliced => "spliced",
            Self::OtherSpeaker => "other-speaker",
            Self::InQuestion => "in-question",
            Self::Quoted => "quoted",
            Self::Paraphrase => "paraphrase",
            Self::NotFound => "not-found",
        }
    }
}

/// What was found out.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The answer.
    pub verdict: Verdict,
    /// What the changes change, each once.
    pub warnings: Vec<Warning>,
    /// Where the words stand: what the verdict rests on first, in the order of the quotation where it is spliced.
    pub places: Vec<Place>,
}

/// Where words of the quotation stand in a passage.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The passage, by its place in the list.
    pub passage: usize,
    /// The words, in Unicode scalar values of its text.
    pub spans: Vec<(usize, usize)>,
    /// What differs.
    pub differences: Vec<Difference>,
    /// Whose words they are, where they are not the speaker's own.
    pub reported: Option<Reported>,
    /// Part of the quotation's words that stand here, in order, from 0 to 1.
    pub similarity: f32,
}

/// Most places that are told.
const MOST_PLACES: usize = 12;

/// Judges a quotation by the passages that may hold it. `rarity` says of stretches of the quotation how rare their words
/// are: the natural logarithm of one in how many utterances has them.
pub fn judge(quotation: &str, passages: &[Passage<'_>], rarity: &[(usize, usize, f32)]) -> Finding {
    let quotation = Quotation::of(quotation, rarity);
    let chains = chains(passages);
    let mut laid: Vec<Laid> = chains.iter().filter_map(|chain| quotation.lay_beside(chain, passages)).collect();
    laid.sort_by(|a, b| b.worth().total_cmp(&a.worth()));
    if let Some(finding) = exact(&laid) {
        return finding;
    }
    let near = laid.iter().find(|laid| laid.near);
    // The plainer explanation is believed: a few changed words, or a few places.
    let errors = near.filter(|near| !near.far).map_or(usize::MAX, |near| near.errors);
    if let Some(finding) = quotation.spliced(&chains, errors) {
        return finding;
    }
    if near.is_some() {
        return altered(&laid);
    }
    quotation.paraphrase(&chains)
}

/// The verdict where the words stand somewhere just so.
fn exact(laid: &[Laid]) -> Option<Finding> {
    let by = |voice: Voice, own: bool| {
        laid.iter().find(|laid| laid.is_exact() && laid.voice == voice && laid.reported.is_none() == own)
    };
    let speaker_nearly = laid.iter().find(|laid| laid.voice == Voice::Speaker && laid.near && laid.similarity >= 0.75);
    let (verdict, first) = if let Some(first) = by(Voice::Speaker, true) {
        (Verdict::Verbatim, first)
    } else if let Some(first) = by(Voice::Speaker, false) {
        (Verdict::Quoted, first)
    } else if let Some(first) =
        by(Voice::Question, true).or(by(Voice::Question, false)).filter(|_| by(Voice::Another, true).is_none())
    {
        (Verdict::InQuestion, first)
    } else if let Some(first) = speaker_nearly.filter(|_| by(Voice::Another, true).is_some()) {
        (if first.reported.is_some() { Verdict::Quoted } else { Verdict::Altered }, first)
    } else if let Some(first) = by(Voice::Another, true) {
        (Verdict::OtherSpeaker, first)
    } else if let Some(first) = by(Voice::Unnamed, true) {
        (Verdict::Verbatim, first)
    } else {
        (Verdict::Quoted, by(Voice::Another, false).or(by(Voice::Unnamed, false))?)
    };
    Some(finding(verdict, first, laid))
}

/// The verdict where the words stand nowhere just so, but nearly.
fn altered(laid: &[Laid]) -> Finding {
    let near = laid.iter().find(|laid| laid.near);
    let Some(first) = near else {
        return Finding { verdict: Verdict::NotFound, warnings: Vec::new(), places: Vec::new() };
    };
    let verdict = match (first.voice, first.reported) {
        (Voice::Question, _) => Verdict::InQuestion,
        (_, Some(_)) => Verdict::Quoted,
        (Voice::Another, None) => Verdict::OtherSpeaker,
        (Voice::Speaker | Voice::Unnamed, None) => Verdict::Altered,
    };
    finding(verdict, first, laid)
}

/// Puts first what the verdict rests on, then everything else that is just so or nearly.
fn finding(verdict: Verdict, first: &Laid, laid: &[Laid]) -> Finding {
    let alike = |other: &&Laid| !std::ptr::eq(*other, first) && (other.is_exact() || other.near);
    let same_kind = |other: &&Laid| {
        (other.voice, other.reported, other.is_exact()) == (first.voice, first.reported, first.is_exact())
    };
    let rest = laid.iter().filter(alike);
    let (kin, others): (Vec<&Laid>, Vec<&Laid>) = rest.partition(same_kind);
    let places: Vec<Place> = std::iter::once(first)
        .chain(kin)
        .chain(others)
        .flat_map(|laid| laid.places.clone())
        .take(MOST_PLACES)
        .collect();
    let mut warnings: Vec<Warning> =
        first.places.iter().flat_map(|place| &place.differences).flat_map(|d| d.warnings.clone()).collect();
    if first.reported == Some(Reported::Rejected) {
        warnings.push(Warning::Negation);
    }
    warnings.sort_unstable();
    warnings.dedup();
    Finding { verdict, warnings, places }
}
