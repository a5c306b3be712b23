//! What a set of passages says about a quotation.

use super::align::{Alignment, Numbered, Step, align};
use super::differences::{Difference, Side, Warning, differences};
use super::loosely::said_loosely;
use super::reported::{Reported, reported};
use super::splice::{Piece, Searched, pieces};
use super::stutter;
use super::words::{Word, of_passage, of_quotation};
use crate::domain::Mark;

/// A passage that may hold the quotation.
#[derive(Debug, Clone, Copy)]
pub struct Passage<'a> {
    /// Its words.
    pub text: &'a str,
    /// What in it was not spoken, or was put right.
    pub marks: &'a [Mark],
    /// Who speaks.
    pub voice: Voice,
    /// The same voice goes on from the passage before in the list, with nothing in between.
    pub goes_on: bool,
}

/// Who speaks in a passage, seen from the quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Voice {
    /// Somebody asks.
    Question,
    /// Somebody other than the alleged speaker.
    Another,
    /// The alleged speaker; anybody who answers for their words where nobody is alleged.
    Speaker,
}

/// The answer about a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Said so, word for word.
    Verbatim,
    /// Said, with other words here and there.
    Altered,
    /// Put together from several places.
    Spliced,
    /// Said by somebody other than alleged.
    OtherSpeaker,
    /// Said by whoever asked.
    InQuestion,
    /// Taken up by the speaker in order to report or to reject it.
    Quoted,
    /// Something like it was said.
    Paraphrase,
    /// Nothing like it is held.
    NotFound,
}

impl Verdict {
    /// The word used in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::Altered => "altered",
            Self::Spliced => "spliced",
            Self::OtherSpeaker => "other-speaker",
            Self::InQuestion => "in-question",
            Self::Quoted => "quoted",
            Self::Paraphrase => "paraphrase",
            Self::NotFound => "not-found",
        }
    }
}

/// What was found out.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The answer.
    pub verdict: Verdict,
    /// What the changes change, each once.
    pub warnings: Vec<Warning>,
    /// Where the words stand: what the verdict rests on first, in the order of the quotation where it is spliced.
    pub places: Vec<Place>,
}

/// Where words of the quotation stand in a passage.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The passage, by its place in the list.
    pub passage: usize,
    /// The words, in Unicode scalar values of its text.
    pub spans: Vec<(usize, usize)>,
    /// What differs.
    pub differences: Vec<Difference>,
    /// Whose words they are, where they are not the speaker's own.
    pub reported: Option<Reported>,
    /// Part of the quotation's words that stand here, in order, from 0 to 1.
    pub similarity: f32,
}

/// Most places that are told.
const MOST_PLACES: usize = 12;

/// Judges a quotation by the passages that may hold it. `rarity` says of stretches of the quotation how rare their words
/// are: the natural logarithm of one in how many utterances has them.
pub fn judge(quotation: &str, passages: &[Passage<'_>], rarity: &[(usize, usize, f32)]) -> Finding {
    let words = of_quotation(quotation);
    let weights = weights(&words, rarity);
    let whole = weights.iter().sum::<f32>().max(0.1);
    let quotation = Quotation { text: quotation, numbered: Numbered::of(&words), words, weights, whole };
    let chains: Vec<Chain> = chains(passages);
    let mut laid: Vec<Laid> = chains.iter().filter_map(|chain| quotation.lay_beside(chain, passages)).collect();
    laid.sort_by(|a, b| b.worth().total_cmp(&a.worth()));
    if let Some(finding) = exact(&laid) {
        return finding;
    }
    let near = laid.iter().find(|laid| laid.near);
    if near.is_none_or(|near| near.errors >= FEW || near.far)
        && let Some(finding) = quotation.spliced(&chains)
    {
        return finding;
    }
    if near.is_some() {
        return altered(&laid);
    }
    quotation.paraphrase(&chains)
}

/// Changes up to which a quotation counts as altered, even if its parts also stand elsewhere.
const FEW: usize = 4;
/// Least part of a quotation's weight that an altered one has in common with what was said.
const SHARE: f32 = 0.45;
/// Words left out at an ellipsis up to which both sides belong together.
const FAR: usize = 60;
/// Words left out silently up to which both sides belong together.
const FAR_SILENTLY: usize = 12;

/// What stands between two passages of a chain.
const GAP: [char; 2] = ['\n', '\n'];

/// The quotation, ready to be compared.
struct Quotation<'a> {
    text: &'a str,
    words: Vec<Word>,
    weights: Vec<f32>,
    /// All weights together.
    whole: f32,
    numbered: Numbered,
}

/// Passages in which one voice goes on, as one text.
struct Chain {
    text: Vec<char>,
    whole: String,
    words: Vec<Word>,
    /// Each passage with the place where its text begins.
    begins: Vec<(usize, usize)>,
    voice: Voice,
}

/// The quotation laid beside a chain.
struct Laid {
    voice: Voice,
    errors: usize,
    similarity: f32,
    /// Close enough to be the same saying.
    near: bool,
    /// Parts of it stand far from one another.
    far: bool,
    reported: Option<Reported>,
    places: Vec<Place>,
}

impl Laid {
    fn is_exact(&self) -> bool {
        self.errors == 0 && !self.far
    }

    /// What is believed first: what is more alike, and of the alike what the speaker said in their own name.
    fn worth(&self) -> f32 {
        let voice = match self.voice {
            Voice::Speaker => 0.1,
            Voice::Another => 0.03,
            Voice::Question => 0.0,
        };
        let own = if self.reported.is_none() { 0.02 } else { 0.0 };
        self.similarity + voice + own - if self.far { 0.3 } else { 0.0 }
    }
}

fn weights(words: &[Word], rarity: &[(usize, usize, f32)]) -> Vec<f32> {
    let weight = |word: &Word| {
        let inside = rarity.iter().filter(|(start, end, _)| *start < word.end && *end > word.start);
        inside.map(|(.., weight)| *weight).fold(0.1, f32::max)
    };
    words.iter().map(weight).collect()
}

fn chains(passages: &[Passage<'_>]) -> Vec<Chain> {
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
    fn passage_at(&self, at: usize) -> (usize, usize) {
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
    fn places(&self, spans: &[(usize, usize)], like: &Place) -> Vec<Place> {
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

impl Quotation<'_> {
    fn required(&self) -> usize {
        self.words.iter().filter(|word| !word.optional).count()
    }

    /// Lays the quotation beside a chain; nothing if they share nothing.
    fn lay_beside(&self, chain: &Chain, passages: &[Passage<'_>]) -> Option<Laid> {
        let said = self.numbered.said(&chain.words);
        if self.occurs(&said) < SHARE {
            return None;
        }
        let (from, to) = self.window(&said)?;
        let (words, said) = (chain.words.get(from..to)?, said.get(from..to)?);
        let alignment = align(&self.words, self.numbered.quoted(), words, said);
        let spans = spans(&alignment, words);
        let (start, end) = (spans.first()?.0, spans.last()?.1);
        let differences =
            differences(&alignment, Side { text: self.text, words: &self.words }, Side { text: &chain.whole, words });
        let tally = Tally::of(&alignment, &self.words);
        let errors = tally.errors.max(differences.len());
        let similarity = 1.0 - (errors as f32 / self.required().max(1) as f32).min(1.0);
        let strength: f32 = tally.same.iter().filter_map(|at| self.weights.get(*at)).sum();
        let near = self.is_near(similarity, strength / self.whole, strength, tally.longest) && !tally.far;
        let reported = reported(&chain.text, (start, end));
        let like = Place { passage: 0, spans: Vec::new(), differences, reported, similarity };
        let places = chain.places(&spans, &like);
        let voice = passages.get(places.first()?.passage)?.voice;
        Some(Laid { voice, errors, similarity, near, far: tally.far, reported, places })
    }

    /// Whether what is alike is enough to be the same saying and no accident of common words: `share` is the part of the
    /// quotation's weight that stands in the passage, `strength` that weight itself. The more differs, the rarer the rest
    /// must be. Measured with `cargo bench --bench check` and with sentences of other archives.
    fn is_near(&self, similarity: f32, share: f32, strength: f32, longest: usize) -> bool {
        match similarity {
            _ if self.required() < 3 => similarity >= 1.0,
            0.75.. => share >= SHARE,
            0.6..0.75 => share >= 0.55 && strength >= 16.0,
            0.48..0.6 => share >= 0.6 && strength >= 20.0 && longest >= 4,
            _ => false,
        }
    }

    /// The part of the quotation's weight whose words occur in a passage at all.
    fn occurs(&self, said: &[u32]) -> f32 {
        let mut there = vec![false; self.words.len()];
        for number in said {
            if let Some(there) = there.get_mut(*number as usize) {
                *there = true;
            }
        }
        let has = |number: &u32| there.get(*number as usize).copied().unwrap_or(false);
        let occurring: f32 = self
            .numbered
            .quoted()
            .iter()
            .zip(&self.weights)
            .filter(|(number, _)| has(number))
            .map(|(_, weight)| weight)
            .sum();
        occurring / self.whole
    }

    /// The part of a long passage that shares most with the quotation, with room around it.
    fn window(&self, said: &[u32]) -> Option<(usize, usize)> {
        let gaps = self.words.iter().filter(|word| word.after_gap).count();
        let width = self.words.len() * 2 + 30 + gaps * FAR;
        if said.len() <= width * 2 {
            return (!said.is_empty()).then_some((0, said.len()));
        }
        let mut weight_of: Vec<f32> = vec![0.0; self.words.len()];
        for (number, weight) in self.numbered.quoted().iter().zip(&self.weights) {
            if let Some(slot) = weight_of.get_mut(*number as usize) {
                *slot = slot.max(*weight);
            }
        }
        let mut inside = vec![0u32; self.words.len()];
        let (mut shared, mut best, mut best_at) = (0.0f32, 0.0f32, 0);
        for (at, number) in said.iter().enumerate() {
            if let (Some(count), Some(weight)) = (inside.get_mut(*number as usize), weight_of.get(*number as usize)) {
                *count += 1;
                shared += if *count == 1 { *weight } else { 0.0 };
            }
            if let Some(gone) = at.checked_sub(width).and_then(|gone| said.get(gone))
                && let (Some(count), Some(weight)) = (inside.get_mut(*gone as usize), weight_of.get(*gone as usize))
            {
                *count -= 1;
                shared -= if *count == 0 { *weight } else { 0.0 };
            }
            if shared > best + 0.01 {
                (best, best_at) = (shared, at);
            }
        }
        (best > 0.0).then(|| (best_at.saturating_sub(width * 3 / 2), (best_at + width / 2).min(said.len())))
    }

    /// The quotation as put together from several places, if it is.
    fn spliced(&self, chains: &[Chain]) -> Option<Finding> {
        // What may be missing on either side is left aside here, also what somebody began again and who quotes did too.
        let mut once = self.words.clone();
        stutter::pass_over(&mut once, &self.text.chars().collect::<Vec<_>>());
        let quoted: Vec<usize> = kept(&once);
        let numbers =
            |at: &[usize], all: &[u32]| -> Vec<u32> { at.iter().filter_map(|n| all.get(*n).copied()).collect() };
        let cores: Vec<(Vec<usize>, Vec<u32>)> = chains
            .iter()
            .map(|chain| {
                let core = kept(&chain.words);
                let said = numbers(&core, &self.numbered.said(&chain.words));
                (core, said)
            })
            .collect();
        let searched: Vec<Searched<'_>> = chains
            .iter()
            .zip(&cores)
            .enumerate()
            .map(|(n, (chain, (_, said)))| Searched { said, rank: chain.voice as u32 * 1000 + 999 - n.min(999) as u32 })
            .collect();
        let found = pieces(&numbers(&quoted, self.numbered.quoted()), &searched);
        let strong: Vec<&Piece> = found.iter().filter(|piece| self.is_strong(piece, &quoted)).collect();
        let covered = |pieces: &mut dyn Iterator<Item = &Piece>| -> f32 {
            let mut has = vec![false; quoted.len()];
            for piece in pieces {
                has.iter_mut().skip(piece.quoted).take(piece.length).for_each(|has| *has = true);
            }
            has.iter().filter(|has| **has).count() as f32 / quoted.len().max(1) as f32
        };
        let several = strong.len() >= 2 && found.len() <= strong.len() + 1;
        if !several
            || covered(&mut strong.iter().copied()) < 0.75
            || covered(&mut found.iter()) < 0.85
            || together(&found)
        {
            return None;
        }
        let places = found.iter().filter_map(|piece| {
            let (chain, (core, _)) = (chains.get(piece.passage)?, cores.get(piece.passage)?);
            let word = |at: usize| core.get(at).and_then(|n| chain.words.get(*n));
            let (start, end) = (word(piece.said)?.start, word(piece.said + piece.length - 1)?.end);
            let similarity = piece.length as f32 / quoted.len().max(1) as f32;
            let reported = reported(&chain.text, (start, end));
            let like = Place { passage: 0, spans: Vec::new(), differences: Vec::new(), reported, similarity };
            Some(chain.places(&[(start, end)], &like))
        });
        let places: Vec<Place> = places.flatten().collect();
        Some(Finding { verdict: Verdict::Spliced, warnings: Vec::new(), places })
    }

    /// Whether a piece cannot stand there by accident.
    fn is_strong(&self, piece: &Piece, quoted: &[usize]) -> bool {
        let words = quoted.iter().skip(piece.quoted).take(piece.length);
        let weight: f32 = words.filter_map(|at| self.weights.get(*at)).sum();
        let at_gap = self.words.iter().any(|word| word.after_gap);
        piece.length >= 6 || (piece.length >= 4 && weight >= 8.0) || (at_gap && weight >= 6.0)
    }

    /// Passages that say much of it in other words, or nothing.
    fn paraphrase(&self, chains: &[Chain]) -> Finding {
        let mut found: Vec<(f32, Vec<Place>)> = chains
            .iter()
            .filter_map(|chain| {
                let (part, first, last) = said_loosely(&self.words, &self.weights, &chain.words)?;
                let span = (chain.words.get(first)?.start, chain.words.get(last - 1)?.end);
                let (passage, begins) = chain.passage_at(span.0);
                let spans = vec![(span.0 - begins, span.1 - begins)];
                let reported = reported(&chain.text, span);
                Some((part, vec![Place { passage, spans, differences: Vec::new(), reported, similarity: part }]))
            })
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        let places: Vec<Place> = found.into_iter().flat_map(|(_, places)| places).take(5).collect();
        let verdict = if places.is_empty() { Verdict::NotFound } else { Verdict::Paraphrase };
        Finding { verdict, warnings: Vec::new(), places }
    }
}

/// The words that must not be missing, by their places.
fn kept(words: &[Word]) -> Vec<usize> {
    words.iter().enumerate().filter(|(_, word)| !word.optional).map(|(at, _)| at).collect()
}

/// Whether all pieces stand in one passage, in order and near one another: that is one saying with changes.
fn together(pieces: &[Piece]) -> bool {
    pieces.windows(2).all(|pair| {
        let [before, after] = pair else { return true };
        let gap = after.said.checked_sub(before.said + before.length);
        before.passage == after.passage && gap.is_some_and(|gap| gap <= FAR_SILENTLY)
    })
}

/// Stretches of the passage that the quotation has, a stretch for each part between ellipses.
fn spans(alignment: &Alignment, words: &[Word]) -> Vec<(usize, usize)> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    let mut apart = true;
    for step in &alignment.steps {
        let (Step::Same { said, .. } | Step::Changed { said, .. } | Step::Passed { said } | Step::Dropped { said }) =
            *step
        else {
            apart |= matches!(step, Step::LeftOut { .. });
            continue;
        };
        let Some(word) = words.get(said) else { continue };
        match spans.last_mut() {
            Some(span) if !apart => span.1 = word.end,
            _ if matches!(step, Step::Passed { .. }) => continue,
            _ => spans.push((word.start, word.end)),
        }
        apart = false;
    }
    spans
}

/// What an alignment comes to.
#[derive(Default)]
struct Tally {
    errors: usize,
    /// Words of the quotation that stand in the passage.
    same: Vec<usize>,
    /// Most of them in a row.
    longest: usize,
    /// Parts stand far from one another.
    far: bool,
}

impl Tally {
    fn of(alignment: &Alignment, quotation: &[Word]) -> Self {
        let mut tally = Self::default();
        let (mut run, mut left_out, mut dropped) = (0, 0, 0);
        for step in &alignment.steps {
            let required = |at: usize| quotation.get(at).is_some_and(|word| !word.optional);
            (left_out, dropped) = match step {
                Step::LeftOut { .. } => (left_out + 1, 0),
                Step::Dropped { .. } => (0, dropped + 1),
                Step::Passed { .. } => (left_out, dropped),
                _ => (0, 0),
            };
            tally.far |= left_out > FAR || dropped > FAR_SILENTLY;
            match *step {
                Step::Same { quoted, .. } => {
                    tally.same.push(quoted);
                    run += 1;
                    tally.longest = tally.longest.max(run);
                    continue;
                }
                Step::Passed { .. } => continue,
                Step::LeftOut { .. } => {}
                Step::Added { quoted } | Step::Changed { quoted, .. } => tally.errors += usize::from(required(quoted)),
                Step::Dropped { .. } => tally.errors += 1,
            }
            run = 0;
        }
        tally
    }
}

/// The verdict where the words stand somewhere just so.
fn exact(laid: &[Laid]) -> Option<Finding> {
    let by = |voice: Voice, own: bool| {
        laid.iter().find(|laid| laid.is_exact() && laid.voice == voice && laid.reported.is_none() == own)
    };
    let speaker_nearly = laid.iter().find(|laid| laid.voice == Voice::Speaker && laid.near && laid.similarity >= 0.75);
    let (verdict, first) = if let Some(first) = by(Voice::Speaker, true) {
        (Verdict::Verbatim, first)
    } else if let Some(first) = by(Voice::Speaker, false) {
        (Verdict::Quoted, first)
    } else if let Some(first) =
        by(Voice::Question, true).or(by(Voice::Question, false)).filter(|_| by(Voice::Another, true).is_none())
    {
        (Verdict::InQuestion, first)
    } else if let Some(first) = speaker_nearly.filter(|_| by(Voice::Another, true).is_some()) {
        (if first.reported.is_some() { Verdict::Quoted } else { Verdict::Altered }, first)
    } else if let Some(first) = by(Voice::Another, true) {
        (Verdict::OtherSpeaker, first)
    } else {
        (Verdict::Quoted, by(Voice::Another, false)?)
    };
    Some(finding(verdict, first, laid))
}

/// The verdict where the words stand nowhere just so, but nearly.
fn altered(laid: &[Laid]) -> Finding {
    let near = laid.iter().find(|laid| laid.near);
    let Some(first) = near else {
        return Finding { verdict: Verdict::NotFound, warnings: Vec::new(), places: Vec::new() };
    };
    let verdict = match (first.voice, first.reported) {
        (Voice::Question, _) => Verdict::InQuestion,
        (_, Some(_)) => Verdict::Quoted,
        (Voice::Another, None) => Verdict::OtherSpeaker,
        (Voice::Speaker, None) => Verdict::Altered,
    };
    finding(verdict, first, laid)
}

/// Puts first what the verdict rests on, then everything else that is just so or nearly.
fn finding(verdict: Verdict, first: &Laid, laid: &[Laid]) -> Finding {
    let alike = |other: &&Laid| !std::ptr::eq(*other, first) && (other.is_exact() || other.near);
    let same_kind = |other: &&Laid| {
        (other.voice, other.reported, other.is_exact()) == (first.voice, first.reported, first.is_exact())
    };
    let rest = laid.iter().filter(alike);
    let (kin, others): (Vec<&Laid>, Vec<&Laid>) = rest.partition(same_kind);
    let places: Vec<Place> = std::iter::once(first)
        .chain(kin)
        .chain(others)
        .flat_map(|laid| laid.places.clone())
        .take(MOST_PLACES)
        .collect();
    let mut warnings: Vec<Warning> =
        first.places.iter().flat_map(|place| &place.differences).flat_map(|d| d.warnings.clone()).collect();
    if first.reported == Some(Reported::Rejected) {
        warnings.push(Warning::Negation);
    }
    warnings.sort_unstable();
    warnings.dedup();
    Finding { verdict, warnings, places }
}
