//! Which utterances may hold a quotation: those that share its rare words and the pairs of its words.
//!
//! Nothing is decided here. An utterance that holds a stretch of the quotation word for word is among the candidates
//! unless that stretch is common to hundreds of utterances; so are those that share the rarest of its words. Whoever asks
//! compares the texts.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, TERMINATED, Term};

use super::Index;
use super::columns::{Segment, day_number};
use super::query::IndexError;
use super::schema::{Fields, pair_term, stem_term};
use super::snapshot::Snapshot;
use crate::domain::{BriefingKind, SpeakerId, UtteranceId, UtteranceKind};
use crate::search::tokens::{Token, tokens};

/// Documents looked at for one quotation; the commonest words beyond are left out.
const MOST_DOCUMENTS: u64 = 500_000;
/// Stretches of a quotation that are told apart.
const STRETCHES: usize = 64;
/// Candidates kept for the whole quotation.
const BEST: usize = 16;
/// Candidates kept for what begins in one of `PARTS` parts of the quotation.
const BEST_OF_PART: usize = 4;
const PARTS: usize = 12;
/// A word in more than one of so many utterances says nothing by itself.
const RARE: u64 = 40;

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub struct Sought<'a> {
    /// The words of the quotation.
    pub text: &'a str,
    /// Whose utterances must not be missed where others share as much.
    pub speakers: &'a [SpeakerId],
    /// First day; undated briefings are then left out.
    pub from: Option<Date>,
    /// Last day; undated briefings are then left out.
    pub to: Option<Date>,
}

/// What may hold it.
#[derive(Debug, Clone, Default)]
pub struct Candidates {
    /// The utterances, likeliest first.
    pub utterances: Vec<UtteranceId>,
    /// For each word of the quotation where it stands, in Unicode scalar values, and how rare it is: the natural
    /// logarithm of one in how many utterances has it.
    pub rarity: Vec<(usize, usize, f32)>,
}

/// Something that a quotation and an utterance can share.
struct Feature {
    term: Term,
    /// The stretch of the quotation it belongs to; words alone belong to none.
    stretch: Option<usize>,
    documents: u64,
    weight: f32,
}

/// What a document shares with the quotation.
#[derive(Clone, Copy, Default)]
struct Shared {
    weight: f32,
    stretches: u64,
}

/// A candidate: what it is worth, and where it stands.
#[derive(Clone, Copy)]
struct Candidate {
    worth: f32,
    segment: usize,
    doc: u32,
}

impl Index {
    /// Utterances of transcripts and statements that may hold a quotation or parts of it.
    pub fn passages(&self, sought: &Sought<'_>) -> Result<Candidates, IndexError> {
        let (snapshot, fields) = self.fresh()?;
        let words = tokens(sought.text);
        let rarity = snapshot.rarity(&words, &fields)?;
        let (features, everywhere) = snapshot.features(&words, &fields)?;
        let mut weights = [0.0; STRETCHES];
        for feature in &features {
            if let Some(at) = feature.stretch {
                weights[at] += feature.weight;
            }
        }
        let mut lists = Lists::new(weights.iter().rposition(|weight| *weight > 0.0).map_or(1, |last| last + 1));
        let speakers: HashSet<u32> =
            sought.speakers.iter().filter_map(|id| snapshot.numbers.speakers.known(id.0)).collect();
        for (number, segment) in snapshot.segments.iter().enumerate() {
            let mut touched = shared(segment, &features)?;
            touched.retain(|(doc, _)| segment.quotable(*doc, sought));
            for (doc, shared) in touched {
                let of_speaker = speakers.contains(&segment.columns.speakers[doc as usize]);
                let (run, begins) = longest_run(shared.stretches, everywhere, &weights);
                let candidate = Candidate { worth: shared.weight + 2.0 * run, segment: number, doc };
                lists.offer(candidate, run, begins, of_speaker);
            }
        }
        let utterances = lists.finish().into_iter().filter_map(|candidate| {
            snapshot.segments[candidate.segment].columns.utterances.first(candidate.doc).map(UtteranceId)
        });
        Ok(Candidates { utterances: utterances.collect(), rarity })
    }
}

impl Snapshot {
    fn rarity(&self, words: &[Token], fields: &Fields) -> Result<Vec<(usize, usize, f32)>, IndexError> {
        let mut known: HashMap<&str, f32> = HashMap::new();
        let mut found = Vec::with_capacity(words.len());
        for word in words {
            let rarity = match known.get(word.text.as_str()) {
                Some(rarity) => *rarity,
                None => {
                    let term = Term::from_field_text(fields.exact, &word.text);
                    let rarity = self.weight(self.searcher.doc_freq(&term)?);
                    known.insert(&word.text, rarity);
                    rarity
                }
            };
            found.push((word.start, word.end, rarity));
        }
        Ok(found)
    }

    /// The natural logarithm of one in how many.
    fn weight(&self, documents: u64) -> f32 {
        let all = self.searcher.num_docs() as f32;
        ((all + 1.0) / (documents as f32 + 1.0)).ln().max(0.1)
    }

    /// What is looked for, rarest first and as much as is affordable; and the stretches that were left out because
    /// they stand nearly everywhere, as bits.
    fn features(&self, words: &[Token], fields: &Fields) -> Result<(Vec<Feature>, u64), IndexError> {
        let mut features = Vec::new();
        let pairs = words.len().saturating_sub(1);
        for (at, pair) in words.windows(2).enumerate() {
            let term = Term::from_field_text(fields.pairs, &pair_term(&pair[0].text, &pair[1].text));
            let stretch = if pairs <= STRETCHES { at } else { at * STRETCHES / pairs };
            features.push(self.feature(term, Some(stretch))?);
        }
        let languages: HashSet<_> = self.segments.iter().flat_map(|s| s.columns.languages.iter().copied()).collect();
        let distinct: HashSet<&str> = words.iter().map(|word| word.text.as_str()).collect();
        let all = self.searcher.num_docs();
        for word in distinct {
            for language in &languages {
                let term = Term::from_field_text(fields.stem, &stem_term(*language, word));
                let feature = self.feature(term, None)?;
                if feature.documents * RARE < all || words.len() < 3 {
                    features.push(feature);
                }
            }
        }
        features.retain(|feature| feature.documents > 0);
        features.sort_by_key(|feature| feature.documents);
        let (mut spent, mut affordable) = (0, 0);
        for feature in &features {
            spent += feature.documents;
            if affordable > 0 && spent > MOST_DOCUMENTS {
                break;
            }
            affordable += 1;
        }
        let left_out = features.split_off(affordable);
        let everywhere = left_out.iter().filter_map(|feature| feature.stretch).fold(0, |bits, at| bits | 1 << at);
        Ok((features, everywhere))
    }

    fn feature(&self, term: Term, stretch: Option<usize>) -> Result<Feature, IndexError> {
        let documents = self.searcher.doc_freq(&term)?;
        let weight = self.weight(documents) * if stretch.is_some() { 1.0 } else { 0.5 };
        Ok(Feature { term, stretch, documents, weight })
    }
}

impl Segment {
    /// Whether a document counts, and is words as spoken or as issued.
    fn quotable(&self, doc: u32, sought: &Sought<'_>) -> bool {
        const KINDS: [UtteranceKind; 2] = [UtteranceKind::Turn, UtteranceKind::Paragraph];
        let alive = self.alive.as_ref().is_none_or(|bits| bits[doc as usize >> 6] >> (doc & 63) & 1 == 1);
        let kind = UtteranceKind::ALL.get(usize::from(self.columns.kinds[doc as usize]));
        let run = &self.columns.runs[self.columns.run_of(doc)];
        let report = BriefingKind::ALL.get(usize::from(run.briefing_kind)) == Some(&BriefingKind::Report);
        let from = sought.from.is_none_or(|first| run.day.is_some_and(|day| day >= day_number(first)));
        let to = sought.to.is_none_or(|last| run.day.is_some_and(|day| day <= day_number(last)));
        alive && !report && from && to && kind.is_some_and(|kind| KINDS.contains(kind))
    }
}

/// The documents of a segment that share anything, with what.
fn shared(segment: &Segment, features: &[Feature]) -> tantivy::Result<Vec<(u32, Shared)>> {
    let mut all = vec![Shared::default(); segment.reader.max_doc() as usize];
    let mut touched = Vec::new();
    for feature in features {
        let inverted = segment.reader.inverted_index(feature.term.field())?;
        let Some(mut postings) = inverted.read_postings(&feature.term, IndexRecordOption::Basic)? else { continue };
        let bit = feature.stretch.map_or(0, |at| 1 << at);
        let mut doc = postings.doc();
        while doc != TERMINATED {
            let shared = &mut all[doc as usize];
            if shared.weight == 0.0 {
                touched.push(doc);
            }
            shared.weight += feature.weight;
            shared.stretches |= bit;
            doc = postings.advance();
        }
    }
    Ok(touched.into_iter().map(|doc| (doc, all[doc as usize])).collect())
}

/// The weight of the weightiest unbroken run of stretches, and where it begins.
fn longest_run(stretches: u64, everywhere: u64, weights: &[f32; STRETCHES]) -> (f32, usize) {
    let mut bits = stretches | everywhere;
    let (mut best, mut begins) = (0.0, 0);
    while bits != 0 {
        let start = bits.trailing_zeros() as usize;
        let length = (!(bits >> start)).trailing_zeros() as usize;
        let weight: f32 = weights[start..(start + length).min(STRETCHES)].iter().sum();
        if weight > best && stretches >> start != 0 {
            (best, begins) = (weight, start);
        }
        bits &= u64::MAX.checked_shl((start + length) as u32).unwrap_or(0);
    }
    (best, begins)
}

/// The best so far: of all, of the speaker's own, and of what begins in each part of the quotation.
struct Lists {
    stretches: usize,
    all: Vec<Candidate>,
    of_speaker: Vec<Candidate>,
    parts: Vec<Vec<Candidate>>,
}

impl Lists {
    fn new(stretches: usize) -> Self {
        Self { stretches, all: Vec::new(), of_speaker: Vec::new(), parts: vec![Vec::new(); PARTS] }
    }

    fn offer(&mut self, candidate: Candidate, run: f32, begins: usize, of_speaker: bool) {
        keep(&mut self.all, candidate, BEST);
        if of_speaker {
            keep(&mut self.of_speaker, candidate, BEST);
        }
        let part = (begins * PARTS / self.stretches).min(PARTS - 1);
        keep(&mut self.parts[part], Candidate { worth: run, ..candidate }, BEST_OF_PART);
    }

    /// All of them, each once, best first.
    fn finish(self) -> Vec<Candidate> {
        let mut seen = HashSet::new();
        let mut found: Vec<Candidate> = self.all;
        found.extend(self.of_speaker);
        found.extend(self.parts.into_iter().flatten());
        found.sort_by(|a, b| b.worth.total_cmp(&a.worth).then((a.segment, a.doc).cmp(&(b.segment, b.doc))));
        found.retain(|candidate| seen.insert((candidate.segment, candidate.doc)));
        found
    }
}

/// Keeps the best few, best first; of equals those that came first.
fn keep(list: &mut Vec<Candidate>, candidate: Candidate, most: usize) {
    if list.len() == most && list.last().is_some_and(|last| last.worth >= candidate.worth) {
        return;
    }
    let at = list.partition_point(|other| other.worth >= candidate.worth);
    list.insert(at, candidate);
    list.truncate(most);
}
