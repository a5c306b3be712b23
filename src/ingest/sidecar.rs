//! What lies beside the files: `index.jsonl` and `manifest.csv`, which say what each file is.
//!
//! Invariants: pure; a bad line is a diagnostic that names the line and what to do, and the other lines count.

use std::collections::HashMap;

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::domain::Rights;
use crate::transcript::model::Kind;
use crate::transcript::{Diagnostic, Severity};

/// Sidecars larger than this are not read: 100,000 lines are about 30 MB.
pub const MAX_SIDECAR_BYTES: u64 = 64 * 1024 * 1024;

/// More findings than this about one sidecar help nobody.
const MOST_FINDINGS: usize = 20;

/// What a sidecar says about one file. Everything may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Described {
    /// The title of the briefing.
    pub title: Option<String>,
    /// The day it was held.
    pub date: Option<Date>,
    /// The local time at which it began.
    pub time: Option<Time>,
    /// Where it was held.
    pub place: Option<String>,
    /// The series it belongs to, as a name or slug.
    pub series: Option<String>,
    /// The body that issued the text.
    pub issuer: Option<String>,
    /// Who published the file, if that is somebody else.
    pub publisher: Option<String>,
    /// ISO 639-1 code of the language.
    pub language: Option<String>,
    /// The official address.
    pub url: Option<String>,
    /// What kind of text it is.
    pub kind: Option<Kind>,
    /// Which words readers may see.
    pub rights: Option<Rights>,
}

impl Described {
    /// This, with the gaps filled from another.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            title: self.title.or(other.title),
            date: self.date.or(other.date),
            time: self.time.or(other.time),
            place: self.place.or(other.place),
            series: self.series.or(other.series),
            issuer: self.issuer.or(other.issuer),
            publisher: self.publisher.or(other.publisher),
            language: self.language.or(other.language),
            url: self.url.or(other.url),
            kind: self.kind.or(other.kind),
            rights: self.rights.or(other.rights),
        }
    }
}

/// The two forms of sidecars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SidecarForm {
    /// One JSON object a line.
    JsonLines,
    /// A table with a header line, separated by commas, semicolons or tabs.
    Table,
}

impl SidecarForm {
    /// The form of a file of this name (without folders), if it is a sidecar.
    pub fn of(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "index.jsonl" => Some(Self::JsonLines),
            "manifest.csv" => Some(Self::Table),
            _ => None,
        }
    }
}

/// What a sidecar says, by file path relative to the sidecar's own folder, with `/` between the parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sidecar {
    /// The files described.
    pub files: HashMap<String, Described>,
    /// Lines that could not be understood.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a sidecar.
pub fn read(form: SidecarForm, bytes: &[u8]) -> Sidecar {
    let text = decode(bytes);
    let mut sidecar = Sidecar::default();
    match form {
        SidecarForm::JsonLines => json_lines(&text, &mut sidecar),
        SidecarForm::Table => table(&text, &mut sidecar),
    }
    let more = sidecar.diagnostics.len().saturating_sub(MOST_FINDINGS);
    if more > 0 {
        sidecar.diagnostics.truncate(MOST_FINDINGS);
        sidecar.diagnostics.push(finding(format!("{more} more lines have something wrong with them.")));
    }
    sidecar
}

/// A path as sidecars and archives write it: `/` between the parts, no `./` in front.
pub fn tidy(path: &str) -> String {
    let path = path.trim().replace('\\', "/");
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        if !part.is_empty() && part != "." {
            parts.push(part);
        }
    }
    parts.join("/")
}

/// UTF-8 with or without byte order mark; else what spreadsheets on Windows write.
fn decode(bytes: &[u8]) -> String {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes).0.into_owned(),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(),
        },
    }
}

fn json_lines(text: &str, sidecar: &mut Sidecar) {
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let Ok(serde_json::Value::Object(object)) = serde_json::from_str(line) else {
            let advice =
                "is no JSON object. Write one object a line, such as {\"file\": \"a.html\", \"date\": \"2024-05-02\"}";
            sidecar.diagnostics.push(finding(format!("Line {number} {advice}.")));
            continue;
        };
        let fields = object.iter().filter_map(|(key, value)| match value {
            serde_json::Value::String(text) => Some((key.as_str(), text.clone())),
            serde_json::Value::Number(number) => Some((key.as_str(), number.to_string())),
            _ => None,
        });
        describe(number, fields, sidecar);
    }
}

fn table(text: &str, sidecar: &mut Sidecar) {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator(text))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(str::to_lowercase).collect(),
        Err(_) => return,
    };
    if !header.iter().any(|column| is_file_column(column)) {
        let message = "The first line has no column \"file\". Name the columns there: file, title, date, series, ...";
        sidecar.diagnostics.push(finding(message.to_owned()));
        return;
    }
    for record in reader.records() {
        match record {
            Ok(record) => {
                let number = record.position().map_or(0, csv::Position::line);
                let fields = header.iter().map(String::as_str).zip(record.iter().map(str::to_owned));
                describe(number, fields, sidecar);
            }
            Err(error) => {
                let number = error.position().map_or(0, csv::Position::line);
                let message = format!("Line {number} cannot be read as a row of the table. Check its quotation marks.");
                sidecar.diagnostics.push(finding(message));
            }
        }
    }
}

/// The separator that the header line has most of.
fn separator(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let count = |separator: u8| header.matches(char::from(separator)).count();
    [b',', b';', b'\t'].into_iter().max_by_key(|&separator| (count(separator), separator == b',')).unwrap_or(b',')
}

fn is_file_column(column: &str) -> bool {
    matches!(column, "file" | "filename" | "file_name" | "path")
}

/// Takes one line's fields.
fn describe<'a>(number: u64, fields: impl Iterator<Item = (&'a str, String)>, sidecar: &mut Sidecar) {
    let mut described = Described::default();
    let mut file = None;
    for (field, value) in fields {
        let value = value.trim().to_owned();
        if value.is_empty() {
            continue;
        }
        let place = match field.to_lowercase().as_str() {
            column if is_file_column(column) => &mut file,
            "title" => &mut described.title,
            "place" | "location" => &mut described.place,
            "series" => &mut described.series,
            "issuer" => &mut described.issuer,
            "publisher" => &mut described.publisher,
            "language" | "lang" => &mut described.language,
            "url" | "address" => &mut described.url,
            "date" => {
                described.date = value.parse().ok().or_else(|| day_of(&value));
                if described.date.is_none() {
                    sidecar.diagnostics.push(bad(number, "date", &value, "Write year-month-day, such as 2024-05-02"));
                }
                continue;
            }
            "time" => {
                described.time = value.parse().ok();
                if described.time.is_none() {
                    sidecar.diagnostics.push(bad(number, "time", &value, "Write hours and minutes, such as 14:30"));
                }
                continue;
            }
            "kind" | "briefing_kind" => {
                described.kind = kind(&value);
                if described.kind.is_none() {
                    sidecar.diagnostics.push(bad(number, "kind", &value, "Write transcript, statement or report"));
                }
                continue;
            }
            "rights" => {
                described.rights = Rights::parse(&value.to_ascii_lowercase());
                if described.rights.is_none() {
                    sidecar.diagnostics.push(bad(number, "rights", &value, "Write full or quotations"));
                }
                continue;
            }
            _ => continue,
        };
        *place = Some(value);
    }
    let Some(file) = file.map(|file| tidy(&file)).filter(|file| !file.is_empty()) else {
        sidecar.diagnostics.push(finding(format!("Line {number} names no file. Fill in the field \"file\".")));
        return;
    };
    if sidecar.files.contains_key(&file) {
        let message = format!("Line {number} describes {file} again; the first line about it counts. Remove one.");
        sidecar.diagnostics.push(finding(message));
        return;
    }
    sidecar.files.insert(file, described);
}

/// The day of a date with a time behind it (`2024-05-02T14:30:00Z`), as printed and not in another zone.
fn day_of(value: &str) -> Option<Date> {
    value.get(..10).filter(|_| value.get(10..11).is_some_and(|c| c == "T" || c == " "))?.parse().ok()
}

/// Reads a kind of briefing: transcript, statement or report.
pub fn kind(value: &str) -> Option<Kind> {
    match value.to_ascii_lowercase().as_str() {
        "transcript" => Some(Kind::Transcript),
        "statement" => Some(Kind::Statement),
        "report" => Some(Kind::Report),
        _ => None,
    }
}

fn bad(line: u64, field: &str, value: &str, advice: &str) -> Diagnostic {
    let value: String = value.chars().take(40).collect();
    finding(format!("Line {line}: \"{value}\" is no {field}. {advice}."))
}

fn finding(message: String) -> Diagnostic {
    Diagnostic::new(Severity::Warning, "sidecar", message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    #[test]
    fn an_index_describes_files() {
        let sidecar = read(
            SidecarForm::JsonLines,
            b"\xEF\xBB\xBF{\"file\": \"2024/a.html\", \"title\": \"Briefing\", \"date\": \"2024-05-02\", \"words\": 12}\n\n\
              {\"file\": \"./b.txt\", \"kind\": \"statement\", \"rights\": \"quotations\", \"language\": \"es\", \"time\": \"14:30\"}\r\n",
        );
        assert_eq!(sidecar.diagnostics, []);
        assert_eq!(sidecar.files["2024/a.html"].date, Some(date(2024, 5, 2)));
        let b = &sidecar.files["b.txt"];
        assert_eq!(b.rights, Some(Rights::Quotations));
        assert_eq!(
            (b.kind, b.language.as_deref(), b.time),
            (Some(Kind::Statement), Some("es"), Some(time(14, 30, 0, 0)))
        );
    }

    #[test]
    fn a_table_may_use_semicolons_and_the_encoding_of_a_spreadsheet() {
        let sidecar = read(
            SidecarForm::Table,
            b"File;Title;Date;Unknown\r\nsub\\a.txt;\"Caf\xE9; Tuesday\";2024-05-02T10:00:00Z;x\r\n",
        );
        assert_eq!(sidecar.diagnostics, []);
        let described = &sidecar.files["sub/a.txt"];
        assert_eq!(described.title.as_deref(), Some("Café; Tuesday"));
        assert_eq!(described.date, Some(date(2024, 5, 2)));
    }

    #[test]
    fn a_bad_line_is_named_and_the_others_count() {
        let sidecar = read(
            SidecarForm::JsonLines,
            b"{\"file\": \"a\"}\nnonsense\n{\"title\": \"lost\"}\n{\"file\": \"b\", \"date\": \"May 2\"}\n{\"file\": \"a\"}",
        );
        assert_eq!(sidecar.files.len(), 2);
        let messages: Vec<_> = sidecar.diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
        assert!(messages[0].starts_with("Line 2 is no JSON object"));
        assert!(messages[1].starts_with("Line 3 names no file"));
        assert_eq!(messages[2], "Line 4: \"May 2\" is no date. Write year-month-day, such as 2024-05-02.");
        assert!(messages[3].starts_with("Line 5 describes a again"));
    }

    #[test]
    fn a_table_needs_a_column_for_the_file() {
        let sidecar = read(SidecarForm::Table, b"title,date\nx,2024-05-02\n");
        assert!(sidecar.files.is_empty());
        assert!(sidecar.diagnostics[0].message.contains("no column \"file\""));
    }

    #[test]
    fn findings_about_one_sidecar_are_bounded() {
        let sidecar = read(SidecarForm::JsonLines, "?\n".repeat(500).as_bytes());
        assert_eq!(sidecar.diagnostics.len(), MOST_FINDINGS + 1);
        assert!(sidecar.diagnostics[MOST_FINDINGS].message.starts_with("480 more"));
    }
}
