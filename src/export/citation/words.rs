//! The words themselves: with a voice under them, to paste; and as a fragment that a browser finds again.

use std::fmt::Write as _;

use super::{Citation, dates};
use crate::domain::{Mark, MarkKind};

/// Characters of a question that goes along with an answer.
const QUESTION: usize = 280;
/// Words at each end of a long quotation by which a browser finds it.
const END: usize = 6;

/// Words in quotation marks; those inside become single ones.
pub fn in_quotes(words: &str) -> String {
    format!("“{}”", single(words))
}

/// Double quotation marks as they stand inside others.
pub fn single(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        out.push(match c {
            '“' => '‘',
            '"' if out.chars().next_back().is_none_or(|before| before.is_whitespace() || before == '(') => '‘',
            '”' | '"' => '’',
            other => other,
        });
    }
    out
}

/// The text with what its issuer struck out or put in spelt out, as a page says it. Offsets in characters.
pub fn spelt_out(text: &str, marks: &[Mark]) -> String {
    let mut out = String::with_capacity(text.len());
    let chars: Vec<char> = text.chars().collect();
    let spoken = |mark: &&Mark| matches!(mark.kind, MarkKind::Strike | MarkKind::Insertion) && mark.start < mark.end;
    for at in 0..=chars.len() {
        for mark in marks.iter().filter(spoken).filter(|mark| mark.end == at) {
            out.push_str(if bracketed(&chars, mark) { "" } else { "]" });
        }
        for mark in marks.iter().filter(spoken).filter(|mark| mark.start == at && mark.end <= chars.len()) {
            out.push_str(match (mark.kind, bracketed(&chars, mark)) {
                (_, true) => "",
                (MarkKind::Strike, _) => "[struck out: ",
                _ => "[",
            });
        }
        out.extend(chars.get(at));
    }
    out
}

/// Whether what was put in already stands in brackets.
fn bracketed(chars: &[char], mark: &Mark) -> bool {
    mark.kind == MarkKind::Insertion && chars.get(mark.start) == Some(&'[')
}

/// `#:~:text=...` for words as they stand on the page; nothing where marks make the page say more than the text.
pub fn fragment(first: (&str, &[Mark]), last: (&str, &[Mark])) -> Option<String> {
    let plain = |(_, marks): &(&str, &[Mark])| {
        !marks.iter().any(|mark| matches!(mark.kind, MarkKind::Strike | MarkKind::Insertion))
    };
    if !plain(&first) || !plain(&last) {
        return None;
    }
    let beginning: Vec<&str> = first.0.split("\n\n").next()?.split_whitespace().collect();
    let end: Vec<&str> = last.0.split("\n\n").last()?.split_whitespace().collect();
    if beginning.is_empty() || end.is_empty() {
        return None;
    }
    let whole = std::ptr::eq(first.0, last.0) && !first.0.contains("\n\n") && beginning.len() <= 2 * END;
    if whole {
        return Some(format!("#:~:text={}", encoded(&beginning.join(" "))));
    }
    let from = beginning[..beginning.len().min(END)].join(" ");
    let to = end[end.len().saturating_sub(END)..].join(" ");
    Some(format!("#:~:text={},{}", encoded(&from), encoded(&to)))
}

/// Percent-encoded: everything but letters and digits of ASCII, so also the `-`, `,` and `&` that mean something there.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3 / 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

impl Citation {
    /// The words with who said them, when and where to read them: what a reporter pastes.
    pub fn words(&self) -> String {
        let mut out = String::new();
        if let Some(question) = &self.question {
            out.push_str(&question.as_question(Some(QUESTION)));
            out.push_str("\n\n");
        }
        match self.said.as_slice() {
            [] => {}
            [one] => out.extend(["“", &single(&one.text), "”\n"]),
            many => {
                for spoken in many {
                    let who = spoken.voice.as_ref().map(|voice| format!("{}: ", voice.author())).unwrap_or_default();
                    out.extend([&who, "“", &single(&spoken.text), "”\n"]);
                }
            }
        }
        out.push_str(&self.attribution());
        out
    }

    /// "— Ada Lind, Harbour Minister, 10 March 2026, Port Ellis. https://..."
    pub fn attribution(&self) -> String {
        let voices: Vec<String> =
            self.voices().iter().map(|voice| voice.name_and_office().unwrap_or(voice.author().to_string())).collect();
        let who = match (self.is_by_nobody(), voices.is_empty()) {
            (true, _) => Some("Speaker not named by the text".to_owned()),
            (false, true) => self.issuer.clone(),
            (false, false) => Some(voices.join("; ")),
        };
        let briefing = in_quotes(&self.title);
        let date = self.date.map_or_else(|| "undated".to_owned(), dates::long);
        let fiction = self.fiction.then(|| "fiction from a sample archive".to_owned());
        let parts = [who, Some(briefing), Some(date), self.place.clone(), fiction];
        format!("— {}. {}", parts.into_iter().flatten().collect::<Vec<_>>().join(", "), self.url)
    }
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn quotation_marks_inside_others_are_single() {
        assert_eq!(in_quotes("He said \"no\" and “never”."), "“He said ‘no’ and ‘never’.”");
    }

    #[test]
    fn struck_and_inserted_words_are_spelt_out() {
        let mark = |kind, start, end| Mark { kind, start, end };
        let marks =
            [mark(MarkKind::Strike, 4, 9), mark(MarkKind::Insertion, 10, 17), mark(MarkKind::Insertion, 18, 21)];
        assert_eq!(spelt_out("the wrong [right] wáy", &marks), "the [struck out: wrong] [right] [wáy]");
    }

    #[test]
    fn a_browser_finds_short_words_whole_and_long_ones_by_their_ends() {
        let short = "It’s safe, 100%.";
        assert_eq!(
            fragment((short, &[]), (short, &[])).as_deref(),
            Some("#:~:text=It%E2%80%99s%20safe%2C%20100%25%2E")
        );
        let long = "one two three four five six seven\n\neight nine ten";
        let found = fragment((long, &[]), (long, &[]));
        assert_eq!(found.as_deref(), Some("#:~:text=one%20two%20three%20four%20five%20six,eight%20nine%20ten"));
        let struck = [Mark { kind: MarkKind::Strike, start: 0, end: 3 }];
        assert_eq!(fragment((long, &struck), (long, &[])), None);
    }
}
