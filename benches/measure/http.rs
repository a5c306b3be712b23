//! The smallest HTTP client that keeps its connection, so that what is measured is the server.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// One connection.
pub struct Client {
    server: SocketAddr,
    connection: Option<BufReader<TcpStream>>,
}

/// What came back.
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The body, as sent.
    pub body: Vec<u8>,
}

impl Client {
    /// A client that connects when it is first used.
    pub fn new(server: SocketAddr) -> Self {
        Self { server, connection: None }
    }

    /// Asks for a path; JSON is posted to it.
    pub fn ask(&mut self, path: &str, json: Option<&str>) -> io::Result<Answer> {
        // A server may have closed a connection that rested; then a new one is made.
        if let Some(rested) = self.connection.take()
            && let Ok(answer) = self.send(rested, path, json)
        {
            return Ok(answer);
        }
        let connection = self.connect()?;
        self.send(connection, path, json)
    }

    fn send(&mut self, mut connection: BufReader<TcpStream>, path: &str, json: Option<&str>) -> io::Result<Answer> {
        let request = match json {
            None => format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.server),
            Some(json) => format!(
                "POST {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{json}",
                self.server,
                json.len()
            ),
        };
        connection.get_mut().write_all(request.as_bytes())?;
        let (answer, stays) = answer(&mut connection)?;
        if stays {
            self.connection = Some(connection);
        }
        Ok(answer)
    }

    fn connect(&self) -> io::Result<BufReader<TcpStream>> {
        let stream = TcpStream::connect_timeout(&self.server, Duration::from_secs(5))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_mins(1)))?;
        Ok(BufReader::with_capacity(1 << 16, stream))
    }
}

/// A value as it stands in a query string.
pub fn encoded(value: &str) -> String {
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    value.bytes().map(encode).collect()
}

fn answer(connection: &mut impl BufRead) -> io::Result<(Answer, bool)> {
    let wrong = |what: String| io::Error::new(io::ErrorKind::InvalidData, what);
    let mut line = String::new();
    connection.read_line(&mut line)?;
    let status = line
        .split(' ')
        .nth(1)
        .and_then(|code| code.parse().ok())
        .ok_or_else(|| wrong(format!("no status: {line:?}")))?;

    let (mut length, mut chunked, mut stays) = (None, false, true);
    loop {
        line.clear();
        connection.read_line(&mut line)?;
        let header = line.trim().to_ascii_lowercase();
        let Some((name, value)) = header.split_once(':') else { break };
        match (name, value.trim()) {
            ("content-length", value) => length = value.parse().ok(),
            ("transfer-encoding", value) => chunked = value.contains("chunked"),
            ("connection", value) => stays = value != "close",
            _ => {}
        }
    }

    let mut body = Vec::new();
    if chunked {
        loop {
            line.clear();
            connection.read_line(&mut line)?;
            let size = usize::from_str_radix(line.trim(), 16).map_err(|_| wrong(format!("no chunk size: {line:?}")))?;
            let from = body.len();
            body.resize(from + size + 2, 0);
            connection.read_exact(&mut body[from..])?;
            body.truncate(from + size);
            if size == 0 {
                break;
            }
        }
    } else if let Some(length) = length {
        body.resize(length, 0);
        connection.read_exact(&mut body)?;
    } else {
        stays = false;
        connection.read_to_end(&mut body)?;
    }
    Ok((Answer { status, body }, stays))
}
