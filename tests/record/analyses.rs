//! What the machine suggests about words, and that an editor's word about it outlives readings and corrections.

use onrecord::jobs::analyses::read_some;
use onrecord::store::utterances::Utterance;

use super::parallel::{Dice, any_act};
use super::{act, present};
use crate::world::World;

/// Readings and corrections that decisions must outlive.
const TIMES: usize = 100;

const SLUG: &str = "2026-03-14-briefing-on-the-ferry";

async fn read(world: &World) {
    while read_some(&world.pool).await.expect("it is read") {}
}

/// A briefing with a refusal, a figure and a promise.
pub async fn ferry(world: &World) {
    world
        .briefing("Briefing on the ferry")
        .held_on("2026-03-14")
        .in_series("Harbour Ministry briefing")
        .person("MS. LIND", "Ada Lind", "Harbour Minister")
        .turn("MS. LIND", "Good morning. We moved 1,200 containers through Kallenport last week.")
        .turn("Q", "Will the ferry to Norlund sail on Friday?")
        .turn("MS. LIND", "I’m not going to comment on the timetable of the ferry.")
        .turn("Q", "How many people were waiting on the pier last night?")
        .turn("MS. LIND", "I don’t have that number. Let me get back to you on that.")
        .create()
        .await;
}

/// Decides something of the rows of a table where they begin with these words.
async fn decide(world: &World, table: &str, number: i32, set: &str) -> i64 {
    let text =
        format!("update {table} set origin = 'editor', decided_at = now(), {set} where number = $1 returning id");
    sqlx::query_scalar(sqlx::AssertSqlSafe(text)).bind(number).fetch_one(&world.pool).await.expect("a suggestion")
}

async fn count(world: &World, text: &'static str) -> i64 {
    sqlx::query_scalar(text).fetch_one(&world.pool).await.expect("a number")
}

#[tokio::test]
async fn what_is_published_is_read_for_claims_exchanges_and_promises() {
    let world = World::new().await;
    ferry(&world).await;
    read(&world).await;
    let exchanges: Vec<(i32, Option<String>, String)> =
        sqlx::query_as("select number, label, origin from exchange order by number")
            .fetch_all(&world.pool)
            .await
            .expect("exchanges");
    let machine = "machine".to_owned();
    assert_eq!(exchanges[0], (2, Some("declined".to_owned()), machine.clone()));
    assert_eq!(exchanges[1].0, 4);
    assert_eq!(exchanges.len(), 2);
    assert_eq!(count(&world, "select count(*) from claim where number = 1 and kind = 'figure'").await, 1);
    assert_eq!(
        count(&world, "select count(*) from follow_up f join exchange e on e.id = f.exchange_id and e.number = 4")
            .await,
        1
    );
    assert_eq!(count(&world, "select count(*) from analysed_transcript").await, 1);
    assert!(!read_some(&world.pool).await.expect("an answer"), "nothing is read twice");
}

#[tokio::test]
async fn drafts_are_not_read_and_nothing_of_a_text_that_was_corrected_is_shown_until_it_is_read_again() {
    let world = World::new().await;
    world
        .briefing("A draft")
        .held_on("2026-03-13")
        .turn("Q", "Is it true?")
        .turn("MS. LIND", "It is.")
        .draft()
        .create()
        .await;
    ferry(&world).await;
    read(&world).await;
    assert_eq!(count(&world, "select count(distinct briefing_id) from exchange").await, 1);
    let (revision, _) = present(&world, SLUG).await;
    let text = "Good morning. We moved 1,300 containers through Kallenport last week.".to_owned();
    let act = onrecord::editorial::Act::Words { number: 1, text, compared: true };
    super::act(&world, SLUG, revision, act).await.expect("it is corrected");
    assert_eq!(count(&world, "select count(*) from analysed_transcript").await, 0);
    let before = count(&world, "select id from claim where number = 1").await;
    read(&world).await;
    assert_eq!(count(&world, "select count(*) from analysed_transcript").await, 1);
    assert_eq!(count(&world, "select id from claim where number = 1").await, before, "it is the same claim");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_editor_decided_outlives_a_hundred_readings_and_corrections() {
    let world = World::new().await;
    ferry(&world).await;
    read(&world).await;
    let exchange = decide(&world, "exchange", 2, "label = 'partly'").await;
    let refused = decide(&world, "exchange", 4, "rejected = true").await;
    let claim = decide(&world, "claim", 1, "kind = 'denial'").await;
    let promise = decide(&world, "follow_up", 5, "rejected = true").await;
    let mut dice = Dice::of(7);
    let mut corrected = 0;
    for time in 0..TIMES {
        let (revision, now) = present(&world, SLUG).await;
        let wanted = any_act(&mut dice, &now);
        corrected += usize::from(act(&world, SLUG, revision, wanted.clone()).await.is_ok());
        if time % 10 == 0 {
            sqlx::query("update transcript set analysis_version = 0")
                .execute(&world.pool)
                .await
                .expect("a new version");
        }
        read(&world).await;
        let held =
            format!("after {time} times, the last of them {wanted:?}: {:?}", texts(&present(&world, SLUG).await.1));
        let label: (String, bool) = sqlx::query_as("select label, question_id is not null from exchange where id = $1")
            .bind(exchange)
            .fetch_one(&world.pool)
            .await
            .expect("the exchange");
        assert_eq!(label, ("partly".to_owned(), true), "{held}");
        for (table, id, column) in [("exchange", refused, "question_id"), ("follow_up", promise, "utterance_id")] {
            let text = format!("select rejected and {column} is not null from {table} where id = $1");
            let stays: bool =
                sqlx::query_scalar(sqlx::AssertSqlSafe(text)).bind(id).fetch_one(&world.pool).await.expect("a row");
            assert!(stays, "{table} {held}");
        }
        let kind: (String, bool) = sqlx::query_as("select kind, utterance_id is not null from claim where id = $1")
            .bind(claim)
            .fetch_one(&world.pool)
            .await
            .expect("the claim");
        assert_eq!(kind, ("denial".to_owned(), true), "{held}");
    }
    assert!(corrected > TIMES / 3, "only {corrected} corrections were made");
}

fn texts(all: &[Utterance]) -> Vec<(Option<i32>, &str)> {
    all.iter().map(|one| (one.number, one.text.as_str())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_read_the_same_text_at_once_find_everything_once() {
    let world = World::new().await;
    ferry(&world).await;
    let mut conn = world.pool.acquire().await.expect("a connection");
    let first = onrecord::editorial::to_analyse(&mut conn, (0, 1), 8).await.expect("texts");
    let second = onrecord::editorial::to_analyse(&mut conn, (0, 1), 8).await.expect("texts");
    for texts in [first, second] {
        let read = texts.into_iter().map(onrecord::editorial::Reading::find).collect();
        let mut tx = world.pool.begin().await.expect("a transaction");
        onrecord::editorial::keep_analyses(&mut tx, read).await.expect("it is kept");
        tx.commit().await.expect("a commit");
    }
    assert_eq!(count(&world, "select count(*) from exchange").await, 2);
    assert_eq!(count(&world, "select count(*) from follow_up").await, 1);
}
