//! Who speaks in what readers see: corrected in one transcript, or said of the whole series from that day on.

use super::draft::{behind, calls, label_of};
use super::editor::{look, press_button, sign_in};
use crate::record::verify::verified;
use crate::world::{Answer, World};

const PAGE: &str = "/editor/briefings/2026-11-17-harbour-call";

/// Calls of three days, of which the last two are published, and what the browser of an editor sends.
async fn two_published() -> (World, String) {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    calls(&world, &cookie, &[16, 17, 18]).await;
    for day in [17, 18] {
        let publish = format!("/editor/drafts/2026-11-{day}-harbour-call/publish");
        press_button(&world, &publish, &cookie, "").await.assert_status(303);
    }
    (world, cookie)
}

async fn say(world: &World, cookie: &str, fields: &str) -> Answer {
    let id = label_of(world, "2026-11-17-harbour-call", "SPEAKER 1").await;
    press_button(world, &format!("{PAGE}/settle"), cookie, &format!("label={id}&{fields}")).await
}

#[tokio::test]
async fn a_label_that_readers_see_is_settled_for_its_series_with_a_reason_that_stays() {
    let (world, cookie) = two_published().await;
    look(&world, &cookie, PAGE)
        .await
        .assert_page()
        .assert_says("SPEAKER 1 2 turns")
        .assert_says("In all of Harbour House briefing from 17 November 2026 on, also in what is still to come");
    say(&world, &cookie, "revision=1&speaker=Mara+Quill&series=yes&reason=Heard+again.")
        .await
        .assert_status(422)
        .assert_says("No speaker is called “Mara Quill” so far.")
        .assert_has("required value=\"Heard again.\"")
        .assert_has("name=\"series\" value=\"yes\" checked");
    let mara = "speaker=Mara+Quill&create=yes&series=yes";
    say(&world, &cookie, &format!("revision=1&{mara}&reason=+")).await.assert_status(422).assert_says("Say why");
    assert_eq!(behind(&world, 18).await, None);
    let id = label_of(&world, "2026-11-17-harbour-call", "SPEAKER 1").await;
    say(&world, &cookie, &format!("revision=1&{mara}&reason=Heard+again."))
        .await
        .assert_redirects_to(&format!("{PAGE}#label-{id}"));
    world.get("/search?q=speaker:mara-quill").await.assert_says("4 results");
    world.get("/briefings/2026-11-17-harbour-call/history").await.assert_says("Heard again.");
    calls(&world, &cookie, &[19]).await;
    let who = async || [behind(&world, 16).await, behind(&world, 17).await, behind(&world, 19).await];
    assert_eq!(who().await, [None, Some("Mara Quill".to_owned()), Some("Mara Quill".to_owned())]);
    say(&world, &cookie, "revision=1&speaker=Mara+Quill&reason=x").await.assert_status(409);
    // Said of this transcript before: what is new is the word for the series.
    say(&world, &cookie, "revision=2&speaker=Mara+Quill&reason=x").await.assert_status(422).assert_says("It is so");
    say(&world, &cookie, "revision=2&speaker=Mara+Quill&series=yes&reason=x").await.assert_status(303);
    // Taken back for the series, it still holds where it was corrected with a reason.
    let labels = "/editor/series/harbour-house-briefing/labels";
    let last: i64 = sqlx::query_scalar("select max(id) from series_label").fetch_one(&world.pool).await.expect("an id");
    press_button(&world, labels, &cookie, &format!("id={last}")).await.assert_redirects_to(labels);
    assert_eq!(who().await, [None, Some("Mara Quill".to_owned()), None]);
    look(&world, &cookie, "/editor/audit?act=label.settled-for-series").await.assert_says("2 entries.");
    assert_eq!(verified(&world).await.mismatch, None);
}

#[tokio::test]
async fn of_one_transcript_it_is_a_correction_like_any_other() {
    let (world, cookie) = two_published().await;
    say(&world, &cookie, "revision=1&role=staff&reason=Not+an+official.").await.assert_status(303);
    look(&world, &cookie, PAGE).await.assert_says("Taken for staff, not named An editor’s word.");
    world.get("/briefings/2026-11-17-harbour-call/changes/1..2").await.assert_status(200).assert_says("SPEAKER 1");
    say(&world, &cookie, "revision=2&reason=x").await.assert_status(422).assert_says("Type a name, or choose");
    assert_eq!(behind(&world, 18).await, None);
    assert_eq!(verified(&world).await.mismatch, None);
}

#[tokio::test]
async fn a_label_of_a_whole_upload_is_settled_for_its_series_from_the_first_of_its_days_on() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    calls(&world, &cookie, &[18, 17]).await;
    // As if nothing at all were known of the label.
    world.change("update transcript_label set role = null where label = 'SPEAKER 1'").await;
    let batch = look(&world, &cookie, "/editor/batches/1").await.assert_page();
    batch.assert_says("In all of Harbour House briefing from 17 November 2026 on, also in what is still to come");
    let fields = "why=unknown&label=SPEAKER+1&speaker=Mara+Quill&create=yes&series=yes";
    press_button(&world, "/editor/batches/1/settle", &cookie, fields).await.assert_status(303);
    calls(&world, &cookie, &[16, 19]).await;
    let mut who = Vec::new();
    for day in 16..=19 {
        who.push(behind(&world, day).await);
    }
    let mara = Some("Mara Quill".to_owned());
    assert_eq!(who, [None, mara.clone(), mara.clone(), mara]);
    look(&world, &cookie, "/editor/audit?act=label.settled-for-series").await.assert_says("1 entry.");
}
