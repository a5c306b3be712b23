//! Names of people: how they are compared and how they are shown.

use super::words::{Gender, fold, folded_words, gender_of, joins_name, same_given};

/// A full name, folded for comparison.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Name {
    /// Folded words; a leading initial before a given name is left out, and so are "Jr." and numerals.
    pub words: Vec<String>,
}

impl Name {
    /// Reads a full name; `None` with fewer than two words.
    pub fn new(text: &str) -> Option<Self> {
        let mut words: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            let letters: String = word.chars().filter(|c| c.is_alphabetic()).collect();
            // "HW" and "J.R." are initials, a letter each.
            let initials = letters.chars().count() == 2
                && letters.chars().all(char::is_uppercase)
                && !letters.chars().any(|c| "AEIOUY".contains(c))
                || word.matches('.').count() >= 2;
            if initials {
                words.extend(letters.to_lowercase().chars().map(String::from));
            } else {
                words.extend(folded_words(word));
            }
        }
        words.retain(|word| !matches!(word.as_str(), "jr" | "sr" | "ii" | "iii" | "iv"));
        while words.len() > 2 && words.first().is_some_and(|word| word.chars().count() == 1) {
            words.remove(0);
        }
        (words.len() >= 2).then_some(Self { words })
    }

    /// The given name.
    pub fn first(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    /// The last word.
    pub fn last(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }

    /// Everything after the given name.
    pub fn rest(&self) -> &[String] {
        self.words.get(1..).unwrap_or_default()
    }

    /// The form of address that goes with it, where the given name tells.
    pub fn gender(&self) -> Option<Gender> {
        gender_of(self.first())
    }

    /// Whether a surname as in a label fits: the name ends with it, or it stands among several surnames.
    pub fn has_surname(&self, surname: &[String], double_surnames: bool) -> bool {
        if surname.is_empty() {
            return false;
        }
        let rest = self.rest();
        rest.ends_with(surname)
            || (double_surnames && rest.windows(surname.len()).any(|window| window == surname))
            // "Ann Jean-Marc": the whole of a hyphenated surname is needed, "Marc" alone is somebody else.
            || (surname.len() > rest.len() && self.words.ends_with(surname))
    }

    /// Whether both can name the same person.
    pub fn agrees_with(&self, other: &Self, double_surnames: bool) -> bool {
        if self == other {
            return true;
        }
        let (short, long) = if self.words.len() <= other.words.len() { (self, other) } else { (other, self) };
        if !same_given(short.first(), long.first()) {
            // A second given name in use: "Rosa Pardo Vilchis" of "Ana Rosa Pardo Vilchis".
            return short.words.len() >= 3
                && long.words.len() == short.words.len() + 1
                && long.words.ends_with(&short.words);
        }
        if short.last() != long.last() {
            // The second surname left out: "Claudia Robles" of "Claudia Robles Pardo".
            return double_surnames
                && short.rest().iter().all(|word| word.chars().count() > 1)
                && long.words.len() > short.words.len()
                && subsequence(short.rest(), long.rest());
        }
        middles_agree(middle(short), middle(long))
    }
}

/// The words between the given name and the last word.
fn middle(name: &Name) -> &[String] {
    name.words.get(1..name.words.len().saturating_sub(1)).unwrap_or_default()
}

fn middles_agree(a: &[String], b: &[String]) -> bool {
    if a.is_empty() || b.is_empty() {
        return true;
    }
    let initials = |words: &[String]| words.iter().all(|word| word.chars().count() == 1);
    if initials(a) || initials(b) {
        let first = |word: &String| word.chars().next();
        return a.len() == b.len() && a.iter().map(first).eq(b.iter().map(first));
    }
    if a.len() <= b.len() { subsequence(a, b) } else { subsequence(b, a) }
}

fn subsequence(short: &[String], long: &[String]) -> bool {
    let mut left = long.iter();
    short.iter().all(|word| left.any(|other| other == word))
}

/// Whether a word is written in capitals throughout.
pub(super) fn is_capitals(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

/// A name as shown: one written in capitals gets small letters ("ROSA DE LA VEGA", "MCARTHUR", "O'HARA").
pub(super) fn display(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim_matches(|c: char| matches!(c, ',' | ';' | ':'));
    if !is_capitals(text) {
        return text.to_owned();
    }
    let shown: Vec<String> = text
        .split(' ')
        .enumerate()
        .map(|(at, word)| if at > 0 && joins_name(&fold(word)) { word.to_lowercase() } else { capitalise(word) })
        .collect();
    shown.join(" ")
}

fn capitalise(word: &str) -> String {
    let numeral = matches!(word, "II" | "III" | "IV");
    // "JT" and "H.W." stay as they are.
    if numeral || (word.chars().count() == 2 && !word.chars().any(|c| "AEIOUYÁÉÍÓÚ".contains(c))) {
        return word.to_owned();
    }
    let mut shown = String::with_capacity(word.len());
    let mut upper = true;
    for c in word.chars() {
        if upper {
            shown.push(c);
        } else {
            shown.extend(c.to_lowercase());
        }
        upper = !c.is_alphabetic();
    }
    if word.len() > 4 && word.starts_with("MC") {
        shown = shown
            .chars()
            .enumerate()
            .flat_map(|(at, c)| if at == 2 { c.to_uppercase().collect::<Vec<_>>() } else { vec![c] })
            .collect();
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agree(a: &str, b: &str) -> bool {
        match (Name::new(a), Name::new(b)) {
            (Some(a), Some(b)) => a.agrees_with(&b, true) && b.agrees_with(&a, true),
            _ => false,
        }
    }

    #[test]
    fn one_person_is_written_in_many_ways() {
        assert!(agree("Joseph Arrowood", "Joe Arrowood"));
        assert!(agree("Joseph R. Arrowood Jr.", "JOE ARROWOOD"));
        assert!(agree("W Milton Stone", "Milton Stone"));
        assert!(agree("Ana Robles Pardo", "Ana Robles"));
        assert!(agree("Ana Rosa Pardo Vilchis", "Rosa Pardo Vilchis"));
        assert!(agree("Miguel Ángel Ortiz-Peña", "MIGUEL ORTIZ PENA"));
    }

    #[test]
    fn others_are_somebody_else() {
        assert!(!agree("George W Stone", "George HW Stone"));
        assert!(!agree("John Arrowood", "James Arrowood"));
        assert!(!agree("John A. Arrowood", "John B. Arrowood"));
        assert!(!agree("Ana Robles Pardo", "Ana Robles Vega"));
    }

    #[test]
    fn a_surname_is_the_whole_of_it() {
        let name = Name::new("Nadine Jean-Marc").expect("a name");
        assert!(name.has_surname(&folded_words("JEAN-MARC"), false));
        let name = Name::new("Tessa Lane Rowbottom").expect("a name");
        assert!(
            name.has_surname(&folded_words("LANE ROWBOTTOM"), false)
                && name.has_surname(&folded_words("ROWBOTTOM"), false)
        );
        assert!(!name.has_surname(&folded_words("LANE"), false));
    }

    #[test]
    fn capitals_become_a_name() {
        assert_eq!(display("ROSA DE LA VEGA"), "Rosa de la Vega");
        assert_eq!(display("DENIS MCARTHUR-O’HARA"), "Denis McArthur-O’Hara");
        assert_eq!(display("Denis McArthur"), "Denis McArthur");
    }
}
