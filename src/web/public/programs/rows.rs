//! Fields of requests and answers, one below the other, as the schemas of the document have them.

use serde_json::Value;

use super::call::text;

/// Levels of fields in fields that are still shown.
const DEEPEST: usize = 5;

/// One field.
pub struct Row {
    /// Its name, with those of the fields that it stands in.
    pub name: String,
    /// What can stand in it.
    pub kind: String,
    /// Whether it must be there.
    pub required: bool,
    /// What it means.
    pub about: String,
    /// Whether it tells which of several things follows.
    pub tells: bool,
}

impl Row {
    /// A parameter.
    pub fn parameter(document: &Value, parameter: &Value) -> Self {
        let place = if parameter["in"] == "header" { "header, " } else { "" };
        Self {
            name: text(&parameter["name"]),
            kind: format!("{place}{}", kind(document, &parameter["schema"])),
            required: parameter["required"] == true,
            about: text(&parameter["description"]),
            tells: false,
        }
    }
}

/// The fields of a schema.
pub fn of(document: &Value, schema: &Value) -> Vec<Row> {
    let mut rows = Vec::new();
    add(document, schema, "", &mut rows);
    rows
}

fn add(document: &Value, schema: &Value, within: &str, rows: &mut Vec<Row>) {
    if within.matches('.').count() > DEEPEST {
        return;
    }
    let schema = inside(document, schema);
    for part in list(&schema["allOf"]) {
        add(document, part, within, rows);
    }
    // One of several: each is told by the only word that a field of it can have.
    for variant in list(&schema["oneOf"]) {
        let variant = inside(document, variant);
        let fields = variant["properties"].as_object().into_iter().flatten();
        if let Some((tag, word)) = fields.into_iter().find_map(|(name, field)| Some((name, only_word(field)?))) {
            let about = text(&variant["description"]);
            rows.push(Row {
                name: format!("{within}{tag}"),
                kind: format!("“{word}”"),
                required: true,
                about,
                tells: true,
            });
            fields_of(document, variant, within, Some(tag), rows);
        }
    }
    fields_of(document, schema, within, None, rows);
}

fn fields_of(document: &Value, schema: &Value, within: &str, without: Option<&str>, rows: &mut Vec<Row>) {
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        if without == Some(name) {
            continue;
        }
        // What the field means says more than what everything of its type is.
        let mut about = list(&field["oneOf"]).chain([field, inside(document, field)]);
        let about = about.find_map(|one| one["description"].as_str());
        rows.push(Row {
            name: format!("{within}{name}"),
            kind: kind(document, field),
            required: list(&schema["required"]).any(|required| required == name),
            about: about.unwrap_or_default().to_owned(),
            tells: false,
        });
        let is = inside(document, field);
        match is.get("items").filter(|items| !items.is_boolean()) {
            Some(items) => add(document, items, &format!("{within}{name}[]."), rows),
            None => add(document, is, &format!("{within}{name}."), rows),
        }
    }
}

/// What a schema stands for: what it refers to, and what it is when it is not nothing.
fn inside<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let referred = schema["$ref"].as_str().and_then(|reference| document.pointer(reference.trim_start_matches('#')));
    let schema = referred.unwrap_or(schema);
    let mut some = list(&schema["oneOf"]).filter(|one| one["type"] != "null");
    match (some.next(), some.next()) {
        (Some(only), None) => inside(document, only),
        _ => schema,
    }
}

fn only_word(field: &Value) -> Option<&str> {
    match field["enum"].as_array()?.as_slice() {
        [word] => word.as_str(),
        _ => None,
    }
}

/// What can stand there, in a few words.
fn kind(document: &Value, field: &Value) -> String {
    let is = inside(document, field);
    let types: Vec<&str> = is["type"].as_str().into_iter().chain(list(&is["type"]).filter_map(Value::as_str)).collect();
    let can_be_null = types.contains(&"null") || list(&field["oneOf"]).any(|one| one["type"] == "null");
    let words: Vec<String> = list(&is["enum"]).filter_map(Value::as_str).map(|word| format!("“{word}”")).collect();
    let one = match (types.iter().find(|name| **name != "null"), is["format"].as_str()) {
        _ if !words.is_empty() => words.join(", "),
        (Some(&"array"), _) if is["prefixItems"].is_array() => "from and to".to_owned(),
        (Some(&"array"), _) => match kind(document, &is["items"]) {
            several if several.contains(' ') || several.contains('“') => format!("list of {several}"),
            one => format!("list of {one}s"),
        },
        (Some(&"string"), Some("date")) => "day".to_owned(),
        (Some(&"string"), Some("date-time")) => "moment".to_owned(),
        (Some(&"string"), _) if is["contentMediaType"].is_string() => "file".to_owned(),
        (Some(&"string"), _) => "text".to_owned(),
        (Some(&"boolean"), _) => "true or false".to_owned(),
        (Some(&("integer" | "number")), _) => "number".to_owned(),
        _ => "object".to_owned(),
    };
    if can_be_null { format!("{one} or null") } else { one }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
