//! Finding questions that are asked again on later days until they are answered, when exchanges have changed.

use std::collections::HashMap;
use std::time::Duration;

use tokio::sync::watch;

use super::quiet;
use crate::analysis::exchanges::threads::{Asked, threads};
use crate::domain::ExchangeId;
use crate::editorial;
use crate::store::threads::{Placed, Question};
use crate::store::{self, Pool};

/// Goes up whenever threads are found otherwise in the same questions.
const VERSION: i32 = 1;
/// How long the archive must have been quiet before threads are looked for: while much is published, it is done once.
const QUIET: Duration = Duration::from_secs(5);

/// Finds threads if questions have changed since the last time; says whether anything is different for readers.
///
/// Nothing is locked while they are looked for. What changes meanwhile has a later position of the feed, and is seen next
/// time.
pub async fn refresh(pool: &Pool) -> Result<bool, store::Error> {
    let mut tx = pool.begin().await?;
    if !store::threads::alone(&mut tx).await? {
        return Ok(false);
    }
    let state = store::threads::state(&mut tx).await?;
    if state.position == state.found_at {
        return Ok(false);
    }
    let sum = store::threads::sum(&mut tx, VERSION).await?;
    if sum == state.found_of {
        store::threads::found(&mut tx, sum, state.position).await?;
        tx.commit().await?;
        return Ok(false);
    }
    let questions = store::threads::questions(&mut tx).await?;
    // Seconds of work in an archive of decades.
    let found = tokio::task::spawn_blocking(move || misplaced(&questions)).await;
    let misplaced = found.map_err(|error| store::Error::Io(std::io::Error::other(error)))?;
    let any = editorial::thread_questions(&mut tx, &misplaced, sum, state.position).await?;
    tx.commit().await?;
    tracing::debug!(placed = misplaced.len(), "questions asked again found");
    Ok(any)
}

/// The questions that belong elsewhere than where they stand, with where they belong.
fn misplaced(questions: &[Question]) -> Vec<Placed> {
    let asked: Vec<Asked<'_>> =
        questions.iter().map(|one| Asked { text: &one.text, day: one.day.into(), answered: one.answered }).collect();
    let mut places: HashMap<ExchangeId, (ExchangeId, Option<f32>)> = HashMap::new();
    for thread in threads(&asked) {
        let ids: Vec<ExchangeId> =
            thread.questions.iter().filter_map(|at| questions.get(*at)).map(|one| one.id).collect();
        let Some(first) = ids.first().copied() else { continue };
        let likeness = std::iter::once(None).chain(thread.likeness.iter().copied().map(Some));
        places.extend(ids.into_iter().zip(likeness).map(|(id, likeness)| (id, (first, likeness))));
    }
    let placed = questions.iter().filter_map(|one| {
        let (thread, likeness) = places.get(&one.id).copied().unzip();
        let likeness = likeness.flatten();
        ((thread, likeness) != (one.thread, one.likeness)).then_some(Placed { id: one.id, thread, likeness })
    });
    placed.collect()
}

/// Finds threads whenever questions have changed and been quiet for a while, until `stop` is set.
pub async fn keep_found(pool: Pool, stop: watch::Receiver<bool>) {
    quiet::keep(pool, stop, QUIET, look, refresh, "questions asked again could not be found").await;
}

/// The last position of the feed, if threads are behind it.
async fn look(pool: &Pool) -> Result<Option<i64>, store::Error> {
    let state = store::threads::state(&mut *pool.acquire().await?).await?;
    Ok((state.position != state.found_at).then_some(state.position))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(id: i64, day: i32, text: &str, thread: Option<i64>) -> Question {
        let text = text.to_owned();
        Question { id: ExchangeId(id), text, day, answered: false, thread: thread.map(ExchangeId), likeness: None }
    }

    #[test]
    fn only_what_stands_elsewhere_is_placed_anew() {
        let trawlers = "How many trawlers are still held at Kallenport by the coast guard?";
        let questions = [
            question(1, 1, "Who pays for the new bridge over the sound at Brannoch?", None),
            question(2, 2, trawlers, Some(2)),
            question(3, 4, trawlers, None),
            question(4, 5, "Why were the schools of the islands closed on Monday?", Some(2)),
        ];
        let placed = misplaced(&questions);
        let places: Vec<_> = placed.iter().map(|one| (one.id.0, one.thread.map(|id| id.0))).collect();
        assert_eq!(places, [(3, Some(2)), (4, None)], "the first stands in its own thread already");
        assert!(placed[0].likeness.is_some_and(|likeness| likeness > 0.9) && placed[1].likeness.is_none());
    }
}
