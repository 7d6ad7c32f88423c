//! Individuals charts (XmR), the signals of runs, and Tukey's fences.
//!
//! Shewhart's limits from moving ranges, with the screening of Nelson (1982); runs after Anhøj (2014, 2015); fences
//! after Tukey (1977).

use scalewright_model::choices;

use crate::distribution::binomial;
use crate::numbers::{mean, median, more_than, sorted};

choices! {
    /// What a missed session does to its neighbours.
    Gaps {
        Bridge = "bridge": "Consecutive measured sessions are neighbours",
        Break = "break": "Only consecutive session numbers are neighbours",
    }
}

choices! {
    /// How the limits are computed from the moving ranges.
    Spread {
        Mean = "mean": "From their mean, by 1.128",
        Screened = "screened": "From the mean of those below 3.267 times their mean (Nelson 1982)",
        Median = "median": "From their median, by 0.954",
    }
}

/// The centre and the limits of a chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chart {
    /// The centre line.
    pub centre: f64,
    /// How many moving ranges there are.
    pub ranges: usize,
    /// The estimated standard deviation.
    pub sigma: f64,
    /// The lower limit.
    pub lower: f64,
    /// The upper limit.
    pub upper: f64,
}

/// How a chart is made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChartRule {
    /// What a missed session does.
    pub gaps: Gaps,
    /// How the limits are computed.
    pub spread: Spread,
    /// The limits come from this many first scores. `None` is all of them.
    pub baseline: Option<usize>,
}

/// The distances between neighbours.
#[must_use]
pub fn moving_ranges(sessions: &[i64], scores: &[f64], gaps: Gaps) -> Vec<f64> {
    let pairs = sessions.windows(2).zip(scores.windows(2));
    let pairs = pairs.filter(|(at, _)| gaps == Gaps::Bridge || at[1] - at[0] == 1);
    pairs.map(|(_, pair)| (pair[1] - pair[0]).abs()).collect()
}

/// The chart of a series. `None` without a moving range, or with fewer scores than the baseline.
#[must_use]
pub fn chart(sessions: &[i64], scores: &[f64], rule: ChartRule) -> Option<Chart> {
    let count = rule.baseline.unwrap_or(scores.len());
    let (sessions, scores) = (sessions.get(..count)?, scores.get(..count)?);
    let ranges = moving_ranges(sessions, scores, rule.gaps);
    let average = mean(&ranges)?;
    let sigma = match rule.spread {
        Spread::Mean => average / 1.128,
        Spread::Median => median(&ranges)? / 0.954,
        Spread::Screened => {
            let kept: Vec<f64> =
                ranges.iter().copied().filter(|range| *range < 3.267 * average).collect();
            mean(&kept)? / 1.128
        }
    };
    let centre = mean(scores)?;
    let (lower, upper) = (centre - 3.0 * sigma, centre + 3.0 * sigma);
    Some(Chart { centre, ranges: ranges.len(), sigma, lower, upper })
}

impl Chart {
    /// The positions of the scores below the lower limit. A score on the limit is inside.
    #[must_use]
    pub fn below(&self, scores: &[f64]) -> Vec<usize> {
        positions(scores, |score| more_than(self.lower, score))
    }

    /// The positions of the scores above the upper limit.
    #[must_use]
    pub fn above(&self, scores: &[f64]) -> Vec<usize> {
        positions(scores, |score| more_than(score, self.upper))
    }

    /// The positions of the scores more than two standard deviations below the centre.
    #[must_use]
    pub fn below_two(&self, scores: &[f64]) -> Vec<usize> {
        positions(scores, |score| more_than(self.centre - 2.0 * self.sigma, score))
    }

    /// The positions at which eight scores in a row are below the centre.
    #[must_use]
    pub fn eight_below(&self, scores: &[f64]) -> Vec<usize> {
        self.windows(scores, 8, 8, self.centre)
    }

    /// The positions at which two of three scores are more than two standard deviations below the centre.
    #[must_use]
    pub fn two_of_three(&self, scores: &[f64]) -> Vec<usize> {
        self.windows(scores, 3, 2, self.centre - 2.0 * self.sigma)
    }

    /// The last positions of windows of `size` scores of which `least` are below `line`.
    fn windows(&self, scores: &[f64], size: usize, least: usize, line: f64) -> Vec<usize> {
        let is_low = |window: &[f64]| {
            window.iter().filter(|score| more_than(line, **score)).count() >= least
        };
        let windows = scores.windows(size).enumerate().filter(|(_, window)| is_low(window));
        windows.map(|(first, _)| first + size - 1).collect()
    }
}

fn positions(scores: &[f64], is_meant: impl Fn(f64) -> bool) -> Vec<usize> {
    (0..scores.len()).filter(|at| is_meant(scores[*at])).collect()
}

/// The runs of a series on one side of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Runs {
    /// The scores off the line.
    pub useful: usize,
    /// The length of the longest run.
    pub longest: usize,
    /// The greatest length without a signal.
    pub longest_allowed: usize,
    /// How often the series crosses the line.
    pub crossings: usize,
    /// The smallest number of crossings without a signal.
    pub fewest_allowed: usize,
}

impl Runs {
    /// Whether the series is not random around the line.
    #[must_use]
    pub fn signal(&self) -> bool {
        self.longest > self.longest_allowed || self.crossings < self.fewest_allowed
    }
}

/// The runs of `scores` around `centre`. `None` if every score is on the line.
#[must_use]
pub fn runs(scores: &[f64], centre: f64) -> Option<Runs> {
    let off = |score: &&f64| more_than(**score, centre) || more_than(centre, **score);
    let sides: Vec<bool> = scores.iter().filter(off).map(|score| *score > centre).collect();
    let useful = sides.len();
    let of_runs: Vec<usize> = sides.chunk_by(|a, b| a == b).map(<[bool]>::len).collect();
    let longest = of_runs.iter().copied().max()?;
    Some(Runs {
        useful,
        longest,
        longest_allowed: (useful as f64).log2().round_ties_even() as usize + 3,
        crossings: of_runs.len() - 1,
        fewest_allowed: binomial(0.05, useful - 1),
    })
}

choices! {
    /// How quartiles are computed.
    Quartiles {
        Type7 = "type7": "Between order statistics at 1 + p(n − 1), as R does",
        Type6 = "type6": "Between order statistics at p(n + 1)",
        Hinges = "hinges": "The medians of the halves, each with the middle score",
    }
}

/// Tukey's fences, 1.5 interquartile ranges beyond the quartiles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fences {
    /// The quartiles.
    pub quartiles: (f64, f64),
    /// The lower fence.
    pub lower: f64,
    /// The upper fence.
    pub upper: f64,
}

/// The fences of a series. `None` without scores.
#[must_use]
pub fn fences(scores: &[f64], kind: Quartiles) -> Option<Fences> {
    let sorted = sorted(scores);
    let n = sorted.len();
    if n == 0 {
        return None;
    }
    let (first, third) = match kind {
        Quartiles::Hinges => {
            let half = n.div_ceil(2);
            (median(&sorted[..half])?, median(&sorted[n - half..])?)
        }
        Quartiles::Type7 => {
            let at = |p: f64| between(&sorted, 1.0 + p * (n - 1) as f64);
            (at(0.25), at(0.75))
        }
        Quartiles::Type6 => {
            let at = |p: f64| between(&sorted, p * (n + 1) as f64);
            (at(0.25), at(0.75))
        }
    };
    let reach = 1.5 * (third - first);
    Some(Fences { quartiles: (first, third), lower: first - reach, upper: third + reach })
}

/// The value at a rank from 1 that may lie between two.
fn between(sorted: &[f64], rank: f64) -> f64 {
    let rank = rank.clamp(1.0, sorted.len() as f64);
    let whole = rank.floor() as usize;
    let (low, high) = (sorted[whole - 1], sorted[whole.min(sorted.len() - 1)]);
    low + (rank - whole as f64) * (high - low)
}
