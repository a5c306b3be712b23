//! What a turn of somebody who asks does.

use std::ops::Range;

use super::lexicon;
use super::said::{Ending, Said, Sentence, Word};
use crate::analysis::people::is_given_name;

/// Words of a statement that is too short to be a question.
const REMARK: usize = 5;
/// Words of a piece that says nothing without its other half: "But the --".
const SCRAP: usize = 3;

/// What it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    /// It asks, or states what wants a response.
    Question,
    /// It is cut short before it asks.
    Piece,
    /// It begs for the floor.
    Bid,
    /// It greets or thanks.
    Courtesy,
    /// It takes note of what was said.
    Note,
    /// It says something by the way: "Yes or no is fine."
    Remark,
    /// Nothing is said.
    Silence,
}

/// A turn of somebody who asks.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent observations about one turn, not a state")]
pub(super) struct Asking {
    /// What it does.
    pub act: Act,
    /// Its words without greetings and thanks.
    pub span: Range<usize>,
    /// The sentences that ask.
    pub asked: Vec<Range<usize>>,
    /// Whether it begins by greeting or thanking, as those do who have just been given the floor.
    pub greets: bool,
    /// Whether it says that it goes on from the question before.
    pub follows: bool,
    /// Whether it says that it turns to something else.
    pub turns_away: bool,
    /// Whether one of its sentences asks outright, with a question mark or by words like "tell us".
    pub outright: bool,
    /// Whether its last sentence asks.
    pub ends_asking: bool,
    /// Whether it goes on in the middle of a sentence.
    pub goes_on: bool,
    /// Whether it is cut short.
    pub cut_short: bool,
    /// Whether somebody's name would answer it.
    pub for_name: bool,
    /// How many words it has, without greetings and thanks; none where nothing could be heard.
    pub words: usize,
}

/// Reads a turn of somebody who asks.
pub(super) fn read(text: &str) -> Asking {
    let said = Said::new(text);
    let (first, last) = substance(&said);
    let inside = said.sentences.get(first..last).unwrap_or_default();
    let span = match (inside.first(), inside.last()) {
        (Some(first), Some(last)) => first.span.start..last.span.end,
        // Words that could not be heard stand for the question.
        _ if said.words.is_empty() => 0..said.chars.len(),
        _ => said.span(),
    };
    let words = inside.first().zip(inside.last()).map_or(0..0, |(first, last)| first.words.start..last.words.end);
    let asked: Vec<Range<usize>> = inside.iter().filter(|it| asks(&said, it)).map(|it| it.span.clone()).collect();
    let cut_short = said.is_cut_short();
    let act = act(&said, inside, said.words(&words), &asked);
    Asking {
        act,
        span,
        greets: greets(&said),
        follows: follows(&said),
        turns_away: inside.iter().take(2).any(|it| lexicon::turns_away(&said.phrase(&it.words, 12))),
        outright: inside.iter().any(|it| asks_outright(&said, it)),
        ends_asking: inside.last().is_some_and(|it| asks(&said, it)),
        goes_on: said.opens_in_the_middle(),
        cut_short,
        for_name: said.words.iter().any(lexicon::is_for_name),
        words: words.len(),
        asked,
    }
}

/// The sentences between greetings and thanks.
fn substance(said: &Said) -> (usize, usize) {
    let courteous = |sentence: &Sentence| lexicon::is_courtesy(said.words(&sentence.words));
    let all = said.sentences.len();
    let first = said.sentences.iter().take_while(|sentence| courteous(sentence)).count();
    let last = all - said.sentences.iter().rev().take(all - first).take_while(|sentence| courteous(sentence)).count();
    (first, last)
}

fn act(said: &Said, inside: &[Sentence], words: &[Word], asked: &[Range<usize>]) -> Act {
    if said.words.is_empty() {
        return if said.unheard { Act::Question } else { Act::Silence };
    }
    if inside.is_empty() {
        return Act::Courtesy;
    }
    let notes = |it: &Sentence| lexicon::is_noted(said.words(&it.words)) && it.ending != Ending::Open;
    let begs = |it: &Sentence| {
        let words = said.words(&it.words);
        lexicon::is_bid(words, it.ending == Ending::Question) || is_address(words, it.ending)
    };
    let noted = |it: &Sentence| notes(it) || lexicon::is_tag(&said.phrase(&it.words, 4));
    if inside.iter().all(|it| noted(it) && it.ending != Ending::Question) {
        return Act::Note;
    }
    if inside.iter().all(|it| begs(it) || notes(it)) {
        return Act::Bid;
    }
    let whole = asked.iter().any(|span| span.end < said.span().end) || !said.is_cut_short();
    if !asked.is_empty() && (whole || words.len() > SCRAP + 2) {
        return Act::Question;
    }
    if said.is_cut_short() {
        return Act::Piece;
    }
    if words.len() <= REMARK { Act::Remark } else { Act::Question }
}

/// "Ada?" "Mr. Vale --" "Ada, Ada --"
fn is_address(words: &[Word], ending: Ending) -> bool {
    const TITLES: &[&str] = &[
        "mr",
        "ms",
        "mrs",
        "dr",
        "sir",
        "madam",
        "president",
        "secretary",
        "admiral",
        "presidente",
        "presidenta",
        "ma'am",
    ];
    let title = |word: &Word| TITLES.contains(&word.folded.as_str());
    words.len() <= 4
        && (ending != Ending::Question || words.len() == 1)
        && words.iter().all(|word| word.capital || title(word))
        && words.iter().any(|word| title(word) || is_given_name(&word.folded))
}

/// Whether a sentence asks.
fn asks(said: &Said, sentence: &Sentence) -> bool {
    let words = said.words(&sentence.words);
    let phrase = said.phrase(&sentence.words, 6);
    if lexicon::is_tag(&phrase) || lexicon::is_courtesy(words) {
        return false;
    }
    let bid = lexicon::is_bid(words, sentence.ending == Ending::Question) || is_address(words, sentence.ending);
    match sentence.ending {
        Ending::Question => !bid,
        _ if said.chars.get(sentence.span.clone()).is_some_and(|chars| chars.contains(&'¿')) => true,
        Ending::Open | Ending::Stop => words.len() > SCRAP && !bid && lexicon::asks(words, &phrase),
    }
}

/// Whether a sentence asks without a doubt.
fn asks_outright(said: &Said, sentence: &Sentence) -> bool {
    let phrase = said.phrase(&sentence.words, 30);
    let demands = [
        "tell us",
        "explain",
        "want to ask",
        "like to ask",
        "let me ask",
        "describe",
        "talk to us about",
        "i wonder",
        "quiero preguntar",
        "le pregunto",
        "diganos",
        "platiquenos",
        "explique",
    ];
    asks(said, sentence) && (sentence.ending == Ending::Question || demands.iter().any(|it| phrase.contains(it)))
}

/// Whether it begins as those do who have just been given the floor: "Thanks, Ada." "Hi."
fn greets(said: &Said) -> bool {
    let Some(first) = said.sentences.first() else { return false };
    let phrase = said.phrase(&first.words, 3);
    lexicon::greets(&phrase)
}

/// Whether it says that it goes on from the question before: "To follow up on that", "On that point".
fn follows(said: &Said) -> bool {
    let Some(first) = said.sentences.iter().find(|it| !lexicon::is_courtesy(said.words(&it.words))) else {
        return false;
    };
    let phrase = said.phrase(&first.words, 14);
    let says = |list: &[&str]| list.iter().any(|it| phrase.contains(it));
    says(&[
        "follow up on that",
        "follow on that",
        "following up on that",
        "follow-up on that",
        "follow up to that",
        "on that point",
        "on that same",
        "on that question",
        "'s question",
        "on the same",
        "following on that",
        "sobre ese mismo",
        "sobre el mismo",
    ])
}
