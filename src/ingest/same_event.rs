//! Whether a text that comes in is of an event that the archive has already.

use crate::analysis::likeness::{self, Words, alike};
use crate::domain::{BriefingId, Draft};
use crate::store::same_event::{self, FoundBy};
use crate::store::{self, Connection};

/// Texts that a draft is compared with at most.
const MOST: i64 = 12;
/// Transcripts whose fingerprints are taken in one transaction.
const SOME: i64 = 50;

/// The words of a draft.
pub(super) fn words(draft: &Draft) -> Words {
    Words::of(draft.utterances.iter().map(|utterance| utterance.text.as_str()))
}

/// Looks for briefings of the same event as a draft that was just written, and keeps what it finds; says whether it
/// found any. Then the draft is not published before an editor has said what it is.
pub(super) async fn look(
    conn: &mut Connection,
    draft: BriefingId,
    words: &Words,
    fingerprint: &[i32],
) -> Result<bool, store::Error> {
    let mut found = false;
    for candidate in same_event::candidates(conn, draft, fingerprint, likeness::PARTS, MOST).await? {
        let other = same_event::words(conn, candidate.revision_id).await?;
        let much = alike(words, &Words::of(other.iter().map(String::as_str)));
        let same = match candidate.found_by {
            FoundBy::Address => true,
            FoundBy::Day => much.on_one_day() || much.by_words(),
            FoundBy::Words => much.by_words(),
        };
        if same {
            same_event::add(conn, draft, candidate.briefing_id, candidate.found_by, much.of_first.clamp(0.0, 1.0))
                .await?;
            found = true;
        }
    }
    Ok(found)
}

/// Takes the fingerprints of some transcripts that came in before there were any; says of how many.
pub async fn take_fingerprints(conn: &mut Connection) -> Result<usize, store::Error> {
    let untold = same_event::untold(conn, SOME).await?;
    for one in &untold {
        let words = same_event::words(conn, one.revision_id).await?;
        let fingerprint = Words::of(words.iter().map(String::as_str)).fingerprint();
        same_event::tell(conn, one.transcript_id, &fingerprint).await?;
    }
    Ok(untold.len())
}
