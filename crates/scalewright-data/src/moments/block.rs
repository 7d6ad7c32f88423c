//! A column of a block of rows.

/// Whole numbers up to this size are summed exactly.
pub const LARGEST: i16 = 512;
/// The largest whole number whose square is one of 16 bits.
const LARGEST_SQUARED: i16 = 181;
/// The mark of a missing whole number.
const MISSING: i16 = i16::MIN;
/// The number of products that fit into a sum of 32 bits: 4096 · 512² is half of 2³¹. Squares are multiplied by 1 at most.
const STRETCH: usize = 4096;

/// The values of one variable in a block of rows, some of which may be missing.
#[derive(Debug, Clone, PartialEq)]
pub enum Cells {
    /// Whole numbers of at most [`LARGEST`] in size.
    Whole(Vec<i16>),
    /// Any numbers, and whether each is present.
    Real(Vec<f64>, Vec<bool>),
}

impl Cells {
    /// The whole numbers of codes, each by the table of all codes, which has `None` for codes that are no answer.
    #[must_use]
    pub fn of_codes(codes: &[i8], table: &[Option<i16>; 256]) -> Self {
        let whole = table.map(|value| value.unwrap_or(MISSING));
        Self::Whole(codes.iter().map(|code| whole[usize::from(code.cast_unsigned())]).collect())
    }

    /// The values of any numbers, which are stored as whole numbers if all of them are.
    #[must_use]
    pub fn of_numbers(values: impl Iterator<Item = Option<f64>>) -> Self {
        let values: Vec<Option<f64>> = values.collect();
        let whole = values.iter().map(|value| value.map_or(Some(MISSING), whole));
        match whole.collect::<Option<Vec<i16>>>() {
            Some(whole) => Self::Whole(whole),
            None => Self::Real(
                values.iter().map(|value| value.unwrap_or(0.0)).collect(),
                values.iter().map(Option::is_some).collect(),
            ),
        }
    }

    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Whole(values) => values.len(),
            Self::Real(values, _) => values.len(),
        }
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value in `row`, if it is present.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<f64> {
        match self {
            Self::Whole(values) => (values[row] != MISSING).then(|| f64::from(values[row])),
            Self::Real(values, present) => present[row].then(|| values[row]),
        }
    }

    /// Clears `mask` where the value is missing.
    pub fn mask(&self, mask: &mut [bool]) {
        match self {
            Self::Whole(values) => {
                mask.iter_mut().zip(values).for_each(|(mask, value)| *mask &= *value != MISSING);
            }
            Self::Real(_, present) => {
                mask.iter_mut().zip(present).for_each(|(mask, present)| *mask &= present);
            }
        }
    }

    /// The rows `rows` alone.
    #[must_use]
    pub fn only(&self, rows: &[usize]) -> Self {
        match self {
            Self::Whole(values) => Self::Whole(rows.iter().map(|&row| values[row]).collect()),
            Self::Real(values, present) => Self::Real(
                rows.iter().map(|&row| values[row]).collect(),
                rows.iter().map(|&row| present[row]).collect(),
            ),
        }
    }

    /// Sets `any` where the value is present.
    pub(super) fn mark(&self, any: &mut [bool]) {
        match self {
            Self::Whole(values) => {
                any.iter_mut().zip(values).for_each(|(any, value)| *any |= *value != MISSING);
            }
            Self::Real(_, present) => {
                any.iter_mut().zip(present).for_each(|(any, present)| *any |= present);
            }
        }
    }

    /// The whole numbers with marks, and with their squares on request. `None` for other numbers, and if squares are too
    /// large to be multiplied as whole numbers are.
    pub(super) fn marked(&self, squares: bool) -> Option<Marked> {
        let Self::Whole(values) = self else { return None };
        let present = values.iter().map(|value| if *value == MISSING { 0 } else { *value });
        let values_or_0: Vec<i16> = present.collect();
        let squares = match squares {
            false => Vec::new(),
            true if values_or_0.iter().any(|value| value.abs() > LARGEST_SQUARED) => return None,
            true => values_or_0.iter().map(|value| value * value).collect(),
        };
        let marks = values.iter().map(|value| i16::from(*value != MISSING)).collect();
        Some(Marked { values: values_or_0, marks, squares })
    }
}

/// A column of whole numbers, some of which may be missing.
pub(super) struct Marked {
    /// The numbers, with 0 for missing ones.
    pub(super) values: Vec<i16>,
    /// 1 for each that is present, 0 for others.
    pub(super) marks: Vec<i16>,
    /// The squares of the numbers. Empty if they are not wanted.
    pub(super) squares: Vec<i16>,
}

impl Marked {
    /// The number in `row`, if it is present.
    pub(super) fn get(&self, row: usize) -> Option<i64> {
        (self.marks[row] != 0).then(|| i64::from(self.values[row]))
    }
}

/// A number as a small whole number, if possible.
pub(super) fn whole(value: f64) -> Option<i16> {
    #[expect(clippy::cast_possible_truncation, reason = "whole and at most 512")]
    (value.fract() == 0.0 && value.abs() <= f64::from(LARGEST)).then_some(value as i16)
}

/// The sum of the products of two columns.
pub(super) fn dot(x: &[i16], y: &[i16]) -> i64 {
    let stretches = x.chunks(STRETCH).zip(y.chunks(STRETCH));
    let sum = |(x, y): (&[i16], &[i16])| -> i64 {
        let products = x.iter().zip(y).map(|(&x, &y)| i32::from(x) * i32::from(y));
        i64::from(products.sum::<i32>())
    };
    stretches.map(sum).sum()
}

/// The sum of a column.
pub(super) fn total(x: &[i16]) -> i64 {
    x.chunks(STRETCH).map(|x| i64::from(x.iter().map(|&x| i32::from(x)).sum::<i32>())).sum()
}
