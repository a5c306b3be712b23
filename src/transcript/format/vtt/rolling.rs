//! Captions that roll: each cue repeats what still stands on the screen, and only its end is new.

/// The new part of each cue: as many lists of lines as cues. A file that does not roll is left as it is, because
/// people do say the same thing twice.
pub(in crate::transcript::format) fn only_new(cues: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let repeats = cues.windows(2).filter(|pair| matches!(pair, [before, cue] if standing(before, cue).is_some()));
    if cues.len() <= 3 || repeats.count() * 3 < cues.len() {
        return cues;
    }
    let mut shown: Vec<String> = Vec::new();
    cues.into_iter()
        .map(|lines| {
            let standing = standing(&shown, &lines).unwrap_or_default();
            let mut new: Vec<String> = lines.iter().skip(standing.lines).cloned().collect();
            if let Some(first) = new.first_mut() {
                *first = first.split_off(standing.bytes);
            }
            new.retain(|line| !line.is_empty());
            // An empty cue clears nothing: the next one still repeats what was said.
            if !lines.is_empty() {
                shown = lines;
            }
            new
        })
        .collect()
}

/// What of a cue was there before.
#[derive(Debug, Clone, Copy, Default)]
struct Standing {
    /// So many lines from the top.
    lines: usize,
    /// So much of the line after them, which is still growing word by word.
    bytes: usize,
}

/// How much at the beginning of a cue is what the one before ended with, as much as possible.
fn standing(before: &[String], cue: &[String]) -> Option<Standing> {
    (1..=before.len().min(cue.len())).rev().find_map(|count| {
        let mut pairs = before.iter().skip(before.len() - count).zip(cue);
        let (last, now) = pairs.next_back()?;
        if !pairs.all(|(last, now)| last == now) {
            return None;
        }
        let grown = now.strip_prefix(last.as_str())?;
        if grown.is_empty() {
            Some(Standing { lines: count, bytes: 0 })
        } else {
            grown.starts_with(' ').then_some(Standing { lines: count - 1, bytes: last.len() + 1 })
        }
    })
}
