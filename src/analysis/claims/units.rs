//! What is counted: words that can follow a number, and words that cannot.

/// Whether a word says what is counted: a plural, or one that needs no ending.
pub(super) fn is_thing(word: &str) -> bool {
    const WITHOUT_ENDING: [&str; 20] = [
        "people",
        "men",
        "women",
        "children",
        "troops",
        "personnel",
        "police",
        "million",
        "year",
        "month",
        "week",
        "day",
        "hour",
        "minute",
        "mile",
        "page",
        "person",
        "refugee",
        "seat",
        "vote",
    ];
    const NEVER: [&str; 14] =
        ["is", "was", "this", "us", "has", "does", "as", "its", "his", "times", "plus", "yes", "across", "less"];
    if WITHOUT_ENDING.contains(&word) {
        return true;
    }
    word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("'s") && !NEVER.contains(&word)
}

/// Whether a word cannot stand between a number and what it counts.
pub(super) fn ends_phrase(word: &str) -> bool {
    const ENDS: [&str; 46] = [
        "of", "in", "on", "at", "to", "the", "a", "an", "and", "or", "but", "for", "from", "by", "with", "that",
        "which", "who", "when", "where", "is", "are", "was", "were", "has", "have", "had", "it", "he", "she", "they",
        "we", "i", "you", "his", "her", "their", "our", "my", "your", "this", "if", "because", "than", "as", "so",
    ];
    ENDS.contains(&word)
}

/// Whether a word may stand between a number and what it counts.
pub(super) fn adjective(word: &str) -> bool {
    const KNOWN: [&str; 40] = [
        "new",
        "more",
        "other",
        "different",
        "additional",
        "good",
        "full",
        "long",
        "major",
        "private",
        "public",
        "federal",
        "local",
        "small",
        "large",
        "big",
        "young",
        "old",
        "low",
        "high",
        "straight",
        "consecutive",
        "whole",
        "short",
        "innocent",
        "illegal",
        "undocumented",
        "uninsured",
        "working",
        "registered",
        "armed",
        "military",
        "civilian",
        "criminal",
        "square",
        "metric",
        "separate",
        "foreign",
        "top",
        "key",
    ];
    const ENDINGS: [&str; 7] = ["ing", "al", "ic", "ful", "ous", "an", "ese"];
    KNOWN.contains(&word) || (word.len() > 5 && ENDINGS.iter().any(|ending| word.ends_with(ending)))
}

/// Whether a number behind this word is a day. "May" is taken for the month.
pub(super) fn month(word: &str) -> bool {
    const MONTHS: [&str; 23] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "oct",
        "nov",
        "dec",
    ];
    MONTHS.contains(&word)
}
