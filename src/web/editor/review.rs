//! `/editor/review`: what the machine suggests and no editor has decided, one after the other; and deciding it.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::review_item::{self, Shown, class_name};
use crate::domain::{
    AnswerLabel, BriefingId, ClaimId, ClaimKind, ExchangeId, FollowUpId, PromiseKind, ResolutionId, Suggestion,
    SuggestionKind,
};
use crate::editorial::{self, ReviewWord, Reviewed};
use crate::store::review::{self, Agreement, Last};
use crate::store::review_queue::{self, MOST, Order, Waiting, Wanted};
use crate::store::{Connection, record};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Editor, Form, Query};
use crate::web::page::{Frame, Page};
use crate::web::{App, find, phrase, urls};

/// What is reviewed, and in which order.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Filter {
    of: Option<String>,
    label: Option<String>,
    series: Option<String>,
    speaker: Option<String>,
    topic: Option<String>,
    briefing: Option<String>,
    order: Option<String>,
}

impl Filter {
    fn pairs(&self) -> [(&'static str, &str); 7] {
        [
            ("of", &self.of),
            ("label", &self.label),
            ("series", &self.series),
            ("speaker", &self.speaker),
            ("topic", &self.topic),
            ("briefing", &self.briefing),
            ("order", &self.order),
        ]
        .map(|(name, value)| (name, value.as_deref().unwrap_or_default()))
    }

    /// The same review, with more said in the address; the suggestion has the focus.
    fn address(&self, more: &[(&str, &str)]) -> String {
        format!("{}#item", urls::with_query(urls::REVIEW, &[&self.pairs()[..], more].concat()))
    }

    fn order(&self) -> Order {
        match self.order.as_deref() {
            Some("most") => Order::Most,
            Some("newest") => Order::Newest,
            _ => Order::Least,
        }
    }

    /// The kinds of suggestions that are reviewed: a label belongs to one.
    fn kinds(&self) -> Vec<SuggestionKind> {
        let of = self.of.as_deref().and_then(SuggestionKind::parse);
        let has = |kind: SuggestionKind| match self.label.as_deref() {
            None => true,
            Some(label) => match kind {
                SuggestionKind::Exchange => AnswerLabel::parse(label).is_some(),
                SuggestionKind::Claim => ClaimKind::parse(label).is_some(),
                SuggestionKind::FollowUp => PromiseKind::parse(label).is_some(),
                SuggestionKind::Resolution => false,
            },
        };
        SuggestionKind::ALL.into_iter().filter(|kind| of.is_none_or(|of| of == *kind) && has(*kind)).collect()
    }

    /// Understands the rest; what makes no sense is said.
    async fn wanted(&self, app: &App, conn: &mut Connection) -> Result<(Wanted, Vec<String>), Error> {
        let asked = find::understand(app, conn, &find::Fields::shared(&self.pairs())).await?;
        let (filters, mut repairs) = (asked.query.filters, asked.repairs);
        let briefing = match self.briefing.as_deref() {
            None => None,
            Some(slug) => {
                let known = record::open(conn, slug).await?.map(|open| open.id);
                if known.is_none() {
                    repairs.push(format!("There is no briefing at “{slug}”."));
                }
                known.or(Some(BriefingId(-1)))
            }
        };
        let few = |ids: Vec<i32>| Some(ids).filter(|ids| !ids.is_empty());
        let wanted = Wanted {
            class: self.label.clone(),
            briefing,
            series: few(filters.series.iter().map(|id| id.0).collect()),
            speakers: Some(filters.speakers.iter().map(|id| id.0).collect::<Vec<_>>()).filter(|ids| !ids.is_empty()),
            topics: few(filters.topics.iter().map(|id| id.0).collect()),
        };
        Ok((wanted, repairs))
    }
}

/// The query.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    #[serde(flatten)]
    filter: Filter,
    /// The suggestion after which it goes on.
    after: Option<String>,
    /// The suggestion to show, in its place in the queue.
    item: Option<String>,
    /// The suggestion that somebody else decided first.
    meanwhile: Option<String>,
    /// One that is suggested no more.
    gone: Option<String>,
    exchange: Option<i64>,
    claim: Option<i64>,
    #[serde(rename = "follow-up")]
    follow_up: Option<i64>,
    resolution: Option<i64>,
}

impl Fields {
    /// The one suggestion that is asked for by itself.
    fn single(&self) -> Option<Suggestion> {
        let all = [
            (SuggestionKind::Exchange, self.exchange),
            (SuggestionKind::Claim, self.claim),
            (SuggestionKind::FollowUp, self.follow_up),
            (SuggestionKind::Resolution, self.resolution),
        ];
        all.into_iter().find_map(|(kind, id)| Some(Suggestion { kind, id: id? }))
    }
}

/// The address of one suggestion by itself.
fn address(of: Suggestion) -> String {
    match of.kind {
        SuggestionKind::Exchange => urls::editor_review_exchange(ExchangeId(of.id)),
        SuggestionKind::Claim => urls::editor_review_claim(ClaimId(of.id)),
        SuggestionKind::FollowUp => urls::editor_review_follow_up(FollowUpId(of.id)),
        SuggestionKind::Resolution => urls::editor_review_resolution(ResolutionId(of.id)),
    }
}

/// The page.
#[derive(askama::Template)]
#[template(path = "editor/review.html")]
pub struct ReviewPage {
    frame: Frame,
    filter: Filter,
    shown: Option<Shown>,
    single: bool,
    /// How many wait for these filters.
    left: String,
    today: i64,
    last: Option<(Last, String)>,
    /// Where it goes on without a decision.
    skip: String,
    first: String,
    notice: Option<(&'static str, Option<String>)>,
    /// Some are left, and were passed by.
    passed: bool,
    agreement: Vec<Agreement>,
    repairs: Vec<String>,
}

impl ReviewPage {
    fn value(&self, name: &str) -> String {
        self.filter
            .pairs()
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| (*value).to_owned())
            .unwrap_or_default()
    }

    fn is(&self, name: &str, value: &str) -> bool {
        self.value(name) == value
    }

    fn pairs(&self) -> [(&'static str, &str); 7] {
        self.filter.pairs()
    }

    fn is_narrowed(&self) -> bool {
        self.filter.pairs().iter().any(|(name, value)| *name != "order" && !value.is_empty())
    }

    /// Labels and kinds by what they are of.
    fn classes(&self) -> [(&'static str, Vec<(&'static str, String)>); 3] {
        let named = |kind: SuggestionKind, words: Vec<&'static str>| -> Vec<(&'static str, String)> {
            words.into_iter().map(|word| (word, class_name(kind, word))).collect()
        };
        [
            ("Exchanges", named(SuggestionKind::Exchange, AnswerLabel::ALL.iter().map(|one| one.as_str()).collect())),
            ("Claims", named(SuggestionKind::Claim, ClaimKind::ALL.iter().map(|one| one.as_str()).collect())),
            ("Promises", named(SuggestionKind::FollowUp, PromiseKind::ALL.iter().map(|one| one.as_str()).collect())),
        ]
    }

    fn class(&self, one: &Agreement) -> String {
        class_name(one.kind, &one.class)
    }
}

/// `GET`: the next suggestion, or the one that is asked for.
pub async fn show(
    editor: Editor,
    frame: Frame,
    State(app): State<App>,
    Query(fields): Query<Fields>,
) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let (wanted, repairs) = fields.filter.wanted(&app, &mut conn).await?;
    let single = fields.single();
    let asked = single.or(fields.item.as_deref().and_then(Suggestion::parse));
    let mut shown = match asked {
        Some(of) => review_item::load(&mut conn, of).await?,
        None => None,
    };
    let is_gone = fields.gone.is_some() || asked.is_some() && shown.is_none();
    if shown.is_none()
        && single.is_none()
        && let Some(of) = next(&mut conn, &fields, &wanted).await?
    {
        shown = review_item::load(&mut conn, of).await?;
    }
    let left = left(&mut conn, &fields.filter.kinds(), &wanted).await?;
    let (today, last) = match editor.actor.account {
        Some(account) => review::decided_by(&mut conn, account, midnight((app.clock)())).await?,
        None => (0, None),
    };
    let meanwhile = fields.meanwhile.as_deref().and_then(Suggestion::parse);
    let notice = match meanwhile {
        Some(of) => {
            Some(("Somebody else decided that one while you looked at it. Nothing was overwritten.", Some(address(of))))
        }
        None if is_gone => {
            Some(("That one is suggested no more: its words have changed, or are not shown at present.", None))
        }
        None => None,
    };
    let after = shown.as_ref().map(|shown| shown.of.to_string()).unwrap_or_default();
    let page = ReviewPage {
        frame,
        passed: shown.is_none() && left > 0,
        single: single.is_some(),
        left: if left >= MOST { format!("more than {}", phrase::count(MOST)) } else { phrase::count(left) },
        today,
        last: last.map(|last| (last.clone(), told(&last))),
        skip: fields.filter.address(&[("after", &after)]),
        first: fields.filter.address(&[]),
        notice,
        agreement: review::agreement(&mut conn).await?,
        repairs,
        filter: fields.filter,
        shown,
    };
    Ok((Policy::Never, Page(page)).into_response())
}

/// The first suggestion after the one before, of all kinds.
async fn next(conn: &mut Connection, fields: &Fields, wanted: &Wanted) -> Result<Option<Suggestion>, Error> {
    let order = fields.filter.order();
    let after = match fields.after.as_deref().and_then(Suggestion::parse) {
        Some(of) => review_queue::place(conn, of).await?,
        None => None,
    };
    let mut first: Option<Waiting> = None;
    for kind in fields.filter.kinds() {
        let one = review_queue::first(conn, kind, order, wanted, after.as_ref()).await?;
        if let Some(one) = one.filter(|one| first.is_none_or(|first| one.is_before(&first, order))) {
            first = Some(one);
        }
    }
    Ok(first.map(|first| first.of))
}

/// How many wait; no more than [`MOST`] are counted.
async fn left(conn: &mut Connection, kinds: &[SuggestionKind], wanted: &Wanted) -> Result<i64, Error> {
    let mut left = 0;
    for kind in kinds {
        if left < MOST {
            left += review_queue::left(conn, *kind, wanted).await?;
        }
    }
    Ok(left.min(MOST))
}

/// The beginning of a day.
fn midnight(now: Timestamp) -> Timestamp {
    let today = now.to_zoned(TimeZone::UTC).date();
    today.to_zoned(TimeZone::UTC).map_or(now, |there| there.timestamp())
}

/// "claim: figure", "exchange: rejected".
fn told(last: &Last) -> String {
    let kind = last.of.kind;
    let word = last.word.as_deref().map_or_else(|| "rejected".to_owned(), |word| class_name(kind, word));
    format!("{}: {word}", kind.as_str().replace('-', " "))
}

/// What an editor says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    #[serde(flatten)]
    filter: Filter,
    suggestion: String,
    /// When it was decided as far as the editor saw, or nothing.
    shown: String,
    word: String,
    single: Option<String>,
}

/// `POST`: writes it, and goes on. It does not wait until readers see it: the next one is there at once.
pub async fn decide(editor: Editor, State(app): State<App>, Form(sent): Form<Sent>) -> Result<Response, Error> {
    let incomplete = || Error::BadRequest("The form is incomplete. Go back, and send it again.".to_owned());
    let of = Suggestion::parse(&sent.suggestion).ok_or_else(incomplete)?;
    let shown = match sent.shown.as_str() {
        "" => None,
        moment => Some(moment.parse::<Timestamp>().map_err(|_| incomplete())?),
    };
    let word = word(&sent.word).ok_or_else(incomplete)?;
    let mut tx = app.pool.begin().await?;
    let done = editorial::review(&mut tx, of, shown, word, &editor.actor, (app.clock)()).await?;
    tx.commit().await?;
    let name = of.to_string();
    let to = match (done, word) {
        (Reviewed::NoSuchWord, _) => return Err(incomplete()),
        (Reviewed::Meanwhile, _) if sent.single.is_some() => {
            format!("{}&meanwhile={name}", address(of))
        }
        (Reviewed::Meanwhile, _) => sent.filter.address(&[("after", &name), ("meanwhile", &name)]),
        (Reviewed::Gone, _) => sent.filter.address(&[("after", &name), ("gone", "yes")]),
        (Reviewed::Done, _) if sent.single.is_some() => format!("{}#item", address(of)),
        // What is taken back can be decided again at once.
        (Reviewed::Done, ReviewWord::Back) => sent.filter.address(&[("item", &name)]),
        (Reviewed::Done, _) => sent.filter.address(&[("after", &name)]),
    };
    Ok((Policy::Never, Redirect::to(&to)).into_response())
}

fn word(text: &str) -> Option<ReviewWord> {
    match text {
        "right" => Some(ReviewWord::Right),
        "rejected" => Some(ReviewWord::Rejected),
        "back" => Some(ReviewWord::Back),
        _ => AnswerLabel::parse(text).map(ReviewWord::Label).or_else(|| ClaimKind::parse(text).map(ReviewWord::Kind)),
    }
}
