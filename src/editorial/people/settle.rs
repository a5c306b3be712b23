//! Laying the decisions of editors over whoever is named for labels: merges and splits, then offices.

use std::collections::BTreeSet;

use crate::domain::speaker_act::{merged, stands_for, tied};
use crate::domain::{BriefingId, SpeakerAct, SpeakerId};
use crate::store::speaker_acts::{self as rows, OfficeWords, Scope, Settled};
use crate::store::{self, Connection};

/// Brings labels in line with what editors have decided; of speakers, also those of all whom acts tie to them. Returns the
/// briefings in which something changed.
pub(in crate::editorial) async fn settle(
    conn: &mut Connection,
    scope: Scope<'_>,
) -> Result<BTreeSet<BriefingId>, store::Error> {
    let acts = rows::in_force(conn).await?;
    let labels = match scope {
        Scope::Transcript(_) => rows::labels(conn, scope).await?,
        Scope::All => {
            derive(conn, &acts).await?;
            rows::labels(conn, scope).await?
        }
        Scope::Of(speakers) => {
            derive(conn, &acts).await?;
            let tied: Vec<SpeakerId> = tied(speakers, &acts).into_iter().collect();
            rows::labels(conn, Scope::Of(&tied)).await?
        }
    };
    let offices = rows::office_words(conn).await?;
    let changed: Vec<Settled> = labels.into_iter().filter_map(|label| anew(label, &acts, &offices)).collect();
    rows::settle(conn, &changed).await?;
    Ok(changed.iter().map(|one| one.briefing_id).collect())
}

/// A label as it is to be, if that is any different.
fn anew(label: Settled, acts: &[SpeakerAct], words: &OfficeWords) -> Option<Settled> {
    let speaker = label.named.map(|named| stands_for(named, &label.label, acts));
    let by_editor = speaker.zip(label.label.date).and_then(|(speaker, day)| {
        let office = words.held.get(&speaker)?.iter().find(|office| office.covers(day))?;
        Some(office.title.clone())
    });
    let denied = speaker.and_then(|speaker| words.denied.get(&speaker));
    let by_machine = || label.named_office.clone().filter(|title| !denied.is_some_and(|denied| denied.contains(title)));
    let office = by_editor.or_else(by_machine);
    let same = label.speaker == speaker && label.office == office;
    (!same).then_some(Settled { speaker, office, ..label })
}

/// Writes down who is merged and who is divided.
async fn derive(conn: &mut Connection, acts: &[SpeakerAct]) -> Result<(), store::Error> {
    let gone: BTreeSet<SpeakerId> = acts.iter().filter(|act| act.is_merge()).map(|act| act.from).collect();
    let into = gone.into_iter().map(|id| (id, merged(id, acts))).filter(|(id, into)| id != into);
    let into: Vec<(SpeakerId, SpeakerId)> = into.collect();
    let split = acts.iter().filter(|act| !act.is_merge()).flat_map(|act| [act.from, act.to]);
    let divided: BTreeSet<SpeakerId> = split.map(|id| merged(id, acts)).collect();
    rows::derive(conn, &into, &divided.into_iter().collect::<Vec<_>>()).await
}
