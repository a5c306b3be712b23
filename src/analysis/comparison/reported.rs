//! Words that a speaker quotes, in order to report or to reject them.

use std::sync::LazyLock;

use regex::Regex;

use super::article::in_marks;

/// How a speaker takes up words of somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reported {
    /// Somebody else is said to say so.
    AsTheirs,
    /// It is said not to be so.
    Rejected,
}

/// Whether the words from `start` to before `end` of a passage are not the speaker's own.
pub fn reported(chars: &[char], (start, end): (usize, usize)) -> Option<Reported> {
    let marks = in_marks(chars);
    let region = marks.iter().find(|(from, to)| *from <= start && end <= *to && *to - *from < chars.len());
    let lead = lead(chars, region.map_or(start, |(from, _)| from - 1));
    if REJECTS.is_match(&lead) {
        return Some(Reported::Rejected);
    }
    if region.is_some() {
        return (!OWN_WORDS.is_match(&lead)).then_some(Reported::AsTheirs);
    }
    (ATTRIBUTES.is_match(&lead) && !ENDORSES.is_match(&lead)).then_some(Reported::AsTheirs)
}

/// Characters before words that can tell whose they are.
const LEAD: usize = 160;

/// The words before a place, back to the end of the sentence before.
fn lead(chars: &[char], at: usize) -> String {
    let from = at.saturating_sub(LEAD);
    let before = chars.get(from..at).unwrap_or_default();
    let begins = before
        .windows(2)
        .rposition(|pair| matches!(pair, ['.' | '?' | '!', ' ' | '\n' | '”' | '"'] | ['\n', _]))
        .map_or(0, |at| at + 2);
    let lead: String = before.get(begins..).unwrap_or_default().iter().collect();
    let lead = lead.to_lowercase().replace('’', "'");
    lead.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .trim_end_matches([',', ':', ' ', '-', '—', '–', '"', '“'])
        .to_owned()
}

/// A pattern of our own, which is right or the first test says so.
fn pattern(parts: &[&str]) -> Regex {
    #[expect(clippy::unwrap_used, reason = "patterns are constants and every one is compiled by a test")]
    Regex::new(&format!("(?:{})$", parts.join("|"))).unwrap()
}

const SAYING: &str = "(?:say|says|said|saying|tell|tells|told|claim|claims|claimed|claiming|argue|argues|argued|arguing|\
    allege|alleges|alleged|alleging|suggest|suggests|suggested|suggesting|insist|insists|insisted|assert|asserts|asserted|\
    contend|contends|contended|complain|complains|complained|asked|asking|ask|write|writes|wrote|state|states|stated)";

/// It is said not to be so: "it is not true that", "I never said", "I don't think that", "we reject the idea that".
static REJECTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&[
        r"\b(?:it|that|this)(?:'s| is| was| would be)(?: \w+)? (?:not true|untrue|false|wrong|incorrect|not the case|not \
          correct|not accurate|inaccurate|nonsense|a lie|a mistake|ridiculous|absurd|misleading|unfair)(?: to (?:say|\
          suggest|claim|think|believe))?(?: that)?",
        r"\b(?:deny|denies|denied|denying|reject|rejects|rejected|rejecting|dispute|disputes|disputed|refute|refutes|\
          refuted)(?: the (?:idea|notion|claim|suggestion|allegation|premise|assertion|accusation|argument|charge))? that",
        r"\b(?:don't|do not|didn't|did not|doesn't|does not|wouldn't|would not|never|not|can't|cannot|won't)(?: ever| \
          necessarily| really| actually| going to| want to)? (?:say|said|saying|think|believe|accept|agree|suggest|\
          suggested|suggesting|claim|claimed|mean|meant|imply|implying|use the words?|use the term)(?: to you)?(?: that)?",
        r"\b(?:no es|es) (?:falso|mentira|cierto|verdad) que",
        r"\bno (?:creo|creemos|pienso|pensamos|dije|dijimos|digo|decimos|es que)(?: que)?",
    ])
});

/// Somebody else is said to say so.
static ATTRIBUTES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&[
        &format!(
            r"\b(?:he|she|they|you|people|some|many|others|who|critics|opponents|folks|everybody|everyone|reports?|\
          republicans|democrats|president|minister|secretary|[a-z]+)(?: \w+ly)?(?: have| has| had| would| might| may| will| \
          keep| kept| just| also| are| is| were| was)? {SAYING}(?: (?:me|us|you|him|her|them|people|reporters))?(?: that| \
          whether| if| how)?"
        ),
        r"\b(?:the|this|that|any|your|their|his|her|a) (?:idea|notion|claim|suggestion|allegation|assertion|accusation|\
          rumou?r|theory|argument|premise|report|reporting|narrative|charge|implication|contention|myth)s?(?: is)? that",
        r"\baccording to [^,.]{3,60}",
        r"\b(?:dicen|dijo|dijeron|dice|decian|decía|decían|afirman|afirmó|afirma|aseguran|aseguró|asegura|sostienen|\
          acusan|preguntan|según [^,.]{3,40})(?: que)?",
    ])
});

/// The speaker's own words, said again: "as I said", "we have always said".
static OWN_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    let saying = format!(
        r"\b(?:i|we|i've|we've|i'd|we'd|i'll|we'll|i'm|we're)(?: \w+){{0,3}} {SAYING}(?: (?:that|is|was|to \w+))?"
    );
    pattern(&[
        &saying,
        r"\b(?:my|our) (?:answer|message|position|point|response|view|words?)(?: \w+){0,4}",
        r"\b(?:dije|dijimos|digo|decimos|decía yo)(?: que)?",
    ])
});

/// What sounds like a report and is none: the speaker's own saying, or agreement with somebody's.
static ENDORSES: LazyLock<Regex> = LazyLock::new(|| {
    let after = "(?: (?:you|to you|again|this|it))?(?: that| how)?";
    let own = format!(
        r"\b(?:i|we|i've|we've|i'd|we'd|i'll|we'll|i'm|we're|let me|let us|let's)(?: \w+){{0,3}} {SAYING}{after}"
    );
    let bare = format!(
        r"\b(?:to|that's|and|or|but|can|could|can't|should|must)(?: just| also| always| only)? {SAYING}{after}"
    );
    let agreed = format!(r"\b(?:as|like|what|when|if)(?: \w+){{1,4}} {SAYING}(?: \w+)?");
    pattern(&[&own, &bare, &agreed])
});
