//! Labels that name nobody in particular.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::domain::Role;

use super::name::is_capitals;
use super::words::{distance, folded_words, is_given, joins_office, nearly_office_word, office_word};

/// Labels remembered by each thread. A briefing has hundreds of turns and a dozen labels.
const REMEMBERED: usize = 4_000;

/// The role a label stands for, if it names nobody in particular.
pub fn role_of(label: &str) -> Option<Role> {
    thread_local! {
        static SEEN: RefCell<HashMap<Box<str>, Option<Role>>> = RefCell::default();
    }
    SEEN.with_borrow_mut(|seen| {
        if let Some(role) = seen.get(label) {
            return *role;
        }
        if seen.len() >= REMEMBERED {
            seen.clear();
        }
        let role = found_role(label);
        seen.insert(label.into(), role);
        role
    })
}

fn found_role(label: &str) -> Option<Role> {
    let words = words_of(label);
    if words.is_empty() {
        return None;
    }
    let joined = words.join(" ");
    if let Some(role) = exact_role(&joined) {
        return Some(role);
    }
    if let Some(role) = phrase_role(&words) {
        return Some(role);
    }
    match words.as_slice() {
        [word] if is_capitals(label) => misspelt_role(word),
        _ => None,
    }
}

/// Folded words without numbers, brackets and "the".
fn words_of(label: &str) -> Vec<String> {
    let mut depth = 0usize;
    let open: String = label
        .chars()
        .filter(|c| match c {
            '(' | '[' => {
                depth += 1;
                false
            }
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect();
    // "(UNKNOWN)" has nothing outside its brackets.
    let text = if open.trim().is_empty() { label } else { &open };
    folded_words(text)
        .into_iter()
        .filter(|word| {
            !word.bytes().all(|b| b.is_ascii_digit())
                && !matches!(word.as_str(), "the" | "a" | "an" | "el" | "la" | "los" | "las")
        })
        .collect()
}

fn exact_role(words: &str) -> Option<Role> {
    Some(match words {
        "q" | "qs" | "question" | "questions" | "questioner" | "questioners" | "reporter" | "reporters" | "press"
        | "media" | "journalist" | "journalists" | "correspondent" | "correspondents" | "pregunta" | "preguntas"
        | "reportero" | "reportera" | "periodista" | "prensa" | "interlocutor" | "interlocutora" | "interlocutores"
        | "pool" | "pooler" | "press pool" | "inaudible question" => Role::Questioner,
        "moderator"
        | "moderators"
        | "operator"
        | "host"
        | "announcer"
        | "emcee"
        | "facilitator"
        | "moderador"
        | "moderadora"
        | "presentador"
        | "presentadora"
        | "operadora"
        | "operador"
        | "mc"
        | "conference operator"
        | "call operator"
        | "maestro de ceremonias"
        | "maestra de ceremonias"
        | "conductor"
        | "conductora"
        | "locutor"
        | "locutora" => Role::Moderator,
        "official"
        | "officials"
        | "spokesman"
        | "spokesperson"
        | "spokeswoman"
        | "spokespeople"
        | "briefer"
        | "briefers"
        | "funcionario"
        | "funcionaria"
        | "vocero"
        | "vocera"
        | "portavoz"
        | "deputy spokesman"
        | "deputy spokesperson"
        | "associate spokesman"
        | "deputy spokeswoman"
        | "associate spokesperson"
        | "soldier"
        | "policia"
        | "sao" => Role::Official,
        "aide"
        | "aides"
        | "staff"
        | "staffer"
        | "staffers"
        | "interpreter"
        | "translator"
        | "interprete"
        | "traductor"
        | "traductora"
        | "crew"
        | "photographer"
        | "cameraman"
        | "producer"
        | "stenographer"
        | "secret service"
        | "camera"
        | "tecnico"
        | "sign language interpreter" => Role::Staff,
        "all" | "both" | "everyone" | "everybody" | "several" | "unknown" | "unidentified" | "speaker" | "speakers"
        | "man" | "woman" | "child" | "boy" | "girl" | "male" | "female" | "students" | "student" | "guest"
        | "guests" | "group" | "hombre" | "mujer" | "nino" | "nina" | "coro" | "todos" | "todas" | "guest speaker"
        | "children" | "panelist" | "panelists" | "attendee" | "attendees" => Role::Audience,
        _ => return None,
    })
}

/// Words for people who are heard and not named.
const HEARD: &[&str] = &[
    "voz",
    "voces",
    "voice",
    "voices",
    "intervencion",
    "intervenciones",
    "audience",
    "crowd",
    "participants",
    "participant",
    "asistentes",
    "publico",
    "preso",
    "chorus",
];

/// Roles that are recognised by one word among others that name nobody.
fn phrase_role(words: &[String]) -> Option<Role> {
    let plain = |word: &String| {
        office_word(word).is_some()
            || joins_office(word)
            || nearly_office_word(word)
            || exact_role(word).is_some()
            || PLAIN.contains(&word.as_str())
            || word.starts_with("administr")
    };
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    if has(HEARD) && words.len() <= 4 {
        return Some(Role::Audience);
    }
    if has(&["unidentified", "unknown"]) && words.len() <= 4 {
        return Some(if has(&["reporter", "journalist", "correspondent"]) { Role::Questioner } else { Role::Audience });
    }
    if has(&["announcer", "moderator", "operator"])
        && words.len() <= 3
        && words.iter().all(|word| plain(word) || word == "offscreen")
    {
        return Some(Role::Moderator);
    }
    if !words.iter().all(plain) {
        return None;
    }
    if has(&[
        "crew",
        "aide",
        "aides",
        "staff",
        "staffer",
        "interpreter",
        "translator",
        "stenographer",
        "photographer",
        "team",
    ]) {
        return Some(Role::Staff);
    }
    if has(&["press", "reporter", "reporters", "media"])
        && words.len() <= 2
        && !has(&["secretary"])
        && !words.iter().any(|w| office_word(w).is_some_and(|o| o.head))
    {
        return Some(Role::Questioner);
    }
    let official = words
        .iter()
        .any(|word| word.len() >= 6 && (distance(word, "official") <= 1 || distance(word, "officials") <= 1));
    let anonymous = has(ANONYMOUS) || words.iter().any(|word| word.starts_with("administr"));
    (official && (anonymous || words.len() == 1)).then_some(Role::Official)
}

/// Words that say whose official somebody is who is not named.
const ANONYMOUS: &[&str] = &[
    "senior",
    "administration",
    "defense",
    "military",
    "department",
    "house",
    "law",
    "us",
    "government",
    "intelligence",
    "nato",
    "eu",
    "campaign",
];

/// Words of anonymous labels that are no part of offices.
const PLAIN: &[&str] = &[
    "one",
    "two",
    "three",
    "four",
    "offscreen",
    "flight",
    "another",
    "second",
    "male",
    "female",
    "lead",
    "briefing",
    "call",
    "former",
    "local",
    "advance",
];

fn misspelt_role(word: &str) -> Option<Role> {
    const KNOWN: &[(&str, Role)] = &[
        ("pregunta", Role::Questioner),
        ("question", Role::Questioner),
        ("reporter", Role::Questioner),
        ("interlocutor", Role::Questioner),
        ("interlocutora", Role::Questioner),
        ("correspondent", Role::Questioner),
        ("moderator", Role::Moderator),
        ("operator", Role::Moderator),
        ("intervencion", Role::Audience),
        ("participant", Role::Audience),
        ("participants", Role::Audience),
        ("audience", Role::Audience),
        ("spokesperson", Role::Official),
        ("interpreter", Role::Staff),
    ];
    if is_given(word) {
        return None;
    }
    KNOWN
        .iter()
        .find(|(known, _)| word.len() >= 7 && distance(word, known) <= 1 + usize::from(known.len() >= 11))
        .map(|(_, role)| *role)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_nobody_in_particular() {
        for label in [
            "Q",
            "QUESTION",
            "REPORTER",
            "PREGUNTA",
            "PREGUNA",
            "REGUNTA",
            "INTERLOCUTORA",
            "INTERLOCUTIR",
            "THE PRESS",
            "Correspondent",
            "Question",
        ] {
            assert_eq!(role_of(label), Some(Role::Questioner), "{label}");
        }
        for label in ["MODERATOR", "OPERATOR", "MODERADOR", "Announcer offscreen", "HOST"] {
            assert_eq!(role_of(label), Some(Role::Moderator), "{label}");
        }
        for label in [
            "SENIOR ADMINISTRATION OFFICIAL",
            "SENIOR ADMINISTRATION OFFICIAL #2",
            "SENIOR ADMINISTRATION OFFICIAL (2)",
            "SENIOR ADMINISTRIVE OFFICIAL",
            "WHITE HOUSE OFFICIA",
            "SENIOR MILITARY OFFICIAL",
            "SENIOR ADMINISTRATION OFFICIALS",
            "SENIOR STATE DEPARTMENT OFFICIAL ONE",
            "SENIOR DEFENSE OFFICIAL",
            "Spokesman",
            "Spokesperson",
            "U.S. OFFICIAL",
        ] {
            assert_eq!(role_of(label), Some(Role::Official), "{label}");
        }
        for label in
            ["AIDE", "WHITE HOUSE AIDE", "STAFF", "INTERPRETER", "AIR FORCE ONE FLIGHT CREW", "WHITE HOUSE STAFF"]
        {
            assert!(matches!(role_of(label), Some(Role::Staff)), "{label}: {:?}", role_of(label));
        }
        for label in [
            "PARTICIPANTS",
            "AUDIENCE MEMBER",
            "CROWD",
            "INTERVENCIÓN",
            "INTERVENCIÓN HOMBRE",
            "VOCES A CORO",
            "VOZ DE MUJER",
            "(UNKNOWN)",
            "PRESO 1",
            "UNIDENTIFIED SPEAKER",
        ] {
            assert_eq!(role_of(label), Some(Role::Audience), "{label}");
        }
    }

    #[test]
    fn people_are_not_roles() {
        for label in [
            "MR. ARROWOOD",
            "THE PRESIDENT",
            "PRESS SECRETARY",
            "SECRETARY VALE",
            "Rosa Vale",
            "MS. MAN",
            "PRESIDENTA",
            "REPOSA",
            "MR. SPEAKER",
        ] {
            assert_eq!(role_of(label), None, "{label}");
        }
    }
}
