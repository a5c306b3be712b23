//! The best hits: BM25, with a small preference for turns and for words that stand side by side.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use tantivy::query::{Bm25StatisticsProvider, Bm25Weight, BooleanQuery, EnableScoring, Occur, Query as _, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Score, Searcher, Term};

use super::block::{Block, DOCS};
use super::columns::Segment;
use super::count::Counted;
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
/// With so few hits each is scored by itself.
const FEW: u64 = 2_000;

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

/// The terms that make a score.
struct Scored {
    /// Whether every match has all of them.
    all: bool,
    /// Words, found by their stems.
    words: Vec<String>,
    /// Exact words.
    exact: Vec<String>,
}

impl Ranking<'_> {
    /// The hits from `offset` on, best first; equal ones newest first. `None` if the query has nothing to score.
    pub fn best(&self, expr: &Expr, offset: usize, limit: usize) -> tantivy::Result<Option<Vec<Place>>> {
        let mut scored = Scored { all: true, words: Vec::new(), exact: Vec::new() };
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
        let mut best = Best { kept, heap: BinaryHeap::with_capacity(kept + 1) };
        self.score_all(&scored, &mut best)?;
        let mut places = best.into_sorted();
        if let Some(words) = side_by_side {
            self.prefer(&words, &mut places)?;
        }
        Ok(Some(places.into_iter().skip(offset).take(limit).map(Ranked::place).collect()))
    }

    fn score_all(&self, scored: &Scored, best: &mut Best) -> tantivy::Result<()> {
        let mut languages: Vec<Language> =
            self.segments.iter().flat_map(|segment| segment.columns.languages.iter().copied()).collect();
        languages.sort_unstable();
        languages.dedup();
        let exact = || scored.exact.iter().map(|word| Term::from_field_text(self.fields.exact, word));
        let stems = |language: Language| {
            scored.words.iter().map(move |word| Term::from_field_text(self.fields.stem, &stem_term(language, word)))
        };
        if self.counted.total <= FEW || !scored.all {
            let terms: Vec<Term> = exact().chain(languages.into_iter().flat_map(stems)).collect();
            return if self.counted.total <= FEW {
                self.score_each(terms, best)
            } else {
                self.score(Occur::Should, terms, best)
            };
        }
        if scored.words.is_empty() {
            return self.score(Occur::Must, exact().collect(), best);
        }
        // An utterance has one language: all words of one language must be there.
        for language in languages {
            self.score(Occur::Must, exact().chain(stems(language)).collect(), best)?;
        }
        Ok(())
    }

    /// Lets the engine skip what cannot be among the best.
    fn score(&self, occur: Occur, mut terms: Vec<Term>, best: &mut Best) -> tantivy::Result<()> {
        terms.sort_unstable();
        terms.dedup();
        // A union of one is skipped through as fast as any, an intersection of one is not.
        let occur = if terms.len() == 1 { Occur::Should } else { occur };
        let clauses = terms.into_iter().map(|term| {
            let query: Box<dyn tantivy::query::Query> = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
            (occur, query)
        });
        let query = BooleanQuery::new(clauses.collect());
        let weight = query.weight(EnableScoring::enabled_from_searcher(self.searcher))?;
        for (n, segment) in self.segments.iter().enumerate() {
            let tally = &self.counted.segments[n];
            let threshold = best.threshold();
            weight.for_each_pruning(threshold, &segment.reader, &mut |doc, score| {
                if tally.contains(doc) {
                    best.push(self.ranked(n, doc, score));
                }
                best.threshold()
            })?;
        }
        Ok(())
    }

    /// Scores every match by itself: cheaper when there are few.
    fn score_each(&self, mut terms: Vec<Term>, best: &mut Best) -> tantivy::Result<()> {
        terms.sort_unstable();
        terms.dedup();
        let documents = self.searcher.total_num_docs()?;
        let mut weighted = Vec::new();
        for term in terms {
            let length = self.searcher.total_num_tokens(term.field())? as Score / documents.max(1) as Score;
            let having = self.searcher.doc_freq(&term)?;
            weighted.push((Bm25Weight::for_one_term_without_explain(having, documents, length), term));
        }
        for (n, segment) in self.segments.iter().enumerate() {
            let tally = &self.counted.segments[n];
            let mut scorers = Vec::new();
            for (weight, term) in &weighted {
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
                            score +=
                                weight.score(norms.fieldnorm_id(doc), tantivy::postings::Postings::term_freq(postings));
                        }
                    }
                    best.push(self.ranked(n, doc, score));
                });
            }
        }
        Ok(())
    }

    fn ranked(&self, n: usize, doc: u32, score: Score) -> Ranked {
        let segment = &self.segments[n];
        let worth = WORTH[usize::from(segment.columns.kinds[doc as usize]) % WORTH.len()];
        let newest = segment.newest[segment.columns.run_of(doc)];
        Ranked { score: score * worth, newest, segment: n as u32, doc }
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
                    self.all = false;
                    self.words.push(joined.clone());
                }
            }
            Expr::And(parts) | Expr::Or(parts) => {
                self.all &= matches!(expr, Expr::And(_));
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

    /// A score must be above this to change anything; equal scores may still win by date.
    fn threshold(&self) -> Score {
        match self.heap.peek() {
            Some(worst) if self.heap.len() >= self.kept => worst.0.score.next_down(),
            _ => Score::MIN,
        }
    }

    fn into_sorted(self) -> Vec<Ranked> {
        self.heap.into_sorted_vec().into_iter().map(|Reverse(one)| one).collect()
    }
}
