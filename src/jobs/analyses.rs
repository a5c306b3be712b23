//! Reading what published texts say: claims, exchanges, promises. After a publication, a correction, an upgrade.

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::spawn_blocking;

use crate::editorial::{self, Reading};
use crate::store::{self, Pool};

/// How often somebody looks for texts to read.
const PAUSE: Duration = Duration::from_millis(500);
/// Texts that are read before any of them is written, beside requests that wait for the same processors.
const FEW: i64 = 8;
/// The same in an import, where nobody waits.
const MANY: i64 = 48;

/// Reads some texts and writes what was found in a transaction of its own; says whether there were any.
pub async fn read_some(pool: &Pool) -> Result<bool, store::Error> {
    read_share(pool, (0, 1), FEW).await
}

async fn read_share(pool: &Pool, share: (i64, i64), most: i64) -> Result<bool, store::Error> {
    let mut tx = pool.begin().await?;
    let texts = editorial::to_analyse(&mut tx, share, most).await?;
    tx.commit().await?;
    if texts.is_empty() {
        return Ok(false);
    }
    let read = spawn_blocking(move || texts.into_iter().map(Reading::find).collect()).await;
    let Ok(read) = read else { return Ok(false) };
    let mut tx = pool.begin().await?;
    editorial::keep_analyses(&mut tx, read).await?;
    tx.commit().await?;
    Ok(true)
}

/// Reads everything that there is to read, on all processors.
pub async fn read_all(pool: &Pool) -> Result<(), store::Error> {
    let parts = std::thread::available_parallelism().map_or(2, usize::from) as i64;
    let shares = (0..parts).map(|part| {
        let pool = pool.clone();
        tokio::spawn(async move {
            loop {
                match read_share(&pool, (part, parts), MANY).await {
                    Ok(true) => {}
                    Ok(false) => return Ok(()),
                    Err(error) if store::collided(&error) => {}
                    Err(error) => return Err(error),
                }
            }
        })
    });
    for share in shares.collect::<Vec<_>>() {
        share.await.unwrap_or(Ok(()))?;
    }
    Ok(())
}

/// Reads what is behind, until `stop` is set.
pub async fn keep_read(pool: Pool, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        match read_some(&pool).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) if store::collided(&error) => continue,
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "texts could not be analysed; trying again");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            _ = stop.changed() => {}
        }
    }
}
