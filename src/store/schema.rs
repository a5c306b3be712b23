//! Connections and migrations.

use std::time::Duration;

use sqlx::postgres::PgPoolOptions;

use super::{Error, Pool};

static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// Connects and brings the schema up to date. Servers may start together: migrations take an advisory lock.
pub async fn open(url: &str, connections: u32) -> Result<Pool, Error> {
    let pool =
        PgPoolOptions::new().max_connections(connections).acquire_timeout(Duration::from_secs(5)).connect(url).await?;
    MIGRATOR.run(&pool).await.map_err(|error| Error::Migrate(Box::new(error)))?;
    Ok(pool)
}
