//! Two editors at once: nothing is lost, numbers stay, the chain holds.

use std::collections::{BTreeMap, BTreeSet};

use onrecord::domain::RevisionKind;
use onrecord::editorial::{Act, Refused};
use onrecord::store::utterances::Utterance;
use onrecord::store::{record, utterances};
use proptest::test_runner::{RngSeed, TestRng};

use super::verify::verified;
use super::{HARBOUR, act, present};
use crate::web::small_archive;
use crate::world::World;

/// Operations of both together.
const OPERATIONS: usize = 500;

/// Numbers that look random and are the same every time.
pub struct Dice(TestRng);

impl Dice {
    pub fn of(seed: u64) -> Self {
        let config = proptest::test_runner::Config { rng_seed: RngSeed::Fixed(seed), ..Default::default() };
        Self(proptest::test_runner::TestRunner::new(config).new_rng())
    }

    fn below(&mut self, end: usize) -> usize {
        use proptest::prelude::Rng as _;
        self.0.next_u64() as usize % end.max(1)
    }
}

/// Any act of correction, most of them of words.
pub fn any_act(dice: &mut Dice, now: &[Utterance]) -> Act {
    let one = &now[dice.below(now.len())];
    let number = one.number.expect("a number");
    let spoken: Vec<&str> = one.text.split_whitespace().collect();
    match dice.below(10) {
        0..4 => {
            let mut changed: Vec<String> = spoken.iter().map(|word| (*word).to_owned()).collect();
            let at = dice.below(changed.len() + 1);
            changed.insert(at, format!("word{}", dice.below(1000)));
            Act::Words { number, text: changed.join(" "), compared: true }
        }
        4..6 => {
            let begins = spoken.get(dice.below(spoken.len())).copied().unwrap_or("none").to_owned();
            Act::Split { number, begins, label: (dice.below(2) == 0).then(|| "Q".to_owned()) }
        }
        6..8 => Act::Join { number },
        8 => Act::Voice { number, label: ["Q", "MS. LIND", "MR. NEW"][dice.below(3)].to_owned() },
        _ => Act::Note { number, text: format!("note {}", dice.below(1000)), kind: RevisionKind::Speaker },
    }
}

/// What one editor achieved: the number of each revision, and what was done in it.
async fn edits(world: &World, seed: u64) -> (Vec<(i32, Act)>, usize) {
    let mut dice = Dice::of(seed);
    let (mut done, mut overtaken) = (Vec::new(), 0);
    for _ in 0..OPERATIONS / 2 {
        let (revision, now) = present(world, HARBOUR).await;
        let wanted = any_act(&mut dice, &now);
        match act(world, HARBOUR, revision, wanted.clone()).await {
            Ok(corrected) => {
                assert_eq!(corrected.revision, revision + 1);
                done.push((corrected.revision, wanted));
            }
            Err(Refused::Overtaken { present }) => {
                assert!(present > revision);
                overtaken += 1;
            }
            Err(_) => {}
        }
    }
    (done, overtaken)
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_operations_of_two_editors_lose_nothing() {
    let world = small_archive().await;
    let ((mine, late), (yours, later)) = tokio::join!(edits(&world, 1), edits(&world, 2));
    assert!(late + later > 0, "the two never met");
    let mut conn = world.pool.acquire().await.expect("a connection");
    let open = record::open(&mut conn, HARBOUR).await.expect("an answer").expect("a briefing");
    let history = record::history(&mut conn, open.id).await.expect("the history");
    let done: BTreeMap<i32, Act> = mine.iter().chain(&yours).cloned().collect();
    // Every revision is somebody's act, and no act was lost.
    assert_eq!(done.len(), mine.len() + yours.len());
    assert_eq!(done.keys().copied().collect::<Vec<_>>(), (2..=history.len() as i32).collect::<Vec<_>>());
    assert!(done.len() > OPERATIONS / 4, "only {} acts were done", done.len());
    let (mut given, mut before) = (BTreeSet::new(), BTreeSet::new());
    for entry in &history {
        let words = utterances::of_revision(&mut conn, entry.id, onrecord::domain::Audience::Editors, 0, i32::MAX)
            .await
            .expect("utterances");
        let numbers: BTreeSet<i32> = words.iter().filter_map(|one| one.number).collect();
        assert_eq!(numbers.len(), words.len(), "a number was given twice in revision {}", entry.number);
        let new: Vec<&i32> = numbers.difference(&before).collect();
        assert!(new.iter().all(|number| given.insert(**number)), "a number came back in revision {}", entry.number);
        if let Some(Act::Words { number, text, .. }) = done.get(&entry.number) {
            let now = words.iter().find(|one| one.number == Some(*number)).expect("the utterance");
            assert_eq!(now.text, *text);
        }
        before = numbers;
    }
    // What is gone leads on to what is there.
    for gone in given.difference(&before) {
        let to = record::leads_to(&mut conn, HARBOUR, *gone).await.expect("an answer").expect("a redirect");
        assert!(before.contains(&to), "{gone} leads to {to}, which is not there");
    }
    let verified = verified(&world).await;
    assert_eq!((verified.mismatch, verified.audit_entries as usize), (None, done.len()));
}
