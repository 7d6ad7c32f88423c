//! The answers of a group of rows: counts of each code, and moments of each pair of items.

use std::collections::BTreeMap;

use scalewright_model::OptionValue;
use scalewright_scoring::Column;

use super::{Counts, Numbers, Pairs};
use crate::block::Block;
use crate::moments::Cells;
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

    /// Adds a block; `value` returns the value of a row.
    pub(super) fn add<'v>(
        &mut self,
        value: &dyn Fn(usize) -> &'v str,
        block: &Block<'_>,
        shape: &Shape,
    ) {
        let mut rows: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for row in 0..block.rows {
            match self.group(value(row), shape) {
                Some(at) => rows.entry(at).or_default().push(row),
                None => self.beyond += 1,
            }
        }
        for (at, rows) in rows {
            self.groups[at].add(block, &rows, shape);
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

    /// Adds some rows of a block.
    fn add(&mut self, block: &Block<'_>, rows: &[usize], shape: &Shape) {
        self.rows += rows.len() as u64;
        for (at, column) in block.raw.iter().enumerate() {
            match column.codes().filter(|_| !shape.items[at].is_number) {
                Some(codes) => self.codes(at, codes, rows),
                None if shape.items[at].is_number => self.numbers(at, block, rows),
                None => self.values(at, column, rows),
            }
        }
        let only: Vec<Cells>;
        let valid = match rows.len() == block.rows {
            true => block.valid,
            false => {
                only = block.valid.iter().map(|cells| cells.only(rows)).collect();
                &only
            }
        };
        self.pairs.add(valid);
    }

    /// Counts the codes of an item.
    fn codes(&mut self, item: usize, codes: &[i8], rows: &[usize]) {
        let mut counts = [0_u64; 256];
        for &row in rows {
            counts[usize::from(codes[row].cast_unsigned())] += 1;
        }
        for (code, count) in
            (i8::MIN..=i8::MAX).map(|code| (code, counts[usize::from(code.cast_unsigned())]))
        {
            match code {
                _ if count == 0 => {}
                Column::MISSING_CODE => self.missing[item] += count,
                code => self.count_one(item, f64::from(code), count),
            }
        }
    }

    /// Counts the values of a coded item that are not all codes.
    fn values(&mut self, item: usize, column: &Column, rows: &[usize]) {
        for &row in rows {
            match column.get(row) {
                None => self.missing[item] += 1,
                Some(value) => self.count_one(item, value, 1),
            }
        }
    }

    fn count_one(&mut self, item: usize, value: f64, count: u64) {
        let Some(code) = OptionValue::of(value) else { return };
        let codes = &mut self.codes[item];
        if codes.len() < MOST_CODES || codes.contains_key(&code) {
            *codes.entry(code).or_default() += count;
        }
    }

    /// Adds the answers to an item that are numbers.
    fn numbers(&mut self, item: usize, block: &Block<'_>, rows: &[usize]) {
        for &row in rows {
            match block.raw[item].get(row) {
                None => self.missing[item] += 1,
                // A negative number that is no answer is probably a code for a missing one.
                Some(raw) if raw >= 0.0 || block.valid[item].get(row).is_some() => {
                    self.numbers[item].add(raw);
                }
                Some(_) => {}
            }
        }
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
