//! The distribution of one variable: how often each value occurs, or its moments when there are too many values.

use std::collections::BTreeMap;

use serde::Serialize;

use super::block::{Cells, LARGEST};
use super::layout::count;

/// The distribution of one variable, while values are added.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    /// The number of different values that are counted.
    most: usize,
    counts: BTreeMap<Value, u64>,
    /// The moments, once there are more different values.
    power: Option<Power>,
}

/// A finite number, ordered by size.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Value(f64);

impl Eq for Value {}

impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Value {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// What describes the distribution of a variable. A number is `None` where it is not defined.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spread {
    /// The number of values.
    pub n: u64,
    /// The mean.
    pub mean: f64,
    /// The standard deviation, with divisor n − 1.
    pub sd: Option<f64>,
    /// The variance, with divisor n − 1.
    pub var: Option<f64>,
    /// The lowest value.
    pub min: f64,
    /// The highest value.
    pub max: f64,
    /// The median. `None` if too many different values occurred to count each.
    pub median: Option<f64>,
    /// The skewness g1 = m3 / m2^1.5 (Joanes & Gill 1998, type 1).
    pub skew_type1_g1: Option<f64>,
    /// The skewness G1 of SPSS and SAS (type 2).
    #[serde(rename = "skew_type2_G1")]
    pub skew_type2_g1: Option<f64>,
    /// The skewness b1 = m3 / s³ (type 3).
    pub skew_type3_b1: Option<f64>,
    /// The excess kurtosis g2 = m4 / m2² − 3 (type 1).
    pub kurt_type1_g2: Option<f64>,
    /// The excess kurtosis G2 of SPSS and SAS (type 2).
    #[serde(rename = "kurt_type2_G2")]
    pub kurt_type2_g2: Option<f64>,
    /// The excess kurtosis b2 = m4 / s⁴ − 3 (type 3).
    pub kurt_type3_b2: Option<f64>,
    /// The standard error of the mean.
    pub se_mean: Option<f64>,
}

/// The mean and the sums of the second, third and fourth powers of deviations from it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Power {
    n: u64,
    mean: f64,
    sums: [f64; 3],
    min: f64,
    max: f64,
}

impl Tally {
    /// No values. Up to `most` different ones are counted.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self { most, counts: BTreeMap::new(), power: None }
    }

    /// Adds finite values.
    pub fn add(&mut self, values: &[f64]) {
        match (&mut self.power, small(values)) {
            (Some(power), _) => {
                power.merge(Power::of(&values.iter().map(|&value| (value, 1)).collect::<Vec<_>>()));
            }
            (None, Some((low, counts))) => {
                let at = (0..).map(|step| low + f64::from(step));
                let some = at.zip(counts).filter(|(_, count)| *count > 0);
                some.for_each(|(value, count)| self.count(value, count));
            }
            (None, None) => values.iter().for_each(|&value| self.count(value, 1)),
        }
        self.spill();
    }

    /// Adds the values that are present in a column.
    pub fn add_cells(&mut self, cells: &Cells) {
        match cells {
            Cells::Whole(values) if self.power.is_none() => {
                for (value, count) in frequencies(values) {
                    self.count(f64::from(value), count);
                }
                self.spill();
            }
            _ => {
                let present = (0..cells.len()).filter_map(|row| cells.get(row));
                self.add(&present.collect::<Vec<f64>>());
            }
        }
    }

    fn count(&mut self, value: f64, by: u64) {
        // −0 and 0 are one value.
        *self.counts.entry(Value(value + 0.0)).or_default() += by;
    }

    /// Keeps only moments if there are too many different values.
    fn spill(&mut self) {
        if self.counts.len() > self.most {
            let counts = std::mem::take(&mut self.counts);
            let counts: Vec<(f64, u64)> = counts.iter().map(|(value, n)| (value.0, *n)).collect();
            self.power.get_or_insert_with(Power::none).merge(Power::of(&counts));
        }
    }

    /// Adds the values of `other`.
    pub fn merge(&mut self, other: &Self) {
        if let Some(more) = &other.power {
            let counts: Vec<(f64, u64)> =
                self.counts.iter().map(|(value, n)| (value.0, *n)).collect();
            self.counts.clear();
            let power = self.power.get_or_insert_with(Power::none);
            power.merge(Power::of(&counts));
            power.merge(*more);
        }
        match &mut self.power {
            None => other.counts.iter().for_each(|(value, n)| self.count(value.0, *n)),
            Some(power) => {
                let counts: Vec<(f64, u64)> =
                    other.counts.iter().map(|(value, n)| (value.0, *n)).collect();
                power.merge(Power::of(&counts));
            }
        }
        self.spill();
    }

    /// The number of values.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.counts.values().sum::<u64>() + self.power.map_or(0, |power| power.n)
    }

    /// How often `value` occurs. `None` if too many different values occurred to count each.
    #[must_use]
    pub fn of(&self, value: f64) -> Option<u64> {
        let is_near = |other: &&Value| (other.0 - value).abs() <= scalewright_model::TOLERANCE;
        let near = || self.counts.keys().filter(is_near).map(|value| self.counts[value]).sum();
        self.power.is_none().then(near)
    }

    /// Each value with its count, ascending. Empty if too many different values occurred to count each.
    pub fn counts(&self) -> impl Iterator<Item = (f64, u64)> {
        self.counts.iter().map(|(value, n)| (value.0, *n))
    }

    /// The description of the distribution. `None` without values.
    #[must_use]
    pub fn spread(&self) -> Option<Spread> {
        let counts: Vec<(f64, u64)> = self.counts().collect();
        let power = self.power.unwrap_or_else(|| Power::of(&counts));
        (power.n > 0).then(|| power.spread(median(&counts)))
    }
}

/// How often each number up to [`LARGEST`] in size occurs. Missing numbers are left out.
fn frequencies(values: &[i16]) -> impl Iterator<Item = (i16, u64)> {
    const WIDTH: usize = 2 * LARGEST as usize + 1;
    // Four counters for each number, so that equal neighbours need not wait for each other.
    let mut counts = [[0_u32; WIDTH + 1]; 4];
    let at = |value: i16| usize::from(value.wrapping_add(LARGEST).cast_unsigned()).min(WIDTH);
    let mut quads = values.chunks_exact(4);
    for quad in &mut quads {
        for (counts, &value) in counts.iter_mut().zip(quad) {
            counts[at(value)] += 1;
        }
    }
    quads.remainder().iter().for_each(|&value| counts[0][at(value)] += 1);
    let sum = move |at: usize| counts.iter().map(|counts| u64::from(counts[at])).sum::<u64>();
    (-LARGEST..=LARGEST).zip((0..WIDTH).map(sum)).filter(|(_, count)| *count > 0)
}

/// The lowest of some whole numbers, and how often each number from it on occurs. `None` for others, or too wide a range.
fn small(values: &[f64]) -> Option<(f64, Vec<u64>)> {
    const WIDEST: f64 = 4096.0;
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if values.is_empty() || low.fract() != 0.0 || high - low > WIDEST {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 4096")]
    let at = |value: f64| (value - low) as usize;
    let mut counts = vec![0; at(high) + 1];
    for &value in values {
        if value.fract() != 0.0 {
            return None;
        }
        counts[at(value)] += 1;
    }
    Some((low, counts))
}

/// The median of counted values, which are ascending.
fn median(counts: &[(f64, u64)]) -> Option<f64> {
    let n: u64 = counts.iter().map(|(_, n)| n).sum();
    let at = |rank: u64| {
        let mut before = 0;
        counts.iter().find(|(_, n)| {
            before += n;
            before > rank
        })
    };
    let (low, high) = (at(n.checked_sub(1)? / 2)?.0, at(n / 2)?.0);
    Some(f64::midpoint(low, high))
}

impl Power {
    fn none() -> Self {
        Self { n: 0, mean: 0.0, sums: [0.0; 3], min: f64::INFINITY, max: f64::NEG_INFINITY }
    }

    /// The moments of counted values.
    fn of(counts: &[(f64, u64)]) -> Self {
        let n: u64 = counts.iter().map(|(_, n)| n).sum();
        if n == 0 {
            return Self::none();
        }
        let mean = counts.iter().map(|(value, n)| value * count(*n)).sum::<f64>() / count(n);
        let sum = |power| -> f64 {
            counts.iter().map(|(value, n)| (value - mean).powi(power) * count(*n)).sum()
        };
        let values = || counts.iter().map(|(value, _)| *value);
        Self {
            n,
            mean,
            sums: [sum(2), sum(3), sum(4)],
            min: values().fold(f64::INFINITY, f64::min),
            max: values().fold(f64::NEG_INFINITY, f64::max),
        }
    }

    /// Adds the values of `other`, after Pébay (2008).
    fn merge(&mut self, other: Self) {
        if other.n == 0 {
            return;
        }
        let (a, b) = (count(self.n), count(other.n));
        let n = a + b;
        let d = other.mean - self.mean;
        let [a2, a3, a4] = self.sums;
        let [b2, b3, b4] = other.sums;
        self.sums = [
            a2 + b2 + d * d * a * b / n,
            a3 + b3 + d.powi(3) * a * b * (a - b) / (n * n) + 3.0 * d * (a * b2 - b * a2) / n,
            a4 + b4
                + d.powi(4) * a * b * (a * a - a * b + b * b) / n.powi(3)
                + 6.0 * d * d * (a * a * b2 + b * b * a2) / (n * n)
                + 4.0 * d * (a * b3 - b * a3) / n,
        ];
        self.mean += d * b / n;
        self.n += other.n;
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
    }

    fn spread(&self, median: Option<f64>) -> Spread {
        let (n, [s2, s3, s4]) = (count(self.n), self.sums);
        let (m2, m3, m4) = (s2 / n, s3 / n, s4 / n);
        let (g1, g2) = (m3 / m2.powf(1.5), m4 / (m2 * m2) - 3.0);
        let var = s2 / (n - 1.0);
        let sd = var.sqrt();
        let finite = |value: f64| Some(value).filter(|value| value.is_finite());
        let above = |least: f64, value: f64| finite(value).filter(|_| n > least);
        Spread {
            n: self.n,
            mean: self.mean,
            sd: above(1.0, sd),
            var: above(1.0, var),
            min: self.min,
            max: self.max,
            median,
            skew_type1_g1: finite(g1),
            skew_type2_g1: above(2.0, g1 * (n * (n - 1.0)).sqrt() / (n - 2.0)),
            skew_type3_b1: above(1.0, m3 / sd.powi(3)),
            kurt_type1_g2: finite(g2),
            kurt_type2_g2: above(3.0, (n - 1.0) / ((n - 2.0) * (n - 3.0)) * ((n + 1.0) * g2 + 6.0)),
            kurt_type3_b2: above(1.0, m4 / sd.powi(4) - 3.0),
            se_mean: above(1.0, sd / n.sqrt()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn counts_and_moments_agree_and_merge() {
        let values: Vec<f64> = (0..500_u32).map(|row| f64::from(row * 7919 % 97)).collect();
        let of = |most: usize| {
            let mut all = Tally::new(most);
            for part in values.chunks(33) {
                let mut one = Tally::new(most);
                one.add(part);
                all.merge(&one);
            }
            all.spread().expect("there are values")
        };
        let (counted, moments) = (of(1000), of(10));
        assert_eq!((counted.median.is_some(), moments.median), (true, None));
        let near = |a: Option<f64>, b: Option<f64>| {
            let (a, b) = (a.expect("defined"), b.expect("defined"));
            assert!((a - b).abs() < 1e-10, "{a} {b}");
        };
        near(Some(counted.mean), Some(moments.mean));
        near(counted.sd, moments.sd);
        near(counted.skew_type2_g1, moments.skew_type2_g1);
        near(counted.kurt_type2_g2, moments.kurt_type2_g2);
    }

    #[test]
    fn the_median_of_an_even_number_of_values_is_between_the_middle_ones() {
        let mut tally = Tally::new(10);
        tally.add(&[1.0, 2.0, 4.0, 4.0]);
        assert_eq!(tally.spread().and_then(|spread| spread.median), Some(3.0));
        assert_eq!(tally.of(4.0), Some(2));
    }
}
