//! Of what kind a claim is: rules that look for words in their order, the plainest sign first.

use std::ops::Range;

use crate::domain::ClaimKind;

use super::numbers::{CALENDAR_YEAR, Number};
use super::reading::Reading;

/// A kind, and the tokens that show it.
pub(super) type Shown = (ClaimKind, Range<usize>);

/// What kind of claim a sentence makes; nothing where it asserts nothing that could be checked: a question, a greeting, a
/// word on the procedure, a feeling.
pub(super) fn kind(reading: &Reading, numbers: &[Number]) -> Option<Shown> {
    let words = Words(reading);
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
<<<<<<< HEAD
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
=======
        number
            .unit
            .as_deref()
            .is_some_and(|unit| !matches!(unit, CALENDAR_YEAR | "times" | "minutes" | "seconds" | "things"))
>>>>>>> answers
    };
    if let Some(number) = numbers.iter().find(measures) {
        let within = |at: &usize| words.0.tokens.get(*at).is_some_and(|token| number.span.contains(&token.start));
        let first = (0..words.0.tokens.len()).find(within)?;
        let length = (first..words.0.tokens.len()).take_while(within).count();
        return Some((ClaimKind::Figure, first..first + length));
    }
    let many = words.one_of(MANY)?;
    Some((ClaimKind::Figure, many..many + 1))
}

/// The words of a sentence, asked for patterns.
struct Words<'a>(&'a Reading);

const I_OR_WE: &[&str] = &["i", "we"];
const I_OR_WE_WILL: &[&str] = &["i'll", "we'll"];
/// Who is accused when no name is given.
const OTHERS: &[&str] =
    &["he", "she", "they", "you", "he's", "she's", "they're", "you're", "they've", "you've", "his", "her", "their"];
const NOT: &[&str] =
    &["not", "never", "didn't", "haven't", "wasn't", "weren't", "don't", "hasn't", "doesn't", "hadn't", "isn't"];

/// What a sentence denies, word by word; `*` is any one word.
const DENIALS: &[&str] = &[
    "not true",
    "isn't true",
    "wasn't true",
    "untrue",
    "is false",
    "that's false",
    "are false",
    "totally false",
    "is wrong",
    "that's wrong",
    "is incorrect",
    "that's incorrect",
    "not correct",
    "not accurate",
    "not the case",
    "nothing to do with",
    "no evidence",
    "no truth",
    "never happened",
    "didn't happen",
    "did not happen",
    "never said",
    "never told",
    "never met",
    "never did",
    "never took",
    "never had",
    "never heard of",
    "never voted",
    "i deny",
    "we deny",
    "denied",
    "is a lie",
    "a total lie",
    "no such thing",
    "been debunked",
    "is a hoax",
    "is fake",
    "no relationship",
    "had no knowledge",
    "was not aware",
    "not aware of any",
];
/// Sentences of one word or two that deny.
const WRONG: &[&str] = &["wrong", "false", "untrue"];

/// What does not bind anybody: "I will tell you", "we'll see".
const UNBINDING: &[&str] = &[
<<<<<<< HEAD
    "see", "tell", "say", "drill", "discuss", "guide", "be", "have", "ask", "talk", "get", "let", "just", "start",
    "begin", "turn", "take", "come", "move", "go", "try", "never", "read", "refer", "leave", "respond", "answer",
    "point", "give", "explain", "show", "finish", "know", "find", "lose", "remember", "wait", "admit", "add", "note",
    "mention", "quote", "stop", "repeat", "miss", "win", "die", "pay",
=======
    "see", "tell", "say", "be", "have", "ask", "talk", "get", "let", "just", "start", "begin", "turn", "take", "come",
    "move", "go", "try", "never", "read", "refer", "leave", "respond", "answer", "point", "give", "explain", "show",
    "finish", "know", "find", "lose", "remember", "wait", "admit", "add", "note", "mention", "quote", "stop", "repeat",
    "miss", "win", "die", "pay",
>>>>>>> answers
];
const PROMISES: &[&str] = &[
    "i promise",
    "we promise",
    "i pledge",
    "we pledge",
    "i vow",
    "i commit",
    "we commit",
    "i am committed to",
    "i'm committed to",
    "we are committed to",
    "we're committed to",
    "you have my word",
    "i guarantee",
    "i plan to",
    "we plan to",
    "i intend to",
    "we intend to",
];

/// Deeds and traits that accuse whoever is named with them.
const ACCUSING: &[&str] = &[
    "lied",
    "lying",
    "lies",
    "liar",
    "failed",
    "stole",
    "stolen",
    "stealing",
    "cheated",
    "cheating",
    "cheats",
    "corrupt",
    "crooked",
    "rigged",
    "rigging",
    "destroyed",
    "destroying",
    "deleted",
    "hid",
    "hiding",
    "covered",
    "fraud",
    "fraudulent",
    "bankrupt",
    "bankrupted",
    "sued",
    "illegally",
    "criminal",
    "guilty",
    "indicted",
    "bribed",
    "bribe",
    "broke",
    "ruined",
    "disaster",
    "catastrophe",
    "betrayed",
    "abandoned",
    "ignored",
    "hacked",
    "leaked",
    "blamed",
    "reckless",
    "irresponsible",
    "dishonest",
    "hypocrite",
    "racist",
    "sexist",
    "discriminated",
    "outsourced",
<<<<<<< HEAD
=======
    "shipped",
>>>>>>> answers
    "wasted",
    "threatened",
    "threatens",
    "abused",
    "harassed",
    "groped",
    "misled",
    "misleading",
    "smeared",
    "insulted",
<<<<<<< HEAD
    "mocked",
    "attacked",
=======
    "insults",
    "mocked",
    "attacked",
    "attacks",
>>>>>>> answers
    "undermined",
    "undermines",
    "violated",
    "violates",
    "exploited",
    "refuses",
    "refused",
    "opposes",
    "blocked",
    "obstructed",
<<<<<<< HEAD
    "murdered",
    "incompetent",
=======
    "killed",
    "murdered",
    "incompetent",
    "weak",
>>>>>>> answers
    "flip-flopped",
    "denies",
    "evaded",
    "dodged",
    "wrecked",
    "mismanaged",
<<<<<<< HEAD
=======
    "bought",
    "sold",
    "favors",
>>>>>>> answers
];

/// What should be done, and what somebody is for or against.
const POSITIONS: &[&str] = &[
    "should",
    "shouldn't",
    "ought to",
    "must",
    "need to",
    "needs to",
    "have to",
    "has to",
    "got to",
    "i support",
    "we support",
    "i oppose",
    "we oppose",
    "i favor",
    "we favor",
    "i'm for",
    "i am for",
    "i'm against",
    "i am against",
    "in favor of",
    "i would support",
    "i disagree",
    "i agree",
    "we reject",
    "i want",
    "we want",
    "i'd like",
    "i would like",
    "it is time",
    "it's time",
    "i stand",
    "we stand",
    "i call on",
    "we call on",
    "we urge",
    "i urge",
<<<<<<< HEAD
    "we cannot",
=======
>>>>>>> answers
    "we condemn",
    "i condemn",
    "we cannot allow",
    "we can't allow",
    "cannot afford to",
    "can't afford to",
    "i believe",
    "we believe",
];
const OPINIONS: &[&str] = &["i think", "in my opinion", "i feel", "in my view", "we think", "i don't think"];

/// Beginnings of sentences that greet, thank, or speak of the conversation itself.
const EMPTY_BEGINNINGS: &[&str] = &[
    "thank",
    "thanks",
    "good evening",
    "good morning",
    "good afternoon",
    "hello",
    "welcome",
    "please",
    "excuse me",
    "let me",
    "let's",
    "ladies and gentlemen",
    "god bless",
    "congratulations",
    "i'm sorry",
    "sorry",
    "look",
    "listen",
    "hold on",
    "wait",
    "go ahead",
    "next question",
    "well thank",
    "i appreciate",
    "i want to thank",
    "i'd like to thank",
    "and thank",
    "so thank",
    "we'll be right back",
    "if i may",
    "if i could",
    "i'm going to ask",
    "i want to ask",
    "i'd like to ask",
    "let us",
    "i will tell you",
    "i'll tell you",
    "you know what",
    "believe me",
    "yes thank",
];
const FEELINGS: &[&str] = &[
    "i love",
    "i'm proud",
    "i am proud",
    "i'm honored",
    "i am honored",
    "i'm happy",
    "i am happy",
    "i'm glad",
    "i am glad",
    "i'm so",
    "i hope",
    "we hope",
    "i wish",
    "i feel",
    "i like",
    "i'm pleased",
    "i am pleased",
    "i'm excited",
    "i'm delighted",
    "i respect",
    "i'm grateful",
    "we're grateful",
    "i don't care",
    "i understand",
    "nice to",
    "great to",
    "good to",
    "pleasure to",
    "it's an honor",
    "god bless",
];

/// Quantities without a number.
const MANY: &[&str] = &["hundreds", "thousands", "millions", "billions", "trillions", "dozens"];
/// What may stand before the beginning.
const BEFORE: &[&str] =
    &["and", "but", "so", "well", "now", "because", "again", "look", "also", "then", "yes", "no", "-", ",", "\"", "."];
/// What the speaker did not do.
const DID_NOT: &[&str] = &[
    "did not",
    "didn't",
    "never",
    "was not",
    "wasn't",
    "have not",
    "haven't",
    "had not",
    "were not",
    "weren't",
    "have never",
];
/// What follows "I" or "we" before what is to be done.
const FIRST_FUTURES: &[&str] =
    &["will", "shall", "won't", "am going to", "are going to", "am not going to", "are not going to"];
/// The same, drawn together.
const SHORT_FUTURES: &[&str] =
    &["i'm going to", "we're going to", "i'm gonna", "we're gonna", "we're not going to", "i'm not going to"];
/// What is going to be.
const FUTURES: &[&str] = &[
    "will",
    "won't",
    "going to",
    "gonna",
    "he'll",
    "she'll",
    "they'll",
    "it'll",
    "you'll",
    "is about to",
    "are about to",
    "we'll",
];
/// What is merely announced.
const NO_FUTURE: &[&str] = &["tell", "say", "ask", "talk", "give", "be right", "let"];

impl Words<'_> {
    fn word(&self, at: usize) -> &str {
        self.0.tokens.get(at).map_or("", |token| token.text.as_str())
    }

    /// Whether a phrase stands here.
    fn at(&self, at: usize, phrase: &str) -> bool {
        // Most are none, and their first word says so.
        phrase.starts_with(self.word(at))
            && phrase.split(' ').enumerate().all(|(place, word)| self.word(at + place) == word)
    }

    /// Where the first of some phrases stands.
    fn phrase(&self, phrases: &[&str]) -> Option<Range<usize>> {
        (0..self.0.tokens.len()).find_map(|at| {
            let phrase = phrases.iter().find(|phrase| self.at(at, phrase))?;
            Some(at..at + phrase.split(' ').count())
        })
    }

    fn one_of(&self, words: &[&str]) -> Option<usize> {
        (0..self.0.tokens.len()).find(|at| words.contains(&self.word(*at)))
    }

    /// The first word that is no "and", "but", "well" or mark.
    fn begin(&self) -> usize {
<<<<<<< HEAD
=======
        const BEFORE: &[&str] = &[
            "and", "but", "so", "well", "now", "because", "again", "look", "also", "then", "yes", "no", "-", ",", "\"",
            ".",
        ];
>>>>>>> answers
        (0..self.0.tokens.len()).find(|at| !BEFORE.contains(&self.word(*at))).unwrap_or(0)
    }

    fn says_nothing(&self) -> bool {
        let begin = self.begin();
        let begins = |phrases: &[&str]| phrases.iter().any(|phrase| self.at(begin, phrase) || self.at(0, phrase));
        let short = self.0.words() < 12;
        (begins(EMPTY_BEGINNINGS) && short) || (begins(FEELINGS) && self.0.numbers() == 0)
    }

    fn denial(&self) -> Option<Shown> {
        if self.0.words() <= 3 && self.one_of(WRONG).is_some() {
            return Some((ClaimKind::Denial, 0..self.0.tokens.len()));
        }
        if let Some(shown) = self.phrase(DENIALS) {
            return Some((ClaimKind::Denial, shown));
        }
<<<<<<< HEAD
=======
        // "I did not support it": what the speaker did not do.
        const DID_NOT: &[&str] = &[
            "did not",
            "didn't",
            "never",
            "was not",
            "wasn't",
            "have not",
            "haven't",
            "had not",
            "were not",
            "weren't",
            "have never",
        ];
>>>>>>> answers
        let begin = self.begin();
        (begin..begin + 4).find_map(|at| {
            if !I_OR_WE.contains(&self.word(at)) {
                return None;
            }
            let not = DID_NOT.iter().find(|not| self.at(at + 1, not))?;
            Some((ClaimKind::Denial, at..at + 1 + not.split(' ').count()))
        })
    }

    /// "I will sign it": the speaker, or those spoken for, and what binds them.
    fn commitment(&self) -> Option<Shown> {
        if let Some(shown) = self.phrase(PROMISES) {
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
            (binding && (never || !UNBINDING.contains(&self.word(verb))))
                .then_some((ClaimKind::Commitment, at..verb + 1))
        })
    }

    /// Where the verb stands behind "I will", "we are going to" and the like.
    fn first_person_future(&self, at: usize) -> Option<usize> {
<<<<<<< HEAD
=======
        const FUTURES: &[&str] =
            &["will", "shall", "won't", "am going to", "are going to", "am not going to", "are not going to"];
        const SHORT_FUTURES: &[&str] =
            &["i'm going to", "we're going to", "i'm gonna", "we're gonna", "we're not going to", "i'm not going to"];
>>>>>>> answers
        if I_OR_WE_WILL.contains(&self.word(at)) {
            return Some(at + 1);
        }
        if let Some(short) = SHORT_FUTURES.iter().find(|short| self.at(at, short)) {
            return Some(at + short.split(' ').count());
        }
        let future = FIRST_FUTURES.iter().find(|future| I_OR_WE.contains(&self.word(at)) && self.at(at + 1, future))?;
        Some(at + 1 + future.split(' ').count())
    }

    /// A bad deed or trait, with a name or "he" before it.
    fn accusation(&self) -> Option<Shown> {
        (0..self.0.tokens.len()).find_map(|deed| {
            if !ACCUSING.contains(&self.word(deed))
                || deed.checked_sub(1).is_some_and(|at| NOT.contains(&self.word(at)))
            {
                return None;
            }
            let near = deed.saturating_sub(12);
            let who = (near..deed).rev().find(|at| OTHERS.contains(&self.word(*at)) || self.0.is_name(*at))?;
            Some((ClaimKind::Accusation, who..deed + 1))
        })
    }

    fn prediction(&self) -> Option<Shown> {
<<<<<<< HEAD
=======
        const FUTURES: &[&str] = &[
            "will",
            "won't",
            "going to",
            "gonna",
            "he'll",
            "she'll",
            "they'll",
            "it'll",
            "you'll",
            "is about to",
            "are about to",
            "we'll",
        ];
        const NO_FUTURE: &[&str] = &["tell", "say", "ask", "talk", "give", "be right", "let"];
>>>>>>> answers
        let shown = self.phrase(FUTURES)?;
        // "If you will", "as you will recall" and what the speaker merely announces.
        let aside = shown.start > 0 && ["you", "i"].contains(&self.word(shown.start - 1));
        let announced = NO_FUTURE.iter().any(|verb| self.at(shown.end, verb));
        (!aside && !announced).then_some((ClaimKind::Prediction, shown))
    }

    fn position(&self) -> Option<Shown> {
        Some((ClaimKind::Position, self.phrase(POSITIONS)?))
    }

    fn opinion(&self) -> Option<Shown> {
        let shown = self.phrase(OPINIONS)?;
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
