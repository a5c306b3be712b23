//! From cues to blocks: a new block where somebody else speaks, else where a paragraph has a good size.
//!
//! A change of speaker without a name (`>>`, or a dash) is a label too, as printed: the words are certainly not those
//! of whoever was named before.

use super::cues::Cues;
use super::payload::{self, Words};
use super::rolling;
use crate::transcript::blocks::{Block, Reading};
use crate::transcript::diagnostic::{Diagnostic, Severity};

/// A paragraph may end at a sentence's end from here on.
const GOOD_WORDS: usize = 70;
/// Speech without punctuation is cut here, at the next cue.
const MOST_WORDS: usize = 140;
/// A silence of this many milliseconds ends a paragraph that is not tiny.
const SILENCE: u64 = 3000;

/// Turns cues into blocks.
pub(in crate::transcript::format) fn blocks(cues: &Cues) -> Reading {
    let mut speech = Speech::default();
    let lines = cues.cues.iter().map(|cue| cue.lines.iter().map(|line| plain(line)).filter(|line| !line.is_empty()));
    let new = rolling::only_new(lines.map(Iterator::collect).collect());
    for (cue, lines) in cues.cues.iter().zip(new) {
        speech.silence(cue.starts);
        for line in lines {
            for words in unpack(&line) {
                speech.hear(words, cue.starts);
            }
        }
        speech.breathe(cue.ends);
    }
    speech.end_block();
    let mut diagnostics = Vec::new();
    if cues.bad_timings > 0 {
        let message =
            format!("{} timings cannot be read. The words are there; their times may be missing.", cues.bad_timings);
        diagnostics.push(Diagnostic::new(Severity::Warning, "timing", message));
    }
    if speech.blocks.is_empty() {
        let message = "These captions hold no words. Check the file and import it again.";
        diagnostics.push(Diagnostic::new(Severity::Error, "empty", message));
    }
    Reading { blocks: speech.blocks, diagnostics, ..Reading::default() }
}

/// A line without tags, its voices kept as control characters, so that repeated lines can be compared.
fn plain(line: &str) -> String {
    let voiced = |words: Words| match words.voice {
        Some(voice) => format!("\u{1}{voice}\u{2}{}", words.text),
        None => words.text,
    };
    payload::read(line).into_iter().map(voiced).collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// The other way round.
fn unpack(line: &str) -> Vec<Words> {
    line.split('\u{1}')
        .filter(|part| !part.trim().is_empty())
        .map(|part| match part.split_once('\u{2}') {
            Some((voice, text)) => Words { voice: Some(voice.to_owned()), text: text.trim().to_owned() },
            None => Words { voice: None, text: part.trim().to_owned() },
        })
        .collect()
}

/// What has been heard so far.
#[derive(Default)]
struct Speech {
    blocks: Vec<Block>,
    current: Block,
    words: usize,
    voice: Option<String>,
    last_end: Option<u64>,
}

impl Speech {
    /// A long silence before a cue ends the paragraph.
    fn silence(&mut self, starts: Option<u64>) {
        let silent = starts.zip(self.last_end).is_some_and(|(starts, ended)| starts >= ended.saturating_add(SILENCE));
        if silent && self.words >= 15 {
            self.end_block();
        }
    }

    /// After a cue the paragraph may end, if it has a good size.
    fn breathe(&mut self, ends: Option<u64>) {
        self.last_end = ends.or(self.last_end);
        let sentence_ends = self
            .current
            .text
            .trim_end_matches(['"', '\u{201D}', '\'', ')', ']'])
            .ends_with(['.', '?', '!', '\u{2026}']);
        if self.words >= MOST_WORDS || (self.words >= GOOD_WORDS && sentence_ends) {
            self.end_block();
        }
    }

    fn hear(&mut self, words: Words, at: Option<u64>) {
        if let Some(voice) = words.voice.filter(|voice| self.voice.as_ref() != Some(voice)) {
            self.end_block();
            self.label(&voice);
            self.voice = Some(voice);
        }
        let mut text = words.text.as_str();
        if let Some((mark, rest)) = change(text) {
            self.end_block();
            self.voice = None;
            if let Some((name, rest)) = name(rest) {
                self.label(name);
                text = rest;
            } else {
                mark.clone_into(&mut self.current.text);
                self.current.label = Some(0..mark.len());
                text = rest;
            }
        } else if name(text).is_some() {
            // Whether this is a label is decided where all labels are; it must stand at the beginning of a block.
            self.end_block();
            self.voice = None;
        }
        self.say(text, at);
    }

    fn label(&mut self, name: &str) {
        self.current.text = format!("{name}:");
        self.current.label = Some(0..name.len());
    }

    fn say(&mut self, text: &str, at: Option<u64>) {
        if text.is_empty() {
            return;
        }
        if !self.current.text.is_empty() {
            self.current.text.push(' ');
        }
        self.current.text.push_str(text);
        self.current.starts_at_ms = self.current.starts_at_ms.or(at);
        self.words += text.split(' ').count();
    }

    fn end_block(&mut self) {
        let block = std::mem::take(&mut self.current);
        self.words = 0;
        if !block.text.is_empty() {
            self.blocks.push(block);
        }
    }
}

/// The mark of a change of speaker at the beginning of a line, and what follows it.
fn change(text: &str) -> Option<(&str, &str)> {
    let length = text.chars().take_while(|c| matches!(c, '>' | '\u{BB}')).map(char::len_utf8).sum::<usize>();
    let arrows = text.starts_with(">>") || text.starts_with('\u{BB}');
    if arrows && let (Some(mark), Some(rest)) = (text.get(..length), text.get(length..)) {
        return Some((mark, rest.trim_start()));
    }
    let rest = ["-", "\u{2013}", "\u{2014}"].iter().find_map(|dash| text.strip_prefix(dash))?;
    let mark = text.strip_suffix(rest)?;
    // A dash for a change of speaker stands before a new sentence: "- Yes.", "-Yes." but not "- and so on".
    let begins = rest.trim_start().starts_with(|c: char| c.is_uppercase() || "\u{BF}\u{A1}\"[(".contains(c));
    begins.then(|| (mark, rest.trim_start()))
}

/// A name before a colon at the beginning of a line: few words, each beginning like a name or a title.
fn name(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.split_once(':')?;
    let words: Vec<&str> = name.split(' ').collect();
    let like_a_name = |word: &str| {
        let word = word.trim_matches(['(', ')', '[', ']', '"', ',']);
        word.starts_with(char::is_uppercase)
            || word.starts_with('#')
            || matches!(word, "of" | "de" | "la" | "van" | "von" | "al")
    };
    let plausible = (1..=6).contains(&words.len())
        && name.chars().count() <= 60
        && words.iter().all(|word| like_a_name(word))
        && (rest.is_empty() || rest.starts_with(' '));
    plausible.then(|| (name, rest.trim_start()))
}
