//! Walks the content of a page and writes its blocks.

use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

use super::content;
use crate::transcript::blocks::{Block, Role, Span, Style};
use crate::transcript::document::cut;

const BLOCKS: &str = "p|div|section|article|main|header|ul|ol|li|dl|dt|dd|table|tbody|thead|tr|td|th|blockquote|pre|h1|h2|h3|h4|h5|h6|\
    center|address|details|summary|fieldset|body|figure|figcaption|hgroup|aside|footer|nav|form|caption";

/// The blocks below an element.
pub fn blocks(root: NodeRef<'_, Node>, page: bool) -> Vec<Block> {
    let mut walker = Walker {
        page,
        blocks: Vec::new(),
        open: Block::default(),
        styles: Vec::new(),
        role: Role::Body,
        centred: 0,
        preformatted: false,
    };
    walker.children(root);
    walker.flush();
    walker.blocks
}

struct Walker {
    page: bool,
    blocks: Vec<Block>,
    open: Block,
    styles: Vec<(Style, usize)>,
    role: Role,
    centred: usize,
    preformatted: bool,
}

impl Walker {
    fn children(&mut self, node: NodeRef<'_, Node>) {
        for child in node.children() {
            match child.value() {
                Node::Text(text) => self.text(text),
                Node::Element(element) => self.element(child, element),
                _ => {}
            }
        }
    }

    fn element(&mut self, node: NodeRef<'_, Node>, element: &Element) {
        let name = element.name();
        if content::is_furniture(element, self.page) && !(self.page && content::is_heavy(node, element)) {
            return;
        }
        if self.page && is_list_of_links(node, name) {
            return;
        }
        match name {
            "br" => self.open.text.push('\n'),
            "hr" => {
                self.flush();
                self.blocks.push(Block { role: Role::Rule, ..Block::default() });
            }
            _ if BLOCKS.split('|').any(|other| other == name) => self.block(node, element),
            _ => self.inline(node, element),
        }
    }

    fn block(&mut self, node: NodeRef<'_, Node>, element: &Element) {
        self.flush();
        let inner = role(element.name()).unwrap_or(self.role);
        let role = std::mem::replace(&mut self.role, inner);
        let inner = self.preformatted || element.name() == "pre";
        let preformatted = std::mem::replace(&mut self.preformatted, inner);
        let centred = usize::from(is_centred(element));
        self.centred += centred;
        self.children(node);
        self.flush();
        self.centred -= centred;
        self.role = role;
        self.preformatted = preformatted;
    }

    fn inline(&mut self, node: NodeRef<'_, Node>, element: &Element) {
        let Some(style) = style(element.name()) else { return self.children(node) };
        self.styles.push((style, self.open.text.len()));
        self.children(node);
        if let Some((style, start)) = self.styles.pop() {
            let end = self.open.text.len();
            if start < end {
                self.open.spans.push(Span { style, start, end });
            }
        }
    }

    /// Blanks of the source's own layout are one blank; blanks that the author put there stay.
    fn text(&mut self, text: &str) {
        if self.preformatted {
            self.open.text.push_str(text);
            return;
        }
        if is_typed(text) {
            self.open.text.push_str(text);
            return;
        }
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
            self.open.text.push_str(cut(rest, 0..end));
            rest = cut(rest, end..rest.len());
            let blanks = rest.find(|c: char| !c.is_ascii_whitespace()).unwrap_or(rest.len());
            let run = cut(rest, 0..blanks);
            if run.contains(['\n', '\r']) {
                if !self.open.text.ends_with([' ', '\n']) && !self.open.text.is_empty() {
                    self.open.text.push(' ');
                }
            } else {
                self.open.text.push_str(run);
            }
            rest = cut(rest, blanks..rest.len());
        }
    }

    /// Closes the open block; empty lines in it part blocks.
    fn flush(&mut self) {
        let open = std::mem::take(&mut self.open);
        // Formatting that is open across blocks begins anew in each.
        for (_, start) in &mut self.styles {
            *start = 0;
        }
        if open.text.trim().is_empty() {
            return;
        }
        let mut at = 0;
        let mut part: Option<(usize, usize)> = None;
        for line in open.text.split('\n').chain(std::iter::once("")) {
            let end = at + line.len();
            if line.trim().is_empty() {
                if let Some((start, end)) = part.take() {
                    self.push(&open, start, end);
                }
            } else {
                part = Some((part.map_or(at, |(start, _)| start), end));
            }
            at = end + 1;
        }
    }

    fn push(&mut self, open: &Block, start: usize, end: usize) {
        let spans = open.spans.iter().filter(|span| span.start < end && span.end > start).map(|span| Span {
            start: span.start.max(start) - start,
            end: span.end.min(end) - start,
            ..*span
        });
        let mut spans: Vec<Span> = spans.collect();
        spans.sort_by_key(|span| span.start);
        self.blocks.push(Block {
            text: cut(&open.text, start..end).to_owned(),
            role: self.role,
            centred: self.centred > 0,
            wrapped: self.preformatted,
            spans,
            ..Block::default()
        });
    }
}

/// Text that lost its tags: empty lines between its paragraphs, as somebody typed it.
fn is_typed(text: &str) -> bool {
    if text.len() < 200 {
        return false;
    }
    let inner = text.trim();
    let empty = inner.split('\n').filter(|line| line.trim().is_empty()).count();
    empty >= 3 && inner.split('\n').count() <= empty * 4
}

fn role(name: &str) -> Option<Role> {
    Some(match name {
        "h1" => Role::Heading(1),
        "h2" => Role::Heading(2),
        "h3" => Role::Heading(3),
        "h4" => Role::Heading(4),
        "h5" => Role::Heading(5),
        "h6" => Role::Heading(6),
        "li" => Role::Item,
        _ => return None,
    })
}

fn style(name: &str) -> Option<Style> {
    Some(match name {
        "s" | "strike" | "del" => Style::Strike,
        "ins" => Style::Insertion,
        "b" | "strong" => Style::Bold,
        "i" | "em" => Style::Italic,
        "u" => Style::Underline,
        _ => return None,
    })
}

fn is_centred(element: &Element) -> bool {
    element.name() == "center"
        || element.attr("align").is_some_and(|align| align.eq_ignore_ascii_case("center"))
        || element.attr("style").is_some_and(|style| style.replace(' ', "").contains("text-align:center"))
        || element.classes().any(|class| {
            let class = class.to_ascii_lowercase();
            class.contains("center") && !class.contains("vcenter") && !class.contains("container")
        })
}

/// Lists and boxes in which nearly every word is a link: menus, tags, related posts.
fn is_list_of_links(node: NodeRef<'_, Node>, name: &str) -> bool {
    if !matches!(name, "ul" | "ol" | "div" | "section" | "p" | "table") {
        return false;
    }
    let (mut words, mut linked, mut links) = (0usize, 0usize, 0usize);
    let mut stack = vec![(node, false)];
    while let Some((node, inside)) = stack.pop() {
        match node.value() {
            Node::Text(text) => {
                let count = text.split_whitespace().count();
                words += count;
                linked += if inside { count } else { 0 };
            }
            Node::Element(element) => {
                let link = element.name() == "a";
                links += usize::from(link);
                stack.extend(node.children().map(|child| (child, inside || link)));
            }
            _ => {}
        }
        if words > 300 {
            return false;
        }
    }
    words > 0 && linked * 10 >= words * 8 && (links >= 2 || name != "p")
}
