//! Checks the invariant that no word is lost.

use super::model::Parsed;

/// The first place where the tokens of the source text and those of labels and texts differ, or `None` if they agree.
pub fn coverage(parsed: &Parsed) -> Option<Lost> {
    let source = tokens(&parsed.source_text);
    let kept = parsed
        .transcript
        .segments
        .iter()
        .flat_map(|segment| tokens(segment.label.as_deref().unwrap_or_default()).chain(tokens(&segment.text)));
    let mut kept = kept;
    for (at, token) in source.enumerate() {
        match kept.next() {
            Some(other) if other == token => {}
            other => return Some(Lost { at, source: Some(token.to_owned()), kept: other.map(str::to_owned) }),
        }
    }
    kept.next().map(|extra| Lost {
        at: tokens(&parsed.source_text).count(),
        source: None,
        kept: Some(extra.to_owned()),
    })
}

/// A token that is missing, or one that came from nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// The number of the token in the source text, from 0.
    pub at: usize,
    /// What the source text says there.
    pub source: Option<String>,
    /// What the segments say there.
    pub kept: Option<String>,
}

/// Runs of letters and digits.
pub fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty())
}
