//! What is still owed: promises to come back with their words, the question, and later words, for the page and for
//! programs.

use std::collections::HashMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use utoipa::IntoParams;

use super::error::Error;
use super::{App, api, find};
use crate::analysis::rarity::{self, Rarity, Shared, Terms};
use crate::domain::{BriefingId, FollowUpId, Place};
use crate::store::Connection;
use crate::store::follow_ups::{self, Counts, FollowUp, PromiseState, Resolution, Wanted};
use crate::store::utterances::{self, Found};

/// The fields of the form, as they stand in the address.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Fields {
    /// `open`, unless said otherwise; `kept`: an editor says that they were; or `all`.
    #[param(schema_with = states)]
    pub state: Option<String>,
    /// Who promised: a slug or a name.
    pub speaker: Option<String>,
    /// A subject of the promise or of the question owed: a slug or a name.
    pub topic: Option<String>,
    /// What the briefing belongs to: a slug or a name.
    pub series: Option<String>,
    /// First day: `2026-03-10`, or a month or year.
    pub from: Option<String>,
    /// Last day: the same.
    pub to: Option<String>,
    /// Order: `newest` or `oldest`.
    #[param(schema_with = orders)]
    pub sort: Option<String>,
    /// Page, from 1.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 10_000)]
    pub page: Option<String>,
    /// Promises on a page, 20 unless said otherwise.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100)]
    pub per_page: Option<String>,
}

/// The states as they stand in the address.
fn states() -> utoipa::openapi::schema::Object {
    api::one_of(
        "`open`, unless said otherwise; `kept`: an editor says that they were; or `all`.",
        ["open", "kept", "all"],
    )
}

/// The orders as they stand in the address.
fn orders() -> utoipa::openapi::schema::Object {
    api::one_of("Order, by the day of the promise.", ["newest", "oldest"])
}

impl Fields {
    /// The fields in the order of the form.
    pub fn pairs(&self) -> [(&'static str, &str); 9] {
        [
            ("state", &self.state),
            ("speaker", &self.speaker),
            ("topic", &self.topic),
            ("series", &self.series),
            ("from", &self.from),
            ("to", &self.to),
            ("sort", &self.sort),
            ("page", &self.page),
            ("per_page", &self.per_page),
        ]
        .map(|(name, value)| (name, value.as_deref().unwrap_or_default()))
    }

    /// The state that is looked for, if only one is.
    pub fn wanted_state(&self) -> Option<PromiseState> {
        match self.state.as_deref() {
            Some("all") => None,
            Some("kept") => Some(PromiseState::Kept),
            _ => Some(PromiseState::Open),
        }
    }
}

/// Promises that were asked for.
pub struct Listing {
    /// How many there are of each state.
    pub counts: Counts,
    /// How many there are of the state that was asked for.
    pub total: i64,
    /// Some of them, in order.
    pub owed: Vec<Owed>,
    /// What of the request made no sense, as sentences.
    pub repairs: Vec<String>,
    /// Whoever promised is named in the request.
    pub of_somebody: bool,
    /// The page, from 1.
    pub page: i64,
    /// Promises on a page.
    pub per_page: i64,
}

/// A promise with everything that is shown of it.
pub struct Owed {
    /// The promise.
    pub promise: FollowUp,
    /// The utterance in which it stands.
    pub said: Found,
    /// The question owed: the utterance in which it begins, and its words.
    pub question: Option<(Found, String)>,
    /// What keeps it, or seems to.
    pub later: Vec<Later>,
    /// Its age.
    pub age: Option<Age>,
}

/// Later words that keep a promise, or seem to.
pub struct Later {
    /// What is kept of them.
    pub resolution: Resolution,
    /// Their utterance.
    pub found: Found,
    /// The words that they share with what was asked and promised, the rarest first.
    pub shared: Vec<Shared>,
    /// Days after the promise.
    pub after: Option<i64>,
}

/// How old a promise is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Age {
    /// Days up to now.
    pub days: i64,
    /// The last day of which the archive holds a briefing of the series, with the days up to then; none where it holds
    /// nothing later than the promise.
    pub held: Option<(Date, i64)>,
}

impl Age {
    /// Days without a briefing after which the archive says how far it reaches.
    const RECENT: i64 = 60;

    /// The age on a day of a promise made on another, of a series that is held up to a third.
    fn new(made: Date, today: Date, held_until: Option<Date>) -> Self {
        let days = |to: Date| to.duration_since(made).as_hours() / 24;
        let held = held_until.map(|until| (until, days(until))).filter(|(_, after)| *after > 0);
        Self { days: days(today).max(0), held }
    }

    /// Whether the archive holds briefings of the series up to now, or nearly.
    pub fn is_followed(&self) -> bool {
        self.held.is_some_and(|(_, after)| self.days - after <= Self::RECENT)
    }
}

impl Owed {
    /// The words of the promise.
    pub fn words(&self) -> &str {
        self.promise.place.words(&self.said.utterance.text)
    }

    /// The words by which it was kept, on the word of an editor.
    pub fn kept(&self) -> Option<&Later> {
        self.later.iter().find(|later| later.resolution.origin == crate::domain::Origin::Editor)
    }
}

/// Reads what was asked for.
pub async fn load(app: &App, conn: &mut Connection, fields: &Fields) -> Result<Listing, Error> {
    let asked = find::understand(app, conn, &find::Fields::shared(&fields.pairs())).await?;
    let filters = &asked.query.filters;
    let some = |ids: Vec<i64>| Some(ids).filter(|ids| !ids.is_empty());
    let few = |ids: Vec<i32>| Some(ids).filter(|ids| !ids.is_empty());
    let wanted = Wanted {
        state: fields.wanted_state(),
        speakers: some(filters.speakers.iter().map(|id| id.0).collect()),
        topics: few(filters.topics.iter().map(|id| id.0).collect()),
        series: few(filters.series.iter().map(|id| id.0).collect()),
        from: filters.from,
        to: filters.to,
        newest: fields.sort.as_deref() != Some("oldest"),
    };
    let (page, per_page) = (asked.page as i64, asked.query.limit as i64);
    let counts = follow_ups::count(conn, &wanted).await?;
    let list = follow_ups::list(conn, &wanted, (page - 1) * per_page, per_page).await?;
    let today = (app.clock)().to_zoned(TimeZone::UTC).date();
    let owed = with_words(conn, list, today).await?;
    Ok(Listing {
        counts,
        total: counts.of(wanted.state),
        owed,
        of_somebody: wanted.speakers.is_some(),
        repairs: asked.repairs,
        page,
        per_page,
    })
}

/// Utterances by briefing and number.
type ByNumber = HashMap<(BriefingId, i32), Found>;

async fn with_words(conn: &mut Connection, list: Vec<FollowUp>, today: Date) -> Result<Vec<Owed>, Error> {
    let ids: Vec<FollowUpId> = list.iter().map(|one| one.id).collect();
    let resolutions = follow_ups::resolutions(conn, &ids).await?;
    let mut sought: Vec<(BriefingId, i32)> = resolutions.iter().map(|one| (one.briefing, one.number)).collect();
    for one in &list {
        sought.push((one.briefing, one.place.number));
        let places = one.owed.iter().flat_map(|(_, places)| places);
        sought.extend(places.map(|place| (one.briefing, place.number)));
    }
    let found = by_number(conn, &sought).await?;
    let owed = list.into_iter().filter_map(|promise| {
        let said = found.get(&(promise.briefing, promise.place.number))?.clone();
        let question = promise.owed.as_ref().and_then(|(_, places)| question(&found, promise.briefing, places));
        let later = resolutions.iter().filter(|one| one.follow_up == promise.id);
        let later = later.filter_map(|one| Some((one.clone(), found.get(&(one.briefing, one.number))?.clone())));
        let made = said.briefing.date;
        let later = later.map(|(resolution, found)| Later {
            after: made.zip(found.briefing.date).map(|(made, then)| then.duration_since(made).as_hours() / 24),
            resolution,
            found,
            shared: Vec::new(),
        });
        let age = made.map(|made| Age::new(made, today, promise.held_until));
        Some(Owed { later: later.collect(), promise, said, question, age })
    });
    let mut owed: Vec<Owed> = owed.collect();
    share(&mut owed);
    Ok(owed)
}

/// Utterances by the briefing and their number in it, where readers see them.
pub async fn by_number(conn: &mut Connection, sought: &[(BriefingId, i32)]) -> Result<ByNumber, Error> {
    let found = utterances::found_at(conn, sought).await?;
    let key = |one: &Found| Some((one.briefing.id, one.utterance.number?));
    Ok(found.into_iter().filter_map(|one| Some((key(&one)?, one))).collect())
}

/// The words of a question, with the utterance in which it begins.
fn question(found: &ByNumber, briefing: BriefingId, places: &[Place]) -> Option<(Found, String)> {
    let first = found.get(&(briefing, places.first()?.number))?.clone();
    let parts = places.iter().filter_map(|place| {
        let one = found.get(&(briefing, place.number))?;
        Some(place.words(&one.utterance.text))
    });
    let words = parts.collect::<Vec<_>>().join(" ");
    Some((first, words))
}

/// Finds the words that promises share with what may keep them; how rare words are is told from all that is shown.
fn share(owed: &mut [Owed]) {
    let text = |one: &Owed| {
        let question = one.question.as_ref().map(|(_, words)| words.as_str()).unwrap_or_default();
        Terms::of(&[question, one.words()].join("\n"))
    };
    let asked: Vec<Terms> = owed.iter().map(text).collect();
    let later = owed.iter().flat_map(|one| &one.later).map(|later| Terms::of(&later.found.utterance.text));
    let later: Vec<Terms> = later.collect();
    let rarity = Rarity::of(asked.iter().chain(&later));
    for (one, asked) in owed.iter_mut().zip(&asked) {
        for later in &mut one.later {
            later.shared = rarity::shared(&later.found.utterance.text, asked, &rarity);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_age_says_how_far_the_archive_holds() {
        let made = date(2026, 3, 2);
        let followed = Age::new(made, date(2026, 3, 12), Some(date(2026, 3, 11)));
        assert_eq!(followed, Age { days: 10, held: Some((date(2026, 3, 11), 9)) });
        assert!(followed.is_followed());
        let past = Age::new(made, date(2029, 3, 2), Some(date(2026, 4, 1)));
        assert_eq!((past.held, past.is_followed()), (Some((date(2026, 4, 1), 30)), false));
        for nothing_later in [None, Some(made)] {
            let age = Age::new(made, date(2026, 3, 12), nothing_later);
            assert_eq!((age.held, age.is_followed()), (None, false));
        }
    }
}
