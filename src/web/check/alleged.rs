//! Who is said to have said it: a slug, a name, a name with a title, or a role as printed.

use crate::domain::{Slug, SpeakerId};
use crate::store::Connection;
use crate::store::directory::{self, Family, Named};
use crate::store::passages::Passage;
use crate::web::App;
use crate::web::error::Error;

/// The alleged speaker.
#[derive(Debug, Clone)]
pub struct Alleged {
    /// As given.
    pub name: String,
    /// Whom the archive knows by this name.
    pub speakers: Vec<SpeakerId>,
    /// Their addresses and names.
    pub named: Vec<Named>,
}

impl Alleged {
    /// Whether a passage is theirs: by the person, or where nobody is linked by the label as printed.
    pub fn is(&self, passage: &Passage) -> bool {
        match passage.speaker_id {
            Some(speaker) => self.speakers.contains(&speaker),
            None => passage.label.as_deref().is_some_and(|label| Slug::from_text(label) == Slug::from_text(&self.name)),
        }
    }
}

/// Longest name, in characters.
const LONGEST: usize = 200;
/// Most words of a name and the titles before it: each costs a look into the directory.
const MOST_WORDS: usize = 12;

/// Whom a name means. Titles before it ("President", "Ms.") are left out one after the other until somebody is known.
pub async fn find(app: &App, conn: &mut Connection, name: &str) -> Result<Alleged, Error> {
    if name.chars().count() > LONGEST {
        return Err(Error::BadRequest(format!("The name of a speaker can have {LONGEST} characters.")));
    }
    let overview = app.overview().await?;
    let parts: Vec<&str> = name.split_whitespace().collect();
    let mut alleged = Alleged { name: name.to_owned(), speakers: Vec::new(), named: Vec::new() };
    for from in 0..parts.len().min(MOST_WORDS) {
        let Some(slug) = Slug::from_text(&parts[from..].join(" ")) else { continue };
        let meant = match overview.named(Family::Speaker, slug.as_str()) {
            Some(meant) => vec![meant],
            None => directory::meant(conn, Family::Speaker, slug.as_str()).await?,
        };
        if !meant.is_empty() {
            alleged.speakers = meant.iter().map(|meant| SpeakerId(meant.id)).collect();
            alleged.named = meant.into_iter().map(|meant| meant.named).collect();
            break;
        }
    }
    Ok(alleged)
}
