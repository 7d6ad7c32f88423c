//! The rows that nearly all rows are, without a detour: plain cells, looked up in tables of one and two characters.
//!
//! The tables are filled by [`Rule::code`], so they cannot disagree with it.

use scalewright_scoring::Column;

use super::answer::{Given, Rule};
use super::batch::Batch;
use super::plan::Plan;

/// Marks a text that is no answer; no text of two characters is a 127.
const NONE: i8 = i8::MAX;
/// Rows held before they are turned into columns: few enough to stay in the first cache.
const HELD: usize = 256;

/// What a column is for.
#[derive(Clone, Copy)]
enum Lane {
    /// Names the respondent.
    Id,
    /// Answers in codes: their place in a row, their table, and the item.
    Code { slot: usize, table: usize, item: usize },
    /// Other numbers.
    Wide { slot: usize, item: usize },
    /// Names the respondent and answers an item.
    Both,
    /// Nothing that counts.
    Skip,
}

/// The answers of one response scale in one or two characters.
struct Table {
    one: [i8; 256],
    two: [i8; 128],
}

impl Table {
    fn new(rule: &Rule<'_>) -> Self {
        let mut table = Self { one: [NONE; 256], two: [NONE; 128] };
        for byte in 0..=127 {
            table.one[usize::from(byte)] = code(rule, &[byte]);
        }
        for first in b"-0123456789" {
            for second in b'0'..=b'9' {
                let text = [*first, second];
                if let Some(index) = two(text) {
                    table.two[index] = code(rule, &text);
                }
            }
        }
        table
    }
}

/// The code that a text stands for.
fn code(rule: &Rule<'_>, text: &[u8]) -> i8 {
    // Those two mean something to the format itself.
    if matches!(text, b"\"" | b"\r") {
        return NONE;
    }
    let text = std::str::from_utf8(text).unwrap_or_default();
    rule.code(Given::Text(text)).map_or(NONE, small)
}

/// An answer that is known to be a whole number within ±127, or missing.
#[expect(clippy::cast_possible_truncation, reason = "asked only of items whose answers are small")]
fn small(answer: Option<f64>) -> i8 {
    answer.map_or(Column::MISSING_CODE, |answer| answer as i8)
}

/// The place of a number of two characters in its table.
fn two([first, second]: [u8; 2]) -> Option<usize> {
    let tens = match first {
        b'-' => 10,
        b'0'..=b'9' => usize::from(first - b'0'),
        _ => return None,
    };
    second.is_ascii_digit().then(|| tens * 10 + usize::from(second - b'0'))
}

/// Where a row's cells go.
pub(super) struct Lanes {
    delimiter: u8,
    lanes: Vec<Lane>,
    tables: Vec<Table>,
    /// The items of codes, those of other numbers, and those that are not scored.
    codes: Vec<usize>,
    wide: Vec<usize>,
    unscored: Vec<usize>,
    /// For each item, where its answer goes.
    slots: Vec<Lane>,
    /// Column and item, in the order of the columns.
    by_column: Vec<(usize, usize)>,
    /// Rows of codes, one after another, and the row that is being read.
    held: Vec<i8>,
    codes_row: Vec<i8>,
    wide_row: Vec<Option<f64>>,
}

impl Lanes {
    pub(super) fn new(plan: &Plan<'_>, columns: usize, delimiter: u8) -> Self {
        let mut new = Self {
            delimiter,
            lanes: vec![Lane::Skip; columns],
            tables: Vec::new(),
            codes: Vec::new(),
            wide: Vec::new(),
            unscored: Vec::new(),
            slots: Vec::new(),
            by_column: Vec::new(),
            held: Vec::new(),
            codes_row: Vec::new(),
            wide_row: Vec::new(),
        };
        let mut models: Vec<usize> = Vec::new();
        for (item, column) in plan.items.iter().enumerate() {
            let lane = new.lane(plan, item, &mut models);
            new.slots.push(lane);
            if let Some(column) = *column {
                new.lanes[column] = lane;
                new.by_column.push((column, item));
            }
        }
        if let Some(id) = plan.id {
            // A column may be asked to name the respondent and answer an item as well: the careful way does both.
            new.lanes[id] = if matches!(new.lanes[id], Lane::Skip) { Lane::Id } else { Lane::Both };
        }
        new.by_column.sort_unstable();
        new.codes_row = vec![Column::MISSING_CODE; new.codes.len()];
        new.wide_row = vec![None; new.wide.len()];
        new
    }

    fn lane(&mut self, plan: &Plan<'_>, item: usize, models: &mut Vec<usize>) -> Lane {
        let rule = &plan.rules[item];
        if !rule.is_scored() {
            self.unscored.push(item);
            return Lane::Skip;
        }
        if !rule.is_small() {
            self.wide.push(item);
            return Lane::Wide { slot: self.wide.len() - 1, item };
        }
        let known = models.iter().position(|&model| plan.rules[model].is_like(rule));
        let table = known.unwrap_or_else(|| {
            models.push(item);
            self.tables.push(Table::new(rule));
            models.len() - 1
        });
        self.codes.push(item);
        Lane::Code { slot: self.codes.len() - 1, table, item }
    }

    /// Column and item, in the order of the columns.
    pub(super) fn items_by_column(&self) -> &[(usize, usize)] {
        &self.by_column
    }

    /// Forgets what was read of a row.
    pub(super) fn begin(&mut self) {
        self.codes_row.fill(Column::MISSING_CODE);
        self.wide_row.fill(None);
    }

    /// The answer to an item in the row that is being read.
    pub(super) fn set(&mut self, item: usize, answer: Option<f64>) {
        match self.slots[item] {
            Lane::Code { slot, .. } => self.codes_row[slot] = small(answer),
            Lane::Wide { slot, .. } => self.wide_row[slot] = answer,
            Lane::Id | Lane::Both | Lane::Skip => {}
        }
    }

    /// The row that is being read is whole and right.
    pub(super) fn keep(&mut self, batch: &mut Batch) {
        self.held.extend_from_slice(&self.codes_row);
        for (&item, &answer) in self.wide.iter().zip(&self.wide_row) {
            batch.responses.items[item].push(answer);
        }
        batch.responses.rows += 1;
        if self.held.len() >= HELD * self.codes.len() {
            self.turn(batch);
        }
    }

    /// Rows of codes to columns.
    fn turn(&mut self, batch: &mut Batch) {
        let width = self.codes.len();
        for (slot, &item) in self.codes.iter().enumerate() {
            let codes = self.held.chunks_exact(width).map(|row| row[slot]);
            batch.responses.items[item].codes_mut().extend(codes);
        }
        self.held.clear();
    }

    /// All that was kept is in the batch.
    pub(super) fn flush(&mut self, batch: &mut Batch) {
        if !self.held.is_empty() {
            self.turn(batch);
        }
        let rows = batch.responses.rows;
        for &item in &self.unscored {
            batch.responses.items[item].codes_mut().resize(rows, Column::MISSING_CODE);
        }
    }

    /// Takes a row, with the byte that ends it, if nothing in it is out of the ordinary; else nothing has happened.
    pub(super) fn plain_row(&mut self, line: &[u8], plan: &Plan<'_>, batch: &mut Batch) -> bool {
        let line = match line {
            [rest @ .., b'\r', b'\n'] => &line[..=rest.len()],
            _ => line,
        };
        let id = self.cells(line, plan);
        let Some(id) = id else { return false };
        if plan.id.is_some() {
            // Only ASCII gets here.
            let Ok(id) = std::str::from_utf8(id) else { return false };
            batch.ids.push(id);
        }
        self.keep(batch);
        true
    }

    /// Reads a row's cells; the answer is the one that names the respondent.
    fn cells<'l>(&mut self, line: &'l [u8], plan: &Plan<'_>) -> Option<&'l [u8]> {
        let (mut at, mut id) = (0, &line[..0]);
        let last = self.lanes.len() - 1;
        let ending = *line.last()?;
        for (column, lane) in self.lanes.iter().enumerate() {
            let end = if column == last { ending } else { self.delimiter };
            match *lane {
                Lane::Code { slot, table, item } => {
                    let first = *line.get(at)?;
                    let code = if first == end {
                        at += 1;
                        Column::MISSING_CODE
                    } else if line.get(at + 1) == Some(&end) {
                        at += 2;
                        self.tables[table].one[usize::from(first)]
                    } else {
                        let cell = cell(&line[at..], end)?;
                        at += cell.len() + 1;
                        longer(cell, &self.tables[table], &plan.rules[item])
                    };
                    if code == NONE {
                        return None;
                    }
                    self.codes_row[slot] = code;
                }
                Lane::Wide { slot, item } => {
                    let cell = cell(line.get(at..)?, end)?;
                    at += cell.len() + 1;
                    let text = std::str::from_utf8(cell).ok()?;
                    self.wide_row[slot] = plan.rules[item].code(Given::Text(text)).ok()?;
                }
                Lane::Id | Lane::Skip => {
                    let cell = cell(line.get(at..)?, end)?;
                    at += cell.len() + 1;
                    id = if matches!(lane, Lane::Id) { cell } else { id };
                }
                Lane::Both => return None,
            }
        }
        (at == line.len()).then_some(id)
    }
}

/// The bytes before `end`, unless there is anything in them that wants care.
#[inline]
fn cell(rest: &[u8], end: u8) -> Option<&[u8]> {
    for (index, &byte) in rest.iter().enumerate() {
        if byte == end {
            return Some(&rest[..index]);
        }
        if byte == b'"' || byte == b'\r' || !byte.is_ascii() {
            return None;
        }
    }
    None
}

/// The code of a cell of several characters.
fn longer(cell: &[u8], table: &Table, rule: &Rule<'_>) -> i8 {
    let known = <[u8; 2]>::try_from(cell).ok().and_then(two);
    known.map_or_else(|| code(rule, cell), |index| table.two[index])
}
