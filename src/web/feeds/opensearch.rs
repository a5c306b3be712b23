//! `GET /opensearch.xml`: how browsers and programs search here.

use axum::extract::State;
use axum::response::Response;

use super::xml::Document;
use crate::web::{App, assets, urls};

/// The handler.
pub async fn show(State(app): State<App>) -> Response {
    let mut document = Document::new("OpenSearchDescription", &[("xmlns", "http://a9.com/-/spec/opensearch/1.1/")]);
    document.words("ShortName", &[], "Onrecord");
    document.words("LongName", &[], "Onrecord: what was said, and by whom");
    document.words("Description", &[], "Find what was said at press briefings, by whom, when, and in answer to what.");
    document.words("Tags", &[], "press briefings transcripts quotes");
    let templates = [
        ("text/html", "results", urls::SEARCH, "?q={searchTerms}&page={startPage?}"),
        ("application/atom+xml", "results", urls::SEARCH_FEED, "?q={searchTerms}&page={startPage?}"),
        ("application/json", "results", "/api/v1/search", "?q={searchTerms}"),
        ("application/x-suggestions+json", "suggestions", urls::SUGGEST, "?format=opensearch&q={searchTerms}"),
        ("application/opensearchdescription+xml", "self", urls::OPENSEARCH, ""),
    ];
    for (media_type, rel, path, query) in templates {
        let template = app.absolute(&format!("{path}{query}"));
        document.empty("Url", &[("type", media_type), ("rel", rel), ("template", &template)]);
    }
    document.words("Image", &[("type", "image/svg+xml")], &app.absolute(&assets::url("icon.svg")));
    document.empty("Query", &[("role", "example"), ("searchTerms", "negotiations")]);
    document.words("SyndicationRight", &[], "open");
    document.words("AdultContent", &[], "false");
    document.words("Language", &[], "*");
    document.words("OutputEncoding", &[], "UTF-8");
    document.words("InputEncoding", &[], "UTF-8");
    document.answer("application/opensearchdescription+xml; charset=utf-8")
}
