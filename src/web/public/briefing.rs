//! `GET /briefings/{slug}`: one briefing, every word of it.

use axum::extract::State;
use serde::Deserialize;

use super::cite::{self, Pin};
use super::cite_view::CiteView;
use super::glance::{self, Share, Stretch};
use super::noted::Notes;
use super::reading::{self, NoSuchPart, Offer, Part};
use super::turns::{self, Piece, Section};
use crate::domain::{Attribution, Audience, BriefingStatus, Origin, Rights};
use crate::search::{self, language, snippet};
use crate::store::briefings::{self, Briefing, Neighbour, Revision};
use crate::store::directory::Named;
use crate::store::transcripts::{self, Text};
use crate::store::{exchanges, utterances};
use crate::web::error::Error;
use crate::web::extract::{Path, Query};
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// Utterances up to which a text is taken in without a search.
const SHORT: usize = 12;

/// The query.
#[derive(Deserialize)]
pub struct Fields {
    /// A search whose matches are to be shown.
    highlight: Option<String>,
    /// Only what this speaker says.
    speaker: Option<String>,
    /// `questions`: only what reporters ask.
    only: Option<String>,
}

/// The page.
#[derive(askama::Template)]
#[template(path = "public/briefing.html")]
pub struct BriefingPage {
    frame: Frame,
    briefing: Briefing,
    texts: Vec<Text>,
    head: Vec<Piece>,
    sections: Vec<Section>,
    shares: Vec<Share>,
    bar: Vec<Stretch>,
    topics: Vec<(Named, usize)>,
    /// Before and after in the same series.
    around: [Option<Neighbour>; 2],
    /// The state of the text that is shown, and how to cite it; a withdrawn briefing has neither.
    revision: Option<Revision>,
    cite: Option<CiteView>,
    /// Long enough to look for words in it.
    long: bool,
    /// Who was linked to which label by the machine, and by editors.
    links: [Vec<String>; 2],
    /// The search whose matches are shown, and the numbers of the utterances that have any.
    highlight: Option<(String, Vec<i32>)>,
    /// Matches in what is left out.
    hidden_hits: usize,
    /// The part that is shown, if not all of it.
    part: Option<Part>,
    /// A part that was asked for and does not exist.
    no_part: Option<String>,
    /// The parts that can be chosen.
    offers: Vec<Offer>,
    /// The address of all of it, and of all of it without marks.
    whole: String,
    unmarked: String,
    fields: Fields,
}

/// The handler.
pub async fn show(
    frame: Frame,
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(fields): Query<Fields>,
    Query(pin): Query<Pin>,
) -> Result<Page<BriefingPage>, Error> {
    let mut conn = app.pool.acquire().await?;
    let briefing = briefings::find(&mut conn, &slug).await?.ok_or(Error::NotFound)?;
    let (revision, texts, utterances) = if briefing.status == BriefingStatus::Published {
        let id = briefing.listed.id;
        let revision = briefings::revision(&mut conn, id, pin.number()?).await?.ok_or(Error::NotFound)?;
        let utterances = utterances::of_revision(&mut conn, revision.id, Audience::Readers, 0, i32::MAX).await?;
        (Some(revision), transcripts::texts(&mut conn, id).await?, utterances)
    } else {
        Default::default()
    };
    let citation = texts.first().zip(revision.as_ref()).map(|(text, now)| cite::whole(&app, &briefing, text, now));
    let path = urls::briefing(&slug);
    let (part, no_part) = match Part::of(&utterances, fields.speaker.as_deref(), fields.only.as_deref()) {
        Some(Ok(part)) => (Some(part), None),
        Some(Err(NoSuchPart(reason))) => (None, Some(reason)),
        None => (None, None),
    };
    let sought = fields.highlight.as_deref().map(language::read).and_then(|reading| reading.expr);
    let language = briefing.listed.language.as_deref();
    let (mut marked, mut hidden_hits) = (Vec::new(), 0);
    let (mut head, mut sections) = turns::sections(&slug, &utterances, |utterance| match &sought {
        Some(expr) if search::matches(&utterance.text, language, expr) => {
            if part.as_ref().is_none_or(|part| part.shows(utterance.position)) {
                marked.extend(utterance.number);
            } else {
                hidden_hits += 1;
            }
            snippet::highlights(&utterance.text, language, expr)
        }
        _ => Vec::new(),
    });
    if let Some(revision) = &revision {
        let exchanges = exchanges::of_revision(&mut conn, briefing.listed.id, revision.id).await?;
        Notes::of(&exchanges, |number| format!("#{number}"))
            .put(sections.iter_mut().flat_map(|section| &mut section.pieces));
    }
    if let Some(part) = &part {
        part.cut(&mut head, &mut sections);
    }
    reading::steps(&mut sections, &marked);
    let highlight = sought.map(|expr| (expr.to_string(), marked));
    let links = [Origin::Machine, Origin::Editor].map(|origin| turns::links(&utterances, origin));
    let shares = glance::shares(&utterances);
    let sought = highlight.as_ref().map_or("", |highlight| highlight.0.as_str());
    let address = urls::briefing(&slug);
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    Ok(Page(BriefingPage {
        long: utterances.len() > SHORT || highlight.is_some(),
        cite: citation.map(|citation| CiteView::of(&app, &citation, &path, &slug, None)),
        revision,
        topics: glance::topics(&app.overview().await?.directory.topics, &utterances),
        around: briefings::neighbours(&mut conn, briefing.listed.id).await?,
        bar: glance::bar(&shares),
        offers: reading::offers(&slug, &utterances, &shares, sought, part.as_ref()),
        whole: urls::with_query(&address, &[("highlight", sought)]),
        unmarked: urls::with_query(&address, &[("speaker", &text(&fields.speaker)), ("only", &text(&fields.only))]),
        hidden_hits,
        part,
        no_part,
        fields,
        links,
        frame,
        briefing,
        texts,
        head,
        sections,
        shares,
        highlight,
    }))
}

impl BriefingPage {
    /// "2:13 p.m. EDT", "2:13 p.m. to 3:05 p.m. EDT".
    fn hours(&self) -> Option<String> {
        let starts = phrase::time(self.briefing.listed.starts?);
        let zone = self.briefing.listed.zone.as_deref().unwrap_or_default();
        let hours = match self.briefing.ends {
            Some(ends) => format!("{starts} to {} {zone}", phrase::time(ends)),
            None => format!("{starts} {zone}"),
        };
        Some(hours.trim_end().to_owned())
    }
}
