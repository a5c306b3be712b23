//! `GET /sitemap.xml`, its parts, and `GET /robots.txt`: what search engines may read, and where it is.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Deserialize;

use super::atom::moment;
use super::xml::Document;
use crate::store::directory::Family;
use crate::store::publication;
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::Query;
use crate::web::{App, urls};

/// Addresses in one part: the protocol allows 50,000.
const ADDRESSES: usize = 50_000;
const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");
const MEDIA_TYPE: &str = "application/xml; charset=utf-8";

/// Addresses of these pages stand in parts of their own.
const PARTS: [&str; 4] = ["briefings", "speakers", "topics", "series"];

/// The query: a part such as "briefings-1", or nothing for the list of parts.
#[derive(Deserialize)]
pub struct Fields {
    part: Option<String>,
}

/// An address with when it last changed, where that is known.
type Address = (String, Option<Timestamp>);

/// The handler.
pub async fn show(State(app): State<App>, Query(fields): Query<Fields>) -> Result<Response, Error> {
    match fields.part {
        None => index(&app).await,
        Some(part) => {
            let (kind, number) = part.rsplit_once('-').ok_or(Error::NotFound)?;
            let number: usize = number.parse().ok().filter(|number| *number > 0).ok_or(Error::NotFound)?;
            let addresses = addresses(&app, kind, number - 1).await?;
            if addresses.is_empty() { Err(Error::NotFound) } else { Ok(urlset(&app, &addresses)) }
        }
    }
}

/// `GET /robots.txt`.
pub async fn robots(State(app): State<App>) -> Response {
    // Searches, trends, choices of claims and of questions are without end; what they find has pages of its own.
    let text = format!(
        "User-agent: *\nDisallow: /editor\nDisallow: {}\nDisallow: {}?\nDisallow: {}\nDisallow: {}?\nDisallow: {}?\n\nSitemap: {}\n",
        urls::SEARCH,
        urls::TRENDS,
        urls::TRENDS_CSV,
        urls::QUESTIONS,
        urls::CLAIMS,
        app.absolute(urls::SITEMAP)
    );
    (Policy::Archive, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// The list of parts.
async fn index(app: &App) -> Result<Response, Error> {
    let overview = app.overview().await?;
    let count = |family| overview.names().of(family).count();
    let all = (overview.extent.briefings + overview.extent.reports) as usize;
    let counts = [all, count(Family::Speaker), count(Family::Topic), count(Family::Series)];
    let mut document = Document::new("sitemapindex", &[NAMESPACE]);
    for (kind, count) in PARTS.into_iter().zip(counts) {
        for number in 1..=count.div_ceil(ADDRESSES) {
            document.open("sitemap", &[]);
            document.words("loc", &[], &app.absolute(&format!("{}?part={kind}-{number}", urls::SITEMAP)));
            document.close();
        }
    }
    // A list without any part is not valid: an empty archive still has its front page.
    if counts.iter().all(|count| *count == 0) {
        return Ok(urlset(app, &[(app.absolute(urls::HOME), None)]));
    }
    Ok(document.answer(MEDIA_TYPE))
}

/// The addresses of one part.
async fn addresses(app: &App, kind: &str, part: usize) -> Result<Vec<Address>, Error> {
    let mut conn = app.pool.acquire().await?;
    let dated = |path: String, updated: Timestamp| (app.absolute(&path), Some(updated));
    let family = match kind {
        "briefings" => {
            let some = publication::briefings(&mut conn, (part * ADDRESSES) as i64, ADDRESSES as i64).await?;
            return Ok(some.into_iter().map(|one| dated(urls::briefing(&one.slug), one.updated)).collect());
        }
        "series" if part == 0 => {
            let some = publication::series(&mut conn).await?;
            return Ok(some.into_iter().map(|one| dated(urls::series(&one.slug), one.updated)).collect());
        }
        "speakers" => Family::Speaker,
        "topics" => Family::Topic,
        _ => return Ok(Vec::new()),
    };
    let overview = app.overview().await?;
    let some = overview.names().of(family).skip(part * ADDRESSES).take(ADDRESSES);
    Ok(some.map(|one| (app.absolute(&one.url()), None)).collect())
}

fn urlset(app: &App, addresses: &[Address]) -> Response {
    let mut document = Document::new("urlset", &[NAMESPACE]);
    debug_assert!(addresses.iter().all(|(url, _)| url.starts_with(&app.settings.public_url)));
    for (url, updated) in addresses {
        document.open("url", &[]);
        document.words("loc", &[], url);
        if let Some(updated) = updated {
            document.words("lastmod", &[], &moment(*updated));
        }
        document.close();
    }
    document.answer(MEDIA_TYPE)
}
