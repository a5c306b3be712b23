//! Editors look after people: what they say outranks the machine, lies over it, and can be taken back.

use onrecord::jobs::people;
use onrecord::store::people::evidence_changed;

use super::draft::label_of;
use super::editor::{look, press_button, sign_in};
use crate::world::{Answer, World};

/// One person under two names, and one name that two people have: as an import would have read it.
pub async fn doubled_archive() -> World {
    let world = World::new().await;
    for (date, series, label, name, office, title) in [
        (
            "2020-02-03",
            "Harbour Ministry briefing",
            "MR. VESK",
            "John Vesk",
            "Harbour Spokesman",
            "Briefing by John Vesk",
        ),
        (
            "2021-02-03",
            "Harbour Ministry briefing",
            "MR. VESK",
            "Johann Vesk",
            "Harbour Spokesman",
            "Briefing by Johann Vesk",
        ),
        (
            "2022-02-03",
            "Port Authority briefing",
            "MR. VESK",
            "John Vesk",
            "Port Director",
            "Port briefing by John Vesk",
        ),
        ("2022-03-03", "Harbour Ministry briefing", "MS. LIND", "Ada Lind", "Harbour Minister", "Briefing by Ada Lind"),
    ] {
        world
            .briefing(title)
            .held_on(date)
            .in_series(series)
            .person(label, name, office)
            .turn(label, "The dam in Norlund is safe.")
            .about("Norlund")
            .turn("Q", "Is it?")
            .create()
            .await;
    }
    learn(&world).await;
    world
}

/// Gives each transcript the evidence that its title names who speaks, and resolves people from that.
pub async fn learn(world: &World) {
    world
        .change(
            r"update transcript t set evidence = json_build_object(
                 'labels', (select json_agg(json_build_object('label', l.label, 'turns', l.turns) order by l.id)
                            from transcript_label l where l.transcript_id = t.id),
                 'mentions', (select coalesce(json_agg(json_build_object('name', s.name, 'place', 'title', 'count', 1,
                                'offices', json_build_array(json_build_object('title', l.office, 'place', 'title')))), '[]')
                              from transcript_label l join speaker s on s.id = l.named_id
                              where l.transcript_id = t.id and l.office is not null))",
        )
        .await;
    resolve_again(world).await;
}

/// As after any import.
pub async fn resolve_again(world: &World) {
    evidence_changed(&mut world.pool.acquire().await.expect("a connection")).await.expect("the evidence");
    people::refresh(&world.pool).await.expect("people are resolved");
    world.follow().await;
}

async fn merge(world: &World, editor: &str, gone: &str, into: &str) -> Answer {
    press_button(world, &format!("/editor/speakers/{gone}/merge"), editor, &format!("into={into}")).await
}

async fn say(world: &World, editor: &str, who: &str, fields: &str) -> Answer {
    press_button(world, &format!("/editor/speakers/{who}"), editor, fields).await
}

#[tokio::test]
async fn two_speakers_become_one_and_two_again() {
    let world = doubled_archive().await;
    let editor = sign_in(&world).await;
    let johann = "/speakers/johann-vesk";
    world.get(johann).await.assert_page().assert_says("1 turn");
    look(&world, &editor, "/editor/speakers")
        .await
        .assert_page()
        .assert_says("Johann Vesk and John Vesk both speak as Harbour Spokesman; 1 turn and 2 turns");
    look(&world, &editor, "/editor/speakers/johann-vesk/merge?into=John+Vesk")
        .await
        .assert_page()
        .assert_says("would be said by John Vesk: 1 turn in 1 briefing")
        .assert_says("never speak in the same briefing");
    merge(&world, &editor, "johann-vesk", "john-vesk").await.assert_redirects_to("/editor/speakers/johann-vesk");
    for _ in 0..2 {
        world.get(johann).await.assert_redirects_to("/speakers/john-vesk");
        world.get("/api/v1/speakers/johann-vesk").await.assert_redirects_to("/api/v1/speakers/john-vesk");
        world
            .get("/speakers/johann-vesk/topics/norlund")
            .await
            .assert_redirects_to("/speakers/john-vesk/topics/norlund");
        world
            .get("/speakers/john-vesk")
            .await
            .assert_says("Harbour Spokesman 3 February 2020 to 3 February 2021")
            .assert_says("Port Director 3 February 2022")
            .assert_says("Also: Johann Vesk")
            .assert_says("3 turns");
        let found = world.get("/api/v1/search?q=dam+speaker:johann-vesk").await.json();
        assert_eq!(found["total"], 3, "{found}");
        assert_eq!(found["facets"]["speaker"][0]["count"], 3);
        world.get("/search?q=dam&speaker=johann-vesk").await.assert_says("John Vesk");
        // As after any import.
        resolve_again(&world).await;
    }
    look(&world, &editor, "/editor/speakers/johann-vesk").await.assert_redirects_to("/editor/speakers/john-vesk");
    look(&world, &editor, "/editor/audit")
        .await
        .assert_says("speaker.merged act 1 · speaker Johann Vesk · into John Vesk");
    let undo = press_button(&world, "/editor/speakers/john-vesk/undo", &editor, "id=1").await;
    undo.assert_redirects_to("/editor/speakers/john-vesk");
    world.get(johann).await.assert_page().assert_says("1 turn").assert_does_not_say("Port Director");
    world.get("/speakers/john-vesk").await.assert_says("2 turns").assert_does_not_say("Also:");
    assert_eq!(world.get("/api/v1/search?q=dam+speaker:johann-vesk").await.json()["total"], 1);
}

#[tokio::test]
async fn merges_that_make_no_sense_are_refused_in_a_sentence() {
    let world = doubled_archive().await;
    let editor = sign_in(&world).await;
    let refused = |answer: Answer, sentence: &str| drop(answer.assert_status(422).assert_says(sentence));
    refused(merge(&world, &editor, "johann-vesk", "johann-vesk").await, "That is the same person.");
    refused(merge(&world, &editor, "johann-vesk", "nobody").await, "No speaker, or more than one, has this name.");
    merge(&world, &editor, "johann-vesk", "john-vesk").await.assert_status(303);
    refused(merge(&world, &editor, "johann-vesk", "ada-lind").await, "They are merged with John Vesk already.");
    refused(merge(&world, &editor, "john-vesk", "johann-vesk").await, "That is the same person.");
    merge(&world, &editor, "john-vesk", "ada-lind").await.assert_status(303);
    world.get("/speakers/johann-vesk").await.assert_redirects_to("/speakers/ada-lind");
    let undo = press_button(&world, "/editor/speakers/ada-lind/undo", &editor, "id=1").await;
    undo.assert_status(303);
    world.get("/speakers/johann-vesk").await.assert_page();
    world.get("/speakers/john-vesk").await.assert_redirects_to("/speakers/ada-lind");
    refused(
        press_button(&world, "/editor/speakers/ada-lind/undo", &editor, "id=1").await,
        "That was taken back already.",
    );
}

#[tokio::test]
async fn what_belongs_to_somebody_else_is_split_off_and_stays_so() {
    let world = doubled_archive().await;
    let editor = sign_in(&world).await;
    let port: i32 = sqlx::query_scalar("select id from series where slug = 'port-authority-briefing'")
        .fetch_one(&world.pool)
        .await
        .expect("a series");
    let split = |fields: String| {
        let (world, editor) = (&world, &editor);
        async move { press_button(world, "/editor/speakers/john-vesk/split", editor, &fields).await }
    };
    let refused = split("new=John+Vesk+the+younger".to_owned()).await.assert_status(422);
    refused.assert_says("Nothing of theirs was chosen.").assert_has("value=\"John Vesk the younger\"");
    split("new=X&from=2001-01-01".to_owned()).await.assert_status(422).assert_says("That is all they have");
    split(format!("new=John+Vesk+the+younger&series={port}")).await.assert_status(303);
    world
        .briefing("Port briefing by John Vesk again")
        .held_on("2023-02-03")
        .in_series("Port Authority briefing")
        .person("MR. VESK", "John Vesk", "Port Director")
        .turn("MR. VESK", "The quay is dry.")
        .create()
        .await;
    learn(&world).await;
    world
        .get("/speakers/john-vesk-the-younger")
        .await
        .assert_says("Port Director 3 February 2022 to 3 February 2023")
        .assert_says("2 turns");
    world.get("/speakers/john-vesk").await.assert_says("1 turn").assert_does_not_say("Port Director");
    // One of those was the elder after all: an editor's word for one transcript outranks the split.
    let slug = "2023-02-03-port-briefing-by-john-vesk-again";
    let label = label_of(&world, slug, "MR. VESK").await;
    let fields = format!("label={label}&revision=1&speaker=john-vesk&reason=Heard+again.");
    press_button(&world, &format!("/editor/briefings/{slug}/settle"), &editor, &fields).await.assert_status(303);
    resolve_again(&world).await;
    world.get("/speakers/john-vesk").await.assert_says("2 turns");
    press_button(&world, "/editor/speakers/john-vesk-the-younger/undo", &editor, "id=1").await.assert_status(303);
    world.get("/speakers/john-vesk-the-younger").await.assert_status(404);
    world.get("/speakers/john-vesk").await.assert_says("3 turns").assert_says("Port Director");
}

#[tokio::test]
async fn labels_that_were_ticked_go_to_somebody_who_is_known() {
    let world = doubled_archive().await;
    let editor = sign_in(&world).await;
    let page = look(&world, &editor, "/editor/speakers/john-vesk?from=2022-01-01").await.assert_page();
    let label = page.text.split("name=\"label\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let fields = format!("label={}&known=Johann+Vesk", label.expect("a label to tick"));
    press_button(&world, "/editor/speakers/john-vesk/split", &editor, &fields).await.assert_status(303);
    resolve_again(&world).await;
    world.get("/speakers/johann-vesk").await.assert_says("2 turns").assert_says("Port Director");
    look(&world, &editor, "/editor/speakers/johann-vesk")
        .await
        .assert_says("Of John Vesk , 1 label went to Johann Vesk");
}

#[tokio::test]
async fn a_name_given_by_an_editor_survives_the_machine() {
    let world = doubled_archive().await;
    let editor = sign_in(&world).await;
    let named = say(&world, &editor, "ada-lind", "act=name&name=Ada+Lind+Berg&sort_name=").await;
    named.assert_redirects_to("/editor/speakers/ada-lind-berg");
    resolve_again(&world).await;
    world.get("/speakers/ada-lind").await.assert_redirects_to("/speakers/ada-lind-berg");
    world.get("/speakers").await.assert_says("Berg, Ada Lind");
    let briefing = "/briefings/2022-03-03-briefing-by-ada-lind";
    world.get(briefing).await.assert_says("Ada Lind Berg");
    say(&world, &editor, "ada-lind-berg", "act=add-name&name=A.+L.+Berg").await.assert_status(303);
    resolve_again(&world).await;
    world.get("/speakers/ada-lind-berg").await.assert_says("Also: A. L. Berg");
    say(&world, &editor, "ada-lind-berg", "act=name&name=+&sort_name=").await.assert_status(422);
    let back = say(&world, &editor, "ada-lind-berg", "act=machine-name").await;
    back.assert_redirects_to("/editor/speakers/ada-lind");
    world.get("/speakers/ada-lind-berg").await.assert_redirects_to("/speakers/ada-lind");
}

#[tokio::test]
async fn offices_said_by_an_editor_stand_beside_the_turns_of_those_days() {
    let world = doubled_archive().await;
    let editor = sign_in(&world).await;
    let who = "ada-lind";
    let wrong = "act=add-office&title=Minister+of+Ports&from=2023-01-01&to=2022-01-01";
    say(&world, &editor, who, wrong)
        .await
        .assert_status(422)
        .assert_says("The last day lies before the first.")
        .assert_has("value=\"Minister of Ports\"");
    say(&world, &editor, who, "act=add-office&title=Minister+of+Ports&from=2022-01-01&to=").await.assert_status(303);
    say(&world, &editor, who, "act=deny-office&title=Harbour+Minister").await.assert_status(303);
    for _ in 0..2 {
        world
            .get("/speakers/ada-lind")
            .await
            .assert_says("Minister of Ports from 1 January 2022")
            .assert_does_not_say("Harbour Minister");
        let briefing = world.get("/api/v1/briefings/2022-03-03-briefing-by-ada-lind").await.json();
        assert_eq!(briefing["utterances"][0]["speaker"]["office"], "Minister of Ports");
        resolve_again(&world).await;
    }
    let row: i64 = sqlx::query_scalar("select id from office where origin = 'editor'")
        .fetch_one(&world.pool)
        .await
        .expect("the office");
    say(&world, &editor, who, &format!("act=change-office&id={row}&title=Port+Minister&from=2022-01-01&to=2022-12-31"))
        .await
        .assert_status(303);
    world.get("/speakers/ada-lind").await.assert_says("Port Minister");
    say(&world, &editor, who, &format!("act=remove-office&id={row}")).await.assert_status(303);
    say(&world, &editor, who, "act=allow-office&title=Harbour+Minister").await.assert_status(303);
    world.get("/speakers/ada-lind").await.assert_says("Harbour Minister").assert_does_not_say("Port Minister");
}

#[tokio::test]
async fn an_item_of_wikidata_is_checked_and_shown() {
    let world = doubled_archive().await;
    let editor = sign_in(&world).await;
    say(&world, &editor, "ada-lind", "act=item&item=Lind").await.assert_status(422).assert_says("like Q42");
    say(&world, &editor, "ada-lind", "act=item&item=q4242").await.assert_status(303);
    resolve_again(&world).await;
    let page = world.get("/speakers/ada-lind").await.assert_says("Ada Lind on Wikidata (Q4242)");
    assert!(page.text.contains(r#""sameAs":"https://www.wikidata.org/wiki/Q4242""#), "{}", page.text);
    let taken = say(&world, &editor, "johann-vesk", "act=item&item=Q4242").await.assert_status(422);
    taken.assert_says("Ada Lind has this item of Wikidata already.");
}

#[tokio::test]
async fn speakers_whose_labels_have_no_evidence_stay_who_they_are() {
    let world = super::small_archive().await;
    resolve_again(&world).await;
    world.get("/speakers/ada-lind").await.assert_says("Harbour Minister").assert_says("4 turns");
}

#[tokio::test]
async fn two_who_are_not_the_same_are_not_asked_about_again() {
    let world = doubled_archive().await;
    let editor = sign_in(&world).await;
    let page = look(&world, &editor, "/editor/speakers").await.assert_page();
    let field = |name: &str| {
        let behind = page.text.split(&format!("name=\"{name}\" value=\"")).nth(1).expect("a pair");
        behind.split('"').next().expect("a row").to_owned()
    };
    let two = format!("one={}&other={}", field("one"), field("other"));
    let say = async |act: &str| {
        press_button(&world, "/editor/speakers", &editor, &format!("{two}&act={act}")).await.assert_status(303);
        look(&world, &editor, "/editor/speakers").await.assert_page()
    };
    say("not-same")
        .await
        .assert_does_not_say("Perhaps the same")
        .assert_says("Not the same, editors say 1 pair")
        .assert_says("Said by ada@harbour.example on 22 November 2026");
    say("not-same").await.assert_says("1 pair");
    learn(&world).await;
    look(&world, &editor, "/editor/speakers").await.assert_does_not_say("Perhaps the same");
    say("back").await.assert_says("Perhaps the same").assert_does_not_say("Not the same, editors say");
    look(&world, &editor, "/editor/audit?act=speaker.not-same").await.assert_says("1 entry.");
    look(&world, &editor, "/editor/audit?act=speaker.not-same-taken-back").await.assert_says("1 entry.");
}
