//! Words and phrases by which the kinds of claims are told.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Words, or phrases of several.
pub(super) struct List {
    bit: u32,
    phrases: &'static [&'static str],
}

impl List {
    const fn new(place: u32, phrases: &'static [&'static str]) -> Self {
        Self { bit: 1 << place, phrases }
    }

    /// Its phrases.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.phrases.iter().copied()
    }

    /// Whether one of its phrases begins with a word of which it is known what it begins.
    pub(super) const fn begins(&self, beginning: Beginning) -> bool {
        beginning.0 & self.bit != 0
    }
}

/// The lists in which a phrase begins with a word. Most words begin none, and one look tells.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Beginning(u32);

impl Beginning {
    /// What a word begins.
    pub(super) fn of(word: &str) -> Self {
        BEGINNINGS.get(word).copied().unwrap_or_default()
    }
}

static BEGINNINGS: LazyLock<FxHashMap<&str, Beginning>> = LazyLock::new(|| {
    let mut beginnings: FxHashMap<&str, Beginning> = FxHashMap::default();
    for list in ALL {
        for first in list.iter().filter_map(|phrase| phrase.split(' ').next()) {
            beginnings.entry(first).or_default().0 |= list.bit;
        }
    }
    beginnings
});

static ALL: [&List; 21] = [
    &I_OR_WE,
    &I_OR_WE_WILL,
    &OTHERS,
    &NOT,
    &DENIALS,
    &WRONG,
    &UNBINDING,
    &PROMISES,
    &ACCUSING,
    &POSITIONS,
    &OPINIONS,
    &EMPTY_BEGINNINGS,
    &FEELINGS,
    &MANY,
    &BEFORE,
    &DID_NOT,
    &FIRST_FUTURES,
    &SHORT_FUTURES,
    &FUTURES,
    &BEGINS,
    &NO_FUTURE,
];

/// Those who can bind themselves.
pub(super) static I_OR_WE: List = List::new(0, &["i", "we"]);

/// The same with what follows, drawn together.
pub(super) static I_OR_WE_WILL: List = List::new(1, &["i'll", "we'll"]);

/// Who is accused when no name is given.
pub(super) static OTHERS: List = List::new(
    2,
    &["he", "she", "they", "you", "he's", "she's", "they're", "you're", "they've", "you've", "his", "her", "their"],
);

/// What turns a deed into none.
pub(super) static NOT: List = List::new(
    3,
    &["not", "never", "didn't", "haven't", "wasn't", "weren't", "don't", "hasn't", "doesn't", "hadn't", "isn't"],
);

/// What a sentence denies, word by word; `*` is any one word.
pub(super) static DENIALS: List = List::new(
    4,
    &[
        "not true",
        "isn't true",
        "wasn't true",
        "untrue",
        "is false",
        "that's false",
        "are false",
        "totally false",
        "is wrong",
        "that's wrong",
        "is incorrect",
        "that's incorrect",
        "not correct",
        "not accurate",
        "not the case",
        "nothing to do with",
        "no evidence",
        "no truth",
        "never happened",
        "didn't happen",
        "did not happen",
        "never said",
        "never told",
        "never met",
        "never did",
        "never took",
        "never had",
        "never heard of",
        "never voted",
        "i deny",
        "we deny",
        "denied",
        "is a lie",
        "a total lie",
        "no such thing",
        "been debunked",
        "is a hoax",
        "is fake",
        "no relationship",
        "had no knowledge",
        "was not aware",
        "not aware of any",
    ],
);

/// Sentences of one word or two that deny.
pub(super) static WRONG: List = List::new(5, &["wrong", "false", "untrue"]);

/// What does not bind anybody: "I will tell you", "we'll see".
pub(super) static UNBINDING: List = List::new(
    6,
    &[
        "see", "tell", "say", "drill", "discuss", "guide", "be", "have", "ask", "talk", "get", "let", "just", "start",
        "begin", "turn", "take", "come", "move", "go", "try", "never", "read", "refer", "leave", "respond", "answer",
        "point", "give", "explain", "show", "finish", "know", "find", "lose", "remember", "wait", "admit", "add",
        "note", "mention", "quote", "stop", "repeat", "miss", "win", "die", "pay",
    ],
);

/// Words that bind by themselves.
pub(super) static PROMISES: List = List::new(
    7,
    &[
        "i promise",
        "we promise",
        "i pledge",
        "we pledge",
        "i vow",
        "i commit",
        "we commit",
        "i am committed to",
        "i'm committed to",
        "we are committed to",
        "we're committed to",
        "you have my word",
        "i guarantee",
        "i plan to",
        "we plan to",
        "i intend to",
        "we intend to",
    ],
);

/// Deeds and traits that accuse whoever is named with them.
pub(super) static ACCUSING: List = List::new(
    8,
    &[
        "lied",
        "lying",
        "lies",
        "liar",
        "failed",
        "stole",
        "stolen",
        "stealing",
        "cheated",
        "cheating",
        "cheats",
        "corrupt",
        "crooked",
        "rigged",
        "rigging",
        "destroyed",
        "destroying",
        "deleted",
        "hid",
        "hiding",
        "covered",
        "fraud",
        "fraudulent",
        "bankrupt",
        "bankrupted",
        "sued",
        "illegally",
        "criminal",
        "guilty",
        "indicted",
        "bribed",
        "bribe",
        "broke",
        "ruined",
        "disaster",
        "catastrophe",
        "betrayed",
        "abandoned",
        "ignored",
        "hacked",
        "leaked",
        "blamed",
        "reckless",
        "irresponsible",
        "dishonest",
        "hypocrite",
        "racist",
        "sexist",
        "discriminated",
        "outsourced",
        "wasted",
        "threatened",
        "threatens",
        "abused",
        "harassed",
        "groped",
        "misled",
        "misleading",
        "smeared",
        "insulted",
        "mocked",
        "attacked",
        "undermined",
        "undermines",
        "violated",
        "violates",
        "exploited",
        "refuses",
        "refused",
        "opposes",
        "blocked",
        "obstructed",
        "murdered",
        "incompetent",
        "flip-flopped",
        "denies",
        "evaded",
        "dodged",
        "wrecked",
        "mismanaged",
    ],
);

/// What should be done, and what somebody is for or against.
pub(super) static POSITIONS: List = List::new(
    9,
    &[
        "should",
        "shouldn't",
        "ought to",
        "must",
        "need to",
        "needs to",
        "have to",
        "has to",
        "got to",
        "i support",
        "we support",
        "i oppose",
        "we oppose",
        "i favor",
        "we favor",
        "i'm for",
        "i am for",
        "i'm against",
        "i am against",
        "in favor of",
        "i would support",
        "i disagree",
        "i agree",
        "we reject",
        "i want",
        "we want",
        "i'd like",
        "i would like",
        "it is time",
        "it's time",
        "i stand",
        "we stand",
        "i call on",
        "we call on",
        "we urge",
        "i urge",
        "we cannot",
        "we condemn",
        "i condemn",
        "we cannot allow",
        "we can't allow",
        "cannot afford to",
        "can't afford to",
        "i believe",
        "we believe",
    ],
);

/// What is only thought.
pub(super) static OPINIONS: List =
    List::new(10, &["i think", "in my opinion", "i feel", "in my view", "we think", "i don't think"]);

/// Beginnings of sentences that greet, thank, or speak of the conversation itself.
pub(super) static EMPTY_BEGINNINGS: List = List::new(
    11,
    &[
        "thank",
        "thanks",
        "good evening",
        "good morning",
        "good afternoon",
        "hello",
        "welcome",
        "please",
        "excuse me",
        "let me",
        "let's",
        "ladies and gentlemen",
        "god bless",
        "congratulations",
        "i'm sorry",
        "sorry",
        "look",
        "listen",
        "hold on",
        "wait",
        "go ahead",
        "next question",
        "well thank",
        "i appreciate",
        "i want to thank",
        "i'd like to thank",
        "and thank",
        "so thank",
        "we'll be right back",
        "if i may",
        "if i could",
        "i'm going to ask",
        "i want to ask",
        "i'd like to ask",
        "let us",
        "i will tell you",
        "i'll tell you",
        "you know what",
        "believe me",
        "yes thank",
    ],
);

/// Beginnings of sentences about what is felt.
pub(super) static FEELINGS: List = List::new(
    12,
    &[
        "i love",
        "i'm proud",
        "i am proud",
        "i'm honored",
        "i am honored",
        "i'm happy",
        "i am happy",
        "i'm glad",
        "i am glad",
        "i'm so",
        "i hope",
        "we hope",
        "i wish",
        "i feel",
        "i like",
        "i'm pleased",
        "i am pleased",
        "i'm excited",
        "i'm delighted",
        "i respect",
        "i'm grateful",
        "we're grateful",
        "i don't care",
        "i understand",
        "nice to",
        "great to",
        "good to",
        "pleasure to",
        "it's an honor",
        "god bless",
    ],
);

/// Quantities without a number.
pub(super) static MANY: List = List::new(13, &["hundreds", "thousands", "millions", "billions", "trillions", "dozens"]);

/// What may stand before the beginning.
pub(super) static BEFORE: List = List::new(
    14,
    &["and", "but", "so", "well", "now", "because", "again", "look", "also", "then", "yes", "no", "-", ",", "\"", "."],
);

/// What the speaker did not do.
pub(super) static DID_NOT: List = List::new(
    15,
    &[
        "did not",
        "didn't",
        "never",
        "was not",
        "wasn't",
        "have not",
        "haven't",
        "had not",
        "were not",
        "weren't",
        "have never",
    ],
);

/// What follows "I" or "we" before what is to be done.
pub(super) static FIRST_FUTURES: List =
    List::new(16, &["will", "shall", "won't", "am going to", "are going to", "am not going to", "are not going to"]);

/// The same, drawn together.
pub(super) static SHORT_FUTURES: List = List::new(
    17,
    &["i'm going to", "we're going to", "i'm gonna", "we're gonna", "we're not going to", "i'm not going to"],
);

/// What is going to be.
pub(super) static FUTURES: List = List::new(
    18,
    &[
        "will",
        "won't",
        "going to",
        "gonna",
        "he'll",
        "she'll",
        "they'll",
        "it'll",
        "you'll",
        "is about to",
        "are about to",
        "we'll",
    ],
);

/// What those who lead a conversation are going to do next.
pub(super) static BEGINS: List = List::new(
    19,
    &["start", "begin", "talk", "turn", "take", "move", "ask", "go", "drill", "discuss", "come", "see", "hear"],
);

/// What is merely announced.
pub(super) static NO_FUTURE: List = List::new(20, &["tell", "say", "ask", "talk", "give", "be right", "let"]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_a_bit_of_its_own() {
        assert_eq!(ALL.iter().fold(0, |bits, list| bits | list.bit).count_ones() as usize, ALL.len());
        assert!(DENIALS.iter().all(|phrase| DENIALS.begins(Beginning::of(phrase.split(' ').next().unwrap()))));
        assert!(!WRONG.begins(Beginning::of("we'll")) && !WRONG.begins(Beginning::of("")));
    }
}
