//! Two of like names who are not the same: said by an editor, so that nobody asks again, and taken back.

use jiff::Timestamp;
use serde_json::json;

use crate::domain::{Actor, SpeakerId};
use crate::store::{self, Connection, audit, speaker_desk};

/// Says that two are not the same. Must be the last act of its transaction; says whether that is any different.
pub async fn part_speakers(
    conn: &mut Connection,
    pair: (SpeakerId, SpeakerId),
    actor: &Actor,
    now: Timestamp,
) -> Result<bool, store::Error> {
    let parted = speaker_desk::part(conn, pair, actor.account, now).await?;
    if parted {
        let refs = json!({ "speaker": pair.0, "other": pair.1 });
        audit::append(conn, actor, "speaker.not-same", &refs, now).await?;
    }
    Ok(parted)
}

/// Takes that back. Must be the last act of its transaction; says whether it was said.
pub async fn unpart_speakers(
    conn: &mut Connection,
    pair: (SpeakerId, SpeakerId),
    actor: &Actor,
    now: Timestamp,
) -> Result<bool, store::Error> {
    let taken = speaker_desk::unpart(conn, pair).await?;
    if taken {
        let refs = json!({ "speaker": pair.0, "other": pair.1 });
        audit::append(conn, actor, "speaker.not-same-taken-back", &refs, now).await?;
    }
    Ok(taken)
}
