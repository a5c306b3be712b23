//! The same event twice: noticed before it is published, and kept as another transcript, a newer version, or its own.

use axum::body::Body;
use axum::http::Request;
use onrecord::domain::{Actor, BriefingId, TokenScope, TranscriptId, TranscriptStatus};
use onrecord::editorial::{self, Choice};
use onrecord::store::drafts::Written;
use onrecord::store::same_event::{self, FoundBy};

use super::editor::{look, press_button, sign_in};
use super::programs::token;
use super::upload::{read_all, slug_of, upload};
use crate::record::verify::verified;
use crate::world::{Answer, World};

/// What was said, as the press office has it.
pub const OFFICIAL: &str = "\
HARBOUR HOUSE

PRESS BRIEFING BY PRESS SECRETARY ADA LIND

November 20, 2026

MS. LIND: Good afternoon, everybody. The tide came in at four this morning and the northern lock was shut in time, so the
lower town is dry. The engineers measured the water at the old bridge three times before noon.

Q: Will the ferry to the outer islands run tonight?

MS. LIND: It will run at eight, and once more at ten if the wind allows it. Nobody should drive down to the pier before
that, because the road is being cleared of branches.

Q: And who pays for the new pumps?

MS. LIND: The council set aside four millions for the pumps in spring. I will come back to you with the figure for the
harbour wall when I have it.

Q: Thank you.
";

/// The same event, as a wire service heard it: other labels, two words otherwise, one question more.
const WIRE: &str = "\
Harbour House briefing, 20 November 2026

LIND: Good afternoon, everybody. The tide came in at four this morning and the northern dock was shut in time, so the
lower town is dry. The engineers measured the water at the old bridge three times before noon.

REPORTER: Will the ferry to the outer islands run tonight?

LIND: It will run at eight, and once more at ten if the wind allows it. Nobody should drive down to the pier before
that, because the road is being cleared of branches.

REPORTER: Since when?

LIND: Since this morning.

REPORTER: And who pays for the new pumps?

LIND: The council set aside five millions for the pumps in spring. I will come back to you with the figure for the
harbour wall when I have it.
";

const SERIES: [(&str, &str); 2] = [("series", "Harbour House briefing"), ("date", "2026-11-20")];

/// Brings a text in by the form; the address of its batch.
async fn bring(world: &World, cookie: &str, title: &str, text: &str) -> String {
    let fields = [SERIES[0], SERIES[1], ("title", title)];
    let batch = upload(world, cookie, &fields, &[("text.txt", text.as_bytes())]).await;
    read_all(world).await;
    batch
}

async fn publish(world: &World, cookie: &str, slug: &str) -> Answer {
    press_button(world, &format!("/editor/drafts/{slug}/publish"), cookie, "").await
}

/// The official text, published, and the wire's, a draft.
async fn twice(world: &World, cookie: &str) -> (String, String) {
    bring(world, cookie, "On the tide", OFFICIAL).await;
    let first = slug_of(world, "On the tide").await;
    publish(world, cookie, &first).await.assert_redirects_to(&format!("/briefings/{first}"));
    bring(world, cookie, "On the tide, by wire", WIRE).await;
    (first, slug_of(world, "On the tide, by wire").await)
}

async fn choose(world: &World, cookie: &str, slug: &str, fields: &str) -> Answer {
    press_button(world, &format!("/editor/drafts/{slug}/same-event"), cookie, fields).await
}

#[tokio::test]
async fn what_is_here_already_is_announced_and_cannot_be_published_in_any_way() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    let (first, second) = twice(&world, &cookie).await;
    look(&world, &cookie, &format!("/editor/drafts/{second}"))
        .await
        .assert_page()
        .assert_says("The same event is here already")
        .assert_says("of the words of this draft stand in On the tide too, in the same order.")
        .assert_says("Both are of the same day in the same series.")
        .assert_has(&format!("href=\"/briefings/{first}\""));
    publish(&world, &cookie, &second).await.assert_status(400).assert_says("The same event seems to be here already.");
    let (address, typed) = (format!("/editor/drafts/{second}/publish"), "saves=0&kind=briefing&title=Typed+before");
    let typed = press_button(&world, &address, &cookie, typed);
    typed.await.assert_status(422).assert_says("The same event seems to be here already.").assert_has("Typed before");
    let program = Request::post(format!("/api/v1/briefings/{second}/publish"))
        .header("authorization", token(&world, 1, TokenScope::Edit).await)
        .header("content-type", "application/json")
        .body(Body::from("{}"))
        .expect("a request");
    let refused = world.send(program).await.assert_status(422).json();
    assert!(refused["type"].as_str().is_some_and(|kind| kind.ends_with("same-event")), "{refused}");
    let schedule = format!("/editor/drafts/{second}/schedule");
    press_button(&world, &schedule, &cookie, "at=2026-11-30T10:00").await.assert_status(400);
    let batch = bring(&world, &cookie, "A third one", &WIRE.replace("Since this morning.", "Since dawn.")).await;
    look(&world, &cookie, &batch).await.assert_says("The same event is here already: 1 draft");
    press_button(&world, &format!("{batch}/publish"), &cookie, "").await.assert_status(400);
    // Set by somebody else's hand, its time still does not come.
    world.change("update briefing set publish_at = '2026-11-22T11:00:00Z' where status = 'draft'").await;
    let now = "2026-11-22T12:00:00Z".parse().expect("a moment");
    assert!(!onrecord::jobs::embargo::publish_due(&world.pool, now).await.expect("it looks"));
    // Readers hear nothing of it.
    for address in [format!("/briefings/{first}"), "/briefings".to_owned(), format!("/api/v1/briefings/{first}")] {
        let page = world.get(&address).await.assert_status(200);
        assert!(!page.text.contains("wire") && !page.text.contains("northern dock"), "{address}");
    }
    world.get(&format!("/briefings/{second}")).await.assert_status(404);
}

#[tokio::test]
async fn a_briefing_of_its_own_is_an_act_on_record_and_then_it_is_published() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    let (_, second) = twice(&world, &cookie).await;
    choose(&world, &cookie, &second, "choice=own").await.assert_redirects_to(&format!("/editor/drafts/{second}"));
    look(&world, &cookie, &format!("/editor/drafts/{second}"))
        .await
        .assert_says("A briefing of its own, an editor says");
    choose(&world, &cookie, &second, "choice=own").await.assert_status(400).assert_says("That was said already.");
    publish(&world, &cookie, &second).await.assert_redirects_to(&format!("/briefings/{second}"));
    look(&world, &cookie, "/editor/audit?act=briefing.own").await.assert_says("ada@harbour.example");
    assert_eq!(verified(&world).await.mismatch, None);
}

#[tokio::test]
async fn a_second_transcript_is_read_and_compared_beside_the_first() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    let (first, second) = twice(&world, &cookie).await;
    let nobody = format!("choice=second&of={first}&issuer=+&status=official");
    choose(&world, &cookie, &second, &nobody).await.assert_status(400).assert_says("Say who issued this text");
    let wire = format!("choice=second&of={first}&issuer=Tarvenian+Wire&status=provisional");
    choose(&world, &cookie, &second, &wire)
        .await
        .assert_redirects_to(&format!("/editor/briefings/{first}/transcripts"));
    world
        .get(&format!("/briefings/{first}"))
        .await
        .assert_page()
        .assert_says("Other transcripts Tarvenian Wire, provisional, received 22 November 2026")
        .assert_says("the northern lock")
        .assert_does_not_say("the northern dock");
    world
        .get(&format!("/briefings/{first}/transcripts/2"))
        .await
        .assert_page()
        .assert_says("Another transcript of this event.")
        .assert_says("the northern dock");
    world.get(&format!("/briefings/{first}/transcripts/1")).await.assert_redirects_to(&format!("/briefings/{first}"));
    world.get(&format!("/briefings/{first}/transcripts/3")).await.assert_status(404);
    let compared = world
        .get(&format!("/briefings/{first}/compare/1..2"))
        .await
        .assert_page()
        .assert_says("lock in the first, dock in the second.")
        .assert_says("four in the first, five in the second.")
        .assert_says("Only in the second: Since when?")
        .assert_says("The council set aside [taken out: four ] [put in: five ] millions");
    assert!(!compared.words().contains("Only in the second: It will run"));
    let labels = compared.words().matches("MS. LIND in the first, LIND in the second.").count();
    assert_eq!(labels, 1, "what differs in every turn is told once");
    world.get(&format!("/briefings/{first}/compare/1..1")).await.assert_status(404);
    world.get("/search?q=dock").await.assert_says("Nothing found");
    world
        .get(&format!("/briefings/{first}/history"))
        .await
        .assert_says("Another transcript: Tarvenian Wire")
        .assert_says("became another transcript of this briefing");
    let json = world.get(&format!("/api/v1/briefings/{first}")).await.json();
    assert_eq!(json["transcripts"][0]["main"], true);
    assert_eq!(json["transcripts"][1]["issuer"], "Tarvenian Wire");
    assert_eq!(json["transcripts"][1]["status"], "provisional");
    // The draft is gone, and its bytes are known.
    world.get(&format!("/briefings/{second}")).await.assert_status(404);
    let again = bring(&world, &cookie, "Once more", WIRE).await;
    look(&world, &cookie, &again).await.assert_says("the archive holds these very bytes");
    assert_eq!(verified(&world).await.mismatch, None);
}

#[tokio::test]
async fn another_transcript_becomes_the_main_one_and_old_links_still_mean_what_they_meant() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    let (first, second) = twice(&world, &cookie).await;
    let wire = format!("choice=second&of={first}&issuer=Tarvenian+Wire&status=official");
    choose(&world, &cookie, &second, &wire).await.assert_status(303);
    let number = world.get("/api/v1/search?q=%22northern+lock%22").await.json()["results"][0]["number"].clone();
    let main = format!("/editor/briefings/{first}/transcripts/main");
    press_button(&world, &main, &cookie, "number=2&reason=").await.assert_status(400).assert_says("Say why");
    press_button(&world, &main, &cookie, "number=2&reason=It+is+more+complete.").await.assert_status(303);
    press_button(&world, &main, &cookie, "number=2&reason=Again.").await.assert_status(400);
    world.get("/search?q=lock").await.assert_says("Nothing found");
    let found = world.get("/api/v1/search?q=%22northern+dock%22").await.json();
    assert_eq!(found["results"][0]["number"], number, "the same turn has the same number");
    world.get(&format!("/briefings/{first}/{number}")).await.assert_says("the northern dock");
    world
        .get(&format!("/briefings/{first}/{number}?revision=1"))
        .await
        .assert_page()
        .assert_says("the northern lock")
        .assert_says("These very words have changed since.");
    let history = world.get(&format!("/briefings/{first}/history")).await.assert_says("It is more complete.");
    let link =
        history.text.split("/changes/").nth(1).and_then(|rest| rest.split('"').next()).expect("a link").to_owned();
    world
        .get(&format!("/briefings/{first}/changes/{link}"))
        .await
        .assert_page()
        .assert_says("lock became dock")
        .assert_says("Read from Before received");
    // The clock of these tests stands still, and a correction comes after what it corrects.
    world.change("update briefing set published_at = published_at - interval '1 hour'").await;
    world.get("/corrections").await.assert_says("It is more complete.");
    press_button(&world, &main, &cookie, "number=1&reason=It+is+official.").await.assert_status(303);
    world.get("/search?q=lock").await.assert_says("1 result");
    assert_eq!(verified(&world).await.mismatch, None);
}

#[tokio::test]
async fn a_newer_version_keeps_what_editors_did_where_the_issuer_changed_nothing() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    bring(&world, &cookie, "On the tide", OFFICIAL).await;
    let first = slug_of(&world, "On the tide").await;
    publish(&world, &cookie, &first).await.assert_status(303);
    let correct = format!("/editor/briefings/{first}/correct");
    let number = |words: &'static str| {
        let world = &world;
        async move {
            let found = world.get(&format!("/api/v1/search?q=%22{}%22", words.replace(' ', "+"))).await.json();
            found["results"][0]["number"].as_i64().unwrap_or_else(|| panic!("{words}: {found}"))
        }
    };
    let (thanks, pumps) = (number("thank you").await, number("set aside").await);
    let ours = format!("act=words&revision=1&number={thanks}&compared=yes&reason=Heard.&text=Thank+you+kindly.");
    press_button(&world, &correct, &cookie, &ours).await.assert_status(303);
    let note = format!("act=note&revision=2&number={pumps}&kind=ours&reason=Asked.&text=The+council+says+three.");
    press_button(&world, &correct, &cookie, &note).await.assert_status(303);

    let newer = OFFICIAL.replace("four millions", "six millions").replace("Q: Thank", "Q: Really?\n\nQ: Thank");
    bring(&world, &cookie, "On the tide again", &newer).await;
    let second = slug_of(&world, "On the tide again").await;
    let adopt = format!("choice=newer&of={first}&reason=The+press+office+put+a+figure+right.");
    choose(&world, &cookie, &second, &adopt)
        .await
        .assert_redirects_to(&format!("/editor/briefings/{first}/transcripts"));
    assert_eq!(number("six millions").await, pumps, "clearly the same turn keeps its number");
    world
        .get(&format!("/briefings/{first}"))
        .await
        .assert_says("Thank you kindly.")
        .assert_says("[Note by the editors of this archive: The council says three.]")
        .assert_says("revised, revision 4");
    world
        .get(&format!("/briefings/{first}/changes/3..4"))
        .await
        .assert_page()
        .assert_says("The issuer’s version")
        .assert_says("The press office put a figure right.")
        .assert_says(&format!("Turn {pumps}: four became six ."))
        .assert_says("is new: Really?")
        .assert_does_not_say("kindly");
    // The next one is compared with what the issuer said last, not with what stands here.
    let newest = newer.replace("at eight", "at nine");
    bring(&world, &cookie, "On the tide once more", &newest).await;
    let third = slug_of(&world, "On the tide once more").await;
    choose(&world, &cookie, &third, &adopt).await.assert_status(303);
    world.get(&format!("/briefings/{first}")).await.assert_says("Thank you kindly.").assert_says("run at nine");
    let done = verified(&world).await;
    assert_eq!(done.mismatch, None);
    world.change("update revision set source_id = 1 where kind = 'issuer'").await;
    let mismatch = verified(&world).await.mismatch.unwrap_or_default();
    assert!(mismatch.contains("revision 4 names another source"), "{mismatch}");
}

#[tokio::test]
async fn drafts_corrected_before_they_were_joined_leave_the_record_whole() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    let (first, second) = twice(&world, &cookie).await;
    let correct = "act=voice&revision=1&number=3&label=Q&reason=As+the+others.";
    press_button(&world, &format!("/editor/briefings/{second}/correct"), &cookie, correct).await.assert_status(303);
    assert_eq!(verified(&world).await.mismatch, None);
    let wire = format!("choice=second&of={first}&issuer=Wire&status=official");
    choose(&world, &cookie, &second, &wire).await.assert_status(303);
    assert_eq!(verified(&world).await.mismatch, None);
    let ask = Request::get(format!("/editor/drafts/{second}")).header("cookie", &cookie).body(Body::empty());
    world.send(ask.expect("a request")).await.assert_status(404);
}

/// One address of every page of this, with something on it: the harbour briefing gets a second transcript and a newer
/// version that waits, and a draft is of its event.
pub async fn every_page(world: &World) -> Vec<String> {
    const HARBOUR: &str = "2026-03-10-harbour-briefing-by-minister-ada-lind";
    let now = "2026-11-22T12:00:00Z".parse().expect("a moment");
    let text = |title: &str| {
        let draft = world.briefing(title).held_on("2026-03-10").draft();
        draft.turn("LIND", "Good day. The water in Norlund is rising again.").turn("Q", "Is the dam safe?")
    };
    let (wire, newer, same) =
        (text("By wire").create().await, text("Newer").create().await, text("Same").create().await);
    let mut tx = world.pool.begin().await.expect("a transaction");
    let of = |slug: String| {
        let rows = sqlx::query_as(
            "select b.id, t.id from briefing b join transcript t on t.briefing_id = b.id where slug = $1",
        );
        rows.bind(slug)
    };
    let harbour: (i64, i64) = of(HARBOUR.to_owned()).fetch_one(&mut *tx).await.expect("the briefing");
    let version: (i64, i64) = of(newer.slug).fetch_one(&mut *tx).await.expect("a draft");
    let draft: (i64, i64) = of(same.slug.clone()).fetch_one(&mut *tx).await.expect("a draft");
    let written = Written { briefing_id: BriefingId(version.0), transcript_id: TranscriptId(version.1) };
    editorial::propose(&mut tx, written, TranscriptId(harbour.1), BriefingId(harbour.0), now).await.expect("it waits");
    let (draft, other) = (BriefingId(draft.0), BriefingId(harbour.0));
    same_event::add(&mut tx, draft, other, FoundBy::Day, 0.84).await.expect("it is known");
    let second = Choice::Second { of: HARBOUR, issuer: "Tarvenian Wire", status: TranscriptStatus::Provisional };
    let actor = Actor::machine("test");
    editorial::choose(&mut tx, &wire.slug, second, &actor, now).await.expect("an answer").expect("it is the second");
    tx.commit().await.expect("a commit");
    world.follow().await;
    let pages = ["/transcripts/2", "/compare/1..2", "/history", ""].map(|rest| format!("/briefings/{HARBOUR}{rest}"));
    let editors = [format!("/editor/briefings/{HARBOUR}/transcripts"), format!("/editor/drafts/{}", same.slug)];
    let proposals = ["/editor/proposals".to_owned(), "/editor/proposals/1".to_owned()];
    pages.into_iter().chain(editors).chain(proposals).collect()
}

#[tokio::test]
async fn what_nobody_noticed_is_joined_by_address_or_by_words() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    bring(&world, &cookie, "On the tide", OFFICIAL).await;
    let first = slug_of(&world, "On the tide").await;
    publish(&world, &cookie, &first).await.assert_status(303);
    let notes = "Notes\n\nMS. LIND: The lower town is dry.\n\nQ: The ferry?\n\nMS. LIND: At eight.\n";
    let fields = [("title", "Notes of a listener"), ("date", "2026-11-21")];
    upload(&world, &cookie, &fields, &[("notes.txt", notes.as_bytes())]).await;
    read_all(&world).await;
    let second = slug_of(&world, "Notes of a listener").await;
    let draft = look(&world, &cookie, &format!("/editor/drafts/{second}")).await.assert_page();
    draft.assert_does_not_say("The same event is here already").assert_says("It is another text of an event");
    let joining = format!("/editor/drafts/{second}/same-event");
    let asked = async |query: &str| look(&world, &cookie, &format!("{joining}{query}")).await.assert_page();
    asked("").await.assert_says("Nothing else is here of the same day.");
    asked("?q=nothing+like+it").await.assert_says("No briefing has this address or all of these words.");
    for query in ["?q=HARBOUR+tide+2026-11", &format!("?q=https://onrecord.example/briefings/{first}/3"), "?q=%00tide"]
    {
        asked(query).await.assert_says("On the tide , 20 November 2026, Harbour House briefing");
    }
    let chosen = asked(&format!("?of={first}")).await;
    chosen.assert_says("Of this one?").assert_says("of the words of this draft stand in it too");
    let fields = format!("choice=second&of={first}&issuer=A+listener&status=provisional");
    choose(&world, &cookie, &second, &fields)
        .await
        .assert_redirects_to(&format!("/editor/briefings/{first}/transcripts"));
    world.get(&format!("/briefings/{first}")).await.assert_says("Other transcripts A listener, provisional");
    look(&world, &cookie, "/editor/audit?act=transcript.joined").await.assert_says("1 entry.");
    look(&world, &cookie, &joining).await.assert_status(404);
    assert_eq!(verified(&world).await.mismatch, None);
}
