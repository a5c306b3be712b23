//! How well a ranking of sentences agrees with what fact-checkers chose.

/// Average precision: of each right sentence, the share of right ones down to it. Nothing where no sentence is right.
pub fn average_precision(ranked: &[bool]) -> Option<f64> {
    let mut right = 0.0;
    let mut sum = 0.0;
    for (rank, _) in ranked.iter().enumerate().filter(|(_, chosen)| **chosen) {
        right += 1.0;
        sum += right / (rank as f64 + 1.0);
    }
    (right > 0.0).then(|| sum / right)
}

/// The share of right sentences among the first so many.
pub fn precision_at(ranked: &[bool], first: usize) -> f64 {
    let right = ranked.iter().take(first).filter(|chosen| **chosen).count();
    right as f64 / first.min(ranked.len()).max(1) as f64
}

/// Puts the labels of sentences in the order of their scores, the highest first; equal ones as they were said.
pub fn ranked(scored: &[(f32, bool)]) -> Vec<bool> {
    let mut order: Vec<&(f32, bool)> = scored.iter().collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0));
    order.into_iter().map(|(_, chosen)| *chosen).collect()
}
