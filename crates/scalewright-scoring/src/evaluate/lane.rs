//! A stretch of rows while it is worked on: the numbers, whether they are there, and whether something stands in
//! for a missing answer in them.

use super::chunk::Target;

/// Rows that are worked on at a time: small enough to stay in the processor's nearest memory.
pub(super) const ROWS: usize = 1024;

/// Numbers of one stretch. Numbers that are not there are 0.
#[derive(Debug, Clone)]
pub(super) struct Lane {
    pub(super) values: Vec<f64>,
    pub(super) present: Vec<bool>,
    pub(super) filled: Vec<bool>,
}

impl Lane {
    /// `rows` times the same.
    pub(super) fn constant(value: Option<f64>, rows: usize) -> Self {
        Self {
            values: vec![value.unwrap_or(0.0); rows],
            present: vec![value.is_some(); rows],
            filled: vec![false; rows],
        }
    }

    pub(super) fn missing(rows: usize) -> Self {
        Self::constant(None, rows)
    }

    /// The lane as a place to write a score to.
    pub(super) fn target(&mut self) -> Target<'_> {
        let Self { values, present, filled } = self;
        Target { values, present, prorated: filled, answered: &mut [] }
    }

    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    pub(super) fn get(&self, row: usize) -> Option<f64> {
        self.present[row].then(|| self.values[row])
    }

    /// Sets a row. A number that is none (infinite, or none at all) is missing.
    pub(super) fn set(&mut self, row: usize, value: Option<f64>) {
        let value = value.filter(|value| value.is_finite());
        self.values[row] = value.unwrap_or(0.0);
        self.present[row] = value.is_some();
        self.filled[row] &= value.is_some();
    }

    /// Adds another lane, weighted, or `stand_in` where that is missing; counts where it is there.
    ///
    /// These loops go over slices of one length, so that the compiler can make vector instructions of them.
    pub(super) fn add(&mut self, part: &Self, weight: f64, stand_in: f64, counts: &mut [u16]) {
        let rows = self.values.len();
        let (values, filled) = (&mut self.values[..rows], &mut self.filled[..rows]);
        let counts = &mut counts[..rows];
        let (more, there, marks) =
            (&part.values[..rows], &part.present[..rows], &part.filled[..rows]);
        for row in 0..rows {
            values[row] += if there[row] { more[row] * weight } else { stand_in };
        }
        for row in 0..rows {
            counts[row] += u16::from(there[row]);
        }
        for row in 0..rows {
            filled[row] |= marks[row];
        }
    }

    /// Rows where another lane is missing are missing.
    pub(super) fn require(&mut self, part: &Self) {
        for (present, there) in self.present.iter_mut().zip(&part.present) {
            *present &= there;
        }
    }

    /// Adds whole sums.
    pub(super) fn add_sums(&mut self, sums: &[i32]) {
        for (value, sum) in self.values.iter_mut().zip(sums) {
            *value += f64::from(*sum);
        }
    }

    /// Marks the numbers that are there where one of those is that they were made of.
    pub(super) fn mark(&mut self, of: &[Self]) {
        for part in of {
            for (row, filled) in self.filled.iter_mut().enumerate() {
                *filled |= self.present[row] && part.filled[row];
            }
        }
    }

    /// Replaces each number that is there.
    pub(super) fn map(mut self, f: impl Fn(f64) -> Option<f64>) -> Self {
        for row in 0..self.len() {
            if self.present[row] {
                self.set(row, f(self.values[row]));
            }
        }
        self
    }

    /// Makes one of two where both are there.
    pub(super) fn zip(mut self, other: &Self, f: impl Fn(f64, f64) -> Option<f64>) -> Self {
        for row in 0..self.len() {
            self.filled[row] |= other.filled[row];
            let value = match (self.get(row), other.get(row)) {
                (Some(a), Some(b)) => f(a, b),
                _ => None,
            };
            self.set(row, value);
        }
        self
    }
}
