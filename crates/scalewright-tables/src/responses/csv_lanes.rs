//! The fast path for plain rows, which most rows are: cells without quotation marks, looked up in tables.

use std::ops::Range;
use std::rc::Rc;

use scalewright_scoring::Column;

use super::answer::Given;
use super::batch::{Absent, Batch};
use super::cell::Answer;
use super::csv_cells::{CodeCells, HELD, cell, place, stops};
use super::csv_codes::{Table, small};
use super::csv_marks::Marks;
use super::plan::Plan;

/// Collected rows are also transposed when their respondents have this many bytes.
const HELD_IDS: usize = 1 << 16;

/// The use of a column.
#[derive(Clone, Copy)]
enum Lane {
    /// Names the respondent.
    Id,
    /// Answers an item with small whole numbers: the slot in a row of codes, and the lookup table.
    Code { slot: usize, table: usize },
    /// Answers an item with other numbers.
    Wide { slot: usize, item: usize },
    /// Answers an item that is not scored, but whose answers are checked.
    Checked { item: usize },
    /// Names the respondent and answers an item.
    Both,
    /// Is written beside the scores.
    Keep { slot: usize },
    /// Is not read.
    Skip,
}

/// The use of every column, and the answers of the rows that are being collected.
pub(super) struct Lanes {
    delimiter: u8,
    /// The first byte of the line ends, as far as known: `\r` or `\n`.
    line_end: u8,
    /// The bytes that end a cell or need the slow path.
    stops: [bool; 256],
    marks: Marks,
    lanes: Vec<Lane>,
    tables: Vec<Table>,
    /// The items answered with codes, those answered with other numbers, and those that are not scored.
    codes: Vec<usize>,
    wide: Vec<usize>,
    unscored: Vec<usize>,
    /// The lane of each item.
    slots: Vec<Lane>,
    /// The column and the item of each answer, in the order of the columns.
    by_column: Vec<(usize, usize)>,
    /// The columns of a plain row in order, grouped into runs.
    runs: Vec<LaneRun>,
    /// The codes of the collected rows, `HELD` for each slot, and the number of these rows.
    held: Vec<i8>,
    rows: usize,
    /// The answers of the row that the slow path is reading.
    codes_row: Vec<i8>,
    wide_row: Vec<Option<f64>>,
    /// The items without an answer in that row, with the reasons.
    absent_row: Vec<(usize, Rc<str>)>,
    /// The respondents of the collected rows: their texts, which are ASCII, and the end of each.
    ids: Vec<u8>,
    id_ends: Vec<usize>,
    /// The columns that are written beside the scores, and the ranges of their cells in the plain row being read.
    kept: Vec<usize>,
    kept_row: Vec<Range<usize>>,
}

impl Lanes {
    pub(super) fn new(plan: &Plan<'_>, columns: usize, delimiter: u8) -> Self {
        let mut new = Self {
            delimiter,
            line_end: b'\n',
            stops: stops(delimiter),
            marks: Marks::new(delimiter),
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
            absent_row: Vec::new(),
            ids: Vec::new(),
            id_ends: Vec::new(),
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
            // A column may name the respondent and also answer an item. Only the slow path does both.
            new.lanes[id] = if matches!(new.lanes[id], Lane::Skip) { Lane::Id } else { Lane::Both };
        }
        for (slot, &column) in new.kept.iter().enumerate() {
            // Of the columns of items, only those that are not scored are kept. The respondent is not.
            new.lanes[column] = match new.lanes[column] {
                Lane::Skip => Lane::Keep { slot },
                // Only the slow path reads a cell twice.
                _ => Lane::Both,
            };
        }
        // The slow path reports faults in this order, which is that of the table.
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
            // `models` and `tables` grow together, so that an index of one is an index of the other.
            models.push(item);
            self.tables.push(Table::new(rule, self.delimiter));
            models.len() - 1
        });
        self.codes.push(item);
        Lane::Code { slot: self.codes.len() - 1, table }
    }

    /// The column and the item of each answer, in the order of the columns.
    pub(super) fn items_by_column(&self) -> &[(usize, usize)] {
        &self.by_column
    }

    /// The columns that are written beside the scores.
    pub(super) fn kept(&self) -> &[usize] {
        &self.kept
    }

    /// Clears the answers of the row on the slow path.
    pub(super) fn begin(&mut self) {
        self.codes_row.fill(Column::MISSING_CODE);
        self.wide_row.fill(None);
        self.absent_row.clear();
    }

    /// Sets the answer to an item in the row on the slow path.
    pub(super) fn set(&mut self, item: usize, answer: Answer) {
        match self.slots[item] {
            Lane::Code { slot, .. } => self.codes_row[slot] = small(answer.code()),
            Lane::Wide { slot, .. } => self.wide_row[slot] = answer.code(),
            Lane::Id | Lane::Both | Lane::Keep { .. } | Lane::Skip | Lane::Checked { .. } => {}
        }
        if let Answer::Absent(reason) = answer {
            self.absent_row.push((item, reason));
        }
    }

    /// Collects the row of the slow path, which has no faults.
    pub(super) fn keep(&mut self, batch: &mut Batch) {
        for (slot, &code) in self.codes_row.iter().enumerate() {
            self.held[slot * HELD + self.rows] = code;
        }
        let row = batch.responses.rows;
        let absent = self.absent_row.drain(..).map(|(item, reason)| Absent { row, item, reason });
        batch.absent.extend(absent);
        self.count(batch);
    }

    /// Counts a row whose codes are collected, and adds its other numbers to the batch.
    fn count(&mut self, batch: &mut Batch) {
        for (&item, &answer) in self.wide.iter().zip(&self.wide_row) {
            batch.responses.items[item].push(answer);
        }
        batch.responses.rows += 1;
        self.rows += 1;
        if self.rows == HELD || self.ids.len() > HELD_IDS {
            self.transpose(batch);
        }
    }

    /// Moves the respondents of the collected rows to the batch.
    pub(super) fn flush_ids(&mut self, batch: &mut Batch) {
        // All of them are checked at once, which costs less than each of them. `cells` accepts only ASCII, so this never
        // fails.
        batch.ids.extend(std::str::from_utf8(&self.ids).unwrap_or_default(), &self.id_ends);
        self.ids.clear();
        self.id_ends.clear();
    }

    /// Transposes the collected rows to columns of the batch.
    fn transpose(&mut self, batch: &mut Batch) {
        for (held, &item) in self.held.chunks_exact(HELD).zip(&self.codes) {
            batch.responses.items[item].codes_mut().extend_from_slice(&held[..self.rows]);
        }
        self.rows = 0;
        self.flush_ids(batch);
    }

    /// Moves all collected rows to the batch.
    pub(super) fn flush(&mut self, batch: &mut Batch) {
        self.transpose(batch);
        let rows = batch.responses.rows;
        for &item in &self.unscored {
            batch.responses.items[item].codes_mut().resize(rows, Column::MISSING_CODE);
        }
    }

    /// Reads the plain row that `ahead` begins with, and returns its length with its line end. Returns `None`, and adds
    /// nothing, if the row needs the slow path or is incomplete.
    pub(super) fn plain_row(
        &mut self,
        ahead: &[u8],
        plan: &Plan<'_>,
        batch: &mut Batch,
    ) -> Option<usize> {
        // `cells` may write some codes even if it fails. The next row overwrites them, because `rows` has not grown.
        let (id, end) = self.cells(ahead, plan)?;
        // `cells` accepts only ASCII, so this never fails.
        let text = |cell: Range<usize>| std::str::from_utf8(&ahead[cell]).unwrap_or_default();
        if plan.id.is_some() {
            push_short(&mut self.ids, ahead, id);
            self.id_ends.push(self.ids.len());
        }
        for (kept, cell) in batch.kept.iter_mut().zip(&self.kept_row) {
            kept.push(text(cell.clone()));
        }
        self.count(batch);
        Some(end)
    }

    /// Learns the line end from a line. Returns `false` if it was known already.
    pub(super) fn learn_line_end(&mut self, line: &[u8]) -> bool {
        let line_end = if line.ends_with(b"\r\n") { b'\r' } else { b'\n' };
        std::mem::replace(&mut self.line_end, line_end) != line_end
    }

    /// Groups the columns into runs. Neighbours with codes of one table share a run, except the last column of the row,
    /// which has another end.
    fn runs(&self) -> Vec<LaneRun> {
        let mut runs: Vec<LaneRun> = Vec::new();
        for (column, lane) in self.lanes.iter().enumerate() {
            let (last, lane) = (column + 1 == self.lanes.len(), *lane);
            if let (Some(before), Lane::Code { slot, table }, false) = (runs.last_mut(), lane, last)
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

    /// Reads the cells of a row, and returns the range of the one that names the respondent and the end of the row.
    /// Returns `None` if the row needs the slow path or is incomplete.
    fn cells(&mut self, ahead: &[u8], plan: &Plan<'_>) -> Option<(Range<usize>, usize)> {
        let (mut rest, mut id, delimiter) = (ahead, 0..0, self.delimiter);
        let stops = &self.stops;
        for run in &self.runs {
            let end = if run.last { self.line_end } else { delimiter };
            match run.lane {
                Lane::Code { slot, table } => {
                    let (columns, _) = self.held[slot * HELD..].as_chunks_mut::<HELD>();
                    let cells = CodeCells {
                        ahead,
                        marks: self.marks,
                        end,
                        stops,
                        table: &self.tables[table],
                        rule: &plan.cells[self.codes[slot]],
                    };
                    let at = ahead.len() - rest.len();
                    let at = cells.read(at, &mut columns[..run.count], self.rows)?;
                    rest = ahead.get(at..)?;
                }
                Lane::Wide { slot, item } => {
                    let text = std::str::from_utf8(cell(&mut rest, end, stops)?).ok()?;
                    self.wide_row[slot] = plan.cells[item].plain(Given::Text(text))?;
                }
                Lane::Checked { item } => {
                    let text = std::str::from_utf8(cell(&mut rest, end, stops)?).ok()?;
                    plan.cells[item].plain(Given::Text(text))?;
                }
                Lane::Id => id = place(ahead, &mut rest, end, stops)?,
                Lane::Keep { slot } => {
                    self.kept_row[slot] = place(ahead, &mut rest, end, stops)?;
                }
                Lane::Skip => {
                    cell(&mut rest, end, stops)?;
                }
                Lane::Both => return None,
            }
        }
        if self.line_end == b'\r' {
            rest = rest.strip_prefix(b"\n")?;
        }
        Some((id, ahead.len() - rest.len()))
    }
}

/// Adds a range of bytes to others.
#[inline]
fn push_short(bytes: &mut Vec<u8>, from: &[u8], range: Range<usize>) {
    let end = bytes.len() + range.len();
    match from.get(range.start..).and_then(<[_]>::first_chunk::<16>) {
        // A copy of fixed length takes a few instructions, and one of any length a call.
        Some(sixteen) if range.len() <= 16 => bytes.extend_from_slice(sixteen),
        _ => bytes.extend_from_slice(&from[range]),
    }
    bytes.truncate(end);
}

/// Neighbouring columns that are read in the same way.
struct LaneRun {
    lane: Lane,
    count: usize,
    last: bool,
}
