//! Bytes that were redacted do not come back.

use onrecord::domain::AccountRole;

use super::redact::{ORDER, WORD, redact, rows_with, with_traces};
use crate::web::editor::{TOMORROW, look, session};
use crate::web::upload::{read_all, upload, zip};

#[tokio::test]
async fn redacted_bytes_are_refused_with_when_and_why_and_nothing_of_them_is_kept() {
    let world = with_traces().await;
    let admin = session(&world, "ada@harbour.example", AccountRole::Admin, TOMORROW).await;
    let count =
        async |sql: &'static str| -> i64 { sqlx::query_scalar(sql).fetch_one(&world.pool).await.expect("a count") };
    let bytes: Vec<u8> =
        sqlx::query_scalar("select bytes from source where id = 1").fetch_one(&world.pool).await.expect("a source");
    redact(&world, &admin, &format!("{ORDER}&confirm=destroy")).await.assert_status(303);
    sqlx::raw_sql("update redaction set swept_at = now()").execute(&world.pool).await.expect("as if it was swept");
    let before = count("select count(*) from transcript").await;
    let packed = zip(&[("again.txt", str::from_utf8(&bytes).expect("a text"))]);
    for (name, bytes) in [("again.txt", bytes.as_slice()), ("archive.zip", &packed)] {
        assert_eq!(count("select count(*) from redaction where swept_at is null").await, 0, "{name}");
        let batch = upload(&world, &admin, &[("title", "Once more")], &[(name, bytes)]).await;
        read_all(&world).await;
        look(&world, &admin, &batch).await.assert_page().assert_says("1 not readable").assert_says(
            "again.txt : This source was redacted on 22 November 2026 because: Somebody’s address. (Order of the port \
             court). It is not taken in again.",
        );
    }
    assert_eq!(count("select count(*) from upload where bytes is not null").await, 0);
    assert_eq!(count("select count(*) from transcript").await, before);
    assert_eq!(rows_with(&world, WORD).await, [] as [String; 0]);
    let left = count("select count(*) from redaction where swept_at is null").await;
    assert_eq!(left, 1, "the archive held them until it was opened");
}
