//! A column of numbers, some of which may be missing.

/// A column of numbers, some of which may be missing. A missing number is marked, never represented by a number such as
/// 99.
///
/// Small whole numbers, such as coded answers, take one byte each. The first other number converts the column to
/// floating-point numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    data: Data,
}

#[derive(Debug, Clone, PartialEq)]
enum Data {
    Codes(Vec<i8>),
    Numbers { values: Vec<f64>, present: Vec<bool> },
}

impl Default for Column {
    fn default() -> Self {
        Self { data: Data::Codes(Vec::new()) }
    }
}

impl Column {
    /// The mark of a missing answer among codes.
    pub const MISSING_CODE: i8 = i8::MIN;

    /// A column of `rows` missing numbers.
    #[must_use]
    pub fn missing(rows: usize) -> Self {
        Self { data: Data::Codes(vec![Self::MISSING_CODE; rows]) }
    }

    /// A column of floating-point numbers. `present` states for each whether it is present.
    ///
    /// # Panics
    ///
    /// If the two differ in length.
    #[must_use]
    pub fn numbers(values: Vec<f64>, present: Vec<bool>) -> Self {
        assert_eq!(values.len(), present.len(), "internal: values and marks differ in length");
        Self { data: Data::Numbers { values, present } }
    }

    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.data {
            Data::Codes(codes) => codes.len(),
            Data::Numbers { present, .. } => present.len(),
        }
    }

    /// Whether the column has no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number in `row`, or `None` if it is missing.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<f64> {
        match &self.data {
            Data::Codes(codes) => (codes[row] != Self::MISSING_CODE).then(|| f64::from(codes[row])),
            Data::Numbers { values, present } => present[row].then(|| values[row]),
        }
    }

    /// Adds a row.
    pub fn push(&mut self, value: Option<f64>) {
        if let Data::Codes(codes) = &mut self.data {
            match value {
                None => return codes.push(Self::MISSING_CODE),
                // −128 would fit too, but is the mark of a missing answer.
                #[expect(clippy::cast_possible_truncation, reason = "whole and within ±127")]
                Some(value) if value.fract() == 0.0 && value.abs() <= 127.0 => {
                    return codes.push(value as i8);
                }
                Some(_) => self.widen(),
            }
        }
        if let Data::Numbers { values, present } = &mut self.data {
            // 0, not NaN: lanes copy this number, and sums add missing numbers without a test.
            values.push(value.unwrap_or(0.0));
            present.push(value.is_some());
        }
    }

    /// Removes all rows and keeps the memory.
    pub fn clear(&mut self) {
        match &mut self.data {
            Data::Codes(codes) => codes.clear(),
            Data::Numbers { values, present } => {
                values.clear();
                present.clear();
            }
        }
    }

    /// The codes, one byte per row, to be written in place. A column of floating-point numbers is emptied first.
    pub fn codes_mut(&mut self) -> &mut Vec<i8> {
        if matches!(self.data, Data::Numbers { .. }) {
            self.data = Data::Codes(Vec::new());
        }
        match &mut self.data {
            Data::Codes(codes) => codes,
            Data::Numbers { .. } => unreachable!("internal: converted to codes above"),
        }
    }

    /// The codes, if the column is stored as codes.
    #[must_use]
    pub fn codes(&self) -> Option<&[i8]> {
        match &self.data {
            Data::Codes(codes) => Some(codes),
            Data::Numbers { .. } => None,
        }
    }

    /// The floating-point numbers, 0 where missing, and whether each is present; `None` if the column is stored as
    /// codes.
    #[must_use]
    pub fn floats(&self) -> Option<(&[f64], &[bool])> {
        match &self.data {
            Data::Codes(_) => None,
            Data::Numbers { values, present } => Some((values, present)),
        }
    }

    fn widen(&mut self) {
        if let Data::Codes(codes) = &self.data {
            let present = codes.iter().map(|&code| code != Self::MISSING_CODE).collect();
            let value = |&code: &i8| if code == Self::MISSING_CODE { 0.0 } else { f64::from(code) };
            self.data = Data::Numbers { values: codes.iter().map(value).collect(), present };
        }
    }

    /// The floating-point numbers and their marks, to be written in place. Codes are converted first.
    pub(super) fn numbers_mut(&mut self) -> (&mut Vec<f64>, &mut Vec<bool>) {
        self.widen();
        match &mut self.data {
            Data::Numbers { values, present } => (values, present),
            Data::Codes(_) => unreachable!("internal: widened above"),
        }
    }

    /// Copies `values.len()` rows, starting at row `from`, into `values` and `present`.
    pub(super) fn copy(&self, from: usize, values: &mut [f64], present: &mut [bool]) {
        let to = from + values.len();
        match &self.data {
            Data::Codes(codes) => {
                let codes = &codes[from..to];
                for ((value, present), &code) in values.iter_mut().zip(present).zip(codes) {
                    *present = code != Self::MISSING_CODE;
                    *value = if *present { f64::from(code) } else { 0.0 };
                }
            }
            Data::Numbers { values: all, present: marks } => {
                values.copy_from_slice(&all[from..to]);
                present.copy_from_slice(&marks[from..to]);
            }
        }
    }
}
