//! RIS, as `EndNote`, Mendeley and Zotero read it.

use std::fmt::Write as _;

use super::{ARCHIVE, Author, Citation, csl};
use crate::domain::BriefingKind;

impl Citation {
    /// One record: every field on one line, closed by `ER`.
    pub fn ris(&self) -> String {
        let kind = match self.briefing_kind {
            BriefingKind::Transcript | BriefingKind::Statement => "ELEC",
            BriefingKind::Report => "NEWS",
        };
        let mut out = String::new();
        let mut line = |tag: &str, value: &str| {
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            if !value.is_empty() {
                let _ = write!(out, "{tag}  - {value}\r\n");
            }
        };
        line("TY", kind);
        line("ID", &self.key);
        line("TI", &self.title);
        self.authors().iter().for_each(|author| line("AU", &name(author)));
        line("T2", self.series.as_deref().unwrap_or_default());
        if let Some(date) = self.date {
            line("PY", &format!("{:04}", date.year()));
            line("DA", &format!("{:04}/{:02}/{:02}", date.year(), date.month(), date.day()));
        }
        line("CY", self.place.as_deref().unwrap_or_default());
        line("PB", self.issuer.as_deref().unwrap_or_default());
        line("M3", self.genre());
        line("ET", &format!("revision {}", self.revision));
        if let Some((first, last)) = self.numbers {
            line("SE", &csl::numbers(first, last));
        }
        line("DB", ARCHIVE);
        line("LA", self.language.as_deref().unwrap_or_default());
        line("UR", &self.url);
        let day = self.retrieved;
        line("Y2", &format!("{:04}/{:02}/{:02}", day.year(), day.month(), day.day()));
        line("AB", &self.text());
        self.notes().iter().for_each(|note| line("N1", note));
        out.push_str("ER  - \r\n");
        out
    }
}

/// A comma is what parts family and given name: only names that are known to have both hold one.
fn name(author: &Author) -> String {
    match author {
        Author::Person(name) => name.family_first(),
        Author::Called(name) | Author::Body(name) => name.replace(", ", " – ").replace(',', " "),
    }
}
