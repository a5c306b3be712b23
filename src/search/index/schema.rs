//! The fields of the index, and how texts become terms in them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::search::stem::Language;
use crate::search::tokens::{Cutter, Joined, Joiner};

/// Raised whenever schema or tokenizer change: an index of another version is rebuilt.
pub const VERSION: u32 = 1;

/// Handles of the fields.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// Folded words with their positions.
    pub exact: Field,
    /// Two folded words that follow one another; makes phrases of common words as fast as words.
    pub pairs: Field,
    /// Stems, each behind the code of its language.
    pub stem: Field,
    /// The label, normalised.
    pub label: Field,
    /// Who speaks.
    pub speaker: Field,
    /// Topics tagged.
    pub topic: Field,
    /// Kind of utterance, by its place in `UtteranceKind::ALL`.
    pub kind: Field,
    /// Role, by its place in `Role::ALL`.
    pub role: Field,
    /// The briefing.
    pub briefing: Field,
    /// The row of the utterance.
    pub utterance: Field,
    /// Place in the briefing.
    pub position: Field,
    /// Days since 1970.
    pub day: Field,
    /// The series.
    pub series: Field,
    /// Kind of briefing, by its place in `BriefingKind::ALL`.
    pub briefing_kind: Field,
    /// The language, by its place in `Language::all`.
    pub language: Field,
}

/// Makes the schema.
pub fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let text = |tokenizer: &str, option: IndexRecordOption, norms: bool| {
        let indexing =
            TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option).set_fieldnorms(norms);
        TextOptions::default().set_indexing_options(indexing)
    };
    let searched = || NumericOptions::from(INDEXED | FAST);
    let fast = || NumericOptions::from(FAST);
    let fields = Fields {
        exact: builder.add_text_field("exact", text("exact", IndexRecordOption::WithFreqsAndPositions, true)),
        pairs: builder.add_text_field("pairs", text("pairs", IndexRecordOption::Basic, false)),
        stem: builder.add_text_field("stem", text("stem", IndexRecordOption::WithFreqs, true)),
        label: builder.add_text_field("label", text("raw", IndexRecordOption::Basic, false)),
        speaker: builder.add_i64_field("speaker", searched()),
        topic: builder.add_i64_field("topic", searched()),
        kind: builder.add_u64_field("kind", searched()),
        role: builder.add_u64_field("role", searched()),
        briefing: builder.add_i64_field("briefing", searched()),
        utterance: builder.add_i64_field("utterance", fast()),
        position: builder.add_u64_field("position", fast()),
        day: builder.add_i64_field("day", fast()),
        series: builder.add_i64_field("series", fast()),
        briefing_kind: builder.add_u64_field("briefing_kind", fast()),
        language: builder.add_u64_field("language", fast()),
    };
    (builder.build(), fields)
}

/// How many bytes of text were cut into words so far. The engine takes in far more texts than it has worked off, so
/// this is how a writer knows when to wait.
pub type WorkedOff = Arc<AtomicU64>;

/// Makes the tokenizers known to an index.
pub fn register(index: &tantivy::Index) -> WorkedOff {
    let worked_off = WorkedOff::default();
    for (name, terms) in [("exact", Terms::Exact), ("pairs", Terms::Pairs), ("stem", Terms::Stems)] {
        index.tokenizers().register(name, Words(terms, Arc::clone(&worked_off)));
    }
    worked_off
}

/// The text of a stem field: the language stands in front of the words.
pub fn with_language(language: Language, text: &str) -> String {
    format!("{}\u{1}{text}", language.code())
}

/// The term of a word in the stem field.
pub fn stem_term(language: Language, word: &str) -> String {
    let mut term = format!("{}:", language.code());
    language.stem_into(word, &mut term);
    term
}

/// The term of two words in the pairs field.
pub fn pair_term(first: &str, second: &str) -> String {
    format!("{first} {second}")
}

/// The form in which labels are compared: folded words only.
pub fn normalised_label(label: &str) -> String {
    let words: Vec<String> = crate::search::tokens::tokens(label).into_iter().map(|token| token.text).collect();
    words.join(" ")
}

#[derive(Clone, Copy, PartialEq)]
enum Terms {
    Exact,
    Pairs,
    Stems,
}

/// Our tokenizer in the shape that the index wants.
#[derive(Clone)]
struct Words(Terms, WorkedOff);

impl Tokenizer for Words {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        if self.0 == Terms::Exact {
            self.1.fetch_add(text.len() as u64, Ordering::Relaxed);
        }
        let (language, text) = match text.split_once('\u{1}') {
            Some((code, text)) if self.0 == Terms::Stems => (Language::of(Some(code)), text),
            _ => (Language::NONE, text),
        };
        Stream {
            terms: self.0,
            language,
            text,
            cutter: Cutter::new(text),
            joiner: Joiner::default(),
            word: String::new(),
            before: String::new(),
            joined: None,
            ended: false,
            token: Token::default(),
        }
    }
}

struct Stream<'a> {
    terms: Terms,
    language: Language,
    text: &'a str,
    cutter: Cutter<'a>,
    joiner: Joiner,
    word: String,
    before: String,
    joined: Option<Joined>,
    ended: bool,
    token: Token,
}

impl Stream<'_> {
    fn stem(&mut self, word: &str) {
        self.token.text.clear();
        self.token.text.push_str(self.language.code());
        self.token.text.push(':');
        self.language.stem_into(word, &mut self.token.text);
    }

    fn next_stem(&mut self) -> bool {
        if let Some(joined) = self.joined.take() {
            self.stem(&joined.text);
            return true;
        }
        if self.ended {
            return false;
        }
        let Some(span) = self.cutter.next_into(&mut self.word) else {
            self.ended = true;
            self.joined = self.joiner.finish();
            return self.next_stem();
        };
        self.joined = self.joiner.push(self.text, &self.word, span);
        let word = std::mem::take(&mut self.word);
        self.stem(&word);
        self.word = word;
        true
    }

    fn next_pair(&mut self) -> bool {
        std::mem::swap(&mut self.before, &mut self.word);
        if self.cutter.next_into(&mut self.word).is_none() {
            return false;
        }
        if self.before.is_empty() {
            return self.next_pair();
        }
        self.token.text.clear();
        self.token.text.push_str(&self.before);
        self.token.text.push(' ');
        self.token.text.push_str(&self.word);
        true
    }
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        self.token.position = self.token.position.wrapping_add(1);
        match self.terms {
            Terms::Exact => self.cutter.next_into(&mut self.token.text).is_some(),
            Terms::Pairs => self.next_pair(),
            Terms::Stems => self.next_stem(),
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
