//! Who speaks, as a citation names them: a person, or a role that is nobody in particular.

use std::fmt;

use super::Name;
use crate::domain::{AskedBy, Origin, Role};

/// Who speaks.
#[derive(Debug, Clone)]
pub struct Voice {
    /// The label as printed.
    pub label: String,
    /// What it stands for when it names nobody.
    pub role: Option<Role>,
    /// The person linked.
    pub speaker: Option<Name>,
    /// The address of the person's page.
    pub speaker_url: Option<String>,
    /// The office held then.
    pub office: Option<String>,
    /// The reporter named by the text.
    pub asked_by: Option<AskedBy>,
    /// Who linked the person.
    pub origin: Origin,
}

/// Whom words belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Author {
    /// A person of whom the archive knows how the name is made up.
    Person(Name),
    /// A person, or nobody in particular, as the text calls them.
    Called(String),
    /// An office, a ministry, a newspaper.
    Body(String),
}

impl Voice {
    /// Whether this is a reporter who asks.
    pub fn asks(&self) -> bool {
        self.role == Some(Role::Questioner) && self.speaker.is_none()
    }

    /// Whether this is somebody who answers: who leads the event or laughs does not.
    pub fn answers(&self) -> bool {
        !self.asks() && !matches!(self.role, Some(Role::Moderator | Role::Audience))
    }

    /// As whom a citation names the voice.
    pub fn author(&self) -> Author {
        match (&self.speaker, self.role, &self.asked_by) {
            (Some(name), ..) if is_a_body(name) => Author::Body(name.full.clone()),
            (Some(name), ..) => Author::Person(name.clone()),
            (None, Some(Role::Questioner), Some(asked)) => Author::Called(asked.name.clone()),
            (None, Some(Role::Questioner), None) => Author::Called("Unnamed reporter".to_owned()),
            (None, Some(_), _) => Author::Called(sentence_case(&self.label)),
            (None, None, _) => Author::Called(self.label.clone()),
        }
    }

    /// What the voice speaks as: the office held then, the outlet of a reporter.
    pub fn office(&self) -> Option<String> {
        let outlet = |asked: &AskedBy| match &asked.outlet {
            Some(outlet) => format!("reporter, {outlet}"),
            None => "reporter".to_owned(),
        };
        let reporter = self.asked_by.as_ref().filter(|_| self.asks()).map(outlet);
        self.office.clone().filter(|_| self.speaker.is_some()).or(reporter)
    }

    /// "Ada Lind, Harbour Minister"; nothing where only a name is known.
    pub fn name_and_office(&self) -> Option<String> {
        self.office().map(|office| format!("{}, {office}", self.author()))
    }

    /// "Labelled MS. LIND in the text, linked to Ada Lind by machine."
    pub fn link(&self) -> Option<String> {
        let by = match self.origin {
            Origin::Machine => "machine",
            Origin::Editor => "an editor",
        };
        let speaker = self.speaker.as_ref()?;
        Some(format!("Labelled {} in the text, linked to {speaker} by {by}.", self.label))
    }

    /// "Ada Lind, Harbour Minister", "Jo Ferran (reporter, Courier)", "a reporter who is not named".
    pub fn in_a_sentence(&self) -> String {
        match (self.asks(), &self.asked_by) {
            (true, None) => "a reporter who is not named".to_owned(),
            (true, Some(asked)) => match &asked.outlet {
                Some(outlet) => format!("{} of {outlet}", asked.name),
                None => format!("a reporter called {}", asked.name),
            },
            _ => self.name_and_office().unwrap_or_else(|| self.author().to_string()),
        }
    }
}

impl fmt::Display for Author {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(name) => name.fmt(f),
            Self::Called(name) | Self::Body(name) => f.write_str(name),
        }
    }
}

/// Words that only bodies have in their names.
const BODIES: [&str; 16] = [
    "ministry",
    "department",
    "office",
    "committee",
    "council",
    "agency",
    "commission",
    "government",
    "secretariat",
    "press",
    "bureau",
    "ministerio",
    "secretaría",
    "ministère",
    "ministerium",
    "embassy",
];

fn is_a_body(name: &Name) -> bool {
    let words = name.full.to_lowercase();
    words.split_whitespace().any(|word| BODIES.contains(&word))
}

/// "SENIOR ADMINISTRATION OFFICIAL" as it stands in a sentence that it begins.
fn sentence_case(label: &str) -> String {
    if label.chars().any(char::is_lowercase) {
        return label.to_owned();
    }
    let mut letters = label.chars();
    letters.next().map(|first| format!("{first}{}", letters.as_str().to_lowercase())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn voice(label: &str, role: Option<Role>) -> Voice {
        Voice {
            label: label.to_owned(),
            role,
            speaker: None,
            speaker_url: None,
            office: None,
            asked_by: None,
            origin: Origin::Machine,
        }
    }

    #[test]
    fn a_role_is_cited_as_what_it_is() {
        let said = |label, role| voice(label, Some(role)).author().to_string();
        assert_eq!(said("SENIOR ADMINISTRATION OFFICIAL", Role::Official), "Senior administration official");
        assert_eq!(said("Moderator", Role::Moderator), "Moderator");
        assert_eq!(said("Q", Role::Questioner), "Unnamed reporter");
        assert_eq!(voice("MR. VESC", None).author().to_string(), "MR. VESC");
    }

    #[test]
    fn a_reporter_whom_the_text_names_is_named() {
        let asked = AskedBy { name: "Jo Ferran".into(), outlet: Some("Courier".into()), evidence: "Jo?".into() };
        let q = Voice { asked_by: Some(asked), ..voice("Q", Some(Role::Questioner)) };
        assert_eq!(q.name_and_office().as_deref(), Some("Jo Ferran, reporter, Courier"));
        assert_eq!(q.in_a_sentence(), "Jo Ferran of Courier");
    }

    #[test]
    fn a_ministry_is_no_person() {
        let name = Name::new("Ministry of Tides", "Tides, Ministry of");
        let ministry = Voice { speaker: Some(name), ..voice("MINISTRY", None) };
        assert_eq!(ministry.author(), Author::Body("Ministry of Tides".to_owned()));
    }
}
