//! `POST /editor/drafts/{slug}/schedule`: when a draft is to be published by itself.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::editorial::{self, ScheduleRefused};
use crate::store::waiting::{self, Waiting};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Editor, Form, Path};
use crate::web::{App, phrase, urls};

/// The form.
#[derive(Deserialize)]
pub struct Fields {
    /// As a browser writes it: 2026-03-14T14:00, where the series is at home; empty to take it back.
    #[serde(default)]
    at: String,
}

/// The zone in which times of a draft are given, with its name: that of its series.
pub fn zone(of_series: Option<&str>) -> (TimeZone, String) {
    let named = of_series.and_then(|name| Some((TimeZone::get(name).ok()?, name.to_owned())));
    named.unwrap_or((TimeZone::UTC, "UTC".to_owned()))
}

/// The handler.
pub async fn set(
    editor: Editor,
    State(app): State<App>,
    Path(slug): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Error> {
    let now = (app.clock)();
    let mut tx = app.pool.begin().await?;
    let draft = waiting::find(&mut tx, &slug).await?.ok_or(Error::NotFound)?;
    let at = match fields.at.trim() {
        "" => None,
        text => Some(moment(text, &draft)?),
    };
    editorial::schedule(&mut tx, &draft, at, &editor.actor, now).await?.map_err(|refused| {
        Error::BadRequest(match refused {
            ScheduleRefused::SameEvent => super::same_event::UNSETTLED.to_owned(),
            ScheduleRefused::Past => "That moment has passed. Give a later one, or publish the draft now.".to_owned(),
            ScheduleRefused::Held(until) => {
                format!("It is held back until {}. Give that moment or a later one.", phrase::moment(until))
            }
        })
    })?;
    tx.commit().await?;
    Ok((Policy::Never, Redirect::to(&urls::editor_draft(&slug))).into_response())
}

fn moment(text: &str, draft: &Waiting) -> Result<Timestamp, Error> {
    let unreadable =
        || Error::BadRequest("A moment is written as 2026-03-14T14:00. Please go back and fill it in.".to_owned());
    let local: DateTime = text.parse().map_err(|_| unreadable())?;
    Ok(zone(draft.time_zone.as_deref()).0.to_zoned(local).map_err(|_| unreadable())?.timestamp())
}
