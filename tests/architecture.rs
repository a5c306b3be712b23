//! The house keeps its shape: nothing imports upward or through a fence, and every room says what holds in it.

mod reading;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use reading::{files, module_of, paths, rust_files};

/// Who may import whom. `src/lib.rs` says the same in words; `main.rs` and `lib.rs` stand outside.
const MAY_IMPORT: [(&str, &[&str]); 15] = [
    ("domain", &[]),
    ("config", &[]),
    ("telemetry", &[]),
    ("postgres", &[]),
    ("transcript", &[]),
    ("analysis", &["domain"]),
    ("search", &["domain"]),
    ("export", &["domain"]),
    ("store", &["domain"]),
    ("auth", &["domain", "store"]),
    ("editorial", &["domain", "analysis", "store"]),
    ("ingest", &["domain", "transcript", "analysis", "store"]),
    ("jobs", &["domain", "analysis", "search", "store", "ingest", "editorial"]),
    ("web", &["domain", "analysis", "search", "export", "store", "auth", "editorial", "ingest"]),
    ("cli", EVERYTHING),
];

const EVERYTHING: &[&str] = &[
    "domain",
    "config",
    "telemetry",
    "postgres",
    "transcript",
    "analysis",
    "search",
    "export",
    "store",
    "auth",
    "editorial",
    "ingest",
    "jobs",
    "web",
];

/// Crates (with what begins with their name and `_`) that only some modules may name.
const FENCES: [(&str, &[&str]); 12] = [
    ("sqlx", &["store"]),
    ("jiff_sqlx", &["store"]),
    ("axum", &["web"]),
    ("askama", &["web"]),
    ("tantivy", &["search"]),
    // `postgres` downloads the database where none is installed.
    ("reqwest", &["ingest", "jobs", "auth", "postgres"]),
    ("openidconnect", &["auth"]),
    ("utoipa", &["web"]),
    ("clap", &["cli", "config"]),
    ("lettre", &["jobs"]),
    ("resvg", &["export"]),
    ("skrifa", &["export"]),
];

/// The vocabulary knows how it is written in the database and described to programs, and nothing else of either.
const DERIVES_OF_DOMAIN: [&str; 5] = ["Type", "FromRow", "Encode", "Decode", "ToSchema"];

/// Modules that compute and do nothing else, and what they therefore never name.
const PURE: [&str; 4] = ["domain", "transcript", "analysis", "export"];
const OUTSIDE_WORLD: [&[&str]; 7] = [
    &["std", "fs"],
    &["std", "net"],
    &["std", "env"],
    &["std", "process"],
    &["std", "time", "SystemTime"],
    &["tokio"],
    &["getrandom"],
];

#[test]
fn nothing_imports_upward() {
    let allowed = |module: &str| MAY_IMPORT.iter().find(|(name, _)| *name == module).map(|(_, allowed)| *allowed);
    let upward = every_path(|module, path| match path {
        [first, other, ..] if first == "crate" && other != module => {
            allowed(other).is_some() && !allowed(module).unwrap_or_default().contains(&other.as_str())
        }
        _ => false,
    });
    assert!(upward.is_empty(), "imports that the table of modules does not allow:\n{}", upward.join("\n"));
}

#[test]
fn fences_hold() {
    let fence = |name: &str| {
        let within =
            |fence: &str| name.strip_prefix(fence).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'));
        FENCES.iter().find(|(fence, _)| within(fence)).map(|(_, inside)| *inside)
    };
    let through = every_path(|module, path| match path {
        [first, derive] if module == "domain" && ["sqlx", "utoipa"].contains(&first.as_str()) => {
            !DERIVES_OF_DOMAIN.contains(&derive.as_str())
        }
        [first, ..] => fence(first).is_some_and(|inside| !inside.contains(&module)),
        [] => false,
    });
    assert!(through.is_empty(), "crates named outside their fence:\n{}", through.join("\n"));
}

#[test]
fn pure_modules_never_touch_the_outside_world() {
    let impure = every_path(|module, path| {
        PURE.contains(&module)
            && OUTSIDE_WORLD
                .iter()
                .any(|outside| outside.len() <= path.len() && path.iter().zip(*outside).all(|(a, b)| a == b))
    });
    assert!(impure.is_empty(), "modules that should only compute reach outside:\n{}", impure.join("\n"));
}

#[test]
fn every_room_is_in_the_table() {
    let rooms: BTreeSet<String> = rust_files(&root("src"))
        .iter()
        .map(|file| below("src", file))
        .filter(|file| !is_exempt(file))
        .filter_map(|file| module_of(&file).first().cloned())
        .collect();
    let table: BTreeSet<String> = MAY_IMPORT.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(rooms, table);
}

#[test]
fn every_file_says_what_it_is() {
    let silent: Vec<String> = ["src", "tests", "benches"]
        .into_iter()
        .flat_map(|folder| rust_files(&root(folder)))
        .filter(|file| !read(file).starts_with("//! "))
        .map(|file| shown(&file))
        .collect();
    assert!(silent.is_empty(), "files that do not open with a `//!` sentence: {silent:?}");
}

#[test]
fn every_module_states_its_invariant() {
    let without: Vec<&str> = MAY_IMPORT
        .iter()
        .map(|(module, _)| *module)
        .filter(|module| {
            let own = [root("src").join(module).join("mod.rs"), root("src").join(format!("{module}.rs"))];
            let source = read(own.iter().find(|file| file.is_file()).expect("a module has a file"));
            let header: String = source.lines().take_while(|line| line.starts_with("//!")).collect();
            let has_code = source.lines().any(|line| !line.trim().is_empty() && !line.starts_with("//"));
            has_code && !header.contains("Invariant")
        })
        .collect();
    assert!(without.is_empty(), "modules whose opening comment states no invariant: {without:?}");
}

#[test]
fn no_file_is_a_drawer_for_odds_and_ends() {
    const DRAWERS: [&str; 10] =
        ["util", "utils", "utility", "utilities", "common", "helper", "helpers", "types", "misc", "shared"];
    let drawers: Vec<String> = ["src", "tests", "benches"]
        .into_iter()
        .flat_map(|folder| rust_files(&root(folder)))
        .filter(|file| module_of(Path::new(&shown(file))).iter().any(|part| DRAWERS.contains(&part.as_str())))
        .map(|file| shown(&file))
        .collect();
    assert!(drawers.is_empty(), "name these after what they hold: {drawers:?}");
}

#[test]
fn templates_mirror_the_pages() {
    let orphans: Vec<String> = files(&root("templates"))
        .into_iter()
        .filter(|template| {
            let path = below("templates", template);
            let pages = root("src/web").join(path.parent().unwrap_or(Path::new("")));
            let partial = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('_'));
            // A page names its template; whatever a folder's templates are for stands in the folder of the same path.
            let attribute = format!("path = \"{}\"", path.display());
            let named = || rust_files(&pages).iter().any(|page| read(page).contains(&attribute));
            if partial { !pages.is_dir() } else { !named() }
        })
        .map(|template| shown(&template))
        .collect();
    assert!(orphans.is_empty(), "templates that no page in the folder of the same path in src/web names: {orphans:?}");
}

/// Every path in `src` that breaks a rule, as file, line and what is named.
fn every_path(breaks: impl Fn(&str, &[String]) -> bool) -> Vec<String> {
    let mut broken = Vec::new();
    for file in rust_files(&root("src")) {
        let inside = below("src", &file);
        if is_exempt(&inside) {
            continue;
        }
        let module = module_of(&inside);
        for path in paths(&read(&file), &module) {
            if breaks(&module[0], &path.parts) {
                broken.push(format!("{}:{} names {}", shown(&file), path.line, path.parts.join("::")));
            }
        }
    }
    broken
}

fn is_exempt(file_below_src: &Path) -> bool {
    [Path::new("main.rs"), Path::new("lib.rs")].contains(&file_below_src)
}

fn root(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

fn below(folder: &str, file: &Path) -> PathBuf {
    file.strip_prefix(root(folder)).expect("a file of that folder").to_owned()
}

fn shown(file: &Path) -> String {
    file.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(file).display().to_string()
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}

mod the_reader_of_sources {
    use super::reading::paths;

    fn seen(source: &str) -> Vec<String> {
        let module = ["store".to_owned(), "search".to_owned()];
        paths(source, &module).into_iter().map(|path| path.parts.join("::")).collect()
    }

    #[test]
    fn sees_single_paths_groups_and_paths_within_code() {
        assert_eq!(seen("use crate::domain::Slug;"), ["crate::domain::Slug"]);
        assert_eq!(
            seen("use crate::{web::{page, urls as u}, jobs, self};"),
            ["crate::web::page", "crate::web::urls", "crate::jobs", "crate::self"]
        );
        assert_eq!(seen("let pool: Vec<sqlx::PgPool> = ::clap::crate_name!();"), ["sqlx::PgPool", "clap::crate_name"]);
        assert_eq!(seen("use sqlx as other;"), ["sqlx"]);
        assert_eq!(seen("fn f() { onrecord::cli::run() }"), ["crate::cli::run"]);
    }

    #[test]
    fn follows_super_out_of_the_module_and_out_of_inline_modules() {
        assert_eq!(seen("use super::Pool;"), ["crate::store::Pool"]);
        assert_eq!(seen("use super::super::web::page;"), ["crate::web::page"]);
        assert_eq!(
            seen("mod tests { use super::super::schema; } fn f() { super::g() }"),
            ["crate::store::schema", "crate::store::g"]
        );
    }

    #[test]
    fn is_not_fooled_by_comments_and_literals() {
        assert!(seen("/// See [`crate::web::page`].\n/* crate::web /* tantivy::x */ clap::y */").is_empty());
        assert!(seen(r##"let a = "crate::web::b \" sqlx::c"; let d = r#"" axum::e "#; let f = b"g::h";"##).is_empty());
        assert_eq!(seen("let quote = '\"'; crate::web::page('\\'', \"\")"), ["crate::web::page"]);
        assert!(seen("fn f<'a>(r#type: &'a str, x: char) -> bool { x == ':' }").is_empty());
    }
}
