//! Terms that may mean something else: company they need, people who bear the name of a place, towns in American states.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::people::{is_given_name, is_office_word};

/// What must and what must not stand in the same passage.
struct Company {
    needs: Vec<&'static str>,
    unless: Vec<&'static str>,
}

static COMPANY: LazyLock<HashMap<&'static str, Company>> = LazyLock::new(|| {
    let words = |cell: Option<&'static str>| -> Vec<&'static str> {
        cell.unwrap_or_default().split(';').map(str::trim).filter(|word| !word.is_empty()).collect()
    };
    include_str!("company.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut cells = line.split('\t');
            Some((cells.next()?, Company { needs: words(cells.next()), unless: words(cells.next()) }))
        })
        .collect()
});

/// Whether a term stands in company that makes it mean its topic.
pub(super) fn in_company(term: &str, text: &str) -> bool {
    COMPANY.get(term).is_none_or(|company| {
        (company.needs.is_empty() || company.needs.iter().any(|word| text.contains(word)))
            && !company.unless.iter().any(|word| text.contains(word))
    })
}

/// Whether the words around a name of a place make it a person's: "Vernon Jordan", "Mr. Monaco", "Chad Arrowood".
pub(super) fn is_person(text: &str, start: usize, end: usize, topic_follows: bool) -> bool {
    let term = text.get(start..end).unwrap_or_default();
    if term.contains([' ', '.']) {
        return false;
    }
    let before = text.get(..start).unwrap_or_default();
    if before.ends_with(' ')
        && let Some(word) = before.trim_end().rsplit(char::is_whitespace).next()
        && follows_name(word)
    {
        return true;
    }
    let after = text.get(end..).unwrap_or_default();
    !topic_follows && GIVEN_TOO.contains(&term) && after.strip_prefix(' ').is_some_and(begins_surname)
}

/// Countries whose names are given to people.
const GIVEN_TOO: &[&str] = &[
    "Chad", "Jordan", "Georgia", "Kenya", "Kenia", "India", "Israel", "Ireland", "Paris", "Sydney", "Cuba", "Chelsea",
];

/// Forms of address before a surname.
const ADDRESS: &[&str] = &[
    "Mr.",
    "Ms.",
    "Mrs.",
    "Dr.",
    "Mr",
    "Ms",
    "Mrs",
    "Rep.",
    "Sen.",
    "Gov.",
    "Congressman",
    "Congresswoman",
    "Representative",
    "Senator",
    "Coach",
    "Judge",
    "Leader",
    "Director",
    "Professor",
    "Governor",
    "Mayor",
];

fn follows_name(word: &str) -> bool {
    let bare = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let initial = bare.len() == 2 && bare.ends_with('.') && bare.starts_with(|c: char| c.is_ascii_uppercase());
    ADDRESS.contains(&bare)
        || initial
        || (bare.starts_with(char::is_uppercase) && bare.chars().all(char::is_alphabetic) && is_given_name(bare))
}

fn begins_surname(after: &str) -> bool {
    let word =
        after.split(|c: char| !(c.is_alphabetic() || c == '-' || c == '’' || c == '\'')).next().unwrap_or_default();
    word.len() > 2
        && word.starts_with(char::is_uppercase)
        && word.chars().skip(1).any(char::is_lowercase)
        && !is_office_word(word)
        && !matches!(
            word,
            "King"
                | "Queen"
                | "Prime"
                | "River"
                | "Valley"
                | "Embassy"
                | "And"
                | "The"
                | "In"
                | "On"
                | "But"
                | "Is"
                | "Compact"
                | "Iron"
                | "Ambassador"
        )
}

/// Whether the name of an American state follows a comma: "Lebanon, Pennsylvania".
pub(super) fn in_american_state(text: &str, end: usize) -> bool {
    let Some(after) = text.get(end..).and_then(|after| after.strip_prefix(", ")) else { return false };
    STATES
        .iter()
        .any(|state| after.strip_prefix(state).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric())))
}

/// Whether "American" follows an adjective of origin: "Mexican-American", "Irish Americans".
pub(super) fn is_origin_of_americans(text: &str, end: usize) -> bool {
    text.get(end..).is_some_and(|after| {
        after
            .strip_prefix(['-', ' ', '‑', '–'])
            .is_some_and(|rest| rest.starts_with("American") && !rest.starts_with("American-"))
    })
}

const STATES: &[&str] = &[
    "Alabama",
    "Alaska",
    "Arizona",
    "Arkansas",
    "California",
    "Colorado",
    "Connecticut",
    "Delaware",
    "Florida",
    "Georgia",
    "Hawaii",
    "Idaho",
    "Illinois",
    "Indiana",
    "Iowa",
    "Kansas",
    "Kentucky",
    "Louisiana",
    "Maine",
    "Maryland",
    "Massachusetts",
    "Michigan",
    "Minnesota",
    "Mississippi",
    "Missouri",
    "Montana",
    "Nebraska",
    "Nevada",
    "New Hampshire",
    "New Jersey",
    "New Mexico",
    "New York",
    "North Carolina",
    "North Dakota",
    "Ohio",
    "Oklahoma",
    "Oregon",
    "Pennsylvania",
    "Rhode Island",
    "South Carolina",
    "South Dakota",
    "Tennessee",
    "Texas",
    "Utah",
    "Vermont",
    "Virginia",
    "West Virginia",
    "Wisconsin",
    "Wyoming",
    "AL",
    "AK",
    "AZ",
    "CA",
    "CO",
    "CT",
    "FL",
    "GA",
    "IA",
    "ID",
    "IL",
    "IN",
    "KS",
    "KY",
    "LA",
    "MA",
    "MD",
    "ME",
    "MI",
    "MN",
    "MO",
    "MS",
    "MT",
    "NC",
    "ND",
    "NE",
    "NH",
    "NJ",
    "NM",
    "NV",
    "NY",
    "OH",
    "OK",
    "OR",
    "PA",
    "RI",
    "SC",
    "SD",
    "TN",
    "TX",
    "UT",
    "VA",
    "VT",
    "WA",
    "WI",
    "WV",
    "WY",
];
