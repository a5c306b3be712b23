//! Quotations put together from several places.

#![expect(clippy::indexing_slicing, reason = "every index runs over the words of one of the two texts")]

/// A stretch of the quotation that stands word for word in a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// The passage.
    pub passage: usize,
    /// First word of the quotation.
    pub quoted: usize,
    /// First word of the passage.
    pub said: usize,
    /// How many words.
    pub length: usize,
}

/// Fewest words of a piece.
const SHORTEST: usize = 3;

/// A passage to be searched for pieces.
pub struct Searched<'a> {
    /// Numbers of its words.
    pub said: &'a [u32],
    /// How welcome it is where several hold the same piece; more is better.
    pub rank: u32,
}

/// The fewest pieces that account for as much of the quotation as can be, in its order.
pub fn pieces(quoted: &[u32], passages: &[Searched<'_>]) -> Vec<Piece> {
    let longest = longest_from_each(quoted, passages);
    let mut found: Vec<Piece> = Vec::new();
    let mut at = 0;
    while at < quoted.len() {
        match longest[at] {
            Some(piece) if piece.length >= SHORTEST => {
                at += piece.length;
                found.push(piece);
            }
            _ => at += 1,
        }
    }
    // The first piece is as long as it can be and may have taken words that the second begins with: both have them.
    for n in 1..found.len() {
        let (before, piece) = (found[n - 1], &mut found[n]);
        let said = passages[piece.passage].said;
        while piece.quoted > before.quoted + SHORTEST
            && piece.said > 0
            && said[piece.said - 1] == quoted[piece.quoted - 1]
        {
            piece.quoted -= 1;
            piece.said -= 1;
            piece.length += 1;
        }
    }
    found
}

/// For each word of the quotation the longest piece that begins there.
fn longest_from_each(quoted: &[u32], passages: &[Searched<'_>]) -> Vec<Option<Piece>> {
    let mut longest: Vec<Option<Piece>> = vec![None; quoted.len()];
    let numbers = quoted.iter().max().map_or(0, |most| *most as usize + 1);
    for (passage, searched) in passages.iter().enumerate() {
        let said = searched.said;
        // Where each word of the quotation stands in the passage; words of it that the quotation has not stand nowhere.
        let mut stands: Vec<Vec<usize>> = vec![Vec::new(); numbers];
        for (p, number) in said.iter().enumerate() {
            if let Some(places) = stands.get_mut(*number as usize) {
                places.push(p);
            }
        }
        // Lengths of the runs that begin at each word of the passage, for this word of the quotation and the one behind.
        let (mut behind, mut here) = (vec![0usize; said.len() + 1], vec![0usize; said.len() + 1]);
        for q in (0..quoted.len()).rev() {
            for &p in stands[quoted[q] as usize].iter().rev() {
                here[p] = behind[p + 1] + 1;
                let better = longest[q]
                    .is_none_or(|known| (here[p], searched.rank) > (known.length, passages[known.passage].rank));
                if better {
                    longest[q] = Some(Piece { passage, quoted: q, said: p, length: here[p] });
                }
            }
            if let Some(next) = quoted.get(q + 1) {
                stands[*next as usize].iter().for_each(|p| behind[*p] = 0);
            }
            std::mem::swap(&mut behind, &mut here);
        }
    }
    longest
}
