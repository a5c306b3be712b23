//! `GET /briefings/{slug}[/{numbers}]/cite/{format}`: a citation to take away; and `/briefings/{slug}/cite`, where numbers
//! that were typed become an address.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::cite::{self, Pin};
use crate::export::citation::{Citation, Style};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Path, Query};
use crate::web::{App, urls};

/// A format of citations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For `EndNote`, Mendeley, Zotero.
    Ris,
    /// For LaTeX.
    Bibtex,
    /// For citation processors.
    CslJson,
    /// For programs that read schema.org.
    JsonLd,
    /// The words and every style, to read.
    Text,
    /// The same, for the scripts of our own pages.
    Json,
}

impl Format {
    /// Every format, in the order in which they are offered.
    pub const ALL: [Self; 6] = [Self::Ris, Self::Bibtex, Self::CslJson, Self::JsonLd, Self::Text, Self::Json];

    /// The word used in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ris => "ris",
            Self::Bibtex => "bibtex",
            Self::CslJson => "csl-json",
            Self::JsonLd => "json-ld",
            Self::Text => "text",
            Self::Json => "json",
        }
    }

    /// What readers call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ris => "RIS",
            Self::Bibtex => "BibTeX",
            Self::CslJson => "CSL-JSON",
            Self::JsonLd => "JSON-LD",
            Self::Text => "Plain text",
            Self::Json => "JSON",
        }
    }

    /// Whether pages offer it.
    pub const fn is_for_readers(self) -> bool {
        !matches!(self, Self::Json)
    }

    /// What it is.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Ris => "application/x-research-info-systems",
            Self::Bibtex => "application/x-bibtex",
            Self::CslJson => "application/vnd.citationstyles.csl+json",
            Self::JsonLd => "application/ld+json",
            Self::Text => "text/plain; charset=utf-8",
            Self::Json => "application/json",
        }
    }

    /// What its files are called; nothing for what a browser shows itself.
    const fn ending(self) -> Option<&'static str> {
        match self {
            Self::Ris => Some("ris"),
            Self::Bibtex => Some("bib"),
            Self::CslJson => Some("csl.json"),
            Self::JsonLd => Some("jsonld"),
            Self::Text | Self::Json => None,
        }
    }

    fn write(self, citation: &Citation) -> String {
        match self {
            Self::Ris => citation.ris(),
            Self::Bibtex => citation.bibtex(),
            Self::CslJson => citation.csl_json(),
            Self::JsonLd => citation.json_ld(),
            Self::Text => text(citation),
            Self::Json => parts(citation).to_string(),
        }
    }
}

/// Of words.
pub async fn words(
    State(app): State<App>,
    Path((slug, numbers, format)): Path<(String, String, String)>,
    Query(pin): Query<Pin>,
) -> Result<Response, Error> {
    let numbers = cite::read_numbers(&numbers).ok_or(Error::NotFound)?;
    let mut conn = app.pool.acquire().await?;
    let cited = cite::load(&app, &mut conn, &slug, numbers, &pin).await?;
    file(&format, &cited.citation)
}

/// Of a whole briefing.
pub async fn briefing(
    State(app): State<App>,
    Path((slug, format)): Path<(String, String)>,
    Query(pin): Query<Pin>,
) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let (briefing, text, revision) = cite::find(&mut conn, &slug, &pin).await?;
    file(&format, &cite::whole(&app, &briefing, &text, &revision))
}

fn file(format: &str, citation: &Citation) -> Result<Response, Error> {
    let format = Format::ALL.into_iter().find(|known| known.as_str() == format).ok_or(Error::NotFound)?;
    let body = format.write(citation);
    let mut response = (Policy::Archive, [(header::CONTENT_TYPE, format.media_type())], body).into_response();
    if let Some(ending) = format.ending() {
        // Slugs and numbers are letters, digits and hyphens.
        let name = format!("attachment; filename=\"{}.{ending}\"", citation.key);
        response.headers_mut().extend(name.parse().ok().map(|name| (header::CONTENT_DISPOSITION, name)));
    }
    Ok(response)
}

/// The words and every style, to read.
fn text(citation: &Citation) -> String {
    let words = if citation.said.is_empty() { citation.attribution() } else { citation.words() };
    let styles = Style::ALL.map(|style| format!("{}\n{}\n", style.name(), citation.in_style(style)));
    format!("{words}\n\n{}", styles.join("\n"))
}

/// The same in parts.
fn parts(citation: &Citation) -> Value {
    let style = |style: Style| {
        let both =
            json!({"name": style.name(), "text": citation.in_style(style), "html": citation.in_style_html(style)});
        (style.as_str().to_owned(), both)
    };
    json!({
        "link": citation.url,
        "words": citation.words(),
        "attribution": citation.attribution(),
        "styles": Style::ALL.map(style).into_iter().collect::<Map<String, Value>>(),
    })
}

/// Numbers that were typed.
#[derive(Deserialize)]
pub struct Chosen {
    first: Option<String>,
    last: Option<String>,
}

/// Leads to the words with these numbers; without any, to where numbers are chosen.
pub async fn choose(Path(slug): Path<String>, Query(chosen): Query<Chosen>) -> Result<Redirect, Error> {
    let number = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<u16>().ok()).filter(|n| *n > 0);
    let numbers = match (number(&chosen.first), number(&chosen.last)) {
        (Some(first), Some(last)) => Some((first.min(last), first.max(last))),
        (one, other) => one.or(other).map(|only| (only, only)),
    };
    let path = numbers.map(|(first, last)| urls::utterance(&slug, cite::write_numbers(first.into(), last.into())));
    Ok(Redirect::to(&path.unwrap_or_else(|| format!("{}#cite", urls::briefing(&slug)))))
}
