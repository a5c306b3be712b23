//! Whether two texts are of one event: how many words stand in both in the same order, and a fingerprint that finds, among
//! many texts, those worth comparing.
//!
//! Words are taken in fours. A four that is only once in each text ties a place of one to a place of the other; of these
//! ties the longest row counts that is in order in both. So greetings and phrases that all briefings of a series share,
//! and the same sentences in another order, make nothing alike.

use std::collections::HashMap;

/// Words that are taken together.
const TOGETHER: usize = 4;
/// Smallest values of a fingerprint, of which two each make a part.
const VALUES: usize = 64;
/// What leaves of a value the place to which it belongs.
const SHIFT: u32 = u64::BITS - VALUES.ilog2();
/// Words up to which a text is too short to be told from others by them alone.
const ENOUGH: usize = 50;
/// Words up to which most of a text may be the form that all of its series follow.
const FEW: usize = 100;
/// Words below which two texts are of one event only if nearly all of both is the same: statements follow a form.
const FORM: usize = 250;
/// Parts that must be equal for a comparison to be worth it.
pub const PARTS: i64 = 2;

/// The words of a text as they are compared: without case, signs or blanks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(Vec<u64>);

impl Words {
    /// Reads the words of a text that comes in pieces.
    pub fn of<'a>(pieces: impl IntoIterator<Item = &'a str>) -> Self {
        let mut words = Vec::new();
        for piece in pieces {
            let mut word = START;
            // The end of a piece ends a word.
            for letter in piece.chars().chain([' ']) {
                if letter.is_ascii_alphanumeric() {
                    word = step(word, u64::from(letter.to_ascii_lowercase()));
                } else if letter.is_alphanumeric() {
                    word = letter.to_lowercase().fold(word, |hash, letter| step(hash, u64::from(letter)));
                } else if !matches!(letter, '\'' | '’') && word != START {
                    words.push(std::mem::replace(&mut word, START));
                }
            }
        }
        Self(words)
    }

    /// The words in fours.
    fn fours(&self) -> impl Iterator<Item = u64> {
        self.0.windows(TOGETHER).map(|four| four.iter().fold(START, |hash, word| step(hash, *word)))
    }

    /// Where the fours stand that are there once.
    fn once(&self) -> HashMap<u64, usize> {
        let mut places: HashMap<u64, Option<usize>> = HashMap::with_capacity(self.0.len());
        for (at, four) in self.fours().enumerate() {
            places.entry(four).and_modify(|place| *place = None).or_insert(Some(at));
        }
        places.into_iter().filter_map(|(four, place)| Some((four, place?))).collect()
    }

    /// The fingerprint: texts with at least [`PARTS`] equal parts may be alike. A short text has none.
    pub fn fingerprint(&self) -> Vec<i32> {
        if self.0.len() <= ENOUGH {
            return Vec::new();
        }
        // One value of each four says both where it belongs and how small it is.
        let mut least = [u64::MAX; VALUES];
        for four in self.0.windows(TOGETHER) {
            let mut value = START;
            for word in four {
                value = step(value, *word);
            }
            value = mixed(value);
            let place = (value >> SHIFT) as usize;
            if let Some(least) = least.get_mut(place) {
                *least = value.min(*least);
            }
        }
        // Where a short text has nothing, it borrows from the next place that has something.
        let filled = |at: usize| (at..at + VALUES).filter_map(|at| least.get(at % VALUES)).find(|it| **it != u64::MAX);
        let value = |at: usize| filled(at).copied().unwrap_or_default();
        let part = |at: usize| mixed(step(mixed(step(at as u64, value(at))), value(at + 1))) as i32;
        (0..VALUES).step_by(2).map(part).collect()
    }
}

/// How much of two texts is the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alike {
    /// Share of the words of the first that stand in the second in the same order.
    pub of_first: f32,
    /// The same for the second.
    pub of_second: f32,
    /// Words of the shorter.
    words: usize,
}

impl Alike {
    /// Whether two texts with nothing else in common are of one event.
    pub fn by_words(&self) -> bool {
        let (most, least) = (self.of_first.max(self.of_second), self.of_first.min(self.of_second));
        if self.words < FORM {
            return self.words > ENOUGH && least >= 0.8;
        }
        most >= 0.5 && least >= 0.3
    }

    /// Whether two texts of one series and one day are of one event: then one may be only a part of the other.
    pub fn on_one_day(&self) -> bool {
        let enough = match self.words {
            0..=FEW => 0.8,
            // What a form alone has in common may be half of a short text.
            _ if self.words < FORM => 0.6,
            _ => 0.25,
        };
        self.of_first.max(self.of_second) >= enough
    }
}

/// Compares two texts.
pub fn alike(first: &Words, second: &Words) -> Alike {
    let (here, there) = (first.once(), second.once());
    let mut ties: Vec<(usize, usize)> =
        here.into_iter().filter_map(|(four, at)| Some((at, *there.get(&four)?))).collect();
    ties.sort_unstable();
    let row = longest_row(&ties);
    let share = |places: &mut dyn Iterator<Item = usize>, words: &Words| {
        let (mut covered, mut end) = (0, 0);
        for place in places {
            covered += place + TOGETHER - place.max(end);
            end = place + TOGETHER;
        }
        covered as f32 / words.0.len().max(1) as f32
    };
    Alike {
        of_first: share(&mut row.iter().map(|tie| tie.0), first),
        of_second: share(&mut row.iter().map(|tie| tie.1), second),
        words: first.0.len().min(second.0.len()),
    }
}

/// Of ties in order of their first places, the most whose second places are in order too.
fn longest_row(ties: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length the tie with the least second place that ends a row of it; each tie knows the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(ties.len());
    let second = |at: usize| ties.get(at).map_or(0, |tie| tie.1);
    for (at, tie) in ties.iter().enumerate() {
        let length = ends.partition_point(|end| second(*end) < tie.1);
        before.push(length.checked_sub(1).and_then(|shorter| ends.get(shorter).copied()));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut row = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(at) = next {
        row.extend(ties.get(at));
        next = before.get(at).copied().flatten();
    }
    row.reverse();
    row
}

const START: u64 = 0xcbf2_9ce4_8422_2325;

/// One step of FNV: fingerprints are stored, so it must be the same for ever.
const fn step(hash: u64, value: u64) -> u64 {
    (hash ^ value).wrapping_mul(0x0000_0100_0000_01b3)
}

/// `SplitMix64`.
const fn mixed(value: u64) -> u64 {
    let value = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of this many sentences, of which each has words of its own.
    fn text(seed: usize, sentences: usize) -> Vec<String> {
        let sentence =
            |n: usize| format!("The lock of gate{seed}x{n} was opened at hour{seed}x{n} and nobody was there.");
        (0..sentences).map(sentence).collect()
    }

    fn words(sentences: &[String]) -> Words {
        Words::of(sentences.iter().map(String::as_str))
    }

    fn equal_parts(one: &Words, other: &Words) -> usize {
        let other = other.fingerprint();
        one.fingerprint().iter().filter(|part| other.contains(part)).count()
    }

    #[test]
    fn the_same_words_with_other_signs_are_the_same() {
        let (one, other) = (Words::of(["It’s ours, he said."]), Words::of(["ITS OURS –", "HE SAID"]));
        assert_eq!(one, other);
        let alike = alike(&one, &other);
        assert_eq!((alike.of_first, alike.of_second), (1.0, 1.0));
        assert!(alike.on_one_day() && !alike.by_words(), "too short to be told by its words");
    }

    #[test]
    fn another_transcript_of_the_same_event_is_found_and_known() {
        let one = text(7, 60);
        // Every sixth sentence was heard otherwise.
        let other: Vec<String> = one
            .iter()
            .enumerate()
            .map(|(n, s)| if n % 6 == 0 { s.replace("lock", "log") } else { s.clone() })
            .collect();
        let (one, other) = (words(&one), words(&other));
        assert!(equal_parts(&one, &other) >= PARTS as usize);
        assert!(alike(&one, &other).by_words());
    }

    #[test]
    fn a_half_is_known_on_one_day_and_the_same_sentences_elsewhere_are_not() {
        let whole = text(7, 60);
        let half = alike(&words(&whole), &words(&whole[..12]));
        assert!(half.on_one_day() && !half.by_words(), "{half:?}");
        let mut shuffled = whole.clone();
        shuffled
            .sort_by_key(|sentence| mixed(sentence.len() as u64 * 31 + sentence.bytes().map(u64::from).sum::<u64>()));
        let shuffled = alike(&words(&whole), &words(&shuffled));
        assert!(!shuffled.by_words(), "{shuffled:?}");
        let other = alike(&words(&whole), &words(&text(8, 60)));
        assert!(!other.on_one_day(), "{other:?}");
        assert_eq!(equal_parts(&words(&whole), &words(&text(8, 60))), 0);
    }

    #[test]
    fn nothing_is_like_nothing() {
        let nothing = alike(&Words::of([]), &Words::of([""]));
        assert!(!nothing.by_words() && !nothing.on_one_day());
        assert_eq!(Words::of(["One two three."]).fingerprint(), [0_i32; 0]);
    }
}
