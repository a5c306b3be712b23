//! Stories about the index, on small archives in a temporary directory.

mod recount;
mod stories;
mod writing;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use jiff::civil::Date;

use super::*;
use crate::domain::indexed::{IndexedBriefing, IndexedUtterance};
use crate::domain::{BriefingId, BriefingKind, Role, SeriesId, SpeakerId, TopicId, UtteranceId, UtteranceKind};
use crate::search::language;

/// A directory that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("onrecord-index-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).expect("a temporary directory");
        Self(path)
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A merge in the background ends when it next looks up, and may write a last file until then.
        for _ in 0..200 {
            let _ = std::fs::remove_dir_all(&self.0);
            if !self.0.exists() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
    }
}

/// A briefing to be indexed.
#[derive(Debug, Clone)]
struct Briefing {
    id: i64,
    now: IndexedBriefing,
}

impl Briefing {
    fn held_on(id: i64, date: &str) -> Self {
        let now = IndexedBriefing {
            briefing_kind: BriefingKind::Transcript,
            date: date.parse::<Date>().ok(),
            series_id: Some(SeriesId(1)),
            language: Some("en".to_owned()),
            utterances: Vec::new(),
        };
        Self { id, now }
    }

    fn kind(mut self, kind: BriefingKind) -> Self {
        self.now.briefing_kind = kind;
        self
    }

    fn series(mut self, id: i32) -> Self {
        self.now.series_id = Some(SeriesId(id));
        self
    }

    fn language(mut self, code: &str) -> Self {
        self.now.language = Some(code.to_owned());
        self
    }

    fn add(mut self, kind: UtteranceKind, label: &str, speaker: Option<i64>, text: &str) -> Self {
        let position = self.now.utterances.len() as u32;
        self.now.utterances.push(IndexedUtterance {
            utterance_id: UtteranceId(self.id * 1000 + i64::from(position)),
            position,
            kind,
            label: Some(label.to_owned()).filter(|label| !label.is_empty()),
            speaker_id: speaker.map(SpeakerId),
            role: (label == "Q").then_some(Role::Questioner),
            topics: Vec::new(),
            text: text.to_owned(),
        });
        self
    }

    fn turn(self, label: &str, speaker: i64, text: &str) -> Self {
        self.add(UtteranceKind::Turn, label, Some(speaker).filter(|id| *id > 0), text)
    }

    fn heading(self, text: &str) -> Self {
        self.add(UtteranceKind::Heading, "", None, text)
    }

    fn about(mut self, topics: &[i32]) -> Self {
        let last = self.now.utterances.last_mut().expect("a turn to tag");
        last.topics = topics.iter().map(|id| TopicId(*id)).collect();
        self
    }

    fn change(self) -> Change {
        Change { briefing_id: BriefingId(self.id), now: Some(self.now) }
    }
}

fn gone(id: i64) -> Change {
    Change { briefing_id: BriefingId(id), now: None }
}

fn opened(folder: &Folder, briefings: impl IntoIterator<Item = Briefing>) -> Index {
    let index = Index::open(folder.path(), Access::Writer).expect("an index");
    index.apply(1, briefings.into_iter().map(Briefing::change).map(Ok)).expect("applied");
    index
}

fn asking(text: &str) -> Query {
    Query { expr: language::read(text).expr, limit: 20, ..Query::default() }
}

fn found(index: &Index, query: &Query) -> Vec<i64> {
    let answer = index.search(query).expect("an answer");
    answer.hits.into_iter().map(|hit| hit.utterance_id.0).collect()
}

fn finds(index: &Index, text: &str) -> Vec<i64> {
    let mut ids = found(index, &asking(text));
    ids.sort_unstable();
    ids
}
