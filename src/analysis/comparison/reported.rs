//! Words that a speaker quotes, in order to report or to reject them.

use super::article::in_marks;
use super::cues;

/// How a speaker takes up words of somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reported {
    /// Somebody else is said to say so.
    AsTheirs,
    /// It is said not to be so.
    Rejected,
}

/// Whether the words from `start` to before `end` of a passage are not the speaker's own.
pub fn reported(chars: &[char], (start, end): (usize, usize)) -> Option<Reported> {
    let around = |(from, to): &&(usize, usize)| *from <= start && end <= *to && *to - *from < chars.len();
    let double = in_marks(chars);
    let region = double.iter().find(around).copied().or_else(|| in_single_marks(chars).iter().find(around).copied());
    let lead = lead(chars, region.map_or(start, |(from, _)| from - 1));
    if cues::rejects(&lead) {
        return Some(Reported::Rejected);
    }
    if region.is_some() {
        return (!cues::says_own_words(&lead)).then_some(Reported::AsTheirs);
    }
    cues::attributes(&lead).then_some(Reported::AsTheirs)
}

/// Fewest words between single marks that are a saying and not a name or a term.
const SAYING: usize = 4;

/// Stretches between ‘ and ’, which also are apostrophes: a stretch begins before a word and ends behind one.
fn in_single_marks(chars: &[char]) -> Vec<(usize, usize)> {
    let char_at = |at: usize| chars.get(at).copied().unwrap_or(' ');
    let mut found = Vec::new();
    let mut open = None;
    for (at, c) in chars.iter().enumerate() {
        let before = char_at(at.wrapping_sub(1));
        match c {
            '‘' if !before.is_alphanumeric() && char_at(at + 1).is_alphabetic() => open = Some(at + 1),
            '\n' => open = None,
            // The ’ of "the workers’ rights" is no mark.
            '’' if !char_at(at + 1).is_alphanumeric() && before != 's' => {
                if let Some(start) = open.take()
                    && chars.get(start..at).is_some_and(|inside| inside.split(|c| *c == ' ').count() >= SAYING)
                {
                    found.push((start, at));
                }
            }
            _ => {}
        }
    }
    found
}

/// Characters before words that can tell whose they are.
const LEAD: usize = 160;

/// The words before a place, back to the end of the sentence before.
fn lead(chars: &[char], at: usize) -> String {
    let from = at.saturating_sub(LEAD);
    let before = chars.get(from..at).unwrap_or_default();
    let begins = before
        .windows(2)
        .rposition(|pair| matches!(pair, ['.' | '?' | '!', ' ' | '\n' | '”' | '"'] | ['\n', _]))
        .map_or(0, |at| at + 2);
    let lead: String = before.get(begins..).unwrap_or_default().iter().collect();
    let lead = lead.to_lowercase().replace('’', "'");
    let mut lead = lead.split_whitespace().collect::<Vec<_>>().join(" ");
    // What somebody says begins with "well" as often as with its first word: "critics say, well, why not".
    loop {
        let trimmed = lead.trim_end_matches([',', ':', ' ', '-', '—', '–', '…', '"', '“', '‘', '«', '¿', '¡', '(']);
        let shorter = FILLERS.iter().find_map(|filler| trimmed.strip_suffix(filler)).unwrap_or(trimmed);
        if shorter.len() == lead.len() {
            return lead;
        }
        lead.truncate(shorter.len());
    }
}

/// What stands between a cue and the words it leads in, and says nothing.
const FILLERS: [&str; 20] = [
    " well",
    " look",
    " hey",
    " oh",
    " okay",
    " gee",
    " you know",
    " somehow",
    " basically",
    " essentially",
    " simply",
    " things like",
    " stuff like",
    " something like",
    " pues",
    " bueno",
    " oye",
    " oigan",
    " este",
    " a ver",
];
