//! Reads Markdown: front matter, paragraphs with hard-wrapped lines, and the few marks that transcripts use.

use super::front_matter;
use super::inline_marks::Inline;
use crate::transcript::blocks::{Block, Reading, Role, Span};
use crate::transcript::document::is_drawn_rule;

/// Reads the blocks of a Markdown text.
pub fn read(text: &str) -> Reading {
    let (metadata, body, diagnostics) = front_matter::split(text);
    let mut reader = Reader::default();
    for line in body.split('\n') {
        reader.line(line);
    }
    reader.flush();
    Reading { blocks: reader.blocks, metadata, diagnostics }
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    /// Source of the open paragraph, marks and all.
    open: String,
    role: Role,
    fenced: bool,
    /// Whether the last block ended with a forced line break and not with its paragraph.
    broken: bool,
}

impl Reader {
    fn line(&mut self, line: &str) {
        let trimmed = line.trim();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            self.flush();
            self.fenced = !self.fenced;
            return;
        }
        // A line of blanks of any kind parts paragraphs; a lone backslash is a forced empty line.
        if trimmed.is_empty() || trimmed == "\\" || trimmed == "&nbsp;" {
            self.flush();
            self.broken = false;
            return;
        }
        if is_drawn_rule(trimmed) && trimmed.chars().count() >= 3 {
            // Underlined headings: the line above is the heading.
            if !self.open.is_empty() && trimmed.chars().all(|c| c == '=' || c == '-') && !self.open.contains('\n') {
                self.role = Role::Heading(if trimmed.starts_with('=') { 1 } else { 2 });
            }
            let underlined = matches!(self.role, Role::Heading(_)) && !self.open.is_empty();
            self.flush();
            if !underlined {
                self.blocks.push(Block { text: trimmed.to_owned(), role: Role::Rule, ..Block::default() });
            }
            return;
        }
        if let Some((level, heading)) = heading(trimmed) {
            self.flush();
            heading.clone_into(&mut self.open);
            self.role = Role::Heading(level);
            self.flush();
            return;
        }
        if let Some(item) = item(trimmed) {
            self.flush();
            self.role = Role::Item;
            item.clone_into(&mut self.open);
        } else {
            if !self.open.is_empty() {
                self.open.push('\n');
            }
            self.open.push_str(trimmed.trim_start_matches("> "));
        }
        // Two blanks or a backslash at the end of a line are a real break.
        let ends = line.trim_end_matches('\r');
        if ends.ends_with("  ") || ends.ends_with('\\') && !ends.ends_with("\\\\") {
            if self.open.ends_with('\\') {
                self.open.pop();
            }
            let role = self.role;
            self.flush();
            self.role = role;
            self.broken = true;
        }
    }

    fn flush(&mut self) {
        let source = std::mem::take(&mut self.open);
        let role = std::mem::take(&mut self.role);
        let broken = std::mem::take(&mut self.broken);
        if source.trim().is_empty() {
            return;
        }
        let Inline { text, spans } = if self.fenced { Inline::plain(source) } else { Inline::read(&source) };
        for block in split_at_breaks(text, spans) {
            if broken && self.goes_on(&block) {
                self.append(&block);
                continue;
            }
            self.blocks.push(Block { role, wrapped: true, ..block });
        }
    }
}

impl Reader {
    /// A break that somebody forced in the middle of a sentence parts nothing.
    fn goes_on(&self, next: &Block) -> bool {
        next.text.starts_with(char::is_lowercase)
            && self.blocks.last().is_some_and(|last| {
                last.role == Role::Body && !last.text.trim_end().ends_with(['.', '?', '!', ':', '”', '"', ')'])
            })
    }

    fn append(&mut self, next: &Block) {
        let Some(last) = self.blocks.last_mut() else { return };
        last.text.push('\n');
        let at = last.text.len();
        last.text.push_str(&next.text);
        last.spans.extend(next.spans.iter().map(|span| Span { start: span.start + at, end: span.end + at, ..*span }));
    }
}

/// `<br>` left a form feed: each part is a block of its own.
fn split_at_breaks(text: String, spans: Vec<Span>) -> Vec<Block> {
    if !text.contains('\u{0C}') {
        return vec![Block { text, spans, ..Block::default() }];
    }
    let mut blocks = Vec::new();
    let mut at = 0;
    for part in text.split('\u{0C}') {
        let end = at + part.len();
        let inside = spans
            .iter()
            .filter(|span| span.start < end && span.end > at)
            .map(|span| Span { start: span.start.saturating_sub(at), end: span.end.min(end) - at, ..*span })
            .collect();
        blocks.push(Block { text: part.to_owned(), spans: inside, ..Block::default() });
        at = end + 1;
    }
    blocks
}

fn heading(line: &str) -> Option<(u8, &str)> {
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    let rest = line.get(level..)?;
    let text = rest.trim().trim_end_matches('#').trim_end();
    ((1..=6).contains(&level) && rest.starts_with(' ') && !text.is_empty())
        .then(|| (u8::try_from(level).unwrap_or(6), text))
}

/// An item of a list without its bullet. Stars stay: they may hang on an editor's note.
fn item(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("- ").or_else(|| line.strip_prefix("+ "))?;
    // "- " may open a sentence that goes on: a dash is a bullet only before words.
    let rest = rest.trim_start();
    rest.starts_with(char::is_alphanumeric).then_some(rest)
}
