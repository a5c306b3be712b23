//! What programs read that come back: feeds, the description of the search, lists of addresses.
//!
//! Invariant: every address is absolute, whatever stands in a text cannot break the document around it, and nothing is
//! here that no page shows.

mod atom;
pub mod briefings;
pub mod corrections;
pub mod opensearch;
pub mod search;
pub mod sitemap;
mod xml;
