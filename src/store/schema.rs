//! Migrations.

use super::{Error, Pool};

static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// Brings the schema up to date. Servers may start together: migrations take an advisory lock.
pub async fn migrate(pool: &Pool) -> Result<(), Error> {
    MIGRATOR.run(pool).await.map_err(|e| Error::Migrate(Box::new(e)))
}
