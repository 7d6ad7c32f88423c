//! Numbers of which some are missing.

/// Numbers of which some are missing. A missing one is marked, never a number that means missing.
///
/// Small whole numbers, as coded answers are, are held in a byte each; the first number that is none turns the
/// column into one of floating-point numbers.
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
    /// What marks a missing answer among codes.
    pub const MISSING_CODE: i8 = i8::MIN;

    /// A column of `rows` missing numbers.
    #[must_use]
    pub fn missing(rows: usize) -> Self {
        Self { data: Data::Codes(vec![Self::MISSING_CODE; rows]) }
    }

    /// A column of floating-point numbers, each with whether it is there.
    ///
    /// # Panics
    ///
    /// When the two differ in length.
    #[must_use]
    pub fn numbers(values: Vec<f64>, present: Vec<bool>) -> Self {
        assert_eq!(values.len(), present.len(), "internal: a mark for each number");
        Self { data: Data::Numbers { values, present } }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.data {
            Data::Codes(codes) => codes.len(),
            Data::Numbers { present, .. } => present.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number in `row`, if it is there.
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
                #[expect(clippy::cast_possible_truncation, reason = "whole and within ±127")]
                Some(value) if value.fract() == 0.0 && value.abs() <= 127.0 => {
                    return codes.push(value as i8);
                }
                Some(_) => self.widen(),
            }
        }
        if let Data::Numbers { values, present } = &mut self.data {
            values.push(value.unwrap_or(0.0));
            present.push(value.is_some());
        }
    }

    /// Takes all rows away and keeps their room.
    pub fn clear(&mut self) {
        match &mut self.data {
            Data::Codes(codes) => codes.clear(),
            Data::Numbers { values, present } => {
                values.clear();
                present.clear();
            }
        }
    }

    /// The codes of a column of small whole numbers, to be written in place, a byte a row. A column of
    /// other numbers is emptied first.
    pub fn codes_mut(&mut self) -> &mut Vec<i8> {
        if matches!(self.data, Data::Numbers { .. }) {
            self.data = Data::Codes(Vec::new());
        }
        match &mut self.data {
            Data::Codes(codes) => codes,
            Data::Numbers { .. } => unreachable!("internal: made codes above"),
        }
    }

    /// The codes, when that is what the column holds.
    #[must_use]
    pub fn codes(&self) -> Option<&[i8]> {
        match &self.data {
            Data::Codes(codes) => Some(codes),
            Data::Numbers { .. } => None,
        }
    }

    /// The floating-point numbers, 0 where they are missing, and whether they are there, when that is what the
    /// column holds.
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

    /// The floating-point numbers and marks, made of codes first where need be; to be written in place.
    pub(super) fn numbers_mut(&mut self) -> (&mut Vec<f64>, &mut Vec<bool>) {
        self.widen();
        match &mut self.data {
            Data::Numbers { values, present } => (values, present),
            Data::Codes(_) => unreachable!("internal: widened above"),
        }
    }

    /// Copies the rows from `from` on into `values` and `present`.
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
