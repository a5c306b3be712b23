//! The archive in formats that people take away: citations, and pictures of quotations.
//!
//! Invariant: pure. What goes out depends on the values that come in and on nothing else: no clock, no file, no
//! database.

pub mod card;
pub mod citation;
pub mod person;
mod shorten;

pub use shorten::shorten;

/// A document of JSON, safe inside a `<script>` element.
fn in_script(document: &serde_json::Value) -> String {
    let text = serde_json::to_string(document).unwrap_or_default();
    text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}
