//! `POST /api/v1/check`: whether somebody said it, for programs.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::Object;

use super::shapes::{BriefingHead, Said};
use crate::analysis::comparison::{InMarks, Place, Reported, Verdict};
use crate::web::cache::Policy;
use crate::web::check::{self, Answer, Asked, Checked, Fields, Told, statement};
use crate::web::coverage;
use crate::web::error::Error;
use crate::web::extract;
use crate::web::{App, api};

/// The answer.
#[derive(Serialize, ToSchema)]
#[schema(as = Check)]
struct Shape {
    #[serde(flatten)]
    checked: CheckedShape,
    /// Of an article: every quotation in marks.
    #[serde(skip_serializing_if = "Option::is_none")]
    quotations: Option<Vec<QuotationShape>>,
    /// What the archive holds of the alleged speaker and the days asked for.
    coverage: coverage::Shape,
}

/// What was found out about one quotation.
#[derive(Serialize, ToSchema)]
#[schema(as = Checked)]
struct CheckedShape {
    #[schema(schema_with = verdicts)]
    verdict: &'static str,
    /// What the changes change, or what else is amiss: `negation`, `number`, `name`, `tense`, `date`, `speaker`.
    warnings: Vec<&'static str>,
    /// The same as a sentence.
    statement: String,
    passages: Vec<PassageShape>,
}

/// A quotation of an article.
#[derive(Serialize, ToSchema)]
#[schema(as = Quotation)]
struct QuotationShape {
    quote: String,
    /// Where it stands in the article with its marks, in Unicode scalar values.
    span: (usize, usize),
    #[serde(flatten)]
    checked: CheckedShape,
}

/// A passage with what in it the quotation has.
#[derive(Serialize, ToSchema)]
#[schema(as = Passage)]
struct PassageShape {
    #[serde(flatten)]
    said: Said,
    briefing: BriefingHead,
    /// Where the words of the quotation stand in the text, in Unicode characters.
    spans: Vec<(usize, usize)>,
    differences: Vec<DifferenceShape>,
    /// The words are taken up: `reported` as somebody else's, or `rejected`.
    taken_up: Option<&'static str>,
    /// Part of the quotation's words that stand here, in order, from 0 to 1.
    similarity: f32,
    /// What was said just before.
    before: Option<Said>,
    /// What was said just after.
    after: Option<Said>,
}

/// Words that differ.
#[derive(Serialize, ToSchema)]
#[schema(as = Difference)]
struct DifferenceShape {
    /// In the record.
    was: String,
    /// In the quotation.
    is: String,
    warnings: Vec<&'static str>,
}

/// Tells whether somebody said it
///
/// Lays a quotation, or each quotation of an article, beside the record word by word. The answer has the verdict, the passages
/// it rests on, and what the archive holds of the speaker and days at all: what is not found may be in what is not held.
#[utoipa::path(
    post,
    path = "/api/v1/check",
    operation_id = "check",
    tag = "Asking",
    request_body(content = Fields, description = "The quotation, and who is said to have said it."),
    responses((status = 200, body = Shape, description = "The verdict.")),
)]
pub async fn show(State(app): State<App>, extract::Json(fields): extract::Json<Fields>) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let asked = check::understand(&app, &mut conn, &fields).await?;
    if asked.text.is_empty() {
        return Err(Error::BadRequest("“quote” is missing: send the words to look for.".to_owned()));
    }
    let coverage = check::covered(&app, &asked).await?.shape(&app);
    let shape = match check::check(&app, &mut conn, &asked).await? {
        Answer::One(checked) => Shape { checked: shape(&app, &asked, checked), quotations: None, coverage },
        Answer::Article(quotations) => article(&app, &asked, quotations, coverage),
    };
    Ok((Policy::Never, Json(shape)).into_response())
}

/// The words of [`Verdict`].
fn verdicts() -> Object {
    let words = [
        Verdict::Verbatim,
        Verdict::Altered,
        Verdict::Spliced,
        Verdict::OtherSpeaker,
        Verdict::InQuestion,
        Verdict::Quoted,
        Verdict::Paraphrase,
        Verdict::NotFound,
    ];
    api::one_of(
        "How the quotation stands; of an article, that of the one that stands worst.",
        words.map(Verdict::as_str),
    )
}

/// An article has the verdict of its quotation that stands worst.
fn article(app: &App, asked: &Asked, quotations: Vec<(InMarks, Checked)>, coverage: coverage::Shape) -> Shape {
    let worst = quotations.iter().map(|(_, checked)| checked.finding.verdict).max_by_key(|verdict| gravity(*verdict));
    let checked = CheckedShape {
        verdict: worst.unwrap_or(Verdict::NotFound).as_str(),
        warnings: Vec::new(),
        statement: statement::article(quotations.iter().map(|(_, checked)| checked.finding.verdict)),
        passages: Vec::new(),
    };
    let quotations = quotations
        .into_iter()
        .map(|(one, checked)| QuotationShape {
            quote: checked.quotation.clone(),
            span: (one.start, one.end),
            checked: shape(app, asked, checked),
        })
        .collect();
    Shape { checked, quotations: Some(quotations), coverage }
}

/// How badly a quotation stands.
fn gravity(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Verbatim => 0,
        Verdict::NotFound => 1,
        Verdict::Paraphrase => 2,
        Verdict::Quoted => 3,
        Verdict::InQuestion => 4,
        Verdict::OtherSpeaker => 5,
        Verdict::Altered => 6,
        Verdict::Spliced => 7,
    }
}

fn shape(app: &App, asked: &Asked, checked: Checked) -> CheckedShape {
    let mut warnings: Vec<&'static str> = checked.finding.warnings.iter().map(|warning| warning.as_str()).collect();
    if checked.other_days {
        warnings.push("date");
    }
    if statement::leaves_open_who(asked, &checked) {
        warnings.push("speaker");
    }
    let statement = statement::sentence(asked, &checked);
    let Checked { finding, passages, .. } = checked;
    let passages = finding.places.into_iter().zip(passages).map(|(place, told)| passage(app, place, &told)).collect();
    CheckedShape { verdict: finding.verdict.as_str(), warnings, statement, passages }
}

fn passage(app: &App, place: Place, told: &Told) -> PassageShape {
    let slug = &told.found.briefing.slug;
    let beside = |utterance: &Option<_>| utterance.as_ref().map(|utterance| Said::of(app, slug, utterance));
    PassageShape {
        said: Said::of(app, slug, &told.found.utterance),
        briefing: BriefingHead::of(app, &told.found.briefing),
        spans: place.spans,
        differences: place
            .differences
            .into_iter()
            .map(|one| DifferenceShape {
                was: one.was,
                is: one.is,
                warnings: one.warnings.iter().map(|warning| warning.as_str()).collect(),
            })
            .collect(),
        taken_up: place.reported.map(|reported| match reported {
            Reported::AsTheirs => "reported",
            Reported::Rejected => "rejected",
        }),
        similarity: place.similarity,
        before: beside(&told.before),
        after: beside(&told.after),
    }
}
