//! Finds the source and the content of a cue: of all ways to lay them around it, the likeliest.
//!
//! A way is a walk through the places between tokens. Each step passes one token by, or takes a stretch as source or as a
//! piece of content, or passes the cue. What has been found so far is the state of the walk.

#![expect(clippy::indexing_slicing, reason = "every index is a place of the one window or a state of the one walk")]

use std::ops::Range;

use super::part_features::{Counts, Part, View};
use super::token::Text;
use super::weights::{Learner, Weigh};
use super::window::Window;

/// Source and content of a cue, as ranges of tokens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// Who says it, if that is said.
    pub source: Option<Range<usize>>,
    /// The pieces of what is said, in their order.
    pub content: Vec<Range<usize>>,
}

/// Most tokens of a source.
const LONGEST_SOURCE: usize = 40;
/// States: whether the source is found, and where pieces of content are: nowhere, before the cue, behind it, on both sides.
const STATES: usize = 8;
const NEVER: f32 = -1e9;

/// The state after a part.
fn after(state: usize, part: Part, right: bool) -> Option<usize> {
    match part {
        Part::Source => (state < 4).then_some(state + 4),
        Part::Content => Some(state | if right { 2 } else { 1 }),
    }
}

/// A stretch that may be a part, by the numbers of the places where it begins and ends.
struct Stretch {
    part: Part,
    from: usize,
    to: usize,
    score: f32,
}

/// All that is to be known of a window before it is walked.
struct Ground<'a> {
    window: &'a Window,
    view: View<'a>,
    counts: Counts,
    /// The number of the place before the cue.
    cue: usize,
    /// Ordered by where they begin.
    stretches: Vec<Stretch>,
    /// For each part, side and state.
    order: [[[f32; STATES]; 2]; 2],
    /// At the cue and at the end, for each state.
    over: [[f32; STATES]; 2],
}

const PARTS: [Part; 2] = [Part::Source, Part::Content];

impl<'a> Ground<'a> {
    fn new(text: &'a Text, window: &'a Window, weights: &impl Weigh) -> Self {
        let view = View::new(text, window);
        let counts = Counts::new(text, window);
        let bounds = &window.bounds;
        let cue = bounds.iter().position(|at| *at == window.cue.start).unwrap_or_default();
        let mut stretches = Vec::new();
        for part in PARTS {
            let (places, inside) = Self::places(&view, part, bounds, weights);
            for (from, &start) in bounds.iter().enumerate() {
                for (to, &end) in bounds.iter().enumerate().skip(from + 1) {
                    if from <= cue && to > cue || part == Part::Source && !may_be_source(window, start, end) {
                        break;
                    }
                    let mut score = places[from].0 + places[to].1 + inside[to] - inside[from];
                    view.whole(part, &(start..end), &counts, |feature| score += weights.weight(feature));
                    stretches.push(Stretch { part, from, to, score });
                }
            }
        }
        stretches.sort_by_key(|stretch| stretch.from);
        let mut ground =
            Self { window, view, counts, cue, stretches, order: Default::default(), over: Default::default() };
        ground.weigh_states(weights);
        ground
    }

    /// What it is worth to begin and to end at each place, and to take all tokens before it.
    fn places(view: &View, part: Part, bounds: &[usize], weights: &impl Weigh) -> (Vec<(f32, f32)>, Vec<f32>) {
        let mut places = Vec::with_capacity(bounds.len());
        let mut inside = vec![0.0; bounds.len()];
        for (number, &at) in bounds.iter().enumerate() {
            let (mut begins, mut ends) = (0.0, 0.0);
            view.begins(part, at, |feature| begins += weights.weight(feature));
            view.ends(part, at, |feature| ends += weights.weight(feature));
            places.push((begins, ends));
            if let Some(&next) = bounds.get(number + 1) {
                inside[number + 1] = inside[number];
                for at in at..next {
                    view.inside(part, at, |feature| inside[number + 1] += weights.weight(feature));
                }
            }
        }
        (places, inside)
    }

    fn weigh_states(&mut self, weights: &impl Weigh) {
        for state in 0..STATES {
            for part in PARTS {
                for right in [false, true] {
                    let score = &mut self.order[part as usize][usize::from(right)][state];
                    self.view.order(part, right, state as u32, |feature| *score += weights.weight(feature));
                }
            }
            for at_end in [false, true] {
                let score = &mut self.over[usize::from(at_end)][state];
                self.view.over(at_end, state as u32, |feature| *score += weights.weight(feature));
            }
            if state % 4 == 0 {
                self.over[1][state] = NEVER;
            }
        }
    }

    fn right(&self, stretch: &Stretch) -> bool {
        stretch.from > self.cue
    }

    /// What passing on from a place is worth.
    fn passing(&self, place: usize, state: usize) -> f32 {
        if place == self.cue { self.over[0][state] } else { 0.0 }
    }

    /// Every step from one place and state to another: its worth, and the stretch that it takes.
    fn steps(&self, mut walk: impl FnMut((usize, usize), (usize, usize), f32, Option<usize>)) {
        let mut next = 0;
        for place in 0..self.window.bounds.len() {
            if place + 1 < self.window.bounds.len() {
                for state in 0..STATES {
                    walk((place, state), (place + 1, state), self.passing(place, state), None);
                }
            }
            while let Some(stretch) = self.stretches.get(next).filter(|stretch| stretch.from == place) {
                let right = self.right(stretch);
                for state in 0..STATES {
                    if let Some(then) = after(state, stretch.part, right) {
                        let score = stretch.score + self.order[stretch.part as usize][usize::from(right)][state];
                        walk((place, state), (stretch.to, then), score, Some(next));
                    }
                }
                next += 1;
            }
        }
    }

    /// The walk that is worth most.
    fn best(&self) -> Parts {
        let places = self.window.bounds.len();
        let mut best = vec![[NEVER; STATES]; places];
        let mut came = vec![[((0, 0), None); STATES]; places];
        best[0][0] = 0.0;
        self.steps(|from, to, score, taken| {
            let score = best[from.0][from.1] + score;
            if score > best[to.0][to.1] {
                best[to.0][to.1] = score;
                came[to.0][to.1] = (from, taken);
            }
        });
        let last = places - 1;
        let total = |state: &usize| best[last][*state] + self.over[1][*state];
        let mut at = (last, (0..STATES).max_by(|a, b| total(a).total_cmp(&total(b))).unwrap_or_default());
        let mut parts = Parts::default();
        while at.0 > 0 {
            let (from, taken) = came[at.0][at.1];
            if let Some(stretch) = taken.map(|taken: usize| &self.stretches[taken]) {
                let range = self.window.bounds[stretch.from]..self.window.bounds[stretch.to];
                match stretch.part {
                    Part::Source => parts.source = Some(range),
                    Part::Content => parts.content.insert(0, range),
                }
            }
            at = from;
        }
        parts
    }
}

fn may_be_source(window: &Window, start: usize, end: usize) -> bool {
    start >= window.sentence.start && end <= window.sentence.end && end - start <= LONGEST_SOURCE
}

/// The source and the content of a cue.
pub(super) fn parts(text: &Text, window: &Window, weights: &impl Weigh) -> Parts {
    Ground::new(text, window, weights).best()
}

/// The slopes of everything that a walk can be made of.
struct Slopes {
    begins: [Vec<f64>; 2],
    ends: [Vec<f64>; 2],
    inside: [Vec<f64>; 2],
    order: [[[f64; STATES]; 2]; 2],
    over: [[f64; STATES]; 2],
    stretches: Vec<f64>,
}

/// Slopes below this are not worth a step.
const FLAT: f64 = 2e-3;

impl Slopes {
    fn new(ground: &Ground) -> Self {
        let places = || [vec![0.0; ground.window.bounds.len()], vec![0.0; ground.window.bounds.len()]];
        Self {
            begins: places(),
            ends: places(),
            inside: places(),
            order: Default::default(),
            over: Default::default(),
            stretches: vec![0.0; ground.stretches.len()],
        }
    }

    fn take(&mut self, ground: &Ground, number: usize, state: usize, slope: f64) {
        let stretch = &ground.stretches[number];
        let part = stretch.part as usize;
        self.stretches[number] += slope;
        self.order[part][usize::from(ground.right(stretch))][state] += slope;
    }

    /// The way that is right.
    fn right_way(&mut self, ground: &Ground, right: &Parts) -> bool {
        let mut pieces: Vec<(Part, &Range<usize>)> = right.content.iter().map(|range| (Part::Content, range)).collect();
        pieces.extend(right.source.iter().map(|range| (Part::Source, range)));
        pieces.sort_by_key(|(_, range)| range.start);
        let mut state = 0;
        let mut at_cue = 0;
        for (part, range) in pieces {
            let find = |stretch: &Stretch| {
                stretch.part == part
                    && ground.window.bounds[stretch.from] == range.start
                    && ground.window.bounds[stretch.to] == range.end
            };
            let Some(number) = ground.stretches.iter().position(find) else { return false };
            let behind = ground.right(&ground.stretches[number]);
            let Some(then) = after(state, part, behind) else { return false };
            self.take(ground, number, state, 1.0);
            state = then;
            if !behind {
                at_cue = state;
            }
        }
        self.over[0][at_cue] += 1.0;
        self.over[1][state] += 1.0;
        state % 4 != 0
    }

    /// Every way, as likely as it is held to be.
    fn all_ways(&mut self, ground: &Ground) {
        let places = ground.window.bounds.len();
        let mut steps = Vec::new();
        let mut alpha = vec![[0.0_f64; STATES]; places];
        alpha[0][0] = 1.0;
        ground.steps(|from, to, score, taken| {
            let before = alpha[from.0][from.1];
            if before > 0.0 {
                let factor = f64::from(score).exp();
                alpha[to.0][to.1] += before * factor;
                steps.push((from, to, factor, taken));
            }
        });
        let mut beta = vec![[0.0_f64; STATES]; places];
        let last = places - 1;
        beta[last] = ground.over[1].map(|score| f64::from(score).exp());
        let total: f64 = (0..STATES).map(|state| alpha[last][state] * beta[last][state]).sum();
        for state in 0..STATES {
            self.over[1][state] -= alpha[last][state] * beta[last][state] / total;
        }
        for (from, to, factor, taken) in steps.into_iter().rev() {
            let ahead = factor * beta[to.0][to.1];
            beta[from.0][from.1] += ahead;
            let likely = alpha[from.0][from.1] * ahead / total;
            match taken {
                Some(number) => self.take(ground, number, from.1, -likely),
                None if from.0 == ground.cue => self.over[0][from.1] -= likely,
                None => {}
            }
        }
    }

    /// Hands every feature its slope.
    fn each(mut self, ground: &Ground, mut learn: impl FnMut(u32, f32)) {
        for (stretch, &slope) in ground.stretches.iter().zip(&self.stretches) {
            let part = stretch.part as usize;
            self.begins[part][stretch.from] += slope;
            self.ends[part][stretch.to] += slope;
            self.inside[part][stretch.from] += slope;
            self.inside[part][stretch.to] -= slope;
            if slope.abs() > FLAT {
                let range = ground.window.bounds[stretch.from]..ground.window.bounds[stretch.to];
                ground.view.whole(stretch.part, &range, &ground.counts, |feature| learn(feature, slope as f32));
            }
        }
        for part in PARTS {
            let mut within = 0.0;
            for (place, &at) in ground.window.bounds.iter().enumerate() {
                let (begins, ends) = (self.begins[part as usize][place], self.ends[part as usize][place]);
                if begins.abs() > FLAT {
                    ground.view.begins(part, at, |feature| learn(feature, begins as f32));
                }
                if ends.abs() > FLAT {
                    ground.view.ends(part, at, |feature| learn(feature, ends as f32));
                }
                within += self.inside[part as usize][place];
                let next = ground.window.bounds.get(place + 1).copied().unwrap_or(at);
                if within.abs() > FLAT {
                    (at..next).for_each(|at| ground.view.inside(part, at, |feature| learn(feature, within as f32)));
                }
            }
            for right in [false, true] {
                for state in 0..STATES {
                    let slope = self.order[part as usize][usize::from(right)][state];
                    if slope.abs() > FLAT {
                        ground.view.order(part, right, state as u32, |feature| learn(feature, slope as f32));
                    }
                }
            }
        }
        for at_end in [false, true] {
            for state in 0..STATES {
                let slope = self.over[usize::from(at_end)][state];
                if slope.abs() > FLAT {
                    ground.view.over(at_end, state as u32, |feature| learn(feature, slope as f32));
                }
            }
        }
    }
}

/// Notes what occurs around a cue whose parts are known.
pub(super) fn note(text: &Text, window: &Window, right: &Parts, learner: &mut Learner) {
    let ground = Ground::new(text, window, learner);
    let mut slopes = Slopes::new(&ground);
    if slopes.right_way(&ground, right) {
        slopes.each(&ground, |feature, _| learner.note(feature));
    }
}

/// Learns from one cue: the slope of the likelihood of its parts. Those that no walk can take teach nothing.
pub(super) fn learn(text: &Text, window: &Window, right: &Parts, learner: &mut Learner) {
    let ground = Ground::new(text, window, learner);
    let mut slopes = Slopes::new(&ground);
    if slopes.right_way(&ground, right) {
        slopes.all_ways(&ground);
        slopes.each(&ground, |feature, slope| learner.learn(feature, slope));
    }
}
