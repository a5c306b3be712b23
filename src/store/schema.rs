//! Connections and migrations.

use std::time::Duration;

use sqlx::Connection as _;
use sqlx::postgres::PgPoolOptions;

use super::{Connection, Error, Pool};

/// After so long a rest a connection may have been lost.
const RESTED: Duration = Duration::from_secs(1);

static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// Connects and brings the schema up to date. Servers may start together: migrations take an advisory lock.
pub async fn open(url: &str, connections: u32) -> Result<Pool, Error> {
    let pool = PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(5))
        // A connection that was in use a moment ago is not asked whether it lives: that costs every page a round trip.
        .test_before_acquire(false)
        .before_acquire(|connection, about| {
            Box::pin(async move {
                if about.idle_for >= RESTED {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        // What the largest source took is not kept by every connection that ever carried one.
        .after_release(|connection, _| {
            Box::pin(async move {
                connection.shrink_buffers();
                Ok(true)
            })
        })
        .connect(url)
        .await?;
    MIGRATOR.run(&pool).await.map_err(|error| Error::Migrate(Box::new(error)))?;
    Ok(pool)
}

/// Looks at the tables that an import fills, so that queries are planned for what is in them.
pub async fn gather_statistics(conn: &mut Connection) -> Result<(), Error> {
    sqlx::query!("analyze briefing, source, transcript, revision, utterance, transcript_label, speaker, exchange, claim, follow_up")
        .execute(conn)
        .await
        .map(drop)
}
