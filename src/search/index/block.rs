//! Sets of documents, 65,536 at a time, as bits.

/// Documents in one block.
pub const DOCS: u32 = 1 << 16;
const WORDS: usize = (DOCS / 64) as usize;

/// A set among `DOCS` documents that follow one another.
#[derive(Clone)]
pub struct Block(Box<[u64; WORDS]>);

impl Block {
    /// No document.
    pub fn empty() -> Self {
        Self(Box::new([0; WORDS]))
    }

    /// The first `count` documents.
    pub fn first(count: u32) -> Self {
        let mut block = Self::empty();
        block.insert_range(0, count.min(DOCS));
        block
    }

    /// Copies words of a larger set, from a block boundary on.
    pub fn keep_words(&mut self, words: &[u64]) {
        for (n, mine) in self.0.iter_mut().enumerate() {
            *mine &= words.get(n).copied().unwrap_or(0);
        }
    }

    /// Adds one document.
    #[inline]
    pub fn insert(&mut self, at: u32) {
        self.0[(at >> 6) as usize % WORDS] |= 1 << (at & 63);
    }

    /// Whether it has this document.
    #[inline]
    pub fn contains(&self, at: u32) -> bool {
        self.0[(at >> 6) as usize % WORDS] >> (at & 63) & 1 == 1
    }

    /// Removes one document.
    #[inline]
    pub fn remove(&mut self, at: u32) {
        self.0[(at >> 6) as usize % WORDS] &= !(1 << (at & 63));
    }

    /// Adds documents from `start` to before `end`.
    pub fn insert_range(&mut self, start: u32, end: u32) {
        self.each_word(start, end, |word, mask| *word |= mask);
    }

    /// How many there are from `start` to before `end`.
    pub fn count_range(&self, start: u32, end: u32) -> u32 {
        let (Some(last), true) = (end.checked_sub(1), start < end) else { return 0 };
        let (from, to) = ((start >> 6) as usize, (last >> 6) as usize);
        let (head, tail) = (!0 << (start & 63), !0 >> (63 - (last & 63)));
        if from == to {
            return (self.0[from] & head & tail).count_ones();
        }
        let middle: u32 = self.0[from + 1..to].iter().map(|word| word.count_ones()).sum();
        (self.0[from] & head).count_ones() + middle + (self.0[to] & tail).count_ones()
    }

    fn each_word(&mut self, start: u32, end: u32, mut change: impl FnMut(&mut u64, u64)) {
        let (Some(last), true) = (end.checked_sub(1), start < end) else { return };
        let (from, to) = ((start >> 6) as usize, (last >> 6) as usize);
        for n in from..=to {
            let head = if n == from { !0 << (start & 63) } else { !0 };
            let tail = if n == to { !0 >> (63 - (last & 63)) } else { !0 };
            change(&mut self.0[n], head & tail);
        }
    }

    /// Keeps what is in both.
    pub fn and(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0.iter()) {
            *mine &= theirs;
        }
    }

    /// Adds what is in the other.
    pub fn or(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0.iter()) {
            *mine |= theirs;
        }
    }

    /// Takes away what is in the other.
    pub fn without(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0.iter()) {
            *mine &= !theirs;
        }
    }

    /// Whether nothing is left.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// How many there are.
    pub fn count(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// Calls back for each document, in order.
    #[inline]
    pub fn for_each(&self, mut visit: impl FnMut(u32)) {
        for (n, word) in self.0.iter().enumerate() {
            let mut word = *word;
            while word != 0 {
                visit((n as u32) << 6 | word.trailing_zeros());
                word &= word - 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_count_what_was_put_in() {
        for (start, end) in [(0, 0), (0, 1), (63, 64), (63, 65), (5, 700), (0, DOCS), (DOCS - 1, DOCS)] {
            let mut block = Block::empty();
            block.insert_range(start, end);
            assert_eq!(block.count(), end - start);
            assert_eq!(block.count_range(start, end), end - start);
            assert_eq!(block.count_range(0, DOCS), end - start);
            assert_eq!(block.count_range(0, start), 0);
            let mut seen = 0;
            block.for_each(|at| seen += u32::from((start..end).contains(&at)));
            assert_eq!(seen, end - start);
        }
    }
}
