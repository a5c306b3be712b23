//! Words that are destroyed by order of law are nowhere any more, and the record still verifies.

use std::path::Path;

use axum::body::Body;
use axum::http::Request;
use onrecord::domain::{AccountRole, Actor, BriefingId, TranscriptId};
use onrecord::editorial::{Act, Correction, correct, propose};
use onrecord::jobs::{follower, sweep, verify::verify};
use onrecord::store::drafts::Written;

use super::verify::verified;
use crate::web::editor::{TOMORROW, look, press_button, session};
use crate::world::World;

/// Stands in the words that are to go, and nowhere else.
pub const WORD: &str = "zorvexlane";
const SLUG: &str = "2026-03-10-harbour-briefing";

/// Columns that can hold words of a transcript, of which a redaction leaves nothing.
const DESTROYED: &[&str] = &[
    "batch.described",
    "briefing.embargo_text",
    "briefing.place",
    "briefing.slug",
    "briefing.title",
    "briefing.withdrawn_reason",
    "problem.reason",
    "problem.text",
    "problem_reopened.reason",
    "problem_reopened.settled_reason",
    "proposal.reason",
    "refetch.host",
    "refetch.url",
    "revision.actor",
    "revision.facts",
    "revision.reason",
    "revision.salt",
    "source.bytes",
    "source.file_name",
    "source.source_text",
    "source.url",
    "transcript.diagnostics",
    "transcript.evidence",
    "transcript_label.label",
    "transcript_label.named_office",
    "transcript_label.office",
    "transcript_label.reason",
    "upload.bytes",
    "upload.described",
    "upload.name",
    "utterance.asked_by",
    "utterance.marks",
    "utterance.salt",
    "utterance.text",
    "quotation.named",
];

/// Columns that cannot: fixed words, hashes, who edits, names of people and series, what editors say of days.
const WITHOUT_WORDS: &[&str] = &[
    "account.email",
    "account.password_hash",
    "account.role",
    "answer.asked_sha256",
    "answer.body",
    "answer.key",
    "api_token.name",
    "api_token.scope",
    "api_token.token_sha256",
    "audit_entry.act",
    "audit_entry.hash",
    "audit_entry.refs",
    "briefing.attributed_to",
    "briefing.attribution",
    "briefing.briefing_kind",
    "briefing.date_origin",
    "briefing.language",
    "briefing.rights",
    "briefing.status",
    "briefing.zone",
    "claim.kind",
    "claim.origin",
    "claim.suggested",
    "claim_link.kind",
    // What fact-checkers found, in their words.
    "claim_review.publisher",
    "claim_review.url",
    "claim_review.verdict",
    "doubt_settled.code",
    "exchange.because",
    "exchange.label",
    "exchange.origin",
    "exchange.question",
    "exchange.response",
    "exchange.suggested",
    "feed.audit_head",
    "follow_up.kind",
    "follow_up.origin",
    "follow_up_resolution.origin",
    "identity.issuer",
    "identity.subject",
    "office.origin",
    "office.title",
    "one_time_link.token_sha256",
    "outbox.failure",
    "outbox.letter",
    "problem.email",
    "problem.kind",
    "problem.outcome",
    "problem.reference",
    "problem_reopened.outcome",
    "problem_sent.address",
    "quotation.content",
    "quotation.cue",
    "quotation.mention",
    "quotation.mode",
    "retrieval.outcome",
    "retrieval.sha256",
    "revision.hash",
    "revision.kind",
    "revision.words_hash",
    "same_event.found_by",
    "series.language",
    "series.name",
    "series.office",
    "series.slug",
    "series.time_zone",
    "series_day.actor",
    "series_day.note",
    "series_day.state",
    "series_day.taken_back_by",
    "series_label.label",
    "series_label.role",
    "session.token_sha256",
    "sign_in_begun.browser_sha256",
    "sign_in_begun.next",
    "sign_in_begun.nonce",
    "sign_in_begun.state_sha256",
    "sign_in_begun.verifier",
    "sign_in_failure.address",
    "sign_in_failure.email",
    "source.media_type",
    "source.publisher",
    "source.sha256",
    "speaker.machine_name",
    "speaker.machine_slug",
    "speaker.name",
    "speaker.slug",
    "speaker.sort_name",
    "speaker.wikidata",
    "speaker_act.kind",
    "speaker_denied.text",
    "speaker_denied.what",
    "speaker_name.name",
    "speaker_name.origin",
    "speaker_slug.slug",
    "topic.gazetteer_slug",
    "topic.kind",
    "topic.name",
    "topic.slug",
    "topic_slug.slug",
    "topic_term.language",
    "topic_term.text",
    "topic_term.unless",
    "topic_term_off.language",
    "topic_term_off.text",
    "transcript.format",
    "transcript.issuer",
    "transcript.standing",
    "transcript.status",
    "transcript_label.attributed_to",
    "transcript_label.attribution",
    "transcript_label.origin",
    "transcript_label.role",
    // Why a file could not be read: those became no briefing.
    "upload.reason",
    "upload.state",
    "utterance.hash",
    "utterance.kind",
];

#[tokio::test]
async fn every_column_that_can_hold_words_is_known_to_redactions() {
    let world = World::new().await;
    let columns: Vec<String> = sqlx::query_scalar(
        "select c.table_name || '.' || c.column_name from information_schema.columns c
           join information_schema.tables t using (table_schema, table_name)
         where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.table_name <> '_sqlx_migrations'
           and c.data_type in ('text', 'json', 'jsonb', 'bytea', 'ARRAY', 'character varying', 'xml', 'tsvector')
           and c.udt_name not in ('_int4', '_int8')",
    )
    .fetch_all(&world.pool)
    .await
    .expect("columns");
    assert!(columns.len() > 60);
    for column in columns {
        let column = column.as_str();
        assert!(
            DESTROYED.contains(&column) != WITHOUT_WORDS.contains(&column),
            "{column}: if words of a transcript can stand there, redact them in store::redactions and say so above"
        );
    }
}

/// A briefing whose third turn is to go, with traces of its words in every place where an archive has them.
pub async fn with_traces() -> World {
    let world = World::new().await;
    world
        .briefing("Harbour briefing")
        .held_on("2026-03-10")
        .in_series("Harbour Ministry briefing")
        .person("MS. LIND", "Ada Lind", "Harbour Minister")
        .turn("MS. LIND", "Good morning. The water is rising again.")
        .turn("Q", "Where does the engineer live?")
        .turn("MS. LIND", "The engineer lives in Zorvexlane, behind the mill.")
        .turn("MS. LIND", "Thank you.")
        .create()
        .await;
    // A newer version by the issuer that waits for an editor, found where the address says it.
    let newer = world.briefing("Newer").draft().turn("MS. LIND", "He lives in Zorvexlane, they say.").create().await;
    let newer: (i64, i64) =
        sqlx::query_as("select b.id, t.id from briefing b join transcript t on t.briefing_id = b.id where b.slug = $1")
            .bind(newer.slug)
            .fetch_one(&world.pool)
            .await
            .expect("a draft");
    let mut tx = world.pool.begin().await.expect("a transaction");
    let written = Written { briefing_id: BriefingId(newer.0), transcript_id: TranscriptId(newer.1) };
    let now = "2026-11-20T12:00:00Z".parse().expect("a moment");
    propose(&mut tx, written, TranscriptId(1), BriefingId(1), now).await.expect("it waits");
    tx.commit().await.expect("a commit");
    // So much that the index would not merge the two by itself.
    let mut other = world.briefing("Another day");
    for _ in 0..20 {
        other = other.turn("MS. LIND", "Nothing today.");
    }
    other.create().await;
    let reasons = ["Zorvexlane was heard wrongly.", "Cut where a new sentence begins."];
    let acts = [
        Act::Words { number: 3, text: "The engineer lives in Zorvexlane. Behind the mill.".to_owned(), compared: true },
        Act::Split { number: 3, begins: "Behind".to_owned(), label: None },
    ];
    for ((made_from, act), reason) in (1..).zip(&acts).zip(reasons) {
        let mut tx = world.pool.begin().await.expect("a transaction");
        let wanted = Correction { slug: SLUG, made_from, act, reason };
        let now = "2026-11-21T12:00:00Z".parse().expect("a moment");
        correct(&mut tx, &wanted, &Actor::machine("test"), now).await.expect("an answer").expect("done");
        tx.commit().await.expect("a commit");
    }
    world
        .change(
            r#"update source set source_text = 'lives in Zorvexlane' where id = 1;
               update transcript set diagnostics = '[{"severity": "info", "code": "x", "message": "Zorvexlane", "at": null}]',
                 evidence = '{"labels": [{"label": "MS. LIND", "turns": 3}],
                              "mentions": [{"name": "Pell Zorvexlane", "place": "speech", "count": 1},
                                           {"name": "Ada Lind", "place": "head", "count": 1}]}' where id = 1;
               update transcript_label set reason = 'Zorvexlane is said beside it' where transcript_id = 1;
               insert into problem (reference, revision_id, first_number, last_number, kind, text, created_at)
                 values ('P-0000-0001', 1, 3, 3, 'words', 'It is not Zorvexlane', now());
               insert into problem_reopened (problem_id, outcome, settled_reason, settled_at, reason, reopened_at)
                 values (1, 'declined', 'Zorvexlane it is', now(), 'Zorvexlane it is not', now());
               insert into refetch (transcript_id, url, host, began_at, due_at, source_id)
                 values (1, 'https://zorvexlane.example/', 'zorvexlane.example', now(), now(), 1);
               insert into batch (created_at, described) values (now(), '{}');
               insert into upload (batch_id, name, described, state, briefing_id)
                 values (1, 'a.txt', '{"title": "Zorvexlane"}', 'draft', 1);
               insert into upload (batch_id, name, bytes) select 1, 'again.txt', bytes from source where id = 1"#,
        )
        .await;
    world
}

pub const ORDER: &str =
    "revision=3&what=numbers&numbers=3&reason=Somebody%E2%80%99s+address.&reference=Order+of+the+port+court";

pub async fn redact(world: &World, admin: &str, fields: &str) -> crate::world::Answer {
    press_button(world, &format!("/editor/briefings/{SLUG}/redact"), admin, fields).await
}

/// Every row of every table that holds a word, also as bytes.
pub async fn rows_with(world: &World, word: &str) -> Vec<String> {
    let tables: Vec<String> = sqlx::query_scalar(
        "select table_name::text from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
    )
    .fetch_all(&world.pool)
    .await
    .expect("tables");
    let hex = hex::encode(word);
    let mut found = Vec::new();
    for table in tables {
        let sql = format!("select row::text from {table} as row where row::text ~* $1");
        // The word begins with a capital where it was printed.
        let pattern = format!("{word}|{hex}|5a{}", &hex[2..]);
        let rows: Vec<String> =
            sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(pattern).fetch_all(&world.pool).await.expect("rows");
        found.extend(rows.into_iter().map(|row| format!("{table}: {row}")));
    }
    found
}

/// Files below a folder that hold a word.
fn files_with(folder: &Path, word: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_with(&path, word));
            continue;
        }
        let bytes = std::fs::read(&path).unwrap_or_default().to_ascii_lowercase();
        if bytes.windows(word.len()).any(|window| window == word.as_bytes()) {
            found.push(path.display().to_string());
        }
    }
    found
}

/// Files of the index that hold what counts no more: of segments that are no longer in use, or where documents of one
/// that is are crossed out.
fn leftovers(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let in_use = std::fs::read_to_string(folder.join("meta.json")).unwrap_or_default().replace('-', "");
    for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        let segment =
            path.file_stem().and_then(|name| name.to_str()).unwrap_or_default().split('.').next().unwrap_or("");
        let is_segment = segment.len() == 32 && segment.bytes().all(|byte| byte.is_ascii_hexdigit());
        if path.is_dir() {
            found.extend(leftovers(&path));
        } else if path.extension().is_some_and(|ending| ending == "del") || is_segment && !in_use.contains(segment) {
            found.push(path.display().to_string());
        }
    }
    found
}

#[tokio::test]
async fn after_a_redaction_the_words_are_in_no_table_file_index_or_answer_and_the_record_verifies() {
    let world = with_traces().await;
    let admin = session(&world, "ada@harbour.example", AccountRole::Admin, TOMORROW).await;
    assert!(rows_with(&world, WORD).await.len() >= 8);
    sqlx::raw_sql("analyze; checkpoint").execute(&world.pool).await.expect("on disk");
    let [tables, index] = world.folders();
    let database: String = sqlx::query_scalar("select oid::text from pg_database where datname = current_database()")
        .fetch_one(&world.pool)
        .await
        .expect("the database of this test");
    let tables = tables.join(database);
    assert!(!files_with(&tables, WORD).is_empty());
    world.get("/search?q=zorvexlane").await.assert_says("1 result");

    let asked = redact(&world, &admin, ORDER).await.assert_page();
    let asked = asked.assert_says("This cannot be undone").assert_says("The engineer lives in Zorvexlane.");
    asked.assert_says("other revisions and transcripts of this briefing: 3 turns.").assert_has("name=\"confirm\"");
    let unsure = redact(&world, &admin, &format!("{ORDER}&asked=1&confirm=yes")).await.assert_page();
    unsure.assert_says("Nothing was destroyed. To confirm, type the word destroy");
    world.get("/search?q=zorvexlane").await.assert_says("1 result");
    let done = redact(&world, &admin, &format!("{ORDER}&confirm=destroy")).await;
    done.assert_redirects_to(&format!("/editor/briefings/{SLUG}"));

    assert_eq!(rows_with(&world, WORD).await, [] as [String; 0]);
    let before = verified(&world).await;
    assert_eq!(
        (before.mismatch, before.redacted),
        (None, 7),
        "four states of the turn, the newer version, and two sources"
    );
    assert!(!leftovers(&index).is_empty());
    follower::forget(&world.pool, &world.index, 0).await.expect("the index forgets");
    let now = "2026-11-22T12:00:00Z".parse().expect("a moment");
    assert!(sweep::sweep(&world.pool, now).await.expect("swept"));
    assert!(!sweep::sweep(&world.pool, now).await.expect("swept"), "there is nothing more to do");
    assert_eq!(files_with(&tables, WORD), [] as [String; 0]);
    assert_eq!(leftovers(&index), [] as [String; 0]);

    for rest in [
        "",
        "?revision=1",
        "/3",
        "/3?revision=1",
        "/3?revision=2",
        "/1-4",
        "/history",
        "/changes/1..2",
        "/changes/1..4",
        "/changes/3..4",
        "/3/cite/text",
        "/3/cite/json",
        "/cite/bibtex",
        "/3/chronology",
    ] {
        let answer = world.get(&format!("/briefings/{SLUG}{rest}")).await;
        assert!(answer.status == 200, "{rest}: {}", answer.text);
        assert!(!answer.text.to_lowercase().contains(WORD), "{rest}");
    }
    for address in [
        "/",
        "/corrections",
        "/feeds/corrections.atom",
        "/feeds/briefings.atom",
        "/api/v1/search?q=mill",
        &format!("/api/v1/briefings/{SLUG}"),
    ] {
        assert!(!world.get(address).await.text.to_lowercase().contains(WORD), "{address}");
    }
    let shown = "[Redacted on 22 November 2026: Somebody’s address. (Order of the port court)]";
    world.get(&format!("/briefings/{SLUG}/3")).await.assert_says(shown);
    world.get(&format!("/briefings/{SLUG}/3/cite/text")).await.assert_status(200).assert_says(shown);
    world.get(&format!("/briefings/{SLUG}/5")).await.assert_page().assert_says("Behind the mill");
    world
        .get(&format!("/briefings/{SLUG}/history"))
        .await
        .assert_says("The reason was redacted.")
        .assert_says("Redacted");
    world.get(&format!("/api/v1/briefings/{SLUG}")).await.assert_status(200).assert_has("\"because\":\"redacted\"");
    world.get("/search?q=zorvexlane").await.assert_says("Nothing found");
    world.get("/search?q=speaker:ada-lind&series=harbour").await.assert_says("3 results");
    assert_eq!(verified(&world).await.mismatch, None);
}

#[tokio::test]
async fn tampering_does_not_pass_as_a_redaction() {
    let world = with_traces().await;
    let admin = session(&world, "ada@harbour.example", AccountRole::Admin, TOMORROW).await;
    redact(&world, &admin, &format!("{ORDER}&confirm=destroy")).await.assert_status(303);
    let harms = [
        (
            "update utterance set text = '', marks = null, salt = null, redaction_id = 1 where revision_id = 1 and number = 1",
            "redaction 1 covers other things than entry 4 says",
        ),
        (
            "with made as (insert into redaction (briefing_id, position) values (1, 0) returning id)
             update utterance set text = '', marks = null, salt = null, redaction_id = made.id from made
             where revision_id = 1 and number = 1",
            "revision 1: no redaction on record covers what is gone of utterance 1",
        ),
        (
            "with made as (insert into redaction (briefing_id, position) values (1, 0) returning id)
             update source set bytes = '', source_text = '', redaction_id = made.id from made where source.id = 3",
            "source 3: no redaction on record",
        ),
        ("update revision set reason = 'Nothing.' where redaction_id = 1", "does not follow from what stands before"),
        ("update revision set reason = 'Nothing.' where kind = 'redacted'", "does not follow from what stands before"),
        ("delete from audit_entry where act = 'redact'", "no redaction on record covers"),
        ("update audit_entry set refs = '{}' where act = 'redact'", "no redaction on record covers"),
        ("update utterance set hash = sha256('x') where redaction_id = 1", "covers other things"),
    ];
    for (harm, named) in harms {
        let mut tx = world.pool.begin().await.expect("a transaction");
        let harmed = sqlx::query(harm).execute(&mut *tx).await.expect("harm");
        assert!(harmed.rows_affected() > 0, "{harm}");
        let mismatch = verify(&mut tx).await.expect("an answer").mismatch.unwrap_or_default();
        assert!(mismatch.contains(named), "{harm}: {mismatch}");
    }
    let put_back = sqlx::query("update utterance set text = 'x' where redaction_id = 1").execute(&world.pool).await;
    assert!(put_back.is_err(), "words cannot be put where a redaction took them");
}

#[tokio::test]
async fn all_of_a_briefing_goes_with_its_labels_and_its_title() {
    let world = with_traces().await;
    let admin = session(&world, "ada@harbour.example", AccountRole::Admin, TOMORROW).await;
    let order = "revision=3&what=all&labels=1&title=1&reason=By+order.";
    let done = redact(&world, &admin, &format!("{order}&confirm=destroy")).await;
    done.assert_redirects_to("/editor/briefings/redacted-1");
    for word in [WORD, "engineer", "harbour briefing", "rising"] {
        assert_eq!(rows_with(&world, word).await, [] as [String; 0], "{word}");
    }
    world.get(&format!("/briefings/{SLUG}")).await.assert_status(404).assert_does_not_say("Harbour briefing");
    let page = world.get("/briefings/redacted-1").await.assert_page();
    let page = page.assert_says("Redacted briefing").assert_says("REDACTED");
    page.assert_says("[Redacted on 22 November 2026: By order.]").assert_does_not_say("LIND");
    world.get("/briefings/redacted-1/history").await.assert_page();
    world.get("/briefings/redacted-1/changes/1..4").await.assert_page();
    assert_eq!(verified(&world).await.mismatch, None);
    look(&world, &admin, "/editor/briefings/redacted-1").await.assert_page();
    look(&world, &admin, "/editor/briefings/redacted-1/1").await.assert_page();
    let again = press_button(&world, "/editor/briefings/redacted-1/redact", &admin, "revision=4&what=all&reason=x");
    again.await.assert_status(422).assert_says("No turn with these numbers has words that are still there.");
    let words = "act=words&revision=4&number=1&text=Back.&compared=1&reason=x";
    let corrected = press_button(&world, "/editor/briefings/redacted-1/correct", &admin, words).await;
    corrected.assert_status(422).assert_says("The words of this turn were redacted.");
}

#[tokio::test]
async fn every_refusal_says_what_to_do_and_destroys_nothing() {
    let world = with_traces().await;
    let admin = session(&world, "ada@harbour.example", AccountRole::Admin, TOMORROW).await;
    let stories = [
        ("revision=3&what=numbers&numbers=&reason=x&confirm=destroy", 422, "Say which turns, by their numbers"),
        ("revision=3&what=numbers&numbers=99&reason=x&confirm=destroy", 422, "No turn with these numbers"),
        ("revision=3&what=numbers&numbers=3&reason=+&confirm=destroy", 422, "Say why, in a sentence"),
        ("revision=3&what=numbers&numbers=3&reason=+", 422, "Say why, in a sentence"),
        (
            "revision=1&what=numbers&numbers=3&reason=x&confirm=destroy",
            409,
            "Revision 3 was made while you were writing",
        ),
        ("revision=3&what=numbers&numbers=3&reason=Zorvexlane&confirm=destroy", 422, "Readers will see both"),
    ];
    for (fields, status, says) in stories {
        let answer = redact(&world, &admin, fields).await.assert_status(status).assert_says(says);
        answer.assert_has("name=\"reason\"");
    }
    world.get("/search?q=zorvexlane").await.assert_says("1 result");
    let editor = session(&world, "bo@harbour.example", AccountRole::Editor, TOMORROW).await;
    redact(&world, &editor, &format!("{ORDER}&confirm=destroy")).await.assert_status(403);
    let program = Request::post(format!("/editor/briefings/{SLUG}/redact")).body(Body::empty()).expect("a request");
    world.send(program).await.assert_status(403);
}
