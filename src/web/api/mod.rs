//! JSON for programs: the same answers as the pages, in the shapes that others rely on.
//!
//! Invariant: addresses are absolute, offsets are in Unicode scalar values, and nothing is here that no page shows.

pub mod act;
mod acts;
mod again;
pub mod briefing;
pub mod briefings;
pub mod changed;
pub mod check;
pub mod coverage;
pub mod people;
pub mod search;
mod shapes;
pub mod suggest;
pub mod token;
pub mod trends;
pub mod upload;

use crate::web::error::Error;

/// What every address below `/api` without a meaning answers.
pub async fn fallback() -> Error {
    Error::NotFound
}
