//! The page of a draft: settling labels, completing what it is, and what of it comes into the record.

use axum::body::Body;
use axum::http::Request;
use onrecord::domain::AccountRole;

use super::editor::{TOMORROW, drafts, look, press_button, session, sign_in};
use super::upload::{read_all, slug_of, upload};
use crate::record::verify::verified;
use crate::world::{Answer, World};

/// A draft of two turns of a speaker who is only suggested, and one of an office.
async fn tides(world: &World) -> String {
    let made = world
        .briefing("Briefing on the tides")
        .held_on("2026-11-21")
        .in_series("Harbour House briefing")
        .perhaps("MR. VESC", "Omar Vesk", "one letter differs")
        .turn("MR. VESC", "The tide is out.")
        .turn("ENGINEER OF WORKS", "The lock holds.")
        .turn("MR. VESC", "That is all.")
        .draft()
        .create()
        .await;
    made.slug
}

pub async fn label_of(world: &World, slug: &str, label: &str) -> i64 {
    sqlx::query_scalar(
        "select l.id from transcript_label l join transcript t on t.id = l.transcript_id
         join briefing b on b.id = t.briefing_id where b.slug = $1 and l.label = $2",
    )
    .bind(slug)
    .bind(label)
    .fetch_one(&world.pool)
    .await
    .expect("a label")
}

/// Says something of a label.
async fn say(world: &World, cookie: &str, slug: &str, label: &str, fields: &str) -> Answer {
    let id = label_of(world, slug, label).await;
    press_button(world, &format!("/editor/drafts/{slug}/settle"), cookie, &format!("label={id}&{fields}")).await
}

async fn draft(world: &World, cookie: &str, slug: &str) -> Answer {
    look(world, cookie, &format!("/editor/drafts/{slug}")).await.assert_page()
}

#[tokio::test]
async fn labels_are_settled_where_they_stand_and_readers_see_that_an_editor_said_so() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    let slug = tides(&world).await;
    draft(&world, &cookie, &slug)
        .await
        .assert_says("2 labels are in doubt.")
        .assert_says("MR. VESC 2 turns, the first is turn 1 Taken for not known ; perhaps Omar Vesk only suggested")
        .assert_says("By machine: one letter differs")
        .assert_says("Yes, MR. VESC is Omar Vesk")
        .assert_says("ENGINEER OF WORKS 1 turn, the first is turn 2 Taken for not known nobody is known");
    // One press makes the suggestion an editor's word, and leads to the next doubt.
    let next = label_of(&world, &slug, "ENGINEER OF WORKS").await;
    let on = format!("/editor/drafts/{slug}#label-{next}");
    say(&world, &cookie, &slug, "MR. VESC", "act=right").await.assert_redirects_to(&on);
    say(&world, &cookie, &slug, "ENGINEER OF WORKS", "role=staff").await.assert_status(303);
    draft(&world, &cookie, &slug)
        .await
        .assert_does_not_say("in doubt.")
        .assert_says("Taken for Omar Vesk An editor’s word.")
        .assert_says("Taken for staff, not named An editor’s word.");
    // It can be taken back, and nobody is a word as well.
    say(&world, &cookie, &slug, "ENGINEER OF WORKS", "act=back").await.assert_status(303);
    draft(&world, &cookie, &slug).await.assert_says("1 label is in doubt.");
    say(&world, &cookie, &slug, "ENGINEER OF WORKS", "role=nobody").await.assert_status(303);
    draft(&world, &cookie, &slug).await.assert_says("Taken for nobody who is known").assert_does_not_say("in doubt.");

    press_button(&world, &format!("/editor/drafts/{slug}/publish"), &cookie, "").await.assert_status(303);
    world.get(&format!("/briefings/{slug}")).await.assert_says("linked by an editor: MR. VESC is Omar Vesk");
    world.get("/search?q=speaker:omar-vesk").await.assert_says("2 results");
}

#[tokio::test]
async fn what_is_no_answer_is_asked_back_and_nothing_typed_is_lost() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    let slug = tides(&world).await;
    say(&world, &cookie, &slug, "MR. VESC", "")
        .await
        .assert_status(422)
        .assert_says("Not settled. Type a name, or choose");
    say(&world, &cookie, &slug, "MR. VESC", "speaker=Omar+Vesk&role=staff")
        .await
        .assert_status(422)
        .assert_says("Leave one of them empty.")
        .assert_has("name=\"speaker\" maxlength=\"200\" autocomplete=\"off\" data-suggest=\"speaker\" data-suggest-from=\"/editor/suggest\" value=\"Omar Vesk\"")
        .assert_has("<option value=\"staff\" selected>");
    say(&world, &cookie, &slug, "MR. VESC", "role=king").await.assert_status(400);
    let [other, _] = drafts(&world).await;
    let id = label_of(&world, &other, "MS. LIND").await;
    let right = format!("label={id}&act=right");
    press_button(&world, &format!("/editor/drafts/{slug}/settle"), &cookie, &right).await.assert_status(404);
}

#[tokio::test]
async fn somebody_new_is_added_and_whoever_has_a_like_name_is_shown_first() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    let slug = tides(&world).await;
    say(&world, &cookie, &slug, "ENGINEER OF WORKS", "speaker=Mara+Quill")
        .await
        .assert_status(422)
        .assert_says("No speaker is called “Mara Quill” so far.")
        .assert_says("Add Mara Quill as a new speaker");
    let add = "speaker=Mara+Quill&create=yes&office=Engineer+of+Works";
    say(&world, &cookie, &slug, "ENGINEER OF WORKS", add).await.assert_status(303);
    draft(&world, &cookie, &slug).await.assert_says("Taken for Mara Quill , Engineer of Works An editor’s word.");
    // A letter off: is it not her?
    let near = "speaker=Mara+Quills&create=yes";
    say(&world, &cookie, &slug, "MR. VESC", near)
        .await
        .assert_status(422)
        .assert_says("Is it this person? It is Mara Quill")
        .assert_says("Mara Quills is somebody else than those above");
    // The very same in other letters is nobody new, whatever is said.
    say(&world, &cookie, &slug, "MR. VESC", "speaker=Quill,+Mara&create=yes&other=yes")
        .await
        .assert_status(422)
        .assert_says("somebody is called the same in other letters")
        .assert_does_not_say("as a new speaker");
    say(&world, &cookie, &slug, "MR. VESC", &format!("{near}&other=yes")).await.assert_status(303);
    say(&world, &cookie, &slug, "MR. VESC", "speaker=Mara+Quils&is=mara-quill").await.assert_status(303);
    let names: Vec<String> =
        sqlx::query_scalar("select name from speaker order by name").fetch_all(&world.pool).await.expect("names");
    assert_eq!(names, ["Mara Quill", "Mara Quills", "Omar Vesk"]);
    let offered = look(&world, &cookie, "/editor/suggest?q=qui").await.assert_status(200).json();
    assert_eq!(offered["suggestions"][0]["name"], "Mara Quill", "also who is in drafts only: {offered}");
    assert_eq!(world.get("/api/v1/suggest?q=qui").await.json()["suggestions"], serde_json::json!([]));
}

/// A call of the series with a label that names nobody.
fn call(day: u8) -> String {
    format!(
        "Harbour call\n\nNovember {day}, 2026\n\nSPEAKER 1: Lock {day} holds.\n\nQ: Does it?\n\nSPEAKER 1: It does.\n"
    )
}

/// Uploads calls of these days as drafts of the series.
pub async fn calls(world: &World, cookie: &str, days: &[u8]) {
    let files: Vec<(String, String)> = days.iter().map(|day| (format!("{day}.txt"), call(*day))).collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    upload(world, cookie, &[("series", "Harbour House briefing")], &files).await;
    read_all(world).await;
}

pub async fn behind(world: &World, day: u8) -> Option<String> {
    let name = sqlx::query_scalar(
        "select s.name from transcript_label l join transcript t on t.id = l.transcript_id
         join briefing b on b.id = t.briefing_id left join speaker s on s.id = l.speaker_id
         where b.date = ('2026-11-' || $1)::date and l.label = 'SPEAKER 1'",
    );
    name.bind(day.to_string()).fetch_one(&world.pool).await.expect("a label")
}

#[tokio::test]
async fn a_label_settled_for_its_series_holds_from_that_day_on_until_it_is_taken_back() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    calls(&world, &cookie, &[16, 17, 18]).await;
    let slug = |day: u8| format!("2026-11-{day}-harbour-call");
    press_button(&world, &format!("/editor/drafts/{}/publish", slug(18)), &cookie, "").await.assert_status(303);
    // What is said of one transcript outranks the series.
    say(&world, &cookie, &slug(16), "SPEAKER 1", "speaker=Ida+Berg&create=yes").await.assert_status(303);
    let add = "speaker=Mara+Quill&create=yes&series=yes";
    say(&world, &cookie, &slug(17), "SPEAKER 1", add).await.assert_status(303);
    world.follow().await;
    world.get("/search?q=speaker:mara-quill").await.assert_says("2 results");
    draft(&world, &cookie, &slug(17)).await.assert_says("An editor’s word, for the series from 17 November 2026 on.");
    // Transcripts that come later follow, and so does nothing before that day.
    calls(&world, &cookie, &[15, 19, 20]).await;
    let who = async || {
        let mut who = Vec::new();
        for day in 15..=20 {
            who.push(behind(&world, day).await.unwrap_or_default());
        }
        who
    };
    assert_eq!(who().await, ["", "Ida Berg", "Mara Quill", "Mara Quill", "Mara Quill", "Mara Quill"]);
    say(&world, &cookie, &slug(19), "SPEAKER 1", "role=official").await.assert_status(303);
    // From the 20th it is somebody else; one day said for itself stays as it was said.
    say(&world, &cookie, &slug(20), "SPEAKER 1", "speaker=Ida+Berg&series=yes").await.assert_status(303);
    onrecord::jobs::people::refresh(&world.pool).await.expect("people are resolved");
    assert_eq!(who().await, ["", "Ida Berg", "Mara Quill", "Mara Quill", "", "Ida Berg"]);
    let labels = "/editor/series/harbour-house-briefing/labels";
    look(&world, &cookie, labels)
        .await
        .assert_page()
        .assert_says("SPEAKER 1 is Mara Quill from 17 November 2026 on 2 transcripts follow it.")
        .assert_says("SPEAKER 1 is Ida Berg from 20 November 2026 on 1 transcript follows it.");
    let first: i64 =
        sqlx::query_scalar("select min(id) from series_label").fetch_one(&world.pool).await.expect("an id");
    press_button(&world, labels, &cookie, &format!("id={first}")).await.assert_redirects_to(labels);
    onrecord::jobs::people::refresh(&world.pool).await.expect("people are resolved");
    assert_eq!(who().await, ["", "Ida Berg", "", "", "", "Ida Berg"]);
    world.follow().await;
    world.get("/search?q=speaker:mara-quill").await.assert_does_not_say("2 results");
    let acts: Vec<String> = sqlx::query_scalar("select distinct act from audit_entry order by act")
        .fetch_all(&world.pool)
        .await
        .expect("acts");
    for act in ["label.series-taken-back", "label.settled", "label.settled-for-series", "speaker.created"] {
        assert!(acts.iter().any(|known| known == act), "no {act} in {acts:?}");
    }
    assert_eq!(verified(&world).await.mismatch, None);
}

const FIELDS: &str = "title=Briefing+on+the+high+tides&date=2026-11-19&kind=statement&series=Tide+series&place=Port+Ellis\
                      &language=en&starts=14:10&ends=15:05&zone=CET&issuer=Harbour+House&status=provisional\
                      &embargo_text=&embargo_until=";

/// Saves as the module of the page does.
async fn autosave(world: &World, cookie: &str, slug: &str, fields: &str) -> Answer {
    let request = Request::post(format!("/editor/drafts/{slug}/save"))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("accept", "application/json")
        .header("cookie", cookie)
        .body(Body::from(fields.to_owned()));
    world.send(request.expect("a request")).await
}

async fn revisions(world: &World) -> Vec<(i32, String, String)> {
    let revisions = sqlx::query_as("select number, kind, reason from revision order by transcript_id, number");
    revisions.fetch_all(&world.pool).await.expect("revisions")
}

#[tokio::test]
async fn every_field_is_saved_as_often_as_one_types_and_comes_into_the_record_once() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    let slug = tides(&world).await;
    let save = format!("/editor/drafts/{slug}/save");
    let half = FIELDS.replace("high+tides", "hi");
    let saved = autosave(&world, &cookie, &slug, &format!("saves=0&{half}")).await.assert_status(200).json();
    assert_eq!(saved, serde_json::json!({"saves": 1, "at": "2026-11-22T12:00:00Z"}));
    press_button(&world, &save, &cookie, &format!("saves=1&{FIELDS}"))
        .await
        .assert_redirects_to(&format!("/editor/drafts/{slug}#fields"));
    // The same again is no save.
    assert_eq!(autosave(&world, &cookie, &slug, &format!("saves=2&{FIELDS}")).await.json()["saves"], 2);
    let page = draft(&world, &cookie, &slug)
        .await
        .assert_says("Briefing on the high tides 19 November 2026 · Tide series")
        .assert_says("Saved 22 November 2026, 12:00 p.m. UTC by ada@harbour.example");
    for value in ["Port Ellis", "2026-11-19", "14:10", "15:05", "CET", "Harbour House"] {
        assert!(page.text.contains(&format!("value=\"{value}\"")), "no {value} in {}", page.text);
    }
    for chosen in ["statement", "provisional"] {
        assert!(page.text.contains(&format!("<option value=\"{chosen}\" selected>")), "{chosen}");
    }
    assert_eq!(revisions(&world).await.len(), 1, "nobody but editors has seen it");

    let published = press_button(&world, &format!("/editor/drafts/{slug}/publish"), &cookie, "").await;
    // The address is that of the date and title that readers see.
    published.assert_redirects_to("/briefings/2026-11-19-briefing-on-the-high-tides");
    let expected = [
        (1, "imported".to_owned(), "imported".to_owned()),
        (2, "metadata".to_owned(), "Completed by an editor before publication.".to_owned()),
    ];
    let got: Vec<(i32, String)> = revisions(&world).await.into_iter().map(|one| (one.0, one.1)).collect();
    assert_eq!(got, expected.map(|one| (one.0, one.1)));
    world
        .get("/briefings/2026-11-19-briefing-on-the-high-tides")
        .await
        .assert_says("2:10 p.m. to 3:05 p.m. CET · Port Ellis");
    world.get("/corrections").await.assert_does_not_say("high tides");
    assert_eq!(verified(&world).await.mismatch, None);
}

#[tokio::test]
async fn the_second_of_two_editors_is_told_sees_the_difference_and_overwrites_nothing() {
    let world = World::new().await;
    let ada = sign_in(&world).await;
    let bo = session(&world, "bo@harbour.example", AccountRole::Editor, TOMORROW).await;
    let slug = tides(&world).await;
    autosave(&world, &bo, &slug, &format!("saves=0&{FIELDS}")).await.assert_status(200);
    let mine = FIELDS.replace("Port+Ellis", "Old+%3Cport%3E");
    let refused = autosave(&world, &ada, &slug, &format!("saves=0&{mine}")).await.assert_status(409).json();
    assert_eq!(
        refused["differences"],
        serde_json::json!([{"name": "Place", "is": "Port Ellis", "yours": "Old <port>"}])
    );
    assert_eq!(refused["saves"], 1);
    let by_form = press_button(&world, &format!("/editor/drafts/{slug}/save"), &ada, &format!("saves=0&{mine}")).await;
    by_form
        .assert_status(409)
        .assert_says("bo@harbour.example saved this draft meanwhile (22 November 2026, 12:00 p.m. UTC).")
        .assert_says("Place: it says Port Ellis now, you wrote Old <port>")
        .assert_has("name=\"place\" maxlength=\"200\" autocomplete=\"off\" value=\"Old &#60;port&#62;\"")
        .assert_has("name=\"saves\" value=\"1\"");
    // Publishing does not pass over it either.
    let publish =
        press_button(&world, &format!("/editor/drafts/{slug}/publish"), &ada, &format!("saves=0&{mine}")).await;
    publish.assert_status(409);
    draft(&world, &ada, &slug).await.assert_has("value=\"Port Ellis\"");
    // Whoever has seen the difference may save over it.
    autosave(&world, &ada, &slug, &format!("saves=1&{mine}")).await.assert_status(200);
    draft(&world, &bo, &slug).await.assert_has("value=\"Old &#60;port&#62;\"");
}

#[tokio::test]
async fn fields_that_make_no_sense_are_refused_and_stay_as_they_were_typed() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    let slug = tides(&world).await;
    for (right, wrong, says) in [
        ("title=Briefing+on+the+high+tides", "title=+", "A briefing needs a title."),
        ("date=2026-11-19", "date=soon", "A date is written as 2026-03-14."),
        ("language=en", "language=English", "A language is given as a code of two letters"),
        ("starts=14:10", "starts=noon", "The beginning is written as 14:30."),
        ("series=Tide+series", "series=%3F%3F", "A series needs a name with letters or digits."),
        ("embargo_until=", "embargo_until=later", "The moment until which it is held back is written as"),
    ] {
        let fields = format!("saves=0&{}", FIELDS.replace(right, wrong));
        let page = press_button(&world, &format!("/editor/drafts/{slug}/save"), &cookie, &fields).await;
        page.assert_status(422).assert_says(says).assert_has("value=\"Port Ellis\"");
        assert_eq!(
            autosave(&world, &cookie, &slug, &fields).await.assert_status(422).json()["saves"],
            serde_json::Value::Null
        );
    }
    press_button(&world, "/editor/drafts/nothing/save", &cookie, FIELDS).await.assert_status(404);
}

#[tokio::test]
async fn what_stands_in_the_form_is_published_with_it() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    let slug = tides(&world).await;
    let publish = format!("/editor/drafts/{slug}/publish");
    let published = press_button(&world, &publish, &cookie, &format!("saves=0&{FIELDS}")).await;
    published.assert_redirects_to("/briefings/2026-11-19-briefing-on-the-high-tides");
    world.get("/briefings/2026-11-19-briefing-on-the-high-tides").await.assert_says("Briefing on the high tides");
}

#[tokio::test]
async fn findings_are_settled_by_looking_or_by_the_date_that_was_missing() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    let undated =
        "Press briefing by press secretary Ada Lind\n\nMS. LIND: Good morning.\n\nQ: Is it?\n\nMS. LIND: Yes.\n";
    upload(&world, &cookie, &[("text", undated)], &[]).await;
    read_all(&world).await;
    let slug = slug_of(&world, "Press briefing by press secretary Ada Lind").await;
    let looked = format!("/editor/drafts/{slug}/looked");
    draft(&world, &cookie, &slug).await.assert_says("It is right as it stands");
    press_button(&world, &looked, &cookie, "code=nothing").await.assert_status(400);
    press_button(&world, &looked, &cookie, "code=date-missing").await.assert_status(303);
    draft(&world, &cookie, &slug).await.assert_does_not_say("It is right as it stands").assert_says("settled");
    world.change("delete from doubt_settled").await;
    let dated = format!("saves=0&{FIELDS}");
    autosave(&world, &cookie, &slug, &dated).await.assert_status(200);
    draft(&world, &cookie, &slug).await.assert_does_not_say("It is right as it stands");
}

#[tokio::test]
async fn turns_of_a_draft_are_put_right_from_its_page_and_one_comes_back_to_it() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    let slug = tides(&world).await;
    draft(&world, &cookie, &slug).await.assert_has(&format!("href=\"/editor/briefings/{slug}/2\">Correct"));
    look(&world, &cookie, &format!("/editor/briefings/{slug}/2"))
        .await
        .assert_page()
        .assert_has("value=\"Put right before publication.\"");
    let correct = format!("/editor/briefings/{slug}/correct");
    let voice = "act=voice&revision=1&number=2&label=MR.+VESC&reason=Put+right+before+publication.";
    press_button(&world, &correct, &cookie, voice).await.assert_redirects_to(&format!("/editor/drafts/{slug}#2"));
}
