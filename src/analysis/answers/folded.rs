//! A text as it is compared: lower case, plain signs, and every byte the character at the same place of the original.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::char::decompose_canonical;

/// Lower-case ASCII, one byte for each Unicode scalar value of the original, so that byte offsets are offsets of the text.
#[derive(Debug)]
pub(super) struct Folded(String);

impl Folded {
    pub(super) fn of(chars: &[char]) -> Self {
        Self(chars.iter().map(|&c| folded(c)).collect())
    }

    /// The words between two places; nothing outside the text.
    pub(super) fn slice(&self, range: Range<usize>) -> &str {
        self.0.get(range).unwrap_or_default()
    }

    #[cfg(test)]
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

fn folded(c: char) -> char {
    match c {
        '\'' | '’' | '‘' | '`' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '–' | '—' | '―' | '‒' | '−' => '-',
        '…' => '.',
        _ if c.is_ascii() => c.to_ascii_lowercase(),
        _ if c.is_alphanumeric() => plain(c),
        _ => ' ',
    }
}

/// The letter under its accents, or any letter.
fn plain(c: char) -> char {
    let mut base = None;
    decompose_canonical(c, |part| base = base.or(Some(part)));
    match base {
        Some(base) if base.is_ascii_alphanumeric() => base.to_ascii_lowercase(),
        _ => 'x',
    }
}

/// The words of a folded text: runs of letters, digits and apostrophes.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '\'').filter(|word| !word.trim_matches('\'').is_empty())
}

/// Letters of a word that count: the rest is mostly its ending.
const ROOT: usize = 6;

/// What a word has in common with its inflections, roughly; nothing for words that every sentence has.
pub(super) fn root(word: &str) -> Option<&str> {
    let word = word.trim_matches('\'').trim_end_matches("'s");
    let long = word.len() > 3 && !word.ends_with("ss");
    let word = if long { word.trim_end_matches('s') } else { word };
    let content = word.len() > 2 && !EMPTY.contains(word);
    content.then(|| word.get(..ROOT).unwrap_or(word))
}

/// Words that say nothing about a subject, as they are without a plural.
static EMPTY: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "about actually after again all also and any anything are aren't ask asked asking because been before being \
    but can can't come could did didn't doe does doesn't doing don't done for from get give given going good got \
    had has have haven't her here him his how i'd i'll i'm i've isn't it' just know let like make many may maybe \
    mean might more most mr much need new not now one only other our out over people president put question \
    really right said say saying see she should sir some something still such take talk tell thank that that' \
    the their them then there these they thi thing think this those through today too two under very want wanted \
    was way we'll we're we've well went were what when where whether which while who why will with would year \
    yes you you'd you're you've your"
        .split_whitespace()
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_stays_where_it_is() {
        let text = "“Señora—Ó Briain’s…”\u{a0}ж9";
        let chars: Vec<char> = text.chars().collect();
        let folded = Folded::of(&chars);
        assert_eq!(folded.as_str().len(), chars.len());
        assert_eq!(folded.as_str(), "\"senora-o briain's.\" x9");
    }

    #[test]
    fn inflections_share_a_root_and_empty_words_have_none() {
        assert_eq!(root("sanctions"), root("sanction"));
        assert_eq!(root("governor's"), root("governors"));
        assert_eq!((root("the"), root("does"), root("us")), (None, None, None));
    }
}
