//! What a page says about itself: title, address, day of publication, language, publisher.

use scraper::{ElementRef, Html, Selector};

use super::content;
use crate::transcript::blocks::Metadata;
use crate::transcript::format::front_matter::{day, moment};
use crate::transcript::prose;

/// Reads `<meta>`, `<link>`, `<title>`, `<time>` and the main heading.
pub fn read(html: &Html, page: bool) -> Metadata {
    let meta = |names: &[&str]| names.iter().find_map(|name| meta(html, name));
    let issuer = meta(&["og:site_name", "DC.publisher", "dcterms.publisher", "citation_publisher"])
        .map(|issuer| issuer.split(". ").next().unwrap_or_default().to_owned());
    let heading = main_heading(html);
    let title = heading
        .or_else(|| {
            meta(&["og:title", "twitter:title", "DC.title", "dcterms.title"])
                .map(|title| unbranded(&title, issuer.as_deref()))
        })
        .or_else(|| first(html, "head title").map(|title| unbranded(&title, issuer.as_deref())));
    let published = meta(&[
        "article:published_time",
        "datePublished",
        "DC.date",
        "dcterms.date",
        "dcterms.created",
        "pubdate",
        "date",
        "publish-date",
    ])
    .and_then(|value| day(&value))
    .or_else(|| if page { time_element(html) } else { None });
    Metadata {
        title,
        date: None,
        published,
        published_at: meta(&["article:published_time", "datePublished"]).and_then(|value| moment(&value)),
        url: link(html, "canonical").or_else(|| meta(&["og:url"])).filter(|url| url.starts_with("http")),
        issuer,
        language: language(html),
        place: None,
        author: meta(&["author", "article:author", "parsely-author", "sailthru.author"])
            .filter(|author| author.split_whitespace().count() <= 6 && !author.starts_with("http")),
    }
}

fn select<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    Selector::parse(selector).map_or_else(|_| Vec::new(), |selector| html.select(&selector).collect())
}

fn text(element: ElementRef<'_>) -> Option<String> {
    let text = prose::line(&element.text().collect::<Vec<_>>().join(" "));
    (!text.is_empty()).then_some(text)
}

fn first(html: &Html, selector: &str) -> Option<String> {
    select(html, selector).into_iter().find_map(text)
}

/// The only visible `<h1>`, or the first one that is not in the page's furniture.
fn main_heading(html: &Html) -> Option<String> {
    let headings: Vec<ElementRef<'_>> =
        select(html, "h1").into_iter().filter(|heading| !content::is_furniture_inside(*heading)).collect();
    headings.into_iter().find_map(|heading| text(heading).filter(|text| text.chars().count() >= 4))
}

fn meta(html: &Html, name: &str) -> Option<String> {
    select(html, "meta").into_iter().find_map(|element| {
        let value = element.value();
        let named = ["property", "name", "itemprop", "http-equiv"]
            .iter()
            .any(|key| value.attr(key).is_some_and(|other| other.eq_ignore_ascii_case(name)));
        named.then(|| value.attr("content").map(prose::line)).flatten().filter(|text| !text.is_empty())
    })
}

fn link(html: &Html, relation: &str) -> Option<String> {
    select(html, "link").into_iter().find_map(|element| {
        let value = element.value();
        value
            .attr("rel")
            .is_some_and(|rel| rel.eq_ignore_ascii_case(relation))
            .then(|| value.attr("href").map(str::to_owned))
            .flatten()
    })
}

fn language(html: &Html) -> Option<String> {
    let declared = html.root_element().value().attr("lang").map(str::to_owned);
    declared.or_else(|| meta(html, "og:locale")).or_else(|| meta(html, "content-language"))
}

/// The day in a `<time>` element of the page itself, before the furniture of related posts.
fn time_element(html: &Html) -> Option<jiff::civil::Date> {
    select(html, "time").into_iter().filter(|element| !content::is_furniture_inside(*element)).find_map(|element| {
        element.value().attr("datetime").and_then(day).or_else(|| text(element).and_then(|text| day(&text)))
    })
}

/// A page title without the site's name at its end: "Press Briefing | The White House".
fn unbranded(title: &str, issuer: Option<&str>) -> String {
    for separator in [" | ", " – ", " — ", " - ", " :: "] {
        if let Some((start, end)) = title.rsplit_once(separator)
            && start.split_whitespace().count() >= 2
            && (separator == " | "
                || issuer.is_some_and(|issuer| issuer.eq_ignore_ascii_case(end.trim()))
                || end.trim_end().to_lowercase().ends_with(".gov"))
        {
            return start.trim().to_owned();
        }
    }
    title.to_owned()
}
