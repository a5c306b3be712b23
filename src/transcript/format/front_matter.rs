//! Reads YAML front matter leniently: the fields that describe a briefing, whatever else is in there.

use jiff::civil::Date;
use yaml_rust2::{Yaml, YamlLoader};

use crate::transcript::blocks::Metadata;
use crate::transcript::dates;
use crate::transcript::diagnostic::{Diagnostic, Severity};

/// Longer front matter is not read: YAML can blow up.
const LONGEST: usize = 20_000;

/// Parts the front matter from the text.
pub fn split(text: &str) -> (Metadata, &str, Vec<Diagnostic>) {
    let nothing = (Metadata::default(), text, Vec::new());
    let start = text.trim_start_matches(['\u{FEFF}', '\n', ' ']);
    let Some(rest) = start.strip_prefix("---").and_then(|rest| rest.split_once('\n')) else { return nothing };
    if !rest.0.trim().is_empty() {
        return nothing;
    }
    let mut at = 0;
    for line in rest.1.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            let yaml = rest.1.get(..at).unwrap_or_default();
            let body = rest.1.get(at + line.len()..).unwrap_or_default();
            if !yaml.contains(':') {
                return nothing;
            }
            return match fields(yaml) {
                Some(metadata) => (metadata, body, Vec::new()),
                None => (Metadata::default(), body, vec![unreadable()]),
            };
        }
        at += line.len();
    }
    nothing
}

fn unreadable() -> Diagnostic {
    let message = "The front matter is not valid YAML and was ignored. Check its quotation marks and indentation.";
    Diagnostic::new(Severity::Warning, "front-matter", message)
}

fn fields(yaml: &str) -> Option<Metadata> {
    // Anchors and aliases can multiply without end; front matter has no use for them.
    if yaml.len() > LONGEST || yaml.contains(": *") || yaml.contains("- *") {
        return None;
    }
    let documents = YamlLoader::load_from_str(yaml).ok()?;
    let Some(Yaml::Hash(map)) = documents.first() else { return None };
    let text = |names: &[&str]| {
        names.iter().find_map(|name| match map.get(&Yaml::String((*name).to_owned())) {
            Some(Yaml::String(value) | Yaml::Real(value)) if !value.trim().is_empty() => {
                Some(crate::transcript::prose::line(value))
            }
            _ => None,
        })
    };
    let day = |names: &[&str]| text(names).and_then(|value| day(&value));
    Some(Metadata {
        title: text(&["title", "name", "headline"]),
        date: day(&["date", "event_date", "held", "held_on"]),
        published: day(&["published_time", "published", "date_published", "pubdate"]),
        published_at: text(&["published_time", "published", "date_published"]).and_then(|value| moment(&value)),
        url: text(&["source_url", "url", "canonical_url", "canonical", "link", "source"])
            .filter(|url| url.starts_with("http")),
        issuer: text(&["issuer", "publisher", "institution", "office", "agency"]),
        language: text(&["language", "lang", "locale"]),
        place: text(&["place", "location"]),
        author: text(&["author", "byline"]),
    })
}

/// The day of a field: ISO first, then as printed.
pub fn day(value: &str) -> Option<Date> {
    let iso = value.get(..10).and_then(|start| start.parse::<Date>().ok());
    iso.or_else(|| dates::in_text(value).first().map(|(date, _)| *date))
}

/// The moment of a field that has date, time and offset.
pub fn moment(value: &str) -> Option<jiff::Timestamp> {
    value.trim().parse().ok()
}
