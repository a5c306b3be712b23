//! `/editor/briefings/{slug}` and `/editor/briefings/{slug}/{number}`: the forms by which a briefing is corrected.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use serde::Deserialize;

use super::correct::Sent;
use super::private;
use super::settling::Settling;
use crate::domain::{Attribution, Audience, BriefingStatus, ProblemId, Rights, UtteranceKind};
use crate::store::editing::{self, Checked};
use crate::store::record::{self, Open};
use crate::store::rights::{self, Held, Label};
use crate::store::series;
use crate::store::utterances::{self, Utterance};
use crate::store::waiting::{self, Labelled};
use crate::web::difference::{self, Difference};
use crate::web::error::Error;
use crate::web::extract::{Editor, Path, Query};
use crate::web::page::Frame;
use crate::web::public::excerpt;
use crate::web::{App, phrase, urls};

/// Why nothing was written.
pub struct Notice {
    /// What happened and what can be done.
    pub sentence: String,
    /// The revision it was made from, where another came between.
    pub overtaken: Option<i32>,
}

/// The same as it is shown.
struct Refusal {
    sentence: String,
    difference: Option<Difference>,
    /// What was written, where no form is shown that holds it.
    kept: String,
}

/// The page of a briefing.
#[derive(askama::Template)]
#[template(path = "editor/briefing.html")]
pub struct BriefingForms {
    frame: Frame,
    open: Open,
    refusal: Option<Refusal>,
    sent: Sent,
    /// Whether and by whom it was checked.
    checked: Option<Checked>,
    /// Labels with who is behind them, those with most turns first.
    labels: Vec<Settling>,
    /// The readable part of the address of its series.
    series_slug: Option<String>,
    turns: Vec<Line>,
    /// What readers may see of words and names.
    rights: Held,
    /// The same of each label.
    label_rights: Vec<Label>,
}

/// One utterance in the list of them.
struct Line {
    number: i32,
    label: String,
    opening: String,
}

/// The page of one utterance.
#[derive(askama::Template)]
#[template(path = "editor/turn.html")]
pub struct TurnForms {
    frame: Frame,
    open: Open,
    refusal: Option<Refusal>,
    sent: Sent,
    it: Utterance,
    number: i32,
    labels: Vec<String>,
    around: [Option<i32>; 2],
    /// The next utterance can be joined to this one.
    joins: bool,
}

/// The query.
#[derive(Deserialize)]
pub struct Fields {
    /// The problem because of which something is corrected.
    problem: Option<String>,
}

impl Fields {
    /// Forms in which nothing was written yet.
    fn blank(&self) -> Sent {
        Sent { problem: self.problem.as_deref().and_then(|id| id.parse().ok()).map(ProblemId), ..Sent::default() }
    }
}

/// `GET`: the forms for all of it.
pub async fn show(
    _: Editor,
    frame: Frame,
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(fields): Query<Fields>,
) -> Result<Response, Error> {
    page(frame, &app, &slug, None, fields.blank(), None).await
}

/// `GET`: the forms for one utterance.
pub async fn turn(
    _: Editor,
    frame: Frame,
    State(app): State<App>,
    Path((slug, number)): Path<(String, i32)>,
    Query(fields): Query<Fields>,
) -> Result<Response, Error> {
    page(frame, &app, &slug, Some(number), fields.blank(), None).await
}

/// The forms, with what was sent and why nothing was written, if so.
pub(super) async fn page(
    frame: Frame,
    app: &App,
    slug: &str,
    number: Option<i32>,
    sent: Sent,
    notice: Option<Notice>,
) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let open = record::open(&mut conn, slug).await?.ok_or(Error::NotFound)?;
    let words = utterances::of_revision(&mut conn, open.present.id, Audience::Editors, 0, i32::MAX).await?;
    let mut refusal = None;
    if let Some(notice) = notice {
        let history = record::history(&mut conn, open.id).await?;
        let from = notice.overtaken.and_then(|number| history.iter().find(|entry| entry.number == number));
        let difference = match from {
            Some(from) => Some(difference::between(&mut conn, from, &open.present, Audience::Editors).await?),
            None => None,
        };
        refusal = Some(Refusal { sentence: notice.sentence, difference, kept: String::new() });
    }
    let at = number.and_then(|number| words.iter().position(|one| one.number == Some(number)));
    let response = match (number, at) {
        (Some(number), Some(at)) => private(StatusCode::OK, turn_page(frame, open, refusal, sent, &words, number, at)),
        (Some(_), None) if refusal.is_none() => return Err(Error::NotFound),
        _ => {
            if let Some(refusal) = refusal.as_mut().filter(|_| number.is_some()) {
                refusal.kept.clone_from(&sent.text);
            }
            let labels = waiting::labels(&mut conn, open.id).await?;
            let page = BriefingForms {
                frame,
                checked: editing::checked(&mut conn, slug).await?,
                labels: labels.into_iter().map(|label| settling(label, &open, &sent)).collect(),
                series_slug: series::of_briefing(&mut conn, open.id).await?,
                turns: lines(&words),
                rights: rights::of(&mut conn, open.id).await?,
                label_rights: rights::labels(&mut conn, open.id).await?,
                open,
                refusal,
                sent,
            };
            private(StatusCode::OK, page)
        }
    };
    Ok(response)
}

fn lines(words: &[Utterance]) -> Vec<Line> {
    let lines = words.iter().filter_map(|one| {
        Some(Line {
            number: one.number?,
            label: one.by.as_ref().map_or_else(String::new, |by| by.label.clone()),
            opening: excerpt::cut(&one.text, 100),
        })
    });
    lines.collect()
}

/// A label with the form that corrects who is behind it.
fn settling(label: Labelled, open: &Open, sent: &Sent) -> Settling {
    let mut settling = Settling::of(label, sent.asked.as_ref());
    settling.hidden.push(("revision", open.present.number.to_string()));
    settling.hidden.extend(sent.problem.as_ref().map(|id| ("problem", id.0.to_string())));
    settling
}

fn turn_page(
    frame: Frame,
    open: Open,
    refusal: Option<Refusal>,
    sent: Sent,
    words: &[Utterance],
    number: i32,
    at: usize,
) -> TurnForms {
    let mut labels: Vec<String> = words.iter().filter_map(|one| Some(one.by.as_ref()?.label.clone())).collect();
    labels.sort();
    labels.dedup();
    let near = |at: Option<usize>| at.and_then(|at| words.get(at));
    let next = near(at.checked_add(1));
    let around = [near(at.checked_sub(1)).and_then(|one| one.number), next.and_then(|one| one.number)];
    let it = words[at].clone();
    let joins = next.is_some_and(|next| next.kind == it.kind);
    TurnForms { frame, open, refusal, sent, it, number, labels, around, joins }
}

impl BriefingForms {
    /// What stands in a field of the form about the briefing: what was sent, or what is.
    fn field<'a>(&self, sent: &'a str, is: &'a Option<String>) -> &'a str {
        if self.sent.act == "describe" { sent } else { is.as_deref().unwrap_or_default() }
    }

    /// Whether something was said of this label that could not be done.
    fn was_asked(&self, one: &Settling) -> bool {
        self.sent.asked.as_ref().is_some_and(|asked| asked.label == one.it.id)
    }

    fn label_reason(&self, one: &Settling) -> &str {
        self.reason(if self.was_asked(one) { "speaker" } else { "" })
    }

    /// The first day for which a label could be settled for the series.
    fn for_series(&self) -> Option<(&str, Date)> {
        let facts = &self.open.present.facts;
        facts.series.as_deref().zip(facts.date.as_ref().and_then(|date| date.parse().ok()))
    }

    /// Whether anything is said of a single label.
    fn has_own_rights(&self) -> bool {
        self.label_rights.iter().any(|label| label.attribution.is_some())
    }

    fn title(&self) -> &str {
        if self.sent.act == "describe" { &self.sent.title } else { &self.open.present.facts.title }
    }

    fn reason(&self, act: &str) -> &str {
        reason(&self.sent, &self.open, act)
    }

    fn turn(&self, line: &Line) -> String {
        self.sent.because(&urls::editor_turn(&self.open.slug, line.number))
    }
}

/// The reason in a form: what was sent, or of a draft, whose readers are to come, one that nobody need type.
fn reason<'a>(sent: &'a Sent, open: &Open, act: &str) -> &'a str {
    match open.status {
        _ if sent.act == act => &sent.reason,
        BriefingStatus::Draft => "Put right before publication.",
        _ => "",
    }
}

impl TurnForms {
    fn words(&self) -> &str {
        if self.sent.act == "words" { &self.sent.text } else { &self.it.text }
    }

    fn sent<'a>(&self, act: &str, field: &'a str) -> &'a str {
        if self.sent.act == act { field } else { "" }
    }

    fn reason(&self, act: &str) -> &str {
        reason(&self.sent, &self.open, act)
    }

    /// Rows of a field that holds all its words.
    fn rows(&self) -> usize {
        (self.it.text.chars().count() / 70 + self.it.text.lines().count() + 1).clamp(3, 24)
    }

    fn is_spoken(&self) -> bool {
        matches!(self.it.kind, UtteranceKind::Turn | UtteranceKind::Paragraph)
    }

    fn beside(&self, number: &i32) -> String {
        self.sent.because(&urls::editor_turn(&self.open.slug, number))
    }

    fn whole(&self) -> String {
        self.sent.because(&urls::editor_briefing(&self.open.slug))
    }

    fn label(&self) -> &str {
        self.it.by.as_ref().map_or("", |by| by.label.as_str())
    }
}
