//! `POST /editor/briefings/{slug}/rights`: an editor says what readers may see of words and names.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::domain::{Attribution, Rights};
use crate::editorial::{self, RightsWanted};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Editor, Form, Path};
use crate::web::{App, urls};

/// What one of the two forms sends: of the whole briefing, or of one label.
#[derive(Debug, Deserialize)]
pub struct Sent {
    label: Option<String>,
    rights: Option<String>,
    attribution: String,
    #[serde(default)]
    attributed_to: String,
}

/// The handler: returns when readers see it.
pub async fn set(
    editor: Editor,
    State(app): State<App>,
    Path(slug): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Error> {
    let unclear = || Error::BadRequest("The form is incomplete. Go back, and send it from the page again.".to_owned());
    let attribution = Attribution::parse(&sent.attribution);
    let now = (app.clock)();
    let mut tx = app.pool.begin().await?;
    let position = match &sent.label {
        Some(label) => {
            if attribution.is_none() && !sent.attribution.is_empty() {
                return Err(unclear());
            }
            let wanted = (attribution, sent.attributed_to.as_str());
            editorial::set_label_attribution(&mut tx, &slug, label, wanted, &editor.actor, now).await?
        }
        None => {
            let wanted = RightsWanted {
                rights: sent.rights.as_deref().and_then(Rights::parse).ok_or_else(unclear)?,
                attribution: attribution.ok_or_else(unclear)?,
                attributed_to: &sent.attributed_to,
            };
            editorial::set_rights(&mut tx, &slug, wanted, &editor.actor, now).await?
        }
    };
    let position = position.ok_or(Error::NotFound)?;
    tx.commit().await?;
    if let Some(position) = position {
        super::shown(&app, position as u64).await;
    }
    app.kept.clear();
    Ok((Policy::Never, Redirect::to(&format!("{}#rights", urls::editor_briefing(&slug)))).into_response())
}
