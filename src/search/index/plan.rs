//! A question turned into sets of documents of one segment.

use tantivy::schema::Field;
use tantivy::{SegmentReader, Term};

use super::block::Block;
use super::columns::Columns;
use super::cursor::Cursor;
use super::phrase::Together;
use super::schema::{Fields, stem_term};
use crate::search::language::Expr;

/// A condition that documents fulfil or not.
pub enum Node {
    /// Those with at least one of these terms.
    Terms(Vec<Cursor>),
    /// Those where words stand together.
    Together(Box<Together>),
    /// Those that fulfil all.
    All(Vec<Node>),
    /// Those that fulfil at least one.
    Any(Vec<Node>),
    /// Those that do not fulfil it.
    Not(Box<Node>),
}

impl Node {
    /// The condition of a query over words.
    pub fn of(expr: &Expr, reader: &SegmentReader, columns: &Columns, fields: &Fields) -> tantivy::Result<Self> {
        let each = |parts: &[Expr]| -> tantivy::Result<Vec<Self>> {
            parts.iter().map(|part| Self::of(part, reader, columns, fields)).collect()
        };
        Ok(match expr {
            Expr::Word { word, .. } => Self::word(word, reader, columns, fields)?,
            Expr::Phrase { words, .. } => Self::phrase(words, reader, fields)?,
            Expr::Compound { parts, joined, .. } => {
                let phrase = Self::phrase(parts, reader, fields)?;
                if joined.is_empty() {
                    phrase
                } else {
                    Self::Any(vec![phrase, Self::word(joined, reader, columns, fields)?])
                }
            }
            Expr::Near { words, slop, .. } => Together::near(reader, fields, words, *slop)?
                .map_or(Self::nothing(), |near| Self::Together(Box::new(near))),
            Expr::Prefix { start, .. } => Self::Terms(Cursor::open_prefix(reader, fields.exact, start)?),
            Expr::And(parts) => {
                let mut nodes = each(parts)?;
                nodes.sort_by_key(Self::cost);
                Self::All(nodes)
            }
            Expr::Or(parts) => Self::Any(each(parts)?),
            Expr::Not(inner) => Self::Not(Box::new(Self::of(inner, reader, columns, fields)?)),
        })
    }

    /// Documents with one of these numbers in a field.
    pub fn any_number(
        field: Field,
        values: impl IntoIterator<Item = i64>,
        reader: &SegmentReader,
    ) -> tantivy::Result<Self> {
        let mut cursors = Vec::new();
        for value in values {
            cursors.extend(Cursor::open(reader, &Term::from_field_i64(field, value))?);
        }
        Ok(Self::Terms(cursors))
    }

    /// Documents with one of these small numbers in a field.
    pub fn any_place(
        field: Field,
        values: impl IntoIterator<Item = u64>,
        reader: &SegmentReader,
    ) -> tantivy::Result<Self> {
        let mut cursors = Vec::new();
        for value in values {
            cursors.extend(Cursor::open(reader, &Term::from_field_u64(field, value))?);
        }
        Ok(Self::Terms(cursors))
    }

    /// Documents with one of these texts in a field.
    pub fn any_text(
        field: Field,
        values: impl IntoIterator<Item = String>,
        reader: &SegmentReader,
    ) -> tantivy::Result<Self> {
        let mut cursors = Vec::new();
        for value in values {
            cursors.extend(Cursor::open(reader, &Term::from_field_text(field, &value))?);
        }
        Ok(Self::Terms(cursors))
    }

    fn nothing() -> Self {
        Self::Terms(Vec::new())
    }

    fn word(word: &str, reader: &SegmentReader, columns: &Columns, fields: &Fields) -> tantivy::Result<Self> {
        let terms = columns.languages.iter().map(|language| stem_term(*language, word));
        Self::any_text(fields.stem, terms, reader)
    }

    fn phrase(words: &[String], reader: &SegmentReader, fields: &Fields) -> tantivy::Result<Self> {
        if let [word] = words {
            return Self::any_text(fields.exact, [word.clone()], reader);
        }
        Ok(Together::phrase(reader, fields, words)?.map_or(Self::nothing(), |phrase| Self::Together(Box::new(phrase))))
    }

    /// The order in which conditions are looked at: those that leave little first, costly ones last.
    fn cost(&self) -> u64 {
        match self {
            Self::Terms(cursors) => cursors.iter().map(|cursor| u64::from(cursor.documents())).sum(),
            Self::Together(words) => u64::from(words.documents()),
            Self::All(parts) => parts.iter().map(Self::cost).min().unwrap_or(0),
            // Several exclusions must not overflow.
            Self::Any(parts) => parts.iter().map(Self::cost).fold(0, u64::saturating_add),
            Self::Not(_) => u64::MAX,
        }
    }

    /// Leaves only documents that fulfil the condition; `base` grows from call to call.
    pub fn keep(&mut self, base: u32, block: &mut Block) {
        match self {
            Self::Terms(cursors) => {
                let mut having = Block::empty();
                for cursor in cursors {
                    cursor.add_to(base, &mut having);
                }
                block.and(&having);
            }
            Self::Together(words) => words.keep(base, block),
            Self::All(parts) => {
                for part in parts {
                    if block.is_empty() {
                        return;
                    }
                    part.keep(base, block);
                }
            }
            Self::Any(parts) => {
                let mut any = Block::empty();
                for part in parts {
                    let mut one = block.clone();
                    part.keep(base, &mut one);
                    any.or(&one);
                }
                *block = any;
            }
            Self::Not(inner) => {
                let mut not_wanted = block.clone();
                inner.keep(base, &mut not_wanted);
                block.without(&not_wanted);
            }
        }
    }
}
