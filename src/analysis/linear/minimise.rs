//! The lowest point of a smooth, convex function of many variables: L-BFGS, which remembers its last steps to guess how the
//! ground bends.

use std::collections::VecDeque;

/// Steps that are remembered.
const MEMORY: usize = 8;
/// Halvings of a step that goes up before it is given up.
const HALVINGS: usize = 30;
/// How flat is flat enough, beside where it began.
const FLAT: f64 = 1e-5;

/// One remembered step: where it went, how the slope changed, and one over the product of both.
struct Step {
    moved: Vec<f64>,
    bent: Vec<f64>,
    scale: f64,
}

/// Goes down from `start`, in at most `steps` steps. `function` gives the height and writes the slope.
pub(super) fn minimise(start: Vec<f64>, steps: usize, mut function: impl FnMut(&[f64], &mut [f64]) -> f64) -> Vec<f64> {
    let mut here = start;
    let mut slope = vec![0.0; here.len()];
    let mut height = function(&here, &mut slope);
    let flat = FLAT * dot(&slope, &slope).sqrt();
    let mut memory: VecDeque<Step> = VecDeque::with_capacity(MEMORY);
    let mut next_slope = slope.clone();
    for _ in 0..steps {
        let downhill = direction(&slope, &memory);
        let falls = dot(&downhill, &slope);
        let mut length = if memory.is_empty() { 1.0 / dot(&slope, &slope).sqrt().max(1.0) } else { 1.0 };
        let mut found = None;
        for _ in 0..HALVINGS {
            let next: Vec<f64> = here.iter().zip(&downhill).map(|(at, way)| at + length * way).collect();
            let next_height = function(&next, &mut next_slope);
            if next_height <= height + 1e-4 * length * falls {
                found = Some((next, next_height));
                break;
            }
            length /= 2.0;
        }
        let Some((next, next_height)) = found else { break };
        let moved = difference(&next, &here);
        let bent = difference(&next_slope, &slope);
        let product = dot(&moved, &bent);
        if product > 0.0 {
            if memory.len() == MEMORY {
                memory.pop_front();
            }
            memory.push_back(Step { moved, bent, scale: 1.0 / product });
        }
        here = next;
        height = next_height;
        std::mem::swap(&mut slope, &mut next_slope);
        if dot(&slope, &slope).sqrt() <= flat {
            break;
        }
    }
    here
}

/// Downhill, where the ground bends as the remembered steps say.
fn direction(slope: &[f64], memory: &VecDeque<Step>) -> Vec<f64> {
    let mut way: Vec<f64> = slope.iter().map(|slope| -slope).collect();
    let mut shares = Vec::with_capacity(memory.len());
    for step in memory.iter().rev() {
        let share = step.scale * dot(&step.moved, &way);
        add(&mut way, -share, &step.bent);
        shares.push(share);
    }
    if let Some(last) = memory.back() {
        let bend = 1.0 / (last.scale * dot(&last.bent, &last.bent));
        for way in &mut way {
            *way *= bend;
        }
    }
    for (step, share) in memory.iter().zip(shares.into_iter().rev()) {
        let back = step.scale * dot(&step.bent, &way);
        add(&mut way, share - back, &step.moved);
    }
    way
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn difference(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

fn add(to: &mut [f64], times: f64, what: &[f64]) {
    to.iter_mut().zip(what).for_each(|(to, what)| *to += times * what);
}
