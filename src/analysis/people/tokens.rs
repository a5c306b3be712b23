//! Running text as words, with the marks around them that begin and end phrases.

use std::collections::HashSet;
use std::sync::LazyLock;

/// A word with what stands around it.
#[expect(clippy::struct_excessive_bools, reason = "five independent observations about one word, not a state")]
pub(super) struct Token<'a> {
    pub text: &'a str,
    pub capital: bool,
    /// A comma follows.
    pub comma: bool,
    /// Any other mark follows that ends a phrase, or the word is a possessive.
    pub stop: bool,
    /// A mark stands before it that begins a phrase.
    pub opens: bool,
    /// The word is a possessive.
    pub possessive: bool,
}

/// The words of a text, in order. The end of a line ends a phrase.
pub(super) fn tokens_of(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::with_capacity(text.len() / 6);
    for line in text.split('\n') {
        for raw in line.split_whitespace() {
            match token(raw) {
                Some(token) => tokens.push(token),
                // A dash between blanks separates; "&" joins.
                None => tokens.last_mut().into_iter().for_each(|last| last.stop |= raw != "&"),
            }
        }
        if let Some(last) = tokens.last_mut() {
            last.stop = true;
        }
    }
    tokens
}

/// Words before whose full stop no sentence ends.
const SHORT: &[&str] = &[
    "Jr", "Sr", "Dr", "Mr", "Ms", "Mrs", "Gen", "Adm", "Lt", "Sen", "Rep", "Gov", "Col", "Amb", "Capt", "Maj", "Brig",
    "Rear", "St",
];

fn token(raw: &str) -> Option<Token<'_>> {
    let body = raw.trim_start_matches(|c: char| !c.is_alphanumeric());
    let core = body.trim_end_matches(|c: char| !c.is_alphanumeric());
    if core.is_empty() {
        return None;
    }
    let one_letter = core.chars().nth(1).is_none();
    let mut after = body.get(core.len()..).unwrap_or_default();
    let mut core = core;
    // The stop of an initial belongs to it: "J.", "H.W.".
    if after.starts_with('.') && (one_letter || core.contains('.')) {
        core = body.get(..=core.len()).unwrap_or(core);
        after = after.get(1..).unwrap_or_default();
    }
    let plain = core.strip_suffix("’s").or_else(|| core.strip_suffix("'s"));
    let ends = after.chars().any(|c| !matches!(c, ',' | '.' | '\'' | '’'))
        || (after.contains('.') && !one_letter && !core.contains('.') && !SHORT.contains(&core));
    Some(Token {
        text: plain.unwrap_or(core),
        capital: core.starts_with(char::is_uppercase),
        comma: after.contains(','),
        stop: plain.is_some() || ends,
        opens: body.len() != raw.len(),
        possessive: plain.is_some(),
    })
}

/// Words as printed, a blank between them.
pub(super) fn joined(tokens: &[Token<'_>], from: usize, to: usize) -> String {
    tokens.get(from..to).unwrap_or_default().iter().map(|token| token.text).collect::<Vec<_>>().join(" ")
}

static ENDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "en route aboard on to by in from and at remarks briefing gaggle holds delivers via with monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december i is was has had who what the a of for or but if so when how why where did do does can could would should will street avenue county hospital center library act amendment award airport school foundation he she they we you it my his her our that this there thanks thank yes no go not mr ms mrs then also day college prize way boulevard building press q as an are after before se que con por lo"
        .split_whitespace()
        .collect()
});

/// Whether a folded word ends a name although it has a capital and nothing separates them.
pub(super) fn ends_name(word: &str) -> bool {
    ENDS.contains(word)
}
