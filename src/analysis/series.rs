//! Which series a briefing belongs to.
use crate::domain::Draft;
/// A guess.
#[derive(Debug, Clone)]
pub struct SeriesGuess {
    /// a
    pub name: String,
    /// b
    pub office: Option<String>,
    /// c
    pub time_zone: Option<String>,
}
/// Stub.
pub fn guess(_: &Draft, _: Option<&str>) -> Option<SeriesGuess> {
    None
}
