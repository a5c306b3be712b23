//! A machine without PostgreSQL: its programs are downloaded, or one sentence says what to install.

use std::collections::HashMap;
use std::path::Path;

use onrecord::postgres::binaries::{self, Places};
use sha2::{Digest, Sha256};

use super::http;
use super::world::{Server, World};

/// The programs of this machine's own PostgreSQL, packed as they are published. It finds its other files by itself.
fn archive(bin: &Path) -> Vec<u8> {
    let mut tar = tar::Builder::new(flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none()));
    for program in ["postgres", "initdb"] {
        tar.append_path_with_name(bin.join(program), format!("postgresql/bin/{program}")).unwrap();
    }
    // What `initdb` loads, where programs and libraries lie side by side.
    for library in ["dict_snowball.so", "plpgsql.so"].map(|name| bin.with_file_name("lib").join(name)) {
        if library.exists() {
            let name = Path::new("postgresql/lib").join(library.file_name().unwrap());
            tar.append_path_with_name(library, name).unwrap();
        }
    }
    tar.into_inner().unwrap().finish().unwrap()
}

fn installed(world: &World) -> std::path::PathBuf {
    let search_path = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).collect();
    let nowhere = world.data();
    let places = Places { explicit: None, search_path, root: Path::new("/"), downloads: &nowhere };
    binaries::find(&places, None, &nowhere).unwrap().expect("a PostgreSQL for the tests")
}

#[test]
fn postgres_is_downloaded_once_where_there_is_none() {
    let world = World::new("download");
    let archive = archive(&installed(&world));
    let path = format!("/17.5.0/postgresql-17.5.0-{}.tar.gz", binaries::target());
    let checksum = format!("{}  postgresql.tar.gz\n", hex::encode(Sha256::digest(&archive)));
    let address = http::publish(HashMap::from([(format!("{path}.sha256"), checksum.into_bytes()), (path, archive)]));

    let bare = |download: &str| {
        let mut command = world.command(&["serve", "--listen", "127.0.0.1:0"]);
        command.env("PATH", "").env("ONRECORD_POSTGRES_ROOT", world.path("bare"));
        command.env("ONRECORD_POSTGRES_DOWNLOAD", download);
        command
    };
    let server = Server::start(bare(&address));
    assert!(!server.briefings().is_empty());
    drop(server);
    // What was downloaded is used again: nobody listens at this address.
    assert!(!Server::start(bare("http://127.0.0.1:1")).briefings().is_empty());
}

#[test]
fn without_programs_and_network_one_sentence_says_what_to_install() {
    let world = World::new("bare");
    let mut command = world.command(&["index", "status"]);
    command.env("PATH", "").env("ONRECORD_POSTGRES_ROOT", world.path("bare"));
    command.env("ONRECORD_POSTGRES_DOWNLOAD", "http://127.0.0.1:1");
    let outcome = super::world::Running::start(command).finish();
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.stderr.contains("Install PostgreSQL (for example"), "{}", outcome.stderr);
    assert!(!outcome.stderr.contains("panicked"));
}
