//! What readers type, and how it is read.

use proptest::prelude::*;

use super::*;

fn read_as(query: &str) -> String {
    read(query).read_as
}

fn silent(query: &str) -> String {
    let reading = read(query);
    assert_eq!(reading.repairs, Vec::<String>::new(), "{query}");
    reading.read_as
}

fn repaired(query: &str) -> String {
    let reading = read(query);
    assert!(!reading.repairs.is_empty(), "{query} was read as {:?} without a word", reading.read_as);
    reading.read_as
}

#[test]
fn every_form_of_the_language_is_understood() {
    for query in [
        "harbour tax",
        "\"no comment at this time\"",
        "ferry OR harbour",
        "(ferry OR harbour) -strike",
        "negot*",
        "\"ferry strike\"~5",
        "speaker:\"ada quill\" ferry",
        "from:2023-05 to:2023 topic:ferries on:2024-02-29",
    ] {
        let reading = read(query);
        assert_eq!(reading.repairs, Vec::<String>::new(), "{query}");
        assert_eq!(read(&reading.read_as).read_as, reading.read_as);
        assert_eq!(reading.filters.len(), query.matches(':').count());
    }
    assert_eq!(silent("a b OR c d"), "(a b) OR (c d)");
    assert_eq!(silent("ferry AND NOT strike"), "ferry -strike");
}

#[test]
fn typographic_signs_make_no_difference() {
    let plain = read("\"don't go\" ferry-boat");
    for query in ["“don’t go” ferry‐boat", "„don‘t go“ ferry-boat", "«don't go» ferry‑boat", "”don’t go” ferry-boat"]
    {
        assert_eq!(read(query), plain, "{query}");
    }
    let Some(Expr::Phrase { words, .. }) = read("\"well … the -- answer — is ** no\"").expr else {
        panic!("a phrase")
    };
    assert_eq!(words, ["well", "the", "answer", "is", "no"]);
}

#[test]
fn quotations_inside_a_quotation_do_not_end_it() {
    for query in ["\"and he said \"we will go\"", "\"and he said “we will go\"", "“and he said “we will go””"]
    {
        assert!(matches!(read(query).expr, Some(Expr::Phrase { words, .. }) if words.len() == 6), "{query}");
    }
    assert_eq!(silent("\"one two\" \"three four\""), "\"one two\" \"three four\"");
}

#[test]
fn bad_queries_are_repaired_and_said_so() {
    assert_eq!(repaired("\"unclosed phrase"), "\"unclosed phrase\"");
    assert_eq!(repaired("(ferry OR (harbour"), "ferry OR harbour");
    assert_eq!(repaired(") ferry ("), "ferry");
    assert_eq!(repaired("colour:red"), "colour red");
    assert_eq!(repaired("ferry - harbour"), "ferry harbour");
    assert_eq!(repaired("-ferry"), "-ferry");
    assert_eq!(repaired("OR ferry OR"), "ferry");
    assert_eq!(repaired("f*"), "f");
    assert_eq!(repaired("from:yesterday ferry"), "ferry");
    assert_eq!(repaired("speaker: ferry"), "ferry");
    assert_eq!(repaired("-speaker:quill ferry"), "ferry");
    assert_eq!(repaired("\"\" ..."), "");
    assert_eq!(repaired("..."), "");
    assert_eq!(silent(""), "");
    assert_eq!(silent("12:30"), "12:30");
}

#[test]
fn hostile_queries_stay_small() {
    for query in ["(".repeat(5000), "-".repeat(5000), "aa* ".repeat(500), "a OR ".repeat(900), "\"".repeat(999)] {
        let reading = read(&query);
        assert!(reading.read_as.len() < 3000 && reading.repairs.len() < 10, "{reading:?}");
        assert_eq!(read_as(&reading.read_as), reading.read_as);
    }
}

#[test]
fn words_in_one_piece_stay_together() {
    assert!(matches!(read("COVID-19").expr, Some(Expr::Compound { joined, .. }) if joined == "covid19"));
    assert!(matches!(read("U.S.").expr, Some(Expr::Compound { joined, .. }) if joined.is_empty()));
}

#[test]
fn dates_are_years_months_and_days() {
    let range = |value| days(value).map(|(first, last)| format!("{first} {last}"));
    assert_eq!(range("2024").as_deref(), Some("2024-01-01 2024-12-31"));
    assert_eq!(range("2024-02").as_deref(), Some("2024-02-01 2024-02-29"));
    assert_eq!(range("2024/2/9").as_deref(), Some("2024-02-09 2024-02-09"));
    for bad in ["24", "2024-13", "2024-02-30", "x", "", "2024-02-01-01"] {
        assert_eq!(range(bad), None, "{bad}");
    }
}

#[test]
fn a_letter_of_which_nothing_is_left_keeps_what_follows_a_word() {
    for query in ["ﹰ#from:᪐", "ﹰ#OR", "ﹰ-2024"] {
        let first = read(query);
        assert!(first.filters.is_empty(), "{query}");
        assert_eq!(read(&first.read_as).read_as, first.read_as, "{query}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_and_reads_the_same_again(query in "(\\PC|[\"“”«»()\\-–—: *~'’.A-Z0-9 ]|OR |NOT |from:|speaker:|aa){0,60}") {
        let first = read(&query);
        let second = read(&first.read_as);
        prop_assert_eq!(&second.read_as, &first.read_as);
        prop_assert_eq!(&second.filters, &first.filters);
        prop_assert_eq!(second.expr.map(|e| e.to_string()), first.expr.map(|e| e.to_string()));
    }
}
