//! What a verdict says, in plain sentences.

use super::{Asked, Checked, Told};
use crate::analysis::comparison::{Difference, Reported, Verdict, Warning};
use crate::store::utterances::Utterance;
use crate::web::phrase;

/// The verdict in two or three words.
pub fn title(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Verbatim => "Word for word",
        Verdict::Altered => "Altered",
        Verdict::Spliced => "Spliced",
        Verdict::OtherSpeaker => "Somebody else’s words",
        Verdict::InQuestion => "Said in a question",
        Verdict::Quoted => "Words taken up by the speaker",
        Verdict::Paraphrase => "Not in these words",
        Verdict::NotFound => "Not found",
    }
}

/// The verdict about this quotation in a few words.
pub fn headline(asked: &Asked, checked: &Checked) -> &'static str {
    match checked.finding.verdict {
        Verdict::Verbatim if leaves_open_who(asked, checked) => "Word for word, but no speaker is named",
        Verdict::Altered if leaves_open_who(asked, checked) => "Altered, and no speaker is named",
        verdict => title(verdict),
    }
}

/// The verdict as a sentence about this quotation.
pub fn sentence(asked: &Asked, checked: &Checked) -> String {
    let first = checked.passages.first();
    let who = first.map_or_else(|| "Somebody".to_owned(), |told| who(&told.found.utterance));
    let when = first.map(when).unwrap_or_default();
    let alleged = asked.alleged.as_ref().map(|alleged| match alleged.named.as_slice() {
        [one] => one.name.clone(),
        _ => alleged.name.clone(),
    });
    let not_alleged = alleged.as_ref().map(|name| format!(", not {name}")).unwrap_or_default();
    let reported = checked.finding.places.first().and_then(|place| place.reported);
    let nameless = first.is_some_and(|told| told.found.utterance.by.is_none());
    let mut sentence = match checked.finding.verdict {
        Verdict::Verbatim | Verdict::Altered if nameless => {
            let (these, them) = if checked.finding.verdict == Verdict::Verbatim {
                ("These words stand", "them")
            } else {
                ("Something very like this, but not in these words, stands", "it")
            };
            let open = alleged.as_ref().map(|name| format!(": it does not show whether {name} said {them}"));
            format!("{these} in a text{when} that names no speaker here{}.", open.unwrap_or_default())
        }
        Verdict::Verbatim => format!("{who} said these words{when}."),
        Verdict::Altered => format!("{who} said something very like this{when}, but not in these words."),
        Verdict::Spliced => {
            let count = checked.finding.places.len();
            format!("These words were not said in one go: they are put together from {count} places.")
        }
        Verdict::OtherSpeaker => {
            let differs = checked.finding.places.first().is_some_and(|place| !place.differences.is_empty());
            let this = if differs { "something very like this" } else { "this" };
            format!("{who}{not_alleged}, said {this}{when}.")
        }
        Verdict::InQuestion => match &alleged {
            Some(name) => format!("These are words of a question{when}, not of {name}."),
            None => format!("These are words of a question{when}, not of an answer."),
        },
        Verdict::Quoted if reported == Some(Reported::Rejected) => {
            format!("{who} used these words{when} in order to reject them.")
        }
        Verdict::Quoted => format!("{who} used these words{when} to tell what others say."),
        Verdict::Paraphrase => "Nobody said this in these words. What comes closest is below.".to_owned(),
        Verdict::NotFound => match &alleged {
            Some(name) => format!("The archive holds no such words of {name}, nor of anybody else."),
            None => "The archive holds no such words.".to_owned(),
        },
    };
    if checked.other_days {
        sentence.push_str(" That is not on the days asked for.");
    }
    sentence
}

/// Whether somebody is alleged to have said what stands in a text that names no speaker.
pub fn leaves_open_who(asked: &Asked, checked: &Checked) -> bool {
    asked.alleged.is_some()
        && matches!(checked.finding.verdict, Verdict::Verbatim | Verdict::Altered)
        && checked.passages.first().is_some_and(|told| told.found.utterance.by.is_none())
}

fn when(told: &Told) -> String {
    told.found.briefing.date.map_or_else(|| " (undated)".to_owned(), |date| format!(" on {}", phrase::date(date)))
}

/// Who speaks, by name or as printed.
pub fn who(utterance: &Utterance) -> String {
    let Some(by) = &utterance.by else { return "A written text".to_owned() };
    by.speaker.as_ref().map_or_else(|| by.label.clone(), |speaker| speaker.name.clone())
}

/// One difference as a sentence.
pub fn difference(difference: &Difference) -> String {
    let Difference { was, is, .. } = difference;
    match (was.is_empty(), is.is_empty()) {
        (false, true) => format!("“{was}” is left out"),
        (true, false) => format!("“{is}” is added"),
        _ => format!("“{was}” became “{is}”"),
    }
}

/// What a change does, as a sentence that cannot be overlooked.
pub fn warning(warning: Warning) -> &'static str {
    match warning {
        Warning::Negation => "A “not” was lost or added: that turns the meaning round.",
        Warning::Number => "A number was changed.",
        Warning::Name => "A name was changed.",
        Warning::Tense => "The tense was changed.",
    }
}

/// How the quotations of an article stand, as a sentence.
pub fn article(verdicts: impl Iterator<Item = Verdict>) -> String {
    let (mut all, mut verbatim, mut not_found) = (0, 0, 0);
    for verdict in verdicts {
        all += 1;
        verbatim += usize::from(verdict == Verdict::Verbatim);
        not_found += usize::from(verdict == Verdict::NotFound);
    }
    let other = all - verbatim - not_found;
    let quotations = phrase::counted(all, "quotation", "quotations");
    format!(
        "Of {quotations} in marks the archive holds {verbatim} word for word, {other} otherwise, {not_found} not at all."
    )
}
