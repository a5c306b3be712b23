//! What readers may see of words and names that the archive holds.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::utterance::Mark;

/// Which words of a briefing readers may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum Rights {
    /// Every word.
    #[default]
    Full,
    /// Only what stands in quotation marks, in the sentence that has it, and the way to the publisher.
    Quotations,
}

impl Rights {
    /// The word used in addresses, JSON and SQL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Quotations => "quotations",
        }
    }

    /// Every value, in order.
    pub const ALL: [Self; 2] = [Self::Full, Self::Quotations];

    /// Reads the word used in addresses, JSON and SQL.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == text)
    }
}

/// Whether readers are told who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum Attribution {
    /// By name.
    #[default]
    Named,
    /// On background: as an official of some kind, not by name.
    Background,
    /// Not for attribution: not by name either.
    NotForAttribution,
}

impl Attribution {
    /// The word used in addresses, JSON and SQL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Background => "background",
            Self::NotForAttribution => "not-for-attribution",
        }
    }

    /// Every value, in order.
    pub const ALL: [Self; 3] = [Self::Named, Self::Background, Self::NotForAttribution];

    /// Reads the word used in addresses, JSON and SQL.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == text)
    }
}

/// For whom words are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Anybody: rights and attribution hold.
    Readers,
    /// Editors: they see everything that is there.
    Editors,
}

/// Why words are not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Withheld {
    /// They were destroyed.
    Redacted {
        /// When.
        at: Timestamp,
        /// Why, with the order that it followed.
        reason: String,
    },
    /// Only quotations of the text may be shown, and there is none in these.
    Rights,
}

/// What is shown of a text of which only quotations may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// The sentences with quotations; `[...]` stands for what is left out between them.
    pub text: String,
    /// The marks on these.
    pub marks: Vec<Mark>,
    /// Nothing is left out.
    pub whole: bool,
}

/// What stands for words that are left out.
const LEFT_OUT: &str = " [...] ";

/// Keeps of a text the sentences that have words in quotation marks.
pub fn quotations(text: &str, marks: &[Mark]) -> Quoted {
    let letters: Vec<char> = text.chars().collect();
    let kept = kept(&letters);
    let mut shown = Quoted { text: String::new(), marks: Vec::new(), whole: false };
    let mut length = 0;
    let mut last: Option<usize> = None;
    for &(start, end) in &kept {
        if let Some(last) = last {
            let between = letters.get(last..start).unwrap_or_default();
            let blank = between.iter().all(|letter| letter.is_whitespace());
            let paragraph = between.windows(2).any(|pair| pair == ['\n', '\n']);
            let joint = match (blank, paragraph) {
                (true, false) => " ",
                (true, true) => "\n\n",
                (false, false) => LEFT_OUT,
                (false, true) => " [...]\n\n",
            };
            shown.text.push_str(joint);
            length += joint.chars().count();
        }
        for mark in marks.iter().filter(|mark| mark.start < end && mark.end > start) {
            let place = |at: usize| at.clamp(start, end) - start + length;
            shown.marks.push(Mark { kind: mark.kind, start: place(mark.start), end: place(mark.end) });
        }
        shown.text.extend(letters.get(start..end).unwrap_or_default());
        length += end - start;
        last = Some(end);
    }
    let letters_of = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).count();
    shown.whole = letters_of(&shown.text) == letters_of(text);
    shown
}

/// The sentences that are kept, as offsets, in order.
fn kept(letters: &[char]) -> Vec<(usize, usize)> {
    let mut kept = Vec::new();
    let mut start = 0;
    while start < letters.len() {
        let rest = letters.get(start..).unwrap_or_default();
        let length = rest.windows(2).position(|pair| pair == ['\n', '\n']).unwrap_or(rest.len());
        let paragraph = rest.get(..length).unwrap_or_default();
        let quotes = quotes(paragraph);
        let with_quote = |(from, to): &(usize, usize)| quotes.iter().any(|quote| quote.0 < *to && quote.1 > *from);
        let some = sentences(paragraph).into_iter().filter(with_quote);
        kept.extend(some.map(|(from, to)| (start + from, start + to)));
        start += length + 2;
    }
    kept
}

/// Where quotation marks open and close in a paragraph. One that never closes counts where the paragraph begins with it:
/// then the quotation goes on in the next.
fn quotes(paragraph: &[char]) -> Vec<(usize, usize)> {
    let mut quotes = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, &letter) in paragraph.iter().enumerate() {
        match (open, letter) {
            (Some((from, close)), _) if letter == close || (close == '\u{201d}' && letter == '"') => {
                quotes.push((from, at + 1));
                open = None;
            }
            (None, '\u{201c}') => open = Some((at, '\u{201d}')),
            (None, '\u{201e}') => open = Some((at, '\u{201c}')),
            (None, '\u{ab}') => open = Some((at, '\u{bb}')),
            (None, '"') => open = Some((at, '"')),
            _ => {}
        }
    }
    let begins = |at: usize| paragraph.iter().take(at).all(|letter| letter.is_whitespace());
    quotes.extend(open.filter(|(from, _)| begins(*from)).map(|(from, _)| (from, paragraph.len())));
    quotes
}

/// Words after which a full stop ends no sentence.
const SHORT: [&str; 16] =
    ["mr", "mrs", "ms", "dr", "gen", "sen", "rep", "gov", "lt", "col", "capt", "sgt", "st", "prof", "hon", "adm"];

/// The sentences of a paragraph, without the blanks between them.
fn sentences(paragraph: &[char]) -> Vec<(usize, usize)> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for at in 0..paragraph.len() {
        if let Some(end) = ends_at(paragraph, at) {
            sentences.push((start, end));
            start = end;
        }
    }
    sentences.push((start, paragraph.len()));
    let blank = |at: usize| paragraph.get(at).is_some_and(|letter| letter.is_whitespace());
    for (start, end) in &mut sentences {
        while *start < *end && blank(*start) {
            *start += 1;
        }
        while *end > *start && blank(*end - 1) {
            *end -= 1;
        }
    }
    sentences.retain(|(start, end)| start < end);
    sentences
}

/// The end of a sentence whose last stop stands at this place, if there is one.
fn ends_at(paragraph: &[char], at: usize) -> Option<usize> {
    const CLOSERS: [char; 7] = ['"', '\'', '\u{201c}', '\u{201d}', '\u{2019}', '\u{bb}', ')'];
    let stop = *paragraph.get(at)?;
    if !matches!(stop, '.' | '!' | '?' | '\u{2026}') {
        return None;
    }
    let behind = paragraph.get(at + 1..)?;
    let closers = behind.iter().take_while(|letter| CLOSERS.contains(letter)).count();
    let end = at + 1 + closers;
    let mut next = behind.get(closers..)?.iter().skip_while(|letter| letter.is_whitespace());
    if !paragraph.get(end)?.is_whitespace() {
        return None;
    }
    let begins = next.next().is_some_and(|letter| !letter.is_lowercase());
    let word: String = paragraph.get(..at)?.iter().rev().take_while(|letter| letter.is_alphabetic()).collect();
    let word: String = word.chars().rev().collect::<String>().to_lowercase();
    let short = stop == '.' && closers == 0 && (SHORT.contains(&word.as_str()) || word.chars().count() == 1);
    (begins && !short).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::MarkKind;

    fn shown(text: &str) -> String {
        quotations(text, &[]).text
    }

    #[test]
    fn a_quotation_is_kept_with_the_sentence_that_has_it() {
        let text = "The wall held. Mr. Vesk said it was \u{201c}sound. Entirely sound.\u{201d} Engineers were not asked. \
                    \"We looked twice,\" he added.\n\nNobody spoke to the town.";
        assert_eq!(
            shown(text),
            "Mr. Vesk said it was \u{201c}sound. Entirely sound.\u{201d} [...] \"We looked twice,\" he added."
        );
        assert_eq!(shown("Nothing is quoted here. It is 5\" wide, they say. So be it."), "");
        assert_eq!(shown("\u{201c}It went on for days.\n\nThen it ended.\u{201d}"), "\u{201c}It went on for days.");
        assert_eq!(
            shown("He asked \u{ab}o\u{f9}?\u{bb} and left. She stayed."),
            "He asked \u{ab}o\u{f9}?\u{bb} and left."
        );
    }

    #[test]
    fn what_is_nothing_but_quotations_is_whole() {
        assert!(quotations("\"Yes,\" she said. \"No,\" he said.", &[]).whole);
        assert!(!quotations("\"Yes,\" she said. He left.", &[]).whole);
        assert!(!quotations("He left.", &[]).whole);
    }

    #[test]
    fn marks_stay_on_their_words() {
        let text = "It fell. He said \"forty no fifty\".";
        let strike = Mark { kind: MarkKind::Strike, start: 18, end: 23 };
        let gone = Mark { kind: MarkKind::Strike, start: 0, end: 2 };
        let quoted = quotations(text, &[gone, strike]);
        assert_eq!(quoted.text, "He said \"forty no fifty\".");
        assert_eq!(quoted.marks, [Mark { kind: MarkKind::Strike, start: 9, end: 14 }]);
    }
}
