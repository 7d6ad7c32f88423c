//! The answers of a group of rows: counts of each code, and moments of each pair of items.

use std::collections::BTreeMap;

use scalewright_model::OptionValue;

use super::{Counts, Numbers, Pairs};
use crate::reading::Row;
use crate::shape::Shape;

/// The most groups of an axis.
const MOST_GROUPS: usize = 200;
/// The most bytes of the moments of all groups of an axis.
const MOST_BYTES: usize = 64 << 20;
/// The most codes of an item that are counted.
const MOST_CODES: usize = 300;

/// The rows divided by a column, or by the table.
pub(crate) struct Axis {
    /// The name of the column; `file` for tables.
    pub(crate) name: String,
    /// The value of each group.
    pub(crate) values: Vec<String>,
    /// The groups.
    pub(crate) groups: Vec<Group>,
    /// The number of rows in further groups.
    pub(crate) beyond: u64,
    by_value: BTreeMap<String, usize>,
    most: usize,
}

impl Axis {
    pub(super) fn new(name: &str, shape: &Shape) -> Self {
        let bytes = Pairs::bytes(shape.measured().len()).max(1);
        Self {
            name: name.to_owned(),
            values: Vec::new(),
            groups: Vec::new(),
            beyond: 0,
            by_value: BTreeMap::new(),
            most: (MOST_BYTES / bytes).clamp(2, MOST_GROUPS),
        }
    }

    pub(super) fn add(&mut self, value: &str, row: &Row<'_>, shape: &Shape) {
        match self.group(value, shape) {
            Some(at) => self.groups[at].add(row, shape),
            None => self.beyond += 1,
        }
    }

    fn group(&mut self, value: &str, shape: &Shape) -> Option<usize> {
        if let Some(at) = self.by_value.get(value) {
            return Some(*at);
        }
        if self.groups.len() >= self.most {
            return None;
        }
        self.by_value.insert(value.to_owned(), self.groups.len());
        self.values.push(value.to_owned());
        self.groups.push(Group::new(shape));
        Some(self.groups.len() - 1)
    }

    /// The axis as messages name a group of it: file `a.csv`, or site `B`.
    pub(crate) fn group_name(&self, at: usize) -> String {
        let value = match self.name.as_str() {
            "file" => super::short_name(&self.values[at]),
            _ => &self.values[at],
        };
        let value = if value.is_empty() { "(empty)" } else { value };
        format!("{} `{}`", self.name, scalewright_model::text::quote(value))
    }
}

/// The answers of a group of rows.
#[derive(Clone)]
pub(crate) struct Group {
    /// The number of rows.
    pub(crate) rows: u64,
    /// The number of each code of each coded item, as the table has it.
    pub(crate) codes: Vec<Counts<OptionValue>>,
    /// The number of rows without an answer to each item.
    pub(crate) missing: Vec<u64>,
    /// A sample of the numbers of items that are numbers.
    pub(crate) numbers: Vec<Numbers>,
    /// The moments of valid answers, for the items of [`Shape::measured`].
    pub(crate) pairs: Pairs,
}

impl Group {
    pub(super) fn new(shape: &Shape) -> Self {
        let count = shape.items.len();
        Self {
            rows: 0,
            codes: vec![Counts::new(); count],
            missing: vec![0; count],
            numbers: vec![Numbers::default(); count],
            pairs: Pairs::new(shape.measured()),
        }
    }

    fn add(&mut self, row: &Row<'_>, shape: &Shape) {
        self.rows += 1;
        for (at, &raw) in row.raw.iter().enumerate() {
            if raw.is_nan() {
                self.missing[at] += 1;
            } else if shape.items[at].is_number {
                // A negative number that is no answer is probably a code for a missing one.
                if raw >= 0.0 || !row.valid[at].is_nan() {
                    self.numbers[at].add(raw);
                }
            } else if let Some(code) = OptionValue::of(raw) {
                let codes = &mut self.codes[at];
                if codes.len() < MOST_CODES || codes.contains_key(&code) {
                    *codes.entry(code).or_default() += 1;
                }
            }
        }
        self.pairs.add(row.valid);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.rows += other.rows;
        for (codes, more) in self.codes.iter_mut().zip(&other.codes) {
            for (code, count) in more {
                *codes.entry(*code).or_default() += count;
            }
        }
        for (missing, more) in self.missing.iter_mut().zip(&other.missing) {
            *missing += more;
        }
        for (numbers, more) in self.numbers.iter_mut().zip(&other.numbers) {
            numbers.merge(more);
        }
        self.pairs.merge(&other.pairs);
    }

    /// The number of answers to a coded item with this value.
    pub(crate) fn count(&self, item: usize, value: f64) -> u64 {
        let code = OptionValue::of(value);
        code.and_then(|code| self.codes[item].get(&code)).copied().unwrap_or(0)
    }

    /// The number of answers to a coded item that the definition scores.
    pub(crate) fn valid(&self, item: usize, shape: &Shape) -> u64 {
        shape.items[item].values.iter().map(|&value| self.count(item, value)).sum()
    }
}
