//! Whether a text itself says that its speakers are not to be named. Pure.

use crate::analysis::people::role_of;
use crate::domain::{Draft, DraftUtterance, Role, UtteranceKind};
use crate::transcript::{Diagnostic, Severity};

/// Utterances at the beginning among which the ground rules are said.
const BEGINNING: usize = 12;

/// What an editor should know where the title or the beginning says so and labels name people all the same. A text that
/// prints roles only names nobody already.
pub fn finding(draft: &Draft) -> Option<Diagnostic> {
    let title = draft.title.to_lowercase();
    let titled = ["background call", "background press call", "background briefing"];
    let said = |one: &&DraftUtterance| !asks(one) && says(&one.text.to_lowercase());
    let is_said = titled.iter().any(|words| title.contains(words)) || says(&title);
    if !is_said && draft.utterances.iter().take(BEGINNING).find(said).is_none() {
        return None;
    }
    let mut labels: Vec<&str> = draft.utterances.iter().filter_map(|one| one.label.as_deref()).collect();
    labels.retain(|label| role_of(label).is_none());
    labels.sort_unstable();
    labels.dedup();
    if labels.is_empty() {
        return None;
    }
    let message = format!(
        "The text says that it is on background or not for attribution, but labels name people: {}. \
         If readers are not to be told who speaks, say so under “Correct it” before publishing.",
        labels.join(", ")
    );
    Some(Diagnostic::new(Severity::Warning, "background", message))
}

/// Whether words set the ground rules of what they begin.
fn says(text: &str) -> bool {
    let stands = |words: &str, not_before: &str| {
        text.match_indices(words).any(|(at, words)| {
            let behind = text.get(at + words.len()..).unwrap_or_default();
            !behind.starts_with(|letter: char| letter.is_alphanumeric()) && !behind.trim_start().starts_with(not_before)
        })
    };
    stands("on background", "check")
        || stands("on deep background", "check")
        || stands("not for attribution", "\0")
        || text.contains("attributable to a senior")
        || text.contains("attributed to a senior")
}

fn asks(one: &DraftUtterance) -> bool {
    let role = one.label.as_deref().and_then(role_of);
    one.kind == UtteranceKind::Turn && role == Some(Role::Questioner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::BriefingKind;

    /// A call that begins with these turns.
    fn call(turns: &[(&str, &str)]) -> Draft {
        let turn = |(label, text): &(&str, &str)| DraftUtterance {
            kind: UtteranceKind::Turn,
            label: Some((*label).to_owned()),
            goes_on: false,
            text: (*text).to_owned(),
            marks: Vec::new(),
            asked_by: None,
            starts_at_ms: None,
        };
        Draft {
            briefing_kind: BriefingKind::Transcript,
            title: "Call on the dredging".to_owned(),
            date: None,
            date_origin: None,
            starts: None,
            ends: None,
            zone: None,
            place: None,
            series: None,
            issuer: None,
            language: None,
            subjects: Vec::new(),
            utterances: turns.iter().map(turn).collect(),
        }
    }

    #[test]
    fn an_editor_hears_of_it_where_labels_name_people() {
        let rules = "This call is on background.";
        let message = finding(&call(&[("MODERATOR", rules), ("MS. LIND", "Hello.")])).expect("a finding").message;
        assert!(message.contains("labels name people: MS. LIND."), "{message}");
        assert_eq!(finding(&call(&[("MODERATOR", rules), ("SENIOR OFFICIAL", "Hello.")])), None, "nobody is named");
        assert_eq!(finding(&call(&[("Q", "Is this on background?"), ("MS. LIND", "No.")])), None, "a question");
        assert_eq!(finding(&call(&[("MS. LIND", "Hello.")])), None);
    }

    #[test]
    fn ground_rules_are_told_from_talk_of_them() {
        for rules in [
            "this call is on background, attributed to a harbour official.",
            "good morning. today’s session is on deep background.",
            "what follows is not for attribution.",
            "his words are attributable to a senior port official.",
        ] {
            assert!(says(rules), "{rules}");
        }
        for talk in [
            "close the loophole on background checks.",
            "he has a background in law.",
            "we put it on backgrounds of grey.",
            "i spoke to the people of the background call.",
        ] {
            assert!(!says(talk), "{talk}");
        }
    }
}
