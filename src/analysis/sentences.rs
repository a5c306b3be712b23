//! Where a sentence ends, in running text of news articles and transcripts.
//!
//! Invariants: linear time, whatever the text; sentences do not overlap, and all that is left out is white space.

use std::ops::Range;

/// The sentences of a text, in Unicode scalar values, without the white space around them. Closing quotation marks belong
/// to the sentence that they close, and a blank line always ends one.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let chars: Vec<char> = text.chars().collect();
    sentences_of(&chars)
}

/// The same for a text that is already taken apart.
pub fn sentences_of(chars: &[char]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        if c == '\n' {
            let next = after_blanks(chars, at);
            let breaks = chars.get(at..next).unwrap_or_default().iter().filter(|&&c| c == '\n').count();
            if breaks > 1 {
                push(&mut found, chars, start..at);
                start = next;
            }
            at = next;
        } else if ends(c) {
            let end = after_marks(chars, at + 1);
            if is_end(chars, at, end) {
                push(&mut found, chars, start..end);
                start = end;
            }
            at = end;
        } else {
            at += 1;
        }
    }
    push(&mut found, chars, start..chars.len());
    found
}

/// How far back or ahead a word may reach before it is none: keeps hostile text linear.
const LONGEST_WORD: usize = 24;
/// How far behind a quoted question its attribution may stand: “Why?” Senator Vale asked.
const ATTRIBUTION: usize = 60;

fn push(found: &mut Vec<Range<usize>>, chars: &[char], range: Range<usize>) {
    let Some(inside) = chars.get(range.clone()) else { return };
    let blank = |c: &&char| c.is_whitespace();
    let before = inside.iter().take_while(blank).count();
    if before < inside.len() {
        let after = inside.iter().rev().take_while(blank).count();
        found.push(range.start + before..range.end - after);
    }
}

fn ends(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。')
}

fn closes(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']')
}

fn opens(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '«' | '„' | '(' | '[' | '¿' | '¡' | '—' | '–' | '-')
}

fn after_blanks(chars: &[char], from: usize) -> usize {
    from + chars.iter().skip(from).take_while(|c| c.is_whitespace()).count()
}

/// Past everything that can close a sentence together with its first mark: “Really?!”, “so on...)”.
fn after_marks(chars: &[char], from: usize) -> usize {
    from + chars.iter().skip(from).take_while(|&&c| ends(c) || closes(c)).count()
}

/// Whether the sentence ends with the marks from `mark` to `end`.
fn is_end(chars: &[char], mark: usize, end: usize) -> bool {
    let next = after_blanks(chars, end);
    let Some(&first) = chars.get(next) else { return true };
    if next == end {
        return false;
    }
    let marks = chars.get(mark..end).unwrap_or_default();
    let opened = opens(first);
    let begin = next + chars.iter().skip(next).take(4).take_while(|&&c| opens(c)).count();
    let word = word_from(chars, begin);
    if word.starts_with(char::is_lowercase) && !opened || ends(first) {
        return false;
    }
    match marks {
        ['.', ..] if !marks.iter().skip(1).any(|&c| ends(c)) => may_end(&word_before(chars, mark), &word),
        [first, .., last] if matches!(first, '?' | '!' | '…') && closes(*last) && !opened => !says(chars, next),
        _ => true,
    }
}

/// The word in front of a full stop, with the points inside of it: "Sen", "p.m", "U.S".
fn word_before(chars: &[char], at: usize) -> String {
    let back = chars.get(at.saturating_sub(LONGEST_WORD)..at).unwrap_or_default();
    let length = back.iter().rev().take_while(|&&c| c.is_alphanumeric() || c == '.').count();
    back.iter().skip(back.len() - length).collect()
}

fn word_from(chars: &[char], at: usize) -> String {
    chars.iter().skip(at).take(LONGEST_WORD).take_while(|c| c.is_alphanumeric()).collect()
}

/// Whether a full stop after `word` can be the end, when `next` comes after it.
fn may_end(word: &str, next: &str) -> bool {
    let small = word.to_lowercase();
    let number = next.starts_with(|c: char| c.is_ascii_digit());
    if TITLES.contains(&small.as_str()) && word.starts_with(char::is_uppercase)
        || matches!(small.as_str(), "e.g" | "i.e" | "vs" | "cf")
    {
        return false;
    }
    if number && matches!(small.as_str(), "no" | "nos" | "art" | "sec" | "pp" | "p" | "fig" | "vol" | "ch") {
        return false;
    }
    let initial = word.chars().count() == 1 && word != "I" && word.chars().all(char::is_uppercase);
    let shortened = initial
        || word.contains('.')
        || SHORTENED.contains(&small.as_str()) && word.starts_with(char::is_uppercase)
        || matches!(small.as_str(), "etc" | "approx" | "est");
    !shortened || BEGINNINGS.contains(&next.to_lowercase().as_str()) && next.starts_with(char::is_uppercase)
}

/// Whether what follows a quoted question says whose it was.
fn says(chars: &[char], from: usize) -> bool {
    let ahead: String = chars.iter().skip(from).take(ATTRIBUTION).take_while(|&&c| !ends(c) && !opens(c)).collect();
    ahead.split_whitespace().skip(1).take(5).any(|word| SAYING.contains(&word.trim_end_matches([',', ':'])))
}

/// Never the end: a name follows.
const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "mx", "dr", "prof", "sen", "sens", "rep", "reps", "gov", "govs", "gen", "lt", "col", "capt",
    "cmdr", "adm", "sgt", "cpl", "pvt", "maj", "brig", "rev", "hon", "pres", "supt", "det", "amb", "atty", "st", "mt",
    "ft", "messrs", "sra", "srta", "dra", "lic", "ing", "gral",
];

/// The end only if a word follows that begins sentences more often than names.
const SHORTENED: &[&str] = &[
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "tues", "wed",
    "thu", "thurs", "fri", "inc", "corp", "ltd", "co", "cos", "bros", "llc", "jr", "sr", "dept", "assn", "univ", "ave",
    "blvd", "rd", "ala", "ariz", "ark", "calif", "colo", "conn", "del", "fla", "ga", "ill", "ind", "kan", "ky", "la",
    "md", "mass", "mich", "minn", "miss", "mo", "mont", "neb", "nev", "okla", "ore", "pa", "tenn", "tex", "va", "vt",
    "wash", "wis", "wyo", "ph",
];

const BEGINNINGS: &[&str] = &[
    "the",
    "a",
    "an",
    "he",
    "she",
    "it",
    "we",
    "they",
    "i",
    "you",
    "this",
    "that",
    "these",
    "those",
    "but",
    "and",
    "or",
    "in",
    "on",
    "at",
    "as",
    "if",
    "when",
    "while",
    "after",
    "before",
    "for",
    "from",
    "so",
    "now",
    "there",
    "here",
    "what",
    "who",
    "why",
    "how",
    "where",
    "his",
    "her",
    "their",
    "our",
    "my",
    "its",
    "no",
    "not",
    "yes",
    "some",
    "many",
    "most",
    "all",
    "both",
    "each",
    "one",
    "however",
    "meanwhile",
    "also",
    "still",
    "yet",
    "then",
    "since",
    "because",
    "although",
    "though",
    "with",
    "without",
    "under",
    "according",
    "instead",
    "asked",
    "to",
    "by",
    "more",
    "other",
    "another",
    "such",
    "even",
    "just",
    "well",
    "thank",
    "thanks",
    "okay",
    "let",
    "do",
    "did",
    "is",
    "are",
    "was",
    "can",
    "could",
    "would",
    "will",
    "during",
    "despite",
    "about",
    "only",
    "over",
    "last",
    "several",
    "earlier",
    "later",
    "once",
    "until",
    "nor",
    "please",
    "i’m",
    "it’s",
];

const SAYING: &[&str] = &[
    "said",
    "says",
    "asked",
    "asks",
    "added",
    "wrote",
    "tweeted",
    "shouted",
    "told",
    "continued",
    "replied",
    "responded",
    "cried",
    "wondered",
    "exclaimed",
    "quipped",
    "joked",
    "answered",
    "yelled",
    "demanded",
    "declared",
    "began",
    "chanted",
    "recalled",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        sentences(text).into_iter().map(|range| chars[range].iter().collect()).collect()
    }

    #[test]
    fn a_full_stop_ends_a_sentence_unless_it_belongs_to_the_word() {
        assert_eq!(
            cut(
                "Sen. Ada Vale met Mr. Stone at 5 p.m. Monday in the U.S. Capitol. It rained on Nov. 8. Dr. J. R. Pell left."
            ),
            [
                "Sen. Ada Vale met Mr. Stone at 5 p.m. Monday in the U.S. Capitol.",
                "It rained on Nov. 8.",
                "Dr. J. R. Pell left."
            ]
        );
        assert_eq!(
            cut("They live in the U.S. The rest left. Prices rose 3.5 percent."),
            ["They live in the U.S.", "The rest left.", "Prices rose 3.5 percent."]
        );
        assert_eq!(
            cut("Article No. 5 holds. Is that so? No. 5 holds."),
            ["Article No. 5 holds.", "Is that so?", "No. 5 holds."]
        );
        assert_eq!(
            cut("It was him and I. We went... and came back... Then we slept."),
            ["It was him and I.", "We went... and came back...", "Then we slept."]
        );
    }

    #[test]
    fn closing_marks_stay_with_the_sentence_that_they_close() {
        assert_eq!(
            cut("“We will go.” Vale left. (She came back.) \"Good.\" ‘Fine.’ So be it."),
            ["“We will go.”", "Vale left.", "(She came back.)", "\"Good.\"", "‘Fine.’", "So be it."]
        );
    }

    #[test]
    fn a_quoted_question_goes_on_with_its_attribution() {
        assert_eq!(
            cut("“Why now?” he asked. “Why not?!” Senator Ada Vale said. “Who?” Nobody knew."),
            ["“Why now?” he asked.", "“Why not?!” Senator Ada Vale said.", "“Who?”", "Nobody knew."]
        );
    }

    #[test]
    fn a_blank_line_ends_a_sentence_and_a_line_break_does_not() {
        assert_eq!(cut("Vale speaks \r\n \r\nShe said\nso.\n\n\n“Yes"), ["Vale speaks", "She said\nso.", "“Yes"]);
        assert!(cut(" \n\n ").is_empty() && cut("").is_empty());
    }

    #[test]
    fn nothing_but_white_space_is_left_out() {
        let text = " One. “Two?” asked Vale.\n\nThree — U.S. Four!\tFünf… sechs ";
        let kept: usize = sentences(text).into_iter().map(|range| range.len()).sum();
        let between: usize = 1 + 1 + 2 + 1 + 1;
        assert_eq!(kept + between, text.chars().count(), "{:?}", cut(text));
    }

    #[test]
    fn hostile_text_is_read_once() {
        for piece in [".", "\"", ". ", "?\" ", "a", "\n", "Mr. ", "?” A"] {
            let text = piece.repeat(1_000_000 / piece.len());
            let began = std::time::Instant::now();
            sentences(&text);
            assert!(began.elapsed().as_millis() < 5_000, "{piece:?} took {:?}", began.elapsed());
        }
    }
}
