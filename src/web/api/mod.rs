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
pub mod claims;
pub mod coverage;
pub mod document;
pub mod examples;
pub mod follow_ups;
pub mod people;
pub mod questions;
pub mod search;
mod shapes;
pub mod suggest;
pub mod token;
pub mod trends;
pub mod upload;

use utoipa::openapi::schema::{Object, Type};

use crate::web::error::Error;
use crate::web::find::{DEEPEST, MOST_PER_PAGE};

/// What every address below `/api` without a meaning answers.
pub async fn fallback() -> Error {
    Error::NotFound
}

/// Refuses a page of a list that there cannot be: a page shows what it can instead, a program is told.
fn check_page(page: Option<&str>, per_page: Option<&str>) -> Result<(), Error> {
    for (name, value, most) in [("per_page", per_page, MOST_PER_PAGE), ("page", page, DEEPEST)] {
        let fits = |value: &str| value.parse().is_ok_and(|n: usize| (1..=most).contains(&n));
        if value.is_some_and(|value| !fits(value)) {
            return Err(Error::BadRequest(format!("“{name}” must be a number from 1 to {most}.")));
        }
    }
    Ok(())
}

/// A field that is one of a few words, and what it means.
pub fn one_of<const N: usize>(about: &str, words: [&'static str; N]) -> Object {
    Object::builder().schema_type(Type::String).enum_values(Some(words)).description(Some(about)).build()
}
