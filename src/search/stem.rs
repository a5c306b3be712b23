//! Words reduced to their stem, in the language of each briefing.
//!
//! Stems are taken of *folded* words, so that a word typed without its accents has the stem of the one with them.

use std::cell::RefCell;
use std::collections::HashMap;

use frostem::{Algorithm, Stemmer};

/// A language for which there is a stemmer, or the absence of one: then words stay as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language(u8);

/// Every language with a stemmer: its code, its algorithm, and whether stems keep the first letter of the word.
const STEMMED: [(&str, Algorithm, bool); 18] = [
    ("ar", Algorithm::Arabic, false),
    ("da", Algorithm::Danish, true),
    ("de", Algorithm::German, true),
    ("el", Algorithm::Greek, false),
    ("en", Algorithm::English, true),
    ("es", Algorithm::Spanish, true),
    ("fi", Algorithm::Finnish, true),
    ("fr", Algorithm::French, true),
    ("hu", Algorithm::Hungarian, true),
    ("it", Algorithm::Italian, true),
    ("nl", Algorithm::Dutch, false),
    ("no", Algorithm::Norwegian, true),
    ("pt", Algorithm::Portuguese, true),
    ("ro", Algorithm::Romanian, true),
    ("ru", Algorithm::Russian, true),
    ("sv", Algorithm::Swedish, true),
    ("ta", Algorithm::Tamil, false),
    ("tr", Algorithm::Turkish, false),
];

/// Words with their stems.
type Stems = HashMap<Box<str>, Box<str>>;

/// Words remembered with their stems by each thread and language.
const REMEMBERED: usize = 20_000;

impl Language {
    /// No stemmer: only the same word matches.
    pub const NONE: Self = Self(u8::MAX);

    /// Reads an ISO 639-1 code, with or without a region ("en-US"); other languages have no stemmer.
    pub fn of(code: Option<&str>) -> Self {
        let code = code.unwrap_or_default().to_ascii_lowercase();
        let code = match code.split(['-', '_']).next().unwrap_or_default() {
            "nb" | "nn" => "no",
            code => code,
        };
        Self(STEMMED.iter().position(|(known, ..)| *known == code).map_or(u8::MAX, |at| at as u8))
    }

    /// What stands before a stem in the index, so that languages are kept apart.
    pub fn code(self) -> &'static str {
        STEMMED.get(usize::from(self.0)).map_or("-", |(code, ..)| code)
    }

    /// Every language that `of` can give.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..STEMMED.len() as u8).map(Self).chain([Self::NONE])
    }

    /// Whether these folded words may have the same stem; a quick look that spares most of the work.
    pub fn may_agree(self, one: &str, other: &str) -> bool {
        match STEMMED.get(usize::from(self.0)) {
            Some((.., true)) => one.chars().next() == other.chars().next(),
            Some(_) => true,
            None => one == other,
        }
    }

    /// The stem of a folded word.
    pub fn stem(self, word: &str) -> String {
        let Some((_, algorithm, _)) = STEMMED.get(usize::from(self.0)) else { return word.to_owned() };
        let restored = self.restored(word);
        let stemmer = Stemmer::new(*algorithm);
        let stem = stemmer.stem(restored.as_deref().unwrap_or(word));
        if stem.is_empty() { word.to_owned() } else { super::tokens::fold(&stem) }
    }

    /// Endings whose accent the stemmer needs and folding has taken.
    fn restored(self, word: &str) -> Option<String> {
        let endings: &[(&str, &str)] = match self.code() {
            "es" => &[("cion", "ción"), ("sion", "sión")],
            "pt" => &[("cao", "ção"), ("coes", "ções")],
            _ => return None,
        };
        let (plain, accented) = endings.iter().find(|(plain, _)| word.ends_with(plain))?;
        Some(format!("{}{accented}", &word[..word.len() - plain.len()]))
    }

    /// Appends the stem of a folded word, remembering those seen by this thread.
    pub fn stem_into(self, word: &str, into: &mut String) {
        thread_local! {
            static SEEN: RefCell<HashMap<Language, Stems>> = RefCell::default();
        }
        if self == Self::NONE {
            into.push_str(word);
            return;
        }
        SEEN.with_borrow_mut(|languages| {
            let seen = languages.entry(self).or_default();
            if let Some(stem) = seen.get(word) {
                into.push_str(stem);
                return;
            }
            let stem = self.stem(word);
            into.push_str(&stem);
            if seen.len() >= REMEMBERED {
                seen.clear();
            }
            seen.insert(word.into(), stem.into());
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::tokens::fold;

    #[test]
    fn words_meet_in_their_stem() {
        let stem = |code, word: &str| Language::of(Some(code)).stem(&fold(word));
        assert_eq!(stem("en", "negotiations"), stem("en", "negotiating"));
        assert_eq!(stem("es", "investigación"), stem("es", "investigaciones"));
        assert_eq!(stem("es", "investigacion"), stem("es", "investigaciones"));
        assert_eq!(stem("de", "Häuser"), stem("de", "hauser"));
        assert_ne!(stem("xx", "houses"), stem("xx", "house"));
        assert_eq!(Language::of(Some("en-GB")), Language::of(Some("EN")));
        assert_eq!(Language::of(Some("zz")), Language::NONE);
    }

    #[test]
    fn the_quick_look_never_parts_words_that_agree() {
        for language in Language::all() {
            for word in
                ["dying", "skies", "yes", "gegangen", "über", "été", "investigación", "говорил", "youth", "evler"]
            {
                let word = fold(word);
                assert!(language.may_agree(&word, &language.stem(&word)) || language.stem(&word) == word);
            }
        }
    }
}
