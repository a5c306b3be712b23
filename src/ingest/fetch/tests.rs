//! A small web server on loopback, and what is fetched from it or refused.

use std::io::{Read, Write};
use std::net::TcpListener;

use super::*;

/// Answers every request with what `respond` makes of its path; returns the address.
fn server(respond: fn(&str) -> Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = Vec::new();
            let mut buffer = [0; 1024];
            while !request.windows(4).any(|four| four == b"\r\n\r\n") {
                match stream.read(&mut buffer) {
                    Ok(0) | Err(_) => break,
                    Ok(count) => request.extend_from_slice(&buffer[..count]),
                }
            }
            let request = String::from_utf8_lossy(&request).into_owned();
            let _ = stream.write_all(&respond(request.split(' ').nth(1).unwrap_or("/")));
        }
    });
    address
}

fn response(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n{body}").into_bytes()
}

async fn code(fetcher: &Fetcher, address: &str) -> String {
    fetcher.fetch(address).await.unwrap_err().code
}

#[tokio::test]
async fn a_source_comes_with_its_final_address_type_and_name() {
    let address = server(|path| match path {
        "/old" => response("302 Found", "Location: /2024/the%20briefing.html?x=1#top\r\n", ""),
        "/named" => response("200 OK", "Content-Disposition: attachment; filename=\"../b.pdf\"\r\n", "x"),
        _ => response("200 OK", "Content-Type: text/HTML; charset=utf-8\r\n", "<p>Q Hello.</p>"),
    });
    let fetcher = Fetcher::new(true).unwrap();
    let found = fetcher.fetch(&format!("{address}/old")).await.unwrap();
    assert_eq!(found.bytes, b"<p>Q Hello.</p>");
    assert_eq!(found.url, format!("{address}/2024/the%20briefing.html?x=1"));
    assert_eq!(found.media_type.as_deref(), Some("text/html"));
    assert_eq!(found.name.as_deref(), Some("the briefing.html"));
    let named = fetcher.fetch(&format!("{address}/named")).await.unwrap();
    assert_eq!(named.name.as_deref(), Some("b.pdf"));
}

#[tokio::test]
async fn private_addresses_are_refused_in_every_disguise() {
    let fetcher = Fetcher::new(false).unwrap();
    let port = server(|_| response("200 OK", "", "secret")).rsplit(':').next().unwrap().to_owned();
    for host in [
        "127.0.0.1",
        "127.1",
        "127.0.0.1.",
        "0177.0.0.1",
        "0x7f.1",
        "0x7f000001",
        "2130706433",
        "017700000001",
        "%31%32%37.0.0.1",
        "１２７。０。０。１",
        "0",
        "0.0.0.0",
        "localhost",
        "LOCALHOST",
        "[::]",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
        "[fd00:ec2::254]",
        "10.0.0.1",
        "172.31.255.255",
        "192.168.0.1",
        "100.64.0.1",
        "169.254.169.254",
        "2852039166",
        "0xa9fea9fe",
        "0251.0376.0251.0376",
        "[::ffff:a9fe:a9fe]",
        "[64:ff9b::a9fe:a9fe]",
        "100.100.100.200",
        "192.0.0.192",
    ] {
        assert_eq!(code(&fetcher, &format!("http://{host}:{port}/")).await, "fetch-private", "{host}");
    }
}

/// The public internet of a test: what stands behind 127.0.0.1. Everything else is private.
fn is_the_world(address: IpAddr) -> bool {
    address == IpAddr::from([127, 0, 0, 1])
}

/// Names of the test. The last one is public when it is asked for first, and private from then on.
#[expect(clippy::needless_pass_by_value, reason = "as whoever resolves is asked")]
fn names(name: String) -> futures::future::BoxFuture<'static, std::io::Result<Vec<std::net::SocketAddr>>> {
    use std::sync::atomic::{AtomicU32, Ordering};
    static TURNED: AtomicU32 = AtomicU32::new(0);
    let (world, inside) = ([127, 0, 0, 1], [127, 0, 0, 2]);
    let addresses = match name.as_str() {
        "world.test" => vec![world],
        "both.test" => vec![world, inside],
        "turning.test" if TURNED.fetch_add(1, Ordering::Relaxed) == 0 => vec![world],
        "inside.test" | "turning.test" => vec![inside],
        _ => Vec::new(),
    };
    let addresses = addresses.into_iter().map(|address| (address, 0).into()).collect();
    Box::pin(async move { Ok(addresses) })
}

#[tokio::test]
async fn a_name_that_means_something_private_now_or_later_is_refused_and_nothing_reaches_it() {
    let address = server(|path| match path.split_once("?to=") {
        Some((_, to)) => response("302 Found", &format!("Location: http://{to}\r\n"), ""),
        None => response("200 OK", "", "public"),
    });
    let port = address.rsplit(':').next().unwrap().to_owned();
    // The same port on another address of loopback, which must stay silent.
    let secret = TcpListener::bind(format!("127.0.0.2:{port}")).unwrap();
    secret.set_nonblocking(true).unwrap();
    let fetcher = Fetcher::with(is_the_world, names).unwrap();
    assert_eq!(fetcher.fetch(&format!("http://world.test:{port}/")).await.unwrap().bytes, b"public");
    for refused in [
        format!("http://inside.test:{port}/"),
        format!("http://both.test:{port}/"),
        format!("http://world.test:{port}/?to=127.0.0.2:{port}/"),
        format!("http://world.test:{port}/?to=2130706434:{port}/"),
        format!("http://world.test:{port}/?to=[::ffff:127.0.0.2]:{port}/"),
        format!("http://world.test:{port}/?to=inside.test:{port}/"),
        format!("http://world.test:{port}/?to=both.test:{port}/"),
        // Resolved once for the first address, and anew for where it leads.
        format!("http://turning.test:{port}/?to=turning.test:{port}/"),
        format!("http://turning.test:{port}/"),
    ] {
        assert_eq!(code(&fetcher, &refused).await, "fetch-private", "{refused}");
    }
    assert_eq!(secret.accept().unwrap_err().kind(), std::io::ErrorKind::WouldBlock, "somebody came");
}

#[tokio::test]
async fn a_redirect_is_checked_like_the_first_address() {
    // The first hop must pass for the second to be looked at: ask the check itself, as for a server out in the world.
    let fetcher = Fetcher::new(false).unwrap();
    let mut headers = HeaderMap::new();
    headers.insert(LOCATION, "http://127.0.0.1:5432/".parse().unwrap());
    let next = redirect(&Url::parse("https://www.example.org/").unwrap(), &headers).unwrap().unwrap();
    assert_eq!(fetcher.check(&next).unwrap_err().code, "fetch-private");

    let address = server(|path| match path {
        "/file" => response("302 Found", "Location: file:///etc/passwd\r\n", ""),
        "/user" => response("302 Found", "Location: http://me:secret@127.0.0.1/\r\n", ""),
        _ => response("302 Found", "Location: /again\r\n", ""),
    });
    let local = Fetcher::new(true).unwrap();
    assert_eq!(code(&local, &format!("{address}/file")).await, "fetch-address");
    assert_eq!(code(&local, &format!("{address}/user")).await, "fetch-address");
    assert_eq!(code(&local, &format!("{address}/round")).await, "fetch-redirects");
}

#[tokio::test]
async fn other_schemes_and_secrets_in_addresses_are_refused() {
    let fetcher = Fetcher::new(true).unwrap();
    for address in ["file:///etc/passwd", "ftp://example.org/a", "http://me:secret@example.org/", "example.org", ""] {
        assert_eq!(code(&fetcher, address).await, "fetch-address", "{address}");
    }
}

#[tokio::test]
async fn too_much_is_noticed_before_and_while_it_arrives() {
    let address = server(|path| {
        if path == "/declared" {
            return b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n".to_vec();
        }
        let mut endless = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".to_vec();
        endless.resize(2000, b'a');
        endless
    });
    let fetcher = Fetcher::new(true).unwrap();
    assert_eq!(code(&fetcher, &format!("{address}/declared")).await, "too-large");
    assert!(get(&format!("{address}/endless"), 1000).await.unwrap_err().contains("more than"));
    assert!(get(&format!("{address}/endless"), 5000).await.is_ok());
}

#[tokio::test]
async fn failures_say_what_to_do() {
    let address = server(|path| match path {
        "/gone" => response("404 Not Found", "", ""),
        "/closed" => response("403 Forbidden", "", ""),
        "/cut" => b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".to_vec(),
        _ => response("503 Service Unavailable", "", ""),
    });
    let fetcher = Fetcher::new(true).unwrap();
    assert_eq!(code(&fetcher, &format!("{address}/gone")).await, "fetch-missing");
    assert_eq!(code(&fetcher, &format!("{address}/closed")).await, "fetch-refused");
    assert_eq!(code(&fetcher, &format!("{address}/cut")).await, "fetch-failed");
    assert_eq!(code(&fetcher, &format!("{address}/busy")).await, "fetch-failed");
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(code(&fetcher, &format!("http://{nobody}/")).await, "fetch-failed");
}

#[test]
fn what_is_public() {
    for address in ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"] {
        assert!(is_public(address.parse().unwrap()), "{address}");
    }
    for address in [
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "127.0.0.1",
        "169.254.169.254",
        "100.100.100.200",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "192.0.0.192",
        "198.18.0.1",
        "203.0.113.1",
        "::",
        "::1",
        "fe80::1",
        "fd00:ec2::254",
        "fec0::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "::10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "2001::1",
        "2001:db8::1",
        "64:ff9b:1::1",
    ] {
        assert!(!is_public(address.parse().unwrap()), "{address}");
    }
}
