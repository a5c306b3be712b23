//! How a citation is shown: the texts to copy, the files to take away, and what the head of a page says of it.

use crate::export::citation::{Citation, Style, in_quotes};
use crate::export::shorten;
use crate::web::public::cite_files::Format;
use crate::web::{App, phrase, urls};

/// Characters of the title and of the description that other sites show of a page.
const TITLE: usize = 110;
const DESCRIPTION: usize = 280;

/// Everything that a page says of how to cite it.
pub struct CiteView {
    /// The permanent link, with its revision and the words that a browser marks.
    pub link: String,
    /// The words with who said them; a whole briefing has none.
    pub words: Option<String>,
    /// The citation in each style.
    pub styles: Vec<StyleView>,
    /// The citation in formats for programs.
    pub files: Vec<FileView>,
    /// First and last number, to choose others.
    pub numbers: Option<(i32, i32)>,
    /// Where others are chosen.
    pub choose: String,
    /// What the head of the page says.
    pub head: Head,
}

/// A citation in one style.
pub struct StyleView {
    /// The word that names it in the page.
    pub id: &'static str,
    /// What readers call it.
    pub name: &'static str,
    /// The citation, italics and all.
    pub html: String,
}

/// A citation in one format.
pub struct FileView {
    /// What readers call it.
    pub name: &'static str,
    /// What it is.
    pub media_type: &'static str,
    /// Where it is.
    pub url: String,
}

/// What the head of a page tells programs.
pub struct Head {
    /// `citation_*` tags.
    pub tags: Vec<(&'static str, String)>,
    /// The quotation in the words of schema.org.
    pub json_ld: String,
    /// What other sites put above the picture.
    pub title: String,
    /// What they put below it.
    pub description: String,
    /// The picture.
    pub card: String,
    /// What is on it, for those who do not see it.
    pub card_says: String,
}

impl CiteView {
    /// Shows a citation; `path` is the address of what is cited, without its revision, `fragment` marks the words.
    pub fn of(app: &App, citation: &Citation, path: &str, slug: &str, fragment: Option<&str>) -> Self {
        let files = Format::ALL.into_iter().filter(|format| format.is_for_readers()).map(|format| FileView {
            name: format.name(),
            media_type: format.media_type(),
            url: urls::pinned(&urls::citation(path, format.as_str()), citation.revision),
        });
        let styles = Style::ALL.map(|style| StyleView {
            id: style.as_str(),
            name: style.name(),
            html: citation.in_style_html(style),
        });
        Self {
            link: format!("{}{}", citation.url, fragment.unwrap_or_default()),
            words: (!citation.said.is_empty()).then(|| citation.words()),
            styles: styles.into(),
            files: files.collect(),
            numbers: citation.numbers,
            choose: urls::cite(slug),
            head: Head::of(app, citation, path),
        }
    }
}

impl Head {
    fn of(app: &App, citation: &Citation, path: &str) -> Self {
        let voices: Vec<String> = citation.voices().iter().map(|voice| voice.author().to_string()).collect();
        let words = citation.text();
        let title = match (voices.is_empty(), words.is_empty()) {
            (_, true) => citation.title.clone(),
            (true, false) => in_quotes(&shorten(&words, TITLE)),
            (false, false) if citation.said.len() == 1 => {
                format!("{}: {}", voices.join(", "), in_quotes(&shorten(&words, TITLE)))
            }
            (false, false) => format!("{}: {}", voices.join(", "), citation.title),
        };
        let date = phrase::date_or_undated(citation.date);
        let offices: Vec<String> = citation.voices().iter().filter_map(|voice| voice.office()).collect();
        let asked = citation
            .question
            .as_ref()
            .map(|question| format!("In answer to: {}", in_quotes(&shorten(&question.text, 120))));
        let fiction = citation.fiction.then(|| "Fiction, from a sample archive".to_owned());
        let parts = [
            (!offices.is_empty()).then(|| offices.join("; ")),
            Some(in_quotes(&citation.title)).filter(|_| !words.is_empty()),
            citation.series.clone().filter(|series| *series != citation.title),
            Some(date),
            citation.place.clone(),
            citation.locator(),
            fiction,
        ];
        let facts = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let description = [Some(facts), asked].into_iter().flatten().collect::<Vec<_>>().join(". ");
        Self {
            tags: citation.highwire(),
            json_ld: citation.json_ld(),
            card_says: shorten(&format!("{title}. {description}"), DESCRIPTION + TITLE),
            title,
            description: shorten(&description, DESCRIPTION),
            card: app.absolute(&urls::pinned(&urls::card(path), citation.revision)),
        }
    }
}
