//! What an order covers: pure.

use std::collections::{BTreeSet, HashSet};

use crate::analysis::people::Evidence;
use crate::domain::UtteranceId;
use crate::store::redactions::Held;

/// Words in a row that nobody repeats by chance.
const RUN: usize = 5;
/// Words in a row below which a text is too common to be looked for.
const SHORTEST: usize = 3;
/// Letters of the shortest word that can betray something by itself.
const TELLING: usize = 4;

/// What a redaction destroys.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Utterances, of whatever revision and transcript.
    pub utterances: BTreeSet<UtteranceId>,
    /// What of it is shown now, for whoever has to confirm it.
    pub shown: Vec<Stretch>,
    /// How many rows of other revisions and transcripts hold the same words.
    pub elsewhere: usize,
    /// Words that stand nowhere in what is left of the briefing.
    telling: HashSet<String>,
    /// Runs of words.
    runs: HashSet<String>,
}

/// An utterance that is shown now and would be destroyed.
#[derive(Debug, Clone)]
pub struct Stretch {
    /// Its number.
    pub number: Option<i32>,
    /// Its label.
    pub label: Option<String>,
    /// Its words.
    pub text: String,
}

impl Plan {
    /// What goes with these numbers, or with all of a briefing: in every revision the utterances that have them, and
    /// whatever else repeats their words and is not what remains to be shown.
    pub(super) fn of(held: &[Held], numbers: Option<&BTreeSet<i32>>) -> Self {
        let chosen = |one: &Held| match numbers {
            None => true,
            Some(numbers) => one.counted && one.number.is_some_and(|number| numbers.contains(&number)),
        };
        let stays = |one: &&Held| one.is_main && one.present && !chosen(one);
        let left: HashSet<&[u8]> = held.iter().filter(stays).map(|one| one.hash.as_slice()).collect();
        let left_words: HashSet<String> = held.iter().filter(stays).flat_map(|one| words(&one.text)).collect();
        let mut plan = Self::default();
        for one in held.iter().filter(|one| chosen(one)) {
            plan.telling.extend(words(&one.text).into_iter().filter(|word| !left_words.contains(word)));
            plan.runs.extend(runs(&words(&one.text)));
        }
        for one in held {
            let same = !left.contains(one.hash.as_slice()) && plan.repeats(&one.text);
            if chosen(one) || same {
                plan.utterances.insert(one.id);
                if one.present && one.is_main {
                    plan.shown.push(Stretch { number: one.number, label: one.label.clone(), text: one.text.clone() });
                } else {
                    plan.elsewhere += 1;
                }
            }
        }
        plan
    }

    /// Whether a text repeats what is destroyed: a run of its words, or a word that stands nowhere else in the briefing.
    pub fn repeats(&self, text: &str) -> bool {
        let words = words(text);
        let telling = |word: &String| word.chars().count() >= TELLING && self.telling.contains(word);
        let repeated = |length: usize| words.windows(length).any(|run| self.runs.contains(&run.join(" ")));
        words.iter().any(telling) || (SHORTEST..=RUN).any(repeated)
    }

    /// Evidence about people without what comes from the words, and with the labels that are still there.
    pub(super) fn evidence_left(&self, mut evidence: Evidence, labels: &[String]) -> Evidence {
        evidence.labels.retain(|seen| labels.contains(&seen.label));
        evidence.mentions.retain(|mention| !self.repeats(&mention.name));
        for mention in &mut evidence.mentions {
            mention.offices.retain(|office| !self.repeats(&office.title));
        }
        evidence.titled.retain(|seen| !self.repeats(&seen.surname) && !self.repeats(&seen.office));
        evidence.surnames.retain(|seen| !self.repeats(&seen.surname) && !self.repeats(&seen.office));
        evidence
    }
}

/// Words as they are compared: letters and digits, in lower case.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Every run of words; of a shorter text all of it.
fn runs(words: &[String]) -> impl Iterator<Item = String> {
    words.windows(RUN.min(words.len().max(1))).map(|run| run.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(id: i64, present: bool, number: i32, text: &str) -> Held {
        let hash = crate::domain::chain::sha256(&[text.as_bytes()]).to_vec();
        Held {
            id: UtteranceId(id),
            number: Some(number),
            counted: true,
            is_main: true,
            present,
            label: None,
            text: text.to_owned(),
            hash,
        }
    }

    #[test]
    fn the_words_go_wherever_they_stand_and_what_is_left_stays() {
        let archive = [
            held(1, true, 1, "Welcome to the briefing."),
            held(2, true, 2, "Her address is Quarrel Lane."),
            held(3, true, 3, "Thank you."),
            // Before a split, and in another transcript: the words stand in another turn.
            held(4, false, 1, "Welcome to the briefing. Her address is Quarrel Lane."),
            held(5, false, 3, "Thank you."),
            Held { is_main: false, counted: false, ..held(6, true, 9, "She lives in Quarrel Lane, we hear.") },
            Held { is_main: false, ..held(7, true, 8, "Thank you all.") },
        ];
        let plan = Plan::of(&archive, Some(&BTreeSet::from([2])));
        assert_eq!(plan.utterances.iter().map(|id| id.0).collect::<Vec<_>>(), [2, 4, 6]);
        assert_eq!((plan.shown.len(), plan.elsewhere), (1, 2));
        assert!(plan.repeats("The QUARREL was heard"));
        assert!(plan.repeats("so her address is quarrel lane"));
        assert!(!plan.repeats("Welcome to the briefing"), "that stands elsewhere");
        assert_eq!(Plan::of(&archive, None).utterances.len(), archive.len());
    }
}
