//! How matches spread over speakers, topics, series and years: lists with bars.

use crate::store::directory::Named;

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
