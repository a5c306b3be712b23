//! Merges, splits and their undoing in any order, with the machine at work in between.

use std::collections::BTreeMap;

use jiff::Timestamp;
use onrecord::domain::Actor;
use onrecord::editorial::{Split, merge_speakers, split_speaker, undo_speaker_act};

use crate::web::people::{doubled_archive, resolve_again};
use crate::world::World;

/// The same numbers every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

/// Who each label stands for and under which office; where each address leads.
async fn state(world: &World) -> (Vec<(i64, String, String)>, BTreeMap<String, String>) {
    let labels = sqlx::query_as(
        "select l.id, s.slug, coalesce(l.office, '') from transcript_label l join speaker s on s.id = l.speaker_id order by l.id",
    );
    let labels = labels.fetch_all(&world.pool).await.expect("labels");
    let mut leads = BTreeMap::new();
    let slugs: Vec<String> = sqlx::query_scalar("select slug from speaker where machine_name is not null")
        .fetch_all(&world.pool)
        .await
        .expect("addresses");
    for slug in slugs {
        let answer = world.get(&format!("/speakers/{slug}")).await;
        leads.insert(slug, format!("{} {}", answer.status, answer.header("location")));
    }
    (labels, leads)
}

async fn all<T: for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres> + Send + Unpin>(
    world: &World,
    sql: &'static str,
) -> Vec<T> {
    sqlx::query_scalar(sql).fetch_all(&world.pool).await.expect("rows")
}

/// Some act, which may be refused.
async fn do_something(world: &World, numbers: &mut Numbers, now: Timestamp) {
    let actor = Actor::machine("test");
    let slugs: Vec<String> = all(world, "select slug from speaker order by id").await;
    let labels: Vec<i64> = all(world, "select id from transcript_label where speaker_id is not null order by id").await;
    let acts: Vec<i64> = all(world, "select id from speaker_act where undone_at is null order by id").await;
    let one = &slugs[numbers.below(slugs.len())];
    let other = &slugs[numbers.below(slugs.len())];
    let mut tx = world.pool.begin().await.expect("a transaction");
    let done = match numbers.below(4) {
        0 => merge_speakers(&mut tx, one, other, &actor, now).await,
        1 => {
            let split = if numbers.below(2) == 0 {
                Split {
                    labels: [labels[numbers.below(labels.len())]].into(),
                    new: "New Vesk".into(),
                    ..Split::default()
                }
            } else {
                let from = jiff::civil::date(2020 + numbers.below(3) as i16, 6, 1);
                Split { from: Some(from), known: other.clone(), ..Split::default() }
            };
            split_speaker(&mut tx, one, &split, &actor, now).await
        }
        2 if !acts.is_empty() => undo_speaker_act(&mut tx, acts[numbers.below(acts.len())], &actor, now).await,
        _ => return resolve_again(world).await,
    };
    if done.expect("the database answers").is_ok() {
        tx.commit().await.expect("a commit");
        world.follow().await;
    }
}

#[tokio::test]
async fn whatever_was_merged_and_split_undoing_all_of_it_gives_the_beginning() {
    let world = doubled_archive().await;
    let now = "2026-11-22T12:00:00Z".parse().expect("a moment");
    let beginning = state(&world).await;
    let mut numbers = Numbers(7);
    for _ in 0..100 {
        do_something(&world, &mut numbers, now).await;
        let lost: Vec<i64> = all(
            &world,
            "select l.id from transcript_label l left join speaker s on s.id = l.speaker_id
             where l.named_id is not null and (s.id is null or s.merged_into is not null)",
        )
        .await;
        assert!(lost.is_empty(), "labels of nobody who is there: {lost:?}");
    }
    let before = state(&world).await;
    resolve_again(&world).await;
    assert_eq!(state(&world).await, before, "the machine changes nothing of it");
    let made: Vec<i64> = all(&world, "select id from speaker_act order by id").await;
    assert!(made.len() > 10, "too few acts: {}", made.len());
    loop {
        let mut acts: Vec<i64> = all(&world, "select id from speaker_act where undone_at is null order by id").await;
        if acts.is_empty() {
            break;
        }
        let act = acts.swap_remove(numbers.below(acts.len()));
        let mut tx = world.pool.begin().await.expect("a transaction");
        let undone = undo_speaker_act(&mut tx, act, &Actor::machine("test"), now).await.expect("an answer");
        undone.expect("it is in force");
        tx.commit().await.expect("a commit");
    }
    world.follow().await;
    assert_eq!(state(&world).await, beginning);
    resolve_again(&world).await;
    assert_eq!(state(&world).await, beginning);
}
