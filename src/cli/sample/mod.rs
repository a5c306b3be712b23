//! The sample archive: fiction that a first start shows, so that every page has something on it.

/// Its files by path, the index that describes them first.
pub const FILES: [(&str, &[u8]); 16] = [
    file("index.jsonl", include_bytes!("index.jsonl")),
    file(
        "harbour-house/2024-03-12-press-briefing.html",
        include_bytes!("harbour-house/2024-03-12-press-briefing.html"),
    ),
    file(
        "harbour-house/2024-10-17-press-briefing-energy.html",
        include_bytes!("harbour-house/2024-10-17-press-briefing-energy.html"),
    ),
    file(
        "foreign-ministry/2024-11-14-daily-briefing.txt",
        include_bytes!("foreign-ministry/2024-11-14-daily-briefing.txt"),
    ),
    file(
        "foreign-ministry/2024-11-15-daily-briefing.txt",
        include_bytes!("foreign-ministry/2024-11-15-daily-briefing.txt"),
    ),
    file(
        "reports/2024-11-15-courier-detained-trawler.txt",
        include_bytes!("reports/2024-11-15-courier-detained-trawler.txt"),
    ),
    file(
        "harbour-house/2025-01-23-press-briefing-by-press-secretary-nora-feldane.md",
        include_bytes!("harbour-house/2025-01-23-press-briefing-by-press-secretary-nora-feldane.md"),
    ),
    file(
        "harbour-house/2025-02-11-readout-call-president-hask.html",
        include_bytes!("harbour-house/2025-02-11-readout-call-president-hask.html"),
    ),
    file(
        "harbour-house/2025-04-08-press-briefing-by-press-secretary-joren-pell-and-chief-medical-officer.md",
        include_bytes!(
            "harbour-house/2025-04-08-press-briefing-by-press-secretary-joren-pell-and-chief-medical-officer.md"
        ),
    ),
    file(
        "foreign-ministry/2025-06-03-daily-briefing.txt",
        include_bytes!("foreign-ministry/2025-06-03-daily-briefing.txt"),
    ),
    file(
        "harbour-house/2025-09-18-press-briefing-cyber.html",
        include_bytes!("harbour-house/2025-09-18-press-briefing-cyber.html"),
    ),
    file(
        "foreign-ministry/2025-10-06-background-press-call-on-the-fisheries-protocol.md",
        include_bytes!("foreign-ministry/2025-10-06-background-press-call-on-the-fisheries-protocol.md"),
    ),
    file(
        "foreign-ministry/2025-10-09-daily-briefing.txt",
        include_bytes!("foreign-ministry/2025-10-09-daily-briefing.txt"),
    ),
    file(
        "harbour-house/2025-11-27-press-gaggle-on-the-train-to-kallenport.vtt",
        include_bytes!("harbour-house/2025-11-27-press-gaggle-on-the-train-to-kallenport.vtt"),
    ),
    file(
        "harbour-house/2026-02-05-press-briefing-by-press-secretary-joren-pell.md",
        include_bytes!("harbour-house/2026-02-05-press-briefing-by-press-secretary-joren-pell.md"),
    ),
    file(
        "foreign-ministry/2026-05-19-daily-briefing.txt",
        include_bytes!("foreign-ministry/2026-05-19-daily-briefing.txt"),
    ),
];

const fn file(path: &'static str, bytes: &'static [u8]) -> (&'static str, &'static [u8]) {
    (path, bytes)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::FILES;

    #[test]
    fn index_and_folder_agree() {
        let text = std::str::from_utf8(FILES[0].1).unwrap();
        let rows = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let described: BTreeSet<String> = rows.map(|row| row["file"].as_str().unwrap().to_owned()).collect();
        let embedded: BTreeSet<String> = FILES[1..].iter().map(|(path, _)| (*path).to_owned()).collect();
        assert_eq!(described, embedded);

        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli/sample");
        let mut lying_here = BTreeSet::new();
        for folder in ["foreign-ministry", "harbour-house", "reports"] {
            for entry in std::fs::read_dir(here.join(folder)).unwrap() {
                lying_here.insert(format!("{folder}/{}", entry.unwrap().file_name().display()));
            }
        }
        assert_eq!(lying_here, embedded);
    }

    #[test]
    fn the_word_fiction_stands_beside_it() {
        assert!(include_str!("README.md").contains("Everything in this folder is fiction."));
    }
}
