//! Refuses HTML whose nesting would keep the parser busy for minutes: it is quadratic in depth.

use crate::transcript::document::cut;

/// No page of a press office is nested a tenth as deep.
const DEEPEST: usize = 1500;
/// Unclosed formatting elements are re-opened in every paragraph after them.
const REOPENED: usize = 400;

const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "path", "circle", "rect", "use",
];
/// Elements whose end tag may be left out: the next one of the kind closes them.
const SELF_CLOSING: &[&str] = &["p", "li", "td", "th", "tr", "dt", "dd", "option"];
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
const RAW: &[&str] = &["script", "style", "textarea", "title", "noscript"];

/// Follows the tags of a text without building anything.
pub fn check(text: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut left_open = 0usize;
    let mut at = 0;
    while let Some(found) = cut(text, at..text.len()).find('<') {
        let start = at + found + 1;
        let rest = cut(text, start..text.len());
        if rest.starts_with("!--") {
            at = rest.find("-->").map_or(text.len(), |end| start + end + 3);
            continue;
        }
        let closing = rest.starts_with('/');
        let from = start + usize::from(closing);
        let name = name(cut(text, from..text.len()));
        at = from + name.len();
        if name.is_empty() {
            continue;
        }
        let is = |list: &[&str]| list.iter().any(|other| other.eq_ignore_ascii_case(name));
        if closing {
            if let Some(depth) = open.iter().rposition(|other| other.eq_ignore_ascii_case(name)) {
                left_open += formatting(open.get(depth + 1..).unwrap_or_default());
                open.truncate(depth);
            }
            continue;
        }
        let end = cut(text, at..text.len()).find('>').map_or(text.len(), |end| at + end);
        let empty = cut(text, at..end).ends_with('/') && !is(&["div", "p", "span", "b", "i"]);
        at = end;
        if is(RAW) {
            at = end_of_raw(text, end, name);
        } else if !is(VOID) && !empty {
            if is(SELF_CLOSING) {
                let stay = closed_by(&open, name);
                left_open += formatting(open.get(stay..).unwrap_or_default());
                open.truncate(stay);
            }
            open.push(name);
        }
        if open.len() > DEEPEST {
            return Err(format!("more than {DEEPEST} elements inside each other"));
        }
        if left_open > REOPENED * 20 {
            return Err("thousands of formatting elements are never closed".to_owned());
        }
    }
    Ok(())
}

/// How many formatting elements are among these.
fn formatting(elements: &[&str]) -> usize {
    elements.iter().filter(|inner| FORMATTING.iter().any(|other| other.eq_ignore_ascii_case(inner))).count()
}

/// How many elements stay open when `name` begins: an item closes the item before it and the paragraph in that.
fn closed_by(open: &[&str], name: &str) -> usize {
    let inside = |inner: &&&str| {
        let mut names = SELF_CLOSING.iter().chain(FORMATTING).chain(&["span"]);
        names.any(|other| other.eq_ignore_ascii_case(inner))
    };
    let run = open.iter().rev().take(12).take_while(inside).count();
    let from = open.len() - run;
    let same = open.iter().skip(from).rposition(|other| other.eq_ignore_ascii_case(name));
    same.map_or(open.len(), |at| from + at)
}

fn name(text: &str) -> &str {
    let end = text.bytes().take(30).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
    let name = cut(text, 0..end);
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) { name } else { "" }
}

fn end_of_raw(text: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = cut(text, at..text.len()).find("</") {
        let start = at + found + 2;
        if text.get(start..start + name.len()).is_some_and(|other| other.eq_ignore_ascii_case(name)) {
            return start;
        }
        at = start;
    }
    text.len()
}
