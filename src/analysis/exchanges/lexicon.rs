//! The words that tell what a turn does, in English and Spanish, folded as [`super::said`] folds them.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::said::Word;

/// Words or phrases of a section.
type Entries = HashSet<&'static str>;

/// Words of the longest phrase.
const LONGEST: usize = 8;

/// The sections of `lexicon.txt`.
struct Lexicon {
    /// Words of greetings, thanks and forms of address.
    courtesy: Entries,
    /// Those without which there is no courtesy.
    thanks: Entries,
    /// Beginnings of turns of those who were just given the floor.
    greets: Entries,
    /// Words that only take note of what was said.
    noted: Entries,
    /// Words that beg for the floor and say nothing else, as beginnings of sentences.
    bids: Entries,
    /// Those of them that beg even where a long question does it.
    pleads: Entries,
    /// Beginnings of sentences that ask, whatever their end.
    asks: Entries,
    /// Words that ask within a sentence.
    asking: Entries,
    /// Two words that ask.
    asking_together: Entries,
    /// Sentences that ask nothing though they end in a question mark.
    tags: Entries,
    /// Words of answers that hold on and answer nothing, where something was asked.
    holding: Entries,
    /// Words that also let somebody ask who only begged for the floor.
    permitting: Entries,
    /// Words of those who listen.
    listening: Entries,
    /// Beginnings of sentences that give the floor or take it away.
    calls: Entries,
    /// Whole sentences that do.
    only_calls: Entries,
    /// Turns that ask back, as beginnings or ends of a sentence.
    asks_back: Entries,
    /// Question words that somebody's name answers.
    for_names: Entries,
    /// Words that are no names, though they may stand alone with a capital.
    no_names: Entries,
    /// Words of a sentence that turns away from what was asked before.
    turns_away: Entries,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(include_str!("lexicon.txt")));

impl Lexicon {
    fn read(text: &'static str) -> Self {
        let read = |name: &str| -> Entries {
            let lines = text.lines().skip_while(|line| line.trim_matches(['[', ']']) != name).skip(1);
            let lines = lines.take_while(|line| !line.starts_with('['));
            lines.flat_map(|line| line.split(';')).map(str::trim).filter(|entry| !entry.is_empty()).collect()
        };
        Self {
            courtesy: read("courtesy"),
            thanks: read("thanks"),
            greets: read("greets"),
            noted: read("noted"),
            bids: read("bids"),
            pleads: read("pleads"),
            asks: read("asks"),
            asking: read("asking"),
            asking_together: read("asking-together"),
            tags: read("tags"),
            holding: read("holding"),
            permitting: read("permitting"),
            listening: read("listening"),
            calls: read("calls"),
            only_calls: read("only-calls"),
            asks_back: read("asks-back"),
            for_names: read("for-names"),
            no_names: read("no-names"),
            turns_away: read("turns-away"),
        }
    }
}

/// "Thanks, everybody." ends the event.
pub(super) fn takes_leave(words: &[Word]) -> bool {
    const ALL: &[&str] = &["everybody", "everyone", "guys", "all", "folks", "todos", "todas"];
    is_courtesy(words) && words.iter().any(|word| ALL.contains(&word.folded.as_str()))
}

/// Whether every word belongs to a list.
fn only(words: &[Word], list: &Entries) -> bool {
    words.iter().all(|word| list.contains(word.folded.as_str()))
}

/// Whether a phrase begins with one of these, with the end of a word behind.
fn begins(phrase: &str, list: &Entries) -> bool {
    let ends = phrase.match_indices([' ', '-']).map(|(at, _)| at).chain([phrase.len()]);
    ends.take(LONGEST).any(|end| phrase.get(..end).is_some_and(|start| list.contains(start)))
}

/// "Thank you, Josh." "Good morning." Names count where they have a capital.
pub(super) fn is_courtesy(words: &[Word]) -> bool {
    let list = |word: &Word| LEXICON.courtesy.contains(word.folded.as_str());
    words.len() <= 14
        && words.iter().any(|word| LEXICON.thanks.contains(word.folded.as_str()))
        && words.iter().all(|word| list(word) || word.capital)
        && words.iter().filter(|word| !list(word)).count() <= 3
}

/// "Okay." "Right." "I see."
pub(super) fn is_noted(words: &[Word]) -> bool {
    words.len() <= 8 && only(words, &LEXICON.noted)
}

/// "One more." "Ada, can I follow up?" But not "Can I ask why?", and not "On another topic, who pays?".
pub(super) fn is_bid(words: &[Word], asks: bool) -> bool {
    const OUTRIGHT: &[&str] = &["what", "why", "how", "who", "when", "where", "which", "whether", "whose"];
    let filler = |word: &&Word| {
        matches!(word.folded.as_str(), "and" | "so" | "okay" | "yeah" | "yes" | "just" | "sorry" | "hey")
            || word.capital && !LEXICON.no_names.contains(word.folded.as_str())
    };
    let rest = words.get(words.iter().take_while(filler).count().min(2)..).unwrap_or_default();
    let begs = |words: &[Word]| {
        let phrase = words.iter().take(6).map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ");
        begins(&phrase, &LEXICON.bids) && (!asks || words.len() <= 6 || begins(&phrase, &LEXICON.pleads))
    };
    let outright = asks && words.iter().skip(1).any(|word| OUTRIGHT.contains(&word.folded.as_str()));
    words.len() <= 10 && !outright && (begs(rest) || begs(words))
}

/// Whether a sentence asks though no question mark ends it.
pub(super) fn asks(words: &[Word], phrase: &str) -> bool {
    let phrase = ["and ", "but ", "so ", "or ", "then ", "well ", "okay ", "y ", "pero "]
        .iter()
        .fold(phrase, |phrase, word| phrase.strip_prefix(word).unwrap_or(phrase));
    begins(phrase, &LEXICON.asks)
        || words.iter().any(|word| LEXICON.asking.contains(word.folded.as_str()))
        || words.windows(2).any(|two| match two {
            [first, second] => {
                LEXICON.asking_together.contains([first.folded.as_str(), second.folded.as_str()].join(" ").as_str())
            }
            _ => false,
        })
}

/// "On a different topic".
pub(super) fn turns_away(phrase: &str) -> bool {
    let phrase = format!(" {phrase} ");
    LEXICON
        .turns_away
        .iter()
        .any(|it| phrase.find(it).is_some_and(|at| phrase.get(..at).is_some_and(|it| it.ends_with(' '))))
}

/// "Right?"
pub(super) fn is_tag(phrase: &str) -> bool {
    LEXICON.tags.contains(phrase)
}

/// "Okay. Go ahead." answers nothing.
pub(super) fn holds(words: &[Word]) -> bool {
    words.len() <= 8 && only(words, &LEXICON.holding)
}

/// "Sure." lets somebody ask.
pub(super) fn permits(words: &[Word]) -> bool {
    words.len() <= 8
        && words.iter().all(|word| {
            let word = word.folded.as_str();
            LEXICON.holding.contains(word) || LEXICON.permitting.contains(word)
        })
}

/// "Yeah." "Mm-hmm." while a question goes on.
pub(super) fn listens(words: &[Word]) -> bool {
    words.len() <= 3 && only(words, &LEXICON.listening)
}

/// "Say that again?"
pub(super) fn asks_back(phrase: &str) -> bool {
    begins(phrase, &LEXICON.asks_back)
}

/// "Go ahead, Jeff." "Next question."
pub(super) fn calls(phrase: &str, words: usize) -> bool {
    let phrase = ["okay ", "all right ", "and ", "so ", "with that ", "yes ", "yeah ", "sorry "]
        .iter()
        .fold(phrase, |phrase, word| phrase.strip_prefix(word).unwrap_or(phrase));
    words <= 12 && begins(phrase, &LEXICON.calls)
        || LEXICON.only_calls.contains(phrase)
        || words <= 7 && (phrase.ends_with(" go ahead") || phrase.ends_with(" go") || phrase.ends_with(" adelante"))
        || words <= 14 && ["next question", "final question", "last question"].iter().any(|it| phrase.contains(it))
        || words <= 10
            && ["last one", "last question", "final question", "ultima"].iter().any(|it| phrase.ends_with(it))
}

/// Words of somebody who gives the floor to the next who asks, whatever else they say.
pub(super) fn passes_on(words: &[Word]) -> bool {
    const NEXT: &[&str] =
        &["next", "question", "questions", "queue", "line", "last", "final", "turn", "operator", "siguiente"];
    words.iter().any(|word| NEXT.contains(&word.folded.as_str()))
        || words.windows(2).any(|two| matches!(two, [one, other] if one.folded == "go" && other.folded == "to"))
}

/// Whether a call names somebody: "Go ahead, Jeff."
pub(super) fn names_somebody(words: &[Word]) -> bool {
    words.iter().skip(1).any(|word| word.capital && !LEXICON.no_names.contains(word.folded.as_str()))
}

/// One to three words with capitals: it may be somebody's name.
pub(super) fn may_be_name(words: &[Word]) -> bool {
    let title = |word: &Word| matches!(word.folded.as_str(), "yes" | "okay" | "and" | "then" | "yeah");
    let rest = words.get(words.iter().take_while(|word| title(word)).count()..).unwrap_or_default();
    (1..=3).contains(&rest.len())
        && rest.iter().all(|word| word.capital && !LEXICON.no_names.contains(word.folded.as_str()))
}

/// Whether somebody's name would answer a question with this word.
pub(super) fn is_for_name(word: &Word) -> bool {
    LEXICON.for_names.contains(word.folded.as_str())
}

/// Whether a turn begins by greeting or thanking.
pub(super) fn greets(phrase: &str) -> bool {
    begins(phrase, &LEXICON.greets)
}
