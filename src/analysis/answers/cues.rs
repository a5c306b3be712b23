//! What gives an answer away: the phrases by which people refuse, do not know, refer, defer, ask back, agree and deny.

use std::ops::Range;
use std::sync::LazyLock;

use regex_filtered::Regexes;

use super::reading::Reading;

/// What a phrase shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Sign {
    /// They will not say.
    Declined,
    /// They do not know.
    NoInformation,
    /// Somebody else should be asked.
    Referred,
    /// Another time.
    Deferred,
    /// It is not settled, or it depends.
    Unsettled,
    /// What was asked?
    Clarification,
    /// Yes.
    Yes,
    /// No.
    No,
    /// Words that serve for any question.
    General,
    /// About the question, the questioner, others.
    Aside,
    /// More follows than was refused.
    But,
}

impl Sign {
    pub(super) const ALL: [Self; 11] = [
        Self::Declined,
        Self::NoInformation,
        Self::Referred,
        Self::Deferred,
        Self::Unsettled,
        Self::Clarification,
        Self::Yes,
        Self::No,
        Self::General,
        Self::Aside,
        Self::But,
    ];

    /// Those that mean that no answer comes.
    pub(super) const REFUSALS: [Self; 5] =
        [Self::Declined, Self::NoInformation, Self::Referred, Self::Deferred, Self::Clarification];

    /// The head of its phrases.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::NoInformation => "no-information",
            Self::Referred => "referred-elsewhere",
            Self::Deferred => "deferred",
            Self::Unsettled => "unsettled",
            Self::Clarification => "clarification-asked",
            Self::Yes => "yes",
            Self::No => "no",
            Self::General => "general",
            Self::Aside => "aside",
            Self::But => "but",
        }
    }
}

/// A phrase in an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cue {
    /// What it shows.
    pub sign: Sign,
    /// The number of its sentence.
    pub sentence: usize,
    /// Where it stands in the text.
    pub range: Range<usize>,
}

/// Words that phrases share.
const NAMED: &[(&str, &str)] = &[
    ("<i>", r"\b(?:i|we)"),
    (
        "<have>",
        r"\b(?:i|we|i've|we've|there's|there is|i'd)(?: really| just| still| simply)? ?(?:have|had|got|have got|'ve got|can have)?",
    ),
    (
        "<dont>",
        r"\b(?:do not|don't|did not|didn't|does not|doesn't|wouldn't|would not)(?: really| even| ever| particularly| necessarily| actually| just)?",
    ),
    (
        "<not>",
        r"\b(?:(?:i|we)(?:'m| am|'re| are|'ve been| have been)(?: really| just| simply| certainly| still)?|i'd|i would|i'll|i will|we'll|be|am|are) not(?: really| just| even| at all)?",
    ),
    ("<wont>", r"\b(?:won't|will not|wouldn't|would not|shall not|shan't|refuse to|decline to)"),
    (
        "<cant>",
        r"\b(?:can't|cannot|can not|could not|couldn't|not able to|unable to|am not in a position to|can hardly|can scarcely)",
    ),
    ("<no>", r"\b(?:no|without|not have any|not have a|don't have any|don't have a|any other|not a)"),
    (
        "<havent>",
        r"\b(?:have not|haven't|has not|hasn't|had not|hadn't|have never|i've not|i've never|we've not|did not|didn't)",
    ),
    (
        "<will>",
        r"\b(?:i'll|we'll|i will|we will|i'm going to|i am going to|we're going to|we are going to|let me|let us|i shall|we shall|i'd|i would|going to|happy to|glad to|they'll|there'll|i can|we can|try to)",
    ),
    ("<can>", r"\b(?:i'll|we'll|i can|we can|let me|i will|we will|happy to|i could)"),
    (
        "<still>",
        r"\b(?:(?:i'm|i am|we're|we are|they're|they are|he's|he is|is|are|been)(?: still| now| currently| just| in the process of)?|still)",
    ),
    ("<that>", r"\b(?:that|this|it|those|these|that'll|which)"),
    (
        "<oh>",
        r"(?:(?:well|oh|look|listen|uh|um|you know|thank you|thanks|first of all|first|sir|and|but|so|okay|ok|now|ah|why|frankly|again|john|i mean|let me say|i would say|i'd say|actually|in fact|obviously|of course|\[laughter\])[ ,.:-]+)",
    ),
    (
        "<notproper>",
        r"\b(?:not|wouldn't|isn't|don't think (?:it's|it is|it would be|that's|that it's|it was)|scarcely|hardly|never|not (?:be|think it would be|think it's|think that's))(?: be| really| very| quite| particularly)? ?(?:proper|appropriate|wise|helpful|useful|productive|fitting|right|fair|prudent|constructive|my (?:place|role|business|job|prerogative)|up to me|fruitful|in order|becoming)",
    ),
    (
        "<utter>",
        r"(?:discuss\w*|speculat\w+|get into|go into|get in|go beyond|go further|go any further|get out|get ahead|go there|talk\w*|answer\w*|respond\w*|characterize\w*|preview\w*|negotiate|engage in|make (?:any |a |an |that )?(?:\w+ )?(?:prediction|announcement|news|comment|forecast|judgment|statement|prophec|guess|commitment|pronouncement)\w*|weigh in|wade|address|confirm|elaborate|disclose|reveal|name\b|parse|play\b|read out|predict\w*|second-guess|opine|prejudge|touch|be drawn|be able to|give (?:you |out |any |a |away )+|detail|divulge|share|litigate|relitigate|pass judgment|criticize|hypothesiz|dignify|argue|debate|handicap|provide|advise|cross that|take (?:that|any|a position|questions)|forecast|lay out|describe|indulge|react|do that|judge|comment)",
    ),
    (
        "<talk>",
        r"(?:speak (?:to|about|for|on|beyond|in detail)|announce\b|comment\w*|discuss\w*|speculat\w+|get into|go into|get in|go beyond|go further|go any further|get out|get ahead|go there|talk\w*|say\b|tell\b|answer\w*|respond\w*|characterize\w*|preview\w*|negotiate|engage in|make (?:any |a |an |that )?(?:\w+ )?(?:prediction|announcement|news|comment|forecast|judgment|statement|prophec|guess|commitment|pronouncement)\w*|weigh in|wade|address|confirm|elaborate|disclose|reveal|name\b|parse|play\b|read out|predict\w*|second-guess|opine|prejudge|touch|be drawn|be able to|give (?:you |out |any |a |away )+|detail|divulge|share|litigate|relitigate|pass judgment|criticize|hypothesiz|dignify|argue|debate|handicap|provide|advise|cross that|take (?:that|any|a position|questions)|forecast|lay out|describe|indulge|react|do that|judge|comment)",
    ),
];

/// The lines of all signs. A sentence is first sought for the letters that a line cannot do without: one automaton of all
/// lines would never have seen all of its states.
struct Phrases {
    signs: Vec<Sign>,
    lines: Regexes,
}

static PHRASES: LazyLock<Option<Phrases>> = LazyLock::new(|| {
    let lines = Sign::ALL.into_iter().flat_map(|sign| lines(sign).map(move |line| (sign, line)));
    let (signs, lines): (Vec<Sign>, Vec<String>) = lines.unzip();
    let lines = regex_filtered::Builder::new().push_all(lines).ok()?.build().ok()?;
    Some(Phrases { signs, lines })
});

/// What stands for classes of letters in plain text.
const ASCII: &[(&str, &str)] = &[
    (r"\w", "[a-z0-9]"),
    (r"\d", "[0-9]"),
    (r"\b", r"(?-u:\b)"),
    ("[^.]", "[ -~&&[^.]]"),
    ("[^.?]", "[ -~&&[^.?]]"),
    (".{", "[ -~]{"),
];

/// The lines under the head of a sign, with what their names stand for.
fn lines(sign: Sign) -> impl Iterator<Item = String> {
    let phrases = include_str!("phrases.txt");
    let head = move |line: &str| line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) == Some(sign.as_str());
    let under = phrases.lines().skip_while(move |line| !head(line)).skip(1).take_while(|line| !line.is_empty());
    under.map(|line| {
        let named = NAMED.iter().rev().fold(line.to_owned(), |line, (name, pattern)| line.replace(name, pattern));
        // The text is ASCII, and automata that know no other letters are far smaller.
        ASCII.iter().fold(named, |line, (class, ascii)| line.replace(class, ascii))
    })
}

/// Letters of a sentence in which phrases are sought.
const READ: usize = 1500;

/// The first phrase of each sign in each sentence, in the order of the text.
pub(super) fn cues(reading: &Reading) -> Vec<Cue> {
    let mut found = Vec::new();
    let Some(phrases) = &*PHRASES else { return found };
    for (number, sentence) in reading.each().enumerate() {
        let start = reading.sentences.get(number).map_or(0, |range| range.start);
        let sentence = sentence.get(..READ).unwrap_or(sentence);
        let mut first: [Option<Range<usize>>; Sign::ALL.len()] = Default::default();
        for (line, pattern) in phrases.lines.matching(sentence) {
            let sign = phrases.signs.get(line).and_then(|sign| first.get_mut(*sign as usize));
            let (Some(first), Some(phrase)) = (sign, pattern.find(sentence)) else { continue };
            if first.as_ref().is_none_or(|first| phrase.start() < first.start) {
                *first = Some(phrase.range());
            }
        }
        found.extend(Sign::ALL.into_iter().zip(first).filter_map(|(sign, phrase)| {
            let phrase = phrase?;
            Some(Cue { sign, sentence: number, range: start + phrase.start..start + phrase.end })
        }));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_has_phrases_that_can_be_read() {
        for sign in Sign::ALL {
            assert!(lines(sign).map(|line| line.len()).sum::<usize>() > 100, "{sign:?}");
        }
        assert!(PHRASES.is_some());
    }
}
