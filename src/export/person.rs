//! Somebody who speaks, in the words of schema.org.

use serde_json::{Map, Value, json};

use super::in_script;
use crate::domain::Office;

/// The page of an item of Wikidata.
pub fn wikidata(item: &str) -> String {
    format!("https://www.wikidata.org/wiki/{item}")
}

/// The document, safe inside a `<script>` element.
pub fn json_ld(name: &str, url: &str, other_names: &[String], offices: &[Office], item: Option<&str>) -> String {
    let mut person = Map::new();
    let mut put = |key: &str, value: Value| drop(person.insert(key.to_owned(), value));
    put("@context", json!("https://schema.org"));
    put("@type", json!("Person"));
    put("name", json!(name));
    put("url", json!(url));
    if !other_names.is_empty() {
        put("alternateName", json!(other_names));
    }
    if !offices.is_empty() {
        let held = |office: &Office| {
            json!({
                "@type": "Role", "roleName": office.title, "startDate": office.from, "endDate": office.to
            })
        };
        put("hasOccupation", json!(offices.iter().map(held).collect::<Vec<_>>()));
    }
    if let Some(item) = item {
        put("sameAs", json!(wikidata(item)));
    }
    in_script(&Value::Object(person))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_of_wikidata_is_the_same_person() {
        let document = json_ld("Ada <Lind>", "https://a.example/speakers/ada-lind", &[], &[], Some("Q42"));
        assert!(!document.contains('<'));
        let document: Value = serde_json::from_str(&document).expect("JSON");
        assert_eq!(document["name"], "Ada <Lind>");
        assert_eq!(document["sameAs"], "https://www.wikidata.org/wiki/Q42");
    }
}
