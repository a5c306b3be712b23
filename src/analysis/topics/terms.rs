//! Terms of editors beside those of the gazetteer, and which of the gazetteer's are switched off.

use std::collections::{BTreeMap, HashMap, HashSet};

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

use crate::domain::TopicId;

use super::gazetteer::{self, all};
use super::matching::{self, Context, Subject};

/// A language that terms are kept for; other texts are read with the English ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TermLanguage {
    /// English, and everything but Spanish.
    English,
    /// Spanish.
    Spanish,
}

impl TermLanguage {
    /// Both.
    pub const ALL: [Self; 2] = [Self::English, Self::Spanish];

    /// ISO 639-1.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
        }
    }

    /// Reads what [`Self::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.as_str() == text)
    }

    /// The one that a text is read with.
    pub fn of(language: Option<&str>) -> Self {
        if language == Some("es") { Self::Spanish } else { Self::English }
    }
}

/// A word or phrase that points to a topic.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term {
    /// For texts of this language.
    pub language: TermLanguage,
    /// The words. A capital must be a capital in the text; small letters match both.
    pub text: String,
    /// Words none of which may stand in the same passage.
    pub unless: Vec<String>,
}

/// A term in a text and the topic it means, `[start, end)` in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tagged {
    /// The topic.
    pub topic: TopicId,
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

/// What all texts are tagged with: the gazetteer as editors have changed it.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// How often editors had changed terms when these were read.
    pub version: i64,
    /// The row of each topic of the gazetteer, in its order.
    rows: Vec<Option<TopicId>>,
    english: Added,
    spanish: Added,
}

/// What editors added and took away in one language.
#[derive(Debug, Clone, Default)]
pub(super) struct Added {
    pub automaton: Option<AhoCorasick>,
    pub terms: Vec<AddedTerm>,
    off: HashSet<(usize, String)>,
}

/// A spelling of a term of an editor.
#[derive(Debug, Clone)]
pub(super) struct AddedTerm {
    pub text: String,
    pub topic: TopicId,
    pub listed: Option<usize>,
    pub unless: Vec<String>,
}

impl Terms {
    /// The gazetteer whose topics have these rows, by slug, with what editors added to topics and switched off.
    pub fn new(
        version: i64,
        rows: &HashMap<String, TopicId>,
        added: &[(TopicId, Term)],
        off: &[(TopicId, TermLanguage, String)],
    ) -> Self {
        let rows: Vec<Option<TopicId>> = all().iter().map(|topic| rows.get(topic.slug).copied()).collect();
        let of = |language| Added::new(language, &rows, added, off);
        Self { version, english: of(TermLanguage::English), spanish: of(TermLanguage::Spanish), rows }
    }

    /// Every topic in a text, in order.
    pub fn tag(&self, text: &str, language: Option<&str>, context: &Context<'_>) -> Vec<Tagged> {
        let found = matching::find(text, language, context, self.added(language));
        let tagged = found.into_iter().filter_map(|(subject, start, end)| {
            let topic = match subject {
                Subject::Listed(topic) => self.rows.get(topic).copied().flatten()?,
                Subject::Added(topic) => topic,
            };
            Some(Tagged { topic, start, end })
        });
        tagged.collect()
    }

    /// The topics of a text, each once, by row.
    pub fn topics(&self, text: &str, language: Option<&str>, context: &Context<'_>) -> Vec<TopicId> {
        let mut topics: Vec<TopicId> = self.tag(text, language, context).into_iter().map(|one| one.topic).collect();
        topics.sort_unstable();
        topics.dedup();
        topics
    }

    fn added(&self, language: Option<&str>) -> &Added {
        match TermLanguage::of(language) {
            TermLanguage::English => &self.english,
            TermLanguage::Spanish => &self.spanish,
        }
    }
}

impl Added {
    fn new(
        language: TermLanguage,
        rows: &[Option<TopicId>],
        added: &[(TopicId, Term)],
        off: &[(TopicId, TermLanguage, String)],
    ) -> Self {
        let listed = |topic: TopicId| rows.iter().position(|row| *row == Some(topic));
        let mut terms: BTreeMap<(String, TopicId), AddedTerm> = BTreeMap::new();
        for (topic, term) in added.iter().filter(|(_, term)| term.language == language) {
            for text in gazetteer::spellings(&term.text) {
                let term = AddedTerm {
                    text: text.clone(),
                    topic: *topic,
                    listed: listed(*topic),
                    unless: term.unless.clone(),
                };
                terms.insert((text, *topic), term);
            }
        }
        let terms: Vec<AddedTerm> = terms.into_values().collect();
        let automaton = AhoCorasickBuilder::new()
            .match_kind(MatchKind::Standard)
            .ascii_case_insensitive(true)
            .build(terms.iter().map(|term| term.text.as_str()));
        let off = off.iter().filter(|(_, of, _)| *of == language).filter_map(|(topic, _, text)| {
            let topic = listed(*topic)?;
            Some(gazetteer::spellings(text).into_iter().map(move |text| (topic, text)))
        });
        let off = off.flatten().collect();
        Self { automaton: automaton.ok().filter(|_| !terms.is_empty()), terms, off }
    }

    /// Whether a term of the gazetteer is switched off.
    pub fn is_off(&self, topic: usize, text: &str) -> bool {
        !self.off.is_empty() && self.off.contains(&(topic, text.to_owned()))
    }
}

/// The terms that the gazetteer has for a topic.
pub fn listed(gazetteer_slug: &str) -> Vec<(TermLanguage, &'static str)> {
    let of = |language, terms: &'static str| {
        terms.split(';').filter(|term| !term.is_empty()).map(move |term| (language, term))
    };
    gazetteer::terms_of(gazetteer_slug).map_or_else(Vec::new, |(english, spanish)| {
        of(TermLanguage::English, english).chain(of(TermLanguage::Spanish, spanish)).collect()
    })
}

/// Longest term, in characters.
const LONGEST: usize = 100;
/// Most words that a term may be excluded by.
const MOST_EXCLUSIONS: usize = 20;
/// Most terms of a topic in a language.
const MOST_TERMS: usize = 5_000;

/// Words that stand in every text.
const EVERYWHERE: &str = "a an and any are as at be been but by can could did do does for from had has have he her him his \
    how i if in into is it its just like may me more my new no not now of on one or our out over people president said say \
    she so some than that the their them then there these they think this those time to today up us was we well were what \
    when where which who will with would yes you your \
    al aquí bien como con cómo de del desde dos el él ella en entonces era es esa ese eso esta este esto están está fue \
    gracias ha hay hoy la las le les lo los más me mi muy ni no nos o para pero por porque que qué se ser si sí sin sobre \
    son su sus también tenemos tiene todo todos un una uno va ver vez y ya yo";

/// Why a line is no term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoTerm {
    /// One letter, or none at all.
    Short(String),
    /// Too long, or too many exclusions.
    Long(String),
    /// A word that stands in every text.
    Everywhere(String),
    /// More lines than a topic may have.
    TooMany,
}

/// Reads terms as they are typed: one on a line; behind a `!` words none of which may stand beside it, parted by `;`.
pub fn read(lines: &str, language: TermLanguage) -> Result<Vec<Term>, NoTerm> {
    let mut terms: BTreeMap<String, Term> = BTreeMap::new();
    for line in lines.lines() {
        let (text, unless) = line.split_once('!').unwrap_or((line, ""));
        let text = tidy(text);
        if text.is_empty() && unless.trim().is_empty() {
            continue;
        }
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        if letters < 2 {
            return Err(NoTerm::Short(text));
        }
        let unless: Vec<String> = unless.split(';').map(tidy).filter(|word| !word.is_empty()).collect();
        let long = |text: &str| text.chars().count() > LONGEST;
        if long(&text) || unless.len() > MOST_EXCLUSIONS || unless.iter().any(|word| long(word)) {
            return Err(NoTerm::Long(text.chars().take(LONGEST).collect()));
        }
        if EVERYWHERE.split_whitespace().any(|word| word == text) {
            return Err(NoTerm::Everywhere(text));
        }
        terms.insert(text.clone(), Term { language, text, unless });
        if terms.len() > MOST_TERMS {
            return Err(NoTerm::TooMany);
        }
    }
    Ok(terms.into_values().collect())
}

/// Writes terms as they are typed.
pub fn write(terms: &[Term], language: TermLanguage) -> String {
    let lines = terms.iter().filter(|term| term.language == language).map(|term| match term.unless.as_slice() {
        [] => term.text.clone(),
        unless => format!("{} ! {}", term.text, unless.join("; ")),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether something that stands in so many of all utterances tells no subject from others.
pub fn is_too_common(count: u64, total: u64) -> bool {
    total >= 100 && count * 4 > total
}

fn tidy(text: &str) -> String {
    let blank = |c: char| c.is_whitespace() || c.is_control();
    text.split(blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").replace('’', "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    const IRAN: TopicId = TopicId(1);
    const HARBOURS: TopicId = TopicId(900);

    fn terms(added: &str, off: &[&str]) -> Terms {
        let rows = HashMap::from([("iran".to_owned(), IRAN)]);
        let read = read(added, TermLanguage::English).expect("terms");
        let added: Vec<_> = read.into_iter().map(|term| (HARBOURS, term)).collect();
        let off: Vec<_> = off.iter().map(|text| (IRAN, TermLanguage::English, (*text).to_owned())).collect();
        Terms::new(1, &rows, &added, &off)
    }

    fn topics(terms: &Terms, text: &str) -> Vec<i32> {
        terms.topics(text, Some("en"), &Context::default()).into_iter().map(|topic| topic.0).collect()
    }

    #[test]
    fn terms_of_editors_stand_beside_the_gazetteer() {
        let terms = terms("harbour\nPort of Norlund ! football; stadium\nIranian harbour", &[]);
        assert_eq!(topics(&terms, "The harbours of Iran"), [1, 900]);
        assert_eq!(topics(&terms, "the port of Norlund"), [] as [i32; 0], "a capital is a capital");
        assert_eq!(topics(&terms, "the Port of Norlund"), [900]);
        assert_eq!(topics(&terms, "the Port of Norlund stadium"), [] as [i32; 0]);
        assert_eq!(topics(&terms, "an Iranian harbour"), [900], "the longest counts");
        assert_eq!(topics(&terms, "HARBOUR"), [900]);
        assert_eq!(topics(&terms, "harbouring"), [] as [i32; 0]);
    }

    #[test]
    fn a_term_of_the_gazetteer_can_be_switched_off() {
        let terms = terms("", &["Tehran"]);
        assert_eq!(topics(&terms, "Tehran"), [] as [i32; 0]);
        assert_eq!(topics(&terms, "Iran"), [1]);
        assert!(listed("iran").contains(&(TermLanguage::English, "Tehran")));
    }

    #[test]
    fn what_would_tag_everything_is_no_term() {
        let read = |line: &str| super::read(line, TermLanguage::English);
        assert_eq!(read("the"), Err(NoTerm::Everywhere("the".to_owned())));
        assert_eq!(read("dam\n x "), Err(NoTerm::Short("x".to_owned())));
        assert_eq!(read("! x"), Err(NoTerm::Short(String::new())));
        assert!(matches!(read(&"long ".repeat(30)), Err(NoTerm::Long(_))));
        assert_eq!(read(&(0..=5_000).map(|n| format!("dam {n}")).collect::<Vec<_>>().join("\n")), Err(NoTerm::TooMany));
        assert_eq!(read("\n\n").map(|terms| terms.len()), Ok(0));
        assert_eq!(
            write(&read(" dam \u{a0}gate! toy ;x\n").expect("a term"), TermLanguage::English),
            "dam gate ! toy; x"
        );
    }
}
