//! Of what kind a claim is: rules that look for words in their order, the plainest sign first.

use std::ops::Range;

use crate::domain::ClaimKind;

use super::numbers::{CALENDAR_YEAR, Number};
use super::phrases::{
    ACCUSING, BEFORE, BEGINS, Beginning, DENIALS, DID_NOT, EMPTY_BEGINNINGS, FEELINGS, FIRST_FUTURES, FUTURES, I_OR_WE,
    I_OR_WE_WILL, List, MANY, NO_FUTURE, NOT, OPINIONS, OTHERS, POSITIONS, PROMISES, SHORT_FUTURES, UNBINDING, WRONG,
};
use super::reading::Reading;

/// A kind, and the tokens that show it.
pub(super) type Shown = (ClaimKind, Range<usize>);

/// What kind of claim a sentence makes; nothing where it asserts nothing that could be checked: a question, a greeting, a
/// word on the procedure, a feeling.
pub(super) fn kind(reading: &Reading, numbers: &[Number]) -> Option<Shown> {
    let words = Words::of(reading);
    if reading.is_note() || reading.asks() {
        return None;
    }
    let denial = words.denial();
    if reading.words() < SHORT {
        return denial;
    }
    if words.says_nothing() {
        return None;
    }
    let figure = || figure(&words, numbers);
    let asserted = || if words.asserts() { Some((ClaimKind::Fact, 0..reading.tokens.len())) } else { None };
    denial
        .or_else(|| words.commitment())
        .or_else(|| words.accusation())
        .or_else(|| words.prediction())
        .or_else(|| words.position())
        .or_else(figure)
        .or_else(|| words.opinion())
        .or_else(asserted)
}

/// Words below which a sentence asserts hardly anything.
const SHORT: usize = 4;

/// A number that counts or measures something, or a quantity without one ("thousands of ships").
fn figure(words: &Words<'_>, numbers: &[Number]) -> Option<Shown> {
    let measures = |number: &&Number| {
        number.unit.as_deref().is_some_and(|unit| {
            !matches!(
                unit,
                CALENDAR_YEAR
                    | "times"
                    | "things"
                    | "ways"
                    | "years"
                    | "year"
                    | "months"
                    | "weeks"
                    | "days"
                    | "hours"
                    | "minutes"
                    | "seconds"
            )
        })
    };
    if let Some(number) = numbers.iter().find(measures) {
        let within = |at: &usize| words.0.tokens.get(*at).is_some_and(|token| number.span.contains(&token.start));
        let first = (0..words.0.tokens.len()).find(within)?;
        let length = (first..words.0.tokens.len()).take_while(within).count();
        return Some((ClaimKind::Figure, first..first + length));
    }
    let many = words.one_of(&MANY)?;
    Some((ClaimKind::Figure, many..many + 1))
}

/// The words of a sentence, asked for patterns.
struct Words<'a>(&'a Reading, Vec<Beginning>);

impl<'a> Words<'a> {
    fn of(reading: &'a Reading) -> Self {
        Self(reading, reading.tokens.iter().map(|token| Beginning::of(&token.text)).collect())
    }

    /// The first phrase of a list that stands here.
    fn phrase_at(&self, at: usize, list: &List) -> Option<&'static str> {
        if self.is_of(at, list) { list.iter().find(|phrase| self.at(at, phrase)) } else { None }
    }

    /// Whether a word of a list stands here, or the first of a phrase.
    fn is_of(&self, at: usize, list: &List) -> bool {
        self.1.get(at).is_some_and(|beginning| list.begins(*beginning))
    }

    fn word(&self, at: usize) -> &str {
        self.0.tokens.get(at).map_or("", |token| token.text.as_str())
    }

    /// Whether a phrase stands here.
    fn at(&self, at: usize, phrase: &str) -> bool {
        // Most are none, and their first word says so.
        phrase.starts_with(self.word(at))
            && phrase.split(' ').enumerate().all(|(place, word)| self.word(at + place) == word)
    }

    /// Where the first phrase of a list stands.
    fn phrase(&self, list: &List) -> Option<Range<usize>> {
        (0..self.0.tokens.len()).find_map(|at| {
            let phrase = self.phrase_at(at, list)?;
            Some(at..at + phrase.split(' ').count())
        })
    }

    fn one_of(&self, words: &List) -> Option<usize> {
        (0..self.0.tokens.len()).find(|at| self.is_of(*at, words))
    }

    /// The first word that is no "and", "but", "well" or mark.
    fn begin(&self) -> usize {
        (0..self.0.tokens.len()).find(|at| !self.is_of(*at, &BEFORE)).unwrap_or(0)
    }

    fn says_nothing(&self) -> bool {
        let begin = self.begin();
        let begins = |list: &List| [begin, 0].iter().any(|at| self.phrase_at(*at, list).is_some());
        let short = self.0.words() < 12;
        (begins(&EMPTY_BEGINNINGS) && short) || (begins(&FEELINGS) && self.0.numbers() == 0)
    }

    fn denial(&self) -> Option<Shown> {
        if self.0.words() <= 3 && self.is_of(self.begin(), &WRONG) {
            return Some((ClaimKind::Denial, 0..self.0.tokens.len()));
        }
        if let Some(shown) = self.phrase(&DENIALS) {
            return Some((ClaimKind::Denial, shown));
        }
        let begin = self.begin();
        (begin..begin + 4).find_map(|at| {
            if !self.is_of(at, &I_OR_WE) {
                return None;
            }
            let not = self.phrase_at(at + 1, &DID_NOT)?;
            Some((ClaimKind::Denial, at..at + 1 + not.split(' ').count()))
        })
    }

    /// "I will sign it": the speaker, or those spoken for, and what binds them.
    fn commitment(&self) -> Option<Shown> {
        if let Some(shown) = self.phrase(&PROMISES) {
            return Some((ClaimKind::Commitment, shown));
        }
        (0..self.0.tokens.len()).find_map(|at| {
            let mut verb = self.first_person_future(at)?;
            // "I will not sign", "we are never going to leave": binding, too.
            let never = ["not", "never"].contains(&self.word(verb));
            while ["not", "never", "also", "always", "immediately", "ever", "then", "absolutely"]
                .contains(&self.word(verb))
            {
                verb += 1;
            }
            let binding = self.0.tokens.get(verb).is_some_and(super::tokens::Token::is_word);
            (binding && (never || !self.is_of(verb, &UNBINDING))).then_some((ClaimKind::Commitment, at..verb + 1))
        })
    }

    /// Where the verb stands behind "I will", "we are going to" and the like.
    fn first_person_future(&self, at: usize) -> Option<usize> {
        if self.is_of(at, &I_OR_WE_WILL) {
            return Some(at + 1);
        }
        if let Some(short) = self.phrase_at(at, &SHORT_FUTURES) {
            return Some(at + short.split(' ').count());
        }
        let future = self.is_of(at, &I_OR_WE).then(|| self.phrase_at(at + 1, &FIRST_FUTURES))??;
        Some(at + 1 + future.split(' ').count())
    }

    /// A bad deed or trait, with a name or "he" before it.
    fn accusation(&self) -> Option<Shown> {
        (0..self.0.tokens.len()).find_map(|deed| {
            if !self.is_of(deed, &ACCUSING) || deed.checked_sub(1).is_some_and(|at| self.is_of(at, &NOT)) {
                return None;
            }
            let near = deed.saturating_sub(12);
            let who = (near..deed).rev().find(|at| self.is_of(*at, &OTHERS) || self.0.is_name(*at))?;
            Some((ClaimKind::Accusation, who..deed + 1))
        })
    }

    fn prediction(&self) -> Option<Shown> {
        let shown = self.phrase(&FUTURES)?;
        // "If you will", "as you will recall" and what the speaker merely announces.
        let aside = shown.start > 0 && ["you", "i"].contains(&self.word(shown.start - 1));
        let announced = self.phrase_at(shown.end, &NO_FUTURE).is_some();
        let mine = [self.word(shown.start), self.word(shown.start.saturating_sub(1))];
        let begins =
            mine.iter().any(|word| ["we'll", "we're", "i'm", "we"].contains(word)) && self.is_of(shown.end, &BEGINS);
        (!aside && !announced && !begins).then_some((ClaimKind::Prediction, shown))
    }

    fn position(&self) -> Option<Shown> {
        Some((ClaimKind::Position, self.phrase(&POSITIONS)?))
    }

    fn opinion(&self) -> Option<Shown> {
        let shown = self.phrase(&OPINIONS)?;
        let checkable = self.0.names() > 0 || self.0.has("superlative") || self.0.has("change");
        (shown.start < 4 && !checkable).then_some((ClaimKind::Position, shown))
    }

    /// Whether something is said to be or to have been so, of more than the speaker alone.
    fn asserts(&self) -> bool {
        let says = ["copula", "pastaux", "perfect", "said", "deed", "vote", "change", "wants", "stand"];
        let subject = ["begins he", "begins they", "begins the", "begins it"];
        let begins = self.0.words() > 5 && self.0.marks().iter().any(|mark| subject.contains(mark));
        let finite = begins || says.iter().any(|class| self.0.has(class)) || self.0.past();
        let about = ["he", "they", "us", "title", "absolute", "span", "superlative", "comparative"];
        let topics = [
            "economy",
            "money",
            "trade",
            "health",
            "immigration",
            "crime",
            "war",
            "energy",
            "election",
            "society",
            "evidence",
        ];
        let of_something =
            about.iter().chain(&topics).any(|class| self.0.has(class)) || self.0.names() > 0 || self.0.numbers() > 0;
        finite && (of_something || self.0.words() >= 12)
    }
}
