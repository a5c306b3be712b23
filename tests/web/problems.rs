//! Problems: what readers report without an account, and what editors do with it.

use std::net::SocketAddr;

use axum::extract::ConnectInfo;
use onrecord::domain::AccountRole;
use onrecord::jobs::forgetting;

use super::editor::{TOMORROW, drafts, form, look, press_button, session, sign_in};
use super::{small_archive, small_archive_with_mail};
use crate::world::{Answer, World};

const BRIEFING: &str = "/briefings/2026-03-10-harbour-briefing-by-minister-ada-lind";
const CORRECT: &str = "/editor/briefings/2026-03-10-harbour-briefing-by-minister-ada-lind/correct";

/// Reports a problem from somewhere.
pub async fn report(world: &World, from: &str, words: &str, fields: &str) -> Answer {
    let mut request = form(&format!("{BRIEFING}/{words}/problem"), "", fields);
    let from: SocketAddr = from.parse().expect("an address");
    request.extensions_mut().insert(ConnectInfo(from));
    world.send(request).await
}

/// Reports one that is taken, and gives the address of its page.
async fn reported(world: &World, words: &str) -> String {
    let fields = "revision=1&kind=words&text=The+recording+has+%22fifty%22.&email=rea@example.org";
    let sent = report(world, "192.0.2.1:4000", words, fields).await.assert_status(303);
    sent.header("location").to_owned()
}

/// An act of an editor on the first problem.
async fn act(world: &World, editor: &str, version: i32, fields: &str) -> Answer {
    world.send(form("/editor/problems/1", editor, &format!("version={version}&{fields}"))).await
}

const FIFTY: &str = "act=words&revision=1&number=7&compared=yes&reason=Heard+again.&problem=1\
                     &text=Fifty+millions,+not+forty+thousands.";

#[tokio::test]
async fn a_reader_reports_words_and_keeps_a_number() {
    let world = small_archive().await;
    let words = world.get(&format!("{BRIEFING}/4")).await;
    words.assert_has(&format!("<a href=\"{BRIEFING}/4/problem?revision=1\" rel=\"nofollow\">Report a problem</a>"));
    let page = world.get(&format!("{BRIEFING}/4/problem?revision=1")).await;
    assert_eq!(page.header("set-cookie"), "");
    page.assert_page()
        .assert_says("Report a problem")
        .assert_says("The dam in Norlund is safe.")
        .assert_has("<meta name=\"robots\" content=\"noindex\">")
        .assert_has("name=\"revision\" value=\"1\"")
        // Where no mail can be sent no reply is promised.
        .assert_does_not_say("e-mail");
    let sent = report(&world, "192.0.2.1:4000", "4", "revision=1&kind=speaker&text=Omar+Vesk+said+this.").await;
    let address = sent.assert_status(303).header("location").to_owned();
    let reference = address.strip_prefix("/problems/").expect("a page of its own");
    let mut parts = reference.split('-').map(str::len);
    assert_eq!((parts.next(), parts.next(), parts.next(), parts.next()), (Some(1), Some(4), Some(4), None));
    let state = world.get(&address).await.assert_page();
    assert_eq!((state.header("cache-control"), state.header("set-cookie")), ("no-store", ""));
    state
        .assert_says(&format!("Problem {reference} Noted It waits for an editor"))
        .assert_says("Somebody else said this")
        .assert_says("The dam in Norlund is safe.")
        .assert_has("<meta name=\"robots\" content=\"noindex\">")
        .assert_does_not_say("Omar Vesk");
    let typed = address.to_lowercase().replace("/problems/p-", "/problems/");
    world.get(&typed).await.assert_redirects_to(&address);
    for nothing in ["/problems/P-0000-0000", "/problems/1", "/problems/%00"] {
        world.get(nothing).await.assert_status(404);
    }
}

#[tokio::test]
async fn mistakes_are_told_at_once_and_nothing_typed_is_lost() {
    let world = small_archive_with_mail().await;
    let hostile = "%3C/textarea%3E%3Cscript%3Ealert(1)%3C/script%3E";
    report(&world, "192.0.2.1:4000", "4", &format!("revision=1&text={hostile}&email=%22%3E%3Cb%3E"))
        .await
        .assert_status(422)
        .assert_says("Not sent yet. 2 things are to be put right below.")
        .assert_says("Choose what is wrong.")
        .assert_says("An e-mail address is written like name@example.org.")
        .assert_has("&#60;/textarea&#62;&#60;script&#62;alert(1)&#60;/script&#62;</textarea>")
        .assert_has("value=\"&#34;&#62;&#60;b&#62;\"")
        .assert_has("name=\"revision\" value=\"1\"");
    let long = "x".repeat(4_321);
    report(&world, "192.0.2.1:4000", "4", &format!("revision=1&kind=facts&text={long}&email=rea@example.org"))
        .await
        .assert_status(422)
        .assert_says("This is 321 characters too long; 4,000 are the most.")
        .assert_has("value=\"facts\" required checked")
        .assert_has("value=\"rea@example.org\"")
        .assert_has(&format!("{long}</textarea>"));
    report(&world, "192.0.2.1:4000", "4", "revision=1&kind=words&text=+%0D%0A").await.assert_says("Say in a sentence");
    report(&world, "192.0.2.1:4000", "4", "revision=1&kind=words&text=Fifty.&website=http://x.example")
        .await
        .assert_status(422)
        .assert_says("Something was written into a field that stays empty.")
        .assert_has("Fifty.</textarea>")
        .assert_has("name=\"website\" tabindex=\"-1\" autocomplete=\"off\">");
    let editor = sign_in(&world).await;
    look(&world, &editor, "/editor/problems").await.assert_says("No problem is open.");
}

#[tokio::test]
async fn ten_problems_an_hour_are_taken_from_one_address() {
    let world = small_archive().await;
    let send =
        async |from: &str| report(&world, from, "4", "revision=1&kind=words&text=It+was+%3Ci%3Efifty%3C/i%3E.").await;
    for port in 1..=10 {
        send(&format!("[2001:db8:1:2::{port}]:4000")).await.assert_status(303);
    }
    let refused = send("[2001:db8:1:2:ffff::1]:4000").await.assert_status(429);
    assert_eq!(refused.header("retry-after"), "3601");
    refused
        .assert_says("Many problems were reported from where you are")
        .assert_says("send it again in 61 minutes")
        .assert_has("It was &#60;i&#62;fifty&#60;/i&#62;.</textarea>");
    send("[2001:db8:1:3::1]:4000").await.assert_status(303);
    world.change("update problem_sent set at = at - interval '1 hour'").await;
    send("[2001:db8:1:2::1]:4000").await.assert_status(303);
    // What was counted is forgotten as soon as it no longer counts.
    forgetting::forget(&world.pool, "2026-11-22T12:00:00Z".parse().expect("a moment")).await.expect("it is forgotten");
    let mut conn = world.pool.acquire().await.expect("a connection");
    let kept: i64 = sqlx::query_scalar("select count(*) from problem_sent").fetch_one(&mut *conn).await.expect("rows");
    assert_eq!(kept, 1);
}

#[tokio::test]
async fn a_problem_is_about_the_revision_that_was_looked_at_and_follows_numbers() {
    let world = small_archive().await;
    let editor = sign_in(&world).await;
    press_button(&world, CORRECT, &editor, &FIFTY.replace("&problem=1", "")).await.assert_status(303);
    world
        .get(&format!("{BRIEFING}/7/problem?revision=1"))
        .await
        .assert_page()
        .assert_says("This is revision 1.")
        .assert_says("These very words have changed since.")
        .assert_says("Forty millions");
    let address = reported(&world, "7").await;
    world.get(&address).await.assert_says("Forty millions").assert_does_not_say("Fifty millions");
    world.get(&format!("{BRIEFING}/7/problem")).await.assert_page().assert_says("Fifty millions");
    let join = "act=join&revision=2&number=3&reason=One+answer.";
    press_button(&world, CORRECT, &editor, join).await.assert_status(303);
    let moved = format!("{BRIEFING}/3/problem");
    world.get(&format!("{BRIEFING}/4/problem")).await.assert_redirects_to(&moved);
    report(&world, "192.0.2.1:4000", "4", "kind=words&text=Hm.").await.assert_redirects_to(&moved);
    report(&world, "192.0.2.1:4000", "4", "revision=2&kind=words&text=Hm.").await.assert_status(303);
    world.get(&format!("{BRIEFING}/6-7/problem")).await.assert_page().assert_says("Turns 6 to 7");
}

#[tokio::test]
async fn what_readers_do_not_see_has_no_problems_and_what_is_withdrawn_shows_no_words() {
    let world = small_archive().await;
    let editor = sign_in(&world).await;
    let [draft, _] = drafts(&world).await;
    let address = reported(&world, "4").await;
    let nothing =
        [format!("/briefings/{draft}/1/problem"), format!("{BRIEFING}/70/problem"), format!("{BRIEFING}/x/problem")];
    for nothing in nothing.iter().chain(&[format!("{BRIEFING}/4/problem?revision=9")]) {
        world.get(nothing).await.assert_status(404);
        let path = nothing.split('?').next().expect("a path");
        let fields = if path == nothing.as_str() { "kind=words&text=x" } else { "revision=9&kind=words&text=x" };
        world.send(form(path, "", fields)).await.assert_status(404);
    }
    press_button(&world, CORRECT, &editor, "act=withdraw&revision=1&reason=Not+ours.").await.assert_status(303);
    world.get(&format!("{BRIEFING}/4/problem")).await.assert_status(404);
    report(&world, "192.0.2.1:4000", "4", "revision=1&kind=words&text=x").await.assert_status(404);
    world
        .get(&address)
        .await
        .assert_page()
        .assert_says("This briefing has been withdrawn since.")
        .assert_does_not_say("The dam in Norlund is safe.");
    look(&world, &editor, "/editor/problems/1").await.assert_page().assert_says("The dam in Norlund is safe.");
}

#[tokio::test]
async fn editors_take_hand_over_and_give_back_and_the_second_of_two_is_told() {
    let world = small_archive_with_mail().await;
    let ada = sign_in(&world).await;
    let bo = session(&world, "bo@harbour.example", AccountRole::Editor, TOMORROW).await;
    look(&world, &ada, "/editor").await.assert_page().assert_does_not_say("Problems 1");
    reported(&world, "7").await;
    look(&world, &ada, "/editor").await.assert_says("Problems 1 open");
    look(&world, &ada, "/editor/problems")
        .await
        .assert_page()
        .assert_says("The words differ from the source : turn 7, Harbour briefing by Minister Ada Lind")
        .assert_says("The recording has \"fifty\".")
        .assert_says("open for less than an hour · nobody’s yet · waits for a reply")
        .assert_does_not_say("rea@example.org");
    act(&world, &ada, 1, "act=take").await.assert_redirects_to("/editor/problems/1");
    act(&world, &bo, 1, "act=take")
        .await
        .assert_status(409)
        .assert_says("Somebody else did something with this problem while you were looking at it.")
        .assert_says("ada@harbour.example");
    look(&world, &ada, "/editor/problems?show=mine").await.assert_says("1 problem.").assert_says("yours");
    look(&world, &bo, "/editor/problems?show=mine").await.assert_says("You look after no open problem.");
    act(&world, &ada, 2, "act=take").await.assert_status(422).assert_says("It is so already.");
    act(&world, &ada, 2, "act=hand-over&to=2").await.assert_status(303);
    look(&world, &bo, "/editor/problems?show=mine").await.assert_says("1 problem.");
    act(&world, &ada, 3, "act=hand-over&to=99").await.assert_status(422).assert_says("There is no such account");
    act(&world, &bo, 3, "act=give-back").await.assert_status(303);
    act(&world, &bo, 4, "act=give-back").await.assert_status(422);
    act(&world, &bo, 4, "act=burn").await.assert_status(400).assert_says("The form is incomplete.");
    act(&world, "", 4, "act=take").await.assert_status(403);
    look(&world, "", "/editor/problems/1").await.assert_status(303);
    look(&world, &ada, "/editor/problems/2").await.assert_status(404);
    look(&world, &ada, "/editor/audit?act=problem")
        .await
        .assert_says("4 entries.")
        .assert_says("problem.given-back")
        .assert_says("problem.noted")
        .assert_says("a reader")
        .assert_does_not_say("fifty");
}

#[tokio::test]
async fn a_corrected_problem_leads_to_what_changed() {
    let world = small_archive().await;
    let editor = sign_in(&world).await;
    let address = reported(&world, "7").await;
    look(&world, &editor, "/editor/problems/1")
        .await
        .assert_page()
        .assert_says("They are the same now.")
        .assert_says("so far it can only stay as it is")
        .assert_has("href=\"/editor/briefings/2026-03-10-harbour-briefing-by-minister-ada-lind/7?problem=1\"");
    act(&world, &editor, 1, "act=settle&outcome=corrected&reason=Thank+you.")
        .await
        .assert_status(422)
        .assert_says("No such revision since has touched this passage")
        .assert_has("Thank you.</textarea>");
    // A correction elsewhere puts nothing right here.
    let elsewhere = "act=words&revision=1&number=2&compared=yes&reason=Heard.&text=Good+evening.";
    press_button(&world, CORRECT, &editor, elsewhere).await.assert_status(303);
    act(&world, &editor, 1, "act=settle&outcome=corrected&revision=2").await.assert_status(422);
    look(&world, &editor, "/editor/briefings/2026-03-10-harbour-briefing-by-minister-ada-lind/7?problem=1")
        .await
        .assert_says("A reader reported a problem.")
        .assert_has("name=\"problem\" value=\"1\"");
    press_button(&world, CORRECT, &editor, &FIFTY.replace("revision=1", "revision=2"))
        .await
        .assert_redirects_to("/editor/problems/1");
    look(&world, &editor, "/editor/problems/1")
        .await
        .assert_says("They have changed since.")
        .assert_says("Forty millions")
        .assert_says("Fifty millions")
        .assert_has("<option value=\"3\"")
        .assert_does_not_say("2, 22 November");
    act(&world, &editor, 1, "act=settle&outcome=corrected&reason=You+were+%3Cb%3Eright%3C/b%3E.")
        .await
        .assert_status(303);
    world
        .get(&address)
        .await
        .assert_page()
        .assert_says("Corrected The passage was put right.")
        .assert_says("You were <b>right</b>.")
        .assert_has(&format!("href=\"{BRIEFING}/changes/2..3\""))
        .assert_does_not_say("recording has");
    world.get(&format!("{BRIEFING}/changes/2..3")).await.assert_says("Turn 7: Forty became Fifty .");
    look(&world, &editor, "/editor/problems").await.assert_says("No problem is open.");
    look(&world, &editor, "/editor/problems?show=settled").await.assert_says("corrected on 22 November 2026");
    let late = act(&world, &editor, 1, "act=settle&outcome=declined&reason=My+long+reason.").await;
    late.assert_status(409).assert_says("Somebody else has settled this problem").assert_says("My long reason.");
}

#[tokio::test]
async fn a_problem_is_declined_with_a_reason_or_answered_by_a_note_or_by_new_facts() {
    let world = small_archive().await;
    let editor = sign_in(&world).await;
    let addresses = [reported(&world, "7").await, reported(&world, "6-7").await, reported(&world, "2").await];
    act(&world, &editor, 1, "act=settle&outcome=declined&reason=+").await.assert_status(422).assert_says("Say why");
    act(&world, &editor, 1, "act=settle&reason=x").await.assert_status(422).assert_says("Choose what became of it.");
    act(&world, &editor, 1, "act=settle&outcome=declined&reason=The+recording+has+forty.").await.assert_status(303);
    world.get(&addresses[0]).await.assert_says("Not changed").assert_says("The recording has forty.");

    let note = "act=note&revision=1&number=7&kind=issuer&reason=Asked.&text=The+ministry+later+said+fifty.";
    press_button(&world, CORRECT, &editor, note).await.assert_status(303);
    let settle = async |id: i32, fields: &str| {
        world.send(form(&format!("/editor/problems/{id}"), &editor, &format!("version=1&act=settle&{fields}"))).await
    };
    settle(3, "outcome=note-added").await.assert_status(422);
    settle(2, "outcome=note-added&revision=2").await.assert_status(303);
    world.get(&addresses[1]).await.assert_says("Note added").assert_has(&format!("href=\"{BRIEFING}/changes/1..2\""));

    let facts = "act=describe&revision=2&title=Harbour+briefing&date=2026-03-10&series=Harbour+Ministry+briefing\
                 &language=en&reason=As+printed.";
    press_button(&world, CORRECT, &editor, facts).await.assert_status(303);
    settle(3, "outcome=corrected").await.assert_status(303);
    world.get(&addresses[2]).await.assert_says("Corrected").assert_has(&format!("href=\"{BRIEFING}/changes/2..3\""));
}

#[tokio::test]
async fn two_editors_who_settle_at_once_settle_once() {
    let world = small_archive().await;
    let (first, second) = (sign_in(&world).await, sign_in(&world).await);
    reported(&world, "7").await;
    let settle = "act=settle&outcome=declined&reason=It+is+forty.";
    let (one, other) = tokio::join!(act(&world, &first, 1, settle), act(&world, &second, 1, settle));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    look(&world, &first, "/editor/audit?act=problem.settled").await.assert_says("1 entry.");
}

#[tokio::test]
async fn an_address_is_forgotten_after_ninety_days() {
    let world = small_archive_with_mail().await;
    reported(&world, "7").await;
    let known = async || {
        let mut conn = world.pool.acquire().await.expect("a connection");
        let sql = "select (select count(email) from problem), (select count(*) from outbox)";
        sqlx::query_as::<_, (i64, i64)>(sql).fetch_one(&mut *conn).await.expect("counts")
    };
    let forget = async |now: &str| {
        forgetting::forget(&world.pool, now.parse().expect("a moment")).await.expect("it is tried");
    };
    forget("2027-02-20T11:59:00Z").await;
    assert_eq!(known().await, (1, 1));
    forget("2027-02-20T12:00:00Z").await;
    assert_eq!(known().await, (0, 0));
    let editor = sign_in(&world).await;
    look(&world, &editor, "/editor/problems/1").await.assert_says("There is no address for a reply");
}

#[tokio::test]
async fn a_settled_problem_is_opened_again_and_the_page_of_its_number_says_why() {
    let world = small_archive_with_mail().await;
    let editor = sign_in(&world).await;
    let address = reported(&world, "7").await;
    act(&world, &editor, 1, "act=reopen&reason=x")
        .await
        .assert_status(409)
        .assert_says("This problem is open already.");
    act(&world, &editor, 1, "act=settle&outcome=declined&reason=The+recording+has+forty.").await.assert_status(303);
    look(&world, &editor, "/editor/problems/1").await.assert_page().assert_says("Open it again");
    act(&world, &editor, 2, "act=reopen&reason=+").await.assert_status(422).assert_says("Say why it is opened again");
    act(&world, &editor, 2, "act=reopen&reason=A+better+%3Cb%3Etape%3C/b%3E+came.").await.assert_status(303);
    look(&world, &editor, "/editor/problems").await.assert_says("1 problem.");
    world
        .get(&address)
        .await
        .assert_page()
        .assert_says("Open again An editor is looking into it.")
        .assert_says("A better <b>tape</b> came.")
        .assert_says("Until then: not changed, settled on 22 November 2026")
        .assert_says("The recording has forty.");
    let letters: Vec<String> =
        sqlx::query_scalar("select letter from outbox").fetch_all(&world.pool).await.expect("letters");
    assert_eq!(letters, [] as [String; 0], "what no longer holds is not sent");
    look(&world, &editor, "/editor/audit?act=problem.reopened").await.assert_says("1 entry.");
    act(&world, &editor, 3, "act=settle&outcome=declined&reason=So+has+that+tape.").await.assert_status(303);
    world.get(&address).await.assert_says("Not changed").assert_says("So has that tape.").assert_says("Opened again");
}

#[tokio::test]
async fn whoever_types_a_number_gets_to_its_page() {
    let world = small_archive().await;
    let address = reported(&world, "7").await;
    let number = address.trim_start_matches("/problems/");
    world.get("/problems").await.assert_page().assert_says("The number");
    let typed = number.to_lowercase().replace('-', "+");
    world.get(&format!("/problems?number={typed}")).await.assert_redirects_to(&address);
    world.get("/problems?number=P-0000-0000").await.assert_status(404).assert_says("No problem has this number.");
    let nonsense = world.get("/problems?number=%22%3E%3Cb%3E").await.assert_status(404);
    nonsense.assert_says("That is no number of a problem.").assert_has("value=\"&#34;&#62;&#60;b&#62;\"");
}
