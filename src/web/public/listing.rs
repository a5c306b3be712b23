//! Lists of briefings: what a line says beside the title.

use std::ops::Deref;

use crate::domain::BriefingId;
use crate::store::briefings::{self, Listed, Voices};
use crate::store::{self, Connection};
use crate::web::phrase;

/// People named on a line.
const NAMED: usize = 2;

/// One line of a list.
pub struct Entry {
    /// The briefing.
    pub listed: Listed,
    /// "with Ada Lind and 2 others": who speaks beside the people whom the title names.
    pub with: Option<String>,
    /// "127 turns".
    pub turns: Option<String>,
}

impl Deref for Entry {
    type Target = Listed;

    fn deref(&self) -> &Listed {
        &self.listed
    }
}

/// The lines of these briefings, in the same order.
pub async fn load(conn: &mut Connection, listed: Vec<Listed>) -> Result<Vec<Entry>, store::Error> {
    let ids: Vec<BriefingId> = listed.iter().map(|briefing| briefing.id).collect();
    let mut voices = briefings::voices(conn, &ids).await?;
    Ok(listed
        .into_iter()
        .map(|listed| {
            let Voices { people, turns } = voices.remove(&listed.id).unwrap_or_default();
            let turns = (turns > 0).then(|| phrase::counted(turns, "turn", "turns"));
            Entry { with: with(&listed.title, people), turns, listed }
        })
        .collect())
}

/// The people whom the title does not name already.
fn with(title: &str, people: Vec<String>) -> Option<String> {
    let title = title.to_lowercase();
    let untold: Vec<String> = people.into_iter().filter(|name| !title.contains(&name.to_lowercase())).collect();
    let (first, others) = untold.split_at(untold.len().min(NAMED));
    match (first, others.len()) {
        ([], _) => None,
        ([one], _) => Some(format!("with {one}")),
        (some, 0) => Some(format!("with {}", some.join(" and "))),
        (some, more) => Some(format!("with {} and {}", some.join(", "), phrase::counted(more, "other", "others"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_whom_the_title_does_not() {
        let people = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let title = "Briefing by Minister ADA LIND";
        assert_eq!(with(title, people(&["Ada Lind"])), None);
        assert_eq!(with(title, people(&["Ada Lind", "Omar Vesk"])).as_deref(), Some("with Omar Vesk"));
        assert_eq!(with(title, people(&["A B", "C D", "E F"])).as_deref(), Some("with A B, C D and 1 other"));
    }
}
