//! Articles about invented people and places.

use super::*;

/// A quotation in words.
#[derive(Debug, PartialEq)]
struct Read {
    mode: QuotationMode,
    source: String,
    cue: String,
    content: Vec<String>,
    speaker: String,
}

fn read(text: &str) -> Vec<Read> {
    let chars: Vec<char> = text.chars().collect();
    let words = |range: Range<usize>| chars[range].iter().collect::<String>();
    quotations(text)
        .into_iter()
        .map(|one| Read {
            mode: one.mode,
            source: one.source.map(words).unwrap_or_default(),
            cue: one.cue.map(words).unwrap_or_default(),
            content: one.content.into_iter().map(words).collect(),
            speaker: one.speaker.unwrap_or_default(),
        })
        .collect()
}

fn quotation(mode: QuotationMode, source: &str, cue: &str, content: &[&str], speaker: &str) -> Read {
    Read {
        mode,
        source: source.to_owned(),
        cue: cue.to_owned(),
        content: content.iter().map(|&piece| piece.to_owned()).collect(),
        speaker: speaker.to_owned(),
    }
}

/// Whose the quotations are that contain certain words, and how.
fn whose(text: &str, part: &str) -> Vec<(QuotationMode, String)> {
    read(text)
        .into_iter()
        .filter(|one| one.content.iter().any(|piece| piece.contains(part)))
        .map(|one| (one.mode, one.speaker))
        .collect()
}

const BRIEFING: &str = "KALLENPORT — Harbour Ministry spokesman Joren Pell said Tuesday that the northern pier would close in June.\n\n\
     “We have no choice,” Pell told reporters. “The pilings are older than I am.”\n\n\
     Opponents of the plan were not convinced. “The pier,” said Senator Ada Vale, “is the heart of this town.”\n\n\
     According to the harbour authority, 40 boats use the pier every day. A local journalist asked whether they would be \
     moved. “I’m not going to guess,” Pell answered.";

#[test]
fn words_stand_before_and_after_the_one_who_says_them() {
    let found = read(BRIEFING);
    assert!(
        found.contains(&quotation(
            QuotationMode::Indirect,
            "Harbour Ministry spokesman Joren Pell",
            "said Tuesday",
            &["that the northern pier would close in June"],
            "Joren Pell"
        )) || found.contains(&quotation(
            QuotationMode::Indirect,
            "Harbour Ministry spokesman Joren Pell",
            "said",
            &["that the northern pier would close in June"],
            "Joren Pell"
        )),
        "{found:#?}"
    );
    let direct = quotation(
        QuotationMode::Direct,
        "Pell",
        "told",
        &["“We have no choice,”", "“The pilings are older than I am.”"],
        "Joren Pell",
    );
    assert!(found.contains(&direct), "{found:#?}");
    let cut = quotation(
        QuotationMode::Direct,
        "Senator Ada Vale",
        "said",
        &["“The pier,”", "“is the heart of this town.”"],
        "Ada Vale",
    );
    assert!(found.contains(&cut), "{found:#?}");
}

#[test]
fn a_body_has_words_as_well() {
    let found = read(BRIEFING);
    let authority = quotation(
        QuotationMode::Indirect,
        "the harbour authority",
        "According to",
        &["40 boats use the pier every day"],
        "the harbour authority",
    );
    assert!(found.contains(&authority), "{found:#?}");
}

#[test]
fn a_journalist_without_a_name_asks_and_is_answered() {
    let text = "Interior Minister Lena Hask met the press on Monday. “Will the bridge open this year?” a foreign journalist \
                asked. “Yes,” Hask replied. “It will open in May,” she added.";
    assert_eq!(whose(text, "Will the bridge open"), [(QuotationMode::Direct, "a foreign journalist".to_owned())]);
    assert_eq!(whose(text, "It will open in May"), [(QuotationMode::Direct, "Lena Hask".to_owned())]);
}

#[test]
fn marks_may_be_straight_or_doubled() {
    for (open, close) in [("“", "”"), ("\"", "\""), ("''", "''")] {
        let text = format!(
            "Mayor Rosa Brandt spoke on Friday.\n\n{open}We will rebuild the school this summer,{close} she said. {open}And \
             we will pay for it ourselves.{close}"
        );
        let content = [
            format!("{open}We will rebuild the school this summer,{close}"),
            format!("{open}And we will pay for it ourselves.{close}"),
        ];
        let content: Vec<&str> = content.iter().map(String::as_str).collect();
        let expected = quotation(QuotationMode::Direct, "she", "said", &content, "Rosa Brandt");
        assert!(read(&text).contains(&expected), "{:#?}", read(&text));
    }
}

#[test]
fn only_some_words_may_be_quoted() {
    let text =
        "President Tomas Arrel said his country would support its neighbour in “every reasonable way” this winter.";
    assert_eq!(whose(text, "every reasonable way"), [(QuotationMode::Mixed, "Tomas Arrel".to_owned())]);
}

#[test]
fn a_quotation_goes_on_in_the_next_paragraph() {
    let text = "“The ferry was late again on Monday,” said Governor Ada Vale.\n\n“It was late on Tuesday, and it was late on \
                Wednesday. I am tired of waiting for it.”\n\nNobody else spoke.";
    assert!(
        whose(text, "I am tired of waiting")
            .iter()
            .all(|(mode, speaker)| *mode == QuotationMode::Direct && speaker == "Ada Vale")
    );
    assert!(!whose(text, "I am tired of waiting").is_empty());
}

#[test]
fn words_signed_with_a_dash_are_the_signers() {
    let text = "Readers wrote to us about the new harbour.\n\n“It will be the end of our little town.” ― Greta Olm\n\n“I cannot \
                wait to see the first big ship.” ― Nils Farrow";
    assert_eq!(whose(text, "the end of our little town"), [(QuotationMode::Direct, "Greta Olm".to_owned())]);
    assert_eq!(whose(text, "the first big ship"), [(QuotationMode::Direct, "Nils Farrow".to_owned())]);
}

#[test]
fn a_report_in_which_nobody_speaks_has_no_quotations() {
    assert_eq!(read("The pier is made of wood. It stands in the northern harbour."), []);
    assert_eq!(read(""), []);
    assert_eq!(read(" \n\n "), []);
}

#[test]
fn a_mark_that_is_never_closed_ends_with_its_paragraph() {
    let text = "“We will go, Vale said.\n\nThe harbour is old, and “the pier is older,” Mayor Joren Pell said.";
    assert!(whose(text, "the pier is older").iter().all(|(_, speaker)| speaker == "Joren Pell"));
    for one in read(text) {
        assert!(one.content.iter().all(|piece| !piece.is_empty()), "{one:?}");
    }
}

#[test]
fn hostile_text_is_read_once() {
    for piece in ["\"", "“", "a", "\" ", "said ", "“ said ” ", "Ada Vale, ", "''"] {
        let text = piece.repeat(200_000 / piece.len());
        let began = std::time::Instant::now();
        quotations(&text);
        assert!(began.elapsed().as_secs() < 20, "{piece:?} took {:?}", began.elapsed());
    }
}

mod labelled_articles {
    use super::super::labelled::{Attribution, Labelled, Span};
    use super::super::measure::compare;
    use super::super::train::train;
    use super::*;

    fn found(source: Range<usize>, cue: Range<usize>, content: Vec<Range<usize>>) -> Quotation {
        Quotation { mode: QuotationMode::Indirect, source: Some(source), cue: Some(cue), content, speaker: None }
    }

    fn article(attributions: Vec<Attribution>) -> Labelled {
        Labelled { id: "one".to_owned(), text: String::new(), attributions }
    }

    #[test]
    fn a_content_in_two_pieces_counts_once_strictly_and_twice_by_the_piece() {
        let right =
            Attribution { source: vec![Span(0, 4)], cue: vec![Span(5, 9)], content: vec![Span(10, 20), Span(30, 40)] };
        let measured = compare(&[found(0..4, 5..9, vec![10..20, 30..41])], &article(vec![right]));
        assert!((measured.source.strict.score().f1 - 1.0).abs() < 1e-9);
        assert!(measured.content.strict.score().f1.abs() < 1e-9);
        assert!((measured.content.by_piece.score().f1 - 0.5).abs() < 1e-9);
        assert!((measured.content.overlap.score().f1 - 1.0).abs() < 1e-9);
    }

    #[test]
    fn one_source_of_two_attributions_counts_once() {
        let right = |cue: Span| Attribution { source: vec![Span(0, 4)], cue: vec![cue], content: Vec::new() };
        let found = [found(0..4, 5..9, Vec::new()), found(0..5, 12..14, Vec::new())];
        let score = compare(&found, &article(vec![right(Span(5, 9)), right(Span(12, 14))])).source.strict.score();
        assert!((score.precision - 0.5).abs() < 1e-9 && (score.recall - 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_same_articles_teach_the_same_twice() {
        let text = "Ada Vale said the pier is old.";
        let attribution = Attribution { source: vec![Span(0, 8)], cue: vec![Span(9, 13)], content: vec![Span(14, 29)] };
        let articles: Vec<Labelled> = (0..9)
            .map(|number| Labelled {
                id: number.to_string(),
                text: text.to_owned(),
                attributions: vec![attribution.clone()],
            })
            .collect();
        let (first, second) = (train(&articles), train(&articles));
        assert!(first.cues.len() > 100 && first.parts.len() > 100);
        assert!(first.cues == second.cues && first.parts == second.parts);
    }
}
