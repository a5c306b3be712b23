//! The record: corrections made, and every hash held against what it is of.

mod again;
pub mod analyses;
mod parallel;
mod people;
mod redact;
pub mod verify;

use onrecord::domain::{Actor, Audience, RevisionKind};
use onrecord::editorial::{Act, Corrected, Correction, Description, Refused, correct};
use onrecord::store::utterances::Utterance;
use onrecord::store::{record, utterances};

use crate::web::small_archive;
use crate::world::World;

pub const HARBOUR: &str = "2026-03-10-harbour-briefing-by-minister-ada-lind";

/// Does an act on a briefing, from its present revision or an older one.
pub async fn act(world: &World, slug: &str, made_from: i32, act: Act) -> Result<Corrected, Refused> {
    let now = "2026-11-22T12:00:00.123456789Z".parse().expect("a moment");
    let actor = Actor::machine("test");
    loop {
        let mut tx = world.pool.begin().await.expect("a transaction");
        let wanted = Correction { slug, made_from, act: &act, reason: "Heard again." };
        match correct(&mut tx, &wanted, &actor, now).await {
            Ok(Ok(done)) => {
                tx.commit().await.expect("a commit");
                return Ok(done);
            }
            Ok(refused) => return refused,
            Err(error) if onrecord::store::collided(&error) => {}
            Err(error) => panic!("{error}"),
        }
    }
}

/// The number of the present revision, and its utterances.
pub async fn present(world: &World, slug: &str) -> (i32, Vec<Utterance>) {
    let mut tx = onrecord::store::snapshot(&world.pool).await.expect("a snapshot");
    let open = record::open(&mut tx, slug).await.expect("an answer").expect("a briefing");
    let words =
        utterances::of_revision(&mut tx, open.present.id, Audience::Editors, 0, i32::MAX).await.expect("utterances");
    (open.present.number, words)
}

fn shown(words: &[Utterance]) -> Vec<(i32, &str, &str)> {
    let label = |one: &Utterance| one.by.as_ref().map_or("", |by| by.label.as_str()).to_owned();
    words
        .iter()
        .map(|one| (one.number.unwrap_or(0), Box::leak(label(one).into_boxed_str()) as &str, &*one.text))
        .collect()
}

fn words(number: i32, text: &str, compared: bool) -> Act {
    Act::Words { number, text: text.to_owned(), compared }
}

#[tokio::test]
async fn words_are_put_right_and_what_stood_there_stays() {
    let world = small_archive().await;
    let refused = act(&world, HARBOUR, 1, words(7, "Forty billions, not forty thousands.", false)).await;
    assert_eq!(refused, Err(Refused::NotInSource));
    let done = act(&world, HARBOUR, 1, words(7, "Forty  billions, not forty thousands.", true)).await;
    assert_eq!(done.expect("done").revision, 2);
    let (number, now) = present(&world, HARBOUR).await;
    assert_eq!((number, now[6].text.as_str()), (2, "Forty billions, not forty thousands."));
    // The strike stays on its word.
    assert_eq!((now[6].marks[0].start, now[6].marks[0].end), (26, 35));
    let old = world.get(&format!("/briefings/{HARBOUR}/7?revision=1")).await.assert_page();
    old.assert_says("Forty millions, not forty");
    let again = act(&world, HARBOUR, 2, words(7, "Forty billions, not forty thousands.", true)).await;
    assert_eq!(again, Err(Refused::Unchanged));
    assert_eq!(act(&world, HARBOUR, 1, words(7, "Fifty.", true)).await, Err(Refused::Overtaken { present: 2 }));
    assert_eq!(act(&world, HARBOUR, 2, words(99, "Fifty.", true)).await, Err(Refused::NoSuchTurn));
    assert_eq!(act(&world, HARBOUR, 2, words(7, " \n ", true)).await, Err(Refused::NoWords));
    assert_eq!(act(&world, "nothing", 1, words(7, "Fifty.", true)).await, Err(Refused::NoSuchBriefing));
}

#[tokio::test]
async fn a_split_keeps_the_number_and_a_join_leads_on() {
    let world = small_archive().await;
    let split = |begins: &str| Act::Split { number: 4, begins: begins.to_owned(), label: Some("Q".to_owned()) };
    assert_eq!(act(&world, HARBOUR, 1, split("The dam")).await, Err(Refused::NoPlaceToCut));
    assert_eq!(act(&world, HARBOUR, 1, split("e")).await, Err(Refused::PlacesToCut));
    act(&world, HARBOUR, 1, split("We measured")).await.expect("done");
    let (_, now) = present(&world, HARBOUR).await;
    let cut = [(4, "MS. LIND", "The dam in Norlund is safe. (Laughter.)"), (9, "Q", "We measured the levels twice.")];
    assert_eq!(shown(&now)[3..5], cut);
    act(&world, HARBOUR, 2, Act::Join { number: 4 }).await.expect("done");
    act(&world, HARBOUR, 3, Act::Join { number: 3 }).await.expect("done");
    assert_eq!(act(&world, HARBOUR, 4, Act::Join { number: 3 }).await, Err(Refused::NothingToJoin));
    let (_, now) = present(&world, HARBOUR).await;
    assert_eq!(
        shown(&now)[2].2,
        "Is the dam in Norlund safe?\n\nThe dam in Norlund is safe. (Laughter.)\n\nWe measured the levels twice."
    );
    // 9 led to 4, which leads to 3.
    world.get(&format!("/briefings/{HARBOUR}/9")).await.assert_redirects_to(&format!("/briefings/{HARBOUR}/3"));
    world.get(&format!("/briefings/{HARBOUR}/4")).await.assert_redirects_to(&format!("/briefings/{HARBOUR}/3"));
    world.get(&format!("/briefings/{HARBOUR}/9?revision=2")).await.assert_page().assert_says("We measured");
    // A number is never given again.
    let note = Act::Note { number: 1, text: "Checked.".to_owned(), kind: RevisionKind::Ours };
    act(&world, HARBOUR, 4, note).await.expect("done");
    let (_, now) = present(&world, HARBOUR).await;
    assert_eq!(shown(&now)[1], (10, "", "[Note by the editors of this archive: Checked.]"));
}

#[tokio::test]
async fn voices_and_facts_are_put_right() {
    let world = small_archive().await;
    let weekly = "2025-11-04-weekly-briefing-by-omar-vesk";
    let voice = Act::Voice { number: 2, label: "MR. VESK".to_owned() };
    act(&world, weekly, 1, voice).await.expect("done");
    let speaker = |speaker: &str| Act::Speaker { label: "MR. VESC".to_owned(), speaker: Some(speaker.to_owned()) };
    assert_eq!(act(&world, weekly, 2, speaker("Nobody Known")).await, Err(Refused::NoSuchSpeaker));
    act(&world, weekly, 2, speaker("omar vesk")).await.expect("done");
    assert_eq!(act(&world, weekly, 3, speaker("omar-vesk")).await, Err(Refused::NoSuchLabel));
    let described = Description {
        title: "Weekly briefing".to_owned(),
        date: "2025-11-05".parse().ok(),
        series: Some("Weekly briefing".to_owned()),
        place: Some("Port Ellis".to_owned()),
        language: Some("en".to_owned()),
    };
    act(&world, weekly, 3, Act::Describe(described.clone())).await.expect("done");
    assert_eq!(act(&world, weekly, 4, Act::Describe(described)).await, Err(Refused::Unchanged));
    world.follow().await;
    world
        .get(&format!("/briefings/{weekly}"))
        .await
        .assert_page()
        .assert_says("Wednesday, 5 November 2025")
        .assert_says("Port Ellis")
        .assert_says("corrected by an editor")
        .assert_says("MR. VESC Omar Vesk, Spokesman That is all.")
        .assert_says("linked by an editor");
}

#[tokio::test]
async fn what_is_withdrawn_is_gone_and_can_be_put_back() {
    let world = small_archive().await;
    assert_eq!(act(&world, HARBOUR, 1, Act::Republish).await, Err(Refused::NotWithdrawn));
    act(&world, HARBOUR, 1, Act::Withdraw).await.expect("done");
    world.follow().await;
    world.get("/search?q=levels").await.assert_says("Nothing found");
    world
        .get(&format!("/briefings/{HARBOUR}"))
        .await
        .assert_says("This briefing has been withdrawn")
        .assert_says("Heard again.");
    assert_eq!(act(&world, HARBOUR, 2, words(7, "Fifty.", true)).await, Err(Refused::IsWithdrawn));
    act(&world, HARBOUR, 2, Act::Republish).await.expect("done");
    world.follow().await;
    world.get("/search?q=levels").await.assert_says("1 result");
}

#[tokio::test]
async fn the_word_of_an_editor_survives_the_next_resolution() {
    let world = World::new().await;
    let made = world
        .briefing("Tide briefing")
        .perhaps("MR. VESC", "Omar Vesk", "one letter differs")
        .turn("MR. VESC", "That is all.")
        .create()
        .await;
    let speaker = Act::Speaker { label: "MR. VESC".to_owned(), speaker: Some("omar-vesk".to_owned()) };
    act(&world, &made.slug, 1, speaker).await.expect("done");
    // Nothing in the texts speaks for it any more.
    let mut tx = world.pool.begin().await.expect("a transaction");
    onrecord::editorial::resolve_people(&mut tx, 1).await.expect("people are resolved");
    tx.commit().await.expect("a commit");
    let (_, now) = present(&world, &made.slug).await;
    let by = now[0].by.clone().expect("a voice");
    assert_eq!(by.speaker.map(|speaker| speaker.slug).as_deref(), Some("omar-vesk"));
}
