//! What was said before in the same document, and by whom.

use std::hash::{DefaultHasher, Hash, Hasher};

use rustc_hash::{FxHashMap, FxHashSet};

use super::Sentence;
use super::reading::Reading;

/// How somebody has spoken so far.
#[derive(Debug, Clone, Default)]
struct Habits {
    crowd: bool,
    asker: bool,
    sentences: f32,
    questions: f32,
    turns: f32,
}

/// What was said before in the same document.
#[derive(Debug, Clone, Default)]
pub struct Context {
    first_speaker: Option<String>,
    speaker: Option<String>,
    /// Of the turn.
    sentence: usize,
    /// Of the document.
    number: usize,
    asked: bool,
    habits: FxHashMap<String, Habits>,
    said: FxHashSet<u64>,
}

/// Where a sentence stands, and what is known of who says it.
#[derive(Debug, Clone, Default)]
pub(super) struct Turn {
    /// Its number in the turn, from 0.
    pub(super) sentence: usize,
    /// Which share of what they said were questions.
    pub(super) asks: f32,
    /// How many sentences their turns have, as a logarithm.
    pub(super) long: f32,
    /// How far the document is, as a logarithm.
    pub(super) age: f32,
    /// What else is known: `t:note` is not said at all, `t:crowd` by somebody who has no name here, `t:asker` by one who
    /// asks for a living, `t:opening` by who spoke first.
    pub(super) flags: Vec<&'static str>,
}

/// Labels of those who have no name.
const CROWD: &str = include_str!("crowd.txt");
/// Last names of those who ask for a living in American broadcasts and at debates.
const ASKERS: &str = include_str!("askers.txt");

/// Whether a label stands before what nobody says.
pub(super) fn is_nobody(label: &str) -> bool {
    matches!(label.trim(), "" | "SYSTEM" | "NOTE")
}

impl Context {
    /// Goes on to the next sentence.
    pub(super) fn next(&mut self, sentence: &Sentence<'_>, reading: &Reading) -> Turn {
        let speaker = sentence.speaker.unwrap_or_default();
        if reading.is_note() || (is_nobody(speaker) && sentence.speaker.is_some()) {
            return Turn { sentence: self.sentence, flags: vec!["t:note"], ..Turn::default() };
        }
        let changed = self.speaker.as_deref() != Some(speaker);
        let after_question = changed && self.asked;
        if changed {
            self.speaker = Some(speaker.to_owned());
        }
        self.sentence = if changed { 0 } else { self.sentence + 1 };
        self.number += 1;
        self.asked = reading.asks();
        let said_before = reading.words() > 3 && !self.said.insert(fingerprint(reading));
        let opening = self.first_speaker.get_or_insert_with(|| speaker.to_owned()) == speaker;
        let age = (self.number as f32).ln();
        let asked = self.asked;
        let habits = self.habits.entry(speaker.to_owned()).or_insert_with(|| Habits::of(speaker));
        let (asks, long) = habits.go_on(changed, asked);
        let flags = [
            ("t:first of turn", self.sentence == 0),
            ("t:second of turn", self.sentence == 1),
            ("t:crowd", habits.crowd),
            ("t:asker", habits.asker),
            ("t:opening", opening),
            ("t:after question", after_question),
            ("t:said before", said_before),
        ];
        let flags = flags.into_iter().filter_map(|(name, there)| there.then_some(name)).collect();
        Turn { sentence: self.sentence, asks, long, age, flags }
    }
}

impl Habits {
    /// Nothing is known of a speaker but the label.
    fn of(label: &str) -> Self {
        let (crowd, asker) = named(label);
        Self { crowd, asker, ..Self::default() }
    }

    /// How somebody has spoken before this sentence, which is then added.
    fn go_on(&mut self, new_turn: bool, asks: bool) -> (f32, f32) {
        let before = (self.questions + 0.5) / (self.sentences + 5.0);
        let long = ((self.sentences + 3.0) / (self.turns + 1.0)).ln();
        self.sentences += 1.0;
        self.turns += f32::from(u8::from(new_turn));
        self.questions += f32::from(u8::from(asks));
        (before, long)
    }
}

/// Whether a label is of somebody without a name, or of one who asks for a living.
fn named(label: &str) -> (bool, bool) {
    let upper = label.to_uppercase();
    let words: Vec<&str> =
        upper.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let crowd = words.iter().any(|word| CROWD.lines().any(|label| label == *word));
    let asker = words.last().is_some_and(|word| word.len() > 2 && ASKERS.lines().any(|name| name == *word));
    (crowd, asker)
}

fn fingerprint(reading: &Reading) -> u64 {
    let mut hasher = DefaultHasher::new();
    reading.tokens.iter().filter(|token| token.is_word()).for_each(|token| token.text.hash(&mut hasher));
    hasher.finish()
}
