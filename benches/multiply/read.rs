//! Reads transcripts into shapes and sentences. Rough on purpose: it need not be right, only like the real thing.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;
use scraper::{Html, Node};

/// One transcript, cut up.
pub struct Original {
    /// The day it was held.
    pub date: Date,
    /// Its title, without a date.
    pub title: String,
    /// Place and time as printed.
    pub head: Vec<String>,
    /// Who speaks, in order.
    pub turns: Vec<Turn>,
}

/// One turn: a label and paragraphs of sentences.
pub struct Turn {
    /// The label as printed.
    pub label: String,
    /// Its words.
    pub paragraphs: Vec<Vec<String>>,
}

/// How many sentences there are to deal.
pub fn sentences(originals: &[Original]) -> usize {
    originals.iter().flat_map(|original| &original.turns).flat_map(|turn| &turn.paragraphs).map(Vec::len).sum()
}

/// Every transcript below some folders, in order of name.
pub fn folders(folders: &[PathBuf]) -> io::Result<Vec<Original>> {
    let mut originals = Vec::new();
    for folder in folders {
        let mut entries: Vec<PathBuf> =
            fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
        entries.sort();
        for path in entries {
            if path.is_dir() {
                originals.extend(self::folders(&[path])?);
            } else if let Some(original) = original(&path)? {
                originals.push(original);
            }
        }
    }
    Ok(originals)
}

/// A date within a title.
static DATED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r",?\s*(\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|[A-Z][a-z]+ \d{1,2}, \d{4})").expect("a valid pattern")
});

fn original(path: &Path) -> io::Result<Option<Original>> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let Some(date) = name.get(..10).and_then(|date| date.parse().ok()) else { return Ok(None) };
    let (title, paragraphs) = match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => html(&fs::read_to_string(path)?),
        Some("md") => markdown(&fs::read_to_string(path)?),
        _ => return Ok(None),
    };
    let title = DATED.replace_all(&title, "").trim().to_owned();
    let (head, turns) = turns(&paragraphs);
    Ok((!turns.is_empty()).then_some(Original { date, title, head, turns }))
}

const INLINE: [&str; 8] = ["strong", "b", "em", "i", "a", "span", "u", "s"];

/// Title and paragraphs of an HTML body.
fn html(text: &str) -> (String, Vec<String>) {
    let document = Html::parse_fragment(text);
    let mut lines = vec![String::new()];
    let mut title_at = None;
    for node in document.tree.root().descendants() {
        match node.value() {
            Node::Text(words) => lines.last_mut().expect("never empty").push_str(words),
            Node::Element(element) if !INLINE.contains(&element.name()) => {
                if element.name() == "h1" {
                    title_at = Some(lines.len());
                }
                lines.push(String::new());
            }
            _ => {}
        }
    }
    let title = title_at.map_or_else(|| "Press Briefing".to_owned(), |at| std::mem::take(&mut lines[at]));
    let paragraphs = lines.iter().map(|line| tidy(line)).filter(|line| !line.is_empty()).collect();
    (tidy(&title), paragraphs)
}

/// Title and paragraphs of Markdown with front matter.
fn markdown(text: &str) -> (String, Vec<String>) {
    let (front, body) = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).unwrap_or(("", text));
    let title = front.split_once("title:").map_or("Press Briefing", |(_, title)| title);
    let title = title.replace("\\_", " ").replace("\\\n", "").replace("\\ ", " ").replace(['"', '\''], "");
    let mut paragraphs = vec![String::new()];
    for line in body.lines() {
        if line.trim().is_empty() {
            paragraphs.push(String::new());
        }
        let paragraph = paragraphs.last_mut().expect("never empty");
        paragraph.push_str(line);
        // Two blanks at the end of a line break it.
        paragraph.push(if line.ends_with("  ") { '\n' } else { ' ' });
    }
    let lines = paragraphs.iter().flat_map(|paragraph| paragraph.split('\n'));
    (tidy(&title), lines.map(tidy).filter(|line| !line.is_empty()).collect())
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines before the first label, and the turns.
fn turns(paragraphs: &[String]) -> (Vec<String>, Vec<Turn>) {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:(Q) |([A-Z][A-Z.’'\-]*(?: [A-Z][A-Z.’'\-]*){0,5}): )(.+)$").expect("a valid pattern")
    });
    let mut head = Vec::new();
    let mut turns: Vec<Turn> = Vec::new();
    for paragraph in paragraphs {
        if let Some(found) = LABEL.captures(paragraph) {
            let label = found.get(1).or(found.get(2)).map_or("Q", |label| label.as_str()).to_owned();
            turns.push(Turn { label, paragraphs: vec![cut(&found[3])] });
        } else if let Some(turn) = turns.last_mut() {
            if !paragraph.starts_with("END") && !paragraph.starts_with("###") {
                turn.paragraphs.push(cut(paragraph));
            }
        } else if paragraph.len() < 60
            && (paragraph.ends_with('T') || !paragraph.contains(|c: char| c.is_ascii_digit()))
        {
            head.push(paragraph.clone());
        }
    }
    (head, turns)
}

/// Cuts a paragraph into sentences.
fn cut(paragraph: &str) -> Vec<String> {
    static END: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"[a-z0-9%)\]][.?!]["”’)]* "#).expect("a valid pattern"));
    let mut sentences = Vec::new();
    let mut from = 0;
    for end in END.find_iter(paragraph) {
        sentences.push(paragraph[from..end.end()].trim().to_owned());
        from = end.end();
    }
    sentences.push(paragraph[from..].to_owned());
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}
