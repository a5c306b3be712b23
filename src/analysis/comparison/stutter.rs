//! Words that a speaker begins again: whoever quotes them once quotes rightly.
//!
//! "The — the office", "we have — we have not decided", "the adminis- — the administration": what stands before the dash
//! and again behind it may be missing. Nothing else is: "it is — it is not" still has its "not" behind the dash.

use super::differences::is_negation;
use super::words::Word;

/// Most words that somebody begins again with.
const LONGEST: usize = 6;

/// Makes optional what is said again.
pub fn pass_over(words: &mut [Word], chars: &[char]) {
    for at in 1..words.len() {
        let Some((before, after)) = words.split_at_mut_checked(at) else { return };
        let (Some(last), Some(first)) = (before.last(), after.first()) else { return };
        if !chars.get(last.end..first.start).is_some_and(breaks_off) {
            continue;
        }
        let cut_short = chars.get(last.end) == Some(&'-') && chars.get(last.end + 1) != Some(&'-');
        let most = LONGEST.min(before.len()).min(after.len());
        let again = (1..=most).rev().find(|count| {
            let begun = before.iter().rev().take(*count).rev();
            begun.zip(after.iter()).enumerate().all(|(n, (one, other))| {
                one.form == other.form || (cut_short && n + 1 == *count && other.form.starts_with(&one.form))
            })
        });
        // Half a word is no word, also where another follows.
        let count = again.unwrap_or(usize::from(cut_short && !is_negation(last) && !digits(last)));
        before.iter_mut().rev().take(count).for_each(|word| word.optional = true);
    }
}

/// Whether there is a dash, and nothing that ends a sentence.
fn breaks_off(between: &[char]) -> bool {
    let dash = between.iter().any(|c| matches!(c, '—' | '–')) || between.windows(2).any(|two| two == ['-', '-']);
    dash && !between.iter().any(|c| matches!(c, '.' | '?' | '!' | '%' | '\n'))
}

fn digits(word: &Word) -> bool {
    word.form.chars().any(|c| c.is_ascii_digit())
}
