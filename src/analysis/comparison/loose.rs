//! Where a quotation goes on with words of its own, and the record with others.

use super::align::{Alignment, Step};
use super::words::{Word, sentence_ends};

/// Words before the first and behind the last that both sides have for which nothing stands in the record: whoever quotes
/// so has not changed words but gone on with their own. What stands there instead is in another sentence, or is the middle
/// of a sentence that goes on about something else.
pub fn loose(alignment: &Alignment, said: &[Word], text: &[char]) -> Vec<usize> {
    let steps = &alignment.steps;
    let is_same = |step: &Step| matches!(step, Step::Same { .. });
    let (Some(first), Some(last)) = (steps.iter().position(is_same), steps.iter().rposition(is_same)) else {
        return Vec::new();
    };
    let before: Vec<Step> = steps.iter().take(first + 1).rev().copied().collect();
    let behind: Vec<Step> = steps.iter().skip(last).copied().collect();
    [before, behind].iter().flat_map(|away| on_their_own(away, said, text)).collect()
}

/// Of the steps away from a word that both sides have, to one end: the words of the quotation that replace nothing.
fn on_their_own(away: &[Step], said: &[Word], text: &[char]) -> Vec<usize> {
    let place = |step: &Step| match *step {
        Step::Same { said: word, .. } | Step::Changed { said: word, .. } => {
            said.get(word).map(|word| (word.start, word.end))
        }
        _ => None,
    };
    let between =
        |one: (usize, usize), other: (usize, usize)| sentence_ends(text, one.1.min(other.1), one.0.max(other.0));
    let anchor = away.first().and_then(place);
    let changed: Vec<(usize, (usize, usize))> = away
        .iter()
        .filter_map(|step| match step {
            Step::Changed { quoted, .. } => Some((*quoted, place(step)?)),
            _ => None,
        })
        .collect();
    let added = away.iter().filter_map(|step| if let Step::Added { quoted } = step { Some(*quoted) } else { None });
    let apart = |other: (usize, usize)| anchor.is_none_or(|anchor| between(anchor, other));
    let goes_on = changed.last().is_some_and(|(_, end)| !ends_with_sentence(text, *end, anchor));
    let replaces_nothing = |place: (usize, usize)| apart(place) || (changed.len() > 1 && goes_on);
    changed.iter().filter(|(_, place)| replaces_nothing(*place)).map(|(quoted, _)| *quoted).chain(added).collect()
}

/// Whether a sentence ends with a word or, where the anchor stands behind it, begins with it.
fn ends_with_sentence(text: &[char], word: (usize, usize), anchor: Option<(usize, usize)>) -> bool {
    let behind = anchor.is_some_and(|anchor| anchor.0 > word.0);
    let letters = |at: &usize| text.get(*at).is_some_and(|c| c.is_alphanumeric());
    if behind {
        let from = (0..word.0).rev().find(letters).map_or(0, |at| at + 1);
        from == 0 || sentence_ends(text, from, word.0)
    } else {
        let to = (word.1..text.len()).find(letters).unwrap_or(text.len());
        to == text.len() || sentence_ends(text, word.1, to)
    }
}
