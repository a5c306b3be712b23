//! Stories about quotations, with invented people and words.

use super::article;
use super::differences::Warning;
use super::verdict::{Finding, Passage, Verdict, Voice, judge};

const HARBOUR: &str = "The harbour will not be closed this winter. We have set aside $40 million for the new quay, and \
    twenty-five ships a day will pass through it. I told the council that in March.";

fn said_by(voice: Voice, text: &str) -> Passage<'_> {
    Passage { text, marks: &[], voice, goes_on: false }
}

/// Every word counts the same.
fn judged(quotation: &str, passages: &[Passage<'_>]) -> Finding {
    judge(quotation, passages, &[(0, 100_000, 3.0)])
}

fn alone(quotation: &str) -> Finding {
    judged(quotation, &[said_by(Voice::Speaker, HARBOUR)])
}

fn verdict(quotation: &str, text: &str) -> Verdict {
    judged(quotation, &[said_by(Voice::Speaker, text)]).verdict
}

#[test]
fn typography_makes_no_difference() {
    for quotation in [
        "The harbour will not be closed this winter.",
        "“the harbour will NOT be closed\u{a0}this winter”",
        "The harbour will — not — be closed this winter...",
        "[The] harbour will not be closed [this year,] this winter",
        "[t]he harbour will not be closed",
        "[Our port] will not be closed this winter",
        "The harbour [won't] be closed this winter",
        "We have set aside $40 million … and 25 ships a day",
    ] {
        let finding = alone(quotation);
        assert_eq!(finding.verdict, Verdict::Verbatim, "{quotation}: {:?}", finding.places);
    }
}

#[test]
fn a_lost_not_is_called_out() {
    for quotation in ["The harbour will be closed this winter.", "The harbour will ... be closed this winter."] {
        let finding = alone(quotation);
        assert_eq!(finding.verdict, Verdict::Altered, "{quotation}");
        assert_eq!(finding.warnings, [Warning::Negation], "{quotation}");
        let difference = &finding.places[0].differences[0];
        assert_eq!((difference.was.as_str(), difference.is.as_str()), ("not", ""));
    }
}

#[test]
fn a_not_lost_before_the_last_word_is_called_out_too() {
    let text = "The bridge is safe, and the claim about the ferry is not at all connected. Do not sell the harbour.";
    for quotation in [
        "the bridge is safe and the claim about the ferry is connected",
        "do sell the harbour",
        "the claim about the ferry is not at all connected. Do sell",
    ] {
        let finding = judged(quotation, &[said_by(Voice::Speaker, text)]);
        assert_eq!(finding.verdict, Verdict::Altered, "{quotation}");
        assert!(finding.warnings.contains(&Warning::Negation), "{quotation}: {:?}", finding.places);
    }
}

#[test]
fn numbers_names_and_tenses_are_called_out() {
    let warned = |quotation: &str| {
        let finding = alone(quotation);
        assert_eq!(finding.verdict, Verdict::Altered, "{quotation}");
        finding.warnings
    };
    assert_eq!(warned("We have set aside $45 million for the new quay"), [Warning::Number]);
    assert_eq!(warned("We have set aside €40 million for the new quay"), [Warning::Number]);
    assert_eq!(warned("twenty-six ships a day will pass through it"), [Warning::Number]);
    assert_eq!(warned("I told the council that in April"), [Warning::Name]);
    assert_eq!(warned("twenty-five ships a day would pass through it"), [Warning::Tense]);
    assert_eq!(warned("We have set aside $40 million for the old quay"), []);
}

#[test]
fn words_joined_from_two_places_are_spliced() {
    let other = "Nobody in this ministry has ever promised a tunnel under the bay to anyone.";
    let passages = [said_by(Voice::Speaker, HARBOUR), said_by(Voice::Speaker, other)];
    let finding =
        judged("We have set aside $40 million for the new quay and a tunnel under the bay to anyone", &passages);
    assert_eq!(finding.verdict, Verdict::Spliced, "{finding:?}");
    assert_eq!(finding.places.iter().map(|place| place.passage).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn a_few_changes_are_believed_rather_than_many_joins() {
    let passages = [
        said_by(
            Voice::Speaker,
            "The minister has been clear: You know, show me the plan, and I'll show you the harbour.",
        ),
        said_by(Voice::Speaker, "The minister has been clear about the quay."),
        said_by(Voice::Speaker, "He told her: show me the plan, and I will pay."),
    ];
    let finding = judged("The minister has been clear: show me the plan, and I will show you the harbour", &passages);
    assert_eq!((finding.verdict, finding.places[0].passage), (Verdict::Altered, 0), "{finding:?}");
}

#[test]
fn who_said_it_matters() {
    let quotation = "The harbour will not be closed this winter";
    let in_voice = |voice| judged(quotation, &[said_by(voice, HARBOUR)]).verdict;
    assert_eq!(in_voice(Voice::Another), Verdict::OtherSpeaker);
    assert_eq!(in_voice(Voice::Question), Verdict::InQuestion);
    let both = [said_by(Voice::Question, HARBOUR), said_by(Voice::Speaker, HARBOUR)];
    assert_eq!(judged(quotation, &both).verdict, Verdict::Verbatim);
}

#[test]
fn words_taken_up_to_report_or_reject_are_not_the_speakers_own() {
    for text in [
        "Some people say, “the dam is going to break next week.” That is nonsense.",
        "It is not true that the dam is going to break next week.",
        "I don't think that the dam is going to break next week.",
        "The mayor said the dam is going to break next week.",
        "I never said \"the dam is going to break next week.\"",
    ] {
        assert_eq!(verdict("The dam is going to break next week", text), Verdict::Quoted, "{text}");
    }
    for text in [
        "As I said, “the dam is going to break next week.”",
        "I have always said that the dam is going to break next week.",
        "We said \"the dam is going to break next week\" and we meant it.",
        "We have to ask this question: “the dam is going to break next week”",
        "And I always wondered, “the dam is going to break next week”",
        "Look, the dam is going to break next week.",
    ] {
        assert_eq!(verdict("The dam is going to break next week", text), Verdict::Verbatim, "{text}");
    }
    // Who quotes the cue along quotes rightly.
    let whole = "It is not true that the dam is going to break next week.";
    assert_eq!(verdict("it is not true that the dam is going to break", whole), Verdict::Verbatim);
}

#[test]
fn what_nobody_said_is_not_found() {
    assert_eq!(alone("Every citizen will receive a free bicycle before the summer ends").verdict, Verdict::NotFound);
    assert_eq!(alone("").verdict, Verdict::NotFound);
    assert_eq!(alone("— … “ ”").verdict, Verdict::NotFound);
}

#[test]
fn who_goes_on_where_the_record_stops_has_altered_nothing() {
    // Two words are rare, and the record stops before the second.
    let invented = "We are not going to negotiate with smugglers.";
    let rarity = [(0, 45, 1.0), (20, 29, 6.0), (35, 44, 6.0)];
    let beside = |text| judge(invented, &[said_by(Voice::Speaker, text)], &rarity).verdict;
    assert_eq!(beside("We are not going to negotiate here. This is the wrong place."), Verdict::NotFound);
    assert_eq!(beside("We are not going to negotiate when it comes to the budget."), Verdict::NotFound);
    assert_eq!(beside("We are not going to negotiate with pirates. This is wrong."), Verdict::Altered);
    assert_eq!(beside("We are not going to negotiate over prices."), Verdict::Altered);
    assert_eq!(beside("We are not going to negotiate with Mr. Vale today."), Verdict::Altered);
    // A word or two more is still the same saying.
    let longer = "The harbour will open again in the spring of next year, in fact.";
    assert_eq!(verdict(longer, "The harbour will open again in the spring of next year."), Verdict::Altered);
}

#[test]
fn words_go_on_over_paragraphs_and_corrections() {
    use crate::domain::{Mark, MarkKind};
    let first = Passage { text: "We shall open", marks: &[], voice: Voice::Speaker, goes_on: false };
    let second = Passage { text: "the two gates at noon.", marks: &[], voice: Voice::Speaker, goes_on: true };
    let finding = judged("we shall open the two gates at noon", &[first, second]);
    assert_eq!((finding.verdict, finding.places.len()), (Verdict::Verbatim, 2));
    assert_eq!(finding.places[1].spans, [(0, 21)]);
    let text = "There are seven [eight] gates (laughter) in all.";
    let marks = [
        Mark { kind: MarkKind::Strike, start: 10, end: 15 },
        Mark { kind: MarkKind::Insertion, start: 16, end: 23 },
        Mark { kind: MarkKind::StageDirection, start: 30, end: 40 },
    ];
    for quotation in ["There are seven gates in all", "There are eight gates in all"] {
        let passage = Passage { text, marks: &marks, voice: Voice::Speaker, goes_on: false };
        assert_eq!(judged(quotation, &[passage]).verdict, Verdict::Verbatim, "{quotation}");
    }
}

#[test]
fn accents_are_missed_only_by_who_writes_them() {
    let text = "El ministro habló ayer de la situación en el puerto.";
    assert_eq!(verdict("el ministro hablo ayer de la situacion", text), Verdict::Verbatim);
    assert_eq!(verdict("el ministro hablo ayer de la situación", text), Verdict::Altered);
}

#[test]
fn an_article_gives_its_quotations() {
    let text = "The minister defended the plan on Tuesday in front of some forty reporters who had come to the harbour. \
        “We have set aside the money,” she said, “and we will spend it this year.” Asked about the “tunnel”, she laughed. \
        \"Nobody promised a tunnel to anyone,\" she added before she left.";
    let found = article::quotations(text).expect("an article");
    let texts: Vec<&str> = found.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(
        texts,
        ["We have set aside the money … and we will spend it this year.", "Nobody promised a tunnel to anyone,"]
    );
    assert!(article::quotations("We have set aside the money for the “new” quay").is_none());
    assert_eq!(article::quotations("“We have set aside the money,” she said.").map(|found| found.len()), Some(1));
}

#[test]
fn words_begun_again_may_be_quoted_once() {
    let text = "The — the tunnel — we have — we have not sold the adminis- — the administration building, and it is -- \
        it is not for sale. I went to the har- — to see it.";
    for quotation in [
        "the tunnel we have not sold the administration building",
        "and it is not for sale",
        "The — the tunnel — we have — we have not sold",
        "I went to the to see it",
    ] {
        assert_eq!(verdict(quotation, text), Verdict::Verbatim, "{quotation}");
    }
    assert_eq!(
        verdict("You do the best you can with ferries", "You — you do the best you can with ferries."),
        Verdict::Verbatim
    );
    let text = "We will not — not sell the ferry to the island.";
    assert_eq!(verdict("We will not sell the ferry to the island", text), Verdict::Verbatim);
    let finding = judged("We will sell the ferry to the island", &[said_by(Voice::Speaker, text)]);
    assert_eq!((finding.verdict, finding.warnings), (Verdict::Altered, vec![Warning::Negation]));
}

#[test]
fn a_not_begun_again_is_lost_where_the_words_around_it_are_kept() {
    let text = "It is not — it is not — it does not touch the price of salt in the islands.";
    for lost in [
        "It is — it is not — it does not touch the price of salt in the islands",
        "It is not — it is — it does not touch the price of salt in the islands",
        "it does touch the price of salt in the islands",
    ] {
        let finding = judged(lost, &[said_by(Voice::Speaker, text)]);
        assert_eq!((finding.verdict, finding.warnings), (Verdict::Altered, vec![Warning::Negation]), "{lost}");
    }
    let once = "It is not — it does not touch the price of salt in the islands";
    assert_eq!(verdict(once, text), Verdict::Verbatim);
}

#[test]
fn words_begun_again_on_both_sides_are_spliced_all_the_same() {
    let one = "We are — we are looking into the — into the letter from the harbour master.";
    let two = "Nobody has asked on — on the island about the price of salt.";
    let passages = [said_by(Voice::Speaker, one), said_by(Voice::Speaker, two)];
    let spliced = "looking into the — into the letter from the harbour has asked on — on the island about the price";
    assert_eq!(judged(spliced, &passages).verdict, Verdict::Spliced);
    let bracketed =
        "[Dear readers of this paper:] looking into the letter from the harbour has asked on the island about";
    assert_eq!(judged(bracketed, &passages).verdict, Verdict::Spliced);
}

#[test]
fn a_not_that_was_put_right_is_not_lost() {
    let text = "We will [not] sell the ferry to the island next year.";
    let finding = judged("We will sell the ferry to the island", &[said_by(Voice::Speaker, text)]);
    assert_eq!((finding.verdict, finding.warnings), (Verdict::Altered, vec![Warning::Negation]));
    assert_eq!(verdict("We will not sell the ferry to the island", text), Verdict::Verbatim);
}

#[test]
fn whose_words_they_are_is_told_by_what_leads_up_to_them() {
    const WORDS: &str = "the old ferry will sink before the winter is over";
    let judged = |lead: &str| verdict(WORDS, &format!("Good morning. {lead} {WORDS}. Next question."));
    for lead in [
        "You hear some critics say, well,",
        "They keep saying things like, look,",
        "I do not accept the premise that",
        "It simply isn't true that",
        "We disagree with the suggestion that",
        "I don't agree with the idea that somehow",
        "The suggestion among many in the harbour has been that",
        "There is this crazy notion that",
        "Some people think that",
        "The letter states that",
        "No es cierto que",
        "Es mentira que",
        "Nuestros adversarios sostienen que",
        "Se quedaron con la idea de que",
        "Rechazamos el argumento de que",
        "Los diarios hablan de que",
    ] {
        assert_eq!(judged(lead), Verdict::Quoted, "{lead}");
    }
    let single = format!("El alcalde dijo ayer: ‘Miren, {WORDS}’, y se fue.");
    assert_eq!(verdict(WORDS, &single), Verdict::Quoted);
    let rights = format!("We defend the ‘harbour’ and the workers’ rights, {WORDS}, and the sailors’ wages.");
    assert_eq!(verdict(WORDS, &rights), Verdict::Verbatim);
    for lead in [
        "It is the policy of the United States that",
        "We are committed to the idea that",
        "We agree with the notion that",
        "Es cierto que",
        "No es falso que",
        "Como dijo la ministra,",
        "Somos de la idea de que",
        "The president has made clear that",
    ] {
        assert_eq!(judged(lead), Verdict::Verbatim, "{lead}");
    }
}
