//! A small server on loopback that publishes binaries, good ones and bad ones.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

use super::*;

const TARGET: &str = "x86_64-unknown-linux-gnu";

fn archive(files: &[(&str, &str)], links: &[(&str, &str)]) -> Vec<u8> {
    let mut tar = tar::Builder::new(flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast()));
    for (path, text) in files {
        let mut header = tar::Header::new_gnu();
        // Set by hand: the builder refuses paths that a hostile archive would have.
        header.as_old_mut().name[..path.len()].copy_from_slice(path.as_bytes());
        header.set_size(text.len() as u64);
        header.set_mode(0o755);
        header.set_cksum();
        tar.append(&header, text.as_bytes()).unwrap();
    }
    for (path, to) in links {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(tar::EntryType::Symlink);
        header.set_size(0);
        tar.append_link(&mut header, path, to).unwrap();
    }
    tar.into_inner().unwrap().finish().unwrap()
}

fn good() -> Vec<u8> {
    archive(
        &[
            ("postgresql-17.5.0/bin/postgres", "#!"),
            ("postgresql-17.5.0/bin/initdb", "#!"),
            ("postgresql-17.5.0/lib/libpq.so.5", "x"),
        ],
        &[("postgresql-17.5.0/lib/libpq.so", "libpq.so.5")],
    )
}

/// Publishes an archive with its checksum, or whatever else.
fn publish(archive: &[u8], checksum: Option<String>) -> String {
    let path = format!("/17.5.0/postgresql-17.5.0-{TARGET}.tar.gz");
    let checksum = checksum.unwrap_or_else(|| format!("{}  postgresql.tar.gz\n", sha256(archive)));
    serve(HashMap::from([(format!("{path}.sha256"), checksum.into_bytes()), (path, archive.to_vec())]))
}

fn serve(files: HashMap<String, Vec<u8>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
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

/// The simplest client there is: this module imports none.
async fn get(url: &str) -> Result<Vec<u8>, String> {
    let (host, path) = url.strip_prefix("http://").and_then(|rest| rest.split_once('/')).ok_or("no address")?;
    let mut stream = TcpStream::connect(host).map_err(|error| error.to_string())?;
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\n\r\n").map_err(|error| error.to_string())?;
    let mut response = Vec::new();
    stream.read_to_end(&mut response).map_err(|error| error.to_string())?;
    let end = response.windows(4).position(|four| four == b"\r\n\r\n").ok_or("no answer")?;
    let head = String::from_utf8_lossy(&response[..end]).into_owned();
    if head.starts_with("HTTP/1.1 200") {
        Ok(response.split_off(end + 4))
    } else {
        Err(head.lines().next().unwrap().into())
    }
}

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("onrecord-download-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        Self(path)
    }

    /// Everything in it, for tests that want nothing left behind.
    fn names(&self) -> Vec<String> {
        fs::read_dir(&self.0).map_or(Vec::new(), |entries| {
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
        })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn binaries_are_downloaded_once() {
    let folder = Folder::new("good");
    let url = publish(&good(), None);
    let bin = download(&url, "17.5.0", TARGET, &folder.0, get).await.unwrap();
    assert!(bin.join("postgres").is_file());
    assert_eq!(fs::read(bin.join("../lib/libpq.so")).unwrap(), b"x");
    assert_eq!(folder.names(), [format!("postgresql-17.5.0-{TARGET}")]);
    let never = async |_: &str| -> Result<Vec<u8>, String> { panic!("it is there already") };
    assert_eq!(download(&url, "17.5.0", TARGET, &folder.0, never).await.unwrap(), bin);
}

#[tokio::test]
async fn several_at_once_do_not_disturb_each_other() {
    let folder = Folder::new("many");
    let url = publish(&good(), None);
    let all = futures::future::join_all((0..8).map(|_| download(&url, "17.5.0", TARGET, &folder.0, get))).await;
    assert!(all.iter().all(Result::is_ok));
    assert_eq!(folder.names().len(), 1);
}

#[tokio::test]
async fn an_archive_without_a_folder_of_its_own_will_do() {
    let folder = Folder::new("flat");
    let url = publish(&archive(&[("bin/postgres", "#!"), ("bin/initdb", "#!")], &[]), None);
    assert!(download(&url, "17.5.0", TARGET, &folder.0, get).await.is_ok());
    assert_eq!(folder.names().len(), 1);
}

#[tokio::test]
async fn bytes_that_were_not_published_are_not_installed() {
    let folder = Folder::new("wrong");
    for checksum in ["0".repeat(64), String::new(), "<html>".to_owned()] {
        let url = publish(&good(), Some(checksum));
        let error = download(&url, "17.5.0", TARGET, &folder.0, get).await.unwrap_err();
        assert!(matches!(error, DownloadError::WrongChecksum { .. }), "{error}");
    }
    assert_eq!(folder.names(), [""; 0]);
}

#[tokio::test]
async fn archives_that_are_cut_off_or_hostile_leave_nothing_behind() {
    let folder = Folder::new("bad");
    let good = good();
    let outside = format!("../escaped-{}", std::process::id());
    for bad in [
        good[..good.len() / 2].to_vec(),
        b"not an archive".to_vec(),
        archive(&[("postgresql/README", "x")], &[]),
        archive(&[("bin/postgres", "#!"), ("bin/initdb", "#!"), (&outside, "x")], &[]),
        archive(&[("bin/postgres", "#!"), ("bin/initdb", "#!")], &[("etc", "/etc")]),
        archive(&[("bin/postgres", "#!"), ("bin/initdb", "#!")], &[("bin/up", "../../..")]),
    ] {
        let url = publish(&bad, None);
        let error = download(&url, "17.5.0", TARGET, &folder.0, get).await.unwrap_err();
        assert!(matches!(error, DownloadError::BadArchive { .. }), "{error}");
    }
    assert_eq!(folder.names(), [""; 0]);
    assert!(!folder.0.join(outside).exists());
}

#[tokio::test]
async fn without_a_network_one_sentence_says_what_to_do() {
    let folder = Folder::new("missing");
    let empty = serve(HashMap::new());
    let error = download(&empty, "17.5.0", TARGET, &folder.0, get).await.unwrap_err();
    assert!(error.to_string().contains("404 Not Found"), "{error}");
    let nobody = format!("http://{}", TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap());
    let error = download(&nobody, "17.5.0", TARGET, &folder.0, get).await.unwrap_err().to_string();
    assert!(error.contains("Install PostgreSQL") && error.contains("DATABASE_URL"), "{error}");
}
