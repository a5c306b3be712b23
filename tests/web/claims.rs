//! Readers find what was asserted, and whose word it is that it was; editors say how claims stand to each other.

use onrecord::domain::ClaimKind;
use sqlx::Row as _;

use super::editor::{look, press_button, sign_in};
use crate::world::{Answer, World};

const MOVED: &str = "We moved 1,200 containers through Kallenport last week.";
const AGAIN: &str = "Kallenport has never seen twelve hundred containers in one week.";
const DENIED: &str = "The ministry did not close the Norlund road.";
const SECRET: &str = "The embargo cost us 40 million dollars.";

/// Three briefings in which claims were found, one of them by somebody who is not named.
struct Archive {
    world: World,
    moved: i64,
    again: i64,
    denied: i64,
    secret: i64,
}

async fn archive() -> Archive {
    let world = World::new().await;
    let first = world
        .briefing("Harbour briefing")
        .held_on("2026-03-10")
        .in_series("Harbour Ministry briefing")
        .person("MS. LIND", "Ada Lind", "Harbour Minister")
        .turn("Q", "How busy is the harbour, and is the Norlund road closed?")
        .turn("MS. LIND", &format!("Good afternoon. {MOVED} {DENIED}"))
        .about("Norlund")
        .create()
        .await;
    let second = world
        .briefing("Harbour briefing")
        .held_on("2026-05-04")
        .person("MR. VESK", "Omar Vesk", "Harbour Master")
        .turn("MR. VESK", AGAIN)
        .create()
        .await;
    let third = world
        .briefing("Background call")
        .held_on("2026-05-05")
        .person("MR. HOLT", "Ivo Holt", "Deputy Minister")
        .turn("MR. HOLT", SECRET)
        .create()
        .await;
    // What is rare is rare beside much that is not.
    let mut quiet = world.briefing("Quiet day");
    for _ in 0..120 {
        quiet = quiet.turn("MODERATOR", "Nothing today.");
    }
    quiet.create().await;
    let (moved, denied) = (
        claim(&world, &first.slug, 2, MOVED, ClaimKind::Figure, 0.3).await,
        claim(&world, &first.slug, 2, DENIED, ClaimKind::Denial, 0.7).await,
    );
    let again = claim(&world, &second.slug, 1, AGAIN, ClaimKind::Figure, 0.2).await;
    let secret = claim(&world, &third.slug, 1, SECRET, ClaimKind::Figure, 0.9).await;
    world
        .change(
            "update transcript set analysed_revision_id = revision_id, analysis_version = 1;
             update briefing set attribution = 'background', attributed_to = 'A DEPUTY MINISTER'
             where title = 'Background call'",
        )
        .await;
    Archive { world, moved, again, denied, secret }
}

/// Puts in a sentence that the machine takes for a claim.
async fn claim(world: &World, slug: &str, number: i32, sentence: &str, kind: ClaimKind, score: f32) -> i64 {
    let row = sqlx::query(
        "select u.id, u.text from briefing b join transcript t on t.briefing_id = b.id
           join utterance u on u.revision_id = t.revision_id where b.slug = $1 and u.number = $2",
    )
    .bind(slug)
    .bind(number)
    .fetch_one(&world.pool)
    .await
    .expect("the turn");
    let (utterance, text): (i64, String) = (row.get(0), row.get(1));
    let starts = text[..text.find(sentence).expect("the sentence")].chars().count() as i32;
    sqlx::query_scalar(
        "insert into claim (briefing_id, utterance_id, number, starts, ends, kind, suggested, score)
         select id, $2, $3, $4, $5, $6, $6, $7 from briefing where slug = $1 returning id",
    )
    .bind(slug)
    .bind(utterance)
    .bind(number)
    .bind(starts)
    .bind(starts + sentence.chars().count() as i32)
    .bind(kind.as_str())
    .bind(score)
    .fetch_one(&world.pool)
    .await
    .expect("a claim")
}

impl Archive {
    async fn get(&self, address: &str) -> Answer {
        self.world.get(address).await
    }

    async fn press(&self, editor: &str, id: i64, fields: &str) -> Answer {
        press_button(&self.world, &format!("/editor/claims/{id}"), editor, fields).await
    }

    async fn totals(&self, query: &str) -> i64 {
        self.get(&format!("/api/v1/claims{query}")).await.json()["total"].as_i64().expect("a number")
    }
}

#[tokio::test]
async fn a_reader_reads_the_claims_of_a_speaker_and_whose_word_they_are() {
    let it = archive().await;
    it.get("/speakers/ada-lind").await.assert_says("Claims: 2").assert_has("href=\"/claims?speaker=ada-lind\"");
    it.get("/topics/norlund").await.assert_says("Claims: 2").assert_has("href=\"/claims?topic=norlund\"");
    let page = it.get("/claims?speaker=ada-lind&sort=worth").await.assert_page();
    page.assert_says("2 claims")
        .assert_says("10 March 2026")
        .assert_says(MOVED)
        .assert_says("1,200 containers")
        .assert_says("figure machine worth a check: middling (0.30 of 1)")
        .assert_says("denial machine worth a check: high (0.70 of 1)")
        .assert_says("MS. LIND Ada Lind , Harbour Minister")
        .assert_says("nobody is ranked by it")
        .assert_does_not_say("most worth a check first")
        .assert_does_not_say(AGAIN);
    let first = it.get("/claims").await.words();
    assert!(first.find(AGAIN) < first.find(MOVED), "the newest first");
    let worthiest = it.get("/claims?sort=worth").await.words();
    assert!(worthiest.find(DENIED) < worthiest.find(MOVED), "what most deserves a check first");
    for (query, total) in [
        ("", 4),
        ("?kind=denial", 1),
        ("?speaker=omar-vesk", 1),
        ("?topic=norlund&kind=figure", 1),
        ("?series=harbour-ministry-briefing", 2),
        ("?from=2026-05", 2),
        ("?to=2026-04", 2),
        ("?reviewed=yes", 0),
    ] {
        assert_eq!(it.totals(query).await, total, "{query}");
        let page = it.get(&format!("/claims{query}")).await.assert_page();
        assert_eq!(page.text.matches("class=\"result claim\"").count() as i64, total, "{query}");
    }
    it.get("/claims?kind=lie").await.assert_says("“lie” is no kind of claim, and was left out.");
    it.get("/claims?reviewed=yes").await.assert_says("Take out a restriction above");
    it.get("/claims?page=9").await.assert_says("but not this many pages");
}

#[tokio::test]
async fn a_claim_has_a_page_with_its_question_and_what_is_the_same_at_another_date() {
    let it = archive().await;
    it.get(&format!("/claims/{}", it.moved))
        .await
        .assert_page()
        .assert_says("Suggested by machine as a figure; no editor has confirmed it.")
        .assert_says("“1,200 containers” 1,200 containers")
        .assert_says("How busy is the harbour")
        .assert_says(&format!("[match: {MOVED} ]"))
        .assert_says("This turn mentions Norlund")
        .assert_says("Suggestions of the machine, not judgements")
        .assert_says(AGAIN)
        .assert_says("Offered because both name 1,200 containers and both say")
        .assert_has("<meta name=\"robots\" content=\"noindex\">");
    it.get(&format!("/claims/{}", it.denied)).await.assert_page().assert_says("No other claim in the archive shares");
    for nothing in ["/claims/99", "/claims/0", "/claims/harbour", "/claims/99999999999999999999"] {
        it.get(nothing).await.assert_status(404);
    }
}

#[tokio::test]
async fn nobody_on_background_is_named_beside_a_claim() {
    let it = archive().await;
    for address in ["/claims", "/claims?kind=figure", &format!("/claims/{}", it.secret), "/api/v1/claims"] {
        let answer = it.get(address).await.assert_status(200);
        assert!(answer.text.contains(SECRET), "{address}");
        assert!(!answer.text.to_lowercase().contains("holt"), "{address}");
    }
    assert_eq!(it.get("/api/v1/claims?speaker=ivo-holt").await.status, 400);
    it.get("/claims?speaker=ivo-holt").await.assert_says("Nobody called “ivo-holt” speaks").assert_does_not_say(SECRET);
}

#[tokio::test]
async fn what_readers_may_not_see_is_on_no_page_of_claims() {
    let it = archive().await;
    for (sql, back) in [
        (
            "update claim set rejected = true, origin = 'editor', decided_at = now() where kind = 'denial'",
            "update claim set rejected = false where kind = 'denial'",
        ),
        (
            "update claim set utterance_id = null where kind = 'denial'",
            "update claim set utterance_id = (select utterance_id from claim where number = 2 and kind = 'figure') where kind = 'denial'",
        ),
        ("update briefing set rights = 'quotations' where date = '2026-03-10'", "update briefing set rights = 'full'"),
        (
            "update briefing set briefing_kind = 'report' where date = '2026-03-10'",
            "update briefing set briefing_kind = 'transcript'",
        ),
        (
            "update transcript set analysed_revision_id = null where id = (select min(id) from transcript)",
            "update transcript set analysed_revision_id = revision_id",
        ),
        (
            "update briefing set status = 'withdrawn', withdrawn_reason = 'A mistake.', withdrawn_at = now() where date = '2026-03-10'",
            "update briefing set status = 'published'",
        ),
    ] {
        it.world.change(sql).await;
        it.get(&format!("/claims/{}", it.denied)).await.assert_status(404);
        assert_eq!(it.totals("?kind=denial").await, 0, "{sql}");
        it.get("/claims").await.assert_page().assert_does_not_say(DENIED);
        it.get("/claims?kind=denial").await.assert_does_not_say("1 claim");
        it.world.change(back).await;
        assert_eq!(it.totals("?kind=denial").await, 1, "{back}");
    }
}

#[tokio::test]
async fn an_editor_says_what_a_claim_is_and_takes_it_back() {
    let it = archive().await;
    let editor = sign_in(&it.world).await;
    let (page, readers) = (format!("/editor/claims/{}", it.moved), format!("/claims/{}", it.moved));
    look(&it.world, &editor, &page)
        .await
        .assert_page()
        .assert_says("A figure , suggested by machine and not confirmed.");
    it.press(&editor, it.moved, "act=kind&kind=fact").await.assert_redirects_to(&page);
    it.get(&readers).await.assert_says("Marked by an editor as a fact.").assert_does_not_say("noindex");
    look(&it.world, &editor, &page).await.assert_says("ada@harbour.example").assert_says("The machine said: figure");
    it.press(&editor, it.moved, "act=kind&kind=fact").await.assert_status(409).assert_says("It is so already.");
    it.press(&editor, it.moved, "act=kind").await.assert_status(422).assert_says("Choose of what kind it is.");
    it.press(&editor, it.moved, "act=reject").await.assert_status(303);
    it.get(&readers).await.assert_status(404);
    look(&it.world, &editor, &page).await.assert_says("Rejected: readers do not see it");
    it.press(&editor, it.moved, "act=review&verdict=False&publisher=Checks&url=https://checks.example")
        .await
        .assert_status(409)
        .assert_says("This claim is rejected.");
    it.press(&editor, it.moved, "act=back").await.assert_status(303);
    it.get(&readers).await.assert_says("Suggested by machine as a figure");
    it.press(&editor, it.moved, "act=back").await.assert_status(409);
    it.press(&editor, it.moved, "act=none").await.assert_status(400);
    it.press(&editor, 99, "act=reject").await.assert_status(404);
    let log = look(&it.world, &editor, "/editor/audit").await;
    for act in ["claim.kind", "claim.rejected", "claim.back"] {
        assert!(log.text.contains(act), "{act}");
    }
}

#[tokio::test]
async fn an_editor_links_two_claims_and_readers_see_it_from_both() {
    let it = archive().await;
    let editor = sign_in(&it.world).await;
    let [moved, again] = [it.moved, it.again].map(|id| format!("/claims/{id}"));
    // The later one is offered beside the first, and chosen.
    look(&it.world, &editor, &format!("/editor{moved}"))
        .await
        .assert_has(&format!("name=\"candidate\" value=\"{}\"", it.again));
    let link = format!("act=link&stands=repeats&candidate={}", it.moved);
    it.press(&editor, it.again, &link).await.assert_status(303);
    it.get(&again).await.assert_says("This claim … … repeats").assert_says(MOVED).assert_says("Marked by an editor");
    it.get(&moved).await.assert_says("… is repeated by").assert_says(AGAIN).assert_does_not_say("Offered because");
    it.press(&editor, it.again, &link).await.assert_status(409).assert_says("The two are linked so already.");
    let reverse = format!("act=link&stands=repeats&other=https%3A%2F%2Fonrecord.example{again}");
    it.press(&editor, it.moved, &reverse).await.assert_status(409);
    for (fields, sentence) in [
        ("act=link&stands=repeats&other=", "No such other claim is known."),
        ("act=link&stands=repeats&other=ninety", "No such other claim is known."),
        ("act=link&stands=repeats&other=99", "No such other claim is known."),
        ("act=link&other=2", "Choose how this claim stands"),
        (&format!("act=link&stands=narrows&other=%23{}", it.moved), "This is the same claim."),
    ] {
        let again = it.press(&editor, it.moved, fields).await.assert_status(422).assert_says(sentence);
        let typed = fields.split("other=").nth(1).expect("what was typed").replace("%23", "#");
        again.assert_has(&format!("name=\"other\" autocomplete=\"off\" value=\"{typed}\""));
    }
    let json = it.get("/api/v1/claims?speaker=omar-vesk").await.json();
    let link = &json["results"][0]["links"][0];
    assert_eq!((&link["claim"], &link["kind"], &link["to"]), (&it.again.into(), &"repeats".into(), &it.moved.into()));
    assert_eq!(link["url"], format!("https://onrecord.example{moved}"));
    it.press(&editor, it.moved, "act=back").await.assert_status(409).assert_says("take those back first");
    // A claim that readers do not see is in no list of another.
    it.press(&editor, it.again, "act=reject").await.assert_status(303);
    it.get(&moved).await.assert_does_not_say("is repeated by").assert_does_not_say(AGAIN);
    it.press(&editor, it.again, "act=kind&kind=figure").await.assert_status(303);
    it.press(&editor, it.moved, "act=unlink&link=1").await.assert_status(303);
    it.get(&again).await.assert_does_not_say("… repeats");
    it.press(&editor, it.moved, "act=unlink&link=1").await.assert_status(409).assert_says("taken back already");
    look(&it.world, &editor, "/editor/audit")
        .await
        .assert_says(&format!("claim.linked claim {} · kind repeats · to {} · link 1", it.again, it.moved))
        .assert_says("claim.confirmed")
        .assert_says("claim.unlinked");
}

#[tokio::test]
async fn a_fact_check_is_attached_with_its_address_and_taken_back() {
    let it = archive().await;
    let editor = sign_in(&it.world).await;
    let readers = format!("/claims/{}", it.denied);
    let review = "act=review&verdict=Mostly+false&publisher=Harbour+Checks";
    for (rest, sentence) in [
        ("&url=javascript:alert(1)&day=", "It begins with https:// or http://."),
        ("&url=checks.example&day=", "It begins with https:// or http://."),
        ("&url=https://checks.example/41&day=14+March", "The day is written as 2026-03-14"),
        ("&url=https://checks.example/41&day=2027-01-01", "cannot lie ahead"),
        ("&url=https://checks.example/41&publisher=", "could not be read"),
    ] {
        let fields = format!("{review}{rest}");
        let answer = it.press(&editor, it.denied, &fields).await;
        assert!(answer.status.is_client_error(), "{fields}");
        if answer.status == 422 {
            answer.assert_says(sentence).assert_has("value=\"Mostly false\"").assert_has("value=\"Harbour Checks\"");
        }
    }
    it.press(&editor, it.denied, "act=review&verdict=+&publisher=Checks&url=https://checks.example")
        .await
        .assert_status(422)
        .assert_says("Give the verdict");
    it.get(&readers).await.assert_says("None is known here.");
    let fine = format!("{review}&url=https://checks.example/41&day=2026-03-14");
    it.press(&editor, it.denied, &fine).await.assert_status(303);
    it.press(&editor, it.denied, &fine).await.assert_status(409).assert_says("attached already");
    it.get(&readers)
        .await
        .assert_says("Fact-check: “Mostly false”, Harbour Checks , 14 March 2026")
        .assert_has("href=\"https://checks.example/41\" rel=\"nofollow noreferrer\"")
        .assert_says("Marked by an editor as a denial.");
    it.get("/claims?reviewed=yes").await.assert_says("1 claim").assert_says("Mostly false").assert_does_not_say(MOVED);
    let json = it.get("/api/v1/claims?reviewed=yes").await.json();
    assert_eq!(json["results"][0]["reviews"][0]["date"], "2026-03-14");
    let log = look(&it.world, &editor, "/editor/audit").await;
    log.assert_says(&format!("claim.reviewed claim {} · review 1", it.denied)).assert_does_not_say("Mostly false");
    it.press(&editor, it.moved, "act=take-back-review&review=1").await.assert_status(409);
    it.press(&editor, it.denied, "act=take-back-review&review=1").await.assert_status(303);
    it.get(&readers).await.assert_says("None is known here.");
    assert_eq!(it.totals("?reviewed=yes").await, 0);
}

#[tokio::test]
async fn programs_get_claims_with_their_places_and_are_told_what_makes_no_sense() {
    let it = archive().await;
    let json = it.get("/api/v1/claims?speaker=ada-lind&kind=figure").await.json();
    let claim = &json["results"][0];
    assert_eq!(claim["url"], format!("https://onrecord.example/claims/{}", it.moved));
    assert_eq!(
        (&claim["text"], &claim["kind"], &claim["origin"]),
        (&MOVED.into(), &"figure".into(), &"machine".into())
    );
    assert_eq!((&claim["number"], &claim["start"], &claim["end"]), (&2.into(), &16.into(), &71.into()));
    let number = &claim["numbers"][0];
    assert_eq!(
        (number["value"].as_f64(), &number["unit"], &number["start"]),
        (Some(1200.0), &"containers".into(), &25.into())
    );
    assert_eq!(claim["speaker"]["slug"], "ada-lind");
    assert_eq!(claim["topics"][0]["slug"], "norlund");
    assert_eq!(claim["briefing"]["date"], "2026-03-10");
    let page = it.get("/api/v1/claims?per_page=1&page=4").await.json();
    assert_eq!((page["total"].as_i64(), page["results"].as_array().map(Vec::len)), (Some(4), Some(1)));
    for wrong in
        ["kind=lie", "sort=best", "page=0", "per_page=101", "from=soon", "sort=worth&speaker=ada-lind", "topic=none"]
    {
        it.get(&format!("/api/v1/claims?{wrong}")).await.assert_status(400);
    }
}
