//! Sending mail to readers who reported a problem: kept until it is sent, tried again after growing pauses, and given up
//! after some days, which editors are told.

mod letter;
mod server;

pub use server::{Mailer, Unusable};

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

use crate::store::outbox::{self, Due, Letter};
use crate::store::{self, Connection, Pool, problems};
use server::Refusal;

/// How often somebody looks for mail.
const PAUSE: Duration = Duration::from_secs(2);
/// How long the end of the server waits for a letter under way.
const GRACE: Duration = Duration::from_secs(5);
/// The pause after the first attempt; each is four times the one before, up to the longest.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_mins(1);
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(6);
/// How long a letter is tried.
const PATIENCE: SignedDuration = SignedDuration::from_hours(3 * 24);

/// Sends what is in the outbox, until `stop` is set. Several servers may do this at once.
pub async fn keep_sending(pool: Pool, mailer: Mailer, clock: fn() -> Timestamp, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let sent = tokio::select! {
            sent = send_next(&pool, &mailer, clock()) => sent,
            () = grace_is_over(stop.clone()) => return,
        };
        match sent {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::debug!(error = &error as &dyn std::error::Error, "mail waits"),
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Returns when a letter under way is waited for no longer, since the server is to end.
async fn grace_is_over(mut stop: watch::Receiver<bool>) {
    let _ = stop.wait_for(|stopped| *stopped).await;
    tokio::time::sleep(GRACE).await;
}

/// Tries one letter whose time has come, in a transaction of its own; says whether there was one. When the server ends
/// between sending and writing that down, the letter is sent again under the same Message-ID.
pub async fn send_next(pool: &Pool, mailer: &Mailer, now: Timestamp) -> Result<bool, store::Error> {
    let mut tx = pool.begin().await?;
    let Some(due) = outbox::due(&mut tx, now).await? else { return Ok(false) };
    match &due.email {
        None => outbox::given_up(&mut tx, due.id, "The address was forgotten before this could be sent.", now).await?,
        Some(email) => match mailer.send(&due, email, now).await {
            Ok(()) => delivered(&mut tx, &due, now).await?,
            Err(refusal) => undelivered(&mut tx, &due, email, &refusal, now).await?,
        },
    }
    tx.commit().await?;
    Ok(true)
}

async fn delivered(conn: &mut Connection, due: &Due, now: Timestamp) -> Result<(), store::Error> {
    outbox::sent(conn, due.id, now).await?;
    // Whoever has the reply needs no more mail.
    if due.letter == Letter::Reply {
        problems::forget_address(conn, due.problem).await?;
    }
    Ok(())
}

async fn undelivered(
    conn: &mut Connection,
    due: &Due,
    email: &str,
    refusal: &Refusal,
    now: Timestamp,
) -> Result<(), store::Error> {
    // Mail servers name whom they refuse; editors need not know.
    let failure = refusal.said.replace(email, "the address");
    let next = now + pause(due.attempts);
    if !refusal.for_good && next.duration_since(due.created_at) <= PATIENCE {
        return outbox::failed(conn, due.id, &failure, next).await;
    }
    tracing::warn!(reference = due.reference, failure, "mail to a reader is given up");
    outbox::given_up(conn, due.id, &failure, now).await?;
    if due.letter == Letter::Reply {
        problems::forget_address(conn, due.problem).await?;
    }
    Ok(())
}

/// The pause after so many attempts before this one.
fn pause(attempts: i32) -> SignedDuration {
    let times = 4_i32.saturating_pow(attempts.clamp(0, 8).unsigned_abs());
    (FIRST_PAUSE * times).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_six_hours() {
        let minutes: Vec<i64> = [0, 1, 2, 3, 4, 5, 99].map(|attempts| pause(attempts).as_mins()).into();
        assert_eq!(minutes, [1, 4, 16, 64, 256, 360, 360]);
    }
}
