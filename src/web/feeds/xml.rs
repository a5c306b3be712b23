//! Documents in XML, written from front to back.

use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::web::cache::Policy;

/// A document in the making.
pub struct Document {
    text: String,
    open: Vec<&'static str>,
}

impl Document {
    /// Begins a document with its outermost element.
    pub fn new(name: &'static str, attributes: &[(&str, &str)]) -> Self {
        let mut document = Self { text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(), open: Vec::new() };
        document.open(name, attributes);
        document
    }

    /// Opens an element.
    pub fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.text.push_str(">\n");
        self.open.push(name);
    }

    /// Closes the element opened last.
    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.end(name);
        }
    }

    /// An element with nothing but words in it.
    pub fn words(&mut self, name: &str, attributes: &[(&str, &str)], words: &str) {
        self.tag(name, attributes);
        self.text.push('>');
        escape(&mut self.text, words);
        self.end(name);
    }

    /// An element with nothing in it.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.text.push_str("/>\n");
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.text.push('<');
        self.text.push_str(name);
        for (name, value) in attributes {
            self.text.push(' ');
            self.text.push_str(name);
            self.text.push_str("=\"");
            escape(&mut self.text, value);
            self.text.push('"');
        }
    }

    fn end(&mut self, name: &str) {
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push_str(">\n");
    }

    /// The whole document as an answer of this media type.
    pub fn answer(mut self, media_type: &'static str) -> Response {
        while !self.open.is_empty() {
            self.close();
        }
        (Policy::Archive, [(header::CONTENT_TYPE, media_type)], self.text).into_response()
    }
}

/// Escapes; characters that XML does not know are left out.
fn escape(into: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' => into.push_str("&quot;"),
            '\t' | '\n' => into.push(c),
            '\r' => into.push('\n'),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => into.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cannot_break_the_document() {
        let mut document = Document::new("a", &[("b", "\"<&")]);
        document.words("c", &[], "<x> & \u{b}\u{0}é");
        document.close();
        let body = "<a b=\"&quot;&lt;&amp;\">\n<c>&lt;x&gt; &amp; é</c>\n</a>\n";
        assert!(document.text.ends_with(body), "{}", document.text);
    }
}
