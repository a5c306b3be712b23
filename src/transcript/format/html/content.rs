//! Finds the transcript in a page: what is furniture, and which element holds the words.

use std::collections::HashMap;

use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{ElementRef, Html, Node, Selector};

use crate::transcript::head_words::has_office_word;
use crate::transcript::labels;

/// Elements that never hold words of the text.
const NEVER: &str = "script|style|noscript|template|svg|iframe|object|embed|select|button|input|textarea|head|audio|video|canvas|\
    math|dialog|datalist|map";
/// Elements that are furniture of a page.
const PAGE: &str = "nav|footer|aside|form|figure|menu";
const ROLES: &str =
    "navigation|banner|contentinfo|complementary|search|dialog|alert|alertdialog|menu|menubar|toolbar|tablist";
/// Parts of class names and ids, between dashes and underscores, that name furniture.
const WORDS: &str = "share|sharing|social|related|breadcrumb|breadcrumbs|menu|nav|navbar|navigation|cookie|cookies|consent|gdpr|\
    newsletter|subscribe|subscription|signup|sidebar|footer|popup|modal|overlay|skip|comments|comment|advert|\
    advertisement|ads|promo|promoted|pagination|pager|toolbar|widget|banner|masthead|topbar|recommended|\
    recirculation|trending|follow|sr|visuallyhidden|hidden|screenreader|byline|tags|taglist|toc|teaser|teasers|\
    search|login|print|addthis|addtoany|disclaimer|alert|feedback|survey|carousel|gallery|slideshow|caption|credit|\
    outbrain|taboola|disqus";

/// Whether the text is a whole page and not only a body.
pub fn is_page(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let marks = ["<html", "<head>", "<head ", "<body", "<nav", "<footer", "<!doctype"];
    marks.iter().filter(|mark| lower.contains(*mark)).count() >= 2
}

/// Whether an element of a page or body is no part of the text. `small` says that it holds little of it.
pub fn is_furniture(element: &Element, page: bool) -> bool {
    let name = element.name();
    if NEVER.split('|').any(|other| other == name) || is_hidden(element) {
        return true;
    }
    page && (PAGE.split('|').any(|other| other == name)
        || element.attr("role").is_some_and(|role| ROLES.split('|').any(|other| other == role))
        || has_furniture_name(element))
}

fn is_hidden(element: &Element) -> bool {
    let style = element.attr("style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
    element.attr("hidden").is_some()
        || element.attr("aria-hidden").is_some_and(|value| value.eq_ignore_ascii_case("true"))
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

fn has_furniture_name(element: &Element) -> bool {
    let mut names = element.classes().chain(element.id());
    names.any(|name| {
        let lower = name.to_ascii_lowercase();
        // A modifier ("header--has-share") says something about an element that is something else.
        let base = lower.split("--").next().unwrap_or_default();
        base.split(['-', '_']).any(|part| WORDS.split('|').any(|other| other == part))
            || base.contains("visually-hidden")
            || base.contains("screen-reader")
    })
}

/// Whether an element stands in furniture of the page; `<header>` does not count, it may hold the title.
pub fn is_furniture_inside(element: ElementRef<'_>) -> bool {
    element.ancestors().filter_map(ElementRef::wrap).any(|parent| {
        !matches!(parent.value().name(), "body" | "html")
            && is_furniture(parent.value(), true)
            && !is_heavy(*parent, parent.value())
    })
}

/// The element that holds the words.
pub fn root(html: &Html, page: bool) -> NodeRef<'_, Node> {
    let body = Selector::parse("body").ok().and_then(|selector| html.select(&selector).next());
    let body = body.map_or_else(|| *html.root_element(), |body| *body);
    if !page {
        return body;
    }
    let mut weights = Weights::default();
    weights.measure(body);
    let Some(best) = weights.best(body) else { return body };
    weights.widen(best, body)
}

/// How many words each element holds, all in all and in links.
#[derive(Default)]
struct Weights {
    words: HashMap<NodeId, usize>,
    linked: HashMap<NodeId, usize>,
    score: HashMap<NodeId, usize>,
}

impl Weights {
    /// Counts words below a node, furniture left out, and gives each paragraph's words to its parent.
    fn measure(&mut self, node: NodeRef<'_, Node>) -> (usize, usize) {
        let (mut words, mut linked) = (0, 0);
        for child in node.children() {
            match child.value() {
                Node::Text(text) => words += text.split_whitespace().count(),
                Node::Element(element) if !is_furniture(element, true) || is_heavy(child, element) => {
                    let (inner, inner_linked) = self.measure(child);
                    words += inner;
                    linked += if element.name() == "a" { inner } else { inner_linked };
                    if is_paragraph(child, element.name()) {
                        *self.score.entry(node.id()).or_default() += inner.saturating_sub(inner_linked);
                    } else if element.name() == "br" && !is_named(node, "p") {
                        *self.score.entry(node.id()).or_default() += 12;
                    }
                }
                _ => {}
            }
        }
        self.words.insert(node.id(), words);
        self.linked.insert(node.id(), linked);
        (words, linked)
    }

    fn best<'a>(&self, body: NodeRef<'a, Node>) -> Option<NodeRef<'a, Node>> {
        body.descendants()
            .max_by_key(|node| self.score.get(&node.id()).copied().unwrap_or_default())
            .filter(|node| self.score.contains_key(&node.id()))
    }

    /// Goes up while the parent adds a little text that belongs (an end mark put outside), not a page's worth.
    fn widen<'a>(&self, best: NodeRef<'a, Node>, body: NodeRef<'a, Node>) -> NodeRef<'a, Node> {
        let of =
            |map: &HashMap<NodeId, usize>, node: NodeRef<'_, Node>| map.get(&node.id()).copied().unwrap_or_default();
        let mut chosen = best;
        let mut at = best;
        while let Some(parent) = at.parent().filter(|parent| parent.id() != body.id()) {
            let (inside, all) = (of(&self.words, chosen), of(&self.words, parent));
            let linked = of(&self.linked, parent).saturating_sub(of(&self.linked, chosen));
            let added = all.saturating_sub(inside);
            let main = at.value().as_element().is_some_and(|element| {
                matches!(element.name(), "main" | "article") || element.attr("role") == Some("main")
            });
            if main {
                break;
            }
            // Sections of one text side by side weigh about as much; menus and lists of posts are links.
            let header = has_heading(parent, chosen);
            let small = added > 40 && added * 3 < inside && !has_labels(parent, chosen);
            if added > 0 && (linked * 3 > added || small || header) {
                break;
            }
            at = parent;
            if added > 0 || of(&self.score, parent) > 0 {
                chosen = parent;
            }
        }
        chosen
    }
}

fn is_named(node: NodeRef<'_, Node>, name: &str) -> bool {
    node.value().as_element().is_some_and(|element| element.name() == name)
}

/// Elements that hold a paragraph: `<p>` and the like, and a `<div>` that holds nothing but words.
fn is_paragraph(node: NodeRef<'_, Node>, name: &str) -> bool {
    matches!(name, "p" | "pre" | "blockquote" | "li" | "td" | "dd" | "h2" | "h3")
        || name == "div"
            && node.children().all(|child| {
                child.value().as_element().is_none_or(|element| {
                    matches!(element.name(), "b" | "strong" | "i" | "em" | "span" | "a" | "br" | "u" | "s")
                })
            })
}

/// Whether what the parent adds holds words of speakers.
fn has_labels(parent: NodeRef<'_, Node>, chosen: NodeRef<'_, Node>) -> bool {
    parent
        .children()
        .filter(|child| child.id() != chosen.id())
        .flat_map(|child| child.descendants())
        .any(|node| node.value().as_text().is_some_and(|text| labels::is_strong(text.trim_start())))
}

/// Whether what the parent adds holds the page's title: then it is the head of the page, not of the text.
fn has_heading(parent: NodeRef<'_, Node>, chosen: NodeRef<'_, Node>) -> bool {
    parent.children().filter(|child| child.id() != chosen.id()).any(|child| {
        child.descendants().any(|node| node.value().as_element().is_some_and(|element| element.name() == "h1"))
            && !child.descendants().any(|node| node.id() == chosen.id())
    })
}

/// Lines between the page's title and the words that say who speaks: "Jane Doe, Department Spokesperson". The rest of a
/// page's head (dates of release, sections of the site) is furniture.
pub fn officials(html: &Html, root: NodeRef<'_, Node>) -> Vec<String> {
    const MOST: usize = 4;
    let mut titled = false;
    let mut lines = Vec::new();
    for node in html.root_element().descendants() {
        if node.id() == root.id() || lines.len() == MOST {
            break;
        }
        let Some(element) = ElementRef::wrap(node) else { continue };
        titled |= element.value().name() == "h1" && !node.descendants().any(|inner| inner.id() == root.id());
        let leaf = !node.children().any(|child| child.value().is_element());
        if titled && leaf && !is_furniture(element.value(), true) && !is_furniture_inside(element) {
            let line = element.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
            if is_official(&line) && !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    lines
}

/// A name, a comma and an office, all words with capitals.
fn is_official(line: &str) -> bool {
    let Some((name, office)) = line.split_once(", ") else { return false };
    let capitals = |text: &str| {
        text.split_whitespace().all(|word| {
            word.starts_with(char::is_uppercase)
                || matches!(word, "of" | "for" | "the" | "and" | "to" | "de" | "van" | "von")
        })
    };
    (2..=5).contains(&name.split_whitespace().count())
        && line.split_whitespace().count() <= 16
        && capitals(line)
        && !line.chars().any(|c| c.is_ascii_digit())
        && has_office_word(&office.to_uppercase())
}

/// Furniture by name only, but with far too much text for it ("has-sidebar" on the whole page).
pub fn is_heavy(node: NodeRef<'_, Node>, element: &Element) -> bool {
    if NEVER.split('|').any(|other| other == element.name())
        || is_hidden(element)
        || matches!(element.name(), "nav" | "footer")
    {
        return false;
    }
    let (mut words, mut labels) = (0, 0);
    for inner in node.descendants() {
        match inner.value() {
            Node::Text(text)
                if !inner.parent().is_some_and(|parent| {
                    parent.value().as_element().is_some_and(|e| matches!(e.name(), "a" | "script" | "style"))
                }) =>
            {
                words += text.split_whitespace().count();
                labels += usize::from(labels::is_strong(text.trim_start()));
            }
            _ => {}
        }
        if words > 600 || labels >= 3 {
            return true;
        }
    }
    false
}
