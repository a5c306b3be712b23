//! Whether words that somebody cited from one revision have changed since.

use crate::domain::{Audience, BriefingId};
use crate::store::briefings::Revision;
use crate::store::record;
use crate::store::utterances::Utterance;
use crate::store::{self, Connection};
use crate::web::difference::{self, Told};

/// What happened to cited words.
pub struct Since {
    /// Changes of the cited words.
    pub here: Vec<Told>,
    /// How many other changes there were.
    pub elsewhere: usize,
}

/// Compares a revision with the present one, where the cited utterances have these numbers.
pub async fn since(
    conn: &mut Connection,
    briefing: BriefingId,
    revision: i32,
    cited: &[i32],
) -> Result<Since, store::Error> {
    let history = record::history(conn, briefing).await?;
    let old = history.iter().find(|entry| entry.number == revision);
    let Some((old, new)) = old.zip(history.last()).filter(|(old, new)| old.number != new.number) else {
        return Ok(Since { here: Vec::new(), elsewhere: 0 });
    };
    let difference = difference::between(conn, old, new, Audience::Readers).await?;
    let all = difference.turns.len() + difference.facts.len();
    let touches = |told: &Told| cited.iter().any(|number| told.change.concerns(*number));
    let here: Vec<Told> = difference.turns.into_iter().filter(touches).collect();
    Ok(Since { elsewhere: all - here.len(), here })
}

/// The same in a sentence; nothing where the revision is the present one.
pub async fn sentence<'a>(
    conn: &mut Connection,
    briefing: BriefingId,
    revision: &Revision,
    cited: impl Iterator<Item = &'a Utterance>,
) -> Result<&'static str, store::Error> {
    if revision.changed_at.is_none() {
        return Ok("");
    }
    let numbers: Vec<i32> = cited.filter_map(|utterance| utterance.number).collect();
    let since = since(conn, briefing, revision.number, &numbers).await?;
    Ok(if since.here.is_empty() { "These words are still the same." } else { "These very words have changed since." })
}
