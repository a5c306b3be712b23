//! How matches spread over speakers, topics, series and years: lists with bars.

use crate::domain::{SeriesId, SpeakerId, TopicId};
use crate::search::Facets;
use crate::store::Connection;
use crate::store::directory::{self, Directory, Named};
use crate::web::error::Error;

/// One row of a list with counts.
pub struct Counted {
    /// What is counted.
    pub named: Named,
    /// How often.
    pub count: u64,
    /// Length of the bar, of 100.
    pub bar: u64,
    /// Where the row leads.
    pub url: String,
    /// Whether this is what is shown already.
    pub chosen: bool,
}

/// Names for the first rows of these counts.
pub async fn directory(conn: &mut Connection, facets: &Facets, most: usize) -> Result<Directory, Error> {
    let speakers: Vec<SpeakerId> = facets.speaker.iter().take(most).map(|(id, _)| *id).collect();
    let topics: Vec<TopicId> = facets.topic.iter().take(most).map(|(id, _)| *id).collect();
    let series: Vec<SeriesId> = facets.series.iter().take(most).map(|(id, _)| *id).collect();
    Ok(directory::names(conn, &speakers, &topics, &series).await?)
}

/// The rows of one facet that have a name.
pub fn rows<Id>(
    counts: &[(Id, u64)],
    most: usize,
    name: impl Fn(&Id) -> Option<Named>,
    url: impl Fn(&Named) -> String,
) -> Vec<Counted> {
    let largest = counts.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
    counts
        .iter()
        .take(most)
        .filter_map(|(id, count)| {
            let named = name(id)?;
            let bar = (count * 100).div_ceil(largest);
            Some(Counted { url: url(&named), named, count: *count, bar, chosen: false })
        })
        .collect()
}
