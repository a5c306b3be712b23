//! What may have been meant by words that find nothing.
//!
//! A word is replaced by one that the archive holds: the more often it is used and the fewer and likelier the slips
//! that lie between, the better. Words are judged together: what follows another in the archive is likelier to have
//! been meant beside it. Nothing here changes what is searched; it only proposes.

mod cost;
mod names;
mod sequence;

pub use cost::cost;
pub use names::nearest_name;

use super::language::{self, Expr};
use super::tokens::tokens;
use sequence::{Piece, best};

/// The words that there are.
pub trait Lexicon {
    /// In how many utterances a folded word occurs.
    fn frequency(&self, word: &str) -> u64;

    /// In how many utterances these two follow one another.
    fn together(&self, first: &str, second: &str) -> u64;

    /// Words at most so many edits away, the word itself among them, with their frequencies.
    fn near(&self, word: &str, edits: usize) -> Vec<(String, u64)>;

    /// How a folded word is written, where that is known: with its accents.
    fn written(&self, _word: &str) -> Option<String> {
        None
    }
}

/// Something that may have been meant.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// The query over words.
    pub expr: Expr,
    /// How likely it is, compared with others of the same query.
    pub score: f32,
    /// Whether a word was replaced that is in use itself.
    pub bold: bool,
}

/// Proposals of one query.
const MOST: usize = 4;

/// What may have been meant by a query, the likeliest first; empty where nothing in it looks misspelt.
pub fn corrections(expr: &Expr, lexicon: &dyn Lexicon) -> Vec<Correction> {
    let mut proposed: Vec<Correction> = alternatives(expr, lexicon).into_iter().filter_map(Alternative::read).collect();
    proposed.retain(|correction| correction.expr.to_string() != expr.to_string());
    proposed.sort_by(|a, b| b.score.total_cmp(&a.score));
    proposed.truncate(MOST);
    proposed
}

/// The words of a query that hardly anybody used in this form, although their stem may be found.
pub fn unused<'a>(expr: &'a Expr, lexicon: &dyn Lexicon) -> Vec<&'a str> {
    match expr {
        Expr::Word { word, .. } if lexicon.frequency(word) <= sequence::RARE => vec![word],
        Expr::And(parts) => parts.iter().flat_map(|part| unused(part, lexicon)).collect(),
        _ => Vec::new(),
    }
}

/// Whether two words that have the same stem are two spellings rather than two forms of it.
pub fn another_spelling(one: &str, other: &str) -> bool {
    const ENDINGS: [&str; 18] =
        ["", "s", "es", "ed", "d", "ing", "er", "ers", "ly", "y", "ies", "e", "r", "a", "as", "o", "os", "al"];
    let same = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let rest = |word: &str| word.get(same..).is_some_and(|rest| ENDINGS.contains(&rest));
    !(rest(one) && rest(other))
}

/// A part of a query as it may have been meant.
#[derive(Debug, Clone)]
struct Alternative {
    text: String,
    score: f32,
    bold: bool,
}

impl Alternative {
    fn read(self) -> Option<Correction> {
        Some(Correction { expr: language::read(&self.text).expr?, score: self.score, bold: self.bold })
    }
}

fn alternatives(expr: &Expr, lexicon: &dyn Lexicon) -> Vec<Alternative> {
    match expr {
        Expr::Word { .. } | Expr::Compound { .. } => run(std::slice::from_ref(expr), lexicon),
        Expr::Phrase { words, written } => quoted(words, written, "\"", lexicon),
        Expr::Near { words, written, slop } => quoted(words, written, &format!("\"~{slop}"), lexicon),
        Expr::And(parts) => {
            let groups = parts.chunk_by(|a, b| is_word(a) && is_word(b)).map(|group| match group {
                [one] if !is_word(one) => nested(one, lexicon),
                words => or_unchanged(run(words, lexicon), || joined(words)),
            });
            together(&groups.collect::<Vec<_>>(), " ")
        }
        Expr::Or(parts) => together(&parts.iter().map(|part| nested(part, lexicon)).collect::<Vec<_>>(), " OR "),
        Expr::Prefix { .. } | Expr::Not(_) => Vec::new(),
    }
}

fn is_word(expr: &Expr) -> bool {
    matches!(expr, Expr::Word { .. } | Expr::Compound { .. })
}

fn or_unchanged(found: Vec<Alternative>, text: impl FnOnce() -> String) -> Vec<Alternative> {
    if found.is_empty() { vec![Alternative { text: text(), score: 0.0, bold: false }] } else { found }
}

fn joined(words: &[Expr]) -> String {
    words.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn nested(expr: &Expr, lexicon: &dyn Lexicon) -> Vec<Alternative> {
    let mut inner = or_unchanged(alternatives(expr, lexicon), || expr.to_string());
    if matches!(expr, Expr::And(_) | Expr::Or(_)) {
        for one in &mut inner {
            one.text = format!("({})", one.text);
        }
    }
    inner
}

/// The best of each group side by side, then the second best, and so on.
fn together(groups: &[Vec<Alternative>], by: &str) -> Vec<Alternative> {
    let most = groups.iter().map(Vec::len).max().unwrap_or(0);
    let nth = |n: usize| {
        let chosen: Vec<&Alternative> = groups.iter().filter_map(|group| group.get(n).or(group.first())).collect();
        Alternative {
            text: chosen.iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join(by),
            score: chosen.iter().map(|one| one.score).sum(),
            bold: chosen.iter().any(|one| one.bold),
        }
    };
    (0..most).map(nth).collect()
}

/// Words beside each other, not in quotation marks.
fn run(parts: &[Expr], lexicon: &dyn Lexicon) -> Vec<Alternative> {
    rewritten(&joined(parts), lexicon)
}

fn quoted(words: &[String], written: &str, end: &str, lexicon: &dyn Lexicon) -> Vec<Alternative> {
    if words.is_empty() {
        return Vec::new();
    }
    let mut found = rewritten(written, lexicon);
    for one in &mut found {
        one.text = format!("\"{}{end}", one.text);
    }
    found
}

/// A text with some of its words replaced and everything between them as it was.
fn rewritten(text: &str, lexicon: &dyn Lexicon) -> Vec<Alternative> {
    let found = tokens(text);
    let words: Vec<&str> = found.iter().map(|token| token.text.as_str()).collect();
    let chars: Vec<char> = text.chars().collect();
    let slice = |from: usize, to: usize| chars.get(from..to).unwrap_or_default().iter().collect::<String>();
    let rewrite = |pieces: &[Piece]| {
        let (mut line, mut at) = (String::new(), 0);
        for piece in pieces {
            let (Some(first), Some(last)) = (found.get(piece.from), found.get(piece.to - 1)) else { continue };
            line.push_str(&slice(at, first.start));
            let typed = slice(first.start, last.end);
            match &piece.meant {
                Some(meant) => line.push_str(&as_typed(&typed, meant, lexicon)),
                None => line.push_str(&typed),
            }
            at = last.end;
        }
        line.push_str(&slice(at, chars.len()));
        line
    };
    let read = |path: sequence::Path| Alternative {
        text: rewrite(&path.pieces),
        score: path.score,
        bold: path.pieces.iter().any(|piece| piece.bold),
    };
    best(&words, lexicon, MOST).into_iter().map(read).collect()
}

/// A replacement with its accents, in capitals where the typed word had them.
fn as_typed(typed: &str, meant: &str, lexicon: &dyn Lexicon) -> String {
    let accented = |word: &str| lexicon.written(word).map_or_else(|| word.to_owned(), |name| name.to_lowercase());
    let meant: Vec<String> = meant.split(' ').map(accented).collect();
    let meant = meant.join(" ");
    let letters = || typed.chars().filter(|c| c.is_alphabetic());
    if letters().count() > 1 && letters().all(char::is_uppercase) {
        return meant.to_uppercase();
    }
    if typed.starts_with(char::is_uppercase) {
        let mut chars = meant.chars();
        return chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect());
    }
    meant
}

#[cfg(test)]
mod tests;
