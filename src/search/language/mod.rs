//! The query language: what a reader types, read without ever failing.
//!
//! Words (all must match), `"exact phrase"`, `OR`, `-not`, `( )`, `pre*`, `"a b"~5`, `field:value`. What cannot be
//! meant is repaired, and every repair is a sentence for the reader.

mod expr;
mod filter;
mod lexer;
mod parser;

pub use expr::Expr;
pub use filter::{Field, Filter, days};

/// Longest query that is read, in characters.
pub const MAX_QUERY: usize = 1_000;
/// Most words, phrases and filters of a query.
pub const MAX_TERMS: usize = 64;
/// Deepest nesting of parentheses.
pub const MAX_DEPTH: usize = 12;
/// Most beginnings of words (`pre*`).
pub const MAX_PREFIXES: usize = 8;
/// Shortest beginning of a word, in characters.
pub const MIN_PREFIX: usize = 2;
/// Farthest that words may be apart and still be near.
pub const MAX_SLOP: u32 = 100;

/// How a query was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// What is looked for in the words; nothing when only filters were given.
    pub expr: Option<Expr>,
    /// Restrictions as written, in order.
    pub filters: Vec<Filter>,
    /// The query in its plainest form; reading it gives the same again.
    pub read_as: String,
    /// What was changed to make sense of it, as sentences for the reader.
    pub repairs: Vec<String>,
}

/// Reads a query; any text is one.
pub fn read(query: &str) -> Reading {
    let mut repairs = Vec::new();
    let query = match query.char_indices().nth(MAX_QUERY) {
        Some((cut, _)) => {
            repairs.push(format!("Only the first {MAX_QUERY} characters were read."));
            &query[..cut]
        }
        None => query,
    };
    let lexemes = lexer::lex(query, &mut repairs);
    let (expr, filters) = parser::parse(lexemes, &mut repairs);
    let parts = filters.iter().map(ToString::to_string).chain(expr.as_ref().map(ToString::to_string));
    let read_as = parts.collect::<Vec<_>>().join(" ");
    if read_as.is_empty() && query.chars().any(|c| !c.is_whitespace()) && repairs.is_empty() {
        repairs.push("There is no word or number in this query.".to_owned());
    }
    let mut told = Vec::new();
    repairs.retain(|sentence| {
        let new = !told.contains(sentence);
        told.push(sentence.clone());
        new
    });
    Reading { expr, filters, read_as, repairs }
}

#[cfg(test)]
mod tests;
