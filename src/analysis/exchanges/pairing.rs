//! One walk through the turns that puts questions and responses together.

use super::asking::{self, Asking};
use super::responding::{self, Responding};
use super::sides::{Side, sides};
use super::{Exchange, Part, Turn};

/// Turns of others after which a piece of a question is given up.
const PATIENCE: usize = 3;
/// Words of a turn by which somebody ends what they were saying when they were interrupted.
const REST: usize = 25;
/// Words in which somebody replies to those who ask back.
const REPLY: usize = 12;
/// Words of a piece of a question that somebody can respond to: "But what about --".
const SAYS: usize = 3;
/// Words with which somebody breaks in and asks nothing: "That is not what he said."
const BREAKS_IN: usize = 20;
/// Characters of words by the way.
const BRIEF: usize = 80;
/// Words with which somebody who only gives the floor says something themselves.
const SPEECH: usize = 60;

/// The exchanges of a transcript, in order.
pub fn exchanges(turns: &[Turn<'_>]) -> Vec<Exchange> {
    let mut walk = Walk::default();
    for (at, (turn, side)) in turns.iter().zip(sides(turns)).enumerate() {
        match side {
            Side::Asks => walk.asking(at, turn, asking::read(turn.text)),
            Side::Leads => walk.leading(at, turn, asking::read(turn.text)),
            Side::Calls => walk.calling(at, turn),
            Side::Responds => walk.responding(at, turn, responding::read(turn.text)),
            Side::Apart => {}
        }
    }
    walk.finish();
    walk.done
}

/// Where the walk is.
#[derive(Debug, Default)]
struct Walk<'a> {
    done: Vec<Exchange>,
    /// The last of `done`, while it can get more parts.
    open: Option<Open<'a>>,
    /// Pieces and bids that may begin the next question.
    pending: Pending,
    /// Whether the floor was given to somebody since the last question.
    called: bool,
}

/// What is known of an exchange that can get more parts.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "what was heard so far; each is set and read by itself")]
struct Open<'a> {
    asker: Asker<'a>,
    /// Whether the last words of the question were cut short.
    cut_short: bool,
    /// Whether there is a response that says something.
    responded: bool,
    /// Whether the last words of the response were cut short.
    response_cut_short: bool,
    /// Whether those who respond asked back, and have not been heard since.
    asked_back: bool,
    /// Whether those who respond said anything since the last words of the question.
    heard: bool,
    /// Whether the question asks outright, so that "Sure." is an answer.
    outright: bool,
    /// Whether its last sentence asks; else it may go on.
    ends_asking: bool,
    /// Words of the response so far.
    response_words: usize,
    /// The turn that only showed that somebody listens, if the question goes on.
    listened: Option<usize>,
    /// Whether somebody's name answers the question.
    for_name: bool,
    /// Whether somebody thanked for the response.
    thanked: bool,
    /// Whether somebody else has the floor, and chats before they ask.
    over: bool,
    /// Who responded last.
    responder: Option<u64>,
}

/// Who asks, as far as the text tells.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Asker<'a> {
    speaker: Option<u64>,
    name: Option<&'a str>,
}

impl<'a> Asker<'a> {
    /// Only a label that names somebody tells one from another.
    fn of(turn: &Turn<'a>) -> Self {
        Self { speaker: turn.speaker.filter(|_| turn.role.is_none()), name: turn.asked_by }
    }

    /// Whether two are known to be different people.
    fn differs(self, other: Self) -> bool {
        match (self.speaker, other.speaker) {
            (Some(one), Some(two)) => one != two,
            _ => matches!((self.name, other.name), (Some(one), Some(two)) if one != two),
        }
    }
}

/// The beginning of a question, perhaps.
#[derive(Debug, Default)]
struct Pending {
    parts: Vec<Part>,
    cut_short: bool,
    /// Turns of those who respond since.
    since: usize,
    /// Whether it has words of its own, more than begging for the floor.
    said: bool,
    /// How many of them.
    words: usize,
    /// Whether those who respond asked back.
    asked_back: bool,
}

impl<'a> Walk<'a> {
    fn asking(&mut self, at: usize, turn: &Turn<'a>, asking: Asking) {
        use asking::Act;
        match asking.act {
            Act::Silence => {}
            Act::Courtesy => self.thanked(),
            Act::Note => self.noted(at, asking, false),
            Act::Remark => self.noted(at, asking, true),
            _ if self.replies(&asking) => self.noted(at, asking, true),
            Act::Bid => self.begged(at, asking, false),
            Act::Piece if self.goes_on(&asking) => self.join(at, turn, asking),
            Act::Piece if self.unanswered() && self.pending.parts.is_empty() && !asking.greets => {
                self.join(at, turn, asking);
            }
            Act::Piece => self.begged(at, asking, true),
            // Words that nobody heard, after the end.
            Act::Question if asking.words == 0 && self.open.is_none() && !self.done.is_empty() => {}
            Act::Question if self.is_same_question(turn, &asking) => self.join(at, turn, asking),
            Act::Question => self.begin(at, turn, asking),
        }
    }

    /// Who greets when the floor was just given to them chats; who thanks has had a response.
    fn thanked(&mut self) {
        let Some(open) = &mut self.open else { return };
        open.thanked = open.responded;
        open.over = open.responded && self.called;
    }

    /// Somebody who leads asks where they ask; else they lead on within the question before.
    fn leading(&mut self, at: usize, turn: &Turn<'a>, asking: Asking) {
        let begins = asking.act == asking::Act::Piece && asking.words > REPLY;
        if asking.act == asking::Act::Question && asking.outright || begins {
            self.asking(at, turn, asking);
        }
    }

    /// Whether few words that do not ask reply to those who asked back.
    fn replies(&self, asking: &Asking) -> bool {
        let asked_back = self.pending.asked_back || self.open.as_ref().is_some_and(|open| open.asked_back);
        asked_back && asking.asked.is_empty() && asking.words <= REPLY && !asking.greets
    }

    /// Somebody who gives the floor to those who ask may say something themselves, or hand a question to somebody else.
    fn calling(&mut self, at: usize, turn: &Turn<'a>) {
        let said = responding::read(turn.text);
        let stays = !said.passes_on && (!said.calls || said.words > 0) && !said.thanks;
        let speaks = said.words > SPEECH && !said.thanks || stays && self.unanswered() && self.pending.parts.is_empty();
        if self.open.is_some() && speaks {
            self.responding(at, turn, said);
        } else if !stays {
            self.called = true;
            self.open = None;
            self.pending = Pending::default();
        }
    }

    /// Words by the way belong to a question only where those who respond asked back, or have not come to respond.
    fn noted(&mut self, at: usize, asking: Asking, says: bool) {
        let part = Part { turn: at, span: asking.span };
        if self.pending.cut_short && asking.goes_on || self.pending.asked_back {
            self.pending.parts.push(part);
            self.pending.cut_short = asking.cut_short;
            self.pending.asked_back = false;
            return;
        }
        let (Some(open), Some(exchange)) = (&mut self.open, self.done.last_mut()) else { return };
        if open.asked_back || open.cut_short && asking.goes_on || says && open.heard && !open.responded {
            open.asked_back = false;
            open.heard = false;
            exchange.question.push(part);
        }
    }

    fn begged(&mut self, at: usize, asking: Asking, said: bool) {
        if self.pending.since >= PATIENCE || !said && self.pending.said {
            self.pending = Pending::default();
        }
        self.pending.parts.push(Part { turn: at, span: asking.span });
        self.pending.cut_short = asking.cut_short;
        self.pending.said |= said;
        self.pending.words += asking.words;
        self.pending.since = 0;
    }

    /// Whether it takes up the words of the open question where they were cut short.
    fn goes_on(&self, asking: &Asking) -> bool {
        let open = self.open.as_ref().is_some_and(|open| open.cut_short);
        open && asking.goes_on && !self.pending.cut_short
    }

    fn unanswered(&self) -> bool {
        self.open.as_ref().is_some_and(|open| !open.responded)
    }

    fn is_same_question(&self, turn: &Turn<'a>, asking: &Asking) -> bool {
        let Some(open) = &self.open else { return false };
        if self.goes_on(asking) {
            return true;
        }
        if self.called || open.asker.differs(Asker::of(turn)) {
            return false;
        }
        // Who breaks in and asks nothing presses the same question; who was interrupted comes to ask.
        let presses = asking.asked.is_empty() && asking.words <= BREAKS_IN && !asking.turns_away;
        let asked_nothing = self.done.last().is_some_and(|exchange| exchange.asked.is_empty());
        let comes_to_ask = open.cut_short && asked_nothing && open.response_words <= REST;
        if open.responded {
            return (presses || comes_to_ask) && !open.thanked && !asking.greets;
        }
        open.heard || !asking.greets
    }

    fn join(&mut self, at: usize, turn: &Turn<'a>, asking: Asking) {
        let (Some(open), Some(exchange)) = (&mut self.open, self.done.last_mut()) else { return };
        open.cut_short = asking.cut_short;
        open.heard = false;
        open.asked_back = false;
        open.for_name |= asking.for_name;
        open.outright |= asking.outright;
        open.ends_asking = asking.ends_asking;
        let asker = Asker::of(turn);
        open.asker = Asker { speaker: open.asker.speaker.or(asker.speaker), name: open.asker.name.or(asker.name) };
        let listened = open.listened.take();
        exchange.response.retain(|part| Some(part.turn) != listened);
        exchange.asked.extend(asking.asked.into_iter().map(|span| Part { turn: at, span }));
        exchange.question.append(&mut self.pending.parts);
        exchange.question.push(Part { turn: at, span: asking.span });
        exchange.question.sort_by_key(|part| part.turn);
        self.pending = Pending::default();
    }

    fn begin(&mut self, at: usize, turn: &Turn<'a>, asking: Asking) {
        self.finish();
        let asker = Asker::of(turn);
        let follows = self.follows(asker, &asking);
        let pending = std::mem::take(&mut self.pending);
        let fits = !pending.said || asking.goes_on || pending.cut_short;
        let belongs = pending.since < PATIENCE && fits && !asking.greets;
        let mut exchange = Exchange { follows, ..Exchange::default() };
        if belongs {
            exchange.question = pending.parts;
        }
        exchange.question.push(Part { turn: at, span: asking.span });
        exchange.asked = asking.asked.into_iter().map(|span| Part { turn: at, span }).collect();
        self.done.push(exchange);
        self.called = false;
        let Asking { cut_short, for_name, outright, ends_asking, .. } = asking;
        self.open = Some(Open { asker, cut_short, outright, ends_asking, for_name, ..Open::default() });
    }

    /// The beginning of the chain that a new question goes on with.
    fn follows(&self, asker: Asker<'a>, asking: &Asking) -> Option<usize> {
        let last = self.done.len().checked_sub(1)?;
        let root = self.done.get(last)?.follows.unwrap_or(last);
        let before = self.open.as_ref().map(|open| open.asker);
        let same = before.is_some_and(|before| match (before.speaker, asker.speaker) {
            (Some(one), Some(two)) => one == two,
            _ => !before.differs(asker) && !self.called && !asking.greets,
        });
        (same && !asking.turns_away || asking.follows).then_some(root)
    }

    fn responding(&mut self, at: usize, turn: &Turn<'a>, mut said: Responding) {
        use responding::Act;
        if said.may_call && self.open.as_ref().is_some_and(|open| open.responded) {
            said.act = Act::Calls;
        }
        self.pending.since += 1;
        let answers =
            said.act == Act::Response && !self.is_rest(turn, &said) || said.act == Act::AsksBack && !said.goes_on;
        if self.pending.said && self.pending.words >= SAYS && answers {
            self.pending_becomes_question();
        }
        let Some(open) = &mut self.open else {
            self.called |= said.calls;
            return;
        };
        if said.takes_leave && said.words <= REST
            || open.responded && (said.act == Act::Courtesy || open.thanked && said.thanks)
        {
            // They take leave: what they say next is no response.
            self.open = None;
            self.called = true;
            return;
        }
        let begged = !self.pending.parts.is_empty();
        let waits = open.cut_short && !open.responded && !said.names;
        self.pending.asked_back = begged && said.act == Act::AsksBack;
        let counts = !open.over
            && match said.act {
                // "You won't be the first.", to somebody who begged for the floor.
                Act::Response => !begged || !open.responded || self.pending.cut_short || said.words > REPLY,
                Act::Permits => !begged && !open.cut_short && !open.responded && open.outright,
                Act::Calls if open.for_name && !open.responded && !begged => true,
                Act::Piece => !begged || open.responded,
                Act::AsksBack => !begged,
                Act::Holds | Act::Calls | Act::Courtesy | Act::Silence => false,
            };
        if counts {
            let listens = said.listens && !open.ends_asking;
            open.listened = listens.then_some(at);
            open.responded |= !listens && !matches!(said.act, Act::Piece | Act::AsksBack);
            open.asked_back = said.act == Act::AsksBack;
            open.heard = true;
            open.response_cut_short = said.cut_short;
            open.response_words += said.words;
            open.responder = turn.speaker;
            let part = Part { turn: at, span: said.span };
            self.done.last_mut().into_iter().for_each(|exchange| exchange.response.push(part.clone()));
        } else if said.act == Act::Calls && !waits && !begged {
            // Somebody else's question, called into the room, is passed over.
            open.responded = true;
        }
        self.called |= said.calls && counts || said.act == Act::Calls && !begged && !waits;
    }

    /// Whether words only end what was interrupted.
    fn is_rest(&self, turn: &Turn<'a>, said: &Responding) -> bool {
        let interrupted =
            self.open.as_ref().is_some_and(|open| open.response_cut_short && open.responder == turn.speaker);
        said.goes_on || interrupted && said.words <= REST
    }

    /// Somebody responds to what was cut short before it asked.
    fn pending_becomes_question(&mut self) {
        self.finish();
        let pending = std::mem::take(&mut self.pending);
        let before = self.open.as_ref().map(|open| open.asker).unwrap_or_default();
        let last = self.done.len().checked_sub(1);
        let root = last.and_then(|last| Some(self.done.get(last)?.follows.unwrap_or(last)));
        self.done.push(Exchange {
            question: pending.parts,
            follows: root.filter(|_| !self.called),
            ..Exchange::default()
        });
        self.open = Some(Open { asker: before, cut_short: pending.cut_short, ..Open::default() });
        self.called = false;
    }

    /// A question without a sentence that asks asks as a whole; a few words that ask nothing and that nobody responds to
    /// are none.
    fn finish(&mut self) {
        if self.done.last().is_some_and(|last| last.response.is_empty() && last.asked.is_empty() && is_brief(last)) {
            self.done.pop();
        }
        if let Some(exchange) = self.done.last_mut().filter(|exchange| exchange.asked.is_empty()) {
            exchange.asked = exchange.question.clone();
        }
    }
}

/// Whether it is no longer than a joke.
fn is_brief(exchange: &Exchange) -> bool {
    exchange.question.iter().map(|part| part.span.len()).sum::<usize>() <= BRIEF
}
