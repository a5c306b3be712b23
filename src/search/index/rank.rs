//! The best hits: BM25, with a small preference for turns and for words that stand side by side.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use tantivy::postings::Postings;
use tantivy::query::{Bm25StatisticsProvider, Bm25Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Score, Searcher, Term};

use super::block::{Block, DOCS};
use super::columns::Segment;
use super::count::{Counted, stretches, whole};
use super::cursor::Cursor;
use super::order::Place;
use super::phrase::Together;
use super::schema::{Fields, stem_term};
use crate::domain::UtteranceKind;
use crate::search::language::Expr;
use crate::search::stem::Language;

/// Beyond this place hits are not ranked any more.
pub const MAX_RANKED: usize = 10_000;

/// How many of the best are looked at again for words side by side.
const LOOKED_AT_AGAIN: usize = 200;
/// What words side by side are worth.
const SIDE_BY_SIDE: Score = 1.3;
/// How many postings are read in the time of one look at a single document.
const A_LOOK_COSTS: u64 = 12;
/// With so many hits a second thread is worth its start.
const MANY: u64 = 20_000;

/// What utterances of each kind are worth, by place in `UtteranceKind::ALL`; never more than 1.
const WORTH: [Score; 4] = {
    let mut worth = [1.0; 4];
    let mut n = 0;
    while n < 4 {
        worth[n] = match UtteranceKind::ALL[n] {
            UtteranceKind::Turn => 1.0,
            UtteranceKind::Paragraph => 0.9,
            UtteranceKind::Heading | UtteranceKind::Note => 0.25,
        };
        n += 1;
    }
    worth
};

impl Segment {
    #[inline]
    fn worth(&self, doc: u32) -> Score {
        WORTH[usize::from(self.columns.kinds[doc as usize]) % WORTH.len()]
    }
}

/// What is needed to rank.
pub struct Ranking<'a> {
    /// The engine's view.
    pub searcher: &'a Searcher,
    /// Its segments.
    pub segments: &'a [Arc<Segment>],
    /// The fields.
    pub fields: &'a Fields,
    /// What matches.
    pub counted: &'a Counted,
}

/// A term with what it is worth.
struct Weighted {
    weight: Bm25Weight,
    documents: u64,
    term: Term,
}

/// The terms that make a score.
struct Scored {
    /// Words, found by their stems.
    words: Vec<String>,
    /// Exact words.
    exact: Vec<String>,
}

impl Ranking<'_> {
    /// The hits from `offset` on, best first; equal ones newest first. `None` if the query has nothing to score.
    pub fn best(&self, expr: &Expr, offset: usize, limit: usize) -> tantivy::Result<Option<Vec<Place>>> {
        let mut scored = Scored { words: Vec::new(), exact: Vec::new() };
        scored.collect(expr);
        if scored.words.is_empty() && scored.exact.is_empty() {
            return Ok(None);
        }
        let wanted = offset.saturating_add(limit).min(MAX_RANKED);
        if offset >= wanted {
            return Ok(Some(Vec::new()));
        }
        let side_by_side = words_in_a_row(expr);
        let kept = if side_by_side.is_some() { wanted.max(LOOKED_AT_AGAIN) } else { wanted };
        let mut places = self.score_all(&scored, kept)?.into_sorted();
        if let Some(words) = side_by_side {
            self.prefer(&words, &mut places)?;
        }
        Ok(Some(places.into_iter().skip(offset).take(limit).map(Ranked::place).collect()))
    }

    /// Scores all hits; where there are many, stretches of the segments at once.
    fn score_all(&self, scored: &Scored, kept: usize) -> tantivy::Result<Best> {
        let terms = self.weighted(scored)?;
        let postings: u64 = terms.iter().map(|term| term.documents).sum();
        let each = self.counted.total.saturating_mul(terms.len() as u64 * A_LOOK_COSTS) < postings;
        let of_stretch = |(n, from, to): (usize, u32, u32)| -> tantivy::Result<Best> {
            let mut best = Best { kept, heap: BinaryHeap::with_capacity(kept + 1) };
            if each {
                self.score_each(&terms, n, &mut best)?;
            } else {
                self.score_blocks(&terms, n, from..to, &mut best)?;
            }
            Ok(best)
        };
        let stretches = if each { whole(self.segments) } else { stretches(self.segments) };
        let parts: Vec<tantivy::Result<Best>> = if self.counted.total > MANY && stretches.len() > 1 {
            stretches.into_par_iter().map(of_stretch).collect()
        } else {
            stretches.into_iter().map(of_stretch).collect()
        };
        let mut best = Best { kept, heap: BinaryHeap::with_capacity(kept + 1) };
        for part in parts {
            for Reverse(one) in part?.heap {
                best.push(one);
            }
        }
        Ok(best)
    }

    fn weighted(&self, scored: &Scored) -> tantivy::Result<Vec<Weighted>> {
        let mut languages: Vec<Language> =
            self.segments.iter().flat_map(|segment| segment.columns.languages.iter().copied()).collect();
        languages.sort_unstable();
        languages.dedup();
        let exact = scored.exact.iter().map(|word| Term::from_field_text(self.fields.exact, word));
        let stems = languages.into_iter().flat_map(|language| {
            scored.words.iter().map(move |word| Term::from_field_text(self.fields.stem, &stem_term(language, word)))
        });
        let mut terms: Vec<Term> = exact.chain(stems).collect();
        terms.sort_unstable();
        terms.dedup();
        let all = self.searcher.total_num_docs()?;
        let weighted = terms.into_iter().map(|term| {
            let length = self.searcher.total_num_tokens(term.field())? as Score / all.max(1) as Score;
            let documents = self.searcher.doc_freq(&term)?;
            let weight = Bm25Weight::for_one_term_without_explain(documents, all, length);
            Ok(Weighted { weight, documents, term })
        });
        weighted.collect()
    }

    /// Adds up the scores of all documents, block by block, and then looks at the hits: cheaper when there are many.
    fn score_blocks(&self, terms: &[Weighted], n: usize, blocks: Range<u32>, best: &mut Best) -> tantivy::Result<()> {
        let segment = &self.segments[n];
        let mut terms_here = Vec::new();
        for Weighted { weight, term, .. } in terms {
            if let Some(cursor) = Cursor::open_with_counts(&segment.reader, term)? {
                terms_here.push((weight, cursor, segment.reader.get_fieldnorms_reader(term.field())?));
            }
        }
        let mut scores = vec![0.0; DOCS as usize];
        let mut run = segment.columns.run_of(blocks.start * DOCS);
        for b in blocks {
            let base = b * DOCS;
            let Some(hits) = self.counted.segments[n].blocks.get(b as usize).filter(|hits| !hits.is_empty()) else {
                continue;
            };
            scores.fill(0.0);
            for (weight, cursor, norms) in &mut terms_here {
                cursor.visit(base, |doc, count| {
                    scores[(doc - base) as usize % DOCS as usize] += weight.score(norms.fieldnorm_id(doc), count);
                });
            }
            let mut threshold = best.threshold();
            hits.for_each(|at| {
                let score = scores[at as usize % DOCS as usize] * segment.worth(base + at);
                if score >= threshold {
                    while segment.columns.runs[run].docs.end <= base + at {
                        run += 1;
                    }
                    best.push(Ranked { score, newest: segment.newest[run], segment: n as u32, doc: base + at });
                    threshold = best.threshold();
                }
            });
        }
        Ok(())
    }

    /// Scores every match by itself: cheaper when there are few.
    fn score_each(&self, terms: &[Weighted], n: usize, best: &mut Best) -> tantivy::Result<()> {
        let tally = &self.counted.segments[n];
        if tally.runs.iter().all(|count| *count == 0) {
            return Ok(());
        }
        let segment = &self.segments[n];
        let mut scorers = Vec::new();
        for Weighted { weight, term, .. } in terms {
            let inverted = segment.reader.inverted_index(term.field())?;
            if let Some(postings) = inverted.read_postings(term, IndexRecordOption::WithFreqs)? {
                scorers.push((weight, postings, segment.reader.get_fieldnorms_reader(term.field())?));
            }
        }
        for (b, block) in tally.blocks.iter().enumerate() {
            block.for_each(|at| {
                let doc = b as u32 * DOCS + at;
                let mut score = 0.0;
                for (weight, postings, norms) in &mut scorers {
                    if postings.doc() < doc {
                        postings.seek(doc);
                    }
                    if postings.doc() == doc {
                        score += weight.score(norms.fieldnorm_id(doc), postings.term_freq());
                    }
                }
                let newest = segment.newest[segment.columns.run_of(doc)];
                best.push(Ranked { score: score * segment.worth(doc), newest, segment: n as u32, doc });
            });
        }
        Ok(())
    }

    /// Moves hits up in which the words stand side by side.
    fn prefer(&self, words: &[String], places: &mut [Ranked]) -> tantivy::Result<()> {
        let looked_at = places.len().min(LOOKED_AT_AGAIN);
        let places = &mut places[..looked_at];
        for (n, segment) in self.segments.iter().enumerate() {
            let mut docs: Vec<u32> = places.iter().filter(|one| one.segment as usize == n).map(|one| one.doc).collect();
            if docs.is_empty() {
                continue;
            }
            docs.sort_unstable();
            let Some(mut phrase) = Together::phrase(&segment.reader, self.fields, words)? else { continue };
            let mut having = Vec::new();
            for docs in docs.chunk_by(|a, b| a / DOCS == b / DOCS) {
                let base = docs[0] / DOCS * DOCS;
                let mut block = Block::empty();
                for doc in docs {
                    block.insert(doc - base);
                }
                phrase.keep(base, &mut block);
                block.for_each(|at| having.push(base + at));
            }
            for one in places.iter_mut().filter(|one| one.segment as usize == n) {
                if having.binary_search(&one.doc).is_ok() {
                    one.score *= SIDE_BY_SIDE;
                }
            }
        }
        places.sort_unstable_by(|a, b| b.cmp(a));
        Ok(())
    }
}

impl Scored {
    fn collect(&mut self, expr: &Expr) {
        match expr {
            Expr::Word { word, .. } => self.words.push(word.clone()),
            Expr::Phrase { words, .. } | Expr::Near { words, .. } => self.exact.extend_from_slice(words),
            Expr::Compound { parts, joined, .. } => {
                self.exact.extend_from_slice(parts);
                if !joined.is_empty() {
                    self.words.push(joined.clone());
                }
            }
            Expr::And(parts) | Expr::Or(parts) => {
                for part in parts {
                    self.collect(part);
                }
            }
            Expr::Prefix { .. } | Expr::Not(_) => {}
        }
    }
}

/// The plain words of a query, when it has several: they are worth more side by side.
fn words_in_a_row(expr: &Expr) -> Option<Vec<String>> {
    let Expr::And(parts) = expr else { return None };
    let words: Vec<String> = parts
        .iter()
        .filter_map(|part| if let Expr::Word { word, .. } = part { Some(word.clone()) } else { None })
        .collect();
    (words.len() > 1).then_some(words)
}

/// A scored document; the greater one is shown first.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Ranked {
    score: Score,
    newest: u32,
    segment: u32,
    doc: u32,
}

impl Ranked {
    fn place(self) -> Place {
        Place { segment: self.segment as usize, doc: self.doc, score: self.score }
    }
}

impl Eq for Ranked {}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.score
            .total_cmp(&other.score)
            .then_with(|| Reverse(self.newest).cmp(&Reverse(other.newest)))
            .then_with(|| Reverse((self.segment, self.doc)).cmp(&Reverse((other.segment, other.doc))))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// The best so far.
struct Best {
    kept: usize,
    heap: BinaryHeap<Reverse<Ranked>>,
}

impl Best {
    fn push(&mut self, one: Ranked) {
        if self.heap.len() < self.kept {
            self.heap.push(Reverse(one));
        } else if self.heap.peek().is_some_and(|worst| one > worst.0) {
            self.heap.pop();
            self.heap.push(Reverse(one));
        }
    }

    /// A lower score changes nothing; an equal one may still win by date.
    fn threshold(&self) -> Score {
        match self.heap.peek() {
            Some(worst) if self.heap.len() >= self.kept => worst.0.score,
            _ => Score::MIN,
        }
    }

    fn into_sorted(self) -> Vec<Ranked> {
        self.heap.into_sorted_vec().into_iter().map(|Reverse(one)| one).collect()
    }
}
