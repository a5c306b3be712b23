//! Words of a query in their order, each as typed or as something near it: the likeliest ways to read them.

use super::{Lexicon, cost};

/// A word that occurs this often at most may be a slip in the archive itself.
pub const RARE: u64 = 8;
/// How much more often than a rare word another must be used to have been meant by it.
const FAR_MORE: u64 = 12;
/// The same where so little is wrong that it is hardly another word.
const MORE: u64 = 4;
const SLIGHT: f32 = 0.6;
/// What one slip weighs against how often words are used, whose logarithm counts.
const SLIP: f32 = 5.0;
/// What it weighs that two words follow one another in the archive.
const FOLLOWS: f32 = 1.0;
/// What it weighs that a word is part of the name of somebody who speaks.
const NAME: f32 = 1.0;
/// Slips in a word that is written in two, or two in one.
const BLANK: f32 = 0.7;
/// Most slips in a word that is in use itself.
const MOST_BOLD: f32 = 1.0;
/// What it costs to doubt a word that is in use.
const DOUBT: f32 = 3.0;
/// What two words count for that are read as one, so that a reading is not better for having more words.
const WORD: f32 = 3.0;
/// Readings of one word.
const READINGS: usize = 8;
/// Ways followed at once.
const WAYS: usize = 24;
/// Queries longer than this are doubted only where a word is unknown.
const SHORT: usize = 6;
/// Words of a query that are looked at.
const LONGEST: usize = 24;

/// Some words of a query and what they are read as.
#[derive(Debug, Clone)]
pub struct Piece {
    /// The first word.
    pub from: usize,
    /// One past the last.
    pub to: usize,
    /// What stands in their place, words separated by a blank; `None` where they are kept.
    pub meant: Option<String>,
    /// Whether a word is replaced that is in use itself.
    pub bold: bool,
    score: f32,
}

/// A way to read all words.
#[derive(Debug, Clone)]
pub struct Path {
    /// Its pieces in order.
    pub pieces: Vec<Piece>,
    /// The higher the likelier.
    pub score: f32,
    first: String,
    last: String,
}

/// The likeliest ways to read these words that change at least one of them.
pub fn best(words: &[&str], lexicon: &dyn Lexicon, most: usize) -> Vec<Path> {
    if words.len() > LONGEST {
        return Vec::new();
    }
    let frequencies: Vec<u64> = words.iter().map(|word| lexicon.frequency(word)).collect();
    let mut ways: Vec<Vec<Path>> = vec![Vec::new(); words.len() + 1];
    ways[0].push(Path { pieces: Vec::new(), score: 0.0, first: String::new(), last: String::new() });
    for at in 0..words.len() {
        let mut here = std::mem::take(&mut ways[at]);
        here.sort_by(|a, b| b.score.total_cmp(&a.score));
        here.truncate(WAYS);
        for piece in pieces(words, &frequencies, at, lexicon) {
            let text = piece.meant.clone().unwrap_or_else(|| words[at].to_owned());
            let (first, last) = (text.split(' ').next().unwrap_or(&text), text.rsplit(' ').next().unwrap_or(&text));
            for way in &here {
                let follows = if way.last.is_empty() { 0 } else { lexicon.together(&way.last, first) };
                let mut further = way.clone();
                further.score += piece.score + FOLLOWS * logarithm(follows);
                further.pieces.push(piece.clone());
                (further.first, further.last) = (first.to_owned(), last.to_owned());
                ways[piece.to].push(further);
            }
        }
    }
    let mut found = ways.pop().unwrap_or_default();
    found.retain(|path| path.pieces.iter().any(|piece| piece.meant.is_some()) && supported(path, words, lexicon));
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    found.truncate(most);
    found
}

/// Whether every word that is doubted although it is in use fits its neighbours better than what was typed.
fn supported(path: &Path, words: &[&str], lexicon: &dyn Lexicon) -> bool {
    let shown = |piece: &Piece| piece.meant.clone().unwrap_or_else(|| words[piece.from..piece.to].join(" "));
    path.pieces.iter().enumerate().filter(|(_, piece)| piece.bold).all(|(at, piece)| {
        let meant = shown(piece);
        let before = at.checked_sub(1).and_then(|before| path.pieces.get(before)).map(&shown);
        let after = path.pieces.get(at + 1).map(&shown);
        let with_before = before.is_some_and(|before| lexicon.together(&before, &meant) > RARE);
        with_before || after.is_some_and(|after| lexicon.together(&meant, &after) > RARE)
    })
}

/// What the word at a place can be read as, alone or with the one behind it.
fn pieces(words: &[&str], frequencies: &[u64], at: usize, lexicon: &dyn Lexicon) -> Vec<Piece> {
    let (word, frequency) = (words[at], frequencies[at]);
    let one = |meant: Option<String>, score: f32| {
        let bold = meant.is_some() && frequency > RARE;
        Piece { from: at, to: at + 1, meant, bold, score }
    };
    let mut found = vec![one(None, logarithm(frequency))];
    if let Some(next) = words.get(at + 1) {
        let joined = format!("{word}{next}");
        let together = lexicon.frequency(&joined);
        if together > RARE && lexicon.together(word, next) == 0 {
            let score = WORD + logarithm(together) - SLIP * BLANK;
            found.push(Piece { from: at, to: at + 2, meant: Some(joined), bold: false, score });
        }
    }
    let letters = word.chars().count();
    if word.chars().any(|c| c.is_ascii_digit()) || letters < 2 {
        return found;
    }
    if frequency <= RARE {
        found.extend(split(word, lexicon).into_iter().map(|(two, score)| one(Some(two), score)));
    } else if words.len() == 1 || words.len() > SHORT || letters < 3 {
        return found;
    }
    // The farther away, the longer it takes to find: only where nothing nearer will do.
    let edits = match (letters, frequency > RARE) {
        (_, true) | (..=3, _) => 1,
        _ => 2,
    };
    let mut near = plausible(word, frequency, edits, lexicon);
    // The farther away, the longer it takes to find: only where nothing nearer will do.
    if letters > 7 && frequency <= RARE && near.iter().all(|(other, _)| cost(word, other) > MOST_BOLD) {
        near = plausible(word, frequency, edits + 1, lexicon);
    }
    if frequency > RARE {
        // The word is in use: a rarer one may still be meant if it fits better beside the others.
        near.extend(rarer(word, frequency, lexicon));
    }
    near.sort_by(|a, b| b.1.total_cmp(&a.1));
    near.truncate(READINGS);
    found.extend(near.into_iter().map(|(other, score)| one(Some(other), score)));
    found
}

/// Words so many edits away that may have been meant, with how likely each is.
fn plausible(word: &str, frequency: u64, edits: usize, lexicon: &dyn Lexicon) -> Vec<(String, f32)> {
    let doubt = if frequency > RARE { DOUBT } else { 0.0 };
    let most = if frequency == 0 { most_slips(word.chars().count()) } else { MOST_BOLD };
    let near = lexicon.near(word, edits).into_iter().filter(|(other, _)| other != word);
    near.filter_map(|(other, uses)| {
        let slips = cost(word, &other);
        let far_more = if slips > SLIGHT { FAR_MORE } else { MORE };
        let likelier = uses > frequency.saturating_mul(far_more) && slips <= most;
        let name = if lexicon.written(&other).is_some() { NAME } else { 0.0 };
        likelier.then(|| (other, sought(uses) + name - SLIP * slips - doubt))
    })
    .collect()
}

/// Words one edit away from a word in use that are used less than far more often.
fn rarer(word: &str, frequency: u64, lexicon: &dyn Lexicon) -> Vec<(String, f32)> {
    let near = lexicon.near(word, 1).into_iter();
    near.filter(|(other, uses)| other != word && *uses > RARE && *uses <= frequency.saturating_mul(FAR_MORE))
        .filter_map(|(other, uses)| {
            let slips = cost(word, &other);
            (slips <= MOST_BOLD).then(|| (other, logarithm(uses) - SLIP * slips - DOUBT))
        })
        .collect()
}

/// A word as two that were run together.
fn split(word: &str, lexicon: &dyn Lexicon) -> Option<(String, f32)> {
    let cuts = word
        .char_indices()
        .map(|(at, _)| at)
        .filter(|at| (*at >= 2 || word.starts_with('a')) && *at >= 1 && word.len() - at >= 2);
    cuts.filter_map(|at| {
        let (first, second) = word.split_at(at);
        let together = lexicon.together(first, second);
        (together > RARE).then(|| (format!("{first} {second}"), logarithm(together) - SLIP * BLANK))
    })
    .max_by(|a, b| a.1.total_cmp(&b.1))
}

/// How many slips a word of so many letters may hold and still be recognised.
fn most_slips(letters: usize) -> f32 {
    match letters {
        ..=3 => 0.8,
        4 => 1.2,
        5 => 1.6,
        6 | 7 => 2.0,
        _ => 2.4,
    }
}

/// How likely a word is looked for, by how often it is used: what everybody says all the time is hardly looked for.
fn sought(uses: u64) -> f32 {
    const EVERYDAY: f32 = 6.0;
    let likely = logarithm(uses);
    if likely > EVERYDAY { EVERYDAY + (likely - EVERYDAY) / 4.0 } else { likely }
}

fn logarithm(count: u64) -> f32 {
    (count as f32).ln_1p()
}
