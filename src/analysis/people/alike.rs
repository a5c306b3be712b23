//! Names so like each other that they may be one person's: asked before somebody new is added.

use super::words::{distance, fold, folded_words, same_given};

/// How like two names are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// They differ in capitals, accents, dots, forms of address, or the order of words at most.
    Same,
    /// By a letter or two, by an initial, or by a short form of the given name.
    Near,
}

/// How like a new name is to one that the archive has; `None` if they are two people's.
pub fn likeness(new: &str, known: &str) -> Option<Likeness> {
    let (new, known) = (words(new), words(known));
    let sorted = |words: &[String]| {
        let mut words = words.to_vec();
        words.sort_unstable();
        words
    };
    if new.is_empty() || known.is_empty() {
        return None;
    }
    if sorted(&new) == sorted(&known) {
        return Some(Likeness::Same);
    }
    let near = is_shorter(&new, &known) || is_shorter(&known, &new) || is_misspelt(&new, &known);
    near.then_some(Likeness::Near)
}

/// Folded, without forms of address and what stands behind a name.
fn words(name: &str) -> Vec<String> {
    const BESIDE: [&str; 11] = ["mr", "mrs", "ms", "miss", "dr", "sir", "jr", "sr", "ii", "iii", "iv"];
    let mut words: Vec<String> = folded_words(&name.replace('.', " "));
    words.retain(|word| !BESIDE.contains(&fold(word).as_ref()));
    words
}

/// Whether one is the other without a middle name, with a short given name, or the surname alone.
fn is_shorter(short: &[String], long: &[String]) -> bool {
    let ([first, .., last], [long_first, .., long_last]) = (short, long) else {
        // "Mr. Vale" may be anybody of that surname.
        return matches!((short, long), ([only], [_, .., last]) if only == last);
    };
    let initial = first.chars().count() == 1 && long_first.starts_with(first.as_str());
    let given = first == long_first || initial || same_given(first, long_first);
    let middle = short.get(1..short.len() - 1).unwrap_or_default();
    let others = long.get(1..long.len() - 1).unwrap_or_default();
    let holds = |word: &String| others.iter().any(|other| other.starts_with(word.as_str()));
    last == long_last && given && middle.iter().all(holds)
}

/// Whether they are a letter or two apart, which short words may not be.
fn is_misspelt(a: &[String], b: &[String]) -> bool {
    let apart = |(a, b): (&String, &String)| match distance(a, b) {
        0 => Some(0),
        // A short name with another letter is another name.
        1 if a.chars().count() >= 4 => Some(1),
        2 if a.chars().count() >= 7 => Some(2),
        _ => None,
    };
    let total: Option<usize> = a.iter().zip(b).map(apart).sum();
    a.len() == b.len() && a.len() >= 2 && total.is_some_and(|total| total <= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_in_another_dress_is_the_same() {
        for known in ["ADA LIND", "Adá Lind", "Ms. Ada Lind", "Lind, Ada", "Ada Lind Jr."] {
            assert_eq!(likeness("Ada Lind", known), Some(Likeness::Same), "{known}");
        }
    }

    #[test]
    fn a_letter_an_initial_or_a_short_form_may_be_the_same() {
        for known in ["Ada Lindt", "A. Lind", "Ada Maria Lind", "Ada M. Lind", "Mr. Lind"] {
            assert_eq!(likeness("Ada Lind", known), Some(Likeness::Near), "{known}");
        }
        assert_eq!(likeness("Bill Harrow", "William Harrow"), Some(Likeness::Near));
    }

    #[test]
    fn others_are_others() {
        for known in ["Omar Vesk", "Ida Lind", "Ada Lund Berg", "Ada", ""] {
            assert_eq!(likeness("Ada Lind", known), None, "{known}");
        }
    }
}
