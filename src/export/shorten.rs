//! Long words made shorter where a reader would stop: at a sentence, else at a word.

/// The text, or its beginning with an ellipsis, at most `limit` characters of it. It ends at a sentence if one ends in
/// the last two fifths, else at a word.
pub fn shorten(text: &str, limit: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((cut, _)) = text.char_indices().nth(limit) else { return text };
    let room = &text[..cut];
    let earliest = cut * 3 / 5;
    let sentence = room
        .rmatch_indices(['.', '?', '!', '…'])
        .map(|(at, end)| at + end.len())
        .find(|&end| text[end..].starts_with(' ') && ends_a_sentence(&text[..end]));
    match sentence.filter(|&end| end >= earliest) {
        Some(end) => format!("{} …", &room[..end]),
        None => {
            let word = room.rfind(' ').filter(|&at| at >= cut / 2).unwrap_or(cut);
            let kept = room[..word].trim_end_matches([',', ';', ':', '—', '–', '-', ' ']);
            format!("{kept} …")
        }
    }
}

/// Whether the full stop at the end closes more than a title or an initial ("Mr.", "U.S.").
fn ends_a_sentence(text: &str) -> bool {
    let Some(word) = text.strip_suffix('.').and_then(|text| text.rsplit(' ').next()) else { return true };
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    !(word.contains('.') || letters <= 1 || (letters <= 4 && word.chars().next().is_some_and(char::is_uppercase)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_words_stay_as_they_are() {
        assert_eq!(shorten("No.  \n\n Nothing more.", 40), "No. Nothing more.");
    }

    #[test]
    fn long_words_end_at_a_sentence_or_at_a_word() {
        assert_eq!(shorten("We met today. We talked for hours about it.", 20), "We met today. …");
        assert_eq!(shorten("We thanked Mr. Vesk and his staff for it.", 20), "We thanked Mr. Vesk …");
        assert_eq!(shorten("It was long, very long indeed", 13), "It was long …");
        assert_eq!(shorten("ééééééééééééééé", 5), "ééééé …");
    }
}
