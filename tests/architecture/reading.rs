//! Reads Rust sources just well enough to say which paths they name: comments and literals are blanked, groups expanded.

use std::path::{Path, PathBuf};

/// Every `.rs` file below a folder, in order.
pub fn rust_files(folder: &Path) -> Vec<PathBuf> {
    files(folder).into_iter().filter(|path| path.extension().is_some_and(|e| e == "rs")).collect()
}

/// Every file below a folder, in order; none if there is no such folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for entry in entries.map(|entry| entry.expect("a readable folder")) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The module that a file below `src` is: `store/schema.rs` is `store::schema`, `store/mod.rs` is `store`.
pub fn module_of(file_below_src: &Path) -> Vec<String> {
    let mut module: Vec<String> =
        file_below_src.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if module.last().is_some_and(|last| last == "mod") {
        module.pop();
    }
    module
}

/// A path as written in a source, with `self` and `super` resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its parts: `crate` or `onrecord` is `crate`, everything else as written.
    pub parts: Vec<String>,
    /// The line it stands on, from 1.
    pub line: usize,
}

/// Every path with more than one part, and every single name after `use` or `extern crate`.
pub fn paths(source: &str, module: &[String]) -> Vec<Named> {
    Reader { tokens: tokens(source), module: module.to_vec(), inner: Vec::new(), depth: 0, found: Vec::new() }.read()
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Colons,
    Sign(char),
}

struct Reader {
    tokens: Vec<(Token, usize)>,
    module: Vec<String>,
    /// Inline modules that are open, with the depth of braces they were opened at.
    inner: Vec<(String, usize)>,
    depth: usize,
    found: Vec<Named>,
}

impl Reader {
    fn read(mut self) -> Vec<Named> {
        let mut at = 0;
        while at < self.tokens.len() {
            match self.token(at) {
                Some(Token::Sign('{')) => {
                    self.depth += 1;
                    if let (Some(Token::Word(name)), Some("mod")) =
                        (self.before(at, 1).cloned(), self.before(at, 2).and_then(word))
                    {
                        self.inner.push((name, self.depth));
                    }
                    at += 1;
                }
                Some(Token::Sign('}')) => {
                    self.inner.retain(|(_, depth)| *depth < self.depth);
                    self.depth = self.depth.saturating_sub(1);
                    at += 1;
                }
                Some(Token::Word(_)) => {
                    let declared = matches!(self.before(at, 1).and_then(word), Some("use" | "crate"));
                    at = self.tree(at, &[], declared);
                }
                _ => at += 1,
            }
        }
        self.found
    }

    /// Reads a path, or a tree of a `use`, that begins at a word; returns where to go on.
    fn tree(&mut self, mut at: usize, prefix: &[String], declared: bool) -> usize {
        let line = self.tokens[at].1;
        let mut parts = prefix.to_vec();
        loop {
            match self.token(at).cloned() {
                Some(Token::Word(part)) => {
                    parts.push(part);
                    at += 1;
                }
                Some(Token::Sign('{')) => return self.group(at + 1, &parts),
                _ => break,
            }
            if self.token(at) != Some(&Token::Colons) {
                break;
            }
            at += 1;
        }
        if parts.len() > 1 || declared {
            let parts = self.resolved(parts);
            self.found.push(Named { parts, line });
        }
        at
    }

    fn group(&mut self, mut at: usize, prefix: &[String]) -> usize {
        loop {
            match self.token(at) {
                None => return at,
                Some(Token::Sign('}')) => return at + 1,
                Some(Token::Word(word)) if word == "as" => at += 2,
                Some(Token::Word(_)) => at = self.tree(at, prefix, true),
                _ => at += 1,
            }
        }
    }

    fn resolved(&self, parts: Vec<String>) -> Vec<String> {
        let mut here = self.module.clone();
        here.extend(self.inner.iter().map(|(name, _)| name.clone()));
        let mut rest = parts.as_slice();
        match rest.first().map(String::as_str) {
            Some("crate" | "onrecord") => here.clear(),
            Some("self" | "super") => {
                while let Some((first @ ("self" | "super"), after)) =
                    rest.split_first().map(|(first, after)| (first.as_str(), after))
                {
                    if first == "super" {
                        here.pop();
                    }
                    rest = after;
                }
                return [vec!["crate".to_owned()], here, rest.to_vec()].concat();
            }
            _ => return parts,
        }
        [vec!["crate".to_owned()], rest[1..].to_vec()].concat()
    }

    fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at).map(|(token, _)| token)
    }

    fn before(&self, at: usize, steps: usize) -> Option<&Token> {
        at.checked_sub(steps).and_then(|at| self.token(at))
    }
}

fn word(token: &Token) -> Option<&str> {
    match token {
        Token::Word(word) => Some(word),
        _ => None,
    }
}

fn tokens(source: &str) -> Vec<(Token, usize)> {
    let code = blanked(source);
    let mut found = Vec::new();
    let mut line = 1;
    let mut at = 0;
    while let Some(&c) = code.get(at) {
        let mut end = at + 1;
        if c == '\n' {
            line += 1;
        } else if c.is_alphanumeric() || c == '_' {
            while code.get(end).is_some_and(|c| c.is_alphanumeric() || *c == '_') {
                end += 1;
            }
            found.push((Token::Word(code[at..end].iter().collect()), line));
        } else if c == ':' && code.get(end) == Some(&':') {
            end += 1;
            found.push((Token::Colons, line));
        } else if !c.is_whitespace() {
            found.push((Token::Sign(c), line));
        }
        at = end;
    }
    found
}

/// The source with comments and the insides of literals blanked; line breaks stay, so that lines can be counted.
fn blanked(source: &str) -> Vec<char> {
    let mut chars: Vec<char> = source.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        let end = match (chars[at], chars.get(at + 1).copied()) {
            ('/', Some('/')) => end_of_line(&chars, at),
            ('/', Some('*')) => end_of_block(&chars, at),
            ('"', _) => end_of_string(&chars, at + 1),
            ('r', Some('"' | '#')) if at == 0 || !is_word(chars[at - 1]) || chars[at - 1] == 'b' => {
                end_of_raw(&chars, at)
            }
            ('\'', Some('\\')) => end_of_char(&chars, at + 2),
            ('\'', Some(_)) if chars.get(at + 2) == Some(&'\'') => at + 3,
            _ => {
                at += 1;
                continue;
            }
        };
        let end = end.min(chars.len());
        for c in &mut chars[at..end] {
            if *c != '\n' {
                *c = ' ';
            }
        }
        at = end;
    }
    chars
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn end_of_line(chars: &[char], from: usize) -> usize {
    (from..chars.len()).find(|&at| chars[at] == '\n').unwrap_or(chars.len())
}

fn end_of_block(chars: &[char], from: usize) -> usize {
    let mut open = 0_usize;
    let mut at = from;
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (open, at) = (open + 1, at + 2),
            ('*', Some('/')) => (open, at) = (open - 1, at + 2),
            _ => at += 1,
        }
        if open == 0 {
            break;
        }
    }
    at
}

fn end_of_string(chars: &[char], mut at: usize) -> usize {
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    at + 1
}

/// `r"..."`, `r#"..."#`; of a raw identifier (`r#type`) only the `r` is passed.
fn end_of_raw(chars: &[char], from: usize) -> usize {
    let hashes = chars[from + 1..].iter().take_while(|c| **c == '#').count();
    if chars.get(from + 1 + hashes) != Some(&'"') {
        return from + 1;
    }
    let closes = |at: usize| chars[at] == '"' && chars[at + 1..].iter().take_while(|c| **c == '#').count() >= hashes;
    (from + 2 + hashes..chars.len()).find(|&at| closes(at)).map_or(chars.len(), |at| at + 1 + hashes)
}

fn end_of_char(chars: &[char], from: usize) -> usize {
    (from + 1..chars.len()).find(|&at| chars[at] == '\'').map_or(chars.len(), |at| at + 1)
}
