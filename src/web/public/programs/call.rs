//! The addresses for programs, as their page shows them: read from the document that programs read.

use serde_json::Value;

use super::rows::{self, Row};

/// Addresses that belong together.
pub struct Group {
    /// What they are about.
    pub name: String,
    /// The same in a sentence.
    pub about: String,
    /// The addresses.
    pub calls: Vec<Call>,
}

/// One address with one method.
pub struct Call {
    /// Its name in the document, and its place on the page.
    pub id: String,
    /// The method.
    pub method: String,
    /// The address, with names in braces.
    pub path: String,
    /// What it does, in a few words.
    pub summary: String,
    /// The same in more words.
    pub about: String,
    /// What the token must allow, where one is needed.
    pub scope: Option<String>,
    /// What can be asked for, in the address and in headers.
    pub asked: Vec<Row>,
    /// What is sent, in JSON or in a form.
    pub sent: Vec<Row>,
    /// Whether that is a form.
    pub is_form: bool,
    /// The answer, field by field.
    pub said: Vec<Row>,
    /// A call as a line of a shell.
    pub example: String,
    /// What it is answered.
    pub answer: String,
    /// What else can come of it: status and words.
    pub outcomes: Vec<(String, String)>,
}

/// All of them, in the order of the document.
pub fn groups(document: &Value) -> Vec<Group> {
    let group = |tag: &Value| {
        let calls = all(document).filter(|(_, _, call)| call["tags"][0] == tag["name"]);
        let calls = calls.map(|(path, method, call)| Call::read(document, path, method, call)).collect();
        Group { name: text(&tag["name"]), about: text(&tag["description"]), calls }
    };
    document["tags"].as_array().into_iter().flatten().map(group).collect()
}

/// Path, method and description of each.
fn all(document: &Value) -> impl Iterator<Item = (&String, &String, &Value)> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths.flat_map(|(path, methods)| {
        methods.as_object().into_iter().flatten().map(move |(method, call)| (path, method, call))
    })
}

impl Call {
    fn read(document: &Value, path: &str, method: &str, call: &Value) -> Self {
        let (json, form) = ("application/json", "multipart/form-data");
        let body = &call["requestBody"]["content"];
        let is_form = body[form].is_object();
        let responses = call["responses"].as_object().into_iter().flatten();
        let (good, other): (Vec<_>, Vec<_>) = responses.partition(|(status, _)| status.starts_with('2'));
        let answer = good.first().map_or(&Value::Null, |(_, response)| &response["content"][json]);
        Self {
            id: text(&call["operationId"]),
            method: method.to_uppercase(),
            path: path.to_owned(),
            summary: text(&call["summary"]),
            about: text(&call["description"]),
            scope: call["security"][0]["token"][0].as_str().map(str::to_owned),
            asked: call["parameters"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|one| Row::parameter(document, one))
                .collect(),
            sent: rows::of(document, &body[if is_form { form } else { json }]["schema"]),
            is_form,
            said: rows::of(document, &answer["schema"]),
            example: text(&call["x-codeSamples"][0]["source"]),
            answer: answer.get("example").map(pretty).unwrap_or_default(),
            outcomes: other.iter().map(|(status, other)| ((*status).clone(), text(&other["description"]))).collect(),
        }
    }
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
