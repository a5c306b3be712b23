//! A byte changed directly in the database is found and named.

use onrecord::jobs::verify::{Verified, verify};
use onrecord::store;

use super::{HARBOUR, act, words};
use crate::web::small_archive;
use crate::world::World;

pub async fn verified(world: &World) -> Verified {
    let mut tx = store::snapshot(&world.pool).await.expect("a snapshot");
    verify(&mut tx).await.expect("an answer")
}

#[tokio::test]
async fn the_record_verifies_until_somebody_changes_it_behind_its_back() {
    let world = small_archive().await;
    act(&world, HARBOUR, 1, words(7, "Forty billions, not forty thousands.", true)).await.expect("done");
    act(&world, HARBOUR, 2, words(2, "Good morning.", true)).await.expect("done");
    let done = verified(&world).await;
    assert_eq!((done.mismatch, done.sources, done.revisions, done.audit_entries), (None, 4, 6, 2));
    let harms = [
        ("update source set bytes = bytes || 'x' where id = 1", "source 1: its bytes do not have the SHA-256"),
        (
            "update utterance set text = replace(text, 'millions', 'billions') where revision_id = 1 and number = 7",
            "2026-03-10-harbour-briefing-by-minister-ada-lind, revision 1: utterance 7 is not what was hashed",
        ),
        (
            "update utterance set marks = null where marks is not null and revision_id = 1",
            "revision 1: utterance 1 is not",
        ),
        (
            "update transcript_label set label = 'MS. LINT' where id = 1",
            "revision 1: utterance 2 is not what was hashed",
        ),
        ("update utterance set position = 20 where revision_id = 1 and number = 8", "utterance 8 is not in its place"),
        ("delete from utterance where revision_id = 1 and number = 8", "revision 1 does not follow"),
        ("update revision set reason = 'Nothing.' where number = 2", "revision 2 does not follow"),
        (
            "update revision set created_at = created_at + interval '1 microsecond' where number = 2",
            "revision 2 does not",
        ),
        (
            "update transcript t set revision_id = r.id from revision r where r.transcript_id = t.id and r.number = 1",
            "is not the last, 3",
        ),
        ("update audit_entry set act = 'join' where id = 1", "audit log: entry 1 does not follow"),
        ("delete from audit_entry where id = 1", "audit log: entry 1 is missing"),
        ("delete from audit_entry where id = 2", "audit log: it ends with entry 1, but 2 were written"),
    ];
    for (harm, named) in harms {
        // Never committed: the next harm begins with the record as it is.
        let mut tx = world.pool.begin().await.expect("a transaction");
        let harmed = sqlx::query(harm).execute(&mut *tx).await.expect("harm");
        assert!(harmed.rows_affected() > 0, "{harm}");
        let mismatch = verify(&mut tx).await.expect("an answer").mismatch.unwrap_or_default();
        assert!(mismatch.contains(named), "{harm}: {mismatch}");
    }
}
