//! Citations in words, in the styles that newsrooms and universities ask for.

mod apa;
mod chicago;
mod harvard;
mod mla;

use super::{Author, Citation, words};

/// Characters of the question that goes along with an answer.
const QUESTION: usize = 200;

/// A citation style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Chicago (17th and 18th edition), a note.
    ChicagoNote,
    /// Chicago (17th and 18th edition), a line of the bibliography.
    ChicagoBibliography,
    /// APA (7th edition).
    Apa,
    /// MLA (9th edition).
    Mla,
    /// Harvard (Cite Them Right).
    Harvard,
}

/// Words in one typeface.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Run {
    words: String,
    italic: bool,
}

/// A line in the making.
#[derive(Debug, Default)]
struct Line(Vec<Run>);

impl Style {
    /// Every style, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::ChicagoNote, Self::ChicagoBibliography, Self::Apa, Self::Mla, Self::Harvard];

    /// The word used in addresses and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ChicagoNote => "chicago-note",
            Self::ChicagoBibliography => "chicago-bibliography",
            Self::Apa => "apa",
            Self::Mla => "mla",
            Self::Harvard => "harvard",
        }
    }

    /// What readers call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ChicagoNote => "Chicago, note",
            Self::ChicagoBibliography => "Chicago, bibliography",
            Self::Apa => "APA",
            Self::Mla => "MLA",
            Self::Harvard => "Harvard",
        }
    }
}

impl Citation {
    /// The citation in this style, as plain text.
    pub fn in_style(&self, style: Style) -> String {
        self.line(style).0.into_iter().map(|run| run.words).collect()
    }

    /// The citation in this style, as HTML with the italics of the style.
    pub fn in_style_html(&self, style: Style) -> String {
        let mut html = String::new();
        for run in self.line(style).0 {
            let words = escaped(&run.words);
            if run.italic {
                html.extend(["<i>", &words, "</i>"]);
            } else {
                html.push_str(&words);
            }
        }
        html
    }

    fn line(&self, style: Style) -> Line {
        let mut line = match style {
            Style::ChicagoNote => chicago::note(self),
            Style::ChicagoBibliography => chicago::bibliography(self),
            Style::Apa => apa::line(self),
            Style::Mla => mla::line(self),
            Style::Harvard => harvard::line(self),
        };
        if let Some(question) = &self.question {
            line.add(format!(" {}", question.as_question(Some(QUESTION))));
        }
        if self.fiction {
            line.add(" [Fiction: from a sample archive.]");
        }
        line
    }
}

impl Line {
    fn add(&mut self, words: impl Into<String>) -> &mut Self {
        self.push(words.into(), false)
    }

    fn italic(&mut self, words: impl Into<String>) -> &mut Self {
        self.push(words.into(), true)
    }

    fn push(&mut self, words: String, italic: bool) -> &mut Self {
        match self.0.last_mut() {
            Some(last) if last.italic == italic => last.words.push_str(&words),
            _ => self.0.push(Run { words, italic }),
        }
        self
    }

    /// Ends a sentence, where it has not ended yet.
    fn stop(&mut self) -> &mut Self {
        let end = self.0.last().and_then(|run| run.words.trim_end_matches(['”', '’', ')', ']']).chars().next_back());
        let bracket = self.0.last().is_some_and(|run| run.words.ends_with([')', ']']));
        if bracket || !matches!(end, Some('.' | '?' | '!' | '…') | None) { self.add(".") } else { self }
    }
}

/// A title in double quotation marks with the punctuation that follows it inside, as American styles want it.
fn quoted_title(title: &str, then: char) -> String {
    let title = words::single(title);
    let title = title.trim_end_matches('.');
    let ends = title.ends_with(['?', '!', '…']);
    if ends { format!("“{title}”") } else { format!("“{title}{then}”") }
}

/// "A", "A and B", "A, B, and C"; "A et al." of more than the style names.
fn joined(names: &[String], and: &str, serial: bool, most: usize) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first, rest @ ..] if rest.len() >= most => format!("{first} et al."),
        [first, second] => format!("{first} {and} {second}"),
        [first @ .., last] => format!("{}{} {and} {last}", first.join(", "), if serial { "," } else { "" }),
    }
}

/// A name as a list of references that is sorted by family puts it.
fn family_first(author: &Author) -> String {
    match author {
        Author::Person(name) => name.family_first(),
        Author::Called(name) | Author::Body(name) => name.clone(),
    }
}

/// A name as styles with initials put it.
fn initials_last(author: &Author) -> String {
    match author {
        Author::Person(name) => name.initials_last(),
        Author::Called(name) | Author::Body(name) => name.clone(),
    }
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
