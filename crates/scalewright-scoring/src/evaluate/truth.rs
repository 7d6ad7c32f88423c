//! The values of one condition for a stretch of rows: true, false or missing, and whether that depends on a substitute
//! for a missing answer.

use super::lane::Lane;

/// True, false or missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Truth {
    False,
    True,
    Missing,
}

impl Truth {
    pub(super) fn of(known: Option<bool>) -> Self {
        match known {
            Some(true) => Self::True,
            Some(false) => Self::False,
            None => Self::Missing,
        }
    }

    fn known(self) -> Option<bool> {
        match self {
            Self::True => Some(true),
            Self::False => Some(false),
            Self::Missing => None,
        }
    }

    pub(super) fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Missing => Self::Missing,
        }
    }
}

/// A condition, row by row.
pub(super) struct Truths {
    pub(super) truths: Vec<Truth>,
    /// Whether the condition is known only because of a substitute for a missing answer.
    pub(super) filled: Vec<bool>,
}

impl Truths {
    pub(super) fn constant(truth: Truth, rows: usize) -> Self {
        Self { truths: vec![truth; rows], filled: vec![false; rows] }
    }

    pub(super) fn map(mut self, f: impl Fn(Truth) -> Truth) -> Self {
        self.truths.iter_mut().for_each(|truth| *truth = f(*truth));
        self
    }

    /// The truth values as numbers, 1 and 0.
    pub(super) fn lane(self) -> Lane {
        let mut lane = Lane::missing(self.truths.len());
        for (row, (truth, filled)) in self.truths.into_iter().zip(self.filled).enumerate() {
            lane.set(row, truth.known().map(|known| f64::from(u8::from(known))));
            lane.filled[row] = lane.present[row] && filled;
        }
        lane
    }
}

/// How many of several conditions are true, and how many are unknown.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    met: usize,
    open: usize,
    /// The true and the false conditions that are known only because of a substitute.
    met_filled: usize,
    unmet_filled: usize,
}

impl Tally {
    pub(super) fn add(&mut self, truth: Truth, filled: bool) {
        match truth {
            Truth::True => {
                self.met += 1;
                self.met_filled += usize::from(filled);
            }
            Truth::Missing => self.open += 1,
            Truth::False => self.unmet_filled += usize::from(filled),
        }
    }

    /// Whether at least `count` are true, and whether that would be unknown without substitutes for missing answers.
    pub(super) fn at_least(self, count: usize) -> (Truth, bool) {
        let Self { met, open, met_filled, unmet_filled } = self;
        // Without substitutes, the conditions known only because of them would be unknown: they would no longer count
        // as true in a true result, and could be true in a false one.
        match (met >= count, met + open >= count) {
            (true, _) => (Truth::True, met - met_filled < count),
            (false, true) => (Truth::Missing, false),
            (false, false) => (Truth::False, met + open + unmet_filled >= count),
        }
    }
}
