//! One value that knows everything about words on record, and the formats that cite them.
//!
//! Invariant: every format says who spoke as what, when and where, who issued the text, where it came from and when,
//! and which revision of it is cited, as far as the archive knows; that it does not know the date or the voice, it says.

mod bibtex;
mod csl;
mod dates;
mod highwire;
mod json_ld;
mod name;
mod ris;
mod style;
mod voice;
mod words;

#[cfg(test)]
pub mod samples;
#[cfg(test)]
mod tests;

use jiff::civil::Date;

pub use dates::long as long_date;
pub use name::Name;
pub use style::Style;
pub use voice::{Author, Voice};
pub use words::{fragment, in_quotes, spelt_out};

use crate::domain::{BriefingKind, UtteranceKind};

/// What this archive is called where it is cited.
pub const ARCHIVE: &str = "Onrecord";

/// Words on record, or a whole briefing, with everything that a citation says of them.
#[derive(Debug, Clone)]
pub struct Citation {
    /// A name for it in lists of references: the slug and the numbers.
    pub key: String,
    /// The title of the briefing.
    pub title: String,
    /// What it is.
    pub briefing_kind: BriefingKind,
    /// What it belongs to.
    pub series: Option<String>,
    /// The date of the event.
    pub date: Option<Date>,
    /// Where it was held.
    pub place: Option<String>,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
    /// Part of the sample archive: every word of it is invented.
    pub fiction: bool,
    /// Who issued the text.
    pub issuer: Option<String>,
    /// Where the issuer published it.
    pub official: Option<String>,
    /// The day on which the archive received it.
    pub retrieved: Date,
    /// The state of the text that is cited.
    pub revision: i32,
    /// The permanent address of the whole briefing.
    pub briefing_url: String,
    /// The permanent address of the cited words, with their revision.
    pub url: String,
    /// First and last number of the cited words; `None` for the whole briefing.
    pub numbers: Option<(i32, i32)>,
    /// The cited words; empty for the whole briefing.
    pub said: Vec<Spoken>,
    /// What they answer, when they are cited without it.
    pub question: Option<Spoken>,
}

/// One stretch of words by one voice.
#[derive(Debug, Clone)]
pub struct Spoken {
    /// What it is.
    pub kind: UtteranceKind,
    /// Its permanent number.
    pub number: Option<i32>,
    /// Its permanent address, with its revision.
    pub url: String,
    /// Who speaks; only turns have it.
    pub voice: Option<Voice>,
    /// The words, with what was struck out or put in spelt out.
    pub text: String,
}

impl Citation {
    /// Whom the words belong to, each once. Reporters who ask are among them only if nobody else speaks.
    pub fn voices(&self) -> Vec<&Voice> {
        let mut voices: Vec<&Voice> = Vec::new();
        let all = || self.said.iter().filter_map(|spoken| spoken.voice.as_ref());
        let answers = all().any(|voice| !voice.asks());
        for voice in all().filter(|voice| !(answers && voice.asks())) {
            if !voices.iter().any(|known| known.author() == voice.author()) {
                voices.push(voice);
            }
        }
        voices
    }

    /// Whom the words belong to; where nobody is said to speak, who issued the text.
    pub fn authors(&self) -> Vec<Author> {
        let voices: Vec<Author> = self.voices().into_iter().map(Voice::author).collect();
        if voices.is_empty() { self.issuer.iter().cloned().map(Author::Body).collect() } else { voices }
    }

    /// Whether words are cited as spoken of which the text does not say by whom.
    fn is_by_nobody(&self) -> bool {
        let spoken = |said: &Spoken| said.kind == UtteranceKind::Paragraph && said.voice.is_none();
        self.briefing_kind == BriefingKind::Transcript && !self.said.is_empty() && self.said.iter().all(spoken)
    }

    /// What the text is, in a few words.
    pub const fn genre(&self) -> &'static str {
        match self.briefing_kind {
            BriefingKind::Transcript => "Press briefing transcript",
            BriefingKind::Statement => "Press statement",
            BriefingKind::Report => "News report",
        }
    }

    /// The same in a line that says "press briefing" elsewhere.
    const fn short_genre(&self) -> &'static str {
        match self.briefing_kind {
            BriefingKind::Transcript => "transcript",
            BriefingKind::Statement => "press statement",
            BriefingKind::Report => "news report",
        }
    }

    /// "turn 4", "turns 4–6"; nothing for a whole briefing.
    pub fn locator(&self) -> Option<String> {
        self.numbers.map(
            |(first, last)| {
                if first == last { format!("turn {first}") } else { format!("turns {first}–{last}") }
            },
        )
    }

    /// "turn 4, revision 1".
    pub fn locator_and_revision(&self) -> String {
        let parts = [self.locator(), Some(format!("revision {}", self.revision))];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// All the words, voices named where there are several.
    pub fn text(&self) -> String {
        match self.said.as_slice() {
            [one] => one.text.clone(),
            many => many.iter().map(Spoken::with_voice).collect::<Vec<_>>().join("\n\n"),
        }
    }

    /// What formats without a field for it say in a note.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let offices: Vec<String> = self.voices().into_iter().filter_map(Voice::name_and_office).collect();
        if !offices.is_empty() {
            notes.push(format!("{}.", offices.join("; ")));
        }
        notes.extend(self.voices().into_iter().filter_map(Voice::link));
        if self.is_by_nobody() {
            notes.push("The text does not say who speaks.".to_owned());
        }
        if let Some(question) = &self.question {
            notes.push(question.as_question(None));
        }
        if self.date.is_none() {
            notes.push("Undated.".to_owned());
        }
        notes.push(format!("Cited from {}.", self.locator_and_revision()));
        notes.push(match (&self.issuer, &self.official) {
            (Some(issuer), Some(address)) => {
                format!("Text issued by {issuer}, {address}, retrieved {}.", dates::long(self.retrieved))
            }
            (None, Some(address)) => format!("Text from {address}, retrieved {}.", dates::long(self.retrieved)),
            (Some(issuer), None) => format!("Text issued by {issuer}, received {}.", dates::long(self.retrieved)),
            (None, None) => format!("Text received {}.", dates::long(self.retrieved)),
        });
        if self.fiction {
            notes.push("Fiction: part of a sample archive; every word is invented.".to_owned());
        }
        notes
    }
}

impl Spoken {
    /// "Ada Lind: words".
    pub fn with_voice(&self) -> String {
        self.voice.as_ref().map_or_else(|| self.text.clone(), |voice| format!("{}: {}", voice.author(), self.text))
    }

    /// "In answer to a reporter (turn 3): “Is it safe?”", the words cut if they are longer than allowed.
    fn as_question(&self, limit: Option<usize>) -> String {
        let words = limit.map_or_else(|| self.text.clone(), |limit| super::shorten(&self.text, limit));
        let who = self.voice.as_ref().map_or_else(|| "a question".to_owned(), Voice::in_a_sentence);
        let place = self.number.map(|number| format!(" (turn {number})")).unwrap_or_default();
        format!("In answer to {who}{place}: {}", words::in_quotes(&words))
    }
}
