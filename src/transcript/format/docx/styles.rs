//! The styles of a document: which are headings, and which set words in bold.

use std::collections::HashMap;

use super::package::Problem;
use super::xml::{Step, walk};

/// The styles by their id.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
}

#[derive(Debug, Default, Clone)]
struct Style {
    based_on: Option<String>,
    heading: Option<u8>,
    centred: Option<bool>,
    bold: Option<bool>,
    italic: Option<bool>,
    strike: Option<bool>,
    hidden: Option<bool>,
}

/// What a style says, with what it is based on.
#[expect(clippy::struct_excessive_bools, reason = "each is a property of its own, any may be on")]
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) heading: Option<u8>,
    pub(super) centred: bool,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) strike: bool,
    pub(super) hidden: bool,
}

impl Styles {
    pub(super) fn read(text: &str) -> Result<Self, Problem> {
        let mut styles = Self::default();
        let mut open: Option<(String, Style)> = None;
        walk(text, |step| match step {
            Step::Start(element) if element.name() == "style" => {
                open = element.attribute("styleId").map(|id| (id, Style::default()));
            }
            Step::Start(element) => {
                let Some((_, style)) = &mut open else { return };
                match element.name() {
                    "basedOn" => style.based_on = element.attribute("val"),
                    "name" => {
                        let named = element.attribute("val").and_then(|name| heading(&name));
                        style.heading = named.or(style.heading);
                    }

                    "outlineLvl" => {
                        let level = element.attribute("val").and_then(|level| level.parse::<u8>().ok());
                        style.heading = style.heading.or(level.filter(|level| *level < 6).map(|level| level + 1));
                    }
                    "jc" => style.centred = Some(element.attribute("val").as_deref() == Some("center")),
                    "b" => style.bold = Some(element.is_on()),
                    "i" => style.italic = Some(element.is_on()),
                    "strike" | "dstrike" => style.strike = Some(element.is_on()),
                    "vanish" => style.hidden = Some(element.is_on()),
                    _ => {}
                }
            }
            Step::End("style") => {
                if let Some((id, style)) = open.take() {
                    styles.styles.insert(id, style);
                }
            }
            _ => {}
        })?;
        Ok(styles)
    }

    /// The look of a style.
    pub(super) fn look(&self, id: &str) -> Look {
        let mut whole = Style::default();
        let mut next = Some(id.to_owned());
        // A chain this long is a circle.
        for _ in 0..16 {
            let Some(style) = next.take().and_then(|id| self.styles.get(&id)) else { break };
            whole.heading = whole.heading.or(style.heading);
            whole.centred = whole.centred.or(style.centred);
            whole.bold = whole.bold.or(style.bold);
            whole.italic = whole.italic.or(style.italic);
            whole.strike = whole.strike.or(style.strike);
            whole.hidden = whole.hidden.or(style.hidden);
            next.clone_from(&style.based_on);
        }
        // A document without its styles still has their usual ids.
        let heading = if self.styles.is_empty() { heading(id) } else { whole.heading };
        let on = |value: Option<bool>| value.unwrap_or(false);
        Look {
            heading,
            centred: on(whole.centred),
            bold: on(whole.bold),
            italic: on(whole.italic),
            strike: on(whole.strike),
            hidden: on(whole.hidden),
        }
    }
}

/// The level of `heading 2` or `Title`.
fn heading(name: &str) -> Option<u8> {
    let name = name.to_lowercase().replace(' ', "");
    match name.as_str() {
        "title" => Some(1),
        "subtitle" => Some(2),
        name => name
            .strip_prefix("heading")?
            .parse()
            .ok()
            .filter(|level| (1..=9).contains(level))
            .map(|level: u8| level.min(6)),
    }
}
