//! Mail to readers, as a real mail server gets it: aiosmtpd.
//!
//! Runs where Python has that package and says so where it has not; `ONRECORD_REQUIRE_SMTP=1` makes it a failure.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, ChildStdout, Command, Stdio};

use onrecord::jobs::mail::{Mailer, send_next};
use serde_json::Value;

use super::editor::{form, look, sign_in};
use super::problems::report;
use super::small_archive_with_mail;
use crate::world::{PUBLIC_URL, World};

/// A mail server with one account. It says what it takes, one letter a line; some mailboxes are unlike others.
const SERVER: &str = r#"
import email, json, sys
from email import policy
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

class Keep:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return f"550 5.1.1 <{address}>: nobody has this mailbox"
        if address.startswith("later@"):
            return f"451 4.2.1 <{address}>: the mailbox is busy"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        letter = email.message_from_bytes(envelope.content, policy=policy.default)
        told = {"to": envelope.rcpt_tos, "from": envelope.mail_from, "text": letter.get_content().replace("\r\n", "\n")}
        told["headers"] = {name.lower(): value for name, value in letter.items()}
        print(json.dumps(told), flush=True)
        return "250 OK"

def known(server, session, envelope, mechanism, data):
    return AuthResult(success=(data.login, data.password) == (b"archive", b"p@ss"))

controller = Controller(Keep(), hostname="127.0.0.1", port=int(sys.argv[1]), authenticator=known,
                        auth_required=True, auth_require_tls=False)
controller.start()
print("ready", flush=True)
sys.stdin.read()
"#;

struct MailServer {
    process: Child,
    said: BufReader<ChildStdout>,
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl MailServer {
    /// Starts one on this port; nothing where that is not possible and not required.
    fn start(port: u16) -> Option<Self> {
        // The system's Python first: packages of the system are known to it only.
        ["/usr/bin/python3", "python3"].into_iter().find_map(|python| Self::with(python, port)).or_else(|| {
            assert!(std::env::var_os("ONRECORD_REQUIRE_SMTP").is_none(), "aiosmtpd is required here");
            eprintln!("skipped: no aiosmtpd");
            None
        })
    }

    fn with(python: &str, port: u16) -> Option<Self> {
        let mut process = Command::new(python)
            .args(["-W", "ignore", "-c", SERVER, &port.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let said = BufReader::new(process.stdout.take()?);
        let mut server = Self { process, said };
        (server.line() == "ready").then_some(server)
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        let _ = self.said.read_line(&mut line);
        line.trim_end().to_owned()
    }

    /// The next letter that it took.
    fn letter(&mut self) -> Value {
        let line = self.line();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port()
}

fn mailer(port: u16) -> Mailer {
    let server = format!("smtp://archive:p%40ss@127.0.0.1:{port}");
    Mailer::new(&server, "Onrecord <archive@onrecord.example>", PUBLIC_URL).expect("settings that work")
}

/// A problem whose reader would like a reply; gives its number.
async fn asks(world: &World, email: &str) -> String {
    let fields = format!("revision=1&kind=words&text=BUY+COPPER+KETTLES&email={email}");
    let sent = report(world, "192.0.2.1:4000", "4", &fields).await.assert_status(303);
    sent.header("location").trim_start_matches("/problems/").to_owned()
}

async fn send(world: &World, mailer: &Mailer, now: &str) -> bool {
    send_next(&world.pool, mailer, now.parse().expect("a moment")).await.expect("the database answers")
}

async fn decline(world: &World, editor: &str, id: i32) {
    let fields = "version=1&act=settle&outcome=declined&reason=The+recording+has+%E2%80%9Csafe%E2%80%9D.";
    world.send(form(&format!("/editor/problems/{id}"), editor, fields)).await.assert_status(303);
}

async fn addresses(world: &World) -> i64 {
    let mut conn = world.pool.acquire().await.expect("a connection");
    sqlx::query_scalar("select count(email) from problem").fetch_one(&mut *conn).await.expect("a count")
}

const NOW: &str = "2026-11-22T12:00:00Z";

#[tokio::test]
async fn who_leaves_an_address_gets_a_receipt_and_a_reply_and_is_forgotten() {
    let world = small_archive_with_mail().await;
    let port = free_port();
    let Some(mut server) = MailServer::start(port) else { return };
    let mailer = mailer(port);
    assert!(!send(&world, &mailer, NOW).await, "an empty outbox");
    let reference = asks(&world, "Rea@example.org").await;
    assert!(send(&world, &mailer, NOW).await);
    let receipt = server.letter();
    assert_eq!(receipt["to"], serde_json::json!(["rea@example.org"]));
    assert_eq!(receipt["from"], "archive@onrecord.example");
    assert_eq!(receipt["headers"]["subject"], format!("We noted problem {reference}"));
    assert_eq!(receipt["headers"]["from"], "Onrecord <archive@onrecord.example>");
    assert_eq!(receipt["headers"]["auto-submitted"], "auto-generated");
    assert_eq!(receipt["headers"]["mime-version"], "1.0");
    assert_eq!(receipt["headers"]["date"], "Sun, 22 Nov 2026 12:00:00 +0000");
    let text = receipt["text"].as_str().expect("a text");
    assert!(text.contains("a problem with turn 4 of “Harbour briefing by Minister Ada Lind”."), "{text}");
    // Nobody sends their own words to others in our name.
    assert!(!text.contains("KETTLES"), "{text}");
    let page = format!("{PUBLIC_URL}/problems/{reference}");
    let link = text.lines().find(|line| line.starts_with(&page)).expect("a link").trim_start_matches(PUBLIC_URL);
    world.get(link).await.assert_page();
    assert!(!send(&world, &mailer, NOW).await, "once is enough");

    let editor = sign_in(&world).await;
    look(&world, &editor, "/editor/problems/1").await.assert_says("The receipt was sent on 22 November 2026");
    decline(&world, &editor, 1).await;
    assert_eq!(addresses(&world).await, 1);
    assert!(send(&world, &mailer, NOW).await);
    let reply = server.letter();
    assert_eq!(reply["headers"]["subject"], format!("What became of problem {reference}"));
    let text = reply["text"].as_str().expect("a text");
    assert!(text.contains("Nothing was changed.\n\nThe editor writes:\nThe recording has “safe”."), "{text}");
    assert!(text.contains(&page) && !text.contains("KETTLES"), "{text}");
    assert_ne!(receipt["headers"]["message-id"], reply["headers"]["message-id"]);
    assert_eq!(addresses(&world).await, 0, "the address goes with the reply");
    look(&world, &editor, "/editor/problems/1").await.assert_says("The reply was sent on 22 November 2026");
}

#[tokio::test]
async fn mail_waits_for_a_server_that_is_away_and_is_given_up_after_days() {
    let world = small_archive_with_mail().await;
    let port = free_port();
    let mailer = mailer(port);
    asks(&world, "rea@example.org").await;
    let editor = sign_in(&world).await;
    assert!(send(&world, &mailer, NOW).await);
    assert!(!send(&world, &mailer, "2026-11-22T12:00:59Z").await, "not before a minute has passed");
    look(&world, &editor, "/editor/problems/1")
        .await
        .assert_says("The receipt could not be sent so far, and is tried again 22 November 2026, 12:01 p.m. UTC");
    look(&world, &editor, "/editor/problems").await.assert_says("Mail that could not be sent");
    assert!(send(&world, &mailer, "2026-11-22T12:01:00Z").await);
    assert!(!send(&world, &mailer, "2026-11-22T12:04:59Z").await, "pauses grow");
    if let Some(mut server) = MailServer::start(port) {
        assert!(send(&world, &mailer, "2026-11-22T12:05:00Z").await);
        assert_eq!(server.letter()["to"][0], "rea@example.org");
        look(&world, &editor, "/editor/problems").await.assert_does_not_say("Mail that could not be sent");
    }
    decline(&world, &editor, 1).await;
    let (mut now, mut tries): (jiff::Timestamp, u32) = (NOW.parse().expect("a moment"), 0);
    let end = now + jiff::SignedDuration::from_hours(80);
    while now < end {
        tries += u32::from(send(&world, &mailer, &now.to_string()).await);
        now += jiff::SignedDuration::from_mins(30);
    }
    assert!((10..30).contains(&tries), "{tries} attempts");
    look(&world, &editor, "/editor/problems/1").await.assert_says("The reply could not be sent and was given up");
    look(&world, &editor, "/editor/problems").await.assert_says("the reply, given up");
    assert_eq!(addresses(&world).await, 0, "nobody is written to any more");
}

#[tokio::test]
async fn a_mailbox_that_nobody_has_is_tried_once_and_a_busy_one_again() {
    let world = small_archive_with_mail().await;
    let port = free_port();
    let Some(mut server) = MailServer::start(port) else { return };
    let mailer = mailer(port);
    asks(&world, "nobody@example.org").await;
    asks(&world, "later@example.org").await;
    assert!(send(&world, &mailer, NOW).await && send(&world, &mailer, NOW).await);
    let editor = sign_in(&world).await;
    look(&world, &editor, "/editor/problems/1")
        .await
        .assert_says("The receipt could not be sent and was given up")
        .assert_says("nobody has this mailbox")
        // Mail servers name whom they refuse.
        .assert_does_not_say("nobody@example.org");
    look(&world, &editor, "/editor/problems/2").await.assert_says("is tried again").assert_says("the mailbox is busy");
    // Another letter does not wait behind those.
    asks(&world, "rea@example.org").await;
    assert!(send(&world, &mailer, NOW).await);
    assert_eq!(server.letter()["to"][0], "rea@example.org");
}

#[tokio::test]
async fn one_address_is_not_flooded_with_receipts() {
    let world = small_archive_with_mail().await;
    for from in ["192.0.2.1:1", "192.0.2.2:1"] {
        for _ in 0..8 {
            let fields = "revision=1&kind=words&text=x&email=victim@example.org";
            report(&world, from, "4", fields).await.assert_status(303);
        }
    }
    let mut conn = world.pool.acquire().await.expect("a connection");
    let receipts: i64 = sqlx::query_scalar("select count(*) from outbox").fetch_one(&mut *conn).await.expect("a count");
    assert_eq!(receipts, 10);
}
