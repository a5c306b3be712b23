//! BibTeX, in a form that biblatex reads as well.

use std::fmt::Write as _;

use super::{ARCHIVE, Author, Citation, csl, dates};

impl Citation {
    /// One entry.
    pub fn bibtex(&self) -> String {
        let mut out = format!("@misc{{onrecord-{},\n", key(&self.key));
        let mut raw = |name: &str, value: &str| {
            if !value.is_empty() {
                let _ = writeln!(out, "  {name} = {value},");
            }
        };
        let braced = |words: &str| if words.is_empty() { String::new() } else { format!("{{{}}}", escaped(words)) };
        let own = |words: &Option<String>| words.as_deref().map(braced).unwrap_or_default();
        let authors: Vec<String> = self.authors().iter().map(name).collect();
        if !authors.is_empty() {
            raw("author", &format!("{{{}}}", authors.join(" and ")));
        }
        raw("title", &format!("{{{{{}}}}}", escaped(&self.title)));
        let held = match &self.series {
            Some(series) => format!("{series}, {}", self.short_genre()),
            None => self.genre().to_owned(),
        };
        raw("howpublished", &braced(&held));
        if let Some(date) = self.date {
            raw("year", &format!("{{{:04}}}", date.year()));
            raw("month", &dates::bibtex_month(date));
            raw("day", &format!("{{{}}}", date.day()));
            raw("eventdate", &format!("{{{date}}}"));
        }
        raw("venue", &own(&self.place));
        raw("organization", &own(&self.issuer));
        raw("version", &format!("{{revision {}}}", self.revision));
        raw("number", &self.numbers.map(|(a, b)| braced(&csl::numbers(a, b))).unwrap_or_default());
        raw("url", &format!("{{{}}}", address(&self.url)));
        raw("urldate", &format!("{{{}}}", self.retrieved));
        raw("language", &self.language.as_deref().map(|code| braced(language(code))).unwrap_or_default());
        raw("library", &braced(ARCHIVE));
        raw("note", &braced(&self.notes().join(" ")));
        raw("abstract", &braced(&self.text()));
        out.push_str("}\n");
        out
    }
}

/// Letters, digits and hyphens.
fn key(key: &str) -> String {
    key.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

fn name(author: &Author) -> String {
    match author {
        // "von Last, Jr, First": the form that leaves nothing to be guessed.
        Author::Person(name) => match (&name.given, &name.suffix) {
            (None, _) => format!("{{{}}}", escaped(&name.full)),
            (Some(given), None) => format!("{}, {}", part(&name.family), part(given)),
            (Some(given), Some(suffix)) => format!("{}, {}, {}", part(&name.family), part(suffix), part(given)),
        },
        Author::Called(name) | Author::Body(name) => format!("{{{}}}", escaped(name)),
    }
}

/// A part of a name; braces keep together what would be read as two names or as another part.
fn part(words: &str) -> String {
    let apart = words.contains(',') || words.to_lowercase().split_whitespace().any(|word| word == "and");
    if apart { format!("{{{}}}", escaped(words)) } else { escaped(words) }
}

/// Text in which nothing is a command.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match c {
            '\\' => out.push_str("{\\textbackslash}"),
            '{' => out.push_str("\\{"),
            '}' => out.push_str("\\}"),
            '~' => out.push_str("{\\textasciitilde}"),
            '^' => out.push_str("{\\textasciicircum}"),
            '$' | '&' | '#' | '%' | '_' => {
                out.push('\\');
                out.push(c);
            }
            // Two of these in a row would be set as one dash or one mark.
            '-' | '`' | '\'' if out.ends_with(c) => {
                out.push_str("{}");
                out.push(c);
            }
            c => out.push(c),
        }
    }
    balanced(out)
}

/// Readers count braces, escaped ones too: where they do not match, brackets take their place.
fn balanced(text: String) -> String {
    let mut depth = 0_i32;
    let mut lowest = 0;
    for c in text.chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        lowest = lowest.min(depth);
    }
    if depth == 0 && lowest == 0 { text } else { text.replace("\\{", "(").replace("\\}", ")") }
}

/// An address is read letter by letter: only braces and backslashes would end it early.
fn address(url: &str) -> String {
    url.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C").replace(char::is_whitespace, "%20")
}

/// The names that babel and biblatex have for languages; others stay codes.
fn language(code: &str) -> &str {
    match code {
        "en" => "english",
        "es" => "spanish",
        "fr" => "french",
        "de" => "german",
        "it" => "italian",
        "pt" => "portuguese",
        "nl" => "dutch",
        "ru" => "russian",
        "uk" => "ukrainian",
        "pl" => "polish",
        other => other,
    }
}
