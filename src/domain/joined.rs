//! Parts of a text that are read as one: the response of an exchange, the utterances of a report. Blank lines join them.

/// What stands between two parts.
const BETWEEN: &str = "\n\n";

/// The parts as one text.
pub fn joined<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    parts.into_iter().collect::<Vec<_>>().join(BETWEEN)
}

/// Where each part begins in the whole, in characters, from the characters that each has.
pub fn starts(lengths: impl IntoIterator<Item = usize>) -> impl Iterator<Item = usize> {
    lengths.into_iter().scan(0, |next, length| {
        let start = *next;
        *next += length + BETWEEN.len();
        Some(start)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_again_in_the_whole() {
        let parts = ["Wär das so?", "", "Nein."];
        let whole = joined(parts);
        for (part, start) in parts.iter().zip(starts(parts.iter().map(|part| part.chars().count()))) {
            assert!(whole.chars().skip(start).collect::<String>().starts_with(part), "{part}");
        }
    }
}
