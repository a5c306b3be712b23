//! Intervals by drawing samples from what was measured, with repeats (bootstrap).

/// Samples that are drawn for an interval.
const SAMPLES: usize = 2000;

/// Where 95 of 100 samples like this one would put a figure; samples in which there is no figure count for nothing.
pub fn interval<T: Copy>(cases: &[T], figure: impl Fn(&[T]) -> Option<f64>) -> [f64; 2] {
    let mut values: Vec<f64> = samples(cases).iter().filter_map(|sample| figure(sample)).collect();
    values.sort_by(f64::total_cmp);
    let at = |share: f64| values.get((values.len() as f64 * share) as usize).copied().unwrap_or_default();
    [at(0.025), at(0.975)]
}

/// Samples each as large as the cases; always the same ones.
fn samples<T: Copy>(cases: &[T]) -> Vec<Vec<T>> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut draw = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        cases.get((state % cases.len().max(1) as u64) as usize).copied()
    };
    (0..SAMPLES).map(|_| (0..cases.len()).filter_map(|_| draw()).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::interval;

    fn mean(cases: &[f64]) -> Option<f64> {
        (!cases.is_empty()).then(|| cases.iter().sum::<f64>() / cases.len() as f64)
    }

    #[test]
    fn an_interval_lies_around_the_figure_and_narrows_with_more_cases() {
        let few: Vec<f64> = (0..20).map(|at| f64::from(at % 2)).collect();
        let many: Vec<f64> = (0..2000).map(|at| f64::from(at % 2)).collect();
        let ([low, high], [lower, higher]) = (interval(&few, mean), interval(&many, mean));
        assert!(low < 0.5 && 0.5 < high);
        assert!(higher - lower < (high - low) / 5.0);
        assert!(interval(&[], mean).iter().all(|end| end.abs() < f64::EPSILON));
    }
}
