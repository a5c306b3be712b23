//! The office that stands before or after a name in running text.

use super::tokens::{Token, ends_name};
use super::words::{fold, folded_words, is_given, is_ordinary, joins_office, office_word};

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
        let prime = matches!(word.as_ref(), "primer" | "primera")
            && tokens.get(start).is_some_and(|next| fold(next.text).starts_with("ministr"));
        let kind = office_kind(&word, token.text).or(prime.then_some((false, false)));
        if kind.is_none() && !joins_office(&word) || (touching && joins_office(&word)) {
            // "Director of the Cypress Valley Authority Rosa Vale": of what, in words nobody has listed.
            let Some(of) = names_a_body(tokens, start) else { break };
            start = of;
            continue;
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

/// Where "of" or "for" stands behind an office and before capitalised words that go on right up to this place. Only the
/// word that ends there may have a comma.
fn names_a_body(tokens: &[Token<'_>], end: usize) -> Option<usize> {
    const LONGEST: usize = 7;
    let mut at = end;
    let mut worded = false;
    while end - at < LONGEST {
        at = at.checked_sub(1)?;
        let token = tokens.get(at)?;
        let word = fold(token.text);
        if token.stop || token.opens || token.comma && at + 1 != end {
            return None;
        }
        if opens_a_body(&word) {
            let office = tokens.get(at.checked_sub(1)?)?;
            let named = office.capital && !office.stop && !office.comma;
            let head = office_word(&fold(office.text)).is_some_and(|kind| kind.head);
            return (named && head && worded).then_some(at);
        }
        let given = is_given(&word) && !is_ordinary(&word);
        if !joins_office(&word) && (!token.capital || ends_name(&word) || given) {
            return None;
        }
        worded |= token.capital;
    }
    None
}

/// Words between an office and the body or field that it belongs to.
fn opens_a_body(word: &str) -> bool {
    matches!(word, "of" | "for" | "de" | "del")
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
    if head {
        stop = body_after(tokens, start, stop).unwrap_or(stop);
        stop = enumeration(tokens, start, stop).unwrap_or(stop);
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

/// Where a list ends that an office is for: "Director for Arden, Bost, Carrow and the Delta".
fn enumeration(tokens: &[Token<'_>], start: usize, comma: usize) -> Option<usize> {
    const LONGEST: usize = 14;
    let of = |token: &Token<'_>| opens_a_body(&fold(token.text));
    let ends = tokens.get(comma.checked_sub(1)?)?;
    let listed = ends.comma && !ends.stop && tokens.get(start..comma)?.iter().any(of);
    let mut joined = false;
    let mut at = comma;
    while let Some(token) = tokens.get(at).filter(|_| listed && at - comma < LONGEST) {
        let word = fold(token.text);
        let joint = matches!(word.as_ref(), "and" | "y");
        // Names and offices are those of the next person.
        let somebody = is_given(&word) || office_word(&word).is_some_and(|kind| kind.head || kind.honour);
        if somebody || !joint && word != "the" && !token.capital || token.opens {
            return None;
        }
        at += 1;
        if token.stop || token.comma && joined {
            return joined.then_some(at);
        }
        joined |= joint;
    }
    None
}

/// Where the body ends that an office is of, in capitalised words that nobody has listed: "the director of the Cypress
/// Valley Authority".
fn body_after(tokens: &[Token<'_>], start: usize, stop: usize) -> Option<usize> {
    const LONGEST: usize = 7;
    let last = tokens.get(start..stop)?.iter().rposition(|token| {
        let word = fold(token.text);
        !matches!(word.as_ref(), "the" | "la" | "el" | "los" | "las")
    })?;
    if !opens_a_body(&fold(tokens.get(start + last)?.text)) || tokens.get(stop.checked_sub(1)?)?.stop {
        return None;
    }
    let mut at = stop;
    while let Some(token) = tokens.get(at).filter(|_| at - stop < LONGEST) {
        let word = fold(token.text);
        let joint = joins_office(&word) && !token.stop && !token.comma;
        // "CHANCELLERYYes": words that have run together.
        let capitals = token.text.chars().take_while(|c| c.is_uppercase()).count();
        let torn = capitals > 2 && token.text.chars().any(char::is_lowercase);
        if token.opens || !token.capital && !joint || torn || is_given(&word) || ends_name(&word) && !joint {
            break;
        }
        at += 1;
        if token.stop || token.comma {
            break;
        }
    }
    (at > stop).then_some(at)
}

/// The words of an office without joints at its ends.
fn office_text(tokens: &[Token<'_>], start: usize, end: usize) -> String {
    let tokens = tokens.get(start..end).unwrap_or_default();
    let commas: Vec<&str> = tokens.iter().filter(|token| token.comma).map(|token| token.text).collect();
    let mut words: Vec<&str> = tokens.iter().map(|token| token.text).collect();
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
    // "National Security Advisor General Vale", but "Attorney General Vale".
    if let [.., before, last] = words.as_slice()
        && fold(last) == "general"
        && matches!(fold(before).as_ref(), "advisor" | "adviser" | "assistant" | "coordinator" | "envoy" | "chairman")
    {
        words.pop();
    }
    // Commas stand only within a list of what an office is for.
    let last = words.len().saturating_sub(1);
    let with_commas = words
        .iter()
        .enumerate()
        .map(|(at, word)| if at < last && commas.contains(word) { format!("{word},") } else { (*word).to_owned() });
    with_commas.collect::<Vec<_>>().join(" ")
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
