//! The readable part of an address.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Lower-case ASCII letters, digits and single hyphens between them; 1 to 120 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// Longest slug, in characters.
pub const MAX_SLUG: usize = 120;

impl Slug {
    /// Accepts a text that already is a slug.
    pub fn parse(text: &str) -> Option<Self> {
        let well_formed = !text.is_empty()
            && text.len() <= MAX_SLUG
            && text
                .split('-')
                .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
        well_formed.then(|| Self(text.to_owned()))
    }

    /// Makes a slug of any text: accents folded, everything else a hyphen, cut at a word. `None` if nothing is left.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut slug = String::new();
        for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
            match c {
                'a'..='z' | '0'..='9' => slug.push(c),
                'A'..='Z' => slug.push(c.to_ascii_lowercase()),
                'ß' => slug.push_str("ss"),
                'æ' | 'Æ' => slug.push_str("ae"),
                'ø' | 'Ø' => slug.push('o'),
                'ł' | 'Ł' => slug.push('l'),
                '\'' | '’' | '‘' => {}
                _ if slug.ends_with('-') || slug.is_empty() => {}
                _ => slug.push('-'),
            }
        }
        if slug.len() > MAX_SLUG {
            let cut = slug[..MAX_SLUG].rfind('-').unwrap_or(MAX_SLUG);
            slug.truncate(cut);
        }
        Self::parse(slug.trim_end_matches('-'))
    }

    /// The address of a briefing: its date and title.
    pub fn of_briefing(date: Option<Date>, title: &str) -> Self {
        let dated = date.and_then(|date| Self::from_text(&format!("{date} {title}")));
        dated.or_else(|| Self::from_text(title)).unwrap_or_else(|| Self("briefing".to_owned()))
    }

    /// The text of the slug.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Slug {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or_else(|| format!("“{text}” is not a slug: small letters, digits and hyphens"))
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_readable_addresses() {
        let slug = |text| Slug::from_text(text).map(String::from);
        assert_eq!(
            slug("Press Briefing, 3/10/09 — O’Brien & Muñoz").as_deref(),
            Some("press-briefing-3-10-09-obrien-munoz")
        );
        assert_eq!(slug("…"), None);
        assert!(slug(&"word ".repeat(60)).is_some_and(|s| s.len() <= MAX_SLUG && s.ends_with("word")));
    }

    #[test]
    fn only_slugs_are_slugs() {
        assert!(Slug::parse("2023-01-03-press-briefing").is_some());
        for bad in ["", "-a", "a--b", "A", "a b", "a/b", "é"] {
            assert!(Slug::parse(bad).is_none(), "{bad:?}");
        }
    }
}
