//! One throw-away PostgreSQL for a whole run of the tests, in shared memory.
//!
//! It must not outlive the tests, however these end: a shell holds the reading end of a pipe whose only writing end is
//! ours, so that the kernel wakes it when we are gone; it then stops the server and removes the folder.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use nix::unistd::{User, geteuid};
use onrecord::postgres::binaries::Places;
use onrecord::store::schema;
use sha2::{Digest as _, Sha256};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

const KEEPER: &str = r#"
"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c fsync=off -c synchronous_commit=off \
  -c full_page_writes=off -c max_connections=300 -c shared_buffers=64MB >"$2/log" 2>&1 &
server=$!
read -r _
kill -INT $server
wait $server
rm -rf "$2"
"#;

/// The running server.
pub struct Cluster {
    folder: PathBuf,
    template: String,
    /// Its standard input is the pipe that keeps the server alive.
    _keeper: Child,
}

/// The server of this run, started by whoever needs it first.
pub fn get() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| {
        // On a thread of its own, since tests run inside a runtime already.
        std::thread::spawn(Cluster::start).join().expect("a PostgreSQL for the tests")
    })
}

impl Cluster {
    fn start() -> Self {
        let shared = Path::new("/dev/shm");
        let base = if shared.is_dir() { shared.to_owned() } else { std::env::temp_dir() };
        let folder = base.join(format!("onrecord-test-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder in shared memory");
        let path = std::env::var_os("PATH").unwrap_or_default();
        let places = Places {
            explicit: None,
            search_path: std::env::split_paths(&path).collect(),
            root: Path::new("/"),
            downloads: &folder,
        };
        let bin = onrecord::postgres::binaries::find(&places, None, &folder)
            .expect("PostgreSQL's programs can be looked for")
            .expect("PostgreSQL must be installed to run the tests, for instance: apt-get install postgresql");
        let owner = geteuid().is_root().then(|| {
            let user = ["postgres", "nobody"].into_iter().find_map(|name| User::from_name(name).ok().flatten());
            user.map(|user| (user.uid.as_raw(), user.gid.as_raw())).expect("a user for PostgreSQL, which refuses root")
        });
        if let Some((uid, gid)) = owner {
            chown(&folder, Some(uid), Some(gid)).expect("the folder changes hands");
        }
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).expect("a private folder");
        let as_owner = |command: &mut Command| {
            command.current_dir(&folder);
            if let Some((uid, gid)) = owner {
                command.uid(uid).gid(gid);
            }
        };
        let mut initdb = Command::new(bin.join("initdb"));
        as_owner(
            initdb.args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N", "-D"]).arg("data"),
        );
        let output = initdb.output().expect("initdb runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let mut keeper = Command::new("sh");
        as_owner(keeper.args(["-c", KEEPER, "keeper"]).arg(&bin).arg(&folder).stdin(Stdio::piped()).process_group(0));
        let keeper = keeper.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the keeper runs");
        let template = format!("archive_{}", hash_of_migrations());
        let cluster = Self { folder, template, _keeper: keeper };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(cluster.make_template());
        cluster
    }

    fn url(&self, database: &str) -> String {
        format!("postgres://postgres@localhost/{database}?host={}", self.folder.display())
    }

    async fn make_template(&self) {
        let begun = Instant::now();
        let mut admin = loop {
            match PgConnection::connect(&self.url("postgres")).await {
                Ok(admin) => break admin,
                Err(error) => assert!(begun.elapsed() < Duration::from_secs(30), "PostgreSQL does not start: {error}"),
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        };
        let create = format!("create database {}", self.template);
        sqlx::raw_sql(AssertSqlSafe(create)).execute(&mut admin).await.expect("the template");
        let pool = schema::open(&self.url(&self.template), 1).await.expect("the schema");
        pool.close().await;
    }

    /// Where PostgreSQL keeps its tables.
    pub fn tables(&self) -> PathBuf {
        self.folder.join("data/base")
    }

    /// A fresh copy of the template; returns its address.
    pub async fn database(&self, number: u32) -> String {
        let name = format!("test_{number}");
        let mut admin = PgConnection::connect(&self.url("postgres")).await.expect("an admin connection");
        let create = format!("create database {name} template {}", self.template);
        sqlx::raw_sql(AssertSqlSafe(create)).execute(&mut admin).await.expect("a copy of the template");
        self.url(&name)
    }
}

/// A folder for the index of one test.
pub fn scratch(number: u32) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("onrecord-test-{}-{number}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder for the index");
    folder
}

/// Names the template, so that a cluster that is used again would not mix schemas.
fn hash_of_migrations() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).expect("migrations").map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut hash = Sha256::new();
    for file in files {
        hash.update(fs::read(file).expect("a migration"));
    }
    hash.finalize().iter().take(6).fold(String::new(), |name, byte| name + format!("{byte:02x}").as_str())
}
