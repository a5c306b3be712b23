//! The quotation, ready to be compared, and what comes of laying it beside a passage.

use super::align::{Alignment, Numbered, Step, align};
use super::chain::Chain;
use super::differences::{Side, differences};
use super::loose::loose;
use super::reported::{Reported, reported};
use super::verdict::{Passage, Place, Voice};
use super::words::{Word, of_quotation};

/// Least part of a quotation's weight that an altered one has in common with what was said.
const SHARE: f32 = 0.45;
/// Most of a quotation's weight that may go on where the record stops.
const LOOSE: f32 = 0.25;
/// Words left out at an ellipsis up to which both sides belong together.
const FAR: usize = 60;
/// Words left out silently up to which both sides belong together.
pub const FAR_SILENTLY: usize = 12;

/// The quotation, ready to be compared.
pub struct Quotation<'a> {
    pub text: &'a str,
    pub words: Vec<Word>,
    pub weights: Vec<f32>,
    /// All weights together.
    pub whole: f32,
    pub numbered: Numbered,
}

/// The quotation laid beside a chain.
pub struct Laid {
    pub voice: Voice,
    pub errors: usize,
    pub similarity: f32,
    /// Close enough to be the same saying.
    pub near: bool,
    /// Parts of it stand far from one another.
    pub far: bool,
    pub reported: Option<Reported>,
    pub places: Vec<Place>,
}

impl Laid {
    pub fn is_exact(&self) -> bool {
        self.errors == 0 && !self.far
    }

    /// What is believed first: what is more alike, and of the alike what the speaker said in their own name.
    pub fn worth(&self) -> f32 {
        let voice = match self.voice {
            Voice::Speaker => 0.1,
            Voice::Another => 0.03,
            Voice::Unnamed => 0.02,
            Voice::Question => 0.0,
        };
        let own = if self.reported.is_none() { 0.02 } else { 0.0 };
        self.similarity + voice + own - if self.far { 0.3 } else { 0.0 }
    }
}

impl<'a> Quotation<'a> {
    /// Cuts and weighs a quotation.
    pub fn of(text: &'a str, rarity: &[(usize, usize, f32)]) -> Self {
        let words = of_quotation(text);
        let weights = weights(&words, rarity);
        let whole = weights.iter().sum::<f32>().max(0.1);
        Self { text, numbered: Numbered::of(&words), words, weights, whole }
    }

    fn required(&self) -> usize {
        self.words.iter().filter(|word| !word.optional).count()
    }

    /// Lays the quotation beside a chain; nothing if they share nothing.
    pub fn lay_beside(&self, chain: &Chain, passages: &[Passage<'_>]) -> Option<Laid> {
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
        let loose: f32 = loose(&alignment, words, &chain.text).iter().filter_map(|at| self.weights.get(*at)).sum();
        let errors = tally.errors.max(differences.len());
        let similarity = 1.0 - (errors as f32 / self.required().max(1) as f32).min(1.0);
        let strength: f32 = tally.same.iter().filter_map(|at| self.weights.get(*at)).sum();
        let held = loose <= self.whole * LOOSE;
        let near = held && !tally.far && self.is_near(similarity, strength / self.whole, strength, tally.longest);
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
}

fn weights(words: &[Word], rarity: &[(usize, usize, f32)]) -> Vec<f32> {
    let weight = |word: &Word| {
        let inside = rarity.iter().filter(|(start, end, _)| *start < word.end && *end > word.start);
        inside.map(|(.., weight)| *weight).fold(0.1, f32::max)
    };
    words.iter().map(weight).collect()
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
