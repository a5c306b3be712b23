//! What kind of answer a question asks for.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::folded::{root, words};
use super::reading::Reading;

/// What would answer it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Yes or no.
    YesNo,
    /// One of several that it names.
    Choice,
    /// A number.
    Quantity,
    /// A name, a place, a day.
    Fact,
    /// A reason, a manner.
    Reason,
    /// What somebody thinks.
    Opinion,
    /// Anything else: "what will you do".
    What,
    /// Some more words: "could you elaborate".
    Request,
    /// It asks nothing.
    Statement,
}

impl Kind {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::YesNo => "asks-yes-or-no",
            Self::Choice => "asks-which",
            Self::Quantity => "asks-how-many",
            Self::Fact => "asks-who-where-when",
            Self::Reason => "asks-why-or-how",
            Self::Opinion => "asks-opinion",
            Self::What => "asks-what",
            Self::Request => "asks-for-words",
            Self::Statement => "asks-nothing",
        }
    }
}

/// A question, read.
#[derive(Debug)]
pub(super) struct Question {
    /// What would answer it.
    pub kind: Kind,
    /// What the words of what is asked have in common with their inflections.
    pub roots: HashSet<String>,
    /// The verb form and the person with which it begins: "do you".
    pub auxiliary: Option<String>,
    /// Words of what is asked.
    pub length: usize,
    /// Words of the whole turn.
    pub whole: usize,
    /// Questions that the whole turn asks, at least one.
    pub several: usize,
    /// Whether what is asked comes after another question of the turn.
    pub later: bool,
    /// What it is about.
    pub about: About,
}

/// What a question is about, by its words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct About {
    /// Things to come: "what will", "are you going to".
    pub to_come: bool,
    /// What somebody did or has done: "have you read it?"
    pub doing: bool,
    /// What somebody knows: "are you aware of that?"
    pub knowing: bool,
}

macro_rules! pattern {
    ($name:ident, $text:expr) => {
        static $name: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new($text).ok());
    };
}

pattern!(
    INVERTED,
    r"\b(do|does|did|is|are|am|was|were|will|would|can|could|should|shall|have|has|had|may|might|must|isn't|aren't|wasn't|weren't|don't|doesn't|didn't|won't|wouldn't|can't|couldn't|shouldn't|haven't|hasn't|hadn't) (?:not )?(?:also |still |now |then |just )?(i|you|he|she|it|they|we|there|this|that|these|those|the|any|anyone|anybody|anything|your|his|her|its|our|their|my|mr|mrs|secretary|president|senator|governor|prime|congress|some|somebody|people|a|an|all|both|either|each|every|one|\w+(?: \w+)? (?:ever|going|still|have|has|get))\b"
);
pattern!(ASKING, r"\b(who|whom|whose|what|what's|which|when|where|why|how|how's|who's|where's|when's)\b");
pattern!(
    REQUEST,
    r"\b(?:can|could|would|will|might|may) (?:you|i|we)(?: all| both| please| also| just| maybe| perhaps| possibly)*(?: like to| care to| be able to| mind| ask you to| get you to| have you)? (?:tell|explain|elaborat|comment|describ|give|shar|talk|discuss|clarif|expand|characteri|say|walk|speak|address|respond|react|outlin|broaden|sum|go into|lay out|amplif|enlarg|detail|shed)\w*|^(?:please )?(?:tell|explain|describe|give) (?:us|me)\b|\bi(?:'d| would) like you to\b"
);
pattern!(
    OPINION,
    r"\b(?:what|how) (?:do|does|did|would) (?:you|the president|he|she|they) (?:think|make|feel|say|see|view|regard|react|respond|assess|evaluate|answer)\b|\b(?:your|his|their|the president's|any) (?:own )?(?:reaction|thoughts?|comments?|views?|opinion|feelings?|assessment|impressions?|response|message|position|attitude|take)\b"
);
pattern!(
    QUANTITY,
    r"\bhow (?:many|much|long|often|far|big|large|high|old|soon|few)\b|\bwhat (?:percent|number|amount)"
);
pattern!(
    FACT,
    r"^(?:and |but |so |well |now |then |, )*(?:who|whom|whose|when|where|who's|where's|when's|at what|on what|in what)\b"
);
pattern!(REASON, r"^(?:why|how|how's|what makes|what made)\b");
pattern!(
    CHOICE,
    r", or (?:is|are|do|does|did|was|were|will|would|has|have|should|can|just|rather|not)\b|\b(?:is|are|do|does|did|will|would) .{3,120}\bor (?:is|are|do|does|did|will|would)\b|^(?:and |but |so )?which\b"
);
pattern!(
    TAG,
    r"(?:isn't it|aren't you|aren't they|don't you|don't they|doesn't it|didn't you|right|correct|is that right|is that correct|is that true|would you|wouldn't you|do they|does it|is it|are you|were they|weren't they|won't you|will you)\s*\?$"
);
pattern!(
    WONDER,
    r"\b(?:wonder|wondering|wanted to know|want to know|like to know|know|asking you|ask you|ask) (?:if|whether)\b"
);
pattern!(DOING, r"\b(?:have|had|haven't|did|didn't|has|hasn't) (?:you|he|she|they|we|the president)\b");
pattern!(
    KNOWING,
    r"\b(?:do|did|are|were|have) you (?:\w+ )?(?:know|aware|familiar|recall|remember|heard|seen|sure|informed|told|certain|recollect)\b"
);
pattern!(TO_COME, r"\b(?:will|going to|gonna|plan|plans|planning|expect|intend|next|tomorrow|future|when|would)\b");

fn found(pattern: &LazyLock<Option<Regex>>, text: &str) -> Option<usize> {
    pattern.as_ref()?.find(text).map(|found| found.start())
}

fn is(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    found(pattern, text).is_some()
}

impl Question {
    /// Reads what is asked, and the turn in which it is.
    pub(super) fn of(question: &str, asked: &str) -> Self {
        let turn = Reading::of(question);
        let alone = asked.trim().is_empty() || asked.trim() == question.trim();
        let reading = if alone { Reading::of(question) } else { Reading::of(asked) };
        let questions: Vec<&str> = turn.each().filter(|sentence| sentence.ends_with('?')).collect();
        let core = core(&reading);
        let roots: HashSet<String> = reading.each().flat_map(words).filter_map(root).map(str::to_owned).collect();
        Self {
            kind: kind(core),
            auxiliary: auxiliary(core),
            length: reading.length,
            whole: turn.length.max(reading.length),
            several: questions.len().max(1),
            later: !alone && is_later(&roots, &questions),
            about: About { to_come: is(&TO_COME, core), doing: is(&DOING, core), knowing: is(&KNOWING, core) },
            roots,
        }
    }
}

/// The sentence that asks: the last with a question mark, else the longest.
fn core(reading: &Reading) -> &str {
    let asks = reading.each().rev().find(|sentence| sentence.contains('?') && words(sentence).count() > 1);
    asks.or_else(|| reading.each().max_by_key(|sentence| sentence.len())).unwrap_or_default()
}

fn kind(core: &str) -> Kind {
    let asking = found(&ASKING, core);
    let inverted = found(&INVERTED, core);
    let tail = core.get(asking.unwrap_or(0)..).unwrap_or(core);
    let first = match (asking, inverted) {
        (Some(asking), Some(inverted)) => asking < inverted,
        (asking, _) => asking.is_some(),
    };
    if is(&REQUEST, core) {
        Kind::Request
    } else if is(&OPINION, core) && (first || inverted.is_none()) {
        Kind::Opinion
    } else if first && !is(&WONDER, core) && (core.contains('?') || inverted.is_some()) {
        of_asking(tail)
    } else if is(&CHOICE, core) {
        Kind::Choice
    } else if inverted.is_some() || core.contains('?') || is(&TAG, core) || is(&WONDER, core) {
        Kind::YesNo
    } else {
        Kind::Statement
    }
}

fn of_asking(tail: &str) -> Kind {
    if is(&QUANTITY, tail.get(..30).unwrap_or(tail)) {
        Kind::Quantity
    } else if is(&FACT, tail) {
        Kind::Fact
    } else if is(&REASON, tail) {
        Kind::Reason
    } else if is(&CHOICE, tail) {
        Kind::Choice
    } else {
        Kind::What
    }
}

fn auxiliary(core: &str) -> Option<String> {
    let captures = INVERTED.as_ref()?.captures(core)?;
    Some(format!("{} {}", captures.get(1)?.as_str(), captures.get(2)?.as_str()))
}

/// Whether another question of the turn comes before the one that shares most with what is asked.
fn is_later(roots: &HashSet<String>, questions: &[&str]) -> bool {
    let shared = |text: &&&str| words(text).filter_map(root).filter(|root| roots.contains(*root)).count();
    let most = questions.iter().map(|text| shared(&text)).max().unwrap_or(0);
    questions.iter().position(|text| shared(&text) == most).is_some_and(|at| at > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(question: &str) -> Kind {
        Question::of(question, "").kind
    }

    #[test]
    fn a_question_asks_for_a_kind_of_answer() {
        assert_eq!(kind("Q. Mayor Roe, do you think that is a good thing?"), Kind::YesNo);
        assert_eq!(kind("You are not going to sail, are you?"), Kind::YesNo);
        assert_eq!(kind("You are not planning a visit?"), Kind::YesNo);
        assert_eq!(kind("How many boats will come?"), Kind::Quantity);
        assert_eq!(kind("When is the harbour master coming?"), Kind::Fact);
        assert_eq!(kind("Why did you sink it?"), Kind::Reason);
        assert_eq!(kind("What do you think of the tariff?"), Kind::Opinion);
        assert_eq!(kind("Could you elaborate on the harbour plan?"), Kind::Request);
        assert_eq!(kind("What will you do about it?"), Kind::What);
        assert_eq!(kind("Let me just ask the question."), Kind::Statement);
    }

    #[test]
    fn one_of_several_is_found_in_its_turn() {
        let turn = "Will the ferry sail? And what will it cost the islanders?";
        let question = Question::of(turn, "What will it cost the islanders?");
        assert_eq!((question.kind, question.several, question.later), (Kind::What, 2, true));
        assert!(!Question::of(turn, "Will the ferry sail?").later);
    }
}
