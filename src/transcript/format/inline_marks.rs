//! Reads what stands inside a Markdown paragraph: emphasis, strikes, links, entities, escapes, a little HTML.

use super::entities;
use crate::transcript::blocks::{Span, Style};
use crate::transcript::document::cut;

/// The words of a paragraph and the stretches set apart in them.
#[derive(Debug, Default)]
pub struct Inline {
    /// The words; `<br>` became a form feed.
    pub text: String,
    /// Stretches in bytes of `text`.
    pub spans: Vec<Span>,
}

impl Inline {
    /// Words without marks.
    pub fn plain(text: String) -> Self {
        Self { text, spans: Vec::new() }
    }

    /// Reads a paragraph.
    pub fn read(source: &str) -> Self {
        if !source.contains(['\\', '*', '_', '~', '<', '&', '[', '!']) {
            return Self::plain(source.to_owned());
        }
        let mut reader = Reader { source, at: 0, inline: Self::default(), open: Vec::new() };
        while reader.at < source.len() {
            reader.step();
        }
        reader.inline.spans.sort_by_key(|span| span.start);
        reader.inline
    }
}

/// More marks inside each other are no marks.
const DEEPEST: usize = 50;

/// The beginning of a text: what belongs together stands close together, and looking further takes time.
fn window(text: &str, length: usize) -> &str {
    let mut end = length.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    cut(text, 0..end)
}

struct Reader<'a> {
    source: &'a str,
    at: usize,
    inline: Inline,
    /// Marks that are open: their source, style and where their words began.
    open: Vec<(&'static str, Style, usize)>,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        cut(self.source, self.at..self.source.len())
    }

    fn step(&mut self) {
        let rest = self.rest();
        let Some(c) = rest.chars().next() else { return };
        let done = match c {
            '\\' => self.escape(),
            '*' | '_' | '~' => self.delimiter(),
            '<' => self.tag(),
            '&' => self.entity(),
            '[' => self.link(),
            '!' if rest.starts_with("![") => self.image(),
            _ => false,
        };
        if !done {
            self.inline.text.push(c);
            self.at += c.len_utf8();
        }
    }

    fn escape(&mut self) -> bool {
        match self.rest().chars().nth(1) {
            Some(c) if c.is_ascii_punctuation() => {
                self.inline.text.push(c);
                self.at += 2;
                true
            }
            _ => false,
        }
    }

    fn delimiter(&mut self) -> bool {
        let rest = self.rest();
        let (mark, style) = [
            ("**", Style::Bold),
            ("__", Style::Bold),
            ("~~", Style::Strike),
            ("*", Style::Italic),
            ("_", Style::Italic),
        ]
        .into_iter()
        .find(|(mark, _)| rest.starts_with(mark))
        .unwrap_or(("", Style::Italic));
        if mark.is_empty() {
            return false;
        }
        let before = cut(self.source, 0..self.at).chars().next_back();
        let after = cut(rest, mark.len()..rest.len()).chars().next();
        if let Some(open) = self.open.iter().rposition(|(open, ..)| *open == mark) {
            if before.is_some_and(|c| !c.is_whitespace())
                && !(mark.starts_with('_') && after.is_some_and(char::is_alphanumeric))
            {
                let (_, style, start) = self.open.remove(open);
                self.open.truncate(open);
                self.close(style, start, mark.len());
                return true;
            }
            return false;
        }
        let opens = after.is_some_and(|c| !c.is_whitespace() && !mark.contains(c))
            && before.is_none_or(|c| !(c.is_alphanumeric() && mark.starts_with('_')))
            && self.closes_later(mark);
        let opens = opens && self.open.len() < DEEPEST;
        if opens {
            self.open.push((mark, style, self.inline.text.len()));
            self.at += mark.len();
        }
        opens
    }

    /// Whether the same mark comes again after a word: a lone star is an editor's note.
    fn closes_later(&self, mark: &str) -> bool {
        let rest = self.rest();
        let inside = window(cut(rest, mark.len()..rest.len()), 2_000);
        inside.match_indices(mark).any(|(at, _)| {
            let before = cut(inside, 0..at).chars().next_back();
            let after = cut(inside, at + mark.len()..inside.len()).chars().next();
            let escaped = before == Some('\\');
            let doubled = mark.len() == 1
                && (after.is_some_and(|c| mark.contains(c)) || before.is_some_and(|c| mark.contains(c)));
            at > 0 && before.is_some_and(|c| !c.is_whitespace()) && !escaped && !doubled
        })
    }

    fn close(&mut self, style: Style, start: usize, length: usize) {
        self.inline.spans.push(Span { style, start, end: self.inline.text.len() });
        self.at += length;
    }

    fn tag(&mut self) -> bool {
        let rest = self.rest();
        if rest.starts_with("<!--") {
            let Some(end) = window(rest, 20_000).find("-->") else { return false };
            self.at += end + 3;
            return true;
        }
        let Some(end) = window(rest, 500).find('>') else { return false };
        let inside = cut(rest, 1..end).to_owned();
        if inside.starts_with("http://")
            || inside.starts_with("https://")
            || inside.contains('@') && !inside.contains(' ')
        {
            self.inline.text.push_str(&inside);
            self.at += end + 1;
            return true;
        }
        let closing = inside.starts_with('/');
        let name: String = inside.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        if name.is_empty() || inside.len() > 400 {
            return false;
        }
        let name = name.to_ascii_lowercase();
        let style = match name.as_str() {
            "s" | "strike" | "del" => Some(("s", Style::Strike)),
            "ins" => Some(("ins", Style::Insertion)),
            "b" | "strong" => Some(("b", Style::Bold)),
            "em" | "i" => Some(("i", Style::Italic)),
            "u" => Some(("u", Style::Underline)),
            "br" => {
                self.inline.text.push('\u{0C}');
                None
            }
            _ => None,
        };
        if let Some((mark, style)) = style {
            if closing {
                if let Some(open) = self.open.iter().rposition(|(open, ..)| *open == mark) {
                    let (_, style, start) = self.open.remove(open);
                    self.inline.spans.push(Span { style, start, end: self.inline.text.len() });
                }
            } else if self.open.len() < DEEPEST {
                self.open.push((mark, style, self.inline.text.len()));
            }
        }
        self.at += end + 1;
        true
    }

    fn entity(&mut self) -> bool {
        let Some((decoded, length)) = entities::decode(self.rest()) else { return false };
        self.inline.text.push_str(&decoded);
        self.at += length;
        true
    }

    /// `[words](address)` keeps the words; anything else in brackets is what it is.
    fn link(&mut self) -> bool {
        let rest = self.rest();
        let Some(close) = window(rest, 2_000).find("](") else { return false };
        let words = cut(rest, 1..close);
        if words.contains(['[', ']', '\n']) && words.contains('[') {
            return false;
        }
        let Some(end) = window(cut(rest, close..rest.len()), 2_000).find(')') else { return false };
        let address = cut(rest, close + 2..close + end);
        if !(address.starts_with("http")
            || address.starts_with(['/', '#', '.'])
            || address.starts_with("mailto:")
            || address.starts_with('<'))
        {
            return false;
        }
        let inner = Inline::read(words);
        let at = self.inline.text.len();
        self.inline.text.push_str(&inner.text);
        self.inline.spans.extend(inner.spans.iter().map(|span| Span {
            start: span.start + at,
            end: span.end + at,
            ..*span
        }));
        self.at += close + end + 1;
        true
    }

    fn image(&mut self) -> bool {
        let rest = self.rest();
        let Some(close) = window(rest, 2_000).find("](") else { return false };
        let Some(end) = window(cut(rest, close..rest.len()), 2_000).find(')') else { return false };
        self.at += close + end + 1;
        true
    }
}
