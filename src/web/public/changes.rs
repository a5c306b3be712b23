//! `GET /briefings/{slug}/changes/{a}..{b}`: what changed from one revision to another.

use axum::extract::State;

use super::cite;
use crate::domain::Audience;
use crate::store::briefings::Briefing;
use crate::store::record::{self, Entry};
use crate::web::difference::{self, Difference};
use crate::web::error::Error;
use crate::web::extract::Path;
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// The page.
#[derive(askama::Template)]
#[template(path = "public/changes.html")]
pub struct Changes {
    frame: Frame,
    briefing: Briefing,
    before: Entry,
    after: Entry,
    /// The revisions between, with why each was made, up to the later one.
    steps: Vec<Entry>,
    difference: Difference,
}

/// The handler.
pub async fn show(
    frame: Frame,
    State(app): State<App>,
    Path((slug, range)): Path<(String, String)>,
) -> Result<Page<Changes>, Error> {
    let (a, b) = read_range(&range).ok_or(Error::NotFound)?;
    let mut conn = app.pool.acquire().await?;
    let (briefing, ..) = cite::find(&mut conn, &slug, &cite::Pin::default()).await?;
    let entries = record::history(&mut conn, briefing.listed.id).await?;
    let find = |number: i32| entries.iter().find(|entry| entry.number == number).cloned().ok_or(Error::NotFound);
    let (before, after) = (find(a)?, find(b)?);
    let difference = difference::between(&mut conn, &before, &after, Audience::Readers).await?;
    let steps = entries.into_iter().filter(|entry| (a + 1..=b).contains(&entry.number)).collect();
    Ok(Page(Changes { frame, briefing, before, after, steps, difference }))
}

/// "1..3".
fn read_range(text: &str) -> Option<(i32, i32)> {
    read_pair(text).filter(|(a, b)| a < b)
}

/// "3..1" too.
pub(super) fn read_pair(text: &str) -> Option<(i32, i32)> {
    let (a, b) = text.split_once("..")?;
    let number = |text: &str| text.parse::<i32>().ok().filter(|number| number.to_string() == text && *number > 0);
    number(a).zip(number(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_have_one_spelling() {
        assert_eq!(read_range("1..3"), Some((1, 3)));
        for wrong in ["", "1", "3..1", "1..1", "0..1", "01..2", "1...2", "a..b"] {
            assert_eq!(read_range(wrong), None, "{wrong}");
        }
    }
}
