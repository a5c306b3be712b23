//! Writes a copy as a folder of HTML bodies with an `index.jsonl` that describes them.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use jiff::ToSpan as _;

use super::deal::Dealt;
use super::read::Original;

/// One folder that is being written.
pub struct Folder {
    path: PathBuf,
    index: BufWriter<File>,
    files: usize,
}

impl Folder {
    /// Begins a folder.
    pub fn create(path: &Path) -> io::Result<Self> {
        fs::create_dir_all(path)?;
        Ok(Self { path: path.to_owned(), index: BufWriter::new(File::create(path.join("index.jsonl"))?), files: 0 })
    }

    /// Writes one transcript, held as many years earlier as the copy has a number.
    pub fn add(&mut self, original: &Original, copy: usize, turns: &[Dealt<'_>]) -> io::Result<()> {
        self.files += 1;
        let date = original.date.saturating_sub(i16::try_from(copy).unwrap_or(i16::MAX).years());
        let title = format!("{}, {}/{}/{}", original.title, date.month(), date.day(), date.year());
        let file = format!("{date}-{:04}.html", self.files);

        let mut page = format!("<h1>{}</h1>\n<div class=\"field-item even\">", escaped(&title));
        for line in &original.head {
            let _ = writeln!(page, "<p class=\"rtecenter\">{}</p>", escaped(line));
        }
        for turn in turns {
            let colon = if turn.label == "Q" { "&nbsp;&nbsp;&nbsp;" } else { ":&nbsp;" };
            for (number, paragraph) in turn.paragraphs.iter().enumerate() {
                let label = if number == 0 { format!("{}{colon} ", turn.label) } else { String::new() };
                let _ = writeln!(page, "<p>{label}{}</p>", escaped(&paragraph.join(" ")));
            }
        }
        page.push_str("<p class=\"rtecenter\">END</p>\n</div>\n");
        fs::write(self.path.join(&file), page)?;

        let row = serde_json::json!({ "file": file, "title": title, "date": date });
        writeln!(self.index, "{row}")
    }

    /// Ends the folder.
    pub fn finish(mut self) -> io::Result<()> {
        self.index.flush()
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
