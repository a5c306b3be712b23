//! A label with whom it is taken for, and the form that says otherwise.

use super::behind::{Question, Said};
use crate::domain::{LabelDoubt, LabelId, Origin};
use crate::store::waiting::Labelled;
use crate::web::phrase;

/// A label with the form that settles it.
pub struct Settling {
    /// The label.
    pub it: Labelled,
    /// What was said of it and not done.
    pub said: Said,
    /// What is asked back.
    pub question: Option<Question>,
    /// What the form sends beside what is typed.
    pub hidden: Vec<(&'static str, String)>,
}

/// What was said of a label and could not be done.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The label.
    pub label: LabelId,
    /// What was said.
    pub said: Said,
    /// What is asked back, if anything.
    pub question: Option<Question>,
}

impl Settling {
    /// A label, with what was said, if it was said of this one.
    pub fn of(it: Labelled, asked: Option<&Asked>) -> Self {
        let asked = asked.filter(|asked| asked.label == it.id);
        Self {
            hidden: vec![("label", it.id.0.to_string())],
            said: asked.map(|asked| asked.said.clone()).unwrap_or_default(),
            question: asked.and_then(|asked| asked.question.clone()),
            it,
        }
    }

    /// Whom a label stands for, as an editor reads it.
    pub fn meaning(&self) -> String {
        match (&self.it.speaker, self.it.role, self.it.origin) {
            (Some(speaker), _, _) => speaker.name.clone(),
            (None, Some(role), _) => phrase::role(role).to_owned(),
            (None, None, Origin::Editor) => "nobody who is known".to_owned(),
            (None, None, Origin::Machine) => "not known".to_owned(),
        }
    }

    /// The person whom the machine links or suggests: one press makes it an editor's word.
    pub fn offered(&self) -> Option<&str> {
        let machine = self.it.origin == Origin::Machine;
        let person = self.it.speaker.as_ref().or(self.it.suggested.as_ref()).filter(|_| machine);
        person.map(|person| person.name.as_str())
    }

    /// Whether the form stands open: there is nothing that one press could confirm, or something was asked back.
    pub fn is_open(&self) -> bool {
        self.question.is_some() || self.it.doubt == Some(LabelDoubt::Unknown)
    }

    /// What one press takes back.
    pub fn takes_back(&self) -> String {
        let whole = if self.it.by_series.is_some() { ", in the whole series" } else { "" };
        format!("Take back what is said of {}{whole}", self.it.label)
    }

    /// How sure the machine is, if it says so.
    pub fn sure(&self) -> Option<String> {
        self.it.score.map(phrase::sure)
    }
}
