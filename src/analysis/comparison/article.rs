//! The quotations of an article, found by their marks.

/// A stretch in quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InMarks {
    /// What stands between the marks; parts joined by an ellipsis where an attribution stands in between.
    pub text: String,
    /// Where it stands with its marks, in Unicode scalar values.
    pub start: usize,
    /// One past the last mark.
    pub end: usize,
}

/// Fewest words of a quotation that is worth looking for by itself: shorter ones are names, titles, single words.
const SHORTEST: usize = 4;
/// Most words of an attribution inside a quotation: “We will go,” the minister said on Tuesday, “and soon.”
const ATTRIBUTION: usize = 14;
/// Fewest words outside of marks that make a text an article and not a quotation with marks in it.
const FRAME: usize = 25;

/// The quotations, if this is a text with quotations in it and not itself one quotation.
pub fn quotations(text: &str) -> Option<Vec<InMarks>> {
    let chars: Vec<char> = text.chars().collect();
    let found = joined(&chars, &in_marks(&chars));
    let inside: usize = found.iter().map(|one| count(one.text.chars())).sum();
    let all = count(chars.iter().copied());
    let long: Vec<InMarks> = found.into_iter().filter(|one| count(one.text.chars()) >= SHORTEST).collect();
    let begins_with_mark = long.first().is_some_and(|first| first.start == leading_blanks(&chars));
    let attributed = begins_with_mark && all > inside && all - inside <= ATTRIBUTION;
    let is_article = !long.is_empty() && (all.saturating_sub(inside) >= FRAME || attributed);
    is_article.then_some(long)
}

/// One quotation without the marks around it and without a dash or an attribution that was copied along.
pub fn unwrapped(text: &str) -> &str {
    let text = text.trim();
    let pairs = [('“', '”'), ('"', '"'), ('«', '»'), ('‘', '’'), ('\'', '\''), ('„', '“'), ('”', '”')];
    for (open, close) in pairs {
        if let Some(inner) = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close))
            && !inner.contains([open, close])
        {
            return inner.trim();
        }
    }
    text
}

fn leading_blanks(chars: &[char]) -> usize {
    chars.iter().take_while(|c| c.is_whitespace()).count()
}

fn count(chars: impl Iterator<Item = char>) -> usize {
    let mut inside = false;
    chars
        .filter(|c| {
            let begins = c.is_alphanumeric() && !inside;
            inside = c.is_alphanumeric() || (inside && matches!(c, '\'' | '’' | '-'));
            begins
        })
        .count()
}

/// Stretches between double quotation marks, marks left out. One that is never closed ends with its paragraph.
pub fn in_marks(chars: &[char]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, &c) in chars.iter().enumerate() {
        let ends_paragraph = c == '\n' && chars.get(at + 1) == Some(&'\n');
        match open {
            Some((start, mark)) if closes(mark, c) || ends_paragraph => {
                if at > start {
                    found.push((start, at));
                }
                open = None;
            }
            Some((_, mark)) if opens(c) && c != '"' && mark != '"' => open = Some((at + 1, c)),
            None if opens(c) => open = Some((at + 1, c)),
            _ => {}
        }
    }
    if let Some((start, _)) = open
        && chars.len() > start
    {
        found.push((start, chars.len()));
    }
    found
}

fn opens(c: char) -> bool {
    matches!(c, '“' | '"' | '«' | '„')
}

fn closes(open: char, c: char) -> bool {
    match open {
        '“' => matches!(c, '”' | '"'),
        '«' => c == '»',
        '„' => matches!(c, '“' | '”' | '"'),
        _ => matches!(c, '"' | '”'),
    }
}

/// Puts together what an attribution has cut: the first part ends on a comma, the next goes on in the same paragraph.
fn joined(chars: &[char], found: &[(usize, usize)]) -> Vec<InMarks> {
    let cut = |start: usize, end: usize| -> String { chars.get(start..end).unwrap_or_default().iter().collect() };
    let mut quotations: Vec<InMarks> = Vec::new();
    for &(start, end) in found {
        if let Some(last) = quotations.last_mut() {
            let between = chars.get(last.end..start.saturating_sub(1)).unwrap_or_default();
            let goes_on = last.text.trim_end().ends_with([',', '—', '–', '-']) && !between.contains(&'\n');
            if goes_on && count(between.iter().copied()) <= ATTRIBUTION && !between.contains(&'.') {
                last.text =
                    format!("{} … {}", last.text.trim_end().trim_end_matches([',', '—', '–', '-']), cut(start, end));
                last.end = end + 1;
                continue;
            }
        }
        quotations.push(InMarks { text: cut(start, end), start: start - 1, end: end + 1 });
    }
    quotations
}
