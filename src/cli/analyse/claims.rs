//! `onrecord analyse claims`: how much each sentence deserves a check, and what kind of claim it makes.

use serde::{Deserialize, Serialize};

use crate::analysis::claims::{Context, Sentence, judge};
use crate::domain::ClaimKind;

/// What a line looks like.
pub(super) const FORM: &str = r#"{"document": "debate-1", "speaker": "SMITH", "text": "One sentence."}"#;

/// One sentence.
#[derive(Debug, Deserialize)]
pub(super) struct Line {
    document: String,
    /// Nobody, where it is null; it must be there.
    #[serde(deserialize_with = "Option::deserialize")]
    speaker: Option<String>,
    text: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Judged {
    score: f32,
    kind: Option<ClaimKind>,
}

/// Reads sentences and remembers what came before in the same document.
#[derive(Debug, Default)]
pub(super) struct Reader {
    document: String,
    context: Context,
}

impl Reader {
    pub(super) fn read(&mut self, line: &Line) -> Judged {
        if self.document != line.document {
            self.document.clone_from(&line.document);
            self.context = Context::default();
        }
        let judged = judge(&mut self.context, &Sentence { speaker: line.speaker.as_deref(), text: &line.text });
        Judged { score: judged.score, kind: judged.kind }
    }
}
