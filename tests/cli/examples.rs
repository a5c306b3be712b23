//! Every address for programs on the sample archive: what it answers is what the document says, and what its example shows.

use std::time::Duration;

use onrecord::web::examples::{ADDRESS, ALL, Body, Example};
use serde_json::Value;

use super::editors::add_with_password;
use super::http::{self, Answer};
use super::schema::faults;
use super::world::{Server, World, eventually};

const EMAIL: &str = "ada@harbour.example";
const PASSWORD: &str = "three grey herons";
/// The position of every act, as examples show it.
const POSITION: i64 = 17;
/// Days that a promise is open in an example.
const AGE: i64 = 21;
/// Items of a list that an example shows.
const SHOWN: usize = 2;

/// The token of a program that may do everything.
fn token(world: &World, server: &Server) -> String {
    assert_eq!(add_with_password(world, EMAIL, PASSWORD).code, Some(0));
    let form = |path: &str, cookie: &str, fields: &str| {
        let headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Cookie", cookie)];
        http::send(&server.address, &format!("POST {path}"), &headers, fields.as_bytes()).expect("an answer")
    };
    let fields = format!("email={EMAIL}&password={}", PASSWORD.replace(' ', "+"));
    let signed_in = form("/editor/sign-in", "", &fields);
    let cookie = signed_in.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
    let made = form("/editor/account/tokens", &cookie, "name=robot&scope=edit&days=1");
    let page = scraper::Html::parse_document(&made.body);
    let code = scraper::Selector::parse("code.secret").expect("a selector");
    let words: String = page.select(&code).flat_map(|code| code.text()).collect();
    assert!(words.len() >= 64, "no token in {}", made.body);
    format!("Bearer {}", words.trim())
}

fn ask(server: &Server, bearer: &str, example: &Example) -> Answer {
    let send = |what: &str, kind: &str, body: &[u8]| {
        let headers = [("Authorization", bearer), ("Content-Type", kind)];
        http::send(&server.address, &format!("{what} {}", example.path), &headers, body).expect("an answer")
    };
    match example.body {
        Body::Nothing => send("GET", "", b""),
        Body::Bare => send("POST", "", b""),
        Body::Json(body) => send("POST", "application/json", body.as_bytes()),
        Body::File { name, text, field: (field, value) } => {
            let form = format!(
                "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n{text}\r\n\
                 --x\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n--x--\r\n"
            );
            send("POST", "multipart/form-data; boundary=x", form.as_bytes())
        }
    }
}

/// What the document says of an operation.
fn described<'a>(document: &'a Value, operation: &str) -> &'a Value {
    let paths = document["paths"].as_object().expect("paths").values();
    let mut all = paths.flat_map(|methods| methods.as_object().expect("methods").values());
    all.find(|one| one["operationId"] == operation).unwrap_or_else(|| panic!("nothing is said of {operation}"))
}

/// An answer as an example shows it: a piece of each list, and moments that are the same each time.
fn shown(value: &Value) -> Value {
    match value {
        // What is said says more than what stands above it.
        Value::Array(items) => {
            let first = items.iter().position(|item| item["kind"] == "turn").unwrap_or_default();
            items.iter().skip(first).take(SHOWN).map(shown).collect()
        }
        Value::Object(fields) => fields
            .iter()
            // What grows from day to day stays as it was on one.
            .map(|(name, value)| (name.clone(), if name == "age_days" { AGE.into() } else { shown(value) }))
            .collect(),
        Value::String(text) if text.ends_with('Z') && text.parse::<jiff::Timestamp>().is_ok() => {
            "2026-06-02T14:00:00Z".into()
        }
        _ => value.clone(),
    }
}

#[test]
fn every_address_for_programs_answers_what_the_document_says() {
    let world = World::new("examples");
    let server = Server::start(world.command(&["serve", "--listen", "127.0.0.1:0", "--public-url", ADDRESS]));
    let bearer = token(&world, &server);
    let document = server.json("/api/v1/openapi.json");
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    for example in &ALL {
        let operation = described(&document, example.operation);
        let mut answer = ask(&server, &bearer, example);
        if example.operation == "claims" {
            let found = || {
                answer = ask(&server, &bearer, example);
                answer.json()["total"] != 0
            };
            assert!(eventually(Duration::from_secs(20), found), "nothing is read for claims");
        }
        if example.operation == "batch" {
            let all_read = || {
                answer = ask(&server, &bearer, example);
                answer.json()["waiting"] == 0
            };
            assert!(eventually(Duration::from_secs(20), all_read), "the upload is not read");
        }
        if example.operation == "questions" {
            let read = || {
                answer = ask(&server, &bearer, example);
                answer.json()["total"] != 0
            };
            assert!(eventually(Duration::from_mins(1), read), "the sample archive is not analysed");
        }
        if example.operation == "follow_ups" {
            let looked_for = || {
                answer = ask(&server, &bearer, example);
                !answer.json()["results"][0]["resolutions"].as_array().is_none_or(Vec::is_empty)
            };
            assert!(eventually(Duration::from_mins(1), looked_for), "nothing is found that keeps a promise");
        }
        assert!((200..300).contains(&answer.status), "{}: {}", example.operation, answer.body);
        let json = &operation["responses"][answer.status.to_string()]["content"]["application/json"];
        assert!(json["schema"].is_object(), "{}: nothing is said of {}", example.operation, answer.status);
        let answer = answer.json();
        wrong.extend(faults(&document, &json["schema"], &answer).into_iter().map(|fault| (example.operation, fault)));
        if let Body::Json(body) = example.body {
            let body = serde_json::from_str(body).expect("JSON");
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            wrong.extend(faults(&document, schema, &body).into_iter().map(|fault| (example.operation, fault)));
        }
        let (mut shown, file) = (shown(&answer), format!("src/web/api/examples/{}.json", example.operation));
        // What the server does beside takes positions too.
        if let Some(position) = shown.get_mut("position") {
            *position = POSITION.into();
        }
        if bless {
            let text = format!("{}\n", serde_json::to_string_pretty(&shown).expect("JSON"));
            std::fs::write(format!("{}/{file}", env!("CARGO_MANIFEST_DIR")), text).expect("the example written");
        } else {
            let before: Value = serde_json::from_str(example.answer).expect("JSON");
            assert_eq!(before, shown, "{file}: write it anew with BLESS=1 cargo test examples");
        }
    }
    assert!(wrong.is_empty(), "not what the document says: {wrong:#?}");
    let none = server.get("/api/v1/briefings/none");
    let problem = &document["components"]["schemas"]["Problem"];
    assert_eq!(faults(&document, problem, &none.json()), Vec::<String>::new());
}
