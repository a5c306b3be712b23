//! Everything that is suggested about the words of one transcript: claims, exchanges with their labels, promises.

use std::ops::Range;

use super::answers;
use super::claims::claims;
use super::exchanges::{self, Exchange, Part, Turn};
use super::follow_ups::{self, FollowUp};
use crate::domain::joined::{joined, starts};
use crate::domain::{AnswerLabel, ClaimKind, UtteranceKind};

/// Goes up whenever some analysis says something else of the same words: what is stored is then read again.
pub const VERSION: i32 = 3;

/// Sentences that only state something, predict it or are for it are kept from this score on.
const WORTH: f32 = 0.08;

/// What is suggested about a transcript.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Suggestions {
    /// Sentences that assert something checkable, in order.
    pub claims: Vec<Claimed>,
    /// Questions with their responses, in order.
    pub exchanges: Vec<Judged>,
    /// Promises to come back, in order.
    pub follow_ups: Vec<FollowUp>,
}

/// A claim with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Claimed {
    /// Its sentence.
    pub part: Part,
    /// Of what kind it is.
    pub kind: ClaimKind,
    /// How much it deserves a check, from 0 to 1.
    pub score: f32,
}

impl Claimed {
    /// Whether an archive should keep it: figures, denials, accusations and commitments always, of the others the half that
    /// deserves a check most.
    pub fn is_worth_keeping(&self) -> bool {
        let sharp =
            matches!(self.kind, ClaimKind::Figure | ClaimKind::Denial | ClaimKind::Accusation | ClaimKind::Commitment);
        sharp || self.score >= WORTH
    }
}

/// An exchange with what became of its question.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The question and the response.
    pub exchange: Exchange,
    /// What became of the question; nothing where nobody responded.
    pub answer: Option<Answered>,
}

/// What became of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// The label.
    pub label: AnswerLabel,
    /// How probable its class is, from 0 to 1.
    pub score: f32,
    /// The words that gave it away, in characters of the parts of the response joined by blank lines.
    pub because: Option<Range<usize>>,
}

impl Judged {
    /// Where the words stand that gave it away.
    pub fn because(&self) -> Option<Part> {
        let range = self.answer.as_ref()?.because.as_ref()?;
        let parts = &self.exchange.response;
        parts.iter().zip(starts(parts.iter().map(|part| part.span.len()))).find_map(|(part, first)| {
            let inside = range.start >= first && range.end <= first + part.span.len();
            let start = part.span.start + range.start.saturating_sub(first);
            inside.then(|| Part { turn: part.turn, span: start..start + range.len() })
        })
    }
}

/// Reads the turns of a transcript, in their order.
pub fn suggestions(turns: &[Turn<'_>]) -> Suggestions {
    let exchanges = exchanges::exchanges(turns);
    let follow_ups = follow_ups::promises(turns, &exchanges);
    let answers: Vec<Option<Answered>> = (0..exchanges.len()).map(|at| answer(turns, &exchanges, at)).collect();
    let judged = exchanges.into_iter().zip(answers).map(|(exchange, answer)| Judged { exchange, answer });
    Suggestions { claims: all_claims(turns), exchanges: judged.collect(), follow_ups }
}

/// Claims of what is said and of what is stated.
fn all_claims(turns: &[Turn<'_>]) -> Vec<Claimed> {
    let of_turn = |(turn, it): (usize, &Turn<'_>)| {
        let says = matches!(it.kind, UtteranceKind::Turn | UtteranceKind::Paragraph);
        let found = if says { claims(it.text, it.asker) } else { Vec::new() };
        found.into_iter().map(move |claim| Claimed {
            part: Part { turn, span: claim.span },
            kind: claim.kind,
            score: claim.score,
        })
    };
    turns.iter().enumerate().flat_map(of_turn).collect()
}

fn answer(turns: &[Turn<'_>], exchanges: &[Exchange], at: usize) -> Option<Answered> {
    let exchange = exchanges.get(at).filter(|exchange| !exchange.response.is_empty())?;
    let words = |parts: &[Part]| parts.iter().map(|part| words(turns, part)).collect::<Vec<_>>();
    let response = words(&exchange.response);
    let response = joined(response.iter().map(String::as_str));
    let answer = answers::label(&words(&exchange.question).join(" "), &response, "");
    let label = match answer.label {
        AnswerLabel::Partly | AnswerLabel::Answered
            if answer.because.is_none()
                && asked_next(exchanges, at).any(|part| answers::dodged(&response, &self::words(turns, part))) =>
        {
            AnswerLabel::Dodged
        }
        label => label,
    };
    Some(Answered { label, score: answer.score, because: answer.because })
}

/// What is asked next in the same chain.
fn asked_next(exchanges: &[Exchange], at: usize) -> impl Iterator<Item = &Part> {
    let chain = |at: usize| exchanges.get(at).map(|exchange| exchange.follows.unwrap_or(at));
    let next = exchanges.get(at + 1).filter(|_| chain(at + 1) == chain(at));
    next.into_iter().flat_map(|next| &next.question)
}

/// The words of a part.
pub fn words(turns: &[Turn<'_>], part: &Part) -> String {
    let text = turns.get(part.turn).map(|turn| turn.text).unwrap_or_default();
    text.chars().skip(part.span.start).take(part.span.len()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Role;

    fn turn(asker: bool, text: &str) -> Turn<'_> {
        let role = asker.then_some(Role::Questioner);
        Turn { kind: UtteranceKind::Turn, asker, speaker: Some(u64::from(asker)), role, text, asked_by: None }
    }

    #[test]
    fn a_refusal_is_shown_where_it_stands() {
        let turns = [
            turn(true, "Will the minister sign the treaty on the sound before the vote in Varen?"),
            turn(false, "Thank you for that. I’m not going to comment on a document that has not been published."),
        ];
        let found = suggestions(&turns);
        let [exchange] = &found.exchanges[..] else { panic!("{found:?}") };
        let answer = exchange.answer.as_ref().expect("somebody responded");
        assert_eq!(answer.label, AnswerLabel::Declined);
        let because = exchange.because().expect("there are words that say so");
        assert_eq!(because.turn, 1);
        assert!(words(&turns, &because).contains("not going to comment"), "{}", words(&turns, &because));
    }

    #[test]
    fn a_question_is_dodged_where_who_asked_says_so_and_nowhere_else() {
        let asked = turn(true, "Who ordered the trawlers to be held at Kallenport for nine days?");
        let said = turn(
            false,
            "The government of the republic has always stood by its fishing towns, and it will stand by them in the \
             years to come.",
        );
        let again = turn(true, "You didn’t answer my question. Who ordered it?");
        let refused = turn(false, "I’m not going to comment on that.");
        let labels = |turns: &[Turn<'_>]| -> Vec<AnswerLabel> {
            suggestions(turns).exchanges.iter().filter_map(|one| Some(one.answer.as_ref()?.label)).collect()
        };
        assert_eq!(labels(&[asked, said, again, refused]), [AnswerLabel::Dodged, AnswerLabel::Declined]);
        let thanks = turn(true, "And how many of them are still there?");
        assert_ne!(labels(&[asked, said, thanks, refused])[0], AnswerLabel::Dodged);
        assert_eq!(labels(&[asked, refused, again, refused])[0], AnswerLabel::Declined, "they said so themselves");
    }

    #[test]
    fn a_question_without_a_response_has_no_label() {
        let turns = [turn(true, "Where is the minister today, and who speaks for him?")];
        let found = suggestions(&turns);
        assert_eq!(found.exchanges.len(), 1);
        assert_eq!(found.exchanges[0].answer, None);
    }

    #[test]
    fn small_talk_is_no_claim_and_a_figure_is_one() {
        let turns = [turn(false, "Good afternoon, everyone. We moved 1,200 containers through Kallenport last week.")];
        let found = suggestions(&turns).claims;
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].kind, ClaimKind::Figure);
        assert!(words(&turns, &found[0].part).starts_with("We moved"));
    }
}
