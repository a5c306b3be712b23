//! One thing that the machine suggests, as the page of the review shows it: with its words, and what can be said of it.

use std::collections::HashMap;

use crate::analysis::rarity::{self, Rarity, Terms};
use crate::domain::{AnswerLabel, BriefingId, ClaimKind, Place, PromiseKind, Suggestion, SuggestionKind};
use crate::store::Connection;
use crate::store::briefings::Listed;
use crate::store::review_items::{self, Item};
use crate::store::utterances::Found;
use crate::web::error::Error;
use crate::web::public::excerpt;
use crate::web::public::follow_ups::nearest;
use crate::web::public::turns::Who;
use crate::web::{owed, phrase, urls, words};

/// Characters shown on both sides of a claim or a promise.
const ROOM: usize = 600;
/// Characters of a question that only helps to understand.
const CONTEXT: usize = 600;

/// A suggestion as shown.
pub struct Shown {
    /// Which.
    pub of: Suggestion,
    /// What the editor is asked.
    pub asks: &'static str,
    /// What the machine says.
    pub machine: String,
    /// The question to which the words respond, or that is owed.
    pub question: Vec<Part>,
    /// Of later words the promise, with where it was made.
    pub promise: Option<Passage>,
    /// The question before the words, where it is not part of what is suggested.
    pub before: Option<String>,
    /// The words.
    pub words: Passage,
    /// What the machine's word is called when it is accepted.
    pub accept: Option<Choice>,
    /// Other words.
    pub choices: Vec<Choice>,
    /// What rejecting it means.
    pub reject: &'static str,
    /// The moment of an editor's decision, as it is sent back.
    pub decided_at: String,
    /// An editor's decision in words.
    pub decided: Option<String>,
}

/// Words of one briefing.
pub struct Passage {
    /// The briefing.
    pub briefing: Listed,
    /// The words.
    pub parts: Vec<Part>,
}

/// Words of one utterance.
pub struct Part {
    /// Who speaks.
    pub who: Option<Who>,
    /// The number of the utterance.
    pub number: i32,
    /// Its address.
    pub url: String,
    /// Where it is corrected.
    pub correct: String,
    /// The words.
    pub html: String,
}

/// Something that can be said.
pub struct Choice {
    /// The key that says it.
    pub key: String,
    /// What is sent.
    pub word: String,
    /// What it is called.
    pub name: String,
    /// The machine says so.
    pub by_machine: bool,
}

type ByNumber = HashMap<(BriefingId, i32), Found>;

/// Reads a suggestion with its words; nothing where it is suggested no more.
pub async fn load(conn: &mut Connection, of: Suggestion) -> Result<Option<Shown>, Error> {
    let Some(item) = review_items::item(conn, of).await? else { return Ok(None) };
    let asked_in = item.promise.map_or(item.briefing, |(briefing, _)| briefing);
    let mut sought: Vec<(BriefingId, i32)> = item.words.iter().map(|place| (item.briefing, place.number)).collect();
    sought.extend(item.question.iter().map(|place| (asked_in, place.number)));
    sought.extend(item.promise.map(|(briefing, place)| (briefing, place.number)));
    let found = owed::by_number(conn, &sought).await?;
    Ok(shown(&item, asked_in, &found))
}

fn shown(item: &Item, asked_in: BriefingId, found: &ByNumber) -> Option<Shown> {
    let first = item.words.first().or(item.question.first())?;
    let first = found.get(&(item.briefing, first.number))?;
    let question: Vec<Part> =
        item.question.iter().filter_map(|place| part(found, asked_in, place, (place.start, place.end), &[])).collect();
    let promise = item.promise.and_then(|(briefing, place)| {
        let parts = vec![part(found, briefing, &place, (place.start, place.end), &[])?];
        Some(Passage { briefing: found.get(&(briefing, place.number))?.briefing.clone(), parts })
    });
    let before = if item.of.kind == SuggestionKind::Exchange || item.of.kind == SuggestionKind::FollowUp {
        None
    } else {
        first.question.as_ref().map(|question| words::line(&excerpt::cut(&question.text, CONTEXT), &[], &[]))
    };
    let choices = choices(item);
    let accept = item.class.as_deref().filter(|_| item.decided.is_none()).map(|class| accept(item.of.kind, class));
    Some(Shown {
        of: item.of,
        asks: asks(item.of.kind),
        machine: machine(item),
        words: Passage { briefing: first.briefing.clone(), parts: parts(item, asked_in, found) },
        question,
        promise,
        before,
        accept,
        choices,
        reject: reject(item.of.kind),
        decided_at: item.decided.as_ref().map(|decided| decided.at.to_string()).unwrap_or_default(),
        decided: decided(item),
    })
}

/// The words of a suggestion, with what it rests on marked.
fn parts(item: &Item, asked_in: BriefingId, found: &ByNumber) -> Vec<Part> {
    let of = |place: &Place| {
        let text = &found.get(&(item.briefing, place.number))?.utterance.text;
        let own = (place.start, place.end);
        match item.of.kind {
            SuggestionKind::Exchange => {
                let because = item.because.filter(|because| because.number == place.number);
                let points: Vec<(usize, usize)> =
                    because.map(|because| (because.start, because.end)).into_iter().collect();
                part(found, item.briefing, place, own, &points)
            }
            SuggestionKind::Claim | SuggestionKind::FollowUp => {
                part(found, item.briefing, place, excerpt::wider(text, own, ROOM), &[own])
            }
            SuggestionKind::Resolution => {
                let points = shared(item, asked_in, found, text);
                let around = points.first().zip(points.last()).map_or((0, ROOM), |(first, last)| (first.0, last.1));
                part(found, item.briefing, place, excerpt::wider(text, around, ROOM), &points)
            }
        }
    };
    item.words.iter().filter_map(of).collect()
}

/// The places of words of later words that were asked or promised.
fn shared(item: &Item, asked_in: BriefingId, found: &ByNumber, text: &str) -> Vec<(usize, usize)> {
    let promise = item.promise.iter().map(|(_, place)| place);
    let owed = item.question.iter().chain(promise).filter_map(|place| {
        let one = found.get(&(asked_in, place.number))?;
        Some(place.words(&one.utterance.text))
    });
    let owed = Terms::of(&owed.collect::<Vec<_>>().join("\n"));
    let rarity = Rarity::of([&owed, &Terms::of(text)]);
    nearest(&rarity::shared(text, &owed, &rarity))
}

fn part(
    found: &ByNumber,
    briefing: BriefingId,
    place: &Place,
    range: (usize, usize),
    points: &[(usize, usize)],
) -> Option<Part> {
    let one = found.get(&(briefing, place.number))?;
    let (said, slug) = (&one.utterance, &one.briefing.slug);
    Some(Part {
        who: said.by.as_ref().map(|by| Who::of(by, said, true)),
        number: place.number,
        url: urls::utterance(slug, place.number),
        correct: urls::editor_turn(slug, place.number),
        html: excerpt::part(&said.text, &said.marks, range, points),
    })
}

const fn asks(kind: SuggestionKind) -> &'static str {
    match kind {
        SuggestionKind::Exchange => "What became of the question?",
        SuggestionKind::Claim => "Is this a claim, and of what kind?",
        SuggestionKind::FollowUp => "Do they promise to come back to it?",
        SuggestionKind::Resolution => "Do the later words keep the promise?",
    }
}

const fn reject(kind: SuggestionKind) -> &'static str {
    match kind {
        SuggestionKind::Exchange => "Reject: paired wrongly, or no label fits",
        SuggestionKind::Claim => "Reject: no claim",
        SuggestionKind::FollowUp => "Reject: no promise",
        SuggestionKind::Resolution => "Reject: they do not keep it",
    }
}

/// A label or a kind as people write it.
pub fn class_name(kind: SuggestionKind, class: &str) -> String {
    match (kind, PromiseKind::parse(class)) {
        (SuggestionKind::FollowUp, Some(promise)) => phrase::promise(promise).to_owned(),
        (SuggestionKind::Resolution, _) => "keeps the promise".to_owned(),
        _ => class.replace('-', " "),
    }
}

fn machine(item: &Item) -> String {
    let Some(said) = item.suggested.as_deref() else { return "nothing".to_owned() };
    let name = class_name(item.of.kind, said);
    let percent = |score: f32| format!("{:.0}", score * 100.0);
    match (item.of.kind, item.score) {
        (SuggestionKind::Exchange, Some(score)) => format!("{name}, {}", phrase::sure(score)),
        (SuggestionKind::Claim, Some(score)) => format!("{name}; worth a check: {} of 100", percent(score)),
        (SuggestionKind::Resolution, score) => {
            let mut why = vec![name];
            why.extend(score.map(|score| format!("by what they have in common {} of 100", percent(score))));
            why.extend(item.says_so.then(|| "they say that they come back to something".to_owned()));
            why.extend(item.same_asker.then(|| "the same reporter asked".to_owned()));
            why.join("; ")
        }
        _ => name,
    }
}

fn decided(item: &Item) -> Option<String> {
    let decided = item.decided.as_ref()?;
    let class = item.class.as_deref().unwrap_or_default();
    let word = if decided.rejected {
        "rejected it".to_owned()
    } else {
        format!("said “{}”", class_name(item.of.kind, class))
    };
    let by = decided.by.as_deref().unwrap_or("An editor");
    Some(format!("{by} {word} on {}.", phrase::moment(decided.at)))
}

fn accept(kind: SuggestionKind, class: &str) -> Choice {
    let word = match kind {
        SuggestionKind::Exchange | SuggestionKind::Claim => class.to_owned(),
        SuggestionKind::FollowUp | SuggestionKind::Resolution => "right".to_owned(),
    };
    let name = match kind {
        SuggestionKind::FollowUp => "Accept: a promise".to_owned(),
        SuggestionKind::Resolution => "Accept: they keep it".to_owned(),
        _ => format!("Accept: {}", class_name(kind, class)),
    };
    Choice { key: "a".to_owned(), word, name, by_machine: true }
}

fn choices(item: &Item) -> Vec<Choice> {
    let words: Vec<&str> = match item.of.kind {
        SuggestionKind::Exchange => AnswerLabel::ALL.iter().map(|label| label.as_str()).collect(),
        SuggestionKind::Claim => ClaimKind::ALL.iter().map(|kind| kind.as_str()).collect(),
        SuggestionKind::FollowUp | SuggestionKind::Resolution if item.decided.is_some() => {
            let name = if item.of.kind == SuggestionKind::FollowUp { "a promise" } else { "they keep it" };
            let (key, word) = ("1".to_owned(), "right".to_owned());
            return vec![Choice { key, word, name: name.to_owned(), by_machine: true }];
        }
        SuggestionKind::FollowUp | SuggestionKind::Resolution => Vec::new(),
    };
    let choice = |(at, word): (usize, &str)| Choice {
        key: (at + 1).to_string(),
        word: word.to_owned(),
        name: class_name(item.of.kind, word),
        by_machine: item.suggested.as_deref() == Some(word),
    };
    words.into_iter().enumerate().map(choice).collect()
}
