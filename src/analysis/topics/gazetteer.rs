//! The topics and their terms, read once from the tables beside this file.

use std::collections::HashSet;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::domain::TopicKind;

/// A subject with a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Topic {
    /// Its address.
    pub slug: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its name in Spanish.
    pub name_es: Option<&'static str>,
    /// What it is.
    pub kind: TopicKind,
}

/// A term and what it points to; `None` for phrases that mean no topic.
pub(super) struct ListedTerm {
    pub text: String,
    pub topic: Option<usize>,
}

/// Everything to look for in one language.
pub(super) struct Vocabulary {
    pub automaton: AhoCorasick,
    pub terms: Vec<ListedTerm>,
}

/// A line of a table.
struct Row {
    topic: Topic,
    english: &'static str,
    spanish: &'static str,
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let tables = [
        (TopicKind::Country, include_str!("countries.tsv")),
        (TopicKind::Organisation, include_str!("organisations.tsv")),
        (TopicKind::Issue, include_str!("issues.tsv")),
    ];
    tables
        .into_iter()
        .flat_map(|(kind, table)| {
            table.lines().filter(|line| !line.starts_with('#')).filter_map(move |line| row(kind, line))
        })
        .collect()
});

fn row(kind: TopicKind, line: &'static str) -> Option<Row> {
    let mut cells = line.split('\t');
    let (slug, name, spanish_name) = (cells.next()?, cells.next()?, cells.next()?);
    let topic = Topic { slug, name, name_es: (!spanish_name.is_empty()).then_some(spanish_name), kind };
    Some(Row { topic, english: cells.next()?, spanish: cells.next()? })
}

static TOPICS: LazyLock<Vec<Topic>> = LazyLock::new(|| ROWS.iter().map(|row| row.topic).collect());

/// Every topic, in an order that stays as long as the gazetteer does.
pub fn all() -> &'static [Topic] {
    &TOPICS
}

pub(super) static ENGLISH: LazyLock<Vocabulary> = LazyLock::new(|| vocabulary(|row| row.english));
pub(super) static SPANISH: LazyLock<Vocabulary> = LazyLock::new(|| vocabulary(|row| row.spanish));

fn vocabulary(terms_of: fn(&Row) -> &'static str) -> Vocabulary {
    let mut terms = Vec::new();
    let mut seen = HashSet::new();
    let listed =
        ROWS.iter().enumerate().flat_map(|(topic, row)| terms_of(row).split(';').map(move |term| (term, Some(topic))));
    let nothing = include_str!("nothing.txt").lines().filter(|line| !line.starts_with('#')).map(|line| (line, None));
    for (term, topic) in nothing.chain(listed).filter(|(term, _)| !term.is_empty()) {
        for text in spellings(term) {
            if seen.insert((text.clone(), topic)) {
                terms.push(ListedTerm { text, topic });
            }
        }
    }
    let automaton = AhoCorasickBuilder::new()
        .match_kind(MatchKind::Standard)
        .ascii_case_insensitive(true)
        .kind(Some(AhoCorasickKind::DFA))
        .build(terms.iter().map(|term| term.text.as_str()));
    let automaton = automaton.unwrap_or_else(|_| unreachable!("a few thousand terms fit an automaton"));
    Vocabulary { automaton, terms }
}

/// The terms of a topic in English and in Spanish, as the tables have them.
pub(super) fn terms_of(slug: &str) -> Option<(&'static str, &'static str)> {
    ROWS.iter().find(|row| row.topic.slug == slug).map(|row| (row.english, row.spanish))
}

/// With and without accents, with either apostrophe.
pub(super) fn spellings(term: &str) -> Vec<String> {
    let plain: String = term.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    let mut spellings = vec![term.to_owned(), plain];
    for at in 0..spellings.len() {
        if let Some(text) = spellings.get(at).filter(|text| text.contains('\'')) {
            let curly = text.replace('\'', "’");
            spellings.push(curly);
        }
    }
    // A word that starts with an accented capital has none in the automaton's eyes, which folds ASCII only.
    spellings.sort();
    spellings.dedup();
    spellings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Slug;

    #[test]
    fn every_topic_has_an_address_of_its_own() {
        let slugs: HashSet<&str> = all().iter().map(|topic| topic.slug).collect();
        assert_eq!(slugs.len(), all().len());
        assert!(all().iter().all(|topic| Slug::parse(topic.slug).is_some() && !topic.name.is_empty()));
        let count = |kind| all().iter().filter(|topic| topic.kind == kind).count();
        assert!(
            count(TopicKind::Country) >= 200 && count(TopicKind::Organisation) >= 120 && count(TopicKind::Issue) >= 150
        );
    }

    #[test]
    fn every_line_of_the_tables_is_read() {
        let lines = [include_str!("countries.tsv"), include_str!("organisations.tsv"), include_str!("issues.tsv")]
            .iter()
            .map(|table| table.lines().filter(|line| !line.starts_with('#')).count())
            .sum::<usize>();
        assert_eq!(lines, all().len());
    }

    #[test]
    fn a_term_points_to_one_topic() {
        for vocabulary in [&*ENGLISH, &*SPANISH] {
            let mut seen: HashSet<&str> = HashSet::new();
            let twice: Vec<&str> = vocabulary
                .terms
                .iter()
                .filter(|term| term.topic.is_some())
                .map(|term| term.text.as_str())
                .filter(|text| !seen.insert(text))
                .collect();
            assert!(twice.is_empty(), "{twice:?}");
        }
    }
}
