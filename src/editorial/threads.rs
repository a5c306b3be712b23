//! Threads of questions asked again, as they were found.

use crate::store::threads::{self, Placed};
use crate::store::{Connection, Error, feed};

/// Writes where exchanges belong, found of the questions with this sum at this position of the feed; says whether anything
/// is different for readers. No word of an editor is in it, so nothing of it is audited.
pub async fn thread_questions(conn: &mut Connection, placed: &[Placed], of: i64, at: i64) -> Result<bool, Error> {
    let written = if placed.is_empty() { 0 } else { threads::place(conn, placed).await? };
    let any = written + threads::take_out_hidden(conn).await? > 0;
    // What is written here is no reason to look again.
    threads::found(conn, of, at + i64::from(any)).await?;
    if any {
        feed::advance_public(conn, &[]).await?;
    }
    Ok(any)
}
