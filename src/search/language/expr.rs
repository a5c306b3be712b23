//! What is looked for in the words of an utterance.

use std::fmt;

/// A query over words, without filters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Expr {
    /// A word, found by its stem.
    Word {
        /// The folded word.
        word: String,
        /// As typed.
        written: String,
    },
    /// Something written in one piece ("COVID-19"): found in its parts, one after the other, or as one word.
    Compound {
        /// Its folded parts.
        parts: Vec<String>,
        /// The parts as one word.
        joined: String,
        /// As typed.
        written: String,
    },
    /// Words one after the other, exactly.
    Phrase {
        /// The folded words.
        words: Vec<String>,
        /// As typed, without quotation marks.
        written: String,
    },
    /// Exact words in any order with at most `slop` others between them.
    Near {
        /// The folded words.
        words: Vec<String>,
        /// How many other words may stand between them.
        slop: u32,
        /// As typed, without quotation marks.
        written: String,
    },
    /// Exact words that begin so.
    Prefix {
        /// The folded beginning.
        start: String,
        /// As typed, without the star.
        written: String,
    },
    /// All of these.
    And(Vec<Expr>),
    /// At least one of these.
    Or(Vec<Expr>),
    /// Everything but this.
    Not(Box<Expr>),
}

impl Expr {
    /// All of these, without needless nesting; `None` if there are none.
    pub fn all_of(parts: Vec<Self>) -> Option<Self> {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::And(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        if flat.len() > 1 { Some(Self::And(flat)) } else { flat.pop() }
    }

    /// At least one of these, without needless nesting; `None` if there are none.
    pub fn any_of(parts: Vec<Self>) -> Option<Self> {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::Or(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        if flat.len() > 1 { Some(Self::Or(flat)) } else { flat.pop() }
    }

    /// Everything but this.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// Whether it only says what is not wanted.
    pub fn only_excludes(&self) -> bool {
        match self {
            Self::Not(_) => true,
            Self::And(parts) => parts.iter().all(Self::only_excludes),
            Self::Or(parts) => parts.iter().any(Self::only_excludes),
            _ => false,
        }
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word { written, .. } | Self::Compound { written, .. } => f.write_str(written),
            Self::Phrase { written, .. } => write!(f, "\"{written}\""),
            Self::Near { written, slop, .. } => write!(f, "\"{written}\"~{slop}"),
            Self::Prefix { written, .. } => write!(f, "{written}*"),
            Self::And(parts) => joined(f, parts, " "),
            Self::Or(parts) => joined(f, parts, " OR "),
            Self::Not(inner) => {
                f.write_str("-")?;
                nested(f, inner)
            }
        }
    }
}

fn joined(f: &mut fmt::Formatter<'_>, parts: &[Expr], by: &str) -> fmt::Result {
    for (n, part) in parts.iter().enumerate() {
        if n > 0 {
            f.write_str(by)?;
        }
        nested(f, part)?;
    }
    Ok(())
}

fn nested(f: &mut fmt::Formatter<'_>, part: &Expr) -> fmt::Result {
    if matches!(part, Expr::And(_) | Expr::Or(_)) { write!(f, "({part})") } else { write!(f, "{part}") }
}
