//! The office that stands before or after a name in running text.

use super::tokens::{Token, ends_name};
use super::words::{fold, folded_words, joins_office, office_word};

/// The office that ends right before a name: "our National Security Advisor, Rosa Vale".
pub(super) fn office_before(tokens: &[Token<'_>], at: usize) -> Option<String> {
    let mut start = at;
    let mut head = false;
    while let Some(token) = start.checked_sub(1).and_then(|before| tokens.get(before)) {
        let word = fold(token.text);
        let touching = start == at;
        // A possessive belongs to an office only in "the President's Advisor": what stands before is somebody else's.
        if (token.stop && !is_possessive_office(tokens, start - 1)) || (token.comma && !touching) || at - start > 24 {
            break;
        }
        let kind = office_kind(&word, token.text);
        if kind.is_none() && !joins_office(&word) || (touching && joins_office(&word)) {
            break;
        }
        head |= kind.is_some_and(|(is_head, _)| is_head);
        start -= 1;
        if tokens.get(start).is_some_and(|token| token.opens) {
            break;
        }
    }
    if !head {
        return None;
    }
    let begins = office_begins(tokens, start, at);
    let text = office_text(tokens, begins, at);
    // "Mr. Chairman, Rosa Vale of …" addresses one and names another.
    let addressed = tokens.get(at.checked_sub(1)?).is_some_and(|last| last.comma);
    let article = |at: usize| tokens.get(at).is_some_and(|token| is_article(&fold(token.text)));
    let described = text.contains(' ') || article(start) || start.checked_sub(1).is_some_and(article);
    // "The President, Rosa Vale and others met": a list.
    let listed = addressed && is_bare_president(&text);
    (has_head(&text) && (described || !addressed) && !listed).then_some(text)
}

/// "President" and no more: between commas it is somebody else in a list, or is spoken to.
fn is_bare_president(office: &str) -> bool {
    let words = folded_words(office);
    words.last().is_some_and(|word| word == "president")
        && words.iter().all(|word| word == "president" || word == "vice")
}

/// Ranks in small letters before an office with capitals: "the acting National Cyber Director".
fn is_rank(word: &str) -> bool {
    matches!(word, "acting" | "interim" | "deputy" | "principal" | "associate" | "assistant" | "senior")
}

fn is_article(word: &str) -> bool {
    matches!(word, "the" | "our" | "my" | "his" | "her" | "their" | "el" | "la" | "nuestro" | "nuestra" | "su")
}

fn has_head(office: &str) -> bool {
    folded_words(office).iter().any(|word| office_word(word).is_some_and(|kind| kind.head))
}

/// Where an office begins among the words before a name: "our support for the National Security Advisor" is no title.
fn office_begins(tokens: &[Token<'_>], start: usize, end: usize) -> usize {
    let words: Vec<(String, bool)> = tokens
        .get(start..end)
        .unwrap_or_default()
        .iter()
        .map(|token| (fold(token.text).into_owned(), token.capital))
        .collect();
    let is_head = |word: &str| office_word(word).is_some_and(|kind| kind.head);
    let possessive = words.iter().enumerate().rposition(|(at, (word, _))| {
        matches!(word.as_str(), "president" | "presidents") && tokens.get(start + at).is_some_and(|token| token.stop)
    });
    let mut begin = possessive.map_or(0, |at| at + 1);
    let spanish = words
        .iter()
        .any(|(word, _)| matches!(word.as_str(), "de" | "del" | "senor" | "senora" | "presidente" | "presidenta"));
    if spanish {
        begin = words.iter().position(|(word, _)| is_head(word)).map_or(begin, |at| at.max(begin));
    } else if words.last().is_some_and(|(_, capital)| *capital)
        && let Some(small) =
            words.iter().rposition(|(word, capital)| !capital && !joins_office(word) && word != "s" && !is_rank(word))
    {
        begin = begin.max(small + 1);
        // What is left of "… for Ukraine and National Security Advisor" begins after the joint.
        if let Some(joint) = words.iter().position(|(word, _)| word == "and").filter(|joint| *joint >= begin)
            && !words.get(begin..joint).unwrap_or_default().iter().any(|(word, _)| is_head(word))
        {
            begin = joint + 1;
        }
    }
    start + begin
}

fn is_possessive_office(tokens: &[Token<'_>], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| !token.comma && matches!(fold(token.text).as_ref(), "president" | "presidents"))
        && tokens.get(at + 1).is_some_and(|next| office_word(&fold(next.text)).is_some())
}

/// Whether a word belongs to an office, and whether it can name one. Hyphenated words count by their parts.
fn office_kind(word: &str, text: &str) -> Option<(bool, bool)> {
    if let Some(kind) = office_word(word) {
        return Some((kind.head, kind.honour));
    }
    if !text.contains('-') {
        return None;
    }
    let kinds: Option<Vec<_>> = folded_words(text).iter().map(|part| office_word(part)).collect();
    kinds.filter(|kinds| !kinds.is_empty()).map(|kinds| (kinds.iter().any(|kind| kind.head), false))
}

/// Words between a name and the office that follows it.
const LEADS: &[&str] = &[
    "the",
    "our",
    "my",
    "his",
    "a",
    "who",
    "whos",
    "is",
    "as",
    "presidents",
    "currently",
    "serves",
    "s",
    "also",
    "your",
];

/// The office that follows a name: "Rosa Vale, the Administrator of …", "Rosa Vale, who is our press secretary".
pub(super) fn office_after(tokens: &[Token<'_>], end: usize) -> Option<String> {
    let last = tokens.get(end.checked_sub(1)?)?;
    if last.stop {
        return None;
    }
    let mut start = end;
    let mut introduced = last.comma;
    while let Some(token) = tokens.get(start) {
        let word = fold(token.text);
        let leads = LEADS.contains(&word.as_ref()) && !token.stop && !token.comma;
        if !(leads || is_possessive_office(tokens, start)) || start - end > 4 {
            break;
        }
        introduced |= matches!(word.as_ref(), "who" | "whos" | "is");
        start += 1;
    }
    if !introduced {
        return None;
    }
    let mut stop = start;
    let mut head = false;
    // "Rosa Vale, Mr. President": somebody is spoken to.
    if tokens.get(start).is_some_and(|token| matches!(fold(token.text).as_ref(), "mr" | "madam")) {
        return None;
    }
    while let Some(token) = tokens.get(stop) {
        let word = fold(token.text);
        let kind = office_kind(&word, token.text);
        if kind.is_none() && !joins_office(&word) || stop - start > 14 {
            break;
        }
        head |= kind.is_some_and(|(is_head, _)| is_head);
        stop += 1;
        if token.stop || token.comma {
            break;
        }
    }
    // "…, NSC Coordinator Rosa Vale": the office of the one who follows.
    let taken = tokens.get(stop.checked_sub(1)?).is_some_and(|token| !token.stop && !token.comma)
        && tokens.get(stop).is_some_and(|next| next.capital && !ends_name(&fold(next.text)));
    // "Ambassador at the Trade Representative's office": whose office it is, is somebody else's title.
    let stop = if tokens.get(stop.checked_sub(1)?).is_some_and(|token| token.possessive) {
        let joint =
            |at: &usize| tokens.get(*at).is_some_and(|token| matches!(fold(token.text).as_ref(), "at" | "in" | "of"));
        (start..stop).rev().find(joint)?
    } else {
        stop
    };
    let text = office_text(tokens, start, stop);
    (head && !taken && has_head(&text) && !is_bare_president(&text)).then_some(text)
}

/// The words of an office without joints at its ends.
fn office_text(tokens: &[Token<'_>], start: usize, end: usize) -> String {
    let mut words: Vec<&str> = tokens.get(start..end).unwrap_or_default().iter().map(|token| token.text).collect();
    while words
        .first()
        .is_some_and(|word| joins_office(&fold(word)) || matches!(fold(word).as_ref(), "mr" | "madam" | "ms" | "mrs"))
    {
        words.remove(0);
    }
    while words.last().is_some_and(|word| joins_office(&fold(word)) || is_form_of_address(&fold(word))) {
        words.pop();
    }
    // "Domestic Policy Advisor Ambassador Vale": the rank of the person after the office.
    while let [.., before, last] = words.as_slice()
        && matches!(
            fold(last).as_ref(),
            "ambassador" | "governor" | "mayor" | "senator" | "congressman" | "congresswoman" | "representative"
        )
        && office_word(&fold(before)).is_some_and(|kind| kind.head)
        && fold(before) != "deputy"
    {
        words.pop();
    }
    words.join(" ")
}

/// Forms of address between an office and a name are no part of the office: "Homeland Security Advisor Dr. Rosa Vale".
pub(super) fn is_form_of_address(word: &str) -> bool {
    matches!(
        word,
        "dr" | "dra"
            | "mr"
            | "ms"
            | "mrs"
            | "miss"
            | "admiral"
            | "adm"
            | "rear"
            | "gen"
            | "lt"
            | "col"
            | "colonel"
            | "maj"
            | "capt"
            | "captain"
            | "hon"
            | "prof"
            | "brig"
            | "ret"
            | "retired"
            | "licenciado"
            | "licenciada"
            | "doctora"
            | "maestra"
            | "ingeniero"
    )
}
