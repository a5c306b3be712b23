//! From words to a citation: texts to copy, files, pinned links, pictures.

use serde_json::Value;

use super::small_archive;
use crate::world::World;

const HARBOUR: &str = "/briefings/2026-03-10-harbour-briefing-by-minister-ada-lind";

/// The small archive, with a place and an official address.
async fn archive() -> World {
    let world = small_archive().await;
    world
        .change(
            "update briefing set place = 'Port Ellis' where slug like '2026-03-10%';
             update source set url = 'https://harbour.example/2026/03/10' where id =
               (select t.source_id from transcript t join briefing b on b.id = t.briefing_id where slug like '2026-03-10%')",
        )
        .await;
    world
}

/// Writes a second revision of the harbour briefing, in which the fourth turn says something else.
async fn corrected() -> World {
    let world = archive().await;
    world
        .change(
            "with t as (select t.id, t.revision_id from transcript t join briefing b on b.id = t.briefing_id
                        where slug like '2026-03-10%'),
                  r as (insert into revision (transcript_id, number, kind, reason, actor, created_at, facts, salt, hash)
                        select id, 2, 'ours', 'corrected', 'test', '2026-04-05 06:07:08Z',
                               json_build_object('title', 'Harbour', 'speakers', json_build_object()), new_salt(),
                               sha256('') from t returning id),
                  u as (insert into utterance (revision_id, position, number, kind, label_id, text, marks,
                                         topic_ids, salt, hash)
                        select r.id, position, number, kind, label_id, replace(text, 'is safe.', 'was safe.'), marks,
                               topic_ids, salt, hash
                        from r, t, utterance u where u.revision_id = t.revision_id)
             update transcript set revision_id = (select id from r) where id = (select id from t)",
        )
        .await;
    world
}

#[tokio::test]
async fn an_answer_is_cited_with_office_date_place_issuer_address_revision_and_question() {
    let world = archive().await;
    let page = world.get(&format!("{HARBOUR}/4")).await.assert_page();
    for words in [
        "Ada Lind (Harbour Minister), “Harbour briefing by Minister Ada Lind,” Harbour Ministry briefing",
        "Port Ellis, March 10, 2026, issued by Press office, turn 4, revision 1, Onrecord, https://onrecord.example",
        "text retrieved January 2, 2026, from https://harbour.example/2026/03/10.",
        "In answer to a reporter who is not named (turn 3): “Is the dam in Norlund safe?”",
        "Lind, A. (Harbour Minister). (2026, March 10).",
    ] {
        assert!(page.words().contains(words), "no “{words}” in {}", page.words());
    }
    page.assert_has("<i>Harbour briefing by Minister Ada Lind</i>")
        .assert_has("/4?revision=1#:~:text=The%20dam%20in%20Norlund%20is%20safe%2E%20%28Laughter%2E%29")
        .assert_says(
            "— Ada Lind, Harbour Minister, “Harbour briefing by Minister Ada Lind”, 10 March 2026, Port Ellis.",
        );
}

#[tokio::test]
async fn the_head_of_a_page_tells_programs_what_is_said_there() {
    let world = archive().await;
    let page = world.get(&format!("{HARBOUR}/4")).await.assert_page();
    let (_, rest) = page.text.split_once("<script type=\"application/ld+json\">").expect("JSON-LD");
    let ld: Value = serde_json::from_str(rest.split_once("</script>").expect("an end").0).expect("JSON");
    assert_eq!(ld["@type"], "Quotation");
    assert_eq!(ld["spokenByCharacter"]["name"], "Ada Lind");
    assert_eq!(ld["spokenByCharacter"]["jobTitle"], "Harbour Minister");
    assert_eq!(ld["isPartOf"]["recordedAt"]["location"]["name"], "Port Ellis");
    assert_eq!(ld["recordedAt"]["recordedIn"]["url"], "https://harbour.example/2026/03/10");
    assert_eq!(ld["about"]["text"], "Is the dam in Norlund safe?");
    page.assert_has("<meta name=\"citation_author\" content=\"Lind, Ada\">")
        .assert_has("<meta name=\"citation_publication_date\" content=\"2026/03/10\">")
        .assert_has("<link rel=\"alternate\" type=\"application/x-research-info-systems\"")
        .assert_has("/4/card.png?revision=1\">")
        .assert_has("<meta property=\"og:title\" content=\"Ada Lind: “The dam in Norlund is safe.");
}

#[tokio::test]
async fn every_format_is_a_file_of_its_own_kind() {
    let world = archive().await;
    for (format, kind, ending) in [
        ("ris", "application/x-research-info-systems", "ris"),
        ("bibtex", "application/x-bibtex", "bib"),
        ("csl-json", "application/vnd.citationstyles.csl+json", "csl.json"),
        ("json-ld", "application/ld+json", "jsonld"),
    ] {
        for (path, key) in
            [(format!("{HARBOUR}/4"), "-4"), (format!("{HARBOUR}/3-4"), "-3-4"), (HARBOUR.to_owned(), "")]
        {
            let answer = world.get(&format!("{path}/cite/{format}")).await.assert_status(200);
            assert_eq!(answer.header("content-type"), kind);
            let name = format!("attachment; filename=\"{}{key}.{ending}\"", &HARBOUR["/briefings/".len()..]);
            assert_eq!(answer.header("content-disposition"), name);
        }
    }
    world.get(&format!("{HARBOUR}/4/cite/word")).await.assert_status(404);
    world.get(&format!("{HARBOUR}/400/cite/ris")).await.assert_status(404);
    let text = world.get(&format!("{HARBOUR}/4/cite/text")).await.assert_status(200);
    assert!(text.text.contains("Chicago, note\nAda Lind (Harbour Minister)"), "{}", text.text);
    let parts = world.get(&format!("{HARBOUR}/4/cite/json")).await.json();
    assert!(parts["link"].as_str().is_some_and(|link| link.ends_with("/4?revision=1")), "{parts}");
}

#[tokio::test]
async fn a_role_is_cited_as_what_it_is_and_a_whole_briefing_by_its_issuer() {
    let world = archive().await;
    world
        .get(&format!("{HARBOUR}/3"))
        .await
        .assert_page()
        .assert_says("Unnamed reporter, “Harbour briefing by Minister Ada Lind,”")
        .assert_does_not_say("In answer to");
    world.get(HARBOUR).await.assert_page().assert_has("<meta name=\"citation_author\" content=\"Press office\">");
    let csl = world.get("/briefings/readout-of-a-call/cite/csl-json").await.json();
    assert_eq!((&csl[0]["type"], csl[0].get("issued")), (&Value::from("document"), None));
    assert!(csl[0]["note"].as_str().is_some_and(|note| note.starts_with("Undated.")), "{csl}");
}

#[tokio::test]
async fn a_link_to_the_present_revision_is_the_page_and_to_none_leads_on() {
    let world = archive().await;
    world
        .get(&format!("{HARBOUR}/4?revision=1"))
        .await
        .assert_page()
        .assert_does_not_say("the text was changed")
        .assert_has(&format!("<link rel=\"canonical\" href=\"https://onrecord.example{HARBOUR}/4\">"));
    for wrong in ["2", "0", "-1", "first"] {
        for path in ["", "/4", "/4/cite/ris"] {
            let page = world.get(&format!("{HARBOUR}{path}?revision={wrong}")).await.assert_status(404);
            page.assert_has(&format!("href=\"{HARBOUR}\""));
        }
    }
}

#[tokio::test]
async fn a_link_to_an_older_revision_shows_those_words_and_says_that_they_changed() {
    let world = corrected().await;
    world.get(&format!("{HARBOUR}/4")).await.assert_page().assert_says("The dam in Norlund was safe.");
    for path in [format!("{HARBOUR}/4"), HARBOUR.to_owned()] {
        world
            .get(&format!("{path}?revision=1"))
            .await
            .assert_page()
            .assert_says("The dam in Norlund is safe.")
            .assert_does_not_say("was safe.")
            .assert_says("This is revision 1. On 5 April 2026, 6:07 a.m. UTC the text was changed.")
            .assert_has(&format!("<a href=\"{path}\">Read it as it stands now</a>"))
            .assert_has(&format!("<link rel=\"canonical\" href=\"https://onrecord.example{path}\">"))
            .assert_has("<meta name=\"robots\" content=\"noindex\">");
    }
    let old = world.get(&format!("{HARBOUR}/4/cite/csl-json?revision=1")).await.json();
    let new = world.get(&format!("{HARBOUR}/4/cite/csl-json")).await.json();
    assert_eq!((&old[0]["version"], &new[0]["version"]), (&Value::from("revision 1"), &Value::from("revision 2")));
    assert!(old[0]["abstract"].as_str().is_some_and(|words| words.contains("is safe")));
    assert!(new[0]["abstract"].as_str().is_some_and(|words| words.contains("was safe")));
}

#[tokio::test]
async fn turns_are_chosen_by_typing_their_numbers() {
    let world = archive().await;
    for (typed, leads_to) in [
        ("first=3&last=4", format!("{HARBOUR}/3-4")),
        ("first=4&last=3", format!("{HARBOUR}/3-4")),
        ("first=4&last=", format!("{HARBOUR}/4")),
        ("first=4&last=4", format!("{HARBOUR}/4")),
        ("first=four", format!("{HARBOUR}#cite")),
    ] {
        world.get(&format!("{HARBOUR}/cite?{typed}")).await.assert_redirects_to(&leads_to);
    }
    world
        .get(&format!("{HARBOUR}/3-4"))
        .await
        .assert_page()
        .assert_has("name=\"last\" autocomplete=\"off\" value=\"4\"")
        .assert_says("Unnamed reporter: “Is the dam in Norlund safe?” Ada Lind: “The dam in Norlund is safe.");
}

#[tokio::test]
async fn what_readers_may_not_see_is_not_cited() {
    let world = World::new().await;
    let draft = world.briefing("A draft").held_on("2026-01-01").draft().turn("Q", "And?").create().await;
    let gone = world.briefing("Gone").held_on("2026-01-01").withdrawn().turn("Q", "And?").create().await;
    for slug in [draft.slug, gone.slug] {
        for path in ["cite/ris", "1/cite/ris", "1/cite/json", "1/card.png", "card.png", "1"] {
            world.get(&format!("/briefings/{slug}/{path}")).await.assert_status(404);
        }
    }
    world.get(&format!("/briefings/{}", "2026-01-01-gone")).await.assert_page().assert_does_not_say("Cite");
}

#[tokio::test]
async fn struck_words_are_not_cited_as_if_they_stood() {
    let world = archive().await;
    world
        .get(&format!("{HARBOUR}/7"))
        .await
        .assert_page()
        .assert_says("“Forty millions, not forty [struck out: thousands].”")
        .assert_has("/7?revision=1\"");
}

#[tokio::test]
async fn nobody_is_made_to_answer_and_nobody_to_speak() {
    let world = World::new().await;
    let made = world
        .briefing("A call")
        .held_on("2026-01-01")
        .turn("Q", "Is it so?")
        .turn("MODERATOR", "Next question, please.")
        .paragraph("Something is said by somebody.")
        .turn("Q", "")
        .create()
        .await;
    let cite = |number: i32, format: &str| format!("/briefings/{}/{number}/cite/{format}", made.slug);
    let moderator = world.get(&cite(2, "text")).await.assert_status(200);
    assert!(
        moderator.text.contains("Moderator, “A call,”") && !moderator.text.contains("In answer"),
        "{}",
        moderator.text
    );
    let nobody = world.get(&cite(3, "text")).await.assert_status(200);
    assert!(nobody.text.contains("— Speaker not named by the text, “A call”, 1 January 2026."), "{}", nobody.text);
    let empty = world.get(&cite(4, "json-ld")).await.json();
    assert_eq!(empty["@type"], "CreativeWork");
    world.get(&format!("/briefings/{}/4", made.slug)).await.assert_page();
    world.get(&format!("/briefings/{}/4/card.png", made.slug)).await.assert_status(200);
}

#[tokio::test]
async fn a_card_is_kept_until_the_archive_changes() {
    let world = archive().await;
    for path in [format!("{HARBOUR}/4"), format!("{HARBOUR}/3-4"), format!("{HARBOUR}/3"), HARBOUR.to_owned()] {
        let card = world.get(&format!("{path}/card.png?revision=1")).await.assert_status(200);
        assert_eq!(card.header("content-type"), "image/png");
        assert_eq!(card.header("cache-control"), "public, no-cache");
        let request = axum::http::Request::get(format!("{path}/card.png?revision=1"))
            .header("if-none-match", card.header("etag"))
            .body(axum::body::Body::empty())
            .expect("a request");
        world.send(request).await.assert_status(304);
    }
    world.get(&format!("{HARBOUR}/400/card.png")).await.assert_status(404);
    world.get(&format!("{HARBOUR}/4/card.png?revision=2")).await.assert_status(404);
}
