//! What programs read that come back: parsed back, and held against the rules of each format.

use std::collections::BTreeSet;

use quick_xml::events::Event;
use quick_xml::reader::Reader;

use super::small_archive;
use crate::world::{PUBLIC_URL, World};

/// An element as read back.
#[derive(Debug, Default, Clone)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    fn all(&self, name: &str) -> std::vec::IntoIter<&Self> {
        let named: Vec<&Self> = self.children.iter().filter(|child| child.name == name).collect();
        named.into_iter()
    }

    fn one(&self, name: &str) -> &Self {
        let found: Vec<&Self> = self.all(name).collect();
        assert_eq!(found.len(), 1, "<{name}> in {self:?}");
        found[0]
    }

    fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|one| one.0 == name).map_or("", |one| one.1.as_str())
    }

    fn link(&self, rel: &str) -> &str {
        self.all("link").find(|link| link.attribute("rel") == rel).map_or("", |link| link.attribute("href"))
    }
}

/// Reads a whole document; anything that is not well-formed fails.
fn parsed(text: &str) -> Element {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    let begun = |start: &quick_xml::events::BytesStart<'_>| {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.expect("an attribute");
            let value =
                quick_xml::escape::unescape(std::str::from_utf8(attribute.value.as_ref().as_ref()).expect("text"))
                    .expect("a value")
                    .into_owned();
            (text(attribute.key.as_ref().as_ref()), value)
        });
        Element { name: text(start.name().as_ref().as_ref()), attributes: attributes.collect(), ..Element::default() }
    };
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(start) => open.push(begun(&start)),
            Event::Empty(start) => open.last_mut().expect("a parent").children.push(begun(&start)),
            Event::End(_) => {
                let done = open.pop().expect("an open element");
                open.last_mut().expect("a parent").children.push(done);
            }
            Event::Text(text) => {
                let text = String::from_utf8_lossy(text.as_ref().as_ref()).into_owned();
                open.last_mut().expect("a parent").text.push_str(&text);
            }
            Event::GeneralRef(name) => {
                let entity = format!("&{};", String::from_utf8_lossy(name.as_ref().as_ref()));
                open.last_mut().expect("a parent").text.push_str(&quick_xml::escape::unescape(&entity).expect("known"));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open.len(), 1, "everything is closed");
    open.remove(0).children.remove(0)
}

/// The rules of RFC 4287 for what stands in every feed and every entry.
fn assert_atom(feed: &Element) {
    assert_eq!((feed.name.as_str(), feed.attribute("xmlns")), ("feed", "http://www.w3.org/2005/Atom"));
    let mut ids = BTreeSet::new();
    for element in std::iter::once(feed).chain(feed.all("entry")) {
        assert!(element.one("id").text.starts_with(PUBLIC_URL) && ids.insert(element.one("id").text.clone()));
        assert!(!element.one("title").text.is_empty());
        element.one("updated").text.parse::<jiff::Timestamp>().expect("a moment");
        assert!(element.link("alternate").starts_with(PUBLIC_URL));
    }
    feed.one("author").one("name");
    assert!(feed.link("self").starts_with(PUBLIC_URL));
}

async fn atom(world: &World, address: &str) -> Element {
    let answer = world.get(address).await.assert_status(200);
    assert_eq!(answer.header("content-type"), "application/atom+xml; charset=utf-8");
    let feed = parsed(&answer.text);
    assert_atom(&feed);
    feed
}

#[tokio::test]
async fn any_search_is_a_feed_newest_first() {
    let world = small_archive().await;
    let feed = atom(&world, "/feeds/search.atom?q=norlund&sort=oldest").await;
    assert_eq!(feed.link("self"), "https://onrecord.example/feeds/search.atom?q=norlund");
    assert_eq!(feed.link("alternate"), "https://onrecord.example/search?q=norlund&sort=newest");
    assert_eq!(feed.one("opensearch:totalResults").text, "4");
    let entries: Vec<&Element> = feed.all("entry").collect();
    let first = entries[0];
    assert_eq!(
        first.one("id").text,
        "https://onrecord.example/briefings/2026-03-10-harbour-briefing-by-minister-ada-lind/2"
    );
    assert_eq!(first.one("title").text, "Ada Lind: Good morning. The water in Norlund is rising again.");
    assert_eq!(first.one("updated").text, "2026-01-02T03:04:05Z");
    assert_eq!(first.one("summary").text, "Harbour briefing by Minister Ada Lind, 10 March 2026");
    assert_eq!(entries.last().expect("entries").one("author").one("name").text, "Omar Vesk");
    world.get("/search?q=norlund").await.assert_has(
        "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"This search: newest first\" href=\"/feeds/search.atom?q=norlund\">",
    );
}

#[tokio::test]
async fn feeds_go_on_are_empty_where_nothing_is_and_hold_any_text() {
    let world = small_archive().await;
    world.briefing("A <b> & \"c\"").held_on("2026-05-01").turn("Q", "Norlund <script> & ]]> “é”?").create().await;
    let feed = atom(&world, "/feeds/search.atom?q=norlund&per_page=2").await;
    assert_eq!(feed.all("entry").next().expect("an entry").one("content").text, "Norlund <script> & ]]> “é”?");
    assert!(feed.link("next").contains("page=2") && feed.link("previous").is_empty());
    let second = atom(&world, "/feeds/search.atom?q=norlund&per_page=2&page=2").await;
    assert!(!second.link("previous").is_empty() && second.one("opensearch:startIndex").text == "3");
    let empty = atom(&world, "/feeds/search.atom?q=xylophone").await;
    assert_eq!((empty.all("entry").count(), empty.one("opensearch:totalResults").text.as_str()), (0, "0"));
    let nothing = World::new().await;
    assert_eq!(atom(&nothing, "/feeds/briefings.atom").await.all("entry").count(), 0);
    assert_eq!(atom(&nothing, "/feeds/search.atom").await.all("entry").count(), 0);
    nothing.get("/sitemap.xml").await.assert_status(200);
}

#[tokio::test]
async fn the_newest_briefings_are_a_feed_without_reports() {
    let world = small_archive().await;
    let feed = atom(&world, "/feeds/briefings.atom").await;
    let titles: Vec<&str> = feed.all("entry").map(|entry| entry.one("title").text.as_str()).collect();
    assert_eq!(titles, ["Harbour briefing by Minister Ada Lind", "Weekly briefing by Omar Vesk", "Readout of a call"]);
}

#[tokio::test]
async fn browsers_learn_how_to_search_here() {
    let world = small_archive().await;
    let answer = world.get("/opensearch.xml").await.assert_status(200);
    assert_eq!(answer.header("content-type"), "application/opensearchdescription+xml; charset=utf-8");
    let description = parsed(&answer.text);
    assert_eq!(description.name, "OpenSearchDescription");
    assert_eq!(description.attribute("xmlns"), "http://a9.com/-/spec/opensearch/1.1/");
    assert!(description.one("ShortName").text.chars().count() <= 16);
    assert!(description.one("LongName").text.chars().count() <= 48);
    for url in description.all("Url") {
        let template = url.attribute("template");
        assert!(template.starts_with(PUBLIC_URL), "{template}");
        let asked = template.replace("{searchTerms}", "norlund").replace("{startPage?}", "1");
        let path = asked.strip_prefix(PUBLIC_URL).expect("an address of ours");
        let answer = world.get(path).await.assert_status(200);
        assert!(answer.header("content-type").starts_with(url.attribute("type")), "{path}");
    }
    assert_eq!(description.all("Url").count(), 5);
    world.get("/").await.assert_has(
        "<link rel=\"search\" type=\"application/opensearchdescription+xml\" title=\"Onrecord\" href=\"/opensearch.xml\">",
    );
}

#[tokio::test]
async fn search_engines_find_every_page_and_nothing_else() {
    let world = small_archive().await;
    let robots = world.get("/robots.txt").await.assert_status(200);
    assert!(robots.text.contains("\nSitemap: https://onrecord.example/sitemap.xml\n"), "{}", robots.text);
    let index = parsed(&world.get("/sitemap.xml").await.assert_status(200).text);
    assert_eq!(index.attribute("xmlns"), "http://www.sitemaps.org/schemas/sitemap/0.9");
    let mut listed = Vec::new();
    for part in index.all("sitemap") {
        let path = part.one("loc").text.strip_prefix(PUBLIC_URL).expect("an address of ours").to_owned();
        let part = parsed(&world.get(&path).await.assert_status(200).text);
        assert_eq!(part.name, "urlset");
        for url in part.all("url") {
            let path = url.one("loc").text.strip_prefix(PUBLIC_URL).expect("an address of ours").to_owned();
            world.get(&path).await.assert_page();
            if path.starts_with("/briefings/") {
                assert_eq!(url.one("lastmod").text, "2026-01-02T03:04:05Z");
            }
            listed.push(path);
        }
    }
    assert_eq!(listed.len(), 4 + 2 + 1 + 2, "{listed:?}");
    for none in ["/sitemap.xml?part=briefings-2", "/sitemap.xml?part=drafts-1", "/sitemap.xml?part=x"] {
        world.get(none).await.assert_status(404);
    }
}
