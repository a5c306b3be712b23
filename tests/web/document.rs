//! The description of every address for programs is whole, and the page shows all of it.

use std::collections::BTreeSet;

use onrecord::domain::TokenScope;
use serde_json::Value;

use super::routes::{of_programs, scope_of};
use super::small_archive;
use crate::world::World;

async fn document(world: &World) -> Value {
    world.get("/api/v1/openapi.json").await.assert_status(200).json()
}

/// Method, path and description of each operation.
fn operations(document: &Value) -> Vec<(String, String, &Value)> {
    let paths = document["paths"].as_object().expect("paths").iter();
    let all = paths.flat_map(|(path, methods)| {
        let methods = methods.as_object().expect("methods").iter();
        methods.map(move |(method, operation)| (method.to_uppercase(), path.clone(), operation))
    });
    all.collect()
}

#[tokio::test]
async fn no_address_is_forgotten() {
    let document = document(&World::new().await).await;
    let described: BTreeSet<(String, String)> =
        operations(&document).into_iter().map(|(method, path, _)| (method, path)).collect();
    let routes = of_programs().map(|(method, path)| (method.to_owned(), path.to_owned())).collect();
    assert_eq!(described, routes, "describe the route at its handler, and name that in web/api/document.rs");
}

#[tokio::test]
async fn each_says_what_it_does_and_takes_and_who_may_ask() {
    let world = small_archive().await;
    let document = document(&world).await;
    let page = world.get("/api").await.assert_page();
    let mut names = BTreeSet::new();
    for (method, path, operation) in operations(&document) {
        let at = format!("{method} {path}");
        let name = operation["operationId"].as_str().expect("a name");
        assert!(names.insert(name), "{at}: {name} is the name of two");
        assert!(operation["summary"].as_str().is_some_and(|words| words.len() > 10), "{at}");
        for place in path.split(['{', '}']).skip(1).step_by(2) {
            let mut parameters = operation["parameters"].as_array().into_iter().flatten();
            assert!(parameters.any(|one| one["in"] == "path" && one["name"] == place), "{at}: {place}");
        }
        for one in operation["parameters"].as_array().into_iter().flatten() {
            assert!(one["description"].as_str().is_some_and(|words| !words.is_empty()), "{at}: {one}");
        }
        let scope = operation["security"][0]["token"][0].as_str();
        assert_eq!(scope, scope_of(&method, &path).map(TokenScope::as_str), "{at}");
        let keys = operation["parameters"].as_array().into_iter().flatten().filter(|one| one["in"] == "header").count();
        assert_eq!(keys, usize::from(scope.is_some() && method == "POST"), "{at}: a key to ask again");
        assert!(operation["responses"]["503"]["content"]["application/problem+json"].is_object(), "{at}");
        if name != "document" {
            let line = operation["x-codeSamples"][0]["source"].as_str().expect("a call");
            assert!(line.starts_with("curl 'https://onrecord.example/api/v1/"), "{line}");
        }
        assert!(page.text.contains(&format!("id=\"call-{name}\"")), "{at} is not on the page");
    }
    assert_eq!(document["servers"][0]["url"], "https://onrecord.example");
}

#[tokio::test]
async fn whatever_is_referred_to_is_there() {
    fn references<'a>(value: &'a Value, found: &mut BTreeSet<&'a str>) {
        if let Some(reference) = value["$ref"].as_str() {
            found.insert(reference);
        }
        let inside = value.as_object().into_iter().flat_map(|fields| fields.values());
        inside.chain(value.as_array().into_iter().flatten()).for_each(|value| references(value, found));
    }
    let document = document(&World::new().await).await;
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(found.len() > 30, "{found:?}");
    for reference in found {
        assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference} leads nowhere");
    }
}
