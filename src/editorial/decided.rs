//! What editors say of labels, as the resolution of people takes it in.

use std::collections::HashMap;

use crate::domain::{BriefingId, Origin, SpeakerId, TranscriptId};
use crate::store::people::LabelRow;
use crate::store::{self, Connection, labels};

/// What editors say for series, where people are resolved: it is laid over the labels first, and whom it names stays.
pub(super) async fn of_series(conn: &mut Connection) -> Result<(Vec<BriefingId>, Vec<SpeakerId>), store::Error> {
    Ok((labels::follow_series(conn).await?, labels::speakers_of_series(conn).await?))
}

/// Labels behind which editors put a role or nobody: what is printed there is nobody's name.
pub(super) fn nobody(labels: &[(LabelRow, Origin)]) -> HashMap<TranscriptId, Vec<&str>> {
    let mut nobody: HashMap<TranscriptId, Vec<&str>> = HashMap::new();
    for (label, _) in labels.iter().filter(|(label, origin)| *origin == Origin::Editor && label.speaker_id.is_none()) {
        nobody.entry(label.transcript_id).or_default().push(&label.label);
    }
    nobody
}
