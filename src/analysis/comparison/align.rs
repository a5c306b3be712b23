//! A quotation laid beside a passage so that as few words as possible differ.
//!
//! The quotation must be accounted for as a whole; the passage may go on before and behind it. Words that the passage marks
//! as not spoken or corrected cost nothing to leave out, nor does anything where the quotation has an ellipsis.

#![expect(clippy::indexing_slicing, reason = "every index is a row or column of the one table")]

use std::collections::HashMap;

use super::words::Word;

/// What becomes of a word on the way from passage to quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The same on both sides.
    Same { quoted: usize, said: usize },
    /// Another word stands for it.
    Changed { quoted: usize, said: usize },
    /// Only in the quotation.
    Added { quoted: usize },
    /// Only in the passage.
    Dropped { said: usize },
    /// Only in the passage, and nobody expects it in a quotation.
    Passed { said: usize },
    /// Left out where the quotation has an ellipsis.
    LeftOut { said: usize },
}

/// How a quotation lies beside a passage, in the order of the texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Alignment {
    /// Every step from the first word that both have to the last.
    pub steps: Vec<Step>,
}

const CHANGE: u32 = 10;
/// To add a word: of several ways that are nearly as good the one that shows what was lost. "It is lost" beside "it is not
/// lost" has left "not" out, and has not left off before it and added "lost".
const ADDITION: u32 = 11;
/// To begin leaving words out, and to go on: one cut of six words is less of a change than six words here and there.
const CUT: u32 = 9;
const CUT_ON: u32 = 3;

/// Words as numbers: the same number, the same word.
pub struct Numbered {
    quoted: Vec<u32>,
    known: HashMap<String, u32>,
    /// Accents count.
    accents: bool,
}

impl Numbered {
    /// Numbers the words of a quotation. Where it has no accent at all, none is missed.
    pub fn of(quotation: &[Word]) -> Self {
        let accents = quotation.iter().any(|word| word.form != word.plain);
        let mut known: HashMap<String, u32> = HashMap::new();
        let quoted = quotation
            .iter()
            .map(|word| {
                let next = known.len() as u32;
                *known.entry(if accents { &word.form } else { &word.plain }.clone()).or_insert(next)
            })
            .collect();
        Self { quoted, known, accents }
    }

    /// The numbers of the quotation's words.
    pub fn quoted(&self) -> &[u32] {
        &self.quoted
    }

    /// The numbers of a passage's words; words that the quotation has not are all the same.
    pub fn said(&self, passage: &[Word]) -> Vec<u32> {
        let form = |word: &Word| self.known.get(if self.accents { &word.form } else { &word.plain }).copied();
        passage.iter().map(|word| form(word).unwrap_or(u32::MAX)).collect()
    }
}

/// Lays a quotation beside a passage. Both come as words and as the numbers of these words.
pub fn align(quotation: &[Word], quoted: &[u32], passage: &[Word], said: &[u32]) -> Alignment {
    Table::fill(quotation, quoted, passage, said).trace(quotation, passage)
}

/// How one got into a cell: the step, and whether words of the passage were being left out just before it.
#[derive(Clone, Copy)]
struct Way {
    by: By,
    after_leaving: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Start,
    Same,
    Changed,
    Added,
    Leaving { free: bool },
}

impl Way {
    const START: Self = Self { by: By::Start, after_leaving: false };
}

/// Best cost where the last step kept a word of the quotation, and where it left one of the passage out.
type Costs = (u32, u32);

const NEVER: u32 = u32::MAX / 2;

/// The best ways to every pair of places.
struct Table {
    columns: usize,
    /// Keeping and leaving, as in [`Costs`].
    ways: Vec<(Way, Way)>,
    /// Behind which word of the passage the quotation ends best.
    end: usize,
}

impl Table {
    fn fill(quotation: &[Word], quoted: &[u32], passage: &[Word], said: &[u32]) -> Self {
        let columns = passage.len() + 1;
        let mut ways = vec![(Way::START, Way::START); (quotation.len() + 1) * columns];
        let mut before: Vec<Costs> = vec![(0, NEVER); columns];
        let mut row: Vec<Costs> = before.clone();
        for (q, word) in quotation.iter().enumerate() {
            let gap = word.optional || quotation.get(q + 1).is_some_and(|next| next.after_gap);
            for p in 0..columns {
                let same = p > 0 && said[p - 1] == quoted[q];
                let (kept, by_keeping) = keep(word, same, before[p], (p > 0).then(|| before[p - 1]));
                let free = gap || (p > 0 && passage[p - 1].optional);
                let (left, by_leaving) = if p > 0 { leave(free, row[p - 1]) } else { (NEVER, Way::START) };
                row[p] = (kept, left);
                ways[(q + 1) * columns + p] = (by_keeping, by_leaving);
            }
            std::mem::swap(&mut before, &mut row);
        }
        // Of equally good ends the first; a quotation never ends on words that were left out.
        let end = (0..columns).min_by_key(|p| before[*p].0).unwrap_or(0);
        Self { columns, ways, end }
    }

    fn trace(&self, quotation: &[Word], passage: &[Word]) -> Alignment {
        let mut steps = Vec::new();
        let (mut q, mut p, mut leaving) = (quotation.len(), self.end, false);
        while q > 0 {
            let (keeping, left) = self.ways[q * self.columns + p];
            let way = if leaving { left } else { keeping };
            steps.push(match way.by {
                By::Start => break,
                By::Same => Step::Same { quoted: q - 1, said: p - 1 },
                By::Changed => Step::Changed { quoted: q - 1, said: p - 1 },
                By::Added => Step::Added { quoted: q - 1 },
                By::Leaving { .. } if passage[p - 1].optional => Step::Passed { said: p - 1 },
                By::Leaving { free: true } => Step::LeftOut { said: p - 1 },
                By::Leaving { free: false } => Step::Dropped { said: p - 1 },
            });
            q -= usize::from(!matches!(way.by, By::Leaving { .. }));
            p -= usize::from(way.by != By::Added);
            leaving = way.after_leaving;
        }
        steps.reverse();
        Alignment { steps }
    }
}

/// The best way to take in a word of the quotation: beside one of the passage, or without.
fn keep(word: &Word, same: bool, above: Costs, diagonal: Option<Costs>) -> (u32, Way) {
    let best = |costs: Costs| (costs.0.min(costs.1), costs.1 < costs.0);
    let (cost, after_leaving) = best(above);
    let added = cost + if word.optional { 0 } else { ADDITION };
    let by_adding = Way { by: By::Added, after_leaving };
    let Some((cost, after_leaving)) = diagonal.map(best) else { return (added, by_adding) };
    let beside = cost
        + if same {
            0
        } else if word.optional {
            1
        } else {
            CHANGE
        };
    let by = if same { By::Same } else { By::Changed };
    if beside < added || (beside == added && !word.optional) {
        (beside, Way { by, after_leaving })
    } else {
        (added, by_adding)
    }
}

/// The best way to leave a word of the passage out.
fn leave(free: bool, before: Costs) -> (u32, Way) {
    let (begin, go_on) = if free { (0, 0) } else { (CUT, CUT_ON) };
    let (begun, gone_on) = (before.0.saturating_add(begin), before.1.saturating_add(go_on));
    let after_leaving = gone_on < begun;
    (begun.min(gone_on), Way { by: By::Leaving { free }, after_leaving })
}
