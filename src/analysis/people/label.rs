//! What a label says: a role, an office, a surname with a form of address, a full name.

use crate::domain::Role;

use super::name::display;
use super::role::role_of;
use super::words::{
    Gender, distance, fold, folded_words, is_given, is_ordinary, joins_name, joins_office, may_be_surname,
    nearly_office_word, office_word,
};

/// A label read.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Label {
    /// Nobody in particular.
    Role(Role),
    /// An office without a name: `THE PRESIDENT`.
    Office(String),
    /// Somebody.
    Person(Person),
    /// Neither: a heading, a thing, a sentence.
    Nothing,
}

/// The name in a label.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Person {
    /// The office or form of address before or after the name, as printed.
    pub title: Option<String>,
    /// Folded words of the name.
    pub words: Vec<String>,
    /// The name as shown.
    pub shown: String,
    /// Whether a given name is among the words.
    pub full: bool,
    /// Whether a form of address or office stands with it; a bare word may be anything.
    pub addressed: bool,
    /// Whether the label is an office only, and the name is that of its holder.
    pub office_only: bool,
    /// What `MR.` and `MS.` say.
    pub gender: Option<Gender>,
}

/// Reads a label.
pub(super) fn read(label: &str) -> Label {
    let label = tidy(label);
    if label.is_empty() || label.chars().filter(|c| c.is_alphabetic()).count() < 2 && !label.eq_ignore_ascii_case("q") {
        return Label::Nothing;
    }
    if let Some(role) = role_of(&label) {
        return Label::Role(role);
    }
    if let Some((name, office)) = label.split_once(',') {
        return with_comma(name.trim(), office.trim());
    }
    let mut words: Vec<&str> = label.split_whitespace().collect();
    if torn_article(&words) {
        words.remove(0);
    }
    let taken = title_length(&words);
    let (title, name) = words.split_at_checked(taken).unwrap_or((&[], &words));
    let title = (!title.is_empty()).then(|| title.join(" "));
    if name.is_empty() {
        return title.map_or(Label::Nothing, office_label);
    }
    person(title, name)
}

/// "HE PRESIDENT": an article that lost a letter, before nothing but words of offices.
fn torn_article(words: &[&str]) -> bool {
    words.len() >= 2
        && words.first().is_some_and(|word| word.chars().count() <= 3 && distance(&fold(word), "the") == 1)
        && words.iter().skip(1).all(|word| office_word(&fold(word)).is_some())
}

/// Without brackets ("(ENLACE VIDEOLLAMADA)"), numbers and marks around it.
fn tidy(label: &str) -> String {
    let mut kept = String::new();
    let mut depth = 0usize;
    for c in label.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '\u{200b}' | '\u{feff}' | '*' | '_' | '#' => {}
            _ if depth == 0 => kept.push(if c == '\u{a0}' { ' ' } else { c }),
            _ => {}
        }
    }
    let kept = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    let kept = kept.trim_matches(|c: char| matches!(c, ':' | '-' | '–' | '—' | ',' | ';'));
    if kept.trim().is_empty() {
        label.trim_matches(|c: char| !c.is_alphabetic()).to_owned()
    } else {
        kept.trim().to_owned()
    }
}

/// "NAME, OFFICE" or "OFFICE, NAME", in which the office may have commas too.
fn with_comma(first: &str, rest: &str) -> Label {
    let is_office = |text: &str| {
        folded_words(text).first().is_some_and(|word| office_word(word).is_some_and(|kind| kind.head || kind.rank))
    };
    if is_office(first) {
        // The name is what follows the last comma.
        let (office, name) = match rest.rsplit_once(',') {
            Some((more, name)) => (format!("{first}, {more}"), name.trim()),
            None => (first.to_owned(), rest),
        };
        let words: Vec<&str> = name.split_whitespace().collect();
        let taken = title_length(&words);
        return match words.get(taken..) {
            Some(name) if !name.is_empty() => person(Some(office), name),
            _ => office_label(office),
        };
    }
    let words: Vec<&str> = first.split_whitespace().collect();
    let taken = title_length(&words);
    match words.get(taken..) {
        Some(name) if !name.is_empty() => person(Some(rest.to_owned()), name),
        _ => Label::Nothing,
    }
}

/// How many words at the beginning are an office or a form of address. The last word stays a name after one.
fn title_length(words: &[&str]) -> usize {
    let mut taken = body_length(words);
    let mut seen_title = taken > 0;
    for (at, word) in words.iter().enumerate().skip(taken) {
        let folded = fold(word);
        let hyphenated = folded_words(word);
        let known = office_word(&folded)
            .or_else(|| hyphenated.iter().all(|part| office_word(part).is_some()).then(Default::default));
        let last = at + 1 == words.len();
        let personal = matches!(folded.as_ref(), "mr" | "ms" | "mrs" | "miss" | "mme");
        if personal && !last {
            // After "MR." comes a name, whatever it means: "MR. PRICE", "MS. CASE"; but "MR. PRESIDENT".
            let next_is_office = words.get(at + 1).is_some_and(|next| {
                matches!(fold(next).as_ref(), "president" | "vice" | "secretary" | "speaker" | "chairman")
            });
            if !next_is_office {
                return at + 1;
            }
        }
        let joins = joins_office(&folded)
            && (seen_title || folded == "the" || folded == "el" || folded == "la")
            && !last
            && !only_name_left(words, at);
        if known.is_some() || joins {
            if last
                && known.is_some_and(|kind| !kind.head && !kind.honour)
                && seen_title
                && words.len() > 1
                && may_end(words)
            {
                break;
            }
            seen_title |= known.is_some();
            taken = at + 1;
        } else if !last && at == 0 && nearly_office_word(&folded) {
            seen_title = true;
            taken = at + 1;
        } else {
            break;
        }
    }
    taken
}

/// "Alliance Secretary General Lars Vale": a body that nobody has listed, before an office and a full name.
fn body_length(words: &[&str]) -> usize {
    const LONGEST: usize = 2;
    let folded: Vec<_> = words.iter().map(|word| fold(word)).collect();
    let head = |word: &str| office_word(word).is_some_and(|kind| kind.head) && !may_be_surname(word);
    let Some(at) = folded.iter().position(|word| head(word)) else { return 0 };
    let unlisted = |word: &str| office_word(word).is_none() && !joins_name(word) && !is_given(word);
    let body = at <= LONGEST && folded.iter().take(at).all(|word| word.chars().count() > 2 && unlisted(word));
    let name = folded.iter().skip(at).skip_while(|word| office_word(word).is_some()).count();
    if body && name >= 2 { at } else { 0 }
}

/// "SECRETARY WHITE": a last word that only narrows an office down is a name after a title that is complete.
fn may_end(words: &[&str]) -> bool {
    words.len() == 2
        && words.first().is_some_and(|word| office_word(&fold(word)).is_some_and(|kind| kind.head || kind.honour))
}

/// "PRESIDENTA DE LA VEGA": particles before words that are no part of an office belong to the name.
fn only_name_left(words: &[&str], at: usize) -> bool {
    words.get(at..).is_some_and(|rest| {
        rest.first().is_some_and(|word| joins_name(&fold(word)))
            && !rest.iter().any(|word| office_word(&fold(word)).is_some())
    })
}

fn office_label(title: String) -> Label {
    let words = folded_words(&title);
    let office = words.iter().any(|word| {
        office_word(word).is_some_and(|kind| kind.head) || matches!(word.as_str(), "secretary" | "chief" | "general")
    });
    if office && !words.iter().any(|word| word == "senior") { Label::Office(title) } else { Label::Nothing }
}

fn person(title: Option<String>, name: &[&str]) -> Label {
    let shown = display(&name.join(" "));
    let words = folded_words(&name.join(" "));
    let addressed = title.is_some();
    let particles = words.iter().filter(|word| joins_name(word)).count();
    let sentence =
        name.iter().any(|word| word.chars().next().is_some_and(char::is_lowercase) && !joins_name(&fold(word)));
    let odd = words.iter().any(|word| word.bytes().any(|b| b.is_ascii_digit()) || STOP.contains(&word.as_str()));
    if words.is_empty()
        || words.len() - particles > 6
        || sentence
        || odd
        || name.iter().any(|word| word.contains(['"', '“', '?', '!']))
    {
        return Label::Nothing;
    }
    if words.len() == 1 && words.first().is_some_and(|word| word.chars().count() < 2) {
        return Label::Nothing;
    }
    let title_words = title.as_deref().map(folded_words).unwrap_or_default();
    // "THE HARBOURMASTER" is an office that nobody has listed: no name stands behind an article.
    if matches!(title_words.as_slice(), [article] if article == "the") {
        return Label::Nothing;
    }
    let personal = title_words.iter().all(|word| matches!(word.as_str(), "mr" | "ms" | "mrs" | "miss" | "mme"));
    // "MS. JEAN-MARC" has two words and no given name; "MS. ANN STONE" is rare.
    let initial = words.first().is_some_and(|word| word.chars().count() == 1);
    let full =
        name.len() >= 2 && !(initial && words.len() == 2) && (!addressed || (!personal && is_given_here(&words)));
    Label::Person(Person { gender: gender(&title_words), title, words, shown, full, addressed, office_only: false })
}

fn is_given_here(words: &[String]) -> bool {
    words.first().is_some_and(|word| is_given(word)) || words.len() >= 3
}

fn gender(title: &[String]) -> Option<Gender> {
    title.iter().find_map(|word| match word.as_str() {
        "mr" | "senor" | "sir" | "congressman" | "presidente" | "secretario" => Some(Gender::He),
        "ms" | "mrs" | "miss" | "mme" | "madam" | "senora" | "congresswoman" | "spokeswoman" | "presidenta"
        | "secretaria" | "directora" => Some(Gender::She),
        _ => None,
    })
}

/// Words that no name has: a label with one of them is a heading, a thing or a sentence.
const STOP: &[&str] = &[
    "of",
    "note",
    "advisory",
    "transcript",
    "to",
    "end",
    "subject",
    "date",
    "time",
    "location",
    "via",
    "participants",
    "re",
    "update",
    "remarks",
    "statement",
    "editor",
    "correction",
    "thursday",
    "monday",
    "tuesday",
    "wednesday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "october",
    "november",
    "december",
    "background",
    "release",
    "immediate",
    "contact",
    "embargoed",
    "on",
    "in",
    "is",
    "was",
    "that",
    "this",
    "inicia",
    "termina",
    "video",
    "audio",
    "tema",
    "cnn",
    "nbc",
    "abc",
    "cbs",
    "fox",
    "reuters",
    "ap",
    "bloomberg",
    "republicans",
    "democrats",
    "congress",
    "states",
    "washington",
    "york",
    "california",
    "america",
    "with",
    "by",
    "and",
    "follow",
    "followup",
    "whereas",
    "topic",
];

/// Whether a bare word can stand for somebody at all.
pub(super) fn may_name(person: &Person) -> bool {
    person.addressed || person.full || !person.words.iter().all(|word| is_ordinary(word) || office_word(word).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(label: &str) -> (Option<String>, String, bool) {
        match read(label) {
            Label::Person(person) => (person.title, person.shown, person.full),
            other => panic!("{label}: {other:?}"),
        }
    }

    #[test]
    fn forms_of_address_and_offices_come_off_the_name() {
        assert_eq!(parts("MR. ARROWOOD"), (Some("MR.".into()), "Arrowood".into(), false));
        assert_eq!(parts("MR ARROWOOD"), (Some("MR".into()), "Arrowood".into(), false));
        assert_eq!(parts("REAR ADM. ARROWOOD"), (Some("REAR ADM.".into()), "Arrowood".into(), false));
        assert_eq!(parts("UNDER SECRETARY VALE"), (Some("UNDER SECRETARY".into()), "Vale".into(), false));
        assert_eq!(parts("ADMINSITRATOR VALE"), (Some("ADMINSITRATOR".into()), "Vale".into(), false));
        assert_eq!(parts("MS. VALE-STONE"), (Some("MS.".into()), "Vale-Stone".into(), false));
        assert_eq!(parts("PRESS SECRETARY ROSA VALE"), (Some("PRESS SECRETARY".into()), "Rosa Vale".into(), true));
        assert_eq!(
            parts("NATO Secretary General Jens Arrowood"),
            (Some("NATO Secretary General".into()), "Jens Arrowood".into(), true)
        );
        assert_eq!(
            parts("Alliance Secretary General Lars Vale"),
            (Some("Alliance Secretary General".into()), "Lars Vale".into(), true)
        );
        assert_eq!(parts("CHAIR VALE"), (Some("CHAIR".into()), "Vale".into(), false));
        assert_eq!(parts("SECRETARY WHITE"), (Some("SECRETARY".into()), "White".into(), false));
        assert_eq!(parts("Rosa Vale"), (None, "Rosa Vale".into(), true));
    }

    #[test]
    fn spanish_labels_have_the_office_on_either_side() {
        assert_eq!(
            parts("SECRETARIA DE GOBERNACIÓN, ROSA ICELA VALE ROBLES"),
            (Some("SECRETARIA DE GOBERNACIÓN".into()), "Rosa Icela Vale Robles".into(), true)
        );
        assert_eq!(
            parts("JOSÉ DE LA VEGA, SECRETARIO DE SALUD (ENLACE VIDEOLLAMADA)"),
            (Some("SECRETARIO DE SALUD".into()), "José de la Vega".into(), true)
        );
        assert_eq!(
            parts("SECRETARIO DE INFRAESTRUCTURA, COMUNICACIONES Y TRANSPORTES, JESÚS VALE"),
            (Some("SECRETARIO DE INFRAESTRUCTURA, COMUNICACIONES Y TRANSPORTES".into()), "Jesús Vale".into(), true)
        );
        assert_eq!(
            parts("PRESIDENTE ANDRÉS MANUEL VALE ROBLES"),
            (Some("PRESIDENTE".into()), "Andrés Manuel Vale Robles".into(), true)
        );
    }

    #[test]
    fn offices_without_a_name_and_things() {
        assert!(matches!(read("THE PRESIDENT"), Label::Office(_)));
        assert!(matches!(read("PRESIDENTA DE MÉXICO"), Label::Office(_)));
        assert!(matches!(read("PRESS SECRETARY"), Label::Office(_)));
        assert!(matches!(read("THE FIRST LADY"), Label::Office(_)));
        for thing in
            ["NOTE", "WHITE HOUSE", "TO THE CONGRESS OF THE UNITED STATES", "END", "(INICIA VIDEO)", "Thursday", "Y"]
        {
            assert_eq!(read(thing), Label::Nothing, "{thing}");
        }
    }
}
