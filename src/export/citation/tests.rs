//! What citations say, format by format; expected lines are written by hand after the manuals of the styles.

use serde_json::json;

use super::samples::{answer, lind, reporter, spoken};
use super::*;
use crate::domain::{AskedBy, Role};

#[test]
fn an_answer_is_cited_with_its_question_in_every_style() {
    let citation = answer();
    let lines: Vec<String> = Style::ALL.map(|style| citation.in_style(style)).into();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    Ada Lind (Harbour Minister), “The dam & the budget,” Harbour Ministry briefing, transcript, Port Ellis, March 10, 2026, issued by Harbour Ministry, turn 4, revision 1, Onrecord, https://onrecord.example/briefings/harbour/4?revision=1; text retrieved March 11, 2026, from https://harbour.example/2026/03/10. In answer to a reporter who is not named (turn 3): “Is the dam ‘safe’?”
    Lind, Ada. “The dam & the budget.” Harbour Ministry briefing, Port Ellis, March 10, 2026. Harbour Ministry. Ada Lind, Harbour Minister. Press briefing transcript, turn 4, revision 1. Onrecord. https://onrecord.example/briefings/harbour/4?revision=1; text retrieved March 11, 2026, from https://harbour.example/2026/03/10. In answer to a reporter who is not named (turn 3): “Is the dam ‘safe’?”
    Lind, A. (Harbour Minister). (2026, March 10). The dam & the budget [Press briefing transcript, Port Ellis; turn 4, revision 1]. Harbour Ministry briefing. Harbour Ministry; Onrecord. https://onrecord.example/briefings/harbour/4?revision=1 (text retrieved March 11, 2026, from https://harbour.example/2026/03/10) In answer to a reporter who is not named (turn 3): “Is the dam ‘safe’?”
    Lind, Ada. “The dam & the budget.” Harbour Ministry briefing, Harbour Ministry, 10 Mar. 2026, Port Ellis. Ada Lind, Harbour Minister. Press briefing transcript. Onrecord, turn 4, revision 1, https://onrecord.example/briefings/harbour/4?revision=1. Text accessed 11 Mar. 2026 at https://harbour.example/2026/03/10. In answer to a reporter who is not named (turn 3): “Is the dam ‘safe’?”
    Lind, A. (Harbour Minister) (2026) The dam & the budget [Press briefing transcript, Port Ellis, 10 March]. Harbour Ministry, Onrecord, turn 4, revision 1. Available at: https://onrecord.example/briefings/harbour/4?revision=1 (text accessed: 11 March 2026, at https://harbour.example/2026/03/10). In answer to a reporter who is not named (turn 3): “Is the dam ‘safe’?”
    "#);
}

#[test]
fn italics_are_those_of_the_style_and_everything_else_is_escaped() {
    let citation = Citation { title: "The <dam> & the budget".into(), ..answer() };
    let html = citation.in_style_html(Style::Apa);
    assert!(html.contains("<i>The &lt;dam&gt; &amp; the budget</i>"), "{html}");
    let html = citation.in_style_html(Style::Mla);
    assert!(html.contains("<i>Harbour Ministry briefing</i>") && html.contains("<i>Onrecord</i>"), "{html}");
}

#[test]
fn what_has_no_date_no_issuer_and_no_address_says_so() {
    let citation = Citation { date: None, issuer: None, official: None, place: None, question: None, ..answer() };
    for style in Style::ALL {
        let line = citation.in_style(style);
        assert!(line.contains("n.d.") || line.contains("no date"), "{line}");
        assert!(line.contains("received") && !line.contains("  ") && !line.contains(".."), "{line}");
    }
    assert!(citation.notes().contains(&"Undated.".to_owned()));
    assert!(citation.csl_item().get("issued").is_none());
}

#[test]
fn several_voices_are_all_named_and_reporters_only_where_nobody_else_speaks() {
    let vesk = Voice { speaker: Some(Name::new("Omar Vesk", "Vesk, Omar")), office: None, ..lind() };
    let said = vec![spoken(3, reporter(), "And?"), spoken(4, lind(), "Yes."), spoken(5, vesk, "No.")];
    let citation = Citation { numbers: Some((3, 5)), said, question: None, ..answer() };
    let names: Vec<String> = citation.authors().iter().map(ToString::to_string).collect();
    assert_eq!(names, ["Ada Lind", "Omar Vesk"]);
    assert!(citation.in_style(Style::ChicagoNote).starts_with("Ada Lind (Harbour Minister) and Omar Vesk, “The dam"));
    assert!(citation.in_style(Style::Apa).starts_with("Lind, A. (Harbour Minister), & Vesk, O. (2026, March 10)."));
    assert!(citation.in_style(Style::Mla).starts_with("Lind, Ada, and Omar Vesk. “"));
    assert!(citation.text().starts_with("Unnamed reporter: And?\n\nAda Lind: Yes."));
    assert_eq!(citation.json_ld_value()["@graph"].as_array().map(Vec::len), Some(3));
    let alone = Citation { said: vec![spoken(3, reporter(), "And?")], ..citation };
    assert_eq!(alone.authors(), [Author::Called("Unnamed reporter".into())]);
}

#[test]
fn csl_json_has_the_fields_of_the_schema() {
    let item = answer().csl_item();
    assert_eq!(item["type"], "speech");
    assert_eq!(item["author"], json!([{"family": "Lind", "given": "Ada"}]));
    assert_eq!(item["issued"], json!({"date-parts": [[2026, 3, 10]]}));
    assert_eq!(item["abstract"], "The dam is safe.");
    let note = item["note"].as_str().unwrap();
    assert!(note.contains("Ada Lind, Harbour Minister."), "{note}");
    assert!(note.contains("Labelled MS. LIND in the text, linked to Ada Lind by machine."), "{note}");
    assert!(note.contains("In answer to a reporter who is not named (turn 3): “Is the dam ‘safe’?”"), "{note}");
    let official = Voice { label: "SENIOR OFFICIAL".into(), role: Some(Role::Official), ..reporter() };
    let unnamed = Citation { said: vec![spoken(4, official, "No.")], ..answer() };
    assert_eq!(unnamed.csl_item()["author"], json!([{"literal": "Senior official"}]));
}

#[test]
fn a_line_break_never_ends_a_field_of_ris() {
    let asked = AskedBy { name: "Jo, of the Courier".into(), outlet: None, evidence: String::new() };
    let q = Voice { asked_by: Some(asked), ..reporter() };
    let text = "Is it\r\n\r\nER  - \nTY  - BOOK safe?";
    let ris = Citation { said: vec![spoken(3, q, text)], question: None, ..answer() }.ris();
    assert_eq!(ris.matches("\r\nER  - ").count(), 1, "{ris}");
    assert!(ris.starts_with("TY  - ELEC\r\n") && ris.ends_with("ER  - \r\n"), "{ris}");
    assert!(ris.contains("AB  - Is it ER - TY - BOOK safe?\r\n"), "{ris}");
    assert!(ris.contains("AU  - Jo – of the Courier\r\n"), "{ris}");
    assert!(ris.contains("DA  - 2026/03/10\r\n") && ris.contains("Y2  - 2026/03/11\r\n"), "{ris}");
}

#[test]
fn bibtex_reads_back_as_it_was_meant() {
    let title = "100 % of \\dam & {budget}: $5 #1 a_b ~ ^ }";
    let hill = Voice { speaker: Some(Name::new("Sam van Hill Jr.", "van Hill Jr., Sam")), ..lind() };
    let said = vec![spoken(4, hill, "Fine & dandy\n\n50 %")];
    let bib = Citation { title: title.into(), said, ..answer() }.bibtex();
    let read = biblatex::Bibliography::parse(&bib).unwrap_or_else(|error| panic!("{error}: {bib}"));
    let entry = read.get("onrecord-harbour-4").expect("the key");
    let authors = entry.author().expect("authors");
    assert_eq!((authors[0].name.as_str(), authors[0].prefix.as_str()), ("Hill", "van"), "{bib}");
    assert_eq!((authors[0].given_name.as_str(), authors[0].suffix.as_str()), ("Sam", "Jr."), "{bib}");
    assert!(bib.contains("Fine \\& dandy 50 \\%"), "{bib}");
    assert!(bib.contains("month = mar"), "{bib}");
}

#[test]
fn json_ld_says_who_in_what_recorded_where_and_cannot_end_a_script() {
    let said = vec![spoken(4, lind(), "</script><b>The dam</b> is safe.")];
    let citation = Citation { said, ..answer() };
    let text = citation.json_ld();
    assert!(!text.contains('<'), "{text}");
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["@type"], "Quotation");
    assert_eq!(value["text"], "</script><b>The dam</b> is safe.");
    assert_eq!(value["spokenByCharacter"]["name"], "Ada Lind");
    assert_eq!(value["spokenByCharacter"]["jobTitle"], "Harbour Minister");
    assert_eq!(value["isPartOf"]["recordedAt"]["startDate"], "2026-03-10");
    assert_eq!(value["recordedAt"]["recordedIn"]["url"], "https://harbour.example/2026/03/10");
    assert_eq!(value["about"]["text"], "Is the dam “safe”?");
}

#[test]
fn in_json_ld_each_answer_of_a_range_is_about_its_own_question() {
    let said =
        vec![spoken(4, lind(), "It is."), spoken(5, reporter(), "And the lock?"), spoken(6, lind(), "That too.")];
    let value = Citation { numbers: Some((4, 6)), said, ..answer() }.json_ld_value();
    let about: Vec<_> = (0..3).map(|i| value["@graph"][i]["about"]["text"].as_str()).collect();
    assert_eq!(about, [Some("Is the dam “safe”?"), None, Some("And the lock?")]);
    let briefing = &value["@graph"][0]["isPartOf"];
    assert_eq!(briefing["archivedAt"], "https://onrecord.example/briefings/harbour?revision=1", "{briefing}");
}

#[test]
fn the_words_are_copied_with_question_voice_and_address() {
    insta::assert_snapshot!(answer().words(), @r#"
    In answer to a reporter who is not named (turn 3): “Is the dam ‘safe’?”

    “The dam is safe.”
    — Ada Lind, Harbour Minister, “The dam & the budget”, 10 March 2026, Port Ellis. https://onrecord.example/briefings/harbour/4?revision=1
    "#);
}
