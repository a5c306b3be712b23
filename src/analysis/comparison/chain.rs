//! Passages in which one voice goes on, read as one text and told as passages again.

use super::differences::Difference;
use super::verdict::{Passage, Place, Voice};
use super::words::{Word, of_passage};

/// What stands between two passages of a chain.
const GAP: [char; 2] = ['\n', '\n'];

/// Passages in which one voice goes on, as one text.
pub struct Chain {
    pub text: Vec<char>,
    pub whole: String,
    pub words: Vec<Word>,
    /// Each passage with the place where its text begins.
    pub begins: Vec<(usize, usize)>,
    pub voice: Voice,
}

/// The passages as chains, in their order.
pub fn chains(passages: &[Passage<'_>]) -> Vec<Chain> {
    let mut chains: Vec<Chain> = Vec::new();
    for (n, passage) in passages.iter().enumerate() {
        let mut words = of_passage(passage.text, passage.marks);
        match chains.last_mut() {
            Some(chain) if passage.goes_on => {
                chain.text.extend(GAP);
                let base = chain.text.len();
                for word in &mut words {
                    (word.start, word.end) = (word.start + base, word.end + base);
                }
                chain.words.append(&mut words);
                chain.text.extend(passage.text.chars());
                chain.begins.push((n, base));
            }
            _ => chains.push(Chain {
                text: passage.text.chars().collect(),
                whole: String::new(),
                words,
                begins: vec![(n, 0)],
                voice: passage.voice,
            }),
        }
    }
    for chain in &mut chains {
        chain.whole = chain.text.iter().collect();
    }
    chains
}

impl Chain {
    /// The passage that a place of the chain lies in, and where that begins.
    pub fn passage_at(&self, at: usize) -> (usize, usize) {
        self.begins.iter().rev().find(|(_, begins)| *begins <= at).copied().unwrap_or((0, 0))
    }

    /// A stretch of the chain as stretches of the passages it runs over.
    fn parted(&self, (start, end): (usize, usize)) -> impl Iterator<Item = (usize, (usize, usize))> + '_ {
        let ends = self.begins.iter().skip(1).map(|(_, next)| next - GAP.len()).chain([self.text.len()]);
        self.begins.iter().zip(ends).filter_map(move |(&(passage, begins), ends)| {
            let (from, to) = (start.max(begins), end.min(ends));
            (from < to).then(|| (passage, (from - begins, to - begins)))
        })
    }

    /// Stretches of the chain told as stretches of its passages.
    pub fn places(&self, spans: &[(usize, usize)], like: &Place) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        for (passage, span) in spans.iter().flat_map(|span| self.parted(*span)) {
            match places.last_mut() {
                Some(place) if place.passage == passage => place.spans.push(span),
                _ => places.push(Place { passage, spans: vec![span], differences: Vec::new(), ..like.clone() }),
            }
        }
        for difference in &like.differences {
            let (passage, begins) = self.passage_at(difference.said.0);
            let said = (difference.said.0 - begins, difference.said.1.saturating_sub(begins));
            if let Some(place) = places.iter_mut().rfind(|place| place.passage <= passage) {
                place.differences.push(Difference { said, ..difference.clone() });
            }
        }
        places
    }
}
