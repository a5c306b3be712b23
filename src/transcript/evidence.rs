//! Decides which candidates are labels, by evidence inside the document: shape, repetition, position, company.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::blocks::Role;
use super::document::{Document, cut};
use super::label_words::is_outlet;
use super::labels::{self, Candidate, Form, Shape};

/// Where somebody begins to speak. All places are bytes of the source text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// The block it stands in.
    pub block: usize,
    /// The label, without colon and blanks.
    pub label: Range<usize>,
    /// Where the words begin.
    pub words: usize,
}

/// A candidate in its place.
struct Found {
    block: usize,
    at: usize,
    candidate: Candidate,
    /// Whether it opens its block, or at least stands after a real line break.
    opens: bool,
    /// Whether a quotation follows.
    quoting: bool,
    key: String,
}

/// How a document marks its speakers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// A label and a colon, in capitals.
    Capitals,
    /// A label and a colon, in mixed case.
    Mixed,
    /// A label and a full stop.
    FullStop,
}

/// Every place in the document where somebody begins to speak, in order.
pub fn starts(document: &Document) -> Vec<Start> {
    let mut starts = marked_by_format(document);
    if starts.len() >= 2 {
        return starts;
    }
    let ruled = after_rules(document);
    if !ruled.is_empty() {
        return ruled;
    }
    let found = candidates(document);
    starts.extend(chosen(document, &found));
    starts.sort_by_key(|start| start.label.start);
    starts.dedup_by_key(|start| start.label.start);
    // A label that was read over a line's end may hold another one: the longer one counts.
    let mut read = 0;
    starts.retain(|start| {
        let apart = start.label.start >= read;
        read = if apart { start.words } else { read };
        apart
    });
    starts
}

/// The normalised form under which labels are counted.
pub fn key(label: &str) -> String {
    let words: Vec<String> = label.split_whitespace().map(str::to_uppercase).collect();
    words.join(" ").replace('.', "")
}

fn marked_by_format(document: &Document) -> Vec<Start> {
    let marked = document.blocks.iter().enumerate().filter_map(|(block, placed)| {
        let label = placed.label.clone()?;
        let after = document.get(label.end..placed.range.end);
        let words = label.end + after.len() - after.trim_start_matches([':', ' ', '\t', '\u{A0}', '\n', '>']).len();
        Some(Start { block, label, words })
    });
    marked.collect()
}

/// `---`, then a name on a line of its own, then the words.
fn after_rules(document: &Document) -> Vec<Start> {
    let mut names = Vec::new();
    let mut rules = 0usize;
    let mut after = false;
    for (block, placed) in document.blocks.iter().enumerate() {
        if placed.role == Role::Rule {
            rules += usize::from(!after);
            after = true;
            continue;
        }
        if after {
            let text = document.get(placed.range.clone());
            let line = text.split('\n').next().unwrap_or_default();
            if labels::name_line(line) {
                let label = line.trim_end().trim_end_matches(':').trim_end().len();
                let words = placed.range.start + line.len();
                names.push(Start { block, label: placed.range.start..placed.range.start + label, words });
            }
        }
        after = false;
    }
    if names.len() < 3 || names.len() * 2 < rules {
        return Vec::new();
    }
    names.extend(inside_rules(document, &names));
    names.sort_by_key(|start| start.label.start);
    names
}

/// Between the rules (in a video that is shown) labels in capitals with a colon may stand.
fn inside_rules(document: &Document, names: &[Start]) -> Vec<Start> {
    let taken: HashSet<usize> = names.iter().map(|start| start.block).collect();
    let mut more = Vec::new();
    for found in candidates(document) {
        let c = &found.candidate;
        let speaks = c.form == Form::Colon && c.shape == Shape::Capitals && (c.length >= 2 || c.role || c.title);
        if speaks && found.opens && !taken.contains(&found.block) {
            more.push(found.start());
        }
    }
    more
}

impl Found {
    fn start(&self) -> Start {
        let label = self.at + self.candidate.label.start..self.at + self.candidate.label.end;
        Start { block: self.block, label, words: self.at + self.candidate.words }
    }

    /// A shape that needs no repetition.
    fn strong(&self) -> bool {
        let c = &self.candidate;
        match c.form {
            Form::Colon => c.shape == Shape::Letter || c.shape == Shape::Capitals && (c.title || c.role),
            Form::Blanks => c.shape == Shape::Letter && c.role,
            Form::FullStop | Form::Blank => false,
        }
    }
}

/// All candidates at the beginnings of lines.
fn candidates(document: &Document) -> Vec<Found> {
    let mut all = Vec::new();
    for (block, placed) in document.blocks.iter().enumerate() {
        if placed.role == Role::Rule {
            continue;
        }
        let text = document.get(placed.range.clone());
        let mut offset = 0;
        for line in text.split('\n') {
            let indent = line.len() - line.trim_start().len();
            let from = offset + indent;
            // A label may run on over the line's end where lines are wrapped.
            let rest = cut(text, from..text.len());
            let opens = offset == 0 || !placed.wrapped;
            let mut found = at_line(rest, line.len() - indent, opens);
            if found.is_empty() && !opens && ends_sentence(cut(text, 0..from)) {
                found.extend(labels::full_stop(rest).filter(|c| c.length >= 2 && c.shape == Shape::Capitals));
            }
            for candidate in found {
                let label = cut(rest, candidate.label.clone());
                // "Question (Radio Nord)" and "Question (La Gazette)" are the same label with another outlet.
                let bare = label.find('(').filter(|at| *at > 0 && candidate.aside && candidate.role);
                let key = key(bare.map_or(label, |at| cut(label, 0..at)));
                let quoting = cut(rest, candidate.words..rest.len()).starts_with(['“', '"', '‘', '«']);
                all.push(Found { block, at: placed.range.start + from, candidate, opens, quoting, key });
            }
            offset += line.len() + 1;
        }
    }
    all
}

/// Whether words before a line may be the end of somebody's turn, which filled its last line.
fn ends_sentence(before: &str) -> bool {
    before.trim_end().ends_with(['.', '?', '!', ']', ')', '”', '"', '—'])
}

fn at_line(rest: &str, line: usize, opens: bool) -> Vec<Candidate> {
    let mut all = Vec::new();
    if let Some(candidate) = labels::candidate(rest) {
        let runs_on = candidate.label.end > line;
        let fits = !runs_on || candidate.shape == Shape::Capitals && (candidate.title || candidate.role);
        if fits && (opens || candidate.shape != Shape::Mixed) {
            all.push(candidate);
        }
    }
    if all.is_empty() && opens {
        all.extend(labels::full_stop(rest));
    }
    all
}

fn chosen(document: &Document, found: &[Found]) -> Vec<Start> {
    let style = style(found);
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for found in found.iter().filter(|found| found.opens) {
        *counts.entry(found.key.as_str()).or_default() += 1;
    }
    let letters = Letters::count(found);
    let strong: HashSet<&str> = found.iter().filter(|found| found.strong()).map(|found| found.key.as_str()).collect();
    let words = strong.iter().flat_map(|key| key.split(' ')).collect();
    let bare = found.iter().any(|found| {
        let c = &found.candidate;
        let repeated = counts.get(found.key.as_str()).is_some_and(|count| *count >= 2);
        c.shape == Shape::Capitals && !c.title && !c.role && c.length >= 2 && repeated
    });
    let crowded = counts.len() > 1_000;
    let strong_count = found.iter().filter(|found| found.strong()).count();
    let company = Company { style, counts, letters, strong, strong_count, words, bare, crowded, text: &document.text };
    let first: Vec<&Found> = found.iter().filter(|found| company.accepts(found, 0)).collect();
    let accepted = first.len();
    let mut starts: Vec<Start> =
        found.iter().filter(|found| company.accepts(found, accepted)).map(Found::start).collect();
    if style == Style::Mixed && !carries(document, &starts) {
        starts.clear();
    }
    let known: HashSet<String> = starts.iter().map(|start| key(document.get(start.label.clone()))).collect();
    starts.extend(super::inline::starts(document, &known, company.letters.blanks >= 2));
    starts
}

/// In mixed case a colon is weak evidence: together the turns must carry a good part of the document.
fn carries(document: &Document, starts: &[Start]) -> bool {
    let Some(first) = starts.first() else { return false };
    let labels: HashSet<String> = starts.iter().map(|start| key(document.get(start.label.clone()))).collect();
    let carried = document.text.len().saturating_sub(first.label.start);
    starts.len() >= 3 && labels.len() >= 2 && carried * 3 >= document.text.len()
}

fn style(found: &[Found]) -> Style {
    let count = |test: &dyn Fn(&Found) -> bool| found.iter().filter(|found| found.opens && test(found)).count();
    let capitals = count(&|found| found.strong() && found.candidate.shape == Shape::Capitals);
    let stops = count(&|found| {
        let c = &found.candidate;
        c.form == Form::FullStop && c.shape == Shape::Capitals && (c.title || c.role)
    });
    let letters = count(&|found| found.candidate.shape == Shape::Letter && found.candidate.form != Form::Blank);
    let mixed = count(&|found| found.candidate.shape == Shape::Mixed && found.candidate.form != Form::FullStop);
    if stops >= 3 && stops > capitals {
        Style::FullStop
    } else if capitals >= 3 || capitals + letters >= 1 && capitals + letters >= mixed {
        Style::Capitals
    } else {
        Style::Mixed
    }
}

/// How often `Q` stands with which separator.
#[derive(Debug, Default)]
struct Letters {
    blanks: usize,
    blank: usize,
    colon: usize,
    stop: usize,
    answers: usize,
}

impl Letters {
    fn count(found: &[Found]) -> Self {
        let mut letters = Self::default();
        for found in found.iter().filter(|found| found.candidate.shape == Shape::Letter) {
            if !found.candidate.role {
                letters.answers += 1;
                continue;
            }
            match found.candidate.form {
                Form::Blanks => letters.blanks += 1,
                Form::Blank => letters.blank += usize::from(found.opens),
                Form::Colon => letters.colon += 1,
                Form::FullStop => letters.stop += 1,
            }
        }
        letters
    }
}

struct Company<'a> {
    style: Style,
    counts: HashMap<&'a str, usize>,
    letters: Letters,
    strong: HashSet<&'a str>,
    strong_count: usize,
    /// The words of strong labels.
    words: HashSet<&'a str>,
    /// Whether names without a title are labels here, as their repetition shows.
    bare: bool,
    /// Whether there are more different candidates than any transcript has speakers.
    crowded: bool,
    /// The source text.
    text: &'a str,
}

impl Company<'_> {
    /// Whether a candidate is a label, given how many others are.
    fn accepts(&self, found: &Found, others: usize) -> bool {
        let c = &found.candidate;
        let count = self.counts.get(found.key.as_str()).copied().unwrap_or_default();
        match (c.shape, c.form) {
            (Shape::Letter, form) => self.accepts_letter(found, form, others),
            (Shape::Capitals, Form::FullStop) => {
                self.style == Style::FullStop && (c.title || c.role || count >= 2 || c.length >= 2)
            }
            // "Q." and "The President." stand together in the public papers of presidents.
            (Shape::Mixed, Form::FullStop) => {
                let letters = &self.letters;
                found.opens && letters.stop >= 3 && letters.stop > letters.blanks + letters.blank + letters.colon
            }
            (Shape::Capitals, _) => {
                accepts_capitals(found, count, others, self.is_name(found)) || found.opens && self.accepts_outlet(found)
            }
            (Shape::Mixed, _) => found.opens && self.accepts_mixed(found, count, others),
        }
    }

    fn accepts_letter(&self, found: &Found, form: Form, others: usize) -> bool {
        let questions = self.letters.blanks + self.letters.blank + self.letters.colon + self.letters.stop;
        if !found.candidate.role {
            return self.letters.answers >= 2 && questions >= 2 && found.opens;
        }
        match form {
            Form::Blanks => true,
            Form::Colon => questions >= 2 || others >= 2,
            Form::FullStop => self.letters.stop >= 2 || others >= 3,
            Form::Blank => found.opens && (questions >= 3 || others >= 2),
        }
    }

    /// Whether capitals that stand only once name somebody, and not a subject ("STUDENT LOANS: we cut them"): they
    /// share a word with a label ("ADMIRAR GIROIR"), or their last word is written like a name elsewhere.
    fn is_name(&self, found: &Found) -> bool {
        if self.crowded {
            return false;
        }
        let words: Vec<&str> = found.key.split(' ').collect();
        let shared = |word: &&&str| word.chars().count() >= 4 && self.words.contains(**word);
        if words.iter().any(|word| shared(&word)) {
            return true;
        }
        let Some(last) = words.last().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())) else {
            return false;
        };
        let lower = last.to_lowercase();
        let name: String = last.chars().take(1).chain(lower.chars().skip(1)).collect();
        let said = |word: &str| {
            self.text.match_indices(word).any(|(at, _)| {
                let before = self.text.get(..at).and_then(|text| text.chars().next_back());
                let after = self.text.get(at + word.len()..).and_then(|text| text.chars().next());
                before.is_none_or(|c| !c.is_alphanumeric()) && after.is_none_or(|c| !c.is_alphanumeric())
            })
        };
        last.chars().count() >= 2 && !said(&lower) && (said(&name) || self.bare)
    }

    /// "Reuters: ..." in a transcript that names those who ask by their outlet.
    fn accepts_outlet(&self, found: &Found) -> bool {
        self.style == Style::Mixed && found.candidate.length == 1 && is_outlet(&found.key)
    }

    fn accepts_mixed(&self, found: &Found, count: usize, others: usize) -> bool {
        let c = &found.candidate;
        if self.strong.contains(found.key.as_str()) {
            return true;
        }
        if self.accepts_outlet(found) {
            return true;
        }
        if self.style == Style::Capitals && self.strong_count >= 5 {
            // Beside labels in capitals only a title with a name is one, or something that keeps coming back.
            return c.title && c.length >= 2 && count >= 2 || c.length >= 2 && count >= 4;
        }
        let wordy = c.title || c.role || c.length >= 2;
        count >= 2 && wordy || count >= 4 || others >= 3 && (c.title || c.role || (2..=5).contains(&c.length))
    }
}

fn accepts_capitals(found: &Found, count: usize, others: usize, related: bool) -> bool {
    let c = &found.candidate;
    if c.title || c.role {
        return c.length <= 16;
    }
    // A headline that somebody reads out ("DAILY POST: “...") is quoted.
    let lone = c.length >= 2 && c.length <= 9 && !found.quoting && related || c.aside;
    found.opens && (count >= 3 || count >= 2 && c.length >= 2 || others >= 2 && lone)
}
