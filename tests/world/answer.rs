//! What came back, and what a test says about it.

use axum::http::{HeaderMap, StatusCode};
use serde_json::Value;

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// It is a page and went well.
    #[track_caller]
    pub fn assert_page(self) -> Self {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text);
        assert!(self.header("content-type").starts_with("text/html"), "{:?}", self.headers);
        self
    }

    #[track_caller]
    pub fn assert_status(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }

    /// It says this to a reader, whatever the tags.
    #[track_caller]
    pub fn assert_says(self, words: &str) -> Self {
        let said = self.words();
        assert!(said.contains(words), "no “{words}” in: {said}");
        self
    }

    #[track_caller]
    pub fn assert_does_not_say(self, words: &str) -> Self {
        let said = self.words();
        assert!(!said.contains(words), "“{words}” in: {said}");
        self
    }

    /// It holds this piece of HTML.
    #[track_caller]
    pub fn assert_has(self, html: &str) -> Self {
        assert!(self.text.contains(html), "no {html} in: {}", self.text);
        self
    }

    #[track_caller]
    pub fn assert_redirects_to(self, address: &str) -> Self {
        assert!(self.status.is_redirection(), "{}", self.status);
        assert_eq!(self.header("location"), address);
        self
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// The text of the page without tags, blanks collapsed.
    pub fn words(&self) -> String {
        let page = scraper::Html::parse_document(&self.text);
        let words: Vec<&str> = page.root_element().text().flat_map(str::split_whitespace).collect();
        words.join(" ")
    }
}
