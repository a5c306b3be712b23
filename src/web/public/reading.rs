//! Reading a part of a briefing: one voice only, the questions only; and from match to match.

use std::collections::HashSet;

use super::glance::Share;
use super::turns::{Piece, Section};
use crate::domain::Role;
use crate::store::utterances::Utterance;
use crate::web::urls;

/// Voices offered at the top; the table below the words offers all.
const OFFERED: usize = 4;

/// Which part of a briefing is shown.
pub struct Part {
    /// "Ada Lind", "the questions".
    pub name: String,
    /// Utterances shown.
    pub shown: usize,
    /// Utterances left out.
    pub left_out: usize,
    positions: HashSet<i32>,
}

/// What was asked for does not exist here: everything is shown, and this is said.
pub struct NoSuchPart(pub String);

impl Part {
    /// What one speaker says, or what reporters ask; `None` if all of it is asked for.
    pub fn of(utterances: &[Utterance], speaker: Option<&str>, only: Option<&str>) -> Option<Result<Self, NoSuchPart>> {
        let at = |keep: &dyn Fn(&Utterance) -> bool| -> HashSet<i32> {
            utterances.iter().filter(|one| keep(one)).map(|one| one.position).collect()
        };
        let (name, positions) = match (speaker, only) {
            (Some(slug), _) => {
                let named = |one: &Utterance| one.by.as_ref()?.speaker.clone().filter(|named| named.slug == slug);
                let Some(speaker) = utterances.iter().find_map(named) else {
                    return Some(Err(NoSuchPart(format!("Nobody with the address “{slug}” speaks in this briefing."))));
                };
                (speaker.name, at(&|one| named(one).is_some()))
            }
            (None, Some("questions")) => ("the questions".to_owned(), at(&asks)),
            _ => return None,
        };
        if positions.is_empty() {
            return Some(Err(NoSuchPart("No turn of this briefing is known to be a question.".to_owned())));
        }
        let shown = positions.len();
        Some(Ok(Self { name, shown, left_out: utterances.len() - shown, positions }))
    }

    /// Whether an utterance is shown.
    pub fn shows(&self, position: i32) -> bool {
        self.positions.contains(&position)
    }

    /// Leaves out the rest: every piece says how many were left out before it, and sections without any go.
    pub fn cut(&self, head: &mut Vec<Piece>, sections: &mut Vec<Section>) {
        let mut before = -1;
        head.retain(|piece| self.shows(piece.position));
        for section in sections.iter_mut() {
            let mut introduced = false;
            section.pieces.retain_mut(|piece| {
                if !self.shows(piece.position) {
                    return false;
                }
                piece.skipped = usize::try_from(piece.position - before - 1).unwrap_or(0);
                before = piece.position;
                // The voice is the same throughout: it is named once in each section.
                if let Some(who) = &mut piece.who {
                    who.introduced = !std::mem::replace(&mut introduced, true);
                }
                true
            });
        }
        sections.retain(|section| !section.pieces.is_empty());
    }
}

fn asks(one: &Utterance) -> bool {
    one.by.as_ref().is_some_and(|by| by.role == Some(Role::Questioner))
}

/// The way from one match to those before and after it: by the number of each.
pub fn steps(sections: &mut [Section], hits: &[i32]) {
    for piece in sections.iter_mut().flat_map(|section| &mut section.pieces) {
        let Some(at) = hits.iter().position(|hit| piece.number == hit.to_string()) else { continue };
        let other = |at: Option<usize>| at.and_then(|at| hits.get(at)).copied();
        piece.hit = Some([other(at.checked_sub(1)), other(at.checked_add(1))]);
    }
}

/// A part that can be chosen.
pub struct Offer {
    /// "Ada Lind", "the questions".
    pub name: String,
    /// Its address, with the search whose matches are shown.
    pub url: String,
    /// Whether it is what is shown.
    pub chosen: bool,
}

/// The parts of a briefing that can be chosen; none where one voice says everything.
pub fn offers(
    slug: &str,
    utterances: &[Utterance],
    shares: &[Share],
    highlight: &str,
    part: Option<&Part>,
) -> Vec<Offer> {
    let chosen = |name: &str| part.is_some_and(|part| part.name == name);
    let people = shares.iter().filter_map(|share| Some((share, share.slug.as_ref()?))).take(OFFERED);
    let mut offers: Vec<Offer> = people
        .map(|(share, speaker)| Offer {
            name: share.name.clone(),
            url: urls::with_query(&urls::briefing(slug), &[("highlight", highlight), ("speaker", speaker)]),
            chosen: chosen(&share.name),
        })
        .collect();
    if utterances.iter().any(asks) {
        let url = urls::with_query(&urls::briefing(slug), &[("highlight", highlight), ("only", "questions")]);
        offers.push(Offer { name: "the questions".to_owned(), url, chosen: chosen("the questions") });
    }
    if offers.len() < 2 && shares.len() < 2 { Vec::new() } else { offers }
}
