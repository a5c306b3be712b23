//! The parts of an Atom feed that every feed of ours has.

use axum::response::Response;
use jiff::Timestamp;

use super::xml::Document;
use crate::web::{App, urls};

const MEDIA_TYPE: &str = "application/atom+xml; charset=utf-8";

/// What a feed says of itself.
pub struct Head<'a> {
    /// Its title.
    pub title: &'a str,
    /// The page that shows the same.
    pub page: &'a str,
    /// Its own address.
    pub own: &'a str,
    /// When anything in it last changed.
    pub updated: Timestamp,
}

/// A feed in the making.
pub struct Feed(pub Document);

impl Feed {
    /// Begins a feed.
    pub fn new(app: &App, head: &Head<'_>) -> Self {
        let namespaces = [
            ("xmlns", "http://www.w3.org/2005/Atom"),
            ("xmlns:opensearch", "http://a9.com/-/spec/opensearch/1.1/"),
            ("xml:lang", "en"),
        ];
        let mut document = Document::new("feed", &namespaces);
        let own = app.absolute(head.own);
        document.words("id", &[], &own);
        document.words("title", &[], head.title);
        document.words("updated", &[], &moment(head.updated));
        document.open("author", &[]);
        document.words("name", &[], "Onrecord");
        document.words("uri", &[], &app.absolute(urls::HOME));
        document.close();
        document.words("generator", &[], "Onrecord");
        document.words("icon", &[], &app.absolute(&crate::web::assets::url("icon.svg")));
        document.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &own)]);
        let page = app.absolute(head.page);
        document.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &page)]);
        let search = app.absolute(urls::OPENSEARCH);
        let described = [("rel", "search"), ("type", "application/opensearchdescription+xml"), ("href", &*search)];
        document.empty("link", &described);
        Self(document)
    }

    /// The feed as an answer.
    pub fn answer(self) -> Response {
        self.0.answer(MEDIA_TYPE)
    }
}

/// A moment as feeds write it: without parts of a second.
pub fn moment(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
