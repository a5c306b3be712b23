//! `GET /follow-ups`: promises to come back to a question: what is still owed, and what was kept.

use axum::extract::State;

use super::excerpt;
use super::turns::Who;
use crate::analysis::rarity::Shared;
use crate::domain::{Origin, PromiseKind};
use crate::store::briefings::Listed;
use crate::store::follow_ups::{Counts, PromiseState};
use crate::store::utterances::Found;
use crate::web::error::Error;
use crate::web::extract::Query;
use crate::web::owed::{self, Age, Fields, Later, Owed};
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls, words};

/// Characters of a question that are shown.
const QUESTION: usize = 420;
/// Characters among which the words lie that are shown of later words.
const STRETCH: usize = 240;
/// Shared words that are named.
const NAMED: usize = 5;

/// The page.
#[derive(askama::Template)]
#[template(path = "public/follow_ups.html")]
pub struct FollowUps {
    frame: Frame,
    fields: Fields,
    state: Option<PromiseState>,
    counts: Counts,
    total: i64,
    first: i64,
    promises: Vec<PromiseView>,
    repairs: Vec<String>,
    of_somebody: bool,
    before: Option<String>,
    after: Option<String>,
}

impl FollowUps {
    fn one(&self, field: &Option<String>) -> String {
        field.clone().unwrap_or_default()
    }

    fn is_state(&self, state: &str) -> bool {
        self.state.map_or("all", PromiseState::as_str) == state
    }

    fn is_oldest(&self) -> bool {
        self.fields.sort.as_deref() == Some("oldest")
    }

    fn last(&self) -> i64 {
        self.first + self.promises.len() as i64 - 1
    }

    /// Whether anything but the state narrows the list.
    fn is_narrowed(&self) -> bool {
        let beside = |name: &str| matches!(name, "state" | "sort" | "page" | "per_page");
        self.fields.pairs().iter().any(|(name, value)| !beside(name) && !value.is_empty())
    }
}

/// A promise as shown.
pub struct PromiseView {
    id: i64,
    briefing: Listed,
    who: Option<Who>,
    number: i32,
    url: String,
    html: String,
    question: Option<QuestionView>,
    kind: PromiseKind,
    by_editor: bool,
    age: String,
    later: Vec<LaterView>,
    review: String,
}

/// The question owed, as shown.
struct QuestionView {
    label: String,
    asked_by: Option<String>,
    url: String,
    html: String,
}

/// Later words, as shown.
struct LaterView {
    briefing: Listed,
    /// "3 days later".
    after: String,
    who: Option<Who>,
    number: i32,
    url: String,
    html: String,
    /// What speaks for it.
    why: String,
    by_editor: bool,
    review: String,
}

/// The handler.
pub async fn show(
    frame: Frame,
    State(app): State<App>,
    Query(fields): Query<Fields>,
) -> Result<Page<FollowUps>, Error> {
    let mut conn = app.pool.acquire().await?;
    let listing = owed::load(&app, &mut conn, &fields).await?;
    let at = |page: i64| urls::changed(urls::FOLLOW_UPS, &fields.pairs(), &[("page", &page.to_string())]);
    let (page, per_page) = (listing.page, listing.per_page);
    Ok(Page(FollowUps {
        frame,
        state: fields.wanted_state(),
        counts: listing.counts,
        total: listing.total,
        first: (page - 1) * per_page + 1,
        promises: listing.owed.iter().map(promise).collect(),
        repairs: listing.repairs,
        of_somebody: listing.of_somebody,
        before: (page > 1).then(|| at(page - 1)),
        after: (page * per_page < listing.total).then(|| at(page + 1)),
        fields,
    }))
}

fn promise(owed: &Owed) -> PromiseView {
    let said = &owed.said.utterance;
    let place = owed.promise.place;
    let slug = &owed.said.briefing.slug;
    PromiseView {
        id: owed.promise.id.0,
        briefing: owed.said.briefing.clone(),
        who: who(&owed.said),
        number: place.number,
        url: urls::utterance(slug, place.number),
        html: excerpt::part(&said.text, &said.marks, (place.start, place.end), &[]),
        question: owed.question.as_ref().map(|(first, words)| question(slug, first, words)),
        kind: owed.promise.kind,
        by_editor: owed.promise.origin == Origin::Editor,
        age: match owed.kept() {
            Some(later) => kept(later),
            None => age(owed.age),
        },
        later: owed.later.iter().map(later).collect(),
        review: urls::editor_review_follow_up(owed.promise.id),
    }
}

fn who(found: &Found) -> Option<Who> {
    found.utterance.by.as_ref().map(|by| Who::of(by, &found.utterance, true))
}

fn question(slug: &str, first: &Found, text: &str) -> QuestionView {
    let who = who(first);
    QuestionView {
        label: who.as_ref().map_or_else(|| "Question".to_owned(), |who| who.label.clone()),
        asked_by: who.and_then(|who| who.asked_by),
        url: first.utterance.number.map_or_else(|| urls::briefing(slug), |number| urls::utterance(slug, number)),
        html: words::line(&excerpt::cut(text, QUESTION), &[], &[]),
    }
}

fn later(later: &Later) -> LaterView {
    let said = &later.found.utterance;
    let number = later.resolution.number;
    let by_editor = later.resolution.origin == Origin::Editor;
    LaterView {
        briefing: later.found.briefing.clone(),
        after: match later.after {
            None => String::new(),
            Some(days) if days <= 0 => "the same day".to_owned(),
            Some(days) => format!("{} later", phrase::counted(days, "day", "days")),
        },
        who: who(&later.found),
        number,
        url: urls::utterance(&later.found.briefing.slug, number),
        html: excerpt::around(&said.text, &said.marks, &nearest(&later.shared)),
        why: why(later),
        by_editor,
        review: urls::editor_review_resolution(later.resolution.id),
    }
}

/// The shared words that stand nearest to each other: the longest list of them within a stretch.
pub(in crate::web) fn nearest(shared: &[Shared]) -> Vec<(usize, usize)> {
    let mut spans: Vec<(usize, usize)> =
        shared.iter().flat_map(|one| &one.places).map(|place| (place.start, place.end)).collect();
    spans.sort_unstable();
    let reach = |from: usize| spans.partition_point(|span| span.1 <= from + STRETCH);
    let best = (0..spans.len()).max_by_key(|&first| {
        let end = reach(spans[first].0);
        (end - first, std::cmp::Reverse(first))
    });
    best.map(|first| spans[first..reach(spans[first].0).max(first + 1)].to_vec()).unwrap_or_default()
}

/// What speaks for later words.
fn why(later: &Later) -> String {
    let mut why = Vec::new();
    let named: Vec<&str> = later.shared.iter().take(NAMED).map(|one| one.word.as_str()).collect();
    if !named.is_empty() {
        why.push(format!("the same words: {}", named.join(", ")));
    }
    if later.resolution.says_so {
        why.push("says that they come back to it".to_owned());
    }
    if later.resolution.same_asker {
        why.push("the same reporter asked".to_owned());
    }
    why.join("; ")
}

/// "Answered on 5 March 2026, after 3 days".
fn kept(later: &Later) -> String {
    let on = later.found.briefing.date.map(|date| format!(" on {}", phrase::date(date))).unwrap_or_default();
    match later.after {
        None => format!("Answered{on}"),
        Some(days) if days <= 0 => format!("Answered{on}, the same day"),
        Some(days) => format!("Answered{on}, after {}", phrase::counted(days, "day", "days")),
    }
}

/// How long it is open, as far as the archive can know.
fn age(age: Option<Age>) -> String {
    let days = |days: i64| phrase::counted(days, "day", "days");
    match age {
        None => "Open; the day on which it was made is not known".to_owned(),
        Some(Age { days: 0, .. }) => "Made today".to_owned(),
        Some(age) if age.is_followed() => format!("Open for {}", days(age.days)),
        Some(Age { held: Some((until, held)), .. }) => {
            format!("Open for {}, as far as the archive holds (until {})", days(held), phrase::date(until))
        }
        Some(_) => "The archive holds nothing later of this series, so it cannot tell whether it was kept".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stretch_with_most_of_the_shared_words_is_shown() {
        let one = |word: &str, places: &[usize]| Shared {
            word: word.to_owned(),
            places: places.iter().map(|&at| at..at + word.len()).collect(),
        };
        assert_eq!(nearest(&[one("dam", &[10, 900]), one("sluice", &[920])]), [(900, 903), (920, 926)]);
        assert_eq!(nearest(&[one("dam", &[10])]), [(10, 13)]);
        assert_eq!(nearest(&[]), []);
    }
}
