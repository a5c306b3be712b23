//! Rights and names: what readers are not to see is nowhere, and editors see it all.

use super::editor::{look, press_button, sign_in};
use crate::world::World;

const REPORT: &str = "2026-03-11-minister-calms-norlund";

async fn report() -> World {
    let world = World::new().await;
    world
        .briefing("Minister calms Norlund")
        .of_kind("report")
        .held_on("2026-03-11")
        .in_series("Harbour Gazette")
        .paragraph("The gromble was a surprise. \u{201c}The wall is sound,\u{201d} Ada Lind said. Nobody believed her.")
        .about("Norlund")
        .paragraph("Gromble prices rose.")
        .about("Norlund")
        .create()
        .await;
    world.change("update source set url = 'https://gazette.example/norlund'").await;
    world
}

async fn rights(world: &World, editor: &str, slug: &str, fields: &str) {
    let address = format!("/editor/briefings/{slug}/rights");
    let said = press_button(world, &address, editor, fields).await;
    said.assert_redirects_to(&format!("/editor/briefings/{slug}#rights"));
}

#[tokio::test]
async fn of_a_copyrighted_report_readers_see_quotations_and_the_way_to_the_publisher() {
    let world = report().await;
    let editor = sign_in(&world).await;
    world.get("/search?q=gromble&briefing_kind=report").await.assert_says("2 results");
    rights(&world, &editor, REPORT, "rights=quotations&attribution=named&attributed_to=").await;
    let page = world.get(&format!("/briefings/{REPORT}")).await.assert_page();
    page.assert_says("Quotations only.")
        .assert_says("\u{201c}The wall is sound,\u{201d} Ada Lind said.")
        .assert_says("[Not shown: only quotations of this text may be shown.]")
        .assert_has("href=\"https://gazette.example/norlund\"")
        .assert_does_not_say("Nobody believed");
    world.get("/search?q=wall&briefing_kind=report").await.assert_says("1 result");
    world.get("/search?q=believed&briefing_kind=report").await.assert_says("Nothing found");
    world.get("/search?q=topic:norlund&briefing_kind=report").await.assert_says("Nothing found");
    world.get(&format!("/briefings/{REPORT}/2")).await.assert_page().assert_says("[Not shown");
    let api = world.get(&format!("/api/v1/briefings/{REPORT}")).await.json();
    assert_eq!(api["rights"], "quotations");
    assert_eq!(api["utterances"][1]["withheld"]["because"], "rights");
    assert!(api["transcripts"][0]["source"]["download"].is_null());
    look(&world, &editor, &format!("/editor/briefings/{REPORT}/1"))
        .await
        .assert_page()
        .assert_says("The gromble was a surprise.");
    rights(&world, &editor, REPORT, "rights=full&attribution=named&attributed_to=").await;
    world.get("/search?q=believed&briefing_kind=report").await.assert_says("1 result");
}

#[tokio::test]
async fn whoever_spoke_on_background_is_shown_as_the_text_prints_it_or_as_an_editor_says() {
    let world = World::new().await;
    let made = world
        .briefing("Call on the dredging")
        .held_on("2026-03-12")
        .person("MR. SKERRY", "Tam Skerry", "Harbour Master")
        .person("MS. LIND", "Ada Lind", "Harbour Minister")
        .turn("MS. LIND", "My colleague takes it from here.")
        .turn("Q", "Has the dredger left?")
        .turn("MR. SKERRY", "It has left.")
        .create()
        .await;
    let editor = sign_in(&world).await;
    let slug = made.slug.as_str();
    world.get("/speakers/tam-skerry").await.assert_page();
    rights(&world, &editor, slug, "label=MR.+SKERRY&attribution=background&attributed_to=SENIOR+PORT+OFFICIAL").await;
    world
        .get(&format!("/briefings/{slug}"))
        .await
        .assert_page()
        .assert_says("SENIOR PORT OFFICIAL on background It has left.")
        .assert_says("MS. LIND Ada Lind")
        .assert_does_not_say("SKERRY")
        .assert_does_not_say("Skerry");
    world.get("/speakers/tam-skerry").await.assert_status(404).assert_does_not_say("Tam Skerry");
    world.get("/search?q=label:skerry").await.assert_does_not_say("It has left.");
    world.get("/search?q=dredger").await.assert_says("Has the [match: dredger ] left?");
    look(&world, &editor, &format!("/editor/briefings/{slug}/3")).await.assert_page().assert_says("MR. SKERRY");
    rights(&world, &editor, slug, "label=MR.+SKERRY&attribution=&attributed_to=").await;
    rights(&world, &editor, slug, "rights=full&attribution=not-for-attribution&attributed_to=").await;
    let page = world.get(&format!("/briefings/{slug}")).await.assert_page();
    page.assert_says("Not for attribution.")
        .assert_says("OFFICIAL")
        .assert_says("Has the dredger left?")
        .assert_does_not_say("LIND")
        .assert_does_not_say("Skerry");
    let entries: Vec<String> =
        sqlx::query_scalar("select refs::text from audit_entry where act = 'rights' order by id")
            .fetch_all(&world.pool)
            .await
            .expect("entries");
    assert_eq!(entries.len(), 3);
    assert!(entries.iter().all(|refs| !refs.contains("SKERRY")), "{entries:?}");
}

#[tokio::test]
async fn the_original_file_is_given_as_it_was_received_and_never_as_a_page() {
    let world = super::small_archive().await;
    let slug = "2026-03-10-harbour-briefing-by-minister-ada-lind";
    world.change("update source set media_type = 'text/html', file_name = 'in/harbour \"1\".html'").await;
    let api = world.get(&format!("/api/v1/briefings/{slug}")).await.json();
    let source = &api["transcripts"][0]["source"];
    let address = source["download"].as_str().expect("an address").replace(crate::world::PUBLIC_URL, "");
    let file = world.get(&address).await.assert_status(200);
    assert!(file.text.starts_with("1\n: Harbour Ministry\n"), "{}", file.text);
    assert_eq!(file.header("content-type"), "text/html");
    assert!(file.header("content-disposition").starts_with("attachment; filename=\"harbour _1_.html\""));
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert_eq!(file.header("content-security-policy"), "sandbox; default-src 'none'");
    let page = world.get(&format!("/briefings/{slug}")).await.assert_page();
    page.assert_has(&format!("href=\"{address}\"")).assert_says(source["sha256"].as_str().expect("a hash"));
    world.get(&format!("/briefings/{slug}/history")).await.assert_has(&format!("href=\"{address}\""));

    let other = "2025-11-04-weekly-briefing-by-omar-vesk";
    world.get(&address.replace(slug, other)).await.assert_status(404);
    world.get(&format!("/briefings/{slug}/sources/zz")).await.assert_status(404);
    for (change, status, says) in [
        ("update briefing set rights = 'quotations'", 451, "Only quotations of this text may be shown"),
        ("update briefing set rights = 'full', attribution = 'background'", 451, "names people who spoke without"),
        (
            "update briefing set attribution = 'named', status = 'withdrawn', withdrawn_at = now()",
            410,
            "This briefing has been withdrawn",
        ),
        ("update briefing set status = 'draft', published_at = null", 404, "There is nothing here"),
    ] {
        world.change(change).await;
        world.get(&address).await.assert_status(status).assert_says(says);
    }
}
