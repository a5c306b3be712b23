//! What was said before in the same document.

use std::collections::{HashMap, HashSet};

use super::Sentence;
use super::reading::Reading;

#[derive(Debug, Clone, Default)]
struct Habits {
    sentences: f32,
    questions: f32,
    turns: f32,
}

/// What was said before in the same document.
#[derive(Debug, Clone, Default)]
pub struct Context {
    speaker: Option<String>,
    sentence: usize,
    number: usize,
    habits: HashMap<String, Habits>,
    asked: bool,
    pub(super) before: Vec<&'static str>,
    said: HashSet<String>,
    first: Option<String>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Turn {
    pub(super) sentence: usize,
    pub(super) asks: f32,
    pub(super) long: f32,
    pub(super) crowd: bool,
    pub(super) asker: bool,
    pub(super) note: bool,
    pub(super) opening: bool,
    pub(super) after_question: bool,
    pub(super) said_before: bool,
    pub(super) age: f32,
    pub(super) name: Option<String>,
}

const CROWD: [&str; 13] = [
    "QUESTION",
    "AUDIENCE",
    "UNIDENTIFIED",
    "ANNOUNCER",
    "MODERATOR",
    "UNKNOWN",
    "REPORTER",
    "MALE",
    "FEMALE",
    "SPEAKER",
    "Q",
    "NARRATOR",
    "SYSTEM",
];

/// Those who ask for a living in American broadcasts and at debates.
const ASKERS: [&str; 84] = [
    "MUIR",
    "RADDATZ",
    "STEPHANOPOULOS",
    "BLITZER",
    "COOPER",
    "TAPPER",
    "BASH",
    "LEMON",
    "HOLT",
    "TODD",
    "MADDOW",
    "MITCHELL",
    "KELLY",
    "BAIER",
    "WALLACE",
    "BARTIROMO",
    "CAVUTO",
    "BAKER",
    "SEIB",
    "QUICK",
    "HARWOOD",
    "QUINTANILLA",
    "DICKERSON",
    "STRASSEL",
    "GARRETT",
    "HEWITT",
    "DINAN",
    "IFILL",
    "WOODRUFF",
    "SCHIEFFER",
    "LEHRER",
    "CROWLEY",
    "WELKER",
    "QUIJANO",
    "STAHL",
    "PELLEY",
    "BRENNAN",
    "OREILLY",
    "REILLY",
    "HANNITY",
    "INGRAHAM",
    "CARLSON",
    "MATTHEWS",
    "HAYES",
    "ACOSTA",
    "KARL",
    "PACE",
    "SCHERER",
    "HABERMAN",
    "RAMOS",
    "SALINAS",
    "TUMULTY",
    "ARRARAS",
    "ARRARÁS",
    "LOUIS",
    "LOPEZ",
    "CORDES",
    "COONEY",
    "OBRADOVICH",
    "BROWN",
    "SAWYER",
    "COURIC",
    "GIBSON",
    "WILLIAMS",
    "ROSE",
    "LAUER",
    "GUTHRIE",
    "HAYES",
    "BURNETT",
    "KING",
    "MORGAN",
    "AMANPOUR",
    "KARL",
    "VEGA",
    "RUHLE",
    "TELEMUNDO",
    "DIAZ",
    "HUNTER",
    "LACEY",
    "DAVIS",
    "LINSEY",
    "HAKE",
    "CUOMO",
    "CAMEROTA",
];

impl Context {
    pub(super) fn next(&mut self, sentence: &Sentence<'_>, reading: &Reading) -> Turn {
        let speaker = sentence.speaker.unwrap_or_default();
        let note = reading.is_note() || speaker.is_empty() || speaker == "SYSTEM";
        if note {
            return Turn { note, sentence: self.sentence, ..Turn::default() };
        }
        let upper = speaker.to_uppercase();
        let crowd = upper.split(|c: char| !c.is_alphanumeric()).any(|word| CROWD.contains(&word));
        let asker = upper
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.len() > 2)
            .last()
            .is_some_and(|word| ASKERS.contains(&word));
        if self.first.is_none() {
            self.first = Some(speaker.to_owned());
        }
        let changed = self.speaker.as_deref() != Some(speaker);
        let after_question = changed && self.asked;
        self.sentence = if changed { 0 } else { self.sentence + 1 };
        if changed {
            self.speaker = Some(speaker.to_owned());
        }
        let key: String = reading.tokens.iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ");
        let said_before = reading.words() > 3 && !self.said.insert(key);
        let habits = self.habits.entry(speaker.to_owned()).or_default();
        let asks = (habits.questions + 0.5) / (habits.sentences + 5.0);
        let long = (habits.sentences + 3.0) / (habits.turns + 1.0);
        habits.sentences += 1.0;
        if changed {
            habits.turns += 1.0;
        }
        if reading.asks() {
            habits.questions += 1.0;
        }
        self.number += 1;
        self.asked = reading.asks();
        Turn {
            asker,
            sentence: self.sentence,
            asks,
            long: long.ln(),
            crowd,
            note,
            opening: self.first.as_deref() == Some(speaker),
            after_question,
            said_before,
            age: (self.number as f32).ln(),
            name: upper.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 2).last().map(str::to_owned),
        }
    }

    pub(super) fn remember(&mut self, reading: &Reading) {
        if !reading.is_note() {
            self.before = reading.classes();
        }
    }
}
