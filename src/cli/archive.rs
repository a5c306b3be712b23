//! Opening the archive: the data directory, its database, its index.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use tokio::sync::watch;

use crate::analysis::topics::{self, Terms};
use crate::config;
use crate::editorial;
use crate::ingest::fetch;
use crate::postgres::{self, PostgresError, PrivatePostgres, binaries, download};
use crate::search::{Access, Index, IndexError};
use crate::store::{self, Pool};

/// How often somebody looks whether the private database is there.
const LOOK_AFTER: Duration = Duration::from_millis(500);

/// Version that is downloaded where no PostgreSQL is installed.
const DOWNLOADED: &str = "17.5.0";

/// The database of a data directory. Fields drop in order: connections end before the server is stopped.
#[derive(Debug)]
pub struct Archive {
    /// Connections.
    pub pool: Pool,
    /// What texts are tagged with.
    pub terms: Arc<Terms>,
    /// The data directory.
    pub data_dir: PathBuf,
    private: Option<Arc<PrivatePostgres>>,
}

impl Archive {
    /// Finds or starts the database and brings its schema up to date.
    pub async fn open(settings: &config::Archive) -> anyhow::Result<Self> {
        let data_dir = &settings.data_dir;
        std::fs::create_dir_all(data_dir)
            .with_context(|| format!("Cannot make the data directory {}", data_dir.display()))?;
        let (url, private) = if let Some(url) = &settings.database_url {
            (url.clone(), None)
        } else {
            let bin = postgres_programs(settings).await?;
            let private = PrivatePostgres::open(data_dir, &bin)?;
            (private.url(), Some(Arc::new(private)))
        };
        let pool = store::schema::open(&url, 20)
            .await
            .context("The database does not answer. Check DATABASE_URL and that PostgreSQL 14 or newer runs there")?;
        let gazetteer: Vec<_> = topics::all().iter().map(|topic| (topic.slug, topic.name, topic.kind)).collect();
        let mut conn = pool.acquire().await?;
        store::topics::sync(&mut conn, &gazetteer).await?;
        let terms = Arc::new(editorial::terms(&mut conn).await?);
        drop(conn);
        Ok(Self { pool, terms, data_dir: data_dir.clone(), private })
    }

    /// Whether the database is the private one of the data directory.
    pub fn is_private(&self) -> bool {
        self.private.is_some()
    }

    /// Starts a private database again whenever it has died, until `stop` is set.
    pub fn keep_database(&self, mut stop: watch::Receiver<bool>) -> impl Future<Output = ()> + use<> {
        let private = self.private.clone();
        async move {
            let Some(private) = private else { return };
            while !*stop.borrow() {
                let private = Arc::clone(&private);
                match tokio::task::spawn_blocking(move || private.revive()).await {
                    Ok(Ok(true)) => tracing::warn!("the private PostgreSQL had died; it was started again"),
                    Ok(Err(error)) => tracing::error!(%error, "the private PostgreSQL cannot be started again"),
                    Ok(Ok(false)) | Err(_) => {}
                }
                tokio::select! {
                    () = tokio::time::sleep(LOOK_AFTER) => {}
                    _ = stop.changed() => {}
                }
            }
        }
    }

    /// Opens the index to write it, or to read it when another process writes it.
    pub fn index(&self) -> anyhow::Result<(Arc<Index>, Access)> {
        let folder = self.data_dir.join("index");
        match Index::open(&folder, Access::Writer) {
            Ok(index) => Ok((Arc::new(index), Access::Writer)),
            Err(IndexError::Locked(_)) => Ok((Arc::new(Index::open(&folder, Access::Reader)?), Access::Reader)),
            Err(error) => Err(error).context("The search index cannot be opened"),
        }
    }

    /// Ends the connections; the last process out stops a private database.
    pub async fn close(self) {
        self.pool.close().await;
    }
}

async fn postgres_programs(settings: &config::Archive) -> Result<PathBuf, PostgresError> {
    let downloads = download_folder(settings);
    let wanted = postgres::existing_version(&settings.data_dir);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let places = binaries::Places {
        explicit: settings.postgres_bin.as_deref(),
        search_path: std::env::split_paths(&path).collect(),
        root: &settings.postgres_root,
        downloads: &downloads,
    };
    if let Some(bin) = binaries::find(&places, wanted.as_deref(), &settings.data_dir)? {
        return Ok(bin);
    }
    eprintln!("PostgreSQL is not installed here; downloading it once ...");
    let get = async |url: &str| fetch::get(url, download::MAX_ARCHIVE_BYTES).await;
    Ok(download::download(&settings.postgres_download, DOWNLOADED, binaries::target(), &downloads, get).await?)
}

/// Downloads lie where the user who runs the database can read them.
fn download_folder(settings: &config::Archive) -> PathBuf {
    if nix::unistd::geteuid().is_root() {
        settings.postgres_root.join("var/cache/onrecord/postgresql")
    } else {
        settings.data_dir.join("postgresql")
    }
}
