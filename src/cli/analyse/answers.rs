//! `onrecord analyse answers`: whether questions were answered, and the words that gave it away.

use serde::{Deserialize, Serialize};

use crate::analysis::answers::label;
use crate::domain::{AnswerLabel, Clarity};

/// What a line looks like.
pub(super) const FORM: &str =
    r#"{"question": "Will you sign it? And when?", "answer": "I will.", "asked": "When will you sign it?"}"#;

/// One exchange.
#[derive(Debug, Deserialize)]
pub(super) struct Line {
    question: String,
    answer: String,
    #[serde(default)]
    asked: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct Judged {
    clarity: Clarity,
    label: AnswerLabel,
    score: f32,
    because: Option<[usize; 2]>,
}

pub(super) fn read(line: &Line) -> Judged {
    let answer = label(&line.question, &line.answer, line.asked.as_deref().unwrap_or_default());
    Judged {
        clarity: answer.clarity,
        label: answer.label,
        score: answer.score,
        because: answer.because.map(|range| [range.start, range.end]),
    }
}
