//! A source whose words were destroyed: its bytes do not come back.

use std::fmt;

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// When and why a source was redacted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedactedSource {
    /// When.
    pub at: Timestamp,
    /// Why, in the words that readers see; empty where those were redacted in turn.
    pub reason: String,
}

impl fmt::Display for RedactedSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = self.at.to_zoned(TimeZone::UTC).strftime("%-d %B %Y");
        write!(f, "This source was redacted on {day}")?;
        if !self.reason.is_empty() {
            write!(f, " because: {}", self.reason.trim_end_matches('.'))?;
        }
        f.write_str(". It is not taken in again.")
    }
}
