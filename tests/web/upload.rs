//! An editor uploads, sees what became of it, and publishes what is in no doubt.

use std::io::Write as _;

use axum::body::Body;
use axum::http::Request;
use onrecord::auth::tokens;
use onrecord::domain::{AccountId, Actor, TokenScope};
use onrecord::ingest::child::{Pool as Readers, WorkerCommand};
use onrecord::ingest::fetch::Fetcher;
use onrecord::jobs::uploads::{Desk, read_next};

use super::editor::{look, press_button, sign_in};
use crate::world::{Answer, World};

const BOUNDARY: &str = "-----harbour";

pub const CLEAR: &str = "HARBOUR HOUSE\n\nPRESS BRIEFING BY PRESS SECRETARY ADA LIND\n\nNovember 20, 2026\n\n\
                     MS. LIND: Good afternoon. The tide is out.\n\nQ: Will it come back?\n\nMS. LIND: It will.\n";
const UNDATED: &str =
    "Press briefing by press secretary Ada Lind\n\nMS. LIND: Good morning.\n\nQ: Is it?\n\nMS. LIND: Yes.\n";

/// A form as a browser sends it: plain fields and files.
fn form(cookie: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Request<Body> {
    sent("/editor/upload", ("cookie", cookie), fields, files)
}

fn sent(address: &str, proof: (&str, &str), fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Request<Body> {
    let mut body = Vec::new();
    for (name, value) in fields {
        write!(body, "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").unwrap();
    }
    for (name, bytes) in files {
        let head = format!("Content-Disposition: form-data; name=\"files\"; filename=\"{name}\"");
        write!(body, "--{BOUNDARY}\r\n{head}\r\nContent-Type: application/octet-stream\r\n\r\n").unwrap();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    write!(body, "--{BOUNDARY}--\r\n").unwrap();
    Request::post(address)
        .header(proof.0, proof.1)
        .header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"))
        .body(Body::from(body))
        .expect("a request")
}

fn desk(world: &World) -> Desk {
    let worker = WorkerCommand::new(env!("CARGO_BIN_EXE_onrecord"), ["parse-worker"]);
    Desk {
        pool: world.pool.clone(),
        readers: Readers::new(1, worker),
        fetcher: Fetcher::new(false).expect("a fetcher"),
        clock: || "2026-11-22T12:00:00Z".parse().expect("a moment"),
    }
}

/// Reads everything that waits, as the server does beside its requests, and works out who speaks.
pub async fn read_all(world: &World) {
    read_words(world).await;
    onrecord::jobs::people::refresh(&world.pool).await.expect("people are resolved");
}

async fn read_words(world: &World) {
    let desk = desk(world);
    while read_next(&desk, None).await.expect("it is read").is_some() {}
}

/// Uploads; the address of the batch.
pub async fn upload(world: &World, cookie: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> String {
    let answer = world.send(form(cookie, fields, files)).await.assert_status(303);
    let batch = answer.header("location").to_owned();
    assert!(batch.starts_with("/editor/batches/"), "{batch}");
    batch
}

/// The addresses of everything with this status.
pub async fn slugs(world: &World, status: &str) -> Vec<String> {
    let slugs = sqlx::query_scalar("select slug from briefing where status = $1 order by id").bind(status);
    slugs.fetch_all(&world.pool).await.expect("briefings")
}

pub async fn slug_of(world: &World, title: &str) -> String {
    let drafts = sqlx::query_scalar("select slug from briefing where lower(title) = lower($1)").bind(title);
    drafts.fetch_one(&world.pool).await.expect("a draft of this title")
}

pub fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[tokio::test]
async fn what_is_in_no_doubt_is_published_at_once_and_the_rest_is_grouped() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    let files: [(&str, &[u8]); 3] =
        [("clear.txt", CLEAR.as_bytes()), ("undated.txt", UNDATED.as_bytes()), ("empty.txt", b"")];
    let batch = upload(&world, &cookie, &[("series", "Harbour House briefing")], &files).await;
    let waiting = look(&world, &cookie, &batch).await.assert_page().assert_says("Reading: 0 of 3 done.");
    assert_eq!(waiting.header("refresh"), "2", "the page comes again by itself");

    read_all(&world).await;
    look(&world, &cookie, &batch)
        .await
        .assert_page()
        .assert_says("3 sources: 2 briefings made of them, 1 not readable.")
        .assert_says("Nothing in doubt: 1 draft")
        .assert_says("No date was found: 1 draft")
        .assert_says("empty.txt");

    press_button(&world, &format!("{batch}/publish"), &cookie, "").await.assert_redirects_to(&batch);
    world.get("/search?q=tide").await.assert_page().assert_says("1 result");
    let published = look(&world, &cookie, &batch).await.assert_page();
    assert!(!published.text.contains("Nothing in doubt"), "what is published is no draft any more");
    let acts: Vec<String> =
        sqlx::query_scalar("select act from audit_entry order by id").fetch_all(&world.pool).await.unwrap();
    assert_eq!(acts.iter().filter(|act| *act == "briefing.drafted").count(), 2, "{acts:?}");
    assert_eq!(acts.last().map(String::as_str), Some("briefing.published"));
}

#[tokio::test]
async fn until_it_is_worked_out_who_speaks_nothing_is_offered_and_nothing_settled() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    let batch = upload(&world, &cookie, &[], &[("clear.txt", CLEAR.as_bytes())]).await;
    read_words(&world).await;
    let early = look(&world, &cookie, &batch).await.assert_page().assert_says("Working out who speaks in 1 draft.");
    assert_eq!(early.header("refresh"), "2", "the page comes again by itself");
    assert!(!early.text.contains("Nobody is known"), "{}", early.text);
    assert!(!early.text.contains("Nothing in doubt"), "{}", early.text);
    for (act, form) in [("settle", "why=unknown&all=yes"), ("settle", "why=unknown&label=MS.+LIND"), ("publish", "")] {
        let refused = press_button(&world, &format!("{batch}/{act}"), &cookie, form).await.assert_status(400);
        refused.assert_says("Who speaks in these drafts is still being worked out. Nothing was written");
    }

    onrecord::jobs::people::refresh(&world.pool).await.expect("people are resolved");
    let later = look(&world, &cookie, &batch).await.assert_page().assert_says("Nothing in doubt: 1 draft");
    assert!(!later.text.contains("Working out who speaks"), "{}", later.text);
}

#[tokio::test]
async fn a_zip_with_its_manifest_and_files_beside_a_manifest_are_described_by_it() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    let manifest = "file,title,date\nmorning.txt,On the morning tide,2026-11-19\n";
    let packed = zip(&[("morning.txt", UNDATED), ("manifest.csv", manifest)]);
    let batch = upload(&world, &cookie, &[], &[("november.zip", &packed)]).await;
    read_all(&world).await;
    look(&world, &cookie, &batch).await.assert_page().assert_says("On the morning tide , 19 November 2026");

    let evening = "file,title,date\nevening.txt,On the evening tide,2026-11-19\nnight.txt,Never sent,2026-11-19\n";
    let text = UNDATED.replace("morning", "evening");
    let files: [(&str, &[u8]); 2] = [("manifest.csv", evening.as_bytes()), ("evening.txt", text.as_bytes())];
    let batch = upload(&world, &cookie, &[], &files).await;
    read_all(&world).await;
    look(&world, &cookie, &batch)
        .await
        .assert_page()
        .assert_says("On the evening tide , 19 November 2026")
        .assert_says("It describes “night.txt”, which was not uploaded with it.");
}

#[tokio::test]
async fn a_pasted_text_becomes_a_draft_once() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    let fields = [("text", CLEAR), ("title", "On the tide"), ("date", "2026-11-18")];
    upload(&world, &cookie, &fields, &[("", b"")]).await;
    read_all(&world).await;
    let slug = slug_of(&world, "On the tide").await;
    assert_eq!(slug, "2026-11-18-on-the-tide", "the day that the editor gives outranks the one in the text");
    let again = upload(&world, &cookie, &fields, &[]).await;
    read_all(&world).await;
    look(&world, &cookie, &again).await.assert_page().assert_says("the archive holds these very bytes");
}

#[tokio::test]
async fn what_is_too_long_for_a_transcript_is_refused_by_name_and_what_came_with_it_is_read() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    let (endless, album) = (b"The tide is out. ".repeat(700_000), [b"\x89PNG".to_vec(), vec![1; 11 << 20]].concat());
    let files = [("endless.txt", endless.as_slice()), ("album.txt", &album), ("tide.txt", CLEAR.as_bytes())];
    let batch = upload(&world, &cookie, &[], &files).await;
    let kept: i64 = sqlx::query_scalar("select coalesce(sum(length(bytes)), 0) from upload")
        .fetch_one(&world.pool)
        .await
        .expect("what is kept of them");
    assert_eq!(kept, CLEAR.len() as i64);
    read_all(&world).await;
    let page = look(&world, &cookie, &batch).await.assert_page().assert_says("2 not readable");
    page.assert_says("endless.txt").assert_says("larger than 10 MB").assert_says("album.txt").assert_says("an image");
    assert_eq!(slugs(&world, "draft").await.len(), 1);
}

#[tokio::test]
async fn an_address_inside_our_own_network_is_not_fetched() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    let addresses = "http://127.0.0.1:1/a http://169.254.169.254/latest\nhttp://[::1]/b\nhttp://10.0.0.1/c";
    let batch = upload(&world, &cookie, &[("addresses", addresses)], &[]).await;
    read_all(&world).await;
    let page = look(&world, &cookie, &batch).await.assert_page().assert_says("4 not readable");
    assert!(!page.text.contains("Nothing in doubt"));
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_and_nothing_is_kept() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    let refused = async |fields: &[(&str, &str)], why: &str| -> Answer {
        world.send(form(&cookie, fields, &[])).await.assert_status(400).assert_says(why)
    };
    refused(&[], "There was nothing to read.").await;
    refused(&[("text", "MS. LIND: Yes."), ("date", "soon")], "is no day like 2026-03-14").await;
    refused(&[("addresses", "file:///etc/passwd")], "is no address").await;
    let batches: i64 = sqlx::query_scalar("select count(*) from batch").fetch_one(&world.pool).await.unwrap();
    assert_eq!(batches, 0);
    look(&world, "", "/editor/upload").await.assert_status(303);
    world.send(form("", &[("text", CLEAR)], &[])).await.assert_status(403);
    look(&world, &cookie, "/editor/batches/999").await.assert_status(404);
    look(&world, &cookie, "/editor/upload").await.assert_page().assert_says("Every source becomes a draft");
}

#[tokio::test]
async fn one_settlement_fits_all_drafts_and_a_batch_is_withdrawn_in_one_act() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    let earlier =
        CLEAR.replace("PRESS SECRETARY ADA LIND", "HARBOUR ENGINEER OMAR VESK").replace("MS. LIND", "MR. VESK");
    upload(&world, &cookie, &[("text", &earlier)], &[]).await;
    read_all(&world).await;
    let text = |day: u8| {
        format!(
            "Harbour call\n\nNovember {day}, 2026\n\nSPEAKER 1: The lock {day} holds.\n\nQ: Does it?\n\nSPEAKER 1: It does.\n"
        )
    };
    let (first, second) = (text(18), text(19));
    let files: [(&str, &[u8]); 2] = [("18.txt", first.as_bytes()), ("19.txt", second.as_bytes())];
    let batch = upload(&world, &cookie, &[], &files).await;
    read_all(&world).await;
    // As if nothing at all were known of the label.
    let unknown = sqlx::query("update transcript_label set role = null where label = 'SPEAKER 1'");
    assert_eq!(unknown.execute(&world.pool).await.expect("labels").rows_affected(), 2);
    look(&world, &cookie, &batch)
        .await
        .assert_page()
        .assert_says("Nobody is known: 1 label in 2 drafts")
        .assert_says("Nobody is known for the label “SPEAKER 1”: 2 drafts");
    let settle = format!("{batch}/settle");
    let nobody = press_button(&world, &settle, &cookie, "why=unknown&label=SPEAKER+1&speaker=Nobody+Known").await;
    nobody.assert_status(422).assert_says("Not settled. No speaker is called “Nobody Known” so far.");
    let omar = "why=unknown&label=SPEAKER+1&speaker=Omar+Vesk";
    press_button(&world, &settle, &cookie, omar).await.assert_redirects_to(&batch);
    look(&world, &cookie, &batch).await.assert_page().assert_says("Nothing in doubt: 2 drafts");
    press_button(&world, &format!("{batch}/publish"), &cookie, "").await.assert_redirects_to(&batch);
    world.get("/search?q=lock&speaker=omar-vesk").await.assert_page().assert_says("2 results");

    let withdraw = format!("{batch}/withdraw");
    press_button(&world, &withdraw, &cookie, "reason=").await.assert_status(400).assert_says("Say why");
    press_button(&world, &withdraw, &cookie, "reason=Not+ours+to+show").await.assert_redirects_to(&batch);
    world.get("/search?q=lock").await.assert_page().assert_says("Nothing found");
}

#[tokio::test]
async fn programs_upload_with_a_token_and_asking_again_changes_nothing() {
    let world = World::new().await;
    sign_in(&world).await;
    let bearer = async |scope: TokenScope| {
        let actor = Actor { account: Some(AccountId(1)), name: String::new() };
        let begun = "2026-11-22T11:00:00Z".parse().expect("a moment");
        format!("Bearer {}", tokens::make(&world.pool, &actor, "robot", scope, 1, begun).await.expect("a token"))
    };
    let (reads, uploads) = (bearer(TokenScope::Read).await, bearer(TokenScope::Upload).await);
    let post = async |bearer: &str, key: &str| {
        let fields = [("series", "Harbour House briefing"), ("text", CLEAR)];
        let mut request = sent("/api/v1/briefings", ("authorization", bearer), &fields, &[("empty.txt", b"")]);
        request.headers_mut().insert("idempotency-key", key.parse().expect("a key"));
        world.send(request).await
    };
    post(&reads, "a").await.assert_status(403);
    let first = post(&uploads, "a").await.assert_status(202);
    assert_eq!(first.json()["waiting"], 2);
    let again = post(&uploads, "a").await.assert_status(202);
    assert_eq!(again.json(), first.json(), "the same key, the same batch");
    read_all(&world).await;
    let address = first.header("location").trim_start_matches("https://onrecord.example").to_owned();
    let show = Request::get(address).header("authorization", &reads).body(Body::empty()).expect("a request");
    let became = world.send(show).await.assert_status(200).json();
    assert_eq!(became["briefings"][0]["status"], "draft", "{became}");
    assert_eq!(became["failures"][0]["file"], "empty.txt", "{became}");
    let not_a_form =
        Request::post("/api/v1/briefings").header("authorization", &uploads).body(Body::from("MS. LIND: Yes."));
    let refused = world.send(not_a_form.expect("a request")).await.assert_status(400);
    assert_eq!(refused.header("content-type"), "application/problem+json");
}

/// Uploads these texts as files; the address of the batch once all of it is read.
async fn uploaded(world: &World, cookie: &str, texts: &[&str]) -> String {
    let names: Vec<String> = (1..=texts.len()).map(|n| format!("{n}.txt")).collect();
    let files: Vec<(&str, &[u8])> =
        names.iter().zip(texts).map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let batch = upload(world, cookie, &[], &files).await;
    read_all(world).await;
    batch
}

#[tokio::test]
async fn what_is_in_doubt_is_named_as_what_it_is_and_each_group_is_settled_in_one_act() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    let office = "Harbour call\n\nNovember 18, 2026\n\nTHE HARBOURMASTER: The lock holds.\n\nQ: Does it?\n\n\
                  THE HARBOURMASTER: It does.\n\n\
                  ENGINEER OF WORKS: Indeed.\n";
    let alone = "Harbour call on ropes\n\nNovember 19, 2026\n\nROSA QUILL: The ropes hold.\n\nQ: Do they?\n\n\
                 ROSA QUILL: They do.\n";
    let surname = "Harbour call on nets\n\nNovember 17, 2026\n\nMR. DROM: The nets hold.\n\nQ: Do they?\n\n\
                   MR. DROM: They do.\n";
    let batch = uploaded(&world, &cookie, &[CLEAR, office, alone, surname, UNDATED]).await;
    let page = look(&world, &cookie, &batch).await.assert_page().assert_says("Nothing in doubt: 1 draft");
    let page = page
        .assert_says("New person: check: 1 label in 1 draft")
        .assert_says("Nobody is known: 2 labels in 1 draft")
        .assert_says("Nobody is known for the label “ENGINEER OF WORKS”: 1 draft")
        .assert_says("Nobody is known for the label “THE HARBOURMASTER”: 1 draft")
        .assert_says("“ROSA QUILL” became a new person, Rosa Quill: 1 draft")
        .assert_says("“MR. DROM” is taken for Mr. Drom: 1 draft")
        .assert_says("No date was found: 1 draft");
    assert!(!page.text.contains("“MS. LIND”"), "a name in the title is evidence: {}", page.words());

    let settle = format!("{batch}/settle");
    press_button(&world, &settle, &cookie, "why=new&all=yes").await.assert_redirects_to(&batch);
    press_button(&world, &settle, &cookie, "why=doubtful&all=yes").await.assert_redirects_to(&batch);
    press_button(&world, &settle, &cookie, "why=unknown&all=yes").await.assert_redirects_to(&batch);
    let looked = "code=date-missing&doubt=No+date+was+found";
    press_button(&world, &format!("{batch}/looked"), &cookie, looked).await.assert_redirects_to(&batch);
    look(&world, &cookie, &batch).await.assert_page().assert_says("Nothing in doubt: 5 drafts");
    // What an editor said stays when the machine reads everything again.
    sqlx::query("update feed set evidence_version = evidence_version + 1").execute(&world.pool).await.unwrap();
    onrecord::jobs::people::refresh(&world.pool).await.expect("people are resolved");
    look(&world, &cookie, &batch).await.assert_page().assert_says("Nothing in doubt: 5 drafts");

    press_button(&world, &format!("{batch}/publish"), &cookie, "").await.assert_redirects_to(&batch);
    world.get("/search?q=speaker:rosa-quill+ropes").await.assert_page().assert_says("1 result");
}

#[tokio::test]
async fn groups_of_hundreds_come_in_pages() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    let texts: Vec<String> = (1..=130)
        .map(|n| format!("Tide notes number {n}\n\nMS. LIND: Water {n} rises.\n\nQ: Does it?\n\nMS. LIND: Yes.\n"))
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let batch = uploaded(&world, &cookie, &texts).await;
    let page = look(&world, &cookie, &batch).await.assert_page().assert_says("No date was found: 130 drafts");
    assert!(page.text.len() < 60_000, "{} bytes", page.text.len());
    page.assert_has(&format!("<a href=\"{batch}?only=date-missing&#38;page=1\">All 130</a>"));
    let second = look(&world, &cookie, &format!("{batch}?only=date-missing&page=2")).await.assert_page();
    assert_eq!(second.text.matches("/editor/drafts/").count(), 30);
    let list = look(&world, &cookie, "/editor?page=2").await.assert_page().assert_says("130 drafts");
    assert_eq!(list.text.matches("href=\"/editor/drafts/").count(), 30);
    look(&world, &cookie, "/editor?q=number+77").await.assert_says("1 draft with number 77 in the title.");
}

#[tokio::test]
async fn a_small_batch_does_not_wait_for_a_large_one() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    let many: Vec<String> = (1..=4).map(|day| CLEAR.replace("The tide", &format!("Tide {day}"))).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|text| ("large.txt", text.as_bytes())).collect();
    upload(&world, &cookie, &[], &many).await;
    upload(&world, &cookie, &[], &[("small.txt", UNDATED.as_bytes()), ("empty.txt", b"")]).await;
    let desk = desk(&world);
    let (mut turns, mut last) = (Vec::new(), None);
    while let Some(batch) = read_next(&desk, last).await.expect("it is read") {
        turns.push(batch.0);
        last = Some(batch);
    }
    assert_eq!(turns, [1, 2, 1, 2, 1, 1]);
}
