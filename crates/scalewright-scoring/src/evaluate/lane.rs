//! The values of one expression for a stretch of rows: the numbers, whether each is present, and whether it uses a
//! substitute for a missing answer.

use super::chunk::Target;

/// The number of rows in a stretch: few enough that their values stay in the processor's cache.
pub(super) const ROWS: usize = 1024;

/// The numbers of one stretch. Missing numbers are 0, so that sums of scores can add them without a test.
#[derive(Debug, Clone)]
pub(super) struct Lane {
    pub(super) values: Vec<f64>,
    pub(super) present: Vec<bool>,
    pub(super) filled: Vec<bool>,
}

impl Lane {
    /// The same number, or missing, in `rows` rows.
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

    /// The lane as the target of a score.
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

    /// Sets a row. A number that is infinite or NaN is stored as missing.
    pub(super) fn set(&mut self, row: usize, value: Option<f64>) {
        let value = value.filter(|value| value.is_finite());
        self.values[row] = value.unwrap_or(0.0);
        self.present[row] = value.is_some();
        self.filled[row] &= value.is_some();
    }

    /// Adds another lane, multiplied by `weight`, or `stand_in` where it is missing; counts the rows where it is
    /// present.
    ///
    /// Slices of equal length and one loop per array let the compiler use vector instructions.
    pub(super) fn add(&mut self, part: &Self, weight: f64, stand_in: f64, counts: &mut [u16]) {
        let rows = self.values.len();
        let (values, filled) = (&mut self.values[..rows], &mut self.filled[..rows]);
        let counts = &mut counts[..rows];
        let (more, present, marks) =
            (&part.values[..rows], &part.present[..rows], &part.filled[..rows]);
        for row in 0..rows {
            values[row] += if present[row] { more[row] * weight } else { stand_in };
        }
        for row in 0..rows {
            counts[row] += u16::from(present[row]);
        }
        for row in 0..rows {
            filled[row] |= marks[row];
        }
    }

    /// Makes rows missing where another lane is missing.
    pub(super) fn require(&mut self, part: &Self) {
        for (present, required) in self.present.iter_mut().zip(&part.present) {
            *present &= required;
        }
    }

    /// Adds sums of whole numbers.
    pub(super) fn add_sums(&mut self, sums: &[i32]) {
        for (value, sum) in self.values.iter_mut().zip(sums) {
            *value += f64::from(*sum);
        }
    }

    /// Marks the present numbers as using a substitute where one of their operands `of` does.
    pub(super) fn mark(&mut self, of: &[Self]) {
        for part in of {
            for (row, filled) in self.filled.iter_mut().enumerate() {
                *filled |= self.present[row] && part.filled[row];
            }
        }
    }

    /// Applies `f` to each present number.
    pub(super) fn map(mut self, f: impl Fn(f64) -> Option<f64>) -> Self {
        for row in 0..self.len() {
            if self.present[row] {
                self.set(row, f(self.values[row]));
            }
        }
        self
    }

    /// Combines two lanes with `f` where both are present; the result is missing elsewhere.
    pub(super) fn zip(mut self, other: &Self, f: impl Fn(f64, f64) -> Option<f64>) -> Self {
        for row in 0..self.len() {
            // Before `set`, which removes the mark if the result is missing.
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
