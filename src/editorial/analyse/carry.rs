//! What becomes of the rows of an earlier reading: pure.

use std::collections::{BTreeMap, HashMap};

use crate::analysis::anchors::{self, Anchor};
use crate::analysis::exchanges::Part;
use crate::analysis::suggestions::{Claimed, Judged, Suggestions};
use crate::domain::{BriefingId, ClaimId, ExchangeId, FollowUpId, Origin, Place, UtteranceId};
use crate::store::analyses::Spoken;
use crate::store::suggestions::{ClaimRow, ExchangeRow, FollowUpRow};

/// What an earlier reading left.
#[derive(Debug, Default)]
pub struct Old {
    /// The words of each number, as they were.
    pub text: HashMap<i32, String>,
    /// Numbers that lead on to others since.
    pub leads_to: HashMap<i32, i32>,
    pub exchanges: Vec<ExchangeRow>,
    pub claims: Vec<ClaimRow>,
    pub follow_ups: Vec<FollowUpRow>,
}

impl Old {
    /// The words that stood at a place, under the number that they have now.
    fn anchor(&self, place: &Place) -> Anchor<'_> {
        let words = self.text.get(&place.number).map(|text| place.words(text)).unwrap_or_default();
        Anchor { number: self.leads_to.get(&place.number).copied().unwrap_or(place.number), words }
    }
}

/// Rows to be written and rows to be forgotten. New rows have negative numbers until they get their own.
#[derive(Debug, Default)]
pub struct Carried {
    kept: Kept,
    gone: Gone,
    new: (i64, i64, i64),
}

/// Rows to be written.
#[derive(Debug, Default)]
pub struct Kept {
    pub exchanges: Vec<ExchangeRow>,
    pub claims: Vec<ClaimRow>,
    pub follow_ups: Vec<FollowUpRow>,
}

/// Rows to be forgotten.
#[derive(Debug, Default)]
pub struct Gone {
    pub exchanges: Vec<ExchangeId>,
    pub claims: Vec<ClaimId>,
    pub follow_ups: Vec<FollowUpId>,
}

impl Carried {
    /// Takes in what became of one briefing's rows.
    pub fn add(&mut self, one: Self) {
        let (exchanges, claims, follow_ups) = self.new;
        let shift = |id: i64, by: i64| if id < 0 { id - by } else { id };
        for mut row in one.kept.exchanges {
            row.id.0 = shift(row.id.0, exchanges);
            row.follows = row.follows.map(|id| ExchangeId(shift(id.0, exchanges)));
            self.kept.exchanges.push(row);
        }
        for mut row in one.kept.claims {
            row.id.0 = shift(row.id.0, claims);
            self.kept.claims.push(row);
        }
        for mut row in one.kept.follow_ups {
            row.id.0 = shift(row.id.0, follow_ups);
            row.exchange = row.exchange.map(|id| ExchangeId(shift(id.0, exchanges)));
            self.kept.follow_ups.push(row);
        }
        self.gone.exchanges.extend(one.gone.exchanges);
        self.gone.claims.extend(one.gone.claims);
        self.gone.follow_ups.extend(one.gone.follow_ups);
        self.new = (exchanges + one.new.0, claims + one.new.1, follow_ups + one.new.2);
    }

    /// How many exchanges are new.
    pub const fn new_exchanges(&self) -> usize {
        self.new.0 as usize
    }

    /// How many claims are new.
    pub const fn new_claims(&self) -> usize {
        self.new.1 as usize
    }

    /// How many promises are new.
    pub const fn new_follow_ups(&self) -> usize {
        self.new.2 as usize
    }

    /// Gives new rows their own numbers.
    pub fn number(mut self, ids: &(Vec<ExchangeId>, Vec<ClaimId>, Vec<FollowUpId>)) -> (Kept, Gone) {
        fn own<T: Copy>(id: i64, ids: &[T]) -> Option<T> {
            usize::try_from(-1 - id).ok().and_then(|at| ids.get(at).copied())
        }
        for row in &mut self.kept.exchanges {
            row.id = own(row.id.0, &ids.0).unwrap_or(row.id);
            row.follows = row.follows.map(|id| own(id.0, &ids.0).unwrap_or(id));
        }
        for row in &mut self.kept.claims {
            row.id = own(row.id.0, &ids.1).unwrap_or(row.id);
        }
        for row in &mut self.kept.follow_ups {
            row.id = own(row.id.0, &ids.2).unwrap_or(row.id);
            row.exchange = row.exchange.map(|id| own(id.0, &ids.0).unwrap_or(id));
        }
        (self.kept, self.gone)
    }
}

/// A text as it stands now.
struct Now<'a> {
    spoken: &'a [Spoken],
    text: Vec<(i32, &'a str)>,
    rows: BTreeMap<i32, UtteranceId>,
}

impl Now<'_> {
    fn place(&self, part: &Part) -> Place {
        let number = self.spoken.get(part.turn).map_or(0, |spoken| spoken.number);
        Place { number, start: part.span.start, end: part.span.end }
    }

    fn places(&self, parts: &[Part]) -> Vec<Place> {
        parts.iter().map(|part| self.place(part)).collect()
    }

    fn row(&self, number: i32) -> Option<UtteranceId> {
        self.rows.get(&number).copied()
    }

    /// The place of words that were found, and the words.
    fn found(&self, part: &Part) -> (Place, Anchor<'_>) {
        let place = self.place(part);
        let text = self.spoken.get(part.turn).map(|spoken| spoken.text.as_str()).unwrap_or_default();
        (place, Anchor { number: place.number, words: place.words(text) })
    }
}

/// Lays what was found over what was kept.
pub fn carry(briefing: BriefingId, spoken: &[Spoken], found: &Suggestions, old: &Old) -> Carried {
    let now = Now {
        spoken,
        text: spoken.iter().map(|one| (one.number, one.text.as_str())).collect(),
        rows: spoken.iter().map(|one| (one.number, one.id)).collect(),
    };
    let mut carried = Carried::default();
    let ids = exchanges(briefing, &now, &found.exchanges, old, &mut carried);
    claims(briefing, &now, &found.claims, old, &mut carried);
    follow_ups(briefing, &now, found, (old, &ids), &mut carried);
    carried
}

/// Rows of an earlier reading beside what was found now.
struct Paired {
    /// For each that was found, the old row that it is.
    olds: Vec<Option<usize>>,
    /// Old rows that nothing found now is, with the place where their words stand, if an editor's word holds them.
    left: Vec<(usize, Option<Place>)>,
}

/// Lays what was found over old rows, each with whether it is an editor's. What is found in words that an editor has judged
/// is what they judged, also where the machine sees more of it or less.
fn pair(old: &[(Anchor<'_>, bool)], new: &[(Place, Anchor<'_>)], now: &Now<'_>) -> Paired {
    let mut olds = vec![None; new.len()];
    if old.is_empty() {
        return Paired { olds, left: Vec::new() };
    }
    let order: Vec<i32> = now.text.iter().map(|(number, _)| *number).collect();
    let before: Vec<Anchor<'_>> = old.iter().map(|(anchor, _)| *anchor).collect();
    let found: Vec<Anchor<'_>> = new.iter().map(|(_, anchor)| *anchor).collect();
    let mut left = Vec::new();
    for (at, is) in anchors::pair(&before, &found, &order).into_iter().enumerate() {
        match is.and_then(|new| olds.get_mut(new)) {
            Some(slot) => *slot = Some(at),
            None => left.push(at),
        }
    }
    let left = left.into_iter().filter_map(|at| {
        let (anchor, editors) = old.get(at)?;
        let place = if *editors { anchors::place(anchor, &now.text) } else { None };
        let overlaps = |it: &Place| {
            place.is_some_and(|place| it.number == place.number && it.start < place.end && place.start < it.end)
        };
        let is = new.iter().zip(&mut olds).find(|((it, _), slot)| slot.is_none() && overlaps(it));
        match is {
            Some((_, slot)) => {
                *slot = Some(at);
                None
            }
            None => Some((at, place)),
        }
    });
    let left = left.collect();
    Paired { olds, left }
}

fn next(new: &mut i64) -> i64 {
    *new += 1;
    -*new
}

/// Lays exchanges over those kept; the row of each.
fn exchanges(briefing: BriefingId, now: &Now<'_>, found: &[Judged], old: &Old, all: &mut Carried) -> Vec<ExchangeId> {
    let before: Vec<(Anchor<'_>, bool)> = old
        .exchanges
        .iter()
        .map(|row| {
            let nothing = Anchor { number: row.number, words: "" };
            (row.question.first().map_or(nothing, |place| old.anchor(place)), row.origin == Origin::Editor)
        })
        .collect();
    let new: Vec<(Place, Anchor<'_>)> =
        found.iter().filter_map(|one| one.exchange.question.first()).map(|part| now.found(part)).collect();
    let Paired { olds, left } = pair(&before, &new, now);
    let mut ids: Vec<ExchangeId> = Vec::with_capacity(found.len());
    for at in &olds {
        let kept = at.and_then(|at| old.exchanges.get(at)).map(|row| row.id);
        ids.push(kept.unwrap_or_else(|| ExchangeId(next(&mut all.new.0))));
    }
    for ((one, id), at) in found.iter().zip(&ids).zip(&olds) {
        let kept = at.and_then(|at| old.exchanges.get(at)).filter(|row| row.origin == Origin::Editor);
        let suggested = one.answer.as_ref().map(|answer| answer.label);
        let question = now.places(&one.exchange.question);
        let response = now.places(&one.exchange.response);
        let number = question.first().map_or(0, |place| place.number);
        all.kept.exchanges.push(ExchangeRow {
            id: *id,
            briefing,
            question_id: now.row(number),
            number,
            response_id: response.first().and_then(|place| now.row(place.number)),
            question,
            response,
            follows: one.exchange.follows.and_then(|first| ids.get(first).copied()),
            label: kept.map_or(suggested, |row| row.label),
            suggested,
            score: one.answer.as_ref().map(|answer| answer.score),
            because: one.because().map(|part| now.place(&part)),
            origin: kept.map_or(Origin::Machine, |row| row.origin),
        });
    }
    for row in left.into_iter().filter_map(|(at, _)| old.exchanges.get(at)) {
        match row.origin {
            Origin::Machine => all.gone.exchanges.push(row.id),
            Origin::Editor => all.kept.exchanges.push(found_again(row, now, old)),
        }
    }
    ids
}

/// An exchange that the machine no longer sees, and an editor does.
fn found_again(row: &ExchangeRow, now: &Now<'_>, old: &Old) -> ExchangeRow {
    let again = |places: &[Place]| -> Vec<Place> {
        places.iter().filter_map(|place| anchors::place(&old.anchor(place), &now.text)).collect()
    };
    let (question, response) = (again(&row.question), again(&row.response));
    let Some(first) = question.first().copied() else { return ExchangeRow { question_id: None, ..row.clone() } };
    ExchangeRow {
        question_id: now.row(first.number),
        number: first.number,
        response_id: response.first().and_then(|place| now.row(place.number)),
        because: row.because.and_then(|place| again(&[place]).pop()),
        question,
        response,
        ..row.clone()
    }
}

fn claims(briefing: BriefingId, now: &Now<'_>, found: &[Claimed], old: &Old, all: &mut Carried) {
    let before: Vec<(Anchor<'_>, bool)> =
        old.claims.iter().map(|row| (old.anchor(&row.place), row.origin == Origin::Editor)).collect();
    let new: Vec<(Place, Anchor<'_>)> = found.iter().map(|one| now.found(&one.part)).collect();
    let Paired { olds, left } = pair(&before, &new, now);
    for (one, at) in found.iter().zip(olds) {
        let place = now.place(&one.part);
        let kept = at.and_then(|at| old.claims.get(at));
        let decided = kept.filter(|row| row.origin == Origin::Editor);
        all.kept.claims.push(ClaimRow {
            id: kept.map_or_else(|| ClaimId(next(&mut all.new.1)), |row| row.id),
            briefing,
            utterance_id: now.row(place.number),
            place,
            kind: decided.map_or(one.kind, |row| row.kind),
            suggested: Some(one.kind),
            score: Some(one.score),
            origin: decided.map_or(Origin::Machine, |row| row.origin),
        });
    }
    for (row, place) in left.into_iter().filter_map(|(at, place)| Some((old.claims.get(at)?, place))) {
        if row.origin == Origin::Machine {
            all.gone.claims.push(row.id);
            continue;
        }
        all.kept.claims.push(ClaimRow {
            utterance_id: place.and_then(|place| now.row(place.number)),
            place: place.unwrap_or(row.place),
            ..row.clone()
        });
    }
}

fn follow_ups(
    briefing: BriefingId,
    now: &Now<'_>,
    found: &Suggestions,
    (old, ids): (&Old, &[ExchangeId]),
    all: &mut Carried,
) {
    let before: Vec<(Anchor<'_>, bool)> =
        old.follow_ups.iter().map(|row| (old.anchor(&row.place), row.origin == Origin::Editor)).collect();
    let new: Vec<(Place, Anchor<'_>)> = found.follow_ups.iter().map(|one| now.found(&one.promise)).collect();
    let Paired { olds, left } = pair(&before, &new, now);
    for (one, at) in found.follow_ups.iter().zip(olds) {
        let place = now.place(&one.promise);
        let kept = at.and_then(|at| old.follow_ups.get(at));
        all.kept.follow_ups.push(FollowUpRow {
            id: kept.map_or_else(|| FollowUpId(next(&mut all.new.2)), |row| row.id),
            briefing,
            exchange: ids.get(one.exchange).copied(),
            utterance_id: now.row(place.number),
            place,
            kind: one.kind,
            origin: kept.map_or(Origin::Machine, |row| row.origin),
        });
    }
    for (row, place) in left.into_iter().filter_map(|(at, place)| Some((old.follow_ups.get(at)?, place))) {
        if row.origin == Origin::Machine {
            all.gone.follow_ups.push(row.id);
            continue;
        }
        let stays = |id: &ExchangeId| !all.gone.exchanges.contains(id);
        all.kept.follow_ups.push(FollowUpRow {
            exchange: row.exchange.filter(stays),
            utterance_id: place.and_then(|place| now.row(place.number)),
            place: place.unwrap_or(row.place),
            ..row.clone()
        });
    }
}
