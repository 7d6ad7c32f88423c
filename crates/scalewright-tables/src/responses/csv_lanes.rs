//! The rows that nearly all rows are, without a detour: plain cells, looked up in tables of one and two characters.
//!
//! The tables are filled by [`Cells::code`], so they cannot disagree with it.

use std::ops::Range;

use scalewright_scoring::Column;

use super::answer::Given;
use super::batch::Batch;
use super::cell::Cells;
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
    /// Answers in codes: their place in a row, and their table.
    Code { slot: usize, table: usize },
    /// Other numbers.
    Wide { slot: usize, item: usize },
    /// Not scored, but not anything either.
    Checked { item: usize },
    /// Names the respondent and answers an item.
    Both,
    /// Goes out beside the scores.
    Keep { slot: usize },
    /// Nothing that counts.
    Skip,
}

/// The answers of one response scale in one or two characters.
struct Table {
    one: [i8; 256],
    two: [i8; 128],
}

impl Table {
    fn new(rule: &Cells<'_>) -> Self {
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
fn code(rule: &Cells<'_>, text: &[u8]) -> i8 {
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
    /// What is done with the columns of a plain row, one run after another.
    runs: Vec<LaneRun>,
    /// Codes of the rows held, `HELD` for each slot, and how many rows those are.
    held: Vec<i8>,
    rows: usize,
    /// The row that is being read with care.
    codes_row: Vec<i8>,
    wide_row: Vec<Option<f64>>,
    /// The columns that go out beside the scores, and where in the plain row that is being read their cells are.
    kept: Vec<usize>,
    kept_row: Vec<Range<usize>>,
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
            runs: Vec::new(),
            held: Vec::new(),
            rows: 0,
            codes_row: Vec::new(),
            wide_row: Vec::new(),
            kept: plan.kept.iter().filter_map(|beside| beside.column).collect(),
            kept_row: vec![0..0; plan.kept.len()],
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
        for (slot, &column) in new.kept.iter().enumerate() {
            new.lanes[column] = Lane::Keep { slot };
        }
        new.by_column.sort_unstable();
        new.runs = new.runs();
        new.held = vec![Column::MISSING_CODE; new.codes.len() * HELD];
        new.codes_row = vec![Column::MISSING_CODE; new.codes.len()];
        new.wide_row = vec![None; new.wide.len()];
        new
    }

    fn lane(&mut self, plan: &Plan<'_>, item: usize, models: &mut Vec<usize>) -> Lane {
        let rule = &plan.cells[item];
        if !rule.is_scored() {
            self.unscored.push(item);
            return if rule.takes_anything() { Lane::Skip } else { Lane::Checked { item } };
        }
        if !rule.is_small() {
            self.wide.push(item);
            return Lane::Wide { slot: self.wide.len() - 1, item };
        }
        let known = models.iter().position(|&model| plan.cells[model].is_like(rule));
        let table = known.unwrap_or_else(|| {
            models.push(item);
            self.tables.push(Table::new(rule));
            models.len() - 1
        });
        self.codes.push(item);
        Lane::Code { slot: self.codes.len() - 1, table }
    }

    /// Column and item, in the order of the columns.
    pub(super) fn items_by_column(&self) -> &[(usize, usize)] {
        &self.by_column
    }

    /// The columns that go out beside the scores.
    pub(super) fn kept(&self) -> &[usize] {
        &self.kept
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
            Lane::Id | Lane::Both | Lane::Keep { .. } | Lane::Skip | Lane::Checked { .. } => {}
        }
    }

    /// The row that was read with care is whole and right.
    pub(super) fn keep(&mut self, batch: &mut Batch) {
        for (slot, &code) in self.codes_row.iter().enumerate() {
            self.held[slot * HELD + self.rows] = code;
        }
        self.count(batch);
    }

    /// A row more, whose codes are held.
    fn count(&mut self, batch: &mut Batch) {
        for (&item, &answer) in self.wide.iter().zip(&self.wide_row) {
            batch.responses.items[item].push(answer);
        }
        batch.responses.rows += 1;
        self.rows += 1;
        if self.rows == HELD {
            self.turn(batch);
        }
    }

    /// Rows held to columns.
    fn turn(&mut self, batch: &mut Batch) {
        for (held, &item) in self.held.chunks_exact(HELD).zip(&self.codes) {
            batch.responses.items[item].codes_mut().extend_from_slice(&held[..self.rows]);
        }
        self.rows = 0;
    }

    /// All that was kept is in the batch.
    pub(super) fn flush(&mut self, batch: &mut Batch) {
        self.turn(batch);
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
        // Only ASCII gets here.
        let Ok(line) = std::str::from_utf8(line) else { return false };
        if plan.id.is_some() {
            batch.ids.push(&line[id]);
        }
        for (kept, cell) in batch.kept.iter_mut().zip(&self.kept_row) {
            kept.push(&line[cell.clone()]);
        }
        self.count(batch);
        true
    }

    /// The columns of a row, neighbours with codes of one table together; the last one ends in another way.
    fn runs(&self) -> Vec<LaneRun> {
        let mut runs: Vec<LaneRun> = Vec::new();
        for (column, lane) in self.lanes.iter().enumerate() {
            let (last, lane) = (column + 1 == self.lanes.len(), *lane);
            if let (Some(before), Lane::Code { slot, table }, false) =
                (runs.last_mut(), lane, last)
                && let Lane::Code { slot: first, table: same } = before.lane
                && (first + before.count, same) == (slot, table)
            {
                before.count += 1;
                continue;
            }
            runs.push(LaneRun { lane, count: 1, last });
        }
        runs
    }

    /// Reads a row's cells; the answer is where the one is that names the respondent.
    fn cells(&mut self, line: &[u8], plan: &Plan<'_>) -> Option<Range<usize>> {
        let (mut rest, mut id, delimiter) = (line, 0..0, self.delimiter);
        let ending = *line.last()?;
        for run in &self.runs {
            let end = if run.last { ending } else { delimiter };
            match run.lane {
                Lane::Code { slot, table } => {
                    let held = &mut self.held[slot * HELD + self.rows..];
                    let held = held.iter_mut().step_by(HELD).take(run.count);
                    rest = codes(
                        rest,
                        (end, delimiter),
                        held,
                        &self.tables[table],
                        &plan.cells[self.codes[slot]],
                    )?;
                }
                Lane::Wide { slot, item } => {
                    let text = std::str::from_utf8(cell(&mut rest, end, delimiter)?).ok()?;
                    self.wide_row[slot] = plan.cells[item].code(Given::Text(text)).ok()?;
                }
                Lane::Checked { item } => {
                    let text = std::str::from_utf8(cell(&mut rest, end, delimiter)?).ok()?;
                    plan.cells[item].code(Given::Text(text)).ok()?;
                }
                Lane::Id => id = place(line, &mut rest, end, delimiter)?,
                Lane::Keep { slot } => {
                    self.kept_row[slot] = place(line, &mut rest, end, delimiter)?;
                }
                Lane::Skip => {
                    cell(&mut rest, end, delimiter)?;
                }
                Lane::Both => return None,
            }
        }
        rest.is_empty().then_some(id)
    }
}

/// Neighbouring columns that are read alike.
struct LaneRun {
    lane: Lane,
    count: usize,
    last: bool,
}

/// Reads the codes of neighbouring columns; what is left of the row, unless there is anything that wants care.
#[inline]
fn codes<'l, 'h>(
    mut rest: &'l [u8],
    (end, delimiter): (u8, u8),
    held: impl Iterator<Item = &'h mut i8>,
    table: &Table,
    rule: &Cells<'_>,
) -> Option<&'l [u8]> {
    for code in held {
        *code = match *rest {
            [first, second, ref behind @ ..] if second == end && first != end => {
                rest = behind;
                table.one[usize::from(first)]
            }
            [first, ref behind @ ..] if first == end => {
                rest = behind;
                Column::MISSING_CODE
            }
            _ => longer(cell(&mut rest, end, delimiter)?, table, rule),
        };
        if *code == NONE {
            return None;
        }
    }
    Some(rest)
}

/// Takes the bytes before `end`, unless there is anything in them that wants care.
#[inline]
fn cell<'l>(rest: &mut &'l [u8], end: u8, delimiter: u8) -> Option<&'l [u8]> {
    for (index, &byte) in rest.iter().enumerate() {
        if byte == end {
            let cell = &rest[..index];
            *rest = &rest[index + 1..];
            return Some(cell);
        }
        // A delimiter before the end of the row: there are more cells than columns.
        if matches!(byte, b'"' | b'\r') || byte == delimiter || !byte.is_ascii() {
            return None;
        }
    }
    None
}

/// As [`cell`]: where in the line it is.
#[inline]
fn place(line: &[u8], rest: &mut &[u8], end: u8, delimiter: u8) -> Option<Range<usize>> {
    let from = line.len() - rest.len();
    let length = cell(rest, end, delimiter)?.len();
    Some(from..from + length)
}

/// The code of a cell of several characters.
fn longer(cell: &[u8], table: &Table, rule: &Cells<'_>) -> i8 {
    let known = <[u8; 2]>::try_from(cell).ok().and_then(two);
    known.map_or_else(|| code(rule, cell), |index| table.two[index])
}
