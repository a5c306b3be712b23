//! A page that changes at its publisher's: it is noticed, put before an editor, and the difference is public.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use jiff::{Timestamp, ToSpan as _};
use onrecord::ingest::child::{Pool as Readers, WorkerCommand};
use onrecord::ingest::fetch::Fetcher;
use onrecord::jobs::refetch::fetch_next;
use onrecord::jobs::uploads::{Desk, read_next};

use super::editor::{look, press_button, sign_in};
use super::transcripts::OFFICIAL;
use super::upload::{slug_of, upload};
use crate::record::verify::verified;
use crate::world::World;

/// What the publisher answers at the moment: nothing, if it cannot be reached.
type Page = Arc<Mutex<Option<(StatusCode, String)>>>;

/// A publisher on loopback, and the archive that watches one of its pages.
struct Story {
    world: World,
    cookie: String,
    desk: Desk,
    page: Page,
    slug: String,
}

const NOON: &str = "2026-11-22T12:00:00Z";

fn noon() -> Timestamp {
    NOON.parse().expect("a moment")
}

async fn answer(State(page): State<Page>) -> (StatusCode, String) {
    page.lock().expect("the page").clone().unwrap_or((StatusCode::SERVICE_UNAVAILABLE, String::new()))
}

impl Story {
    /// The page is fetched for the first time, and its briefing is published.
    async fn begin() -> Self {
        let page: Page = Arc::new(Mutex::new(Some((StatusCode::OK, OFFICIAL.to_owned()))));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}/tide.txt", listener.local_addr().expect("an address"));
        let publisher = Router::new().route("/tide.txt", get(answer)).with_state(Arc::clone(&page));
        tokio::spawn(async move { axum::serve(listener, publisher).await });
        let world = World::new().await;
        let cookie = sign_in(&world).await;
        let worker = WorkerCommand::new(env!("CARGO_BIN_EXE_onrecord"), ["parse-worker"]);
        let desk = Desk {
            pool: world.pool.clone(),
            readers: Readers::new(1, worker),
            fetcher: Fetcher::new(true).expect("a fetcher"),
            clock: noon,
        };
        let fields = [("addresses", address.as_str()), ("title", "On the tide"), ("series", "Harbour House briefing")];
        upload(&world, &cookie, &fields, &[]).await;
        while read_next(&desk, None).await.expect("it is read").is_some() {}
        let slug = slug_of(&world, "On the tide").await;
        press_button(&world, &format!("/editor/drafts/{slug}/publish"), &cookie, "").await.assert_status(303);
        Self { world, cookie, desk, page, slug }
    }

    fn now_says(&self, status: StatusCode, text: &str) {
        *self.page.lock().expect("the page") = Some((status, text.to_owned()));
    }

    fn cannot_be_reached(&self) {
        *self.page.lock().expect("the page") = None;
    }

    /// Fetches what is due some hours after the first time; says whether anything was.
    async fn hours_later(&self, hours: i64) -> bool {
        let now = noon().checked_add(hours.hours()).and_then(|now| now.checked_add(1.minutes())).expect("a moment");
        fetch_next(&self.desk, now).await.expect("it looks")
    }

    async fn outcomes(&self) -> Vec<String> {
        let outcomes = sqlx::query_scalar("select outcome from retrieval order by id");
        outcomes.fetch_all(&self.world.pool).await.expect("retrievals")
    }

    async fn look(&self, address: &str) -> crate::world::Answer {
        look(&self.world, &self.cookie, address).await
    }

    async fn press(&self, address: &str, fields: &str) -> crate::world::Answer {
        press_button(&self.world, address, &self.cookie, fields).await
    }

    async fn transcripts(&self) -> crate::world::Answer {
        self.look(&format!("/editor/briefings/{}/transcripts", self.slug)).await.assert_page()
    }
}

#[tokio::test]
async fn a_change_at_the_publishers_is_public_after_one_click_with_both_sources_kept() {
    let story = Story::begin().await;
    assert!(!story.hours_later(0).await, "not within the hour");
    assert!(story.hours_later(1).await);
    assert!(!story.hours_later(2).await, "not before a day has passed");
    story.now_says(StatusCode::OK, &OFFICIAL.replace("four millions", "six millions"));
    assert!(story.hours_later(24).await);
    assert_eq!(story.outcomes().await, ["same", "changed"]);
    // Readers know nothing of it yet.
    story.world.get(&format!("/briefings/{}", story.slug)).await.assert_does_not_say("six millions");
    story.world.get(&format!("/briefings/{}/history", story.slug)).await.assert_says("Nothing was corrected.");

    story
        .look("/editor/proposals")
        .await
        .assert_page()
        .assert_says("On the tide found less than an hour ago · published");
    story
        .look("/editor/proposals/1")
        .await
        .assert_page()
        .assert_says("four became six .")
        .assert_says("set aside [taken out: four ] [put in: six ] millions")
        .assert_says("After received 23 November 2026, 12:01 p.m. UTC from http://127.0.0.1");
    let adopt = "revision=1&reason=The+issuer+changed+this+text.";
    story.press("/editor/proposals/1/adopt", &adopt.replace("revision=1", "revision=7")).await.assert_status(400);
    story
        .press("/editor/proposals/1/adopt", adopt)
        .await
        .assert_redirects_to(&format!("/briefings/{}/history", story.slug));

    story.world.get("/search?q=%22six+millions%22").await.assert_says("1 result");
    let difference = story
        .world
        .get(&format!("/briefings/{}/changes/1..2", story.slug))
        .await
        .assert_page()
        .assert_says("The issuer’s version")
        .assert_says("four became six .")
        .assert_says("Read from Before received 22 November 2026, 12:00 p.m. UTC")
        .assert_says("After received 23 November 2026, 12:01 p.m. UTC");
    let sources: Vec<String> = sqlx::query_scalar("select encode(sha256, 'hex') from source order by id")
        .fetch_all(&story.world.pool)
        .await
        .expect("sources");
    assert_eq!(sources.len(), 2);
    assert!(sources.iter().all(|sha256| difference.text.contains(sha256)), "both are named");
    story.look("/editor/proposals").await.assert_says("None waits for you.");
    story.look("/editor/proposals/1").await.assert_says("Adopted on 22 November 2026");
    story
        .press("/editor/proposals/1/adopt", "revision=2&reason=x")
        .await
        .assert_status(400)
        .assert_says("decided already");
    // The clock of editors stands still here, and a correction comes after what it corrects.
    story.world.change("update briefing set published_at = published_at - interval '1 hour'").await;
    story.world.get("/corrections").await.assert_says("The issuer changed this text.");
    let json = story.world.get(&format!("/api/v1/briefings/{}", story.slug)).await.json();
    assert_eq!(json["transcripts"][0]["status"], "revised");
    assert_eq!(json["transcripts"][0]["source"]["sha256"], sources[1].as_str());
    assert_eq!(verified(&story.world).await.mismatch, None);
}

#[tokio::test]
async fn other_bytes_with_the_same_words_are_noted_and_bother_nobody() {
    let story = Story::begin().await;
    story.now_says(StatusCode::OK, &OFFICIAL.replace("\n\n", "\n\n\n"));
    assert!(story.hours_later(1).await);
    assert_eq!(story.outcomes().await, ["same-words"]);
    story.look("/editor/proposals").await.assert_says("None waits for you.");
    story.transcripts().await.assert_says("other bytes, the same words");
}

#[tokio::test]
async fn an_unreachable_publisher_is_tried_again_and_what_is_gone_is_known() {
    let story = Story::begin().await;
    story.cannot_be_reached();
    assert!(story.hours_later(1).await);
    assert!(story.hours_later(2).await, "after ten minutes already");
    story.now_says(StatusCode::GONE, "");
    assert!(story.hours_later(24).await);
    assert!(!story.hours_later(25).await);
    assert_eq!(story.outcomes().await, ["failed", "failed", "gone"]);
    story.transcripts().await.assert_says("Nothing is there any more since 23 November 2026, 12:01 p.m. UTC .");
    story.now_says(StatusCode::OK, OFFICIAL);
    assert!(story.hours_later(7 * 24).await);
    story.transcripts().await.assert_does_not_say("any more since");
    assert!(story.hours_later(30 * 24).await);
    assert!(!story.hours_later(400 * 24).await, "a month later was the last time");
    // An editor may look at any time.
    let fetch = format!("/editor/briefings/{}/transcripts/fetch", story.slug);
    story.press(&fetch, "number=1").await.assert_status(303);
    story.look("/editor/audit?act=transcript.fetched-by-hand").await.assert_says("1 entry.");
    assert!(story.hours_later(400 * 24).await);
    story.press(&fetch, "number=2").await.assert_status(404);
}

#[tokio::test]
async fn what_an_editor_declines_stays_declined_until_it_changes_again() {
    let story = Story::begin().await;
    let wrong = OFFICIAL.replace("four millions", "no millions");
    story.now_says(StatusCode::OK, &wrong);
    assert!(story.hours_later(1).await);
    story.press("/editor/proposals/1/decline", "reason=+").await.assert_status(400).assert_says("Say why");
    story.press("/editor/proposals/1/decline", "reason=A+slip.").await.assert_redirects_to("/editor/proposals");
    assert!(story.hours_later(24).await);
    story.look("/editor/proposals").await.assert_says("None waits for you.");
    // It goes back to what it was: there is nothing to adopt, but it is said.
    story.now_says(StatusCode::OK, OFFICIAL);
    assert!(story.hours_later(7 * 24).await);
    assert_eq!(story.outcomes().await, ["changed", "same", "changed"]);
    story.look("/editor/proposals/2").await.assert_page().assert_says("Nothing that readers see");
    // Another change before anybody decided: the older one is out.
    story.now_says(StatusCode::OK, &OFFICIAL.replace("at eight", "at nine"));
    assert!(story.hours_later(30 * 24).await);
    story.look("/editor/proposals/2").await.assert_says("Declined").assert_says("A newer version came.");
    story.look("/editor/proposals/3").await.assert_says("eight became nine .");
    assert_eq!(verified(&story.world).await.mismatch, None);
    story.world.get(&format!("/briefings/{}", story.slug)).await.assert_says("at eight").assert_does_not_say("nine");
}

#[tokio::test]
async fn the_same_address_is_never_silently_a_second_briefing() {
    let story = Story::begin().await;
    story.now_says(StatusCode::OK, "Something else\n\nNovember 21, 2026\n\nMS. LIND: Nothing was said yesterday.\n");
    let address: String = sqlx::query_scalar("select url from refetch").fetch_one(&story.world.pool).await.expect("it");
    let fields = [("addresses", address.as_str()), ("title", "Once more")];
    upload(&story.world, &story.cookie, &fields, &[]).await;
    while read_next(&story.desk, None).await.expect("it is read").is_some() {}
    let second = slug_of(&story.world, "Once more").await;
    let draft = format!("/editor/drafts/{second}");
    story
        .look(&draft)
        .await
        .assert_says("The same event is here already")
        .assert_says("Both came from the same address.");
    story.press(&format!("{draft}/publish"), "").await.assert_status(400);
}

#[tokio::test]
async fn bytes_that_were_redacted_here_do_not_come_back_from_their_publisher() {
    let story = Story::begin().await;
    story.world.briefing("Elsewhere").turn("MS. LIND", "Nothing.").create().await;
    story
        .world
        .change(
            "with made as (insert into redaction (briefing_id, revision_id, position)
                           select b.id, t.revision_id, 0 from briefing b join transcript t on t.briefing_id = b.id
                           where b.title = 'Elsewhere' returning id)
             update source s set bytes = '', source_text = '', sha256 = sha256('Gone'::bytea), redaction_id = made.id
             from made, transcript t join briefing b on b.id = t.briefing_id
             where b.title = 'Elsewhere' and s.id = t.source_id",
        )
        .await;
    story.now_says(StatusCode::OK, "Gone");
    assert!(story.hours_later(24).await);
    assert_eq!(story.outcomes().await, ["redacted"]);
    story.transcripts().await.assert_says("bytes that were redacted here: not taken in again");
    story.look("/editor/proposals").await.assert_does_not_say("Gone");
}
