//! Times in a row, and what to say of them.

use std::fmt;
use std::time::Duration;

/// How long each of many requests took.
#[derive(Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// One more.
    pub fn add(&mut self, time: Duration) {
        let at = self.0.partition_point(|other| *other <= time);
        self.0.insert(at, time);
    }

    /// The time that this share of all stayed under.
    fn under(&self, percent: usize) -> Duration {
        let last = self.0.len().saturating_sub(1);
        self.0.get((self.0.len() * percent / 100).min(last)).copied().unwrap_or_default()
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        let (median, most, worst) = (ms(self.under(50)), ms(self.under(95)), ms(self.under(100)));
        write!(f, "median {median:7.2} ms   95 % {most:7.2} ms   worst {worst:7.2} ms   ({} requests)", self.0.len())
    }
}
