//! A sample of numbers, in bounded memory: every number at first, then every second, every fourth, and so on.

/// The most numbers that are stored.
const MOST: usize = 20_000;

/// A sample of numbers. The same numbers in the same order give the same sample.
#[derive(Debug, Clone)]
pub(crate) struct Numbers {
    values: Vec<f64>,
    /// Of how many numbers one is stored.
    every: u64,
    seen: u64,
}

impl Default for Numbers {
    fn default() -> Self {
        Self { values: Vec::new(), every: 1, seen: 0 }
    }
}

impl Numbers {
    pub(crate) fn add(&mut self, value: f64) {
        if self.seen.is_multiple_of(self.every) {
            self.values.push(value);
        }
        self.seen += 1;
        while self.values.len() > MOST {
            let mut at = 0;
            self.values.retain(|_| {
                at += 1;
                at % 2 == 1
            });
            self.every *= 2;
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        // The sample of the other is added as if it were all; medians stay close.
        other.values.iter().for_each(|value| self.add(*value));
        self.seen += other.seen - other.values.len() as u64;
    }

    /// The stored numbers, sorted.
    pub(crate) fn sorted(&self) -> Vec<f64> {
        let mut sorted = self.values.clone();
        sorted.sort_by(f64::total_cmp);
        sorted
    }

    /// The number of numbers that were added.
    pub(crate) fn seen(&self) -> u64 {
        self.seen
    }
}
