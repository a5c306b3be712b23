//! From lines to paragraphs: by indents, gaps, and lines that end before they are full.

use std::collections::{HashMap, HashSet};

use super::lines::Line;
use crate::transcript::blocks::{Block, Role, Span};

/// The blocks of a document.
pub(super) fn blocks(pages: Vec<Vec<Line>>) -> Vec<Block> {
    let measure = Measure::of(&pages);
    let words = Hyphens::of(&pages);
    let mut writer = Writer { measure, words, open: Vec::new(), notes: Vec::new(), blocks: Vec::new() };
    for mut page in pages {
        let notes = writer.measure.notes_of(&page);
        let notes = page.split_off(page.len() - notes);
        for line in page {
            writer.take(line);
        }
        // The last paragraph may go on over the page: the notes wait for its end.
        writer.notes.extend(notes);
    }
    writer.close();
    writer.blocks
}

/// How the document is set.
#[derive(Debug, Default)]
struct Measure {
    left: f32,
    right: f32,
    size: f32,
    /// From one line of a paragraph to the next.
    pitch: f32,
    /// Whether the first line of a paragraph stands out to the left instead of being indented.
    hanging: bool,
    /// Whether paragraphs begin with an indent: then a line without one hardly begins any.
    indents: bool,
}

impl Measure {
    fn of(pages: &[Vec<Line>]) -> Self {
        let lines: Vec<&Line> = pages.iter().flatten().collect();
        let size = most_common(lines.iter().map(|line| (line.size, line.text.len())), 0.5);
        let body: Vec<&Line> = lines.iter().copied().filter(|line| (line.size - size).abs() < size * 0.1).collect();
        let left = smallest_frequent(body.iter().map(|line| line.x0), 2.0);
        let mut ends: Vec<f32> = body.iter().map(|line| line.x1).collect();
        ends.sort_by(f32::total_cmp);
        let right = ends.get(ends.len() * 97 / 100).copied().unwrap_or(left);
        let steps = pages.iter().flat_map(|page| page.windows(2)).filter_map(|pair| match pair {
            [one, next] => Some(one.y - next.y).filter(|step| (size * 0.8..size * 4.0).contains(step)),
            _ => None,
        });
        let pitch = smallest_frequent(steps, 0.5);
        let mut measure = Self { left, right, size, pitch, hanging: false, indents: false };
        measure.hanging = measure.hangs(pages);
        measure.indents = !measure.hanging && measure.begins_with_indents(pages);
        measure
    }

    /// Where indented lines follow lines at the margin that are full, the label hangs and the text is indented; where
    /// they follow lines that are not, the indent begins a paragraph.
    fn hangs(&self, pages: &[Vec<Line>]) -> bool {
        let pairs = pages.iter().flat_map(|page| page.windows(2)).filter_map(|pair| match pair {
            [one, next] if self.at_margin(one) && self.is_indented(next) && !self.is_centred(next) => Some((one, next)),
            _ => None,
        });
        let (mut all, mut full) = (0, 0);
        for (one, next) in pairs {
            all += 1;
            full += usize::from(self.is_full(one, next));
        }
        all >= 3 && full * 2 > all
    }

    /// Whether most lines that are not full are followed by an indent.
    fn begins_with_indents(&self, pages: &[Vec<Line>]) -> bool {
        let (mut all, mut indented) = (0, 0);
        for pair in pages.iter().flat_map(|page| page.windows(2)) {
            if let [one, next] = pair
                && !self.is_full(one, next)
            {
                all += 1;
                indented += usize::from(self.is_indented(next));
            }
        }
        all >= 3 && indented * 2 > all
    }

    fn at_margin(&self, line: &Line) -> bool {
        line.x0 < self.left + self.size * 0.8
    }

    fn is_indented(&self, line: &Line) -> bool {
        !self.at_margin(line)
    }

    /// Whether the first word of the next line would not have fitted.
    fn is_full(&self, line: &Line, next: &Line) -> bool {
        self.room(line, next) < self.size * 0.5
    }

    /// The room that a line would have left after the first word of the next.
    fn room(&self, line: &Line, next: &Line) -> f32 {
        let word = next.words.first().map_or(0.0, |(_, start, end)| end - start);
        self.right - (line.x1 + self.size * 0.25 + word)
    }

    /// Whether a line ended before its time.
    fn is_short(&self, line: &Line, next: &Line) -> bool {
        let unlikely = self.indents && self.at_margin(next);
        let enough = if unlikely { (self.right - self.left) * 0.15 } else { self.size * 0.5 };
        self.room(line, next) >= enough
    }

    fn is_centred(&self, line: &Line) -> bool {
        let width = self.right - self.left;
        let middle = |from: f32, to: f32| f32::midpoint(from, to);
        (middle(line.x0, line.x1) - middle(self.left, self.right)).abs() < width * 0.03
            && line.x0 > self.left + width * 0.12
            && line.x1 < self.right - width * 0.12
    }

    /// How many lines at the foot of a page are footnotes: smaller than the text, the first with a number or sign.
    fn notes_of(&self, page: &[Line]) -> usize {
        let small = page.iter().rev().take_while(|line| line.size < self.size * 0.9).count();
        let first = page.get(page.len() - small).map_or("", |line| line.text.as_str());
        let numbered =
            first.starts_with(|c: char| c.is_ascii_digit() || "*\u{2020}\u{2021}\u{A7}\u{B9}\u{B2}\u{B3}".contains(c));
        if small < page.len() && numbered { small } else { 0 }
    }

    /// Whether a line begins a paragraph.
    fn begins(&self, before: &Line, line: &Line) -> bool {
        let step = before.y - line.y;
        // Upwards on the same page is the next column, which is like the next page.
        let apart = before.page == line.page && step > self.pitch + self.size * 0.4;
        let resized = (line.size - before.size).abs() > self.size * 0.12;
        if apart || resized || self.is_centred(line) || self.is_centred(before) || self.is_short(before, line) {
            return true;
        }
        if self.hanging {
            self.at_margin(line)
        } else {
            line.x0 > before.x0 + self.size * 0.8 && self.is_indented(line)
        }
    }

    fn role(&self, lines: &[Line]) -> Role {
        let size = lines.iter().map(|line| line.size).fold(0.0, f32::max);
        if size < self.size * 1.15 || lines.len() > 4 {
            Role::Body
        } else {
            Role::Heading(if size > self.size * 1.5 { 1 } else { 2 })
        }
    }
}

/// The value that carries most weight, to a given precision.
fn most_common(values: impl Iterator<Item = (f32, usize)>, precision: f32) -> f32 {
    let mut weights: HashMap<i64, usize> = HashMap::new();
    for (value, weight) in values {
        *weights.entry((value / precision).round() as i64).or_default() += weight;
    }
    let best = weights.into_iter().max_by_key(|&(value, weight)| (weight, -value));
    best.map_or(0.0, |(value, _)| value as f32 * precision)
}

/// The smallest value that a good part of all have, to a given precision.
fn smallest_frequent(values: impl Iterator<Item = f32>, precision: f32) -> f32 {
    let mut counts: HashMap<i64, usize> = HashMap::new();
    let mut all = 0;
    for value in values {
        *counts.entry((value / precision).round() as i64).or_default() += 1;
        all += 1;
    }
    let around = |value: i64| (value - 1..=value + 1).filter_map(|near| counts.get(&near)).sum::<usize>();
    let frequent = counts.keys().copied().filter(|value| around(*value) * 8 >= all);
    frequent.min_by_key(|value| *value).map_or(0.0, |value| value as f32 * precision)
}

/// Puts lines together.
struct Writer {
    measure: Measure,
    words: Hyphens,
    open: Vec<Line>,
    notes: Vec<Line>,
    blocks: Vec<Block>,
}

impl Writer {
    fn take(&mut self, line: Line) {
        if self.open.last().is_some_and(|before| self.measure.begins(before, &line)) {
            self.close();
        }
        self.open.push(line);
    }

    /// Ends the paragraph; footnotes of the pages it stands on follow it.
    fn close(&mut self) {
        let lines = std::mem::take(&mut self.open);
        if !lines.is_empty() {
            let centred = lines.iter().all(|line| self.measure.is_centred(line));
            let role = self.measure.role(&lines);
            let block = self.join(&lines);
            self.blocks.push(Block { role, centred, ..block });
        }
        let mut notes = std::mem::take(&mut self.notes).into_iter().peekable();
        while let Some(first) = notes.next() {
            let mut lines = vec![first];
            let begins =
                |line: &Line| line.text.starts_with(|c: char| c.is_ascii_digit() || "*\u{2020}\u{2021}".contains(c));
            lines.extend(std::iter::from_fn(|| notes.next_if(|line| !begins(line))));
            let block = self.join(&lines);
            self.blocks.push(Block { role: Role::Note, ..block });
        }
    }

    fn join(&self, lines: &[Line]) -> Block {
        let mut block = Block { wrapped: true, ..Block::default() };
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                match self.words.between(&block.text, &line.text) {
                    Seam::Break => block.text.push('\n'),
                    Seam::Joined => {}
                    Seam::WithoutHyphen => {
                        block.text.pop();
                        let end = block.text.len();
                        block.spans.retain_mut(|span| {
                            span.end = span.end.min(end);
                            span.end > span.start
                        });
                    }
                }
            }
            let at = block.text.len();
            block.spans.extend(line.spans.iter().map(|span| Span {
                start: at + span.start,
                end: at + span.end,
                ..*span
            }));
            block.text.push_str(&line.text);
        }
        block
    }
}

/// What the end of a line and the beginning of the next are to each other.
enum Seam {
    /// Two words.
    Break,
    /// One word, with the hyphen or dash it has.
    Joined,
    /// One word, divided only for the line.
    WithoutHyphen,
}

/// The words of the document, which tell how a divided one is spelt.
#[derive(Debug, Default)]
struct Hyphens {
    words: HashSet<String>,
    /// Whether the document divides words at all.
    divides: bool,
}

impl Hyphens {
    fn of(pages: &[Vec<Line>]) -> Self {
        let mut words = HashSet::new();
        let (mut all, mut hyphens) = (0, 0);
        for line in pages.iter().flatten() {
            all += 1;
            hyphens += usize::from(divided(&line.text).is_some());
            let mut parts: Vec<&str> = line.text.split_whitespace().collect();
            if divided(&line.text).is_some() {
                parts.pop();
            }
            words.extend(parts.into_iter().map(bare));
        }
        // Compounds end about one line in a hundred; division ends one in ten.
        Self { words, divides: hyphens * 25 > all && hyphens > 2 }
    }

    fn between(&self, before: &str, after: &str) -> Seam {
        if before.ends_with('\u{AD}') {
            return Seam::WithoutHyphen;
        }
        let dash = before.ends_with(['\u{2014}', '\u{2013}']) || before.ends_with("--");
        if dash && before.trim_end_matches(['\u{2014}', '\u{2013}', '-']).ends_with(char::is_alphanumeric) {
            return Seam::Joined;
        }
        let Some(first) = divided(before) else { return Seam::Break };
        let second = after.split_whitespace().next().unwrap_or_default();
        if !second.starts_with(char::is_alphanumeric) {
            return Seam::Break;
        }
        let whole = bare(&format!("{first}{second}"));
        let compound = bare(&format!("{first}-{second}"));
        let together = self.words.contains(&whole) || (self.divides && !self.words.contains(&compound));
        // A capital or a digit after the hyphen is never a division.
        if together && second.starts_with(char::is_lowercase) { Seam::WithoutHyphen } else { Seam::Joined }
    }
}

/// The part of a word before a hyphen at the end of a line.
fn divided(line: &str) -> Option<&str> {
    let word = line.split_whitespace().next_back()?.strip_suffix('-')?;
    word.ends_with(char::is_alphanumeric).then_some(word)
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}
