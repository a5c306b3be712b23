//! How unlikely it is that somebody who meant one word wrote another.

/// Letters that sound alike, or that people do not know which of to write.
const SOUND_ALIKE: [(char, char, f32); 18] = [
    ('c', 'k', 0.45),
    ('c', 's', 0.5),
    ('s', 'z', 0.45),
    ('k', 'q', 0.45),
    ('c', 'q', 0.6),
    ('i', 'y', 0.35),
    ('g', 'j', 0.55),
    ('f', 'v', 0.7),
    ('v', 'w', 0.6),
    ('u', 'w', 0.6),
    ('d', 't', 0.7),
    ('b', 'p', 0.8),
    ('m', 'n', 0.7),
    ('b', 'v', 0.6),
    ('j', 'y', 0.6),
    ('x', 'j', 0.6),
    ('h', 'j', 0.7),
    ('g', 'q', 0.7),
];

/// The rows of a keyboard.
const KEYBOARD: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// What it costs to begin with another letter: people know how a word begins.
const OTHER_BEGINNING: f32 = 0.9;

/// What is taken off where both words sound the same.
const SOUNDS_THE_SAME: f32 = 0.3;

/// The cost of having written one word where the other was meant: about the number of slips, likely ones count less.
pub fn cost(written: &str, meant: &str) -> f32 {
    let (a, b): (Vec<char>, Vec<char>) = (written.chars().collect(), meant.chars().collect());
    let mut table = vec![vec![0.0_f32; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = if i == 0 && j == 0 { 0.0 } else { least(&table, &a, &b, i, j) };
        }
    }
    let slips = table[a.len()][b.len()] + beginning(&a, &b);
    if slips > SOUNDS_THE_SAME && sound(&a) == sound(&b) { slips - SOUNDS_THE_SAME } else { slips }
}

/// What a word is in speech, roughly: its consonants, those that are heard.
fn sound(word: &[char]) -> String {
    let mut heard = String::new();
    for (at, letter) in word.iter().enumerate() {
        let next = word.get(at + 1);
        let as_heard = match (letter, next) {
            ('d', Some('g')) | ('h', _) => continue,
            ('k', Some('n')) if at == 0 => continue,
            ('p', Some('h')) => 'f',
            ('c', Some('e' | 'i' | 'y')) | ('z', _) => 's',
            ('c' | 'q', _) => 'k',
            ('g', Some('e' | 'i' | 'y')) => 'j',
            (vowel, _) if is_vowel(*vowel) => continue,
            ('w', _) if at > 0 => continue,
            _ => *letter,
        };
        if !heard.ends_with(as_heard) {
            heard.push(as_heard);
        }
    }
    heard
}

/// The cheapest way to the first `i` letters of one and the first `j` of the other.
fn least(table: &[Vec<f32>], a: &[char], b: &[char], i: usize, j: usize) -> f32 {
    let mut least = f32::INFINITY;
    if i > 0 {
        least = least.min(table[i - 1][j] + extra(a, i - 1));
    }
    if j > 0 {
        least = least.min(table[i][j - 1] + extra(b, j - 1));
    }
    if i > 0 && j > 0 {
        least = least.min(table[i - 1][j - 1] + changed(a[i - 1], b[j - 1]));
    }
    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && a[i - 1] != a[i - 2] {
        least = least.min(table[i - 2][j - 2] + 0.6);
    }
    // "ph" for "f".
    if i > 1 && j > 0 && a[i - 2..i] == ['p', 'h'] && b[j - 1] == 'f' {
        least = least.min(table[i - 2][j - 1] + 0.4);
    }
    if i > 0 && j > 1 && b[j - 2..j] == ['p', 'h'] && a[i - 1] == 'f' {
        least = least.min(table[i - 1][j - 2] + 0.4);
    }
    least
}

/// A letter that only one of the words has.
fn extra(word: &[char], at: usize) -> f32 {
    let letter = word[at];
    let beside = |other: Option<&char>| other == Some(&letter);
    if (at > 0 && beside(word.get(at - 1))) || beside(word.get(at + 1)) {
        return 0.4;
    }
    let beside_vowel = (at > 0 && is_vowel(word[at - 1])) || word.get(at + 1).is_some_and(|next| is_vowel(*next));
    match letter {
        'h' => 0.5,
        'e' | 's' | 'd' if at + 1 == word.len() => 0.6,
        'c' if word.get(at + 1) == Some(&'k') => 0.5,
        vowel if is_vowel(vowel) && beside_vowel => 0.65,
        vowel if is_vowel(vowel) => 0.8,
        _ => 1.0,
    }
}

/// One letter for another.
fn changed(one: char, other: char) -> f32 {
    if one == other {
        return 0.0;
    }
    let pair = |(a, b, _): &&(char, char, f32)| (*a, *b) == (one, other) || (*b, *a) == (one, other);
    if let Some((.., cost)) = SOUND_ALIKE.iter().find(pair) {
        return *cost;
    }
    if is_vowel(one) && is_vowel(other) {
        return 0.55;
    }
    if neighbours(one, other) { 0.75 } else { 1.0 }
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// Whether two letters lie side by side, or nearly below each other, on a keyboard.
fn neighbours(one: char, other: char) -> bool {
    let place = |letter: char| {
        KEYBOARD.iter().enumerate().find_map(|(row, keys)| Some((row, keys.chars().position(|key| key == letter)?)))
    };
    match (place(one), place(other)) {
        (Some((row, at)), Some((other_row, other_at))) => {
            row.abs_diff(other_row) <= 1 && at.abs_diff(other_at) <= 1 && !(row == other_row && at == other_at)
        }
        _ => false,
    }
}

fn beginning(a: &[char], b: &[char]) -> f32 {
    match (a, b) {
        (['p', 'h', ..], ['f', ..]) | (['f', ..], ['p', 'h', ..]) => 0.0,
        ([one, ..], [other, ..]) if one == other => 0.0,
        ([one, second, ..], [other, after, ..]) if (one, second) == (after, other) => OTHER_BEGINNING / 3.0,
        ([one, ..], [other, ..]) => OTHER_BEGINNING * changed(*one, *other).min(1.0),
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likely_slips_cost_less_than_unlikely_ones() {
        assert!(cost("kirby", "kirby") < f32::EPSILON);
        assert!(cost("navaro", "navarro") < cost("navaro", "navato"));
        assert!(cost("ucraine", "ukraine") < cost("utraine", "ukraine"));
        assert!(cost("recieve", "receive") < cost("recxve", "receive"));
        assert!(cost("fosforus", "phosphorus") < 1.5);
        assert!(cost("knowlege", "knowledge") < cost("knowlege", "knowlexge"));
        assert!(cost("birby", "kirby") > cost("kirbi", "kirby"));
    }
}
