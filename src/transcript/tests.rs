//! Stories about hostile and odd input; readable cases stand in `tests/transcripts`.

use std::time::Instant;

use proptest::prelude::*;

use super::coverage::coverage;
use super::model::{DateFound, DateOrigin, Format, Kind, Parsed, SegmentKind};
use super::{Input, Severity, dates, parse};

fn read(bytes: &[u8], name: &str) -> Parsed {
    parse(Input { bytes, name: Some(name) })
}

fn error_of(bytes: &[u8], name: &str) -> String {
    let parsed = read(bytes, name);
    let error = parsed.diagnostics.iter().find(|found| found.severity == Severity::Error);
    error.map(|error| error.message.clone()).unwrap_or_default()
}

#[test]
fn unreadable_files_say_what_to_do() {
    assert!(error_of(b"{\\rtf1 hello}", "a.txt").contains("save it as DOCX or PDF"));
    assert!(error_of(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 more", "a.doc").contains("old binary Office file"));
    assert!(error_of(b"\x89PNG\r\n\x1a\n", "scan.txt").contains("OCR"));
    assert!(error_of(&[0, 1, 2, 3, 255, 254, 0, 9, 200, 17].repeat(50), "renamed.txt").contains("binary data"));
    assert!(error_of(b"", "empty.txt").contains("empty"));
    assert!(error_of(b" \n\n ", "blank.html").contains("no words"));
    assert_eq!(read(b"{\\rtf1 hello}", "a.txt").format, Format::Unreadable);
}

#[test]
fn a_hundred_thousand_nested_tags_are_refused_at_once() {
    let started = Instant::now();
    for tag in ["<div>", "<b>", "<font size=1>", "<span class=x>", "<table><tr><td>", "<ul><li>"] {
        let message = error_of(format!("<html><body>{}words", tag.repeat(100_000)).as_bytes(), "deep.html");
        assert!(message.contains("nested too deeply"), "{tag}: {message}");
    }
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
}

#[test]
fn paragraphs_whose_end_tags_are_missing_are_not_nesting() {
    let text = format!("<html><body>{}</body></html>", "<p>MR. VALE:  Words. <li>More".repeat(3_000));
    assert_eq!(error_of(text.as_bytes(), "old.html"), "");
    let text = format!("<html><body>{}</body></html>", "<p><font size=2>MR. VALE:  Words.".repeat(3_000));
    assert_eq!(error_of(text.as_bytes(), "old.html"), "");
}

#[test]
fn a_text_too_large_to_be_a_transcript_is_refused() {
    let message = error_of(&vec![b'a'; 11 * 1024 * 1024], "line.txt");
    assert!(message.contains("10 MB"), "{message}");
}

#[test]
fn a_list_of_names_is_no_transcript() {
    let list = (0..5_000).map(|n| format!("MR. V{n}: Word.\n\n")).collect::<Vec<_>>().concat();
    let message = error_of(list.as_bytes(), "list.txt");
    assert!(message.contains("5000 different labels"), "{message}");
    let long = (0..40_000).map(|n| format!("Q: Why {n}?\n\n")).collect::<Vec<_>>().concat();
    let message = error_of(long.as_bytes(), "long.txt");
    assert!(message.contains("turns and paragraphs"), "{message}");
}

#[test]
fn one_long_line_is_read_in_reasonable_time() {
    let started = Instant::now();
    for name in ["line.txt", "line.md"] {
        let parsed = read("word: Q. MR. A (b [c *d <s> <!-- ".repeat(20_000).as_bytes(), name);
        assert_eq!(coverage(&parsed), None);
    }
    let parsed = read("ab\n".repeat(100_000).as_bytes(), "lines.txt");
    assert_eq!(coverage(&parsed), None);
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn names_and_addresses_hold_dates() {
    let day = |name: &str| dates::from_name(name).map(|(date, _)| date.to_string()).unwrap_or_default();
    assert_eq!(day("2009-01-22-1696.html"), "2009-01-22");
    assert_eq!(day("white_house_briefing_April-08-2020.html"), "2020-04-08");
    assert_eq!(day("FOMCpresconf20110427.pdf"), "2011-04-27");
    assert_eq!(day("10--version-del-10-de-abril-de-2024.txt"), "2024-04-10");
    assert_eq!(day("25--conferencia-del-24-de-septiembre-de-2024-378697.txt"), "2024-09-24");
    assert_eq!(day("https://press.example/news/2015/12/18/press-conference"), "2015-12-18");
    assert_eq!(day("https://press.example/the-press-office/press-briefing-12209"), "");
    assert_eq!(day("briefing-20231399.txt"), "");
}

fn found(date: &str, origin: DateOrigin) -> DateFound {
    DateFound { date: date.parse().unwrap(), origin, evidence: date.to_owned() }
}

fn chosen(dates: &[(&str, DateOrigin)]) -> String {
    let dates: Vec<DateFound> = dates.iter().map(|(date, origin)| found(date, *origin)).collect();
    let choice = dates::choose(&dates);
    let conflicts = choice.conflicts.len();
    choice.date.map(|date| format!("{date} {:?} {conflicts}", choice.origin.unwrap())).unwrap_or_default()
}

#[test]
fn the_head_knows_best_unless_all_others_say_that_it_is_a_slip() {
    use DateOrigin::{FileName, FrontMatter, Given, Head, Sidecar, Title};
    assert_eq!(chosen(&[]), "");
    assert_eq!(chosen(&[("2023-01-04", Sidecar), ("2023-01-03", Head)]), "2023-01-03 Head 1");
    assert_eq!(chosen(&[("2009-02-27", FileName), ("2008-02-27", Head)]), "2009-02-27 FileName 1");
    assert_eq!(chosen(&[("2008-02-27", Head), ("2009-02-27", Title), ("2009-02-27", FileName)]), "2009-02-27 Title 1");
    assert_eq!(
        chosen(&[("2023-09-01", FrontMatter), ("2023-09-01", FileName), ("2023-08-31", Head)]),
        "2023-08-31 Head 0"
    );
    assert_eq!(
        chosen(&[("2023-06-13", Head), ("2023-03-13", Sidecar), ("2023-03-13", FileName)]),
        "2023-03-13 Sidecar 1"
    );
    assert_eq!(chosen(&[("2009-04-18", Head), ("2009-04-17", Head), ("2009-04-17", Title)]), "2009-04-17 Head 1");
    assert_eq!(chosen(&[("2020-01-01", Given), ("2023-03-13", Head)]), "2020-01-01 Given 1");
}

#[test]
fn the_day_a_text_came_out_loses_to_the_day_its_title_names() {
    let day = |text: &str, name: &str| {
        dates::choose(&read(text.as_bytes(), name).transcript.dates).date.map(|date| date.to_string())
    };
    let head = "THE WHITE HOUSE\n\nOffice of the Press Secretary\n\nFor Immediate Release    February 27, 2031\n\n";
    let turns = "1:39 P.M. EST\n\nMR. VALE:  Hello.\n\nQ    Hi.\n";
    let title = |date: &str| format!("Briefing by Press Secretary Vale, {date}\n\n{head}{turns}");
    assert_eq!(day(&title("2/26/31"), "a.txt").as_deref(), Some("2031-02-26"));
    // A day that is still to come is what the briefing is about.
    assert_eq!(day(&title("March 5, 2031"), "a.txt").as_deref(), Some("2031-02-27"));
    assert_eq!(day(&format!("{head}PRESS BRIEFING\n\n{turns}"), "a.txt").as_deref(), Some("2031-02-27"));
    let matter = format!("---\ndate: '2031-11-14'\ntitle: Press Briefing\n---\n\n{turns}");
    assert_eq!(day(&matter, "2031-11-14-press-briefing-november-13-2031.md").as_deref(), Some("2031-11-13"));
    assert_eq!(day(&matter, "2031-11-13-press-briefing.md").as_deref(), Some("2031-11-14"));
}

#[test]
fn a_text_that_came_out_before_its_event_began_is_of_an_earlier_day() {
    let codes = |published: &str| {
        let text = format!(
            "---\ndate: '2031-11-14'\npublished_time: {published}\n---\n\nPress Briefing\n\n2:44 P.M. EST\n\n\
             MR. VALE:  Hello.\n\nQ    Hi.\n"
        );
        read(text.as_bytes(), "a.md").diagnostics.into_iter().map(|found| found.code).collect::<Vec<_>>()
    };
    assert_eq!(codes("2031-11-14 11:26:03-05:00"), ["published-before-event"]);
    assert_eq!(codes("2031-11-14 16:26:03-05:00"), [""; 0]);
}

#[test]
fn times_are_read_as_printed() {
    let time = |line: &str| {
        super::times::first(line)
            .map(|(time, _)| format!("{} {}", time.time.strftime("%H:%M"), time.zone.unwrap_or_default()))
    };
    assert_eq!(time("1:40 P.M. EST").as_deref(), Some("13:40 EST"));
    assert_eq!(time("2:13 p.m. EDT").as_deref(), Some("14:13 EDT"));
    assert_eq!(time("END 3:52 P.M. EDT").as_deref(), Some("15:52 EDT"));
    assert_eq!(time("(As delivered at 12:05 a.m.)").as_deref(), Some("00:05 "));
    assert_eq!(time("7 h 30").as_deref(), Some("07:30 "));
    assert_eq!(time("1:11 P.M. (Local)").as_deref(), Some("13:11 LOCAL"));
    assert_eq!(time("14:05 GMT").as_deref(), Some("14:05 GMT"));
    assert_eq!(time("A vote of 11:30 or 3 to 1"), None);
}

#[test]
fn the_date_of_a_reading_survives_json() {
    let parsed = read(b"Press Briefing, 3 January 2023\n\nMR. VALE:  Hello.\n\nQ    Hi.\n", "a.txt");
    let json = serde_json::to_string(&parsed).unwrap();
    assert_eq!(serde_json::from_str::<Parsed>(&json).unwrap(), parsed);
    assert_eq!(dates::choose(&parsed.transcript.dates).date.unwrap().to_string(), "2023-01-03");
}

#[test]
fn a_line_break_before_struck_words_keeps_the_words_apart() {
    let parsed = read(b"<p>MR. VALE: We go<br/><s>Never</s> [Now] and<br/><s>then</s> again.</p>", "a.html");
    assert_eq!(coverage(&parsed), None);
    let turn = parsed.transcript.segments.first().expect("a turn");
    assert_eq!(turn.text, "We go\n\nNever [Now] and then again.");
    let struck = |at: usize| {
        let mark = turn.marks.get(at).expect("a mark");
        turn.text.chars().skip(mark.start).take(mark.end - mark.start).collect::<String>()
    };
    assert_eq!((struck(0).as_str(), struck(2).as_str()), ("Never", "then"));
}

/// Pieces that transcripts are made of, in an order that none would have.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("MR. VALE: ".to_owned()),
        Just("Q    ".to_owned()),
        Just("Q ".to_owned()),
        Just("QUESTION: ".to_owned()),
        Just("Jane Doe: ".to_owned()),
        Just("CHAIR VALE. ".to_owned()),
        Just("---\n".to_owned()),
        Just("PREGUNTA\n".to_owned()),
        Just("\n\n".to_owned()),
        Just("\n".to_owned()),
        Just("  \n".to_owned()),
        Just("<br/>".to_owned()),
        Just("<p>".to_owned()),
        Just("</p>".to_owned()),
        Just("<s>".to_owned()),
        Just("</s>".to_owned()),
        Just("<b>".to_owned()),
        Just("**".to_owned()),
        Just("*".to_owned()),
        Just("\\[".to_owned()),
        Just("(Laughter.)".to_owned()),
        Just("[sic]".to_owned()),
        Just("END\n".to_owned()),
        Just("1:40 P.M. EST\n".to_owned()),
        Just("\u{A0}\u{A0}".to_owned()),
        Just("# Press Briefing\n".to_owned()),
        Just("January 3, 2023\n".to_owned()),
        Just("Index for Today's Briefing\n".to_owned()),
        "[a-zA-Z0-9éñ’“” .,:;!?()*_~&<>-]{0,40}",
        any::<String>(),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(400), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_word_is_lost_whatever_the_layout(text in pieces(), name in prop_oneof![Just("a.txt"), Just("a.md"), Just("a.html")]) {
        let text = if name == "a.html" { format!("<div>{text}</div>") } else { text };
        let parsed = read(text.as_bytes(), name);
        prop_assert_eq!(coverage(&parsed), None);
        let length = parsed.source_text.chars().count();
        let mut at = 0;
        for segment in &parsed.transcript.segments {
            let (start, end) = segment.source;
            prop_assert!(at <= start && start <= end && end <= length, "{:?}", segment);
            at = end;
            prop_assert!(segment.label.is_none() || segment.kind == SegmentKind::Turn);
            let scalars = segment.text.chars().count();
            for mark in &segment.marks {
                prop_assert!(mark.start < mark.end && mark.end <= scalars, "{:?} in {:?}", mark, segment);
            }
            prop_assert!(!segment.text.contains('\u{A0}') && !segment.text.contains("  "), "{:?}", segment.text);
        }
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let parsed = read(&bytes, "a.bin");
        prop_assert_eq!(coverage(&parsed), None);
    }
}

#[test]
fn a_text_that_only_talks_of_colons_is_no_transcript() {
    let text =
        "The minister was clear: no.\n\nHis reasons: cost and time.\n\nSource: the ministry.\n\nMore: tomorrow.\n";
    assert_eq!(read(text.as_bytes(), "a.txt").transcript.kind, Kind::Statement);
}
