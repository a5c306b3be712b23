//! What a label looks like: finds a candidate at the beginning of a line, without deciding whether it is one.

use std::ops::Range;

use super::document::cut;
use super::label_words::{
    is_abbreviation, is_connector, is_never, is_prefix, is_role, is_title, is_weak_role, starts_sentence,
};

/// Labels are shorter than this; offices in Spanish ones are long.
const LONGEST: usize = 240;

/// Something at the beginning of a line that may be a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Where it stands in the line, without colon and surrounding blanks.
    pub label: Range<usize>,
    /// Where the words begin that follow it.
    pub words: usize,
    /// What separates it from the words.
    pub form: Form,
    /// What it is made of.
    pub shape: Shape,
    /// Whether a title or honorific begins it.
    pub title: bool,
    /// Whether a role word is in it.
    pub role: bool,
    /// How many words it has.
    pub length: usize,
    /// Whether an office or outlet in parentheses ends it.
    pub aside: bool,
}

/// What separates a label from the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `MR. KIRBY: `
    Colon,
    /// `CHAIR YELLEN. `
    FullStop,
    /// `Q    `, two or more blanks.
    Blanks,
    /// `Q `, a single blank or a dash: weak.
    Blank,
}

/// What a label is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `Q` or `A`.
    Letter,
    /// Capitals: `MR. McDONOUGH`.
    Capitals,
    /// Words that begin with a capital: `Chris Wallace`.
    Mixed,
}

/// A candidate with a colon, or a `Q`, at the beginning of `line` (which may go on beyond the line's end).
pub fn candidate(line: &str) -> Option<Candidate> {
    letter(line).or_else(|| colon(line))
}

/// Whether a line begins with a label that needs no other evidence.
pub fn is_strong(line: &str) -> bool {
    candidate(line).is_some_and(|found| match found.form {
        Form::Colon => found.shape == Shape::Capitals && (found.title || found.role),
        Form::Blanks => found.shape == Shape::Letter && found.role && found.words < line.len(),
        Form::FullStop | Form::Blank => false,
    })
}

/// `Q` or `A` and what follows.
fn letter(line: &str) -> Option<Candidate> {
    let first = line.chars().next().filter(|c| matches!(c, 'Q' | 'A'))?;
    let rest = cut(line, 1..line.len());
    // A stray mark between the letter and its blanks (`Q``) belongs to neither.
    let stray = rest.chars().next().is_some_and(|c| matches!(c, '`' | '\'' | '*' | ','))
        && rest.get(1..).is_some_and(|after| after.chars().take_while(|c| c.is_whitespace()).count() >= 2);
    let rest = if stray { cut(rest, 1..rest.len()) } else { rest };
    let start = 1 + usize::from(stray);
    let blanks: String = rest.chars().take_while(|c| c.is_whitespace()).collect();
    let form = match rest.chars().next() {
        None => Form::Blanks,
        Some(':' | '.') => {
            let after = cut(rest, 1..rest.len());
            if !after.is_empty() && !after.starts_with(char::is_whitespace) {
                return None;
            }
            let form = if rest.starts_with(':') { Form::Colon } else { Form::FullStop };
            let words = 2 + (after.len() - after.trim_start().len());
            return Some(Candidate::letter(words, form, first == 'Q'));
        }
        Some('–' | '—') => Form::Blank,
        Some('-') if rest.starts_with("--") => Form::Blank,
        Some(_) if blanks.chars().count() >= 2 || blanks.contains(['\t', '\u{A0}', '\n', '\u{2003}']) => Form::Blanks,
        Some(_) if blanks.chars().count() == 1 => Form::Blank,
        Some(_) => return None,
    };
    // "A" is the commonest article: it needs more than a blank.
    if first == 'A' && (form == Form::Blank || blanks.chars().count() < 3) {
        return None;
    }
    Some(Candidate::letter(start + blanks.len(), form, first == 'Q'))
}

impl Candidate {
    fn letter(words: usize, form: Form, role: bool) -> Self {
        Self { label: 0..1, words, form, shape: Shape::Letter, title: false, role, length: 1, aside: false }
    }
}

/// Words before a colon.
fn colon(line: &str) -> Option<Candidate> {
    let (end, words) = find_colon(line)?;
    let label = 0..end;
    let (shape, title, role, length) = describe(cut(line, label.clone()))?;
    let followed = cut(line, words..line.len()).chars().next();
    let loose = followed.is_none_or(|c| c.is_whitespace() || "\"“‘'([—–-*".contains(c));
    if !loose && shape != Shape::Capitals {
        return None;
    }
    let rest = cut(line, words..line.len());
    let words = words + rest.len() - rest.trim_start().len();
    // A direction between name and colon is words: "MR. X (via translator):".
    let (label, words) = match direction(cut(line, label.clone())) {
        Some(at) => (0..cut(line, 0..at).trim_end().len(), at),
        None => (label, words),
    };
    let aside = cut(line, label.clone()).ends_with(')');
    Some(Candidate { label, words, form: Form::Colon, shape, title, role, length, aside })
}

/// Where the label before the first colon ends and where the words after it begin; sentence ends before it rule it out.
fn find_colon(line: &str) -> Option<(usize, usize)> {
    let mut depth = 0usize;
    let mut word_start = 0;
    let mut previous = ' ';
    for (at, c) in line.char_indices() {
        if at > LONGEST {
            return None;
        }
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ':' | '：' if depth == 0 => {
                let after = at + c.len_utf8();
                let next = cut(line, after..line.len()).chars().next();
                if next.is_some_and(|next| next.is_ascii_digit() && previous.is_ascii_digit() || next == '/') {
                    return None;
                }
                return Some((cut(line, 0..at).trim_end().len(), after));
            }
            '?' | '!' | ';' | '…' | '"' | '“' | '”' if depth == 0 => return None,
            '.' if depth == 0 => {
                let word = cut(line, word_start..at);
                let next = cut(line, at + 1..line.len()).chars().next();
                let titled = word_start == 0 && is_abbreviated(cut(line, 0..at + 1));
                if next.is_some_and(char::is_whitespace) && !titled && !may_end_in_full_stop(word) {
                    return None;
                }
            }
            c if c.is_whitespace() => word_start = at + c.len_utf8(),
            _ => {}
        }
        previous = c;
    }
    None
}

/// Abbreviations, initials and acronyms with full stops.
fn may_end_in_full_stop(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '[']);
    word.chars().count() == 1 || word.contains('.') || is_abbreviation(&word.to_uppercase())
}

/// Where a direction in parentheses begins that ends the label, unless it names an outlet or office.
fn direction(label: &str) -> Option<usize> {
    let at = label.rfind(['(', '['])?;
    let inside = cut(label, at + 1..label.len()).trim_end_matches([')', ']']);
    let lower = inside.chars().next().is_some_and(char::is_lowercase);
    let known =
        ["Via ", "Through ", "As interpreted", "As translated", "Speaking", "Interpretación", "Off", "Inaudible"];
    (at > 0
        && (lower
            || known.iter().any(|start| inside.starts_with(start))
            || inside.starts_with(|c: char| c.is_ascii_digit())))
    .then_some(at)
}

/// Shape, title, role and length of words that may be a label.
fn describe(label: &str) -> Option<(Shape, bool, bool, usize)> {
    // What stands in parentheses is an outlet, an office or a direction: it says nothing about the shape.
    let bare = label.find(['(', '[']).filter(|at| *at > 0).map_or(label, |at| cut(label, 0..at));
    let words: Vec<&str> =
        bare.split(|c: char| c.is_whitespace() || c == '/').filter(|word| !word.is_empty()).collect();
    let first = upper(words.first()?);
    if is_never(&first) || bare.chars().filter(|c| c.is_alphabetic()).count() < 2 {
        return None;
    }
    let shape = shape(&words)?;
    if shape == Shape::Mixed && starts_sentence(&first) {
        return None;
    }
    // "USEC. IGNACIO": an abbreviation nobody has listed is a title all the same.
    let abbreviated =
        shape == Shape::Capitals && words.len() > 1 && words.first().is_some_and(|word| is_abbreviated(word));
    let words: Vec<String> = words.iter().map(|word| upper(word)).filter(|word| !word.is_empty()).collect();
    let title = abbreviated || is_titled(&words);
    let role = is_role_label(&words);
    let limit = if shape == Shape::Capitals { 30 } else { 9 };
    (words.len() <= limit).then_some((shape, title, role, words.len()))
}

/// `MR KIRBY`, `THE PRESIDENT`, `WHITE HOUSE SPOKESPERSON`: a title first, or a word before one.
fn is_titled(words: &[String]) -> bool {
    let words =
        if words.first().is_some_and(|first| first == "THE") { words.get(1..).unwrap_or_default() } else { words };
    let Some((first, rest)) = words.split_first() else { return false };
    is_title(first) || is_prefix(first) && rest.iter().any(|word| is_title(word) || is_role(word))
}

/// A role alone, first or last, perhaps with a number.
fn is_role_label(words: &[String]) -> bool {
    let digits = |word: &&String| word.chars().all(|c| c.is_ascii_digit());
    let named: Vec<&String> = words.iter().filter(|word| !digits(word) && *word != "THE").collect();
    let (Some(first), Some(last)) = (named.first(), named.last()) else { return false };
    let weak = is_weak_role(last) && named.len() <= 6;
    is_role(last) || weak || is_role(first) && named.len() <= 5 || named.len() == 1 && is_weak_role(first)
}

/// A short word in capitals with a full stop.
fn is_abbreviated(word: &str) -> bool {
    word.strip_suffix('.')
        .is_some_and(|word| (2..=6).contains(&word.chars().count()) && word.chars().all(char::is_uppercase))
}

/// The word in capitals without punctuation around it.
fn upper(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_uppercase()
}

/// Whether all words are capitals, or begin with one.
fn shape(words: &[&str]) -> Option<Shape> {
    let (mut capitals, mut mixed) = (0usize, 0usize);
    for word in words {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '#');
        if word.is_empty() || word.starts_with('#') || word.chars().all(|c| c.is_ascii_digit()) {
            continue;
        }
        if in_capitals(word) {
            capitals += 1;
        } else if word.chars().next().is_some_and(char::is_uppercase) {
            mixed += 1;
        } else if !is_connector(word) {
            return None;
        }
    }
    // One word may be spelled otherwise beside capitals: "Mr. KIRBY", "THE President".
    let near =
        mixed == 1 && words.iter().any(|word| is_title(&upper(word))) && capitals >= 1 && has_long_capitals(words);
    if capitals > 0 && (mixed == 0 || near) && has_long_capitals(words) {
        Some(Shape::Capitals)
    } else if capitals + mixed > 0 {
        Some(Shape::Mixed)
    } else {
        None
    }
}

/// Initials alone are no capitals: "W. Smith".
fn has_long_capitals(words: &[&str]) -> bool {
    words.iter().any(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 2 && in_capitals(word))
}

/// Whether a word is in capitals, allowing for a lower-case `c` in "Mc" and the like.
fn in_capitals(word: &str) -> bool {
    let rest = ["Mc", "Mac", "De", "Di", "La", "Le", "Van", "Von", "Fitz"]
        .iter()
        .find_map(|prefix| {
            word.strip_prefix(prefix).filter(|rest| rest.chars().filter(|c| c.is_uppercase()).count() >= 2)
        })
        .unwrap_or(word);
    let mut letters = rest.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(|c| !c.is_lowercase())
}

/// A name in capitals that ends in a full stop: `CHAIR YELLEN. `, `MICHAEL R. MCKEE. `; or an office in mixed case, as
/// `The President. `
pub fn full_stop(line: &str) -> Option<Candidate> {
    let mut word_start = 0;
    for (at, c) in line.char_indices() {
        if at > 90 {
            return None;
        }
        if c.is_whitespace() {
            word_start = at + c.len_utf8();
        } else if c == '.' {
            let word = cut(line, word_start..at);
            let rest = cut(line, at + 1..line.len());
            if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
                continue;
            }
            if may_end_in_full_stop(word) && !rest.trim().is_empty() {
                continue;
            }
            let label = cut(line, 0..at);
            let capitals = describe(label).filter(|(shape, ..)| *shape == Shape::Capitals);
            let (shape, title, role, length) = capitals.or_else(|| official(label))?;
            let words = at + 1 + rest.len() - rest.trim_start().len();
            return (length <= 7).then_some(Candidate {
                label: 0..at,
                words,
                form: Form::FullStop,
                shape,
                title,
                role,
                length,
                aside: false,
            });
        } else if !(c.is_alphanumeric() || "'’-#,&()".contains(c)) {
            return None;
        }
    }
    None
}

/// `The President`, `Prime Minister Vale`: an office in mixed case, with a name or an article.
fn official(label: &str) -> Option<(Shape, bool, bool, usize)> {
    let words: Vec<&str> = label.split_whitespace().collect();
    let capitalised = words.iter().all(|word| word.starts_with(char::is_uppercase) || is_connector(word));
    let small = words.iter().any(|word| word.chars().any(char::is_lowercase));
    let upper: Vec<String> = words.iter().map(|word| upper(word)).collect();
    (small && capitalised && (2..=6).contains(&words.len()) && is_titled(&upper)).then_some((
        Shape::Mixed,
        true,
        false,
        words.len(),
    ))
}

/// Whether a line of its own is a name in capitals, as after a `---` or above the words.
pub fn name_line(line: &str) -> bool {
    let line = line.trim_end_matches(':').trim();
    if line.starts_with(['(', '[', '"', '“', '—', '–', '-']) || line.chars().filter(|c| c.is_alphabetic()).count() < 3
    {
        return false;
    }
    let bare = line.find('(').filter(|at| *at > 0).map_or(line, |at| cut(line, 0..at));
    let (mut capitals, mut lower) = (0usize, 0usize);
    for c in bare.chars() {
        capitals += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    capitals >= 3
        && lower * 12 <= capitals
        && line.split_whitespace().count() <= 45
        && !line.ends_with(['.', '?', '!', '…'])
}
