//! A program of an editor, which uploads and corrects by HTTP.

use std::io::{Result, Write as _};
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

use super::editors::add_with_password;
use super::http::{self, Answer};
use super::world::{Server, World};

const BOUNDARY: &str = "-----harbour";

/// An editor with a session and a token, for the programs of theirs.
#[derive(Debug, Clone)]
pub struct Program {
    cookie: String,
    bearer: String,
}

impl Program {
    /// Makes an account, signs in on the page, and makes a token that may do everything.
    pub fn new(world: &World, server: &Server) -> Self {
        let added = add_with_password(world, "ada@harbour.example", "three grey herons");
        assert_eq!(added.code, Some(0), "{added:?}");
        let form = |what: &str, cookie: &str, fields: &str| {
            let headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Cookie", cookie)];
            http::send(&server.address, what, &headers, fields.as_bytes()).unwrap()
        };
        let fields = "email=ada@harbour.example&password=three+grey+herons";
        let entered = form("POST /editor/sign-in", "", fields);
        let cookie = entered.header("set-cookie").split(';').next().unwrap().to_owned();
        let page = form("POST /editor/account/tokens", &cookie, "name=robot&scope=edit&days=3");
        let token = page.body.split("class=\"secret\">").nth(1).unwrap_or_else(|| panic!("{page:?}"));
        Self { cookie, bearer: format!("Bearer {}", token.split('<').next().unwrap()) }
    }

    /// Uploads files on the page for editors; the number of the batch.
    pub fn upload_on_page(&self, address: &str, files: &[(&str, &[u8])]) -> Result<Answer> {
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        http::send(address, "POST /editor/upload", &[("Cookie", &self.cookie), ("Content-Type", &kind)], &form(files))
    }

    /// Uploads files as programs do.
    pub fn upload(&self, address: &str, key: &str, files: &[(&str, &[u8])]) -> Result<Answer> {
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let headers = [("Authorization", self.bearer.as_str()), ("Content-Type", &kind), ("Idempotency-Key", key)];
        http::send(address, "POST /api/v1/briefings", &headers, &form(files))
    }

    /// Sends JSON to a path of programs.
    pub fn post(&self, address: &str, path: &str, key: &str, body: &Value) -> Result<Answer> {
        let headers =
            [("Authorization", self.bearer.as_str()), ("Content-Type", "application/json"), ("Idempotency-Key", key)];
        http::send(address, &format!("POST {path}"), &headers, body.to_string().as_bytes())
    }

    pub fn get(&self, address: &str, path: &str) -> Result<Answer> {
        http::send(address, &format!("GET {path}"), &[("Authorization", &self.bearer)], b"")
    }

    /// What became of a batch, when all of it was read.
    pub fn became(&self, address: &str, batch: &str) -> Result<Value> {
        loop {
            let answer = self.get(address, &format!("/api/v1/batches/{batch}"))?;
            if answer.status != 200 {
                return Err(std::io::Error::other(answer.body));
            }
            let batch = answer.json();
            if batch["waiting"] == 0 {
                return Ok(batch);
            }
            sleep(Duration::from_millis(20));
        }
    }
}

fn form(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, bytes) in files {
        let head = format!("Content-Disposition: form-data; name=\"files\"; filename=\"{name}\"");
        write!(body, "--{BOUNDARY}\r\n{head}\r\nContent-Type: application/octet-stream\r\n\r\n").unwrap();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    write!(body, "--{BOUNDARY}--\r\n").unwrap();
    body
}
