//! Small numbers, written in words or in digits.

use super::words::Word;

const WORDS: [(&str, &str); 28] = [
    ("zero", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
    ("thirteen", "13"),
    ("fourteen", "14"),
    ("fifteen", "15"),
    ("sixteen", "16"),
    ("seventeen", "17"),
    ("eighteen", "18"),
    ("nineteen", "19"),
    ("twenty", "20"),
    ("thirty", "30"),
    ("forty", "40"),
    ("fifty", "50"),
    ("sixty", "60"),
    ("seventy", "70"),
    ("eighty", "80"),
    ("ninety", "90"),
];

/// Words that say how many, though they have no digits.
const AMOUNTS: [&str; 44] = [
    "hundred",
    "hundreds",
    "thousand",
    "thousands",
    "million",
    "millions",
    "billion",
    "billions",
    "trillion",
    "trillions",
    "dozen",
    "dozens",
    "half",
    "double",
    "triple",
    "twice",
    "percent",
    "third",
    "thirds",
    "quarter",
    "quarters",
    "first",
    "second",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "cien",
    "cientos",
    "mil",
    "millon",
    "millones",
];

/// The digits of a number in words.
pub fn digits(word: &str) -> Option<&'static str> {
    WORDS.iter().find(|(name, _)| *name == word).map(|(_, digits)| *digits)
}

/// Whether a word says how many, in digits or in words. "One" alone says hardly anything and does not count.
pub fn is_number(word: &Word) -> bool {
    let plain = word.plain.as_str();
    (plain != "1" && plain.chars().any(|c| c.is_ascii_digit())) || AMOUNTS.contains(&plain)
}

/// Makes one word of "twenty-five" and of "per cent".
pub fn join(words: &mut Vec<Word>, chars: &[char]) {
    let mut joined: Vec<Word> = Vec::with_capacity(words.len());
    for word in words.drain(..) {
        if let Some(before) = joined.last_mut()
            && let [' ' | '-' | '\u{a0}' | '‐' | '‑'] = chars.get(before.end..word.start).unwrap_or_default()
            && let Some(form) =
                together(&before.form, &word.form, chars.get(word.start).is_some_and(char::is_ascii_digit))
        {
            before.plain.clone_from(&form);
            before.form = form;
            before.end = word.end;
            continue;
        }
        joined.push(word);
    }
    *words = joined;
}

fn together(before: &str, word: &str, written_in_digits: bool) -> Option<String> {
    if before == "per" && word == "cent" {
        return Some("percent".to_owned());
    }
    let tens = matches!(before.as_bytes(), [b'2'..=b'9', b'0']);
    let unit = matches!(word.as_bytes(), [b'1'..=b'9']) && !written_in_digits;
    (tens && unit).then(|| format!("{}{word}", before.get(..1).unwrap_or_default()))
}
