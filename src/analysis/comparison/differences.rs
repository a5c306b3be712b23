//! What differs between words as they were said and as they are quoted, and what of it changes the meaning.

use super::align::{Alignment, Step};
use super::words::Word;
use super::{irregular, numbers};

/// One stretch that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The words of the record; empty where the quotation adds something.
    pub was: String,
    /// The words of the quotation; empty where it leaves something out.
    pub is: String,
    /// Where the words of the record stand, in Unicode scalar values; empty stretches stand before what follows.
    pub said: (usize, usize),
    /// Where the words of the quotation stand.
    pub quoted: (usize, usize),
    /// What is changed by it.
    pub warnings: Vec<Warning>,
}

/// A change that turns, shifts or re-addresses what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Warning {
    /// A "not" was lost or added.
    Negation,
    /// Another number or amount.
    Number,
    /// Another name.
    Name,
    /// The same verb in another tense or mood.
    Tense,
}

impl Warning {
    /// The word used in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Negation => "negation",
            Self::Number => "number",
            Self::Name => "name",
            Self::Tense => "tense",
        }
    }
}

/// A text with its words.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The text.
    pub text: &'a str,
    /// Its words.
    pub words: &'a [Word],
}

impl Side<'_> {
    /// The text from one place to another, blanks made plain.
    fn cut(&self, (start, end): (usize, usize)) -> String {
        let cut: String = self.text.chars().skip(start).take(end.saturating_sub(start)).collect();
        cut.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Words that differ, next to one another on both sides.
#[derive(Default)]
struct Group {
    quoted: Vec<usize>,
    said: Vec<usize>,
}

/// Everything that differs, in the order of the texts.
pub fn differences(alignment: &Alignment, quotation: Side<'_>, passage: Side<'_>) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut group = Group::default();
    // "[won't]" in the place of "will not" has lost nothing.
    let denied_in_brackets = quotation.words.iter().any(|word| word.optional && is_negation(word));
    // Where the next words stand, for stretches that are empty on one side.
    let (mut next_quoted, mut next_said) = (0, 0);
    for step in &alignment.steps {
        match *step {
            // Words in brackets stand for others; only a "not" must not go under them.
            Step::Changed { quoted, said } if stands_for(quotation.words.get(quoted), passage.words.get(said)) => {}
            Step::Changed { quoted, said } => {
                group.quoted.push(quoted);
                group.said.push(said);
            }
            Step::Added { quoted } if quotation.words.get(quoted).is_some_and(|word| !word.optional) => {
                group.quoted.push(quoted);
            }
            Step::Dropped { said } => group.said.push(said),
            Step::LeftOut { said } if !denied_in_brackets && leaves_out_a_not(alignment, passage.words, said) => {
                group.said.push(said);
            }
            Step::Same { quoted, said } => {
                finish(&mut group, (next_quoted, next_said), quotation, passage, &mut found);
                (next_quoted, next_said) = (quoted + 1, said + 1);
            }
            Step::Passed { said } if passes_only_the_not(alignment, passage.words, said) => group.said.push(said),
            Step::Passed { .. } | Step::LeftOut { .. } | Step::Added { .. } => {}
        }
    }
    finish(&mut group, (next_quoted, next_said), quotation, passage, &mut found);
    found
}

/// Whether a word is one that whoever quotes has put in the place of another, in brackets.
fn stands_for(quoted: Option<&Word>, said: Option<&Word>) -> bool {
    let denies = |word: Option<&Word>| word.is_some_and(is_negation);
    quoted.is_some_and(|word| word.optional) && denies(quoted) == denies(said)
}

/// Whether a "not" is passed over and the words that may be missing together with it are not: of "it is not — it is not"
/// the first three may be missing, but not the "not" alone.
fn passes_only_the_not(alignment: &Alignment, passage: &[Word], at: usize) -> bool {
    let quoted_too = |other: Option<usize>| {
        let optional = |n: &usize| passage.get(*n).is_some_and(|word| word.optional);
        other.filter(optional).is_some_and(|other| {
            alignment.steps.iter().any(|step| matches!(step, Step::Same { said, .. } if *said == other))
        })
    };
    passage.get(at).is_some_and(is_negation) && (quoted_too(at.checked_sub(1)) || quoted_too(at.checked_add(1)))
}

/// Words left out for an ellipsis up to which a "not" among them is missed: it belongs to what is left.
const SHORT_GAP: usize = 6;

/// Whether a word left out at an ellipsis is a "not" that belongs to what is quoted.
fn leaves_out_a_not(alignment: &Alignment, passage: &[Word], at: usize) -> bool {
    if !passage.get(at).is_some_and(is_negation) {
        return false;
    }
    let out = |said: usize| alignment.steps.iter().any(|step| matches!(step, Step::LeftOut { said: s } if *s == said));
    let before = (0..at).rev().take_while(|said| out(*said)).count();
    let after = (at + 1..passage.len()).take_while(|said| out(*said)).count();
    before + 1 + after <= SHORT_GAP || before == 0 || after == 0
}

fn finish(
    group: &mut Group,
    (next_quoted, next_said): (usize, usize),
    quotation: Side<'_>,
    passage: Side<'_>,
    found: &mut Vec<Difference>,
) {
    let group = std::mem::take(group);
    if group.quoted.is_empty() && group.said.is_empty() {
        return;
    }
    let quoted = stretch(&group.quoted, next_quoted, quotation.words);
    let said = stretch(&group.said, next_said, passage.words);
    let pick =
        |at: &[usize], words: &[Word]| -> Vec<Word> { at.iter().filter_map(|n| words.get(*n).cloned()).collect() };
    let (is, was) = (pick(&group.quoted, quotation.words), pick(&group.said, passage.words));
    found.push(Difference {
        was: passage.cut(said),
        is: quotation.cut(quoted),
        said,
        quoted,
        warnings: warnings(&was, &is),
    });
}

/// From the first of these words to the last, in characters.
fn stretch(at: &[usize], next: usize, words: &[Word]) -> (usize, usize) {
    let word = |n: &usize| words.get(*n);
    match (at.first().and_then(word), at.last().and_then(word)) {
        (Some(first), Some(last)) => (first.start, last.end),
        _ => {
            let place = words.get(next).map_or_else(|| words.last().map_or(0, |last| last.end), |word| word.start);
            (place, place)
        }
    }
}

/// What changes when these words become those.
fn warnings(was: &[Word], is: &[Word]) -> Vec<Warning> {
    let mut found = Vec::new();
    let count = |words: &[Word]| words.iter().filter(|word| is_negation(word)).count();
    if count(was) != count(is) || turned_by_prefix(was, is) {
        found.push(Warning::Negation);
    }
    let amounts = |words: &[Word]| -> Vec<String> {
        words.iter().filter(|word| numbers::is_number(word)).map(|word| word.plain.clone()).collect()
    };
    if amounts(was) != amounts(is) {
        found.push(Warning::Number);
    }
    let names = |words: &[Word]| -> Vec<String> {
        words.iter().filter(|word| word.capital && !is_negation(word)).map(|word| word.plain.clone()).collect()
    };
    // Who types without capitals changes no name.
    let (named, quoted): (Vec<String>, Vec<&str>) = (names(was), is.iter().map(|word| word.plain.as_str()).collect());
    let others = names(is).iter().any(|name| was.iter().all(|word| word.plain != *name));
    if others || named.iter().any(|name| !quoted.contains(&name.as_str())) {
        found.push(Warning::Name);
    }
    if another_tense(was, is) {
        found.push(Warning::Tense);
    }
    found
}

/// Words that deny: English and Spanish, French and German where they cannot be anything else.
const NEGATIONS: [&str; 38] = [
    "not", "no", "never", "none", "nobody", "nothing", "nowhere", "neither", "nor", "cannot", "without", "hardly",
    "barely", "scarcely", "refuse", "refuses", "refused", "deny", "denies", "denied", "fail", "fails", "failed",
    "nunca", "jamas", "nada", "nadie", "ninguno", "ninguna", "ningun", "ni", "tampoco", "sin", "nicht", "kein",
    "keine", "jamais", "pas",
];

/// Whether a word denies.
pub fn is_negation(word: &Word) -> bool {
    let plain = word.plain.as_str();
    plain.ends_with("n't") || matches!(plain, "aint" | "dont" | "cant" | "wont") || NEGATIONS.contains(&plain)
}

/// "Likely" made "unlikely", or the other way round.
fn turned_by_prefix(was: &[Word], is: &[Word]) -> bool {
    let turned = |one: &str, other: &str| {
        ["un", "in", "im", "il", "ir", "dis", "non"]
            .iter()
            .any(|prefix| other.strip_prefix(prefix).is_some_and(|rest| rest == one && rest.len() >= 4))
    };
    was.iter().any(|a| is.iter().any(|b| turned(&a.plain, &b.plain) || turned(&b.plain, &a.plain)))
}

/// Auxiliaries tell tense and mood.
const AUXILIARIES: [&str; 40] = [
    "am", "is", "are", "was", "were", "be", "been", "being", "will", "would", "shall", "should", "can", "could", "may",
    "might", "must", "has", "have", "had", "having", "do", "does", "did", "going", "i'll", "we'll", "he'll", "she'll",
    "they'll", "i've", "we've", "they've", "it's", "i'd", "we'd", "they'd", "it'll", "gonna", "ought",
];

fn another_tense(was: &[Word], is: &[Word]) -> bool {
    let auxiliaries = |words: &[Word]| -> Vec<String> {
        words.iter().filter(|word| AUXILIARIES.contains(&word.plain.as_str())).map(|word| word.plain.clone()).collect()
    };
    if auxiliaries(was) != auxiliaries(is) {
        return true;
    }
    was.iter().any(|a| is.iter().any(|b| a.plain != b.plain && irregular::same_verb(&a.plain, &b.plain)))
}
