//! Prints what the real corpora come out as, folder by folder; without `ONRECORD_CORPORA`, says that it was skipped.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use onrecord::analysis::people::{self, Known, Meaning, Resolution, TranscriptEvidence};
use onrecord::ingest::plan::{self, ImportPlan};
use onrecord::ingest::sidecar::{self, SidecarForm};
use onrecord::transcript::{Input, parse};
use rayon::prelude::*;

struct Planned {
    folder: String,
    file: String,
    titled: bool,
    plan: ImportPlan,
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// Every file of a folder as an import would take it, the list beside the files read too.
fn planned(folder: &Path) -> Vec<Planned> {
    let mut paths = Vec::new();
    files(folder, &mut paths);
    paths.sort();
    let list = std::fs::read(folder.join("index.jsonl")).ok();
    let list = list.and_then(|bytes| Some(sidecar::read(SidecarForm::of("index.jsonl")?, &bytes)));
    let name_of = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let terms = onrecord::analysis::topics::Terms::default();
    let plan = |path: PathBuf| {
        let file = name_of(&path);
        let bytes = std::fs::read(&path).unwrap();
        let parsed = parse(Input { bytes: &bytes, name: Some(&file) });
        let described = list.as_ref().and_then(|list| list.files.get(&file)).cloned().unwrap_or_default();
        let titled = described.title.is_some() || parsed.transcript.title.is_some();
        let known = plan::Known { described: &described, given_date: None, name: Some(&file), terms: &terms };
        Planned { folder: name_of(folder), plan: plan::plan(parsed, known).unwrap(), file, titled }
    };
    paths.into_par_iter().filter(|path| !path.ends_with("index.jsonl")).map(plan).collect()
}

fn resolved(all: &[Planned]) -> Resolution {
    let evidence = |(key, planned): (usize, &Planned)| TranscriptEvidence {
        key: i64::try_from(key).unwrap(),
        date: planned.plan.draft.date,
        series: planned.plan.draft.series.clone(),
        evidence: serde_json::from_value(planned.plan.evidence.clone()).unwrap(),
    };
    let transcripts: Vec<TranscriptEvidence> = all.iter().enumerate().map(evidence).collect();
    people::resolve(&transcripts, &Known::default())
}

/// Turns linked to somebody, of a role, and neither.
fn turns(all: &[Planned], resolution: &Resolution, folder: &str) -> (usize, usize, usize) {
    let meanings: BTreeMap<(i64, &str), &Meaning> =
        resolution.labels.iter().map(|label| ((label.key, label.label.as_str()), &label.meaning)).collect();
    let mut counts = (0, 0, 0);
    for (key, planned) in all.iter().enumerate().filter(|(_, planned)| planned.folder == folder) {
        for label in planned.plan.draft.utterances.iter().filter_map(|utterance| utterance.label.as_deref()) {
            match meanings[&(i64::try_from(key).unwrap(), label)] {
                Meaning::Person(link) if link.linked => counts.0 += 1,
                Meaning::Role(_) => counts.1 += 1,
                _ => counts.2 += 1,
            }
        }
    }
    counts
}

fn folder_figures(all: &[Planned], resolution: &Resolution, folder: &str) -> String {
    let mut text = String::new();
    let of_folder: Vec<&Planned> = all.iter().filter(|planned| planned.folder == folder).collect();
    let mut series: BTreeMap<String, usize> = BTreeMap::new();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let mut findings: BTreeMap<&str, usize> = BTreeMap::new();
    for planned in &of_folder {
        *series.entry(planned.plan.draft.series.clone().unwrap_or_default()).or_default() += 1;
        *kinds.entry(format!("{:?}", planned.plan.draft.briefing_kind)).or_default() += 1;
        for diagnostic in &planned.plan.diagnostics {
            *findings.entry(&diagnostic.code).or_default() += 1;
        }
    }
    let files = |rule: &dyn Fn(&Planned) -> bool| -> Vec<String> {
        of_folder.iter().filter(|planned| rule(planned)).map(|planned| planned.file.clone()).collect()
    };
    let undated = files(&|planned| planned.plan.draft.date.is_none());
    let untitled = files(&|planned| !planned.titled);
    let (linked, roles, others) = turns(all, resolution, folder);
    writeln!(text, "== {folder}: {} files", of_folder.len()).unwrap();
    writeln!(text, "series {series:?}\nkinds {kinds:?}\nfindings {findings:?}").unwrap();
    writeln!(text, "undated {undated:?}\nuntitled {untitled:?}").unwrap();
    let share = 100.0 * linked as f64 / (linked + others).max(1) as f64;
    writeln!(text, "turns: {linked} linked, {others} not, {roles} of roles: {share:.2} %").unwrap();
    text
}

/// Everybody with a page, and the labels that mean nobody.
fn people_figures(all: &[Planned], resolution: &Resolution) -> String {
    let mut text = String::new();
    for person in &resolution.people {
        let offices = person.offices.iter().map(|office| {
            let day = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string()).unwrap_or_default();
            format!("{} ({} to {})", office.title, day(office.from), day(office.to))
        });
        writeln!(text, "{}: {}", person.name, offices.collect::<Vec<_>>().join("; ")).unwrap();
    }
    let mut then: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for label in &resolution.labels {
        if let Meaning::Person(link) = &label.meaning {
            let name = resolution.people[link.person].name.as_str();
            *then.entry((name, link.office.as_deref().unwrap_or("-"))).or_default() += 1;
        }
    }
    for ((name, office), count) in then {
        writeln!(text, "then\t{count}\t{name}\t{office}").unwrap();
    }
    let mut unknown: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for label in &resolution.labels {
        let open = match &label.meaning {
            Meaning::Unknown => true,
            Meaning::Person(link) => !link.linked,
            Meaning::Role(_) => false,
        };
        if open {
            *unknown.entry((label.label.as_str(), &all[usize::try_from(label.key).unwrap()].file)).or_default() += 1;
        }
    }
    writeln!(text, "== unknown: {unknown:#?}").unwrap();
    text
}

#[test]
#[ignore = "prints figures, for people"]
fn figures() {
    let Ok(root) = std::env::var("ONRECORD_CORPORA") else {
        println!("skipped: ONRECORD_CORPORA is not set");
        return;
    };
    let mut folders: Vec<PathBuf> = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let all: Vec<Planned> = folders.iter().flat_map(|folder| planned(folder)).collect();
    let resolution = resolved(&all);
    for folder in &folders {
        println!("{}", folder_figures(&all, &resolution, folder.file_name().unwrap().to_str().unwrap()));
    }
    println!("{}", people_figures(&all, &resolution));
}
