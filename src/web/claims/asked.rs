//! Which claims are asked for: the fields of the form and of the request by programs say the same.

use serde::Deserialize;
use utoipa::IntoParams;

use crate::domain::ClaimKind;
use crate::store::Connection;
use crate::store::claims::{self, Claim, Wanted};
use crate::store::directory::Named;
use crate::web::error::Error;
use crate::web::{App, api, find, urls};

/// The fields, as they stand in the address.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Fields {
    /// Kind of claim.
    #[param(value_type = Option<ClaimKind>)]
    pub kind: Option<String>,
    /// Who speaks: a slug or a name.
    pub speaker: Option<String>,
    /// A subject of the utterance: a slug or a name.
    pub topic: Option<String>,
    /// What the briefing belongs to: a slug or a name.
    pub series: Option<String>,
    /// First day: `2026-03-10`, or a month or year.
    pub from: Option<String>,
    /// Last day: the same.
    pub to: Option<String>,
    /// `yes`: only claims of which a fact-checker’s review is known.
    pub reviewed: Option<String>,
    /// Order: `newest`, or `worth`, what most deserves a check first. Not `worth` with a speaker: nobody is ranked by what a
    /// machine guesses.
    #[param(schema_with = orders)]
    pub sort: Option<String>,
    /// Page, from 1.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 10_000)]
    pub page: Option<String>,
    /// Claims on a page, 20 unless said otherwise.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100)]
    pub per_page: Option<String>,
}

/// The orders as they stand in the address.
fn orders() -> utoipa::openapi::schema::Object {
    api::one_of("Order.", ["newest", "worth"])
}

impl Fields {
    /// The fields in the order of the form.
    fn pairs(&self) -> [(&'static str, &str); 10] {
        [
            ("kind", &self.kind),
            ("speaker", &self.speaker),
            ("topic", &self.topic),
            ("series", &self.series),
            ("from", &self.from),
            ("to", &self.to),
            ("reviewed", &self.reviewed),
            ("sort", &self.sort),
            ("page", &self.page),
            ("per_page", &self.per_page),
        ]
        .map(|(name, value)| (name, value.as_deref().unwrap_or_default()))
    }

    /// The address of these claims with some fields changed.
    pub fn with(&self, changes: &[(&str, &str)]) -> String {
        urls::changed(urls::CLAIMS, &self.pairs(), changes)
    }

    /// Whether only some of the claims are asked for.
    pub fn restrict(&self) -> bool {
        self.pairs().iter().any(|(name, value)| !matches!(*name, "sort" | "page" | "per_page") && !value.is_empty())
    }
}

/// A request as understood.
pub struct Asked {
    /// Which claims.
    pub wanted: Wanted,
    /// What most deserves a check first; else the newest.
    pub by_worth: bool,
    /// What was changed to make sense of it, as sentences.
    pub repairs: Vec<String>,
    /// Whom the speaker field names.
    pub speakers: Vec<Named>,
    /// What the topic field names.
    pub topics: Vec<Named>,
    /// What the series field names.
    pub series: Vec<Named>,
    /// The page, from 1.
    pub page: usize,
    /// Claims on a page.
    pub per_page: usize,
}

impl Asked {
    /// Claims on the pages before this one.
    pub const fn skipped(&self) -> usize {
        (self.page - 1) * self.per_page
    }

    /// How many there are in all, and those of the page.
    pub async fn page(&self, conn: &mut Connection) -> Result<(i64, Vec<Claim>), Error> {
        let (skip, take) = (self.skipped() as i64, self.per_page as i64);
        let spread = claims::spread(conn, &self.wanted).await?;
        let claims = if self.by_worth {
            claims::worthiest(conn, &self.wanted, skip, take).await?
        } else {
            claims::newest(conn, &self.wanted, &spread, skip, take).await?
        };
        Ok((spread.total(), claims))
    }
}

/// Understands a request as a search does: what cannot be meant is left out, and said.
pub async fn understand(app: &App, conn: &mut Connection, fields: &Fields) -> Result<Asked, Error> {
    let read = find::understand(app, conn, &find::Fields::shared(&fields.pairs())).await?;
    let mut repairs = read.repairs;
    let kind = fields.kind.as_deref().and_then(ClaimKind::parse);
    if let (Some(word), None) = (&fields.kind, kind) {
        let kinds = ClaimKind::ALL.map(ClaimKind::as_str).join(", ");
        repairs.push(format!("“{word}” is no kind of claim, and was left out. There are {kinds}."));
    }
    let filters = read.query.filters;
    // What the machine finds worth a check is a guess, and nobody is ranked by it.
    let by_worth = fields.sort.as_deref() == Some("worth") && fields.speaker.is_none();
    Ok(Asked {
        wanted: Wanted {
            kind,
            speakers: filters.speakers,
            topics: filters.topics,
            series: filters.series,
            from: filters.from,
            to: filters.to,
            reviewed: fields.reviewed.is_some(),
        },
        by_worth,
        repairs,
        speakers: read.speakers,
        topics: read.topics,
        series: read.series,
        page: read.page,
        per_page: read.query.limit,
    })
}
