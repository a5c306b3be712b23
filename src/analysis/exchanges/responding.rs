//! What a turn of somebody who responds does.

use std::ops::Range;

use super::lexicon;
use super::said::{Ending, Said, Sentence};
use crate::analysis::people::is_given_name;

/// Words of a turn that is cut short before it responds.
const PIECE: usize = 10;
/// Words in which somebody asks back.
const ASKS_BACK: usize = 14;
/// Words at the end of which somebody asks to hear the question again.
const AGAIN: usize = 40;

/// What it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    /// It responds.
    Response,
    /// It is cut short before it responds.
    Piece,
    /// It asks back.
    AsksBack,
    /// It lets somebody go on asking: "Sure."; a response only to what can be answered so.
    Permits,
    /// It holds on and answers nothing: "Okay. Go ahead."
    Holds,
    /// It gives the floor to somebody: "Ada."
    Calls,
    /// It greets or thanks.
    Courtesy,
    /// Nothing is said.
    Silence,
}

/// A turn of somebody who responds.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent observations about one turn, not a state")]
pub(super) struct Responding {
    /// What it does.
    pub act: Act,
    /// Its words without those at the end that give the floor.
    pub span: Range<usize>,
    /// Whether its end gives the floor to somebody.
    pub calls: bool,
    /// Whether it names whom it gives the floor to.
    pub names: bool,
    /// Whether it is a word or two that may be a name.
    pub may_call: bool,
    /// Whether it begins by thanking or taking leave.
    pub thanks: bool,
    /// Whether it thanks everybody: that is the end.
    pub takes_leave: bool,
    /// Whether its words speak of the next who asks.
    pub passes_on: bool,
    /// Whether it only shows that they listen, if the question goes on: "Yeah."
    pub listens: bool,
    /// Whether it goes on in the middle of a sentence.
    pub goes_on: bool,
    /// Whether it is cut short.
    pub cut_short: bool,
    /// How many words it has.
    pub words: usize,
}

/// Reads a turn of somebody who responds.
pub(super) fn read(text: &str) -> Responding {
    let said = Said::new(text);
    let (kept, calls, names) = before_calls(&said);
    let inside = said.sentences.get(..kept).unwrap_or_default();
    let span = match (inside.first(), inside.last()) {
        (Some(first), Some(last)) => first.span.start..last.span.end,
        _ => said.span(),
    };
    let act = act(&said, inside, calls);
    Responding {
        act,
        span,
        calls,
        names,
        may_call: inside.len() == 1 && said.words.len() <= 2 && lexicon::may_be_name(&said.words),
        thanks: said.sentences.first().is_some_and(|it| lexicon::is_courtesy(said.words(&it.words))),
        takes_leave: takes_leave(&said),
        passes_on: lexicon::passes_on(&said.words),
        listens: !said.words.is_empty() && lexicon::listens(&said.words),
        goes_on: said.opens_in_the_middle(),
        cut_short: said.is_cut_short(),
        words: inside.last().map_or(0, |last| last.words.end),
    }
}

/// Whether it begins by thanking everybody.
fn takes_leave(said: &Said) -> bool {
    let mut sentences = said.sentences.iter().map(|it| said.words(&it.words)).skip_while(|words| lexicon::holds(words));
    sentences.next().is_some_and(lexicon::takes_leave)
        || said
            .sentences
            .iter()
            .all(|it| lexicon::is_courtesy(said.words(&it.words)) || lexicon::holds(said.words(&it.words)))
            && said.sentences.iter().any(|it| lexicon::takes_leave(said.words(&it.words)))
}

/// How many sentences there are before those that give the floor or take leave, whether one gives the floor, and whether
/// to somebody by name.
fn before_calls(said: &Said) -> (usize, bool, bool) {
    let mut kept = said.sentences.len();
    let (mut called, mut named) = (false, false);
    while let Some(sentence) = kept.checked_sub(1).and_then(|at| said.sentences.get(at)) {
        let words = said.words(&sentence.words);
        let name = !named
            && lexicon::may_be_name(words)
            && (sentence.ending != Ending::Open || kept == 1)
            && (kept > 1 || words.iter().any(|word| is_given_name(&word.folded)));
        let call = lexicon::calls(&said.phrase(&sentence.words, 14), words.len());
        let yes = words.len() == 1 && words.iter().any(|it| matches!(it.folded.as_str(), "yeah" | "yes" | "si"));
        let leaves = kept > 1 && (lexicon::is_courtesy(words) || called && lexicon::holds(words) || yes);
        if !call && !name && !leaves {
            break;
        }
        called |= call || name || yes;
        named |= name || call && lexicon::names_somebody(words);
        kept -= 1;
    }
    (kept, called, named)
}

fn act(said: &Said, inside: &[Sentence], calls: bool) -> Act {
    let (Some(_), Some(last)) = (inside.first(), inside.last()) else {
        return match (calls, said.unheard) {
            (true, _) => Act::Calls,
            (false, true) => Act::Response,
            (false, false) => Act::Silence,
        };
    };
    let words = said.words(&(0..last.words.end));
    if inside.iter().all(|it| lexicon::holds(said.words(&it.words))) {
        return if is_thanks(said, inside) { Act::Courtesy } else { Act::Holds };
    }
    if is_thanks(said, inside) {
        return Act::Courtesy;
    }
    if inside.iter().all(|it| lexicon::permits(said.words(&it.words))) && last.ending != Ending::Question {
        return Act::Permits;
    }
    let back = |it: &Sentence| lexicon::asks_back(&said.phrase(&it.words, 8));
    let tagged = said.words(&last.words).last().is_some_and(|word| lexicon::is_tag(&word.folded));
    let asks_back = last.ending == Ending::Question && (!tagged || words.len() == 1) || inside.iter().any(back);
    if words.len() <= ASKS_BACK && asks_back || words.len() <= AGAIN && back(last) && last.ending == Ending::Question {
        return Act::AsksBack;
    }
    if words.len() <= PIECE && said.is_cut_short() { Act::Piece } else { Act::Response }
}

fn is_thanks(said: &Said, inside: &[Sentence]) -> bool {
    inside.iter().all(|it| lexicon::is_courtesy(said.words(&it.words)) || lexicon::holds(said.words(&it.words)))
        && inside.iter().any(|it| lexicon::is_courtesy(said.words(&it.words)))
}
