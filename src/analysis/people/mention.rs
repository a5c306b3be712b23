//! Finds full names in running text, with the office that stands before or after them.

use super::beside::{is_form_of_address, office_after, office_before};
use super::tokens::{Token, ends_name, joined, tokens_of};
use super::words::{fold, folded_words, is_given, is_ordinary, joins_name, joins_office, may_be_surname, office_word};

/// A full name in a text, with the office beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// The name as printed.
    pub name: String,
    /// The office as printed.
    pub office: Option<String>,
    /// The form of address right before it, folded: "dr".
    pub address: Option<String>,
}

/// An office with a surname only: "President Vale".
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Titled {
    /// Folded: "president", "vice president", "chairman".
    pub office: String,
    /// The surname as printed.
    pub surname: String,
}

/// Everything found in one text, in order. A word before a labelled surname is a given name even if nobody knows it; in a
/// title or head (`printed`) also at the beginning of a phrase, where speech has "Thanks" and "Well".
pub(super) fn find(text: &str, printed: bool, labelled: &dyn Fn(&str) -> bool) -> (Vec<Found>, Vec<Titled>) {
    let tokens = tokens_of(text);
    let (mut found, mut titled) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if !token.capital {
            at += 1;
            continue;
        }
        if let Some(end) = name_at(&tokens, at, printed, labelled) {
            found.push(Found {
                name: joined(&tokens, at, end),
                office: office_before(&tokens, at).or_else(|| office_after(&tokens, end)),
                address: address_before(&tokens, at),
            });
            at = end;
        } else {
            titled.extend(titled_at(&tokens, at));
            at += 1;
        }
    }
    (found, titled)
}

/// The end of the full name that begins at a word, if one does.
fn name_at(tokens: &[Token<'_>], at: usize, printed: bool, labelled: &dyn Fn(&str) -> bool) -> Option<usize> {
    let first = tokens.get(at)?;
    let opening = fold(first.text);
    let given = is_given(&opening);
    let office = office_word(&opening);
    if first.stop || first.comma || (office.is_some() && !given) || ends_name(&opening) && !given {
        return None;
    }
    let before = office_just_before(tokens, at);
    let initials = first.text.contains('.') || first.text.chars().count() == 1;
    let unsure = !given || is_ordinary(&opening);
    let sure = !unsure
        || before
        || (given && !begins_sentence(tokens, at))
        || (initials && tokens.get(at + 1).is_some_and(|next| is_given(&fold(next.text))))
        || (!given && (printed || !begins_sentence(tokens, at)) && stands_before_label(tokens, at, labelled));
    if !sure {
        return None;
    }
    let shouted = all_capitals(first.text);
    let mut end = at + 1;
    let mut words = 1;
    while let Some(token) = tokens.get(end) {
        let word = fold(token.text);
        let previous = tokens.get(end - 1)?;
        if previous.stop || (previous.comma && !matches!(word.as_ref(), "jr" | "sr")) || token.opens || end - at > 5 {
            break;
        }
        if joins_name(&word)
            && tokens.get(end + 1).is_some_and(|next| next.capital)
            && !token.stop
            && !token.comma
            && (token.capital || word != "y")
        {
            end += 1;
            continue;
        }
        let blocked = !token.capital
            || ends_name(&word)
            || (!shouted
                && token.text.len() > 1
                && all_capitals(token.text)
                && !token.text.contains('.')
                && token.text.len() < 5
                && !matches!(token.text, "II" | "III" | "IV"))
            || (office_word(&word).is_some() && !(may_be_surname(&word) && last_word(tokens, end)) && !is_given(&word))
            || (words >= 2
                && is_given(&word)
                && !is_ordinary(&word)
                && !is_given(&fold(previous.text))
                && previous.text.len() > 1
                && !shouted
                && words >= 3);
        if blocked {
            break;
        }
        words += 1;
        end += 1;
    }
    (words >= 2).then_some(end)
}

/// Whether a word has a capital and a labelled surname after it.
fn stands_before_label(tokens: &[Token<'_>], at: usize, labelled: &dyn Fn(&str) -> bool) -> bool {
    tokens.get(at).is_some_and(|token| token.text.len() > 1 && !all_capitals(token.text))
        && tokens.get(at + 1).is_some_and(|next| {
            next.capital && !next.opens && folded_words(next.text).last().is_some_and(|last| labelled(last))
        })
}

/// The form of address right before a name, folded.
fn address_before(tokens: &[Token<'_>], at: usize) -> Option<String> {
    let before = tokens.get(at.checked_sub(1)?).filter(|before| !before.stop && !before.comma)?;
    Some(fold(before.text).into_owned()).filter(|word| is_form_of_address(word))
}

/// Whether no further capitalised word follows that would make this one part of an office.
fn last_word(tokens: &[Token<'_>], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| token.stop || token.comma) || tokens.get(at + 1).is_none_or(|next| !next.capital)
}

fn all_capitals(word: &str) -> bool {
    word.chars().any(char::is_alphabetic) && !word.chars().any(char::is_lowercase)
}

fn begins_sentence(tokens: &[Token<'_>], at: usize) -> bool {
    at.checked_sub(1).and_then(|before| tokens.get(before)).is_none_or(|before| before.stop)
}

/// Whether the word before names an office ("Secretary Rosa Vale").
fn office_just_before(tokens: &[Token<'_>], at: usize) -> bool {
    office_before(tokens, at).is_some()
        || at.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(|before| {
            !before.stop
                && !before.comma
                && before.capital
                && office_word(&fold(before.text)).is_some_and(|kind| kind.head || kind.honour)
        })
}

/// "President Vale", "Vice President Vale", "Chairman Vale" at a word.
fn titled_at(tokens: &[Token<'_>], at: usize) -> Option<Titled> {
    let token = tokens.get(at)?;
    let office = fold(token.text);
    if !matches!(
        office.as_ref(),
        "president" | "presidente" | "presidenta" | "lady" | "chairman" | "chair" | "secretary" | "minister"
    ) || token.stop
        || token.comma
    {
        return None;
    }
    let next = tokens.get(at + 1)?;
    let word = fold(next.text);
    if !next.capital
        || next.opens
        || office_word(&word).is_some()
        || ends_name(&word)
        || word.len() < 2
        || (is_given(&word)
            && !next.stop
            && tokens.get(at + 2).is_some_and(|after| after.capital && !ends_name(&fold(after.text))))
    {
        return None;
    }
    let mut end = at + 2;
    while let Some(more) = tokens.get(end) {
        let previous = tokens.get(end - 1)?;
        let word = fold(more.text);
        if previous.stop
            || previous.comma
            || !more.capital
            || office_word(&word).is_some()
            || ends_name(&word)
            || end > at + 3
        {
            break;
        }
        end += 1;
    }
    let prefix = at
        .checked_sub(1)
        .and_then(|before| tokens.get(before))
        .filter(|before| !before.stop && !before.comma)
        .map(|before| fold(before.text).into_owned());
    let office = match prefix.as_deref() {
        Some(word @ ("vice" | "first" | "prime" | "former" | "elect" | "deputy" | "under" | "press")) => {
            format!("{word} {office}")
        }
        _ => office.into_owned(),
    };
    Some(Titled { office, surname: joined(tokens, at + 1, end) })
}

/// Offices right before a labelled surname alone, in a title or head: "Energy Secretary Vale". The office as printed,
/// then the surname.
pub(super) fn offices_of_surnames(text: &str, labelled: &dyn Fn(&str) -> bool) -> Vec<(String, String)> {
    let tokens = tokens_of(text);
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let surname = token.capital && folded_words(token.text).last().is_some_and(|last| labelled(last));
        let goes_on = !token.stop && !token.comma && {
            let next = tokens.get(at + 1);
            next.is_some_and(|next| next.capital && !next.opens && !ends_name(&fold(next.text)))
        };
        // A word nobody has listed before a surname is a given name.
        let office_ends = at.checked_sub(1).and_then(|before| tokens.get(before));
        if surname
            && !goes_on
            && office_ends.is_some_and(|before| office_word(&fold(before.text)).is_some())
            && office_word(&fold(token.text)).is_none()
            && let Some(office) = office_before(&tokens, at)
        {
            found.push((office, token.text.to_owned()));
        }
    }
    found
}

/// A line that is a full name and nothing else, as in heads that name the speaker and the office on lines of their own.
/// The last word of a label's surname is enough to know one, whatever the given name.
pub(super) fn name_alone(line: &str, labelled: &dyn Fn(&str) -> bool) -> Option<String> {
    // "Briefer: Ada Vale".
    let line = line.split_once(':').map_or(line, |(_, name)| name);
    let words: Vec<&str> = line.split_whitespace().collect();
    let tokens = tokens_of(line);
    let at = tokens.iter().position(|token| {
        !is_form_of_address(&fold(token.text)) && office_word(&fold(token.text)).is_none_or(|kind| !kind.honour)
    })?;
    let first = tokens.get(at)?;
    let end = tokens.len();
    let plain = (2..=5).contains(&(end - at))
        && words.len() <= 7
        && (is_given(&fold(first.text))
            || tokens.last().and_then(|last| folded_words(last.text).pop()).is_some_and(|last| labelled(&last)))
        && tokens
            .get(at..end)?
            .iter()
            .all(|token| (token.capital || joins_name(&fold(token.text))) && !ends_name(&fold(token.text)))
        && tokens
            .get(at + 1..end)?
            .iter()
            .all(|token| office_word(&fold(token.text)).is_none() || may_be_surname(&fold(token.text)));
    plain.then(|| joined(&tokens, at, end))
}

/// Whether a line is an office and nothing else ("Department Spokesperson").
pub(super) fn office_alone(line: &str) -> bool {
    let words = folded_words(line);
    (1..=14).contains(&words.len())
        && words.iter().any(|word| office_word(word).is_some_and(|kind| kind.head))
        && words.iter().all(|word| office_word(word).is_some() || joins_office(word))
}

/// Whether a line right below a name says which office it is, though its body has words nobody has listed
/// ("Spokesperson, Ministry of Tides").
pub(super) fn office_below_name(line: &str) -> bool {
    let words = folded_words(line);
    let tokens = tokens_of(line);
    let first = line.split(',').next().unwrap_or_default();
    let small = |token: &Token<'_>| !token.capital && !joins_office(&fold(token.text));
    (1..=16).contains(&words.len())
        && !line.ends_with(['.', ':', '?'])
        && folded_words(first).iter().any(|word| office_word(word).is_some_and(|kind| kind.head))
        && !tokens.iter().any(small)
        && !words.iter().any(|word| word.bytes().any(|byte| byte.is_ascii_digit()))
        && !words.iter().any(|word| matches!(word.as_str(), "briefing" | "gaggle" | "remarks" | "conference" | "by"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<(String, Option<String>)> {
        find(text, false, &|_| false).0.into_iter().map(|found| (found.name, found.office)).collect()
    }

    fn pair(name: &str, office: &str) -> (String, Option<String>) {
        (name.to_owned(), (!office.is_empty()).then(|| office.to_owned()))
    }

    #[test]
    fn titles_name_people_with_their_offices() {
        assert_eq!(
            names(
                "Press Briefing by Press Secretary Nadine Jean-Marc, NSC Coordinator for Strategic Communications John Arrowood, and OMB Director Shalanda Vale, May 4, 2031"
            ),
            [
                pair("Nadine Jean-Marc", "Press Secretary"),
                pair("John Arrowood", "NSC Coordinator for Strategic Communications"),
                pair("Shalanda Vale", "OMB Director")
            ]
        );
        assert_eq!(
            names(
                "Press Call by Ben Arrowood, Deputy National Security Advisor for Strategic Communications, and Jeff Vale, Senior Director for the Middle East"
            ),
            [
                pair("Ben Arrowood", "Deputy National Security Advisor for Strategic Communications"),
                pair("Jeff Vale", "Senior Director for the Middle East")
            ]
        );
        assert_eq!(
            names("Press Gaggle by Press Secretary Josh Vale en route Newark, New Jersey"),
            [pair("Josh Vale", "Press Secretary")]
        );
        assert_eq!(
            names(
                "Press Briefing by Homeland Security Advisor and Deputy National Security Advisor Dr. Elizabeth Vale-Stone"
            ),
            [pair("Elizabeth Vale-Stone", "Homeland Security Advisor and Deputy National Security Advisor")]
        );
    }

    #[test]
    fn introductions_name_people() {
        assert_eq!(
            names("I'm joined today by our national security advisor, Jake Vale."),
            [pair("Jake Vale", "national security advisor")]
        );
        assert_eq!(names("Let me turn it over to Admiral John Arrowood. Thanks, John."), [pair("John Arrowood", "")]);
        assert_eq!(
            names("With me is Dan Vale, who is the President's Special Assistant for Economic Policy."),
            [pair("Dan Vale", "Special Assistant for Economic Policy")]
        );
        assert_eq!(
            names("Informa la secretaria de Gobernación, Rosa Icela Vale Robles."),
            [pair("Rosa Icela Vale Robles", "secretaria de Gobernación")]
        );
    }

    #[test]
    fn offices_of_bodies_that_nobody_has_listed_are_whole() {
        assert_eq!(
            names("Press Briefing by Director of the Cypress Valley Authority Colonel Rosa Vale"),
            [pair("Rosa Vale", "Director of the Cypress Valley Authority")]
        );
        assert_eq!(
            names("With me is Rosa Vale, the director of the Cypress Valley Authority, who will start."),
            [pair("Rosa Vale", "director of the Cypress Valley Authority")]
        );
        assert_eq!(
            names("We have Rosa Vale, who is Senior Director for Arden, Bost, Carrow and the Delta. Rosa?"),
            [pair("Rosa Vale", "Senior Director for Arden, Bost, Carrow and the Delta")]
        );
        assert_eq!(
            names("Press Call by Rosa Vale, Senior Director for Europe, and John Arrowood, Director for Asia"),
            [pair("Rosa Vale", "Senior Director for Europe"), pair("John Arrowood", "Director for Asia")]
        );
    }

    #[test]
    fn the_office_of_somebody_else_is_not_taken() {
        assert_eq!(names("Robert Vale, Mr. President. He is here."), [pair("Robert Vale", "")]);
        assert_eq!(names("They met with the President, Rosa Vale and others."), [pair("Rosa Vale", "")]);
        assert_eq!(
            names("Mike Vale is our Ambassador at the Trade Representative’s office."),
            [pair("Mike Vale", "Ambassador")]
        );
        assert_eq!(
            names("It was the acting National Cyber Director, Rosa Vale."),
            [pair("Rosa Vale", "acting National Cyber Director")]
        );
    }

    #[test]
    fn ordinary_words_are_no_names() {
        for text in [
            "Will Congress act?",
            "Will Arrowood resign?",
            "The White House said Monday.",
            "Thank you, Mark. May I ask?",
            "New York City",
            "May Day",
            "In April Congress left.",
        ] {
            assert_eq!(names(text), [], "{text}");
        }
    }

    #[test]
    fn an_office_with_a_surname_is_kept_apart() {
        assert_eq!(
            find("President Vale met Vice President Arrowood.", false, &|_| false)
                .1
                .iter()
                .map(|t| (t.office.as_str(), t.surname.as_str()))
                .collect::<Vec<_>>(),
            [("president", "Vale"), ("vice president", "Arrowood")]
        );
    }

    #[test]
    fn a_head_has_name_and_office_on_lines_of_their_own() {
        assert_eq!(name_alone("Ned Arrowood", &|_| false).as_deref(), Some("Ned Arrowood"));
        assert_eq!(name_alone("Rear Adm. John Arrowood", &|_| false).as_deref(), Some("John Arrowood"));
        assert_eq!(name_alone("Briefer:  Ned P. Arrowood", &|_| false).as_deref(), Some("Ned P. Arrowood"));
        assert_eq!(name_alone("Washington, DC", &|_| false), None);
        assert_eq!(name_alone("Daily Press Briefing", &|_| false), None);
        assert!(office_alone("Department Spokesperson") && office_alone("Pentagon Press Secretary"));
        assert!(!office_alone("Washington, DC"));
        assert!(office_below_name("Spokesperson, Ministry of Tides") && office_below_name("Director, Tide Office"));
        assert!(!office_below_name("Washington, DC") && !office_below_name("Press Briefing by the Press Secretary"));
    }
}
