//! How utterances are shown: sections of turns, each with who speaks, as what, and the words.

use crate::domain::{Attribution, Mark, MarkKind, Origin, Role, UtteranceKind};
use crate::store::directory::Named;
use crate::store::utterances::{By, Utterance};
use crate::web::{phrase, urls, words};

/// A stretch of a briefing below one heading.
pub struct Section {
    /// The heading as printed; the stretch before the first has none.
    pub heading: Option<Piece>,
    /// What is said there.
    pub pieces: Vec<Piece>,
}

/// One utterance as shown.
pub struct Piece {
    /// The number, or nothing for texts that have none.
    pub number: String,
    /// The permanent link.
    pub url: String,
    /// Class on the page: `question`, `answer`, `voice`, `heading`, `note`, `paragraph`.
    pub class: &'static str,
    /// Who speaks; only turns have it.
    pub who: Option<Who>,
    /// The words.
    pub html: String,
    /// The piece that was asked for, among its context.
    pub cited: bool,
    /// Its place in the text.
    pub position: i32,
    /// How many utterances are left out before it, where only a part is shown.
    pub skipped: usize,
    /// For a match of a search: the numbers of the matches before and after it.
    pub hit: Option<[Option<i32>; 2]>,
    /// What became of a question: beside the question what it follows up, beside the response its label.
    pub noted: Vec<Noted>,
}

/// What is said of an exchange beside its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Noted {
    /// The number of the question that this one follows up, and where it stands.
    Follows(i32, String),
    /// This was asked on other days too: where all of it stands.
    AskedAgain(String),
    /// An answer label, and by whose word.
    Label(&'static str, &'static str),
}

/// Who speaks, as shown beside the words.
pub struct Who {
    /// The label as printed.
    pub label: String,
    /// What the label stands for, when it names nobody.
    pub role: Option<Role>,
    /// The person, with the address of their page.
    pub speaker: Option<Person>,
    /// The office held then.
    pub office: Option<String>,
    /// Whether person and office are shown, or only spoken because they were shown just before.
    pub introduced: bool,
    /// The reporter named by the text.
    pub asked_by: Option<String>,
    /// "possibly ..., suggested by machine: reason".
    pub doubt: Option<Doubt>,
    /// On which terms they spoke, where they are not named.
    pub terms: Option<&'static str>,
}

/// A person with a page.
pub struct Person {
    /// The name.
    pub name: String,
    /// The page.
    pub url: String,
}

/// A person who is only suggested.
pub struct Doubt {
    /// The person.
    pub person: Person,
    /// Why.
    pub reason: String,
}

impl Who {
    /// What a screen reader says before the words, beyond the printed label.
    pub fn spoken_role(&self) -> &'static str {
        self.role.map_or("", phrase::role)
    }

    /// Whether the printed label does not say the name already.
    pub fn name_is_news(&self) -> bool {
        self.speaker.as_ref().is_some_and(|speaker| !self.label_says(&speaker.name))
    }

    /// Whether the printed label does not say the office already.
    pub fn office_is_news(&self) -> bool {
        self.office.as_ref().is_some_and(|office| !self.label_says(office))
    }

    /// What the label stands for, where it does not say so itself.
    pub fn role_is_news(&self) -> bool {
        !self.spoken_role().is_empty() && !self.label_says(self.spoken_role())
    }

    fn label_says(&self, words: &str) -> bool {
        self.label.to_lowercase().contains(&words.to_lowercase())
    }

    /// Whether this is a question.
    pub fn asks(&self) -> bool {
        self.role == Some(Role::Questioner)
    }
}

impl From<&Named> for Person {
    fn from(named: &Named) -> Self {
        Self { name: named.name.clone(), url: urls::speaker(&named.slug) }
    }
}

impl Who {
    /// Shows who speaks in an utterance.
    pub fn of(by: &By, utterance: &Utterance, introduced: bool) -> Self {
        let asked_by = utterance.asked_by.as_ref().map(|asked| match &asked.outlet {
            Some(outlet) => format!("{}, {outlet}", asked.name),
            None => asked.name.clone(),
        });
        Self {
            label: by.label.clone(),
            role: by.role,
            speaker: by.speaker.as_ref().map(Person::from),
            office: by.office.clone(),
            introduced,
            asked_by,
            terms: match by.attribution {
                Attribution::Named => None,
                Attribution::Background => Some("on background"),
                Attribution::NotForAttribution => Some("not for attribution"),
            },
            doubt: by.suggestion.as_ref().filter(|_| by.speaker.is_none()).map(|suggested| Doubt {
                person: Person::from(&suggested.speaker),
                reason: suggested.reason.clone().unwrap_or_default(),
            }),
        }
    }
}

/// Shows one utterance of the briefing with this slug.
pub fn piece(slug: &str, utterance: &Utterance, matches: &[(usize, usize)], introduced: bool) -> Piece {
    let who = utterance.by.as_ref().map(|by| Who::of(by, utterance, introduced));
    let class = match (utterance.kind, utterance.by.as_ref().and_then(|by| by.role)) {
        (UtteranceKind::Turn, Some(Role::Questioner)) => "question",
        (UtteranceKind::Turn, Some(Role::Moderator | Role::Staff | Role::Audience)) => "voice",
        (UtteranceKind::Turn, _) => "answer",
        (UtteranceKind::Heading, _) => "heading",
        (UtteranceKind::Note, _) => "note",
        (UtteranceKind::Paragraph, _) => "paragraph",
    };
    let html = match utterance.kind {
        _ if utterance.withheld.is_some() => withheld(utterance),
        UtteranceKind::Heading => words::line(&utterance.text, &utterance.marks, matches),
        UtteranceKind::Paragraph if in_brackets(&utterance.text) => {
            let whole = Mark { kind: MarkKind::StageDirection, start: 0, end: utterance.text.chars().count() };
            words::paragraphs(&utterance.text, &[whole], matches)
        }
        _ => words::paragraphs(&utterance.text, &utterance.marks, matches),
    };
    let number = utterance.number.map(|number| number.to_string()).unwrap_or_default();
    let url = if number.is_empty() { urls::briefing(slug) } else { urls::utterance(slug, &number) };
    Piece {
        number,
        url,
        class,
        who,
        html,
        cited: false,
        position: utterance.position,
        skipped: 0,
        hit: None,
        noted: Vec::new(),
    }
}

/// What stands in place of words that are not shown.
fn withheld(utterance: &Utterance) -> String {
    let text = utterance.withheld.as_ref().map(phrase::withheld).unwrap_or_default();
    let whole = Mark { kind: MarkKind::EditorNote, start: 0, end: text.chars().count() };
    match utterance.kind {
        UtteranceKind::Heading => words::line(&text, &[whole], &[]),
        _ => words::paragraphs(&text, &[whole], &[]),
    }
}

/// A paragraph of its own that is nothing but "(Laughter.)".
fn in_brackets(text: &str) -> bool {
    text.starts_with('(') && text.ends_with(')') && text.matches('(').count() == 1
}

/// Shows a whole text: what stands above the first words spoken, and the sections below.
pub fn sections(
    slug: &str,
    utterances: &[Utterance],
    mut matches: impl FnMut(&Utterance) -> Vec<(usize, usize)>,
) -> (Vec<Piece>, Vec<Section>) {
    let begins = utterances
        .iter()
        .position(|u| matches!(u.kind, UtteranceKind::Turn | UtteranceKind::Paragraph))
        .unwrap_or(utterances.len());
    let (head, body) = utterances.split_at(begins);
    let head = head.iter().map(|utterance| piece(slug, utterance, &matches(utterance), true)).collect();
    let mut sections = vec![Section { heading: None, pieces: Vec::new() }];
    // Person and office are shown where they change, and again at the beginning of each section.
    let mut shown: Option<&str> = None;
    for utterance in body {
        let name = utterance.by.as_ref().and_then(|by| by.speaker.as_ref()).map(|speaker| speaker.slug.as_str());
        let piece = piece(slug, utterance, &matches(utterance), name.is_none() || name != shown);
        if utterance.kind == UtteranceKind::Heading {
            sections.push(Section { heading: Some(piece), pieces: Vec::new() });
            shown = None;
            continue;
        }
        if let Some(section) = sections.last_mut() {
            section.pieces.push(piece);
        }
        shown = name.or(shown);
    }
    sections.retain(|section| section.heading.is_some() || !section.pieces.is_empty());
    (head, sections)
}

/// The people linked to labels, by whoever linked them: "MR. KIRBY is John Kirby".
pub fn links(utterances: &[Utterance], origin: Origin) -> Vec<String> {
    let mut links = Vec::new();
    for by in utterances.iter().filter_map(|utterance| utterance.by.as_ref()).filter(|by| by.origin == origin) {
        if let Some(speaker) = &by.speaker {
            let link = format!("{} is {}", by.label, speaker.name);
            if !links.contains(&link) {
                links.push(link);
            }
        }
    }
    links
}
