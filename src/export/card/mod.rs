//! Quote cards: the picture that other sites show of words on record.
//!
//! Invariant: a card never shows words that are not the record's. What does not fit ends in an ellipsis, what the font
//! cannot show is not shown at all and said so, and fiction says that it is fiction.

mod draw;
mod fonts;
mod layout;

use super::citation::{ARCHIVE, Citation, Spoken, in_quotes};
use layout::Block;

/// Width of a card in pixels.
pub const WIDTH: u32 = 1200;
/// Height of a card in pixels.
pub const HEIGHT: u32 = 630;

/// What stands in for words in letters that the font lacks.
const UNSHOWN: &str = "These words are in letters that this picture cannot show. They are on the page.";

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
#[error("the card could not be drawn: {0}")]
pub struct Undrawn(String);

/// Everything on a card, in words.
#[derive(Debug)]
struct Card {
    /// What the words answer.
    above: Option<String>,
    /// The words, or the title of a briefing.
    main: Block,
    /// Whether a reporter asks.
    asks: bool,
    /// Who speaks.
    who: Option<String>,
    /// As what.
    office: Option<String>,
    /// When, where, in which briefing.
    facts: String,
    /// Which words of which text.
    locator: String,
    fiction: bool,
}

/// Draws the card of a citation as PNG. Takes a tenth of a second: not for threads that others wait for.
pub fn png(citation: &Citation) -> Result<Vec<u8>, Undrawn> {
    draw::png(&draw::svg(&Card::of(citation)))
}

impl Card {
    fn of(citation: &Citation) -> Self {
        let voices = citation.voices();
        let asks = !voices.is_empty() && voices.iter().all(|voice| voice.asks());
        let words = match citation.said.as_slice() {
            [] => vec![citation.title.clone()],
            [one] => vec![in_quotes(&one.text)],
            many => many.iter().map(Spoken::with_voice).collect(),
        };
        let question = citation.question.as_ref().and_then(|question| fonts::shown(&question.text));
        let date = citation.date.map_or_else(|| "undated".to_owned(), crate::export::citation::long_date);
        let whole = citation.said.is_empty();
        let title = if whole { citation.genre() } else { &citation.title };
        let facts = [Some(date), citation.place.clone(), Some(title.to_owned())];
        let facts = facts.into_iter().flatten().filter_map(|fact| fonts::shown(&fact));
        let names: Vec<String> = voices.iter().map(|voice| voice.author().to_string()).collect();
        let names = if whole { citation.series.iter().cloned().collect() } else { names };
        let offices: Vec<String> = voices.iter().filter_map(|voice| voice.office()).collect();
        let above = question.map(|words| format!("In answer to: {}", in_quotes(&super::shorten(&words, 150))));
        let room = if above.is_some() { layout::ROOM - layout::ABOVE } else { layout::ROOM };
        let drawn: Option<Vec<String>> = words.iter().map(|paragraph| fonts::shown(paragraph)).collect();
        let main = Block::fitting(&drawn.unwrap_or_else(|| vec![UNSHOWN.to_owned()]), room);
        Self {
            above,
            main,
            asks,
            who: Some(names.join(", ")).filter(|who| !who.is_empty()).and_then(|who| fonts::shown(&who)),
            office: Some(offices.join("; ")).filter(|office| !office.is_empty()).and_then(|it| fonts::shown(&it)),
            facts: facts.collect::<Vec<_>>().join(" · "),
            locator: [citation.locator(), Some(ARCHIVE.to_owned())]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" · "),
            fiction: citation.fiction,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::citation::samples::{answer, lind, reporter, spoken};

    fn saying(text: &str) -> Citation {
        Citation { said: vec![spoken(4, lind(), text)], ..answer() }
    }

    #[test]
    fn a_card_is_a_picture_of_the_size_that_sites_ask_for() {
        let png = png(&answer()).expect("a picture");
        assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
        assert_eq!((&png[16..20], &png[20..24]), (&1200_u32.to_be_bytes()[..], &630_u32.to_be_bytes()[..]));
    }

    #[test]
    fn short_words_are_large_and_long_ones_small_and_cut() {
        let short = Card::of(&saying("No."));
        let long = Card::of(&saying(&"We have been very clear about that, and we will be clear again. ".repeat(40)));
        assert!(short.main.size > 2.0 * long.main.size, "{} {}", short.main.size, long.main.size);
        assert_eq!(short.main.lines, ["“No.”"]);
        assert!(long.main.lines.last().is_some_and(|line| line.ends_with("…”")), "{:?}", long.main.lines);
    }

    #[test]
    fn letters_that_the_font_lacks_are_not_left_out_of_a_word() {
        let card = Card::of(&saying("The word is 平和."));
        assert!(card.main.lines.join(" ").contains("letters that this picture cannot show"), "{:?}", card.main.lines);
        let card = Card::of(&saying("¿Qué pasó, señor Łukasz? Так, ναι. ✅"));
        assert_eq!(card.main.lines.join(" "), "“¿Qué pasó, señor Łukasz? Так, ναι.”");
    }

    #[test]
    fn a_question_and_fiction_are_marked() {
        let q = Citation { said: vec![spoken(3, reporter(), "And?")], question: None, fiction: true, ..answer() };
        let card = Card::of(&q);
        assert!(card.asks && card.fiction && card.above.is_none());
        let svg = draw::svg(&card);
        assert!(svg.contains("Fiction") && svg.contains("Unnamed reporter asks"), "{svg}");
    }

    #[test]
    fn markup_in_a_name_stays_text() {
        let citation = Citation { place: None, title: "<script> & \"O’Dunn\"".into(), ..answer() };
        let svg = draw::svg(&Card::of(&citation));
        assert!(svg.contains("&lt;script&gt; &amp; \"O’Dunn\""), "{svg}");
        draw::png(&svg).expect("a picture");
    }
}
