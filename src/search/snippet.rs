//! What to show of a text: the words that match, and the stretch around the best of them.

use super::language::Expr;
use super::plain::{Passage, Taking};

/// A stretch of a text with its highlights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The stretch, cut at words.
    pub text: String,
    /// Where it begins in the text, in characters.
    pub start: usize,
    /// What to highlight, from and to, in characters of the stretch.
    pub highlights: Vec<(usize, usize)>,
    /// Whether there is text before it.
    pub cut_before: bool,
    /// Whether there is text behind it.
    pub cut_after: bool,
}

/// Which characters of a text to highlight, from and to, in order and apart from each other.
pub fn highlights(text: &str, language: Option<&str>, expr: &Expr) -> Vec<(usize, usize)> {
    let passage = Passage::new(text, language);
    let taking = passage.taking_part(expr);
    merged(&passage, &taking)
}

/// The best stretch of at most `max_chars` characters.
pub fn snippet(text: &str, language: Option<&str>, expr: Option<&Expr>, max_chars: usize) -> Snippet {
    let chars: Vec<char> = text.chars().collect();
    let passage = Passage::new(text, language);
    let taking = expr.map(|expr| passage.taking_part(expr)).unwrap_or_default();
    let (start, end) = if chars.len() <= max_chars {
        (0, chars.len())
    } else {
        let cluster = best_cluster(&passage, &taking, max_chars);
        let start = begin(&chars, cluster, max_chars);
        (start, finish(&chars, start, cluster.1, max_chars))
    };
    let shown = merged(&passage, &taking).into_iter().filter(|(from, to)| *from < end && *to > start);
    Snippet {
        text: chars[start..end].iter().collect(),
        start,
        highlights: shown.map(|(from, to)| (from.max(start) - start, to.min(end) - start)).collect(),
        cut_before: chars[..start].iter().any(|c| !c.is_whitespace()),
        cut_after: chars[end..].iter().any(|c| !c.is_whitespace()),
    }
}

/// Characters of the words that take part; words of one phrase are one highlight.
fn merged(passage: &Passage, taking: &[Taking]) -> Vec<(usize, usize)> {
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for one in taking {
        let (from, to) = characters(passage, one);
        match merged.last_mut() {
            Some(last) if from < last.1 => last.1 = last.1.max(to),
            _ => merged.push((from, to)),
        }
    }
    merged
}

fn characters(passage: &Passage, taking: &Taking) -> (usize, usize) {
    (passage.tokens[taking.first].start, passage.tokens[taking.last - 1].end)
}

/// The stretch with the most different parts of the query, then the most matches, then the earliest.
fn best_cluster(passage: &Passage, taking: &[Taking], max_chars: usize) -> (usize, usize) {
    let mut best = ((0, 0), (0, 0));
    let mut last = 0;
    for first in 0..taking.len() {
        let from = characters(passage, &taking[first]).0;
        last = last.max(first);
        while last < taking.len() && characters(passage, &taking[last]).1 <= from + max_chars {
            last += 1;
        }
        let inside = &taking[first..last.max(first + 1)];
        let mut parts: Vec<usize> = inside.iter().take(200).map(|one| one.part).collect();
        parts.sort_unstable();
        parts.dedup();
        let worth = (parts.len(), inside.len());
        if worth > best.0 {
            let to = inside.iter().map(|one| characters(passage, one).1).max().unwrap_or(from);
            best = (worth, (from, to.min(from + max_chars)));
        }
    }
    best.1
}

/// Where to begin so that the cluster fits: at its sentence if that is near, else at a word some way before it.
fn begin(chars: &[char], (from, to): (usize, usize), max_chars: usize) -> usize {
    let spare = max_chars.saturating_sub(to - from);
    let earliest = from.saturating_sub(spare);
    if earliest == 0 && from <= spare * 2 / 3 {
        return 0;
    }
    let sentence = (earliest..=from).rev().find(|at| starts_sentence(chars, *at));
    if let Some(at) = sentence.filter(|at| from - at <= spare * 3 / 4) {
        return at;
    }
    let wanted = from.saturating_sub(spare / 3);
    (wanted..=from).find(|at| starts_word(chars, *at)).unwrap_or(from)
}

/// Where to end: at the end of the text or of a sentence if little is lost, else at a word.
fn finish(chars: &[char], start: usize, needed: usize, max_chars: usize) -> usize {
    let latest = (start + max_chars).min(chars.len());
    if latest == chars.len() {
        return latest;
    }
    let needed = needed.max(start).min(latest);
    let at_word = (needed..=latest).rev().find(|at| ends_word(chars, *at)).unwrap_or(latest);
    let at_sentence = (needed..=latest).rev().find(|at| ends_sentence(chars, *at));
    at_sentence.filter(|at| at_word - at <= max_chars / 4).unwrap_or(at_word)
}

fn starts_word(chars: &[char], at: usize) -> bool {
    !chars[at].is_whitespace() && (at == 0 || chars[at - 1].is_whitespace())
}

fn ends_word(chars: &[char], at: usize) -> bool {
    at > 0 && !chars[at - 1].is_whitespace() && chars.get(at).is_none_or(|c| c.is_whitespace())
}

fn starts_sentence(chars: &[char], at: usize) -> bool {
    if !starts_word(chars, at) {
        return false;
    }
    let mut before = chars[..at].iter().rev().skip_while(|c| c.is_whitespace());
    let paragraph = chars[..at].iter().rev().take_while(|c| c.is_whitespace()).any(|c| *c == '\n');
    at == 0 || paragraph || before.find(|c| !is_closing(**c)).is_some_and(|c| is_end(*c))
}

fn ends_sentence(chars: &[char], at: usize) -> bool {
    ends_word(chars, at) && chars[..at].iter().rev().find(|c| !is_closing(**c)).is_some_and(|c| is_end(*c))
}

fn is_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::language::read;
    use crate::search::plain::matches;
    use proptest::prelude::*;

    fn marked(text: &str, query: &str) -> Vec<String> {
        let expr = read(query).expr.expect("words");
        let chars: Vec<char> = text.chars().collect();
        let ranges = highlights(text, Some("en"), &expr);
        ranges.into_iter().map(|(from, to)| chars[from..to].iter().collect()).collect()
    }

    #[test]
    fn only_words_that_take_part_are_highlighted() {
        let text = "“The harbour tax — a tax on boats — is naïve”, she said of taxes; don’t tax the harbour.";
        assert_eq!(marked(text, "tax"), ["tax", "tax", "taxes", "tax"]);
        assert_eq!(marked(text, "\"harbour tax\""), ["harbour tax"]);
        assert_eq!(marked(text, "naive -harbour"), ["naïve"]);
        assert_eq!(marked(text, "\"boats she\"~3"), ["boats", "she"]);
        assert_eq!(marked(text, "dont boa* OR ferry"), ["boats", "don’t"]);
        assert_eq!(marked(text, "\"tax a tax on\""), ["tax — a tax on"]);
    }

    #[test]
    fn a_snippet_shows_the_best_stretch_and_says_where_it_was_cut() {
        let filler = "Nothing of note was said about anything at all. ".repeat(20);
        let text = format!("{filler}The harbour is open. The harbour tax stays, she said. {filler}");
        let expr = read("harbour tax").expr;
        let found = snippet(&text, Some("en"), expr.as_ref(), 160);
        assert!(found.text.starts_with(char::is_uppercase) && found.text.ends_with('.'), "{found:?}");
        assert!(found.text.contains("The harbour tax stays") && found.cut_before && found.cut_after);
        assert_eq!(found.highlights.len(), 3);
        let chars: Vec<char> = found.text.chars().collect();
        for (from, to) in found.highlights {
            let word: String = chars[from..to].iter().collect();
            assert!(word == "harbour" || word == "tax", "{word}");
        }
        let whole = snippet("Short.", Some("en"), None, 160);
        assert_eq!((whole.text.as_str(), whole.cut_before, whole.cut_after), ("Short.", false, false));
    }

    proptest! {
        #[test]
        fn any_text_can_be_shown(text in "(\\PC|tax |harbour |\n\n|\\. ){0,120}", query in "(tax|harbour|\"harbour tax\"| |-|OR |\\PC){0,6}", max in 0..90usize) {
            let expr = read(&query).expr;
            let found = snippet(&text, Some("en"), expr.as_ref(), max);
            let length = found.text.chars().count();
            prop_assert!(length <= max);
            prop_assert!(found.highlights.iter().all(|(from, to)| from < to && *to <= length));
            prop_assert!(found.highlights.windows(2).all(|pair| pair[0].1 <= pair[1].0));
            let cut: String = text.chars().skip(found.start).take(length).collect();
            prop_assert_eq!(&cut, &found.text);
            if let Some(expr) = expr.filter(|expr| !expr.to_string().contains('-') && matches(&text, Some("en"), expr)) {
                prop_assert!(!highlights(&text, Some("en"), &expr).is_empty());
            }
        }
    }
}
