//! What an act makes of the utterances of a transcript: pure.

use super::act::{Act, Refused};
use crate::analysis::revisions::carry;
use crate::domain::{Mark, MarkKind, UtteranceKind, Withheld};
use crate::store::revisions::{Fresh, Placed};
use crate::store::utterances::Utterance;

/// The utterances after an act.
#[derive(Debug)]
pub(super) struct Edited {
    pub placed: Vec<Placed>,
    /// A number that leads on to another from now on.
    pub redirect: Option<(i32, i32)>,
}

/// Does an act on words; one that is not on words leaves them as they are. `next` is the next number to give.
pub(super) fn edit(act: &Act, now: &[Utterance], next: i32) -> Result<Edited, Refused> {
    let kept = |some: &[Utterance]| some.iter().map(|u| Placed::Kept(u.id)).collect::<Vec<_>>();
    let Some(number) = act.number() else { return Ok(Edited { placed: kept(now), redirect: None }) };
    let at = now.iter().position(|u| u.number == Some(number)).ok_or(Refused::NoSuchTurn)?;
    let (before, rest) = now.split_at(at);
    let Some((it, behind)) = rest.split_first() else { return Err(Refused::NoSuchTurn) };
    let is_gone = |one: &Utterance| matches!(one.withheld, Some(Withheld::Redacted { .. }));
    if is_gone(it) && !matches!(act, Act::Note { .. }) {
        return Err(Refused::Redacted);
    }
    let mut behind = behind;
    let mut redirect = None;
    let made = match act {
        Act::Words { text, .. } => vec![words(it, text)?],
        Act::Note { text, .. } => vec![Placed::Kept(it.id), note(text, next)?],
        Act::Voice { label, .. } => vec![voice(it, label)?],
        Act::Split { begins, label, .. } => split(it, begins, label.as_deref(), next)?.into(),
        Act::Join { .. } => {
            let (other, others) = behind.split_first().ok_or(Refused::NothingToJoin)?;
            if is_gone(other) {
                return Err(Refused::Redacted);
            }
            behind = others;
            redirect = other.number.map(|gone| (gone, number));
            vec![join(it, other)?]
        }
        _ => vec![Placed::Kept(it.id)],
    };
    let placed = kept(before).into_iter().chain(made).chain(kept(behind)).collect();
    Ok(Edited { placed, redirect })
}

/// An utterance as it is, to be changed.
fn like(it: &Utterance) -> Fresh {
    Fresh {
        from: Some(it.id),
        number: it.number.unwrap_or_default(),
        kind: it.kind,
        label: it.by.as_ref().map(|by| by.label.clone()),
        goes_on: it.by.as_ref().is_some_and(|by| by.goes_on),
        text: it.text.clone(),
        marks: it.marks.clone(),
        topics: it.topics.clone(),
    }
}

fn words(it: &Utterance, text: &str) -> Result<Placed, Refused> {
    let text = clean(text);
    if text.is_empty() {
        return Err(Refused::NoWords);
    }
    if text == it.text {
        return Err(Refused::Unchanged);
    }
    Ok(Placed::Fresh(Fresh { marks: carry(&it.marks, &it.text, &text), text, ..like(it) }))
}

/// A note of ours says that it is one, and is marked as a whole.
fn note(text: &str, number: i32) -> Result<Placed, Refused> {
    let text = clean(text);
    if text.is_empty() {
        return Err(Refused::NoWords);
    }
    let text = format!("[Note by the editors of this archive: {text}]");
    let marks = vec![Mark { kind: MarkKind::EditorNote, start: 0, end: text.chars().count() }];
    let kind = UtteranceKind::Note;
    Ok(Placed::Fresh(Fresh { from: None, number, kind, label: None, goes_on: false, text, marks, topics: Vec::new() }))
}

fn voice(it: &Utterance, label: &str) -> Result<Placed, Refused> {
    let label = clean(label);
    let was = it.by.as_ref().map(|by| by.label.as_str());
    match it.kind {
        UtteranceKind::Heading | UtteranceKind::Note => Err(Refused::NotSpoken),
        _ if label.is_empty() => Err(Refused::NoSuchLabel),
        _ if was == Some(&label) => Err(Refused::Unchanged),
        _ => Ok(Placed::Fresh(Fresh { kind: UtteranceKind::Turn, label: Some(label), goes_on: false, ..like(it) })),
    }
}

fn split(it: &Utterance, begins: &str, label: Option<&str>, next: i32) -> Result<[Placed; 2], Refused> {
    let begins = clean(begins);
    let label = label.map(clean).filter(|label| !label.is_empty());
    if label.is_some() && matches!(it.kind, UtteranceKind::Heading | UtteranceKind::Note) {
        return Err(Refused::NotSpoken);
    }
    let mut places = it.text.match_indices(&begins).map(|(at, _)| at);
    let at = places.next().filter(|_| !begins.is_empty()).ok_or(Refused::NoPlaceToCut)?;
    if places.next().is_some() {
        return Err(Refused::PlacesToCut);
    }
    let (first, second) = it.text.split_at(at);
    let first = first.trim_end();
    if first.trim().is_empty() {
        return Err(Refused::NoPlaceToCut);
    }
    let cut = first.chars().count();
    let offset = it.text.get(..at).unwrap_or_default().chars().count();
    let left = it.marks.iter().filter(|mark| mark.start < cut).map(|mark| Mark { end: mark.end.min(cut), ..*mark });
    let right = it.marks.iter().filter(|mark| mark.end > offset);
    let right = right.map(|mark| Mark {
        kind: mark.kind,
        start: mark.start.saturating_sub(offset),
        end: mark.end.saturating_sub(offset),
    });
    let whole = like(it);
    let goes_on = label.is_none() && whole.label.is_some();
    let second = Fresh {
        from: None,
        number: next,
        kind: if label.is_some() { UtteranceKind::Turn } else { it.kind },
        label: label.or_else(|| whole.label.clone()),
        goes_on,
        text: second.to_owned(),
        marks: right.collect(),
        topics: whole.topics.clone(),
    };
    let first = Fresh { text: first.to_owned(), marks: left.collect(), ..whole };
    Ok([Placed::Fresh(first), Placed::Fresh(second)])
}

fn join(it: &Utterance, other: &Utterance) -> Result<Placed, Refused> {
    if it.kind != other.kind || it.number.is_none() {
        return Err(Refused::NothingToJoin);
    }
    let joint = if it.text.is_empty() || other.text.is_empty() { "" } else { "\n\n" };
    let offset = it.text.chars().count() + joint.len();
    let moved =
        other.marks.iter().map(|mark| Mark { kind: mark.kind, start: mark.start + offset, end: mark.end + offset });
    let marks = it.marks.iter().copied().chain(moved).collect();
    Ok(Placed::Fresh(Fresh { text: format!("{}{joint}{}", it.text, other.text), marks, ..like(it) }))
}

/// Words as the archive writes them: no-break space is a space, runs of blanks are one, a blank line parts paragraphs.
pub(in crate::editorial) fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\u{a0}', '\t'], " ").replace('\0', "");
    let mut paragraphs: Vec<String> = vec![String::new()];
    for line in text.lines() {
        let line = line.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        match paragraphs.last_mut() {
            Some(last) if last.is_empty() => *last = line,
            Some(_) if line.is_empty() => paragraphs.push(String::new()),
            Some(last) => {
                last.push('\n');
                last.push_str(&line);
            }
            None => {}
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs.join("\n\n")
}

/// Whether every paragraph stands in what was read from the source, whatever the blanks.
pub(super) fn stands_in(text: &str, source: &str) -> bool {
    let joined = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let source = joined(source);
    text.split("\n\n").all(|paragraph| source.contains(&joined(paragraph)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_what_an_import_would_have_written() {
        assert_eq!(clean(" One\u{a0} two. \r\n\r\n\r\n Three\tfour.\nFive.\n"), "One two.\n\nThree four.\nFive.");
        assert_eq!(clean(" \n "), "");
    }

    #[test]
    fn words_are_held_against_the_source_whatever_its_lines() {
        let source = "MS. LIND: The dam\n  is safe.\n\nWe measured\ntwice.";
        assert!(stands_in("The dam is safe.\n\nWe measured twice.", source));
        assert!(!stands_in("The dam is not safe.", source));
    }
}
