//! From what was read to a judgement: the model says how clear a reply it is, the phrases say how it is none.

use std::ops::Range;
use std::sync::LazyLock;

use super::Answer;
use super::cues::{Cue, Sign};
use super::features::{Exchange, features};
use super::folded::words;
use super::question::Kind;
use crate::analysis::linear::{Classes, Features};
use crate::domain::{AnswerLabel, Clarity};

/// See `model.md`.
static MODEL: LazyLock<Classes> = LazyLock::new(|| Classes::read(include_str!("model.tsv")));

/// Features that are named as reasons.
const REASONS: usize = 5;
/// How much more probable than an ambivalent one a clear reply must be to be called so.
const SURELY: f32 = 1.2;
/// How much more the odds of a clear non-reply are worth where nothing but a refusal is said. Examples of each kind of
/// refusal are too few to learn it.
const ALONE: f32 = 6.0;
/// Words up to which an answer with a question in it asks what was meant.
const ASKS_BACK: usize = 30;

pub(super) fn judge(exchange: &Exchange) -> Answer {
    let features = features(exchange);
    let probabilities = probabilities(&MODEL, exchange, &features);
    let clarity = decide(exchange, probabilities);
    let (label, cue) = label(exchange, clarity, probabilities);
    let reasons = MODEL.because(clarity.as_str(), &features).into_iter().take(REASONS);
    Answer {
        clarity,
        label,
        score: of(probabilities, clarity),
        probabilities,
        because: cue.map(|cue| whole(exchange, &cue)),
        reasons: reasons.map(|(name, weight)| (name.to_owned(), weight)).collect(),
    }
}

/// How probable each class is, in the order of [`Clarity::ALL`].
pub(super) fn probabilities(model: &Classes, exchange: &Exchange, features: &Features) -> [f32; 3] {
    let known = model.probabilities(features);
    let of = |clarity: Clarity| known.iter().find(|(name, _)| *name == clarity.as_str()).map_or(0.0, |(_, p)| *p);
    let [reply, ambivalent, non_reply] = Clarity::ALL.map(of);
    let non_reply = if refuses_only(exchange) { non_reply * ALONE } else { non_reply };
    let sum = reply + ambivalent + non_reply;
    [reply / sum, ambivalent / sum, non_reply / sum]
}

/// Whether an answer is a refusal and nothing else.
fn refuses_only(exchange: &Exchange) -> bool {
    let polar = exchange.opens_with(Sign::Yes, 1) || exchange.opens_with(Sign::No, 1);
    let at_once = refusal(exchange).is_some_and(|(_, cue)| cue.sentence <= exchange.first);
    at_once && !polar && exchange.substance() == 0
}

/// The most probable class. Without words that say so, nothing is a clear non-reply.
pub(super) fn decide(exchange: &Exchange, probabilities: [f32; 3]) -> Clarity {
    let [reply, ambivalent, non_reply] = probabilities;
    if non_reply > reply.max(ambivalent) && refusal(exchange).is_some() {
        Clarity::ClearNonReply
    } else if reply > ambivalent * SURELY && !exchange.says_nothing() {
        Clarity::ClearReply
    } else {
        Clarity::Ambivalent
    }
}

fn of(probabilities: [f32; 3], clarity: Clarity) -> f32 {
    let [reply, ambivalent, non_reply] = probabilities;
    match clarity {
        Clarity::ClearReply => reply,
        Clarity::Ambivalent => ambivalent,
        Clarity::ClearNonReply => non_reply,
    }
}

/// The label, and the phrase that gave it away.
fn label(exchange: &Exchange, clarity: Clarity, probabilities: [f32; 3]) -> (AnswerLabel, Option<Cue>) {
    let opener = |cue: &&Cue| matches!(cue.sign, Sign::Yes | Sign::No) && cue.sentence == exchange.first;
    match (clarity, refusal(exchange)) {
        (Clarity::ClearNonReply, Some((label, cue))) => (label, Some(cue)),
        (Clarity::ClearReply, _) => (AnswerLabel::Answered, exchange.cues.iter().find(opener).cloned()),
        (_, Some((label, cue))) if refuses_first(exchange, &cue) => (label, Some(cue)),
        _ => evasion(exchange, probabilities),
    }
}

/// The first phrase that refuses, and the label for it. In one sentence asking back goes before the rest.
fn refusal(exchange: &Exchange) -> Option<(AnswerLabel, Cue)> {
    let length = exchange.answer.length;
    let label = |cue: &Cue| match cue.sign {
        Sign::Declined => Some(AnswerLabel::Declined),
        Sign::NoInformation => Some(AnswerLabel::NoInformation),
        Sign::Referred => Some(AnswerLabel::ReferredElsewhere),
        Sign::Deferred => Some(AnswerLabel::Deferred),
        Sign::Clarification if length <= ASKS_BACK => Some(AnswerLabel::ClarificationAsked),
        _ => None,
    };
    let place =
        |cue: &Cue| (cue.sentence < exchange.first, cue.sentence, cue.sign != Sign::Clarification, cue.range.start);
    exchange.cues.iter().filter_map(|cue| Some((label(cue)?, cue.clone()))).min_by_key(|(_, cue)| place(cue))
}

/// Whether an answer begins with a refusal and says little else.
fn refuses_first(exchange: &Exchange, cue: &Cue) -> bool {
    let polar = exchange.opens_with(Sign::Yes, 1) || exchange.opens_with(Sign::No, 1);
    let refused = exchange.refused();
    let most = refused * 2 >= exchange.answer.sentences.len().saturating_sub(exchange.first);
    let beginning = cue.sentence <= exchange.first + 1;
    beginning && !polar && (exchange.substance() <= 2 || most)
}

/// How an ambivalent answer evades. Somebody's name hangs on it: when in doubt, the answer is partly one. That nothing of
/// the question comes again does not show that it was dodged: read by eye, half of such answers answered.
fn evasion(exchange: &Exchange, [reply, ambivalent, _]: [f32; 3]) -> (AnswerLabel, Option<Cue>) {
    // That people laughed does not say what at.
    let turns = |cue: &&Cue| cue.sentence <= exchange.first + 1 && exchange.answer.at(&cue.range) != "laughter";
    let aside = exchange.with(Sign::Aside).find(turns);
    // A question back may be meant as one.
    let asks = exchange.answer.each().any(|sentence| sentence.ends_with('?'));
    let whole = exchange.question.kind != Kind::Statement && !exchange.answer.broken;
    let apart = exchange.shares_nothing() && ambivalent > 0.5 && reply < 0.3;
    match aside {
        Some(aside) if apart && whole && !asks && exchange.answer.length <= SHORT => {
            (AnswerLabel::Deflected, Some(aside.clone()))
        }
        _ => (AnswerLabel::Partly, None),
    }
}

/// Words up to which a remark is all of an answer.
const SHORT: usize = 25;

/// Letters that a phrase may be away from the end of its clause.
const CLAUSE: usize = 40;

/// The phrase from whoever it speaks of to the end of its clause, if that is near.
fn whole(exchange: &Exchange, cue: &Cue) -> Range<usize> {
    let Some(sentence) = exchange.answer.sentences.get(cue.sentence) else { return cue.range.clone() };
    let behind = exchange.answer.at(&(cue.range.end..sentence.end));
    let open = behind.starts_with(|c: char| c != ' ' && !is_stop(c));
    let rest = behind.find(is_stop).unwrap_or(behind.len());
    let word = behind.find(|c: char| c == ' ' || is_stop(c)).unwrap_or(behind.len());
    // A phrase that ends inside a word takes at least that word.
    let more = match (rest <= CLAUSE, open) {
        (true, _) => rest,
        (false, true) => word,
        (false, false) => 0,
    };
    let end = cue.range.end + more;
    let before = exchange.answer.at(&(sentence.start..cue.range.start));
    let mut start = cue.range.start;
    for word in before.rsplit(' ').skip(usize::from(before.ends_with(' '))).take(3) {
        if !SUBJECTS.split(' ').any(|subject| subject == word) || !before.ends_with(' ') {
            break;
        }
        start -= word.len() + 1;
    }
    let text = exchange.answer.at(&(start..end));
    let trimmed = text.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    let start = start + text.len() - trimmed.len();
    start..start + trimmed.trim_end_matches([' ', ']', ')']).len()
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '?' | '!' | '-' | '"')
}

/// What may stand between the beginning of a clause and a phrase.
const SUBJECTS: &str = "i we i'd i'll i'm we'd we'll we're i've we've you you'd really just simply certainly obviously also would can can't have";

impl Exchange {
    /// Sentences in which something is refused.
    fn refused(&self) -> usize {
        let mut refused: Vec<usize> = Sign::REFUSALS
            .into_iter()
            .flat_map(|sign| self.with(sign).map(|cue| cue.sentence).collect::<Vec<_>>())
            .collect();
        refused.sort_unstable();
        refused.dedup();
        refused.len()
    }

    /// Whether no word of what was asked comes again, and neither yes nor no is said.
    fn shares_nothing(&self) -> bool {
        let said = self.opens_with(Sign::Yes, 3) || self.opens_with(Sign::No, 3);
        let several = self.answer.each().flat_map(words).count() > 0 && self.question.roots.len() > 2;
        several && !said && self.echo(usize::MAX) < 0.1
    }
}
