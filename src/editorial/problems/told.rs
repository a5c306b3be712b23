//! What a reader tells of a problem: read whole, or every mistake in it at once.

use crate::domain::{Email, ProblemKind};

/// Characters that a reader, and an editor in answer, can write.
pub const LONGEST: usize = 4_000;

/// What a reader told, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What is wrong.
    pub kind: ProblemKind,
    /// The same in their words.
    pub text: String,
    /// Where a reply goes.
    pub email: Option<Email>,
}

/// Something that the reader must look at again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mistake {
    /// Nothing was chosen.
    NoKind,
    /// Nothing was written.
    NoWords,
    /// So many characters too many were written.
    TooLong(usize),
    /// Nobody can be written to there.
    NoEmail,
}

impl Told {
    /// Reads what was chosen and typed; an empty mail address is none.
    pub fn read(kind: &str, text: &str, email: &str) -> Result<Self, Vec<Mistake>> {
        let kind = ProblemKind::parse(kind);
        let text = tidy(text);
        let email = Some(email.trim()).filter(|email| !email.is_empty());
        let read = email.map(|email| Email::parse(email).filter(Email::takes_mail));
        let mut mistakes = Vec::new();
        if kind.is_none() {
            mistakes.push(Mistake::NoKind);
        }
        match text.chars().count() {
            0 => mistakes.push(Mistake::NoWords),
            count if count > LONGEST => mistakes.push(Mistake::TooLong(count - LONGEST)),
            _ => {}
        }
        if read == Some(None) {
            mistakes.push(Mistake::NoEmail);
        }
        match kind {
            Some(kind) if mistakes.is_empty() => Ok(Self { kind, text, email: read.flatten() }),
            _ => Err(mistakes),
        }
    }
}

/// Text as it is kept: lines end in one way, and nothing is in it that no keyboard writes.
pub(super) fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let written: String = text.chars().filter(|one| matches!(one, '\n' | '\t') || !one.is_control()).collect();
    written.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let long = "é".repeat(LONGEST + 3);
        assert_eq!(Told::read("", " \r\n", "nobody"), Err(vec![Mistake::NoKind, Mistake::NoWords, Mistake::NoEmail]));
        assert_eq!(Told::read("words", &long, ""), Err(vec![Mistake::TooLong(3)]));
        assert_eq!(Told::read("words", "x", "<ada>@harbour.example"), Err(vec![Mistake::NoEmail]));
        assert!(Told::read("words", &long[..2 * LONGEST], " ").is_ok_and(|told| told.email.is_none()));
    }

    #[test]
    fn what_no_keyboard_writes_is_left_out() {
        let told = Told::read("other", "  one\r\ntwo\0\u{1b}[31m\rthree ", "Ada@Harbour.example").unwrap();
        assert_eq!(told.text, "one\ntwo[31m\nthree");
        assert_eq!(told.email.unwrap().as_str(), "ada@harbour.example");
    }
}
