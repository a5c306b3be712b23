//! `onrecord analyse quotations`: who says what in an article.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::analysis::quotations::quotations;
use crate::domain::QuotationMode;

/// What a line looks like.
pub(super) const FORM: &str = r#"{"id": "article-1", "text": "A whole article."}"#;

/// One article.
#[derive(Debug, Deserialize)]
pub(super) struct Line {
    /// Comes back as it is.
    id: Value,
    text: String,
}

/// Its quotations, in their order.
#[derive(Debug, Serialize)]
pub(super) struct Read {
    id: Value,
    quotations: Vec<Quotation>,
}

/// One of them. Stretches are in characters, from the first to before the last.
#[derive(Debug, Serialize)]
struct Quotation {
    mode: QuotationMode,
    source: Option<[usize; 2]>,
    cue: Option<[usize; 2]>,
    content: Vec<[usize; 2]>,
    speaker: Option<String>,
}

pub(super) fn read(line: Line) -> Read {
    let span = |range: Range<usize>| [range.start, range.end];
    let found = quotations(&line.text).into_iter().map(|found| Quotation {
        mode: found.mode,
        source: found.source.map(span),
        cue: found.cue.map(span),
        content: found.content.into_iter().map(span).collect(),
        speaker: found.speaker,
    });
    Read { id: line.id, quotations: found.collect() }
}
