//! Whether a value is what a schema of the document says: nothing missing, nothing unknown, nothing of another type.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// What is wrong with a value, each with the place where it is.
pub fn faults(document: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    Reader { document }.check(schema, value, "", &mut faults);
    faults
}

struct Reader<'a> {
    document: &'a Value,
}

/// The fields that an object can have, and those that it must have.
#[derive(Default)]
struct Fields<'a> {
    all: BTreeMap<&'a str, &'a Value>,
    required: Vec<&'a str>,
    more: bool,
}

impl<'a> Reader<'a> {
    fn check(&self, schema: &'a Value, value: &Value, at: &str, faults: &mut Vec<String>) {
        let schema = self.resolve(schema);
        let types: Vec<&str> = words(&schema["type"]).collect();
        if !types.is_empty() && !types.iter().any(|name| is(name, value)) {
            faults.push(format!("{at}: {value} is no {types:?}"));
        }
        if schema["enum"].is_array() && !list(&schema["enum"]).any(|known| known == value) {
            faults.push(format!("{at}: {value} is none of {}", schema["enum"]));
        }
        if let Some(object) = value.as_object() {
            // Parts that make up one object are looked at together: only so can a field be unknown.
            let mut fields = Fields::default();
            if self.fields(schema, object, &mut fields) {
                self.check_fields(&fields, object, at, faults);
                return;
            }
        }
        let variants: Vec<Vec<String>> = list(&schema["oneOf"])
            .map(|variant| {
                let mut faults = Vec::new();
                self.check(variant, value, at, &mut faults);
                faults
            })
            .collect();
        if !variants.is_empty() && !variants.iter().any(Vec::is_empty) {
            faults.extend(variants.into_iter().max_by_key(Vec::len).unwrap_or_default());
        }
        for (number, item) in value.as_array().into_iter().flatten().enumerate() {
            let items =
                if schema["prefixItems"].is_array() { &schema["prefixItems"][number] } else { &schema["items"] };
            self.check(items, item, &format!("{at}[{number}]"), faults);
        }
    }

    fn check_fields(&self, fields: &Fields<'a>, object: &Map<String, Value>, at: &str, faults: &mut Vec<String>) {
        let missing = fields.required.iter().filter(|name| !object.contains_key(**name));
        faults.extend(missing.map(|name| format!("{at}.{name} is missing")));
        for (name, value) in object {
            match fields.all.get(name.as_str()) {
                Some(schema) => self.check(schema, value, &format!("{at}.{name}"), faults),
                None if fields.more => {}
                None => faults.push(format!("{at}.{name} is unknown")),
            }
        }
    }

    /// Gathers the fields of an object; `false` if the schema says nothing of fields.
    fn fields(&self, schema: &'a Value, object: &Map<String, Value>, into: &mut Fields<'a>) -> bool {
        let schema = self.resolve(schema);
        let own = schema["properties"].as_object();
        into.all.extend(own.into_iter().flatten().map(|(name, schema)| (name.as_str(), schema)));
        into.required.extend(words(&schema["required"]));
        into.more |= schema["additionalProperties"] == true;
        let parts = list(&schema["allOf"]).filter(|part| self.fields(part, object, into)).count();
        // Of several variants the one whose only word stands in the object.
        let variant = list(&schema["oneOf"]).find(|variant| {
            let fields = self.resolve(variant)["properties"].as_object();
            let mut tags = fields.into_iter().flatten().filter(|(_, field)| list(&field["enum"]).count() == 1);
            tags.next().is_some_and(|(name, field)| object.get(name) == Some(&field["enum"][0]))
        });
        let variant = variant.is_some_and(|variant| self.fields(variant, object, into));
        own.is_some() || parts > 0 || variant
    }

    fn resolve(&self, schema: &'a Value) -> &'a Value {
        let Some(reference) = schema["$ref"].as_str() else { return schema };
        let found = self.document.pointer(reference.trim_start_matches('#'));
        self.resolve(found.unwrap_or_else(|| panic!("{reference} leads nowhere")))
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// One word, or several.
fn words(value: &Value) -> impl Iterator<Item = &str> {
    value.as_str().into_iter().chain(list(value).filter_map(Value::as_str))
}

fn is(name: &str, value: &Value) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => panic!("no type {name}"),
    }
}

#[test]
fn what_is_missing_unknown_or_of_another_type_is_a_fault() {
    let document = serde_json::json!({ "components": { "schemas": {
        "Boat": { "type": "object", "required": ["name"], "properties": {
            "name": { "type": "string" }, "crew": { "type": ["array", "null"], "items": { "type": "integer" } } } },
        "Ferry": { "allOf": [{ "$ref": "#/components/schemas/Boat" },
            { "type": "object", "properties": { "line": { "oneOf": [{ "type": "null" }, { "enum": ["north"] }] } } }] },
    } } });
    let ferry = serde_json::json!({ "$ref": "#/components/schemas/Ferry" });
    let faults = |value: Value| faults(&document, &ferry, &value).join("; ");
    assert_eq!(faults(serde_json::json!({ "name": "Gull", "crew": [3], "line": "north" })), "");
    assert_eq!(faults(serde_json::json!({ "name": "Gull", "crew": null, "line": null })), "");
    assert_eq!(
        faults(serde_json::json!({ "crew": ["Ada"] })),
        ".name is missing; .crew[0]: \"Ada\" is no [\"integer\"]"
    );
    assert_eq!(faults(serde_json::json!({ "name": "Gull", "sail": 1 })), ".sail is unknown");
    assert!(faults(serde_json::json!({ "name": "Gull", "line": "south" })).contains("none of"));
}
