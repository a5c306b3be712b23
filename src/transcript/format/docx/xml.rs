//! XML as events, without document types: names without prefixes, text with its entities resolved.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::package::Problem;

/// What happens in a part.
#[derive(Debug)]
pub(super) enum Step<'a> {
    /// An element begins; an empty one also ends.
    Start(&'a Element<'a>),
    /// An element ends.
    End(&'a str),
    /// Text.
    Text(&'a str),
}

/// An element with its attributes.
#[derive(Debug)]
pub(super) struct Element<'a> {
    start: &'a BytesStart<'a>,
}

impl Element<'_> {
    /// Its name without prefix.
    pub(super) fn name(&self) -> &str {
        local(self.start.name().0)
    }

    /// The value of an attribute, whatever its prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let attribute =
            self.start.attributes().filter_map(Result::ok).find(|attribute| local(attribute.key.0) == name)?;
        Some(quick_xml::escape::unescape(&attribute.value).map_or_else(|_| attribute.value.to_string(), Into::into))
    }

    /// Whether a property is on: present, and not switched off.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.attribute("val").as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// Walks through a part. Returns whether it was damaged: what came before the damage counts.
pub(super) fn walk(text: &str, mut step: impl FnMut(Step<'_>)) -> Result<bool, Problem> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => step(Step::Start(&Element { start: &start })),
            Ok(Event::Empty(start)) => {
                step(Step::Start(&Element { start: &start }));
                step(Step::End(local(start.name().0)));
            }
            Ok(Event::End(end)) => step(Step::End(local(end.name().0))),
            Ok(Event::Text(text)) => step(Step::Text(&text.xml10_content())),
            Ok(Event::CData(text)) => step(Step::Text(&text.xml10_content())),
            Ok(Event::GeneralRef(reference)) => {
                let character = match reference.resolve_char_ref() {
                    Ok(Some(character)) => Some(character),
                    _ => predefined(&reference.xml10_content()),
                };
                if let Some(character) = character {
                    step(Step::Text(character.encode_utf8(&mut [0; 4])));
                }
            }
            Ok(Event::DocType(_)) => return Err(Problem::Declares),
            Ok(Event::Eof) => return Ok(false),
            Ok(_) => {}
            Err(_) => return Ok(true),
        }
    }
}

/// Calls with each element that begins and a way to ask for its attributes.
pub(super) fn elements(
    text: &str,
    mut each: impl FnMut(&str, &dyn Fn(&str) -> Option<String>),
) -> Result<bool, Problem> {
    walk(text, |step| {
        if let Step::Start(element) = step {
            each(element.name(), &|name| element.attribute(name));
        }
    })
}

/// Calls with each text and the name of the element around it.
pub(super) fn texts(text: &str, mut each: impl FnMut(&str, &str)) -> Result<bool, Problem> {
    let mut around = String::new();
    let mut collected = String::new();
    walk(text, |step| match step {
        Step::Start(element) => {
            element.name().clone_into(&mut around);
            collected.clear();
        }
        Step::Text(text) => collected.push_str(text),
        Step::End(name) if name == around => {
            each(name, &collected);
            around.clear();
        }
        Step::End(_) => {}
    })
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}
