//! Restrictions inside a query: `speaker:"john kirby"`, `from:2023-05`.

use std::fmt;

use jiff::civil::{Date, date};

/// What a restriction is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Who speaks.
    Speaker,
    /// A subject.
    Topic,
    /// What the briefing belongs to.
    Series,
    /// The label as printed.
    Label,
    /// The kind of briefing: transcript, statement, report.
    Kind,
    /// The first day.
    From,
    /// The last day.
    To,
    /// One day, month or year.
    On,
}

impl Field {
    /// Every field, in the order of the help page.
    pub const ALL: [Self; 8] =
        [Self::Speaker, Self::Topic, Self::Series, Self::Label, Self::Kind, Self::From, Self::To, Self::On];

    /// The word before the colon.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Topic => "topic",
            Self::Series => "series",
            Self::Label => "label",
            Self::Kind => "kind",
            Self::From => "from",
            Self::To => "to",
            Self::On => "on",
        }
    }

    /// Reads the word before the colon.
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let name = match name.as_str() {
            "briefing_kind" => "kind",
            "date" | "year" => "on",
            name => name,
        };
        Self::ALL.into_iter().find(|field| field.as_str() == name)
    }

    /// Whether its value is a date.
    pub const fn is_date(self) -> bool {
        matches!(self, Self::From | Self::To | Self::On)
    }
}

/// A restriction as written; whom or what the value names is for the caller to find.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Filter {
    /// What it is about.
    pub field: Field,
    /// What is asked for.
    pub value: String,
}

impl Filter {
    /// First and last day meant, for fields that are dates.
    pub fn days(&self) -> Option<(Date, Date)> {
        if self.field.is_date() { days(&self.value) } else { None }
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bare = self.value.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
        if bare && !self.value.is_empty() {
            write!(f, "{}:{}", self.field.as_str(), self.value)
        } else {
            write!(f, "{}:\"{}\"", self.field.as_str(), self.value)
        }
    }
}

/// First and last day of "2023", "2023-05" or "2023-05-17" (also with slashes or points).
pub fn days(value: &str) -> Option<(Date, Date)> {
    let parts: Vec<&str> = value.trim().split(['-', '/', '.', '‐', '‑', '–']).collect();
    let number = |at: usize| -> Option<i16> {
        let part = parts.get(at)?;
        let length = if at == 0 { 4..=4 } else { 1..=2 };
        let digits = part.bytes().all(|b| b.is_ascii_digit());
        (digits && length.contains(&part.len())).then(|| part.parse().ok()).flatten()
    };
    let year = number(0).filter(|year| *year > 0)?;
    match parts.len() {
        1 => Some((date(year, 1, 1), date(year, 12, 31))),
        2 => {
            let first = Date::new(year, number(1)? as i8, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        3 => {
            let day = Date::new(year, number(1)? as i8, number(2)? as i8).ok()?;
            Some((day, day))
        }
        _ => None,
    }
}
