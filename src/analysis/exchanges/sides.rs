//! Who asks and who responds.

use std::collections::HashMap;

use super::Turn;
use super::said::{Ending, Said};
use crate::domain::{Role, UtteranceKind};

/// Where a turn stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Its speaker asks.
    Asks,
    /// Its speaker leads the event or is anybody in the room, and asks only where a turn asks outright.
    Leads,
    /// Its speaker gives the floor to others who ask.
    Calls,
    /// Its speaker responds.
    Responds,
    /// Nobody speaks, or somebody from the staff.
    Apart,
}

/// Turns of unnamed reporters that make it a press conference, whoever else there is.
const FEW: usize = 2;
/// A turn with more words than these is no question.
const LONG: usize = 400;

/// What is known of a speaker from all of their turns.
#[derive(Debug, Default)]
struct Manner {
    turns: usize,
    words: usize,
    /// Turns that end by asking.
    asking: usize,
    /// Turns whose words name them as a reporter.
    introduced: usize,
    known: bool,
    leads: bool,
}

/// The side of each turn.
pub(super) fn sides(turns: &[Turn<'_>]) -> Vec<Side> {
    let reporters = turns.iter().filter(|turn| turn.role == Some(Role::Questioner)).count();
    let asked = reporters >= FEW;
    let manners = manners(turns, asked);
    let most = manners.values().map(|manner| manner.words).max().unwrap_or(0);
    let side = |turn: &Turn<'_>| {
        if turn.kind != UtteranceKind::Turn || turn.role == Some(Role::Staff) {
            return Side::Apart;
        }
        if turn.role == Some(Role::Moderator) {
            return if asked { Side::Calls } else { Side::Leads };
        }
        // A voice from the audience may be anything: a song, a film that is shown, an aide who helps out.
        if turn.role == Some(Role::Audience) {
            return Side::Leads;
        }
        if turn.asker {
            return Side::Asks;
        }
        let Some(manner) = turn.speaker.and_then(|speaker| manners.get(&speaker)) else { return Side::Responds };
        if manner.leads {
            Side::Leads
        } else if manner.asks(asked, most) {
            Side::Asks
        } else {
            Side::Responds
        }
    };
    turns.iter().map(side).collect()
}

impl Manner {
    /// Whether somebody asks who is not known to: introduced as a reporter; or, where no unnamed reporter asks, ending most
    /// of their turns with a question and leaving most of the words to others.
    fn asks(&self, asked: bool, most: usize) -> bool {
        if self.known || self.introduced > 0 && 2 * self.asking >= self.turns {
            return true;
        }
        !asked && 2 * self.words < most && 2 * self.asking >= self.turns
    }
}

fn manners(turns: &[Turn<'_>], asked: bool) -> HashMap<u64, Manner> {
    let mut manners: HashMap<u64, Manner> = HashMap::new();
    let mut first = !asked && turns.iter().all(|turn| turn.role != Some(Role::Moderator));
    for turn in turns.iter().filter(|turn| turn.kind == UtteranceKind::Turn && turn.role.is_none()) {
        let Some(speaker) = turn.speaker else { continue };
        let manner = manners.entry(speaker).or_default();
        let words = turn.text.split_whitespace().count();
        manner.turns += 1;
        manner.words += words;
        manner.known |= turn.asker;
        manner.introduced += usize::from(turn.asked_by.is_some());
        // Where reporters ask, only those whom the words name can be reporters under their own names.
        if !asked || manner.introduced > 0 {
            manner.asking += usize::from(words <= LONG && ends_by_asking(turn.text));
        }
        if first {
            manner.leads = opens(turn.text);
        }
        first = false;
    }
    manners
}

/// Whether one of the last sentences asks.
fn ends_by_asking(text: &str) -> bool {
    let said = Said::new(text);
    said.sentences.iter().rev().take(3).any(|it| it.ending == Ending::Question)
}

/// Whether the first words of an event are those of somebody who leads it.
fn opens(text: &str) -> bool {
    let said = Said::new(text);
    let phrase = format!(" {} ", said.phrase(&(0..said.words.len()), 400));
    let greets = [" good evening ", " good morning ", " good afternoon ", " welcome ", " hello ", " joining "];
    let leads = [
        " moderator ",
        " debate ",
        " debates ",
        " my guest ",
        " our guest ",
        " joins us ",
        " joining us ",
        " joining me ",
        " interview ",
        " host ",
        " town hall ",
        " the candidates ",
        " our panel ",
        " coin toss ",
        " two minutes ",
        " first question ",
    ];
    greets.iter().any(|it| phrase.contains(it)) && leads.iter().any(|it| phrase.contains(it))
}
