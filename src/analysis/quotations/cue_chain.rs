//! Finds cues: a chain of tokens, each beginning a cue, going on with one, or outside.

#![expect(clippy::indexing_slicing, reason = "every index is a token of the one sentence or one of the three tags")]

use std::ops::Range;

use super::cue_features::features;
use super::token::Text;
use super::weights::{Learner, Weigh, feature};

/// What a token is to a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tag {
    Outside = 0,
    Begins = 1,
    GoesOn = 2,
}

const TAGS: [Tag; 3] = [Tag::Outside, Tag::Begins, Tag::GoesOn];
/// Templates of steps from one tag to the next stand apart from those of tokens.
const STEP: u32 = 1000;

/// The scores of one sentence: of each tag at each token, of each step to it.
struct Scores {
    tags: Vec<[f32; 3]>,
    steps: Vec<[[f32; 3]; 3]>,
}

/// How likely a stretch must be to be taken for a cue: what finds most and errs least on articles aside.
const LEAST: f32 = 0.35;
/// Most cues of a sentence: so many, and one more for each so many tokens.
const FEW: usize = 4;
const SPACED: usize = 12;
/// Most tokens of a cue.
const LONGEST: usize = 24;
/// A sentence with more tokens is no prose, and nobody is quoted in it.
const PROSE: usize = 1_500;
const NEVER: f32 = -1e9;

fn tagged(feature: u32, tag: Tag) -> u32 {
    feature.wrapping_add((tag as u32).wrapping_mul(0x6C8E_9CF5))
}

/// The features of a step from one tag to another at a token.
fn step_features(text: &Text, at: usize, from: Tag, to: Tag) -> [u32; 3] {
    let pair = from as u32 * 3 + to as u32;
    let here = text.at(at);
    [feature(STEP, pair, 0), feature(STEP + 1, pair, here.class as u32), feature(STEP + 2, pair, here.word)]
}

fn scores(text: &Text, sentence: &Range<usize>, weights: &impl Weigh, seen: &mut Vec<u32>) -> Scores {
    let mut tags = Vec::with_capacity(sentence.len());
    let mut steps = Vec::with_capacity(sentence.len());
    for at in sentence.clone() {
        features(text, at, seen);
        let sum = |tag: Tag| seen.iter().map(|feature| weights.weight(tagged(*feature, tag))).sum::<f32>();
        tags.push([0.0, sum(Tag::Begins), sum(Tag::GoesOn)]);
        steps.push(TAGS.map(|from| {
            TAGS.map(|to| match (from, to) {
                (Tag::Outside, Tag::GoesOn) => NEVER,
                (Tag::Outside, Tag::Outside) => 0.0,
                _ => step_features(text, at, from, to).iter().map(|feature| weights.weight(*feature)).sum(),
            })
        }));
    }
    Scores { tags, steps }
}

/// The cues of a sentence, as ranges of tokens: each likelier than not to be worth it, and no two overlap.
pub(super) fn cues(text: &Text, sentence: &Range<usize>, weights: &impl Weigh) -> Vec<Range<usize>> {
    if sentence.len() > PROSE {
        return Vec::new();
    }
    let scores = scores(text, sentence, weights, &mut Vec::new());
    let mut candidates = likely(&scores);
    candidates.sort_by(|a, b| b.1.total_cmp(&a.1));
    candidates.truncate(FEW + sentence.len() / SPACED);
    let mut taken = vec![false; sentence.len()];
    let mut found = Vec::new();
    for (range, _) in candidates {
        if taken[range.clone()].iter().all(|taken| !taken) {
            taken[range.clone()].fill(true);
            found.push(range.start + sentence.start..range.end + sentence.start);
        }
    }
    found.sort_by_key(|range| range.start);
    found
}

/// Every stretch that is likely enough to be a cue, with its likelihood.
fn likely(scores: &Scores) -> Vec<(Range<usize>, f32)> {
    let length = scores.tags.len();
    let ahead = backward(scores);
    let mut before = [0.0, NEVER, NEVER];
    let mut found = Vec::new();
    let mut total = None;
    for start in 0..length {
        let now = TAGS.map(|to| {
            add_all(TAGS.iter().map(|from| before[*from as usize] + scores.steps[start][*from as usize][to as usize]))
                + scores.tags[start][to as usize]
        });
        let total = *total
            .get_or_insert_with(|| add_all(TAGS.iter().map(|tag| now[*tag as usize] + ahead[start][*tag as usize])));
        let mut score = now[Tag::Begins as usize];
        let mut tag = Tag::Begins;
        for end in start..length.min(start + LONGEST) {
            if (score + ahead[end][tag as usize] - total).exp() <= LEAST {
                break;
            }
            let likely = (score + over(scores, &ahead, end, tag) - total).exp();
            if likely > LEAST {
                found.push((start..end + 1, likely));
            }
            if end + 1 < length {
                score += scores.steps[end + 1][tag as usize][Tag::GoesOn as usize]
                    + scores.tags[end + 1][Tag::GoesOn as usize];
                tag = Tag::GoesOn;
            }
        }
        before = now;
    }
    found
}

/// The likelihood of all that may follow when a cue ends with a token.
fn over(scores: &Scores, ahead: &[[f32; 3]], end: usize, tag: Tag) -> f32 {
    let (Some(steps), Some(local), Some(ahead)) =
        (scores.steps.get(end + 1), scores.tags.get(end + 1), ahead.get(end + 1))
    else {
        return 0.0;
    };
    let next = [Tag::Outside, Tag::Begins];
    add_all(next.iter().map(|to| steps[tag as usize][*to as usize] + local[*to as usize] + ahead[*to as usize]))
}

/// The tags of a sentence whose cues are known.
fn tags_of(sentence: &Range<usize>, cues: &[Range<usize>]) -> Vec<Tag> {
    let mut tags = vec![Tag::Outside; sentence.len()];
    for cue in cues {
        for at in cue.clone() {
            if let Some(tag) = at.checked_sub(sentence.start).and_then(|at| tags.get_mut(at)) {
                *tag = if at == cue.start { Tag::Begins } else { Tag::GoesOn };
            }
        }
    }
    tags
}

/// Notes what occurs in a sentence.
pub(super) fn note(text: &Text, sentence: &Range<usize>, cues: &[Range<usize>], learner: &mut Learner) {
    let mut seen = Vec::new();
    let tags = tags_of(sentence, cues);
    let mut before = Tag::Outside;
    for (at, tag) in sentence.clone().zip(tags) {
        features(text, at, &mut seen);
        for feature in &seen {
            learner.note(tagged(*feature, Tag::Begins));
            learner.note(tagged(*feature, Tag::GoesOn));
        }
        for feature in step_features(text, at, before, tag) {
            learner.note(feature);
        }
        before = tag;
    }
}

/// Learns from one sentence: the slope of the likelihood of its tags.
pub(super) fn learn(text: &Text, sentence: &Range<usize>, cues: &[Range<usize>], learner: &mut Learner) {
    let mut seen = Vec::new();
    let scores = scores(text, sentence, learner, &mut seen);
    let tags = tags_of(sentence, cues);
    let ahead = backward(&scores);
    let mut alpha = [0.0, NEVER, NEVER];
    let mut before = Tag::Outside;
    for (number, at) in sentence.clone().enumerate() {
        let (local, steps) = (scores.tags[number], scores.steps[number]);
        let joint = TAGS
            .map(|from| TAGS.map(|to| alpha[from as usize] + steps[from as usize][to as usize] + local[to as usize]));
        let total = add_all(joint.iter().flat_map(|row| row.iter().zip(ahead[number]).map(|(a, b)| a + b)));
        let mut likely = [0.0_f32; 3];
        for from in TAGS {
            for to in TAGS {
                let p = (joint[from as usize][to as usize] + ahead[number][to as usize] - total).exp();
                likely[to as usize] += p;
                let slope = f32::from(u8::from(before == from && tags[number] == to)) - p;
                if slope.abs() > 1e-4 && !(from == Tag::Outside && to != Tag::Begins) {
                    for feature in step_features(text, at, from, to) {
                        learner.learn(feature, slope);
                    }
                }
            }
        }
        let slopes = TAGS.map(|tag| f32::from(u8::from(tags[number] == tag)) - likely[tag as usize]);
        if slopes.iter().skip(1).any(|slope| slope.abs() > 1e-3) {
            features(text, at, &mut seen);
            for feature in &seen {
                for tag in [Tag::Begins, Tag::GoesOn] {
                    if slopes[tag as usize].abs() > 1e-3 {
                        learner.learn(tagged(*feature, tag), slopes[tag as usize]);
                    }
                }
            }
        }
        alpha = TAGS.map(|to| add_all(TAGS.iter().map(|from| joint[*from as usize][to as usize])));
        before = tags[number];
    }
}

/// For each token and tag: the likelihood of all that may follow.
fn backward(scores: &Scores) -> Vec<[f32; 3]> {
    let length = scores.tags.len();
    let mut ahead = vec![[0.0; 3]; length];
    for at in (1..length).rev() {
        let (local, steps, next) = (scores.tags[at], scores.steps[at], ahead[at]);
        ahead[at - 1] = TAGS.map(|from| {
            add_all(TAGS.iter().map(|to| steps[from as usize][*to as usize] + local[*to as usize] + next[*to as usize]))
        });
    }
    ahead
}

/// The logarithm of a sum of which the logarithms are given.
fn add_all(values: impl Iterator<Item = f32> + Clone) -> f32 {
    let most = values.clone().fold(NEVER, f32::max);
    most + values.map(|value| (value - most).exp()).sum::<f32>().ln()
}
