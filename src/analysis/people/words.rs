//! The words that names and offices are made of: given names, their short forms, the vocabulary of offices.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Which form of address goes with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Gender {
    /// `MR.`
    He,
    /// `MS.`, `MRS.`
    She,
}

/// What a word can be in an office or a form of address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct OfficeWord {
    /// It can name an office on its own.
    pub head: bool,
    /// It tells one office from another with the same head.
    pub rank: bool,
    /// It is a form of address.
    pub honour: bool,
}

/// Lower case, no accents, letters and digits only.
pub(super) fn fold(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        return Cow::Borrowed(word);
    }
    if word.is_ascii() {
        return Cow::Owned(
            word.bytes().filter(u8::is_ascii_alphanumeric).map(|b| char::from(b.to_ascii_lowercase())).collect(),
        );
    }
    Cow::Owned(
        word.nfkd()
            .filter(|c| c.is_alphanumeric() && !is_combining_mark(*c))
            .flat_map(char::to_lowercase)
            .map(|c| match c {
                'ø' => 'o',
                'ł' => 'l',
                'đ' => 'd',
                'ı' => 'i',
                other => other,
            })
            .collect(),
    )
}

/// The words of a text, folded; hyphens separate words.
pub(super) fn folded_words(text: &str) -> Vec<String> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '‑' | '/' | ',' | '\u{200b}'))
        .map(|word| fold(word).into_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

static GIVEN: LazyLock<HashMap<&'static str, Option<Gender>>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for line in include_str!("given.txt").lines().filter(|line| !line.starts_with('#')) {
        let Some((gender, list)) = line.split_once(": ") else { continue };
        let gender = match gender {
            "m" => Some(Gender::He),
            "f" => Some(Gender::She),
            _ => None,
        };
        for name in list.split_whitespace() {
            // A name on two lists goes with both forms of address.
            names
                .entry(name)
                .and_modify(|known| {
                    if *known != gender {
                        *known = None;
                    }
                })
                .or_insert(gender);
        }
    }
    names
});

/// Given names that are ordinary words or places as well: alone they prove nothing.
static ORDINARY: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "will mark may april june august grant chase drew rich hope faith grace joy christian jordan georgia kenya india \
     paris sydney austin dallas virginia carolina dakota charlotte madison jackson london phoenix israel chad \
     ban price lance art rob reed bo ward dean major summer misty crystal storm rain river page justice max val \
     wang kay rose dawn violet iris daisy autumn gene guy miles wade frank bill pat sue skip chip \
     don jack angel guadalupe mercedes santiago salvador san"
        .split_whitespace()
        .collect()
});

static NICKNAMES: LazyLock<HashMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
    let mut classes: HashMap<&'static str, Vec<usize>> = HashMap::new();
    for (number, line) in include_str!("nicknames.txt").lines().filter(|line| !line.starts_with('#')).enumerate() {
        for name in line.split_whitespace() {
            classes.entry(name).or_default().push(number);
        }
    }
    classes
});

static OFFICES: LazyLock<HashMap<String, OfficeWord>> = LazyLock::new(|| {
    let mut words: HashMap<String, OfficeWord> = HashMap::new();
    for line in include_str!("offices.txt").lines().filter(|line| !line.starts_with('#')) {
        let Some((kind, list)) = line.split_once(": ") else { continue };
        for word in list.split_whitespace().flat_map(|word| word.split('-')) {
            let entry = words.entry(fold(word).into_owned()).or_default();
            entry.head |= kind == "head";
            entry.rank |= kind == "rank";
            entry.honour |= kind == "honour";
        }
    }
    words
});

/// Whether a folded word is a known given name.
pub(super) fn is_given(word: &str) -> bool {
    GIVEN.contains_key(word)
}

/// Whether a folded given name is an ordinary word or a place as well.
pub(super) fn is_ordinary(word: &str) -> bool {
    ORDINARY.contains(word)
}

/// The form of address that goes with a folded given name, where it tells.
pub(super) fn gender_of(word: &str) -> Option<Gender> {
    GIVEN.get(word).copied().flatten()
}

/// Whether two folded given names can be the same person's.
pub(super) fn same_given(a: &str, b: &str) -> bool {
    a == b
        || match (NICKNAMES.get(a), NICKNAMES.get(b)) {
            (Some(a), Some(b)) => a.iter().any(|class| b.contains(class)),
            _ => false,
        }
}

/// What a folded word can be in an office, if anything.
pub(super) fn office_word(word: &str) -> Option<OfficeWord> {
    OFFICES.get(word).copied()
}

/// A word of an office although it is misspelt: long enough and one or two letters off a head or a form of address.
pub(super) fn nearly_office_word(word: &str) -> bool {
    word.chars().count() >= 7
        && OFFICES.iter().any(|(known, kind)| {
            (kind.head || kind.honour)
                && known.len() >= 7
                && known.len().abs_diff(word.len()) <= 1
                && distance(known, word) <= 2
        })
}

/// Words that join the parts of an office.
pub(super) fn joins_office(word: &str) -> bool {
    matches!(
        word,
        "of" | "the"
            | "for"
            | "and"
            | "to"
            | "on"
            | "in"
            | "at"
            | "de"
            | "del"
            | "la"
            | "las"
            | "los"
            | "el"
            | "y"
            | "para"
            | "en"
    )
}

/// Words between the parts of a name.
pub(super) fn joins_name(word: &str) -> bool {
    matches!(
        word,
        "de" | "del"
            | "la"
            | "las"
            | "los"
            | "da"
            | "dos"
            | "di"
            | "van"
            | "von"
            | "der"
            | "den"
            | "bin"
            | "ibn"
            | "al"
            | "el"
            | "y"
            | "le"
            | "du"
            | "ten"
            | "ter"
    )
}

/// Words of offices that are surnames too.
pub(super) fn may_be_surname(word: &str) -> bool {
    matches!(
        word,
        "white"
            | "west"
            | "north"
            | "small"
            | "judge"
            | "bishop"
            | "king"
            | "prince"
            | "law"
            | "fish"
            | "house"
            | "land"
            | "sleep"
            | "major"
            | "gun"
            | "guard"
            | "marshal"
            | "lord"
            | "sheriff"
            | "base"
            | "coach"
            | "chief"
            | "america"
            | "bell"
            | "labor"
            | "justice"
            | "pope"
            | "day"
    )
}

/// Letters to insert, leave out, change or swap with their neighbour to get from one word to the other.
pub(super) fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &y) in b.iter().enumerate() {
            let cell = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
            let mut best = (cell(&above, j) + usize::from(x != y)).min(cell(&above, j + 1) + 1).min(cell(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(&y) && b.get(j - 1) == Some(&x);
            if swapped {
                best = best.min(cell(&before, j - 1) + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fold_to_what_a_careless_typist_would_write() {
        assert_eq!(fold("O’Brien"), "obrien");
        assert_eq!(fold("MUÑOZ"), "munoz");
        assert_eq!(folded_words("JEAN-PIERRE, Łukasz"), ["jean", "pierre", "lukasz"]);
    }

    #[test]
    fn short_forms_are_the_same_name() {
        assert!(same_given("joe", "joseph") && same_given("tony", "anthony") && same_given("mike", "michael"));
        assert!(!same_given("john", "james"));
    }

    #[test]
    fn swapped_letters_are_one_mistake() {
        assert_eq!(distance("arrowood", "arrwoood"), 1);
        assert_eq!(distance("vale", "vael"), 1);
        assert_eq!(distance("vale", "stone"), 4);
    }

    #[test]
    fn offices_are_known_though_misspelt() {
        assert!(nearly_office_word("adminsitrator") && nearly_office_word("admirar"));
        assert!(!nearly_office_word("pettigrew"));
    }
}
