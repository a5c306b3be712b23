//! The smallest HTTP client and server that the stories need.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use serde_json::Value;

/// What a server said.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("no JSON ({error}): {}", self.body))
    }

    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value).next().unwrap_or_default()
    }
}

/// Asks for a path below an address such as `http://127.0.0.1:3000`; nobody there is an error.
pub fn get(address: &str, path: &str) -> std::io::Result<Answer> {
    send(address, &format!("GET {path}"), &[], b"")
}

/// Sends a request: what to do and where, more headers, a body.
pub fn send(address: &str, what: &str, headers: &[(&str, &str)], body: &[u8]) -> std::io::Result<Answer> {
    let host = address.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(Duration::from_mins(1)))?;
    // Version 1.0 is answered without chunks, and the connection is closed.
    let mut request = Vec::new();
    write!(request, "{what} HTTP/1.0\r\nHost: {host}\r\n")?;
    for (name, value) in headers {
        write!(request, "{name}: {value}\r\n")?;
    }
    if !what.starts_with("GET") {
        write!(request, "Content-Length: {}\r\n", body.len())?;
    }
    request.extend_from_slice(b"\r\n");
    stream.write_all(&request)?;
    stream.write_all(body)?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let cut = || std::io::Error::other("the answer is cut off");
    let (head, body) = text.split_once("\r\n\r\n").ok_or_else(cut)?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(cut)?;
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
    // What a killed server could not send to its end is no answer.
    if length.is_some_and(|length| bytes.len() - head.len() - 4 != length) {
        return Err(cut());
    }
    Ok(Answer { status, head: head.to_owned(), body: body.to_owned() })
}

/// Serves these paths on loopback until the test run ends; returns the address.
pub fn publish(files: HashMap<String, Vec<u8>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let Ok(reading) = stream.try_clone() else { continue };
            let mut lines = BufReader::new(reading).lines().map_while(Result::ok);
            let request = lines.next().unwrap_or_default();
            lines.take_while(|line| !line.is_empty()).for_each(drop);
            let (status, body) = match files.get(request.split(' ').nth(1).unwrap_or_default()) {
                Some(body) => ("200 OK", body.as_slice()),
                None => ("404 Not Found", &b""[..]),
            };
            let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
        }
    });
    address
}
