//! Pieces of a query put together, with the limits that hostile input needs.

use super::lexer::Lexeme;
use super::{Expr, Field, Filter, MAX_DEPTH, MAX_PREFIXES, MAX_TERMS, MIN_PREFIX, days};
use crate::search::tokens::tokens_and_joined;

/// Puts the pieces together; whatever they are, something comes of it.
pub fn parse(lexemes: Vec<Lexeme>, repairs: &mut Vec<String>) -> (Option<Expr>, Vec<Filter>) {
    let mut parser =
        Parser { lexemes: lexemes.into_iter().peekable(), filters: Vec::new(), terms: 0, prefixes: 0, repairs };
    let mut parts = Vec::new();
    loop {
        parts.extend(parser.alternatives(0));
        if parser.lexemes.next().is_none() {
            break;
        }
        parser.say("A closing parenthesis without an opening one was passed over.");
    }
    let expr = Expr::all_of(parts);
    if expr.as_ref().is_some_and(Expr::only_excludes) && parser.filters.is_empty() {
        parser.say("Nothing was asked for but what to leave out: everything else is shown.");
    }
    (expr, parser.filters)
}

struct Parser<'a> {
    lexemes: std::iter::Peekable<std::vec::IntoIter<Lexeme>>,
    filters: Vec<Filter>,
    terms: usize,
    prefixes: usize,
    repairs: &'a mut Vec<String>,
}

impl Parser<'_> {
    fn say(&mut self, sentence: &str) {
        self.repairs.push(sentence.to_owned());
    }

    fn alternatives(&mut self, depth: usize) -> Option<Expr> {
        let mut choices = Vec::new();
        let mut stray = false;
        let mut filters = self.filters.len();
        loop {
            let choice = self.sequence(depth);
            let filtered = self.filters.len() > filters;
            filters = self.filters.len();
            let or = self.lexemes.next_if_eq(&Lexeme::Or).is_some();
            stray |= choice.is_none() && !filtered && (or || !choices.is_empty());
            choices.extend(choice);
            if !or {
                break;
            }
        }
        if stray {
            self.say("An OR with nothing on one side was passed over.");
        }
        Expr::any_of(choices)
    }

    fn sequence(&mut self, depth: usize) -> Option<Expr> {
        let mut parts = Vec::new();
        while let Some(next) = self.lexemes.peek() {
            if matches!(next, Lexeme::Or | Lexeme::Close) {
                break;
            }
            parts.extend(self.one(depth));
        }
        Expr::all_of(parts)
    }

    /// One word, phrase, filter, negation or group.
    fn one(&mut self, depth: usize) -> Option<Expr> {
        let mut negated = false;
        while self.lexemes.next_if_eq(&Lexeme::Not).is_some() {
            negated = !negated;
        }
        if matches!(self.lexemes.peek(), None | Some(Lexeme::Or | Lexeme::Close)) {
            self.say("There was nothing behind a NOT; it was passed over.");
            return None;
        }
        let expr = match self.lexemes.next()? {
            Lexeme::Open => self.group(depth),
            Lexeme::Word(text) => self.word(&text),
            Lexeme::Quoted(text, slop) => self.quoted(&text, slop),
            Lexeme::Field(field, value) => {
                self.filter(field, &value, negated);
                return None;
            }
            Lexeme::Close | Lexeme::Or | Lexeme::Not => None,
        };
        if negated { expr.map(Expr::negated) } else { expr }
    }

    fn group(&mut self, depth: usize) -> Option<Expr> {
        if depth >= MAX_DEPTH {
            self.say("The parentheses are nested too deeply; the innermost were passed over.");
            return None;
        }
        let expr = self.alternatives(depth + 1);
        if self.lexemes.next_if_eq(&Lexeme::Close).is_none() {
            self.say("A parenthesis was not closed; it was closed at the end.");
        }
        expr
    }

    fn counts(&mut self) -> bool {
        self.terms += 1;
        if self.terms > MAX_TERMS {
            self.repairs.push(format!("Only the first {MAX_TERMS} words were looked for."));
        }
        self.terms <= MAX_TERMS
    }

    fn word(&mut self, text: &str) -> Option<Expr> {
        let (mut tokens, joined) = tokens_and_joined(text);
        // From its first letter, even where nothing is left of that one: what stands behind it may look like a field.
        let first = text.chars().position(char::is_alphanumeric)?;
        let written = written(text, first, tokens.last()?.end);
        if !self.counts() {
            return None;
        }
        if tokens.len() == 1 {
            let word = tokens.pop()?.text;
            return Some(if text.ends_with('*') { self.prefix(word, written) } else { Expr::Word { word, written } });
        }
        let parts: Vec<String> = tokens.into_iter().map(|token| token.text).collect();
        // The letters of "U.S." make a word that is another one; only what is typed together stays together.
        let whole = joined.into_iter().find(|joined| joined.first == 0 && joined.last == parts.len());
        let abbreviation = parts.iter().all(|part| part.chars().count() == 1) && written.contains('.');
        let joined = match whole {
            Some(whole) if !abbreviation => whole.text,
            _ => String::new(),
        };
        Some(Expr::Compound { parts, joined, written })
    }

    fn prefix(&mut self, start: String, written: String) -> Expr {
        self.prefixes += 1;
        if start.chars().count() < MIN_PREFIX {
            self.repairs.push(format!("“{written}*” is too short to look for what begins so; it was read as a word."));
            return Expr::Word { word: start, written };
        }
        if self.prefixes > MAX_PREFIXES {
            self.repairs.push(format!("Only {MAX_PREFIXES} beginnings of words (with *) can be looked for at once."));
            return Expr::Word { word: start, written };
        }
        Expr::Prefix { start, written }
    }

    fn quoted(&mut self, text: &str, slop: Option<u32>) -> Option<Expr> {
        let (tokens, _) = tokens_and_joined(text);
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
            self.say("A phrase without any word was passed over.");
            return None;
        };
        let written = written(text, first.start, last.end);
        if !self.counts() {
            return None;
        }
        let words: Vec<String> = tokens.into_iter().map(|token| token.text).collect();
        match slop {
            Some(slop) if words.len() > 1 => Some(Expr::Near { words, slop, written }),
            _ => Some(Expr::Phrase { words, written }),
        }
    }

    fn filter(&mut self, field: Field, value: &str, negated: bool) {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let value: String = value.chars().filter(|c| !matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»')).collect();
        let value = value.trim().to_owned();
        let name = field.as_str();
        if !value.chars().any(char::is_alphanumeric) {
            self.repairs.push(format!("“{name}:” needs something behind the colon; it was passed over."));
        } else if field.is_date() && days(&value).is_none() {
            self.repairs.push(format!(
                "“{name}:{value}” is not a date such as 2023, 2023-05 or 2023-05-17; it was passed over."
            ));
        } else if negated {
            self.repairs.push(format!("“{name}:{value}” cannot be left out, only chosen; it was passed over."));
        } else if self.filters.len() >= MAX_TERMS {
            self.repairs.push(format!("Only the first {MAX_TERMS} restrictions were applied."));
        } else {
            let filter = Filter { field, value };
            if !self.filters.contains(&filter) {
                self.filters.push(filter);
            }
        }
    }
}

/// What was typed from the first to the last word, in a form that reads the same again.
fn written(text: &str, start: usize, end: usize) -> String {
    let inside: String = text
        .chars()
        .skip(start)
        .take(end - start)
        .map(|c| if matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '〝' | '〞') { ' ' } else { c })
        .collect();
    let inside = inside.split_whitespace().collect::<Vec<_>>().join(" ");
    match inside.as_str() {
        "OR" | "AND" | "NOT" => inside.to_lowercase(),
        _ => inside,
    }
}
