//! The fast path for plain rows, which most rows are: cells without quotation marks, looked up in tables of texts of
//! one and two characters.
//!
//! The tables are filled by [`Cells::code`], so they cannot disagree with it.

use std::ops::Range;

use scalewright_scoring::Column;

use super::answer::Given;
use super::batch::Batch;
use super::cell::Cells;
use super::csv_marks::Marks;
use super::plan::Plan;

/// Marks a text that is not an answer. An answer of 127 takes the slow path too, which reads it correctly.
const NONE: i8 = i8::MAX;
/// The number of rows collected before they are transposed to columns: few enough to stay in the first-level cache.
const HELD: usize = 256;
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

/// The codes of the texts of one and two characters, for one response scale.
struct Table {
    one: [i8; 256],
    /// The same by the byte before the end of a cell, which is a delimiter if the cell is empty.
    before_end: [i8; 256],
    two: [i8; 128],
}

impl Table {
    fn new(rule: &Cells<'_>, delimiter: u8) -> Self {
        let mut table = Self { one: [NONE; 256], before_end: [NONE; 256], two: [NONE; 128] };
        // Other bytes belong to longer characters, which the slow path reads.
        for byte in 0..=127 {
            table.one[usize::from(byte)] = code(rule, &[byte]);
        }
        table.before_end = table.one;
        table.before_end[usize::from(delimiter)] = Column::MISSING_CODE;
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

/// The code of a text.
fn code(rule: &Cells<'_>, text: &[u8]) -> i8 {
    // These two characters are part of the format, not of a cell.
    if matches!(text, b"\"" | b"\r") {
        return NONE;
    }
    let text = std::str::from_utf8(text).unwrap_or_default();
    rule.code(Given::Text(text)).map_or(NONE, small)
}

/// The code of an answer that is known to be a whole number within ±127, or missing.
#[expect(
    clippy::cast_possible_truncation,
    reason = "called only for items whose answers are small"
)]
fn small(answer: Option<f64>) -> i8 {
    answer.map_or(Column::MISSING_CODE, |answer| answer as i8)
}

/// The index of a number of two characters in the table.
fn two([first, second]: [u8; 2]) -> Option<usize> {
    let tens = match first {
        b'-' => 10,
        b'0'..=b'9' => usize::from(first - b'0'),
        _ => return None,
    };
    second.is_ascii_digit().then(|| tens * 10 + usize::from(second - b'0'))
}

/// The use of every column, and the answers of the rows that are being collected.
pub(super) struct Lanes {
    delimiter: u8,
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
            // Columns of items and of the respondent are never kept, so no lane is lost.
            new.lanes[column] = Lane::Keep { slot };
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
    }

    /// Sets the answer to an item in the row on the slow path.
    pub(super) fn set(&mut self, item: usize, answer: Option<f64>) {
        match self.slots[item] {
            Lane::Code { slot, .. } => self.codes_row[slot] = small(answer),
            Lane::Wide { slot, .. } => self.wide_row[slot] = answer,
            Lane::Id | Lane::Both | Lane::Keep { .. } | Lane::Skip | Lane::Checked { .. } => {}
        }
    }

    /// Collects the row of the slow path, which has no faults.
    pub(super) fn keep(&mut self, batch: &mut Batch) {
        for (slot, &code) in self.codes_row.iter().enumerate() {
            self.held[slot * HELD + self.rows] = code;
        }
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

    /// Reads a plain row, given with its line end. Returns `false`, and adds nothing, if the row needs the slow path.
    pub(super) fn plain_row(&mut self, line: &[u8], plan: &Plan<'_>, batch: &mut Batch) -> bool {
        // Of `\r\n`, only the `\r` is passed on, as the end of the last cell.
        let line = match line {
            [rest @ .., b'\r', b'\n'] => &line[..=rest.len()],
            _ => line,
        };
        let id = self.cells(line, plan);
        // `cells` may have written some codes already. The next row overwrites them, because `rows` has not grown.
        let Some(id) = id else { return false };
        // `cells` accepts only ASCII, so this never fails.
        let text = |cell: Range<usize>| std::str::from_utf8(&line[cell]).unwrap_or_default();
        if plan.id.is_some() {
            self.ids.extend_from_slice(&line[id]);
            self.id_ends.push(self.ids.len());
        }
        for (kept, cell) in batch.kept.iter_mut().zip(&self.kept_row) {
            kept.push(text(cell.clone()));
        }
        self.count(batch);
        true
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

    /// Reads the cells of a row, and returns the range of the one that names the respondent. Returns `None` if the row
    /// needs the slow path.
    fn cells(&mut self, line: &[u8], plan: &Plan<'_>) -> Option<Range<usize>> {
        let (mut rest, mut id, delimiter) = (line, 0..0, self.delimiter);
        let stops = &self.stops;
        let ending = *line.last()?;
        for run in &self.runs {
            let end = if run.last { ending } else { delimiter };
            match run.lane {
                Lane::Code { slot, table } => {
                    let (columns, _) = self.held[slot * HELD..].as_chunks_mut::<HELD>();
                    let cells = CodeCells {
                        line,
                        marks: self.marks,
                        end,
                        stops,
                        table: &self.tables[table],
                        rule: &plan.cells[self.codes[slot]],
                    };
                    let at = line.len() - rest.len();
                    rest = cells.read(at, &mut columns[..run.count], self.rows)?;
                }
                Lane::Wide { slot, item } => {
                    let text = std::str::from_utf8(cell(&mut rest, end, stops)?).ok()?;
                    self.wide_row[slot] = plan.cells[item].code(Given::Text(text)).ok()?;
                }
                Lane::Checked { item } => {
                    let text = std::str::from_utf8(cell(&mut rest, end, stops)?).ok()?;
                    plan.cells[item].code(Given::Text(text)).ok()?;
                }
                Lane::Id => id = place(line, &mut rest, end, stops)?,
                Lane::Keep { slot } => {
                    self.kept_row[slot] = place(line, &mut rest, end, stops)?;
                }
                Lane::Skip => {
                    cell(&mut rest, end, stops)?;
                }
                Lane::Both => return None,
            }
        }
        rest.is_empty().then_some(id)
    }
}

/// Neighbouring columns that are read in the same way.
struct LaneRun {
    lane: Lane,
    count: usize,
    last: bool,
}

/// A row in which neighbouring columns with codes are read.
struct CodeCells<'l> {
    line: &'l [u8],
    marks: Marks,
    /// The end of these cells.
    end: u8,
    stops: &'l [bool; 256],
    table: &'l Table,
    rule: &'l Cells<'l>,
}

impl<'l> CodeCells<'l> {
    /// Reads the cells from `at` on into the row `row` of the columns, and returns the rest of the line. Returns `None`
    /// if a cell needs the slow path.
    fn read(&self, mut at: usize, columns: &mut [[i8; HELD]], row: usize) -> Option<&'l [u8]> {
        let (row, mut done) = (row % HELD, 0);
        while let Some(column) = columns.get_mut(done) {
            let ended = self.one(at, &mut column[row]);
            (at, done) = (ended?, done + 1);
            // After the first cell, so that there is a byte before these cells.
            while let Some(four) = columns.get_mut(done..).and_then(<[_]>::first_chunk_mut)
                && let Some(end) = self.four(at, four, row)
            {
                (at, done) = (end, done + 4);
            }
        }
        self.line.get(at..)
    }

    /// Reads four cells, and returns where the next one begins. Returns `None` if one of them has several bytes or needs
    /// the slow path.
    #[inline]
    fn four(&self, at: usize, columns: &mut [[i8; HELD]; 4], row: usize) -> Option<usize> {
        // Beginning with the byte before the first cell: then the byte before the end of each cell is among the first eight.
        let nine = self.line.get(at.checked_sub(1)?..)?.first_chunk::<9>()?;
        let (bytes, next) = (nine.first_chunk::<8>()?, nine.last_chunk::<8>()?);
        let ends = self.marks.four(*next)?;
        let mut highest = i8::MIN;
        for (column, end) in columns.iter_mut().zip(ends) {
            // Before the end of an empty cell is a delimiter, which this table maps to a missing answer.
            let code = self.table.before_end[usize::from(bytes[usize::from(end & 7)])];
            highest = highest.max(code);
            column[row] = code;
        }
        (highest < NONE).then_some(at + usize::from(ends[3]) + 1)
    }

    /// Reads a cell, and returns where the next one begins.
    #[inline]
    fn one(&self, at: usize, code: &mut i8) -> Option<usize> {
        let (end, line) = (self.end, self.line);
        let mut rest = line.get(at..)?;
        *code = match *rest {
            // Two delimiters enclose an empty cell, which the next pattern reads.
            [first, second, ref behind @ ..] if second == end && first != end => {
                rest = behind;
                self.table.one[usize::from(first)]
            }
            [first, ref behind @ ..] if first == end => {
                rest = behind;
                Column::MISSING_CODE
            }
            _ => longer(cell(&mut rest, end, self.stops)?, self.table, self.rule),
        };
        (*code != NONE).then(|| line.len() - rest.len())
    }
}

/// The bytes that end a cell or need the slow path. A delimiter in the last column is one of these: the row has too many
/// cells.
fn stops(delimiter: u8) -> [bool; 256] {
    let mut stops = [false; 256];
    for byte in 0..=u8::MAX {
        let stop = matches!(byte, b'"' | b'\r' | b'\n') || byte == delimiter || !byte.is_ascii();
        stops[usize::from(byte)] = stop;
    }
    stops
}

/// Takes the bytes before `end`, which is one of `stops`. Returns `None` if they need the slow path.
#[inline]
fn cell<'l>(rest: &mut &'l [u8], end: u8, stops: &[bool; 256]) -> Option<&'l [u8]> {
    let index = rest.iter().position(|&byte| stops[usize::from(byte)])?;
    let (cell, behind) = rest.split_at(index);
    let (&stop, behind) = behind.split_first()?;
    *rest = behind;
    (stop == end).then_some(cell)
}

/// Like [`cell`], but returns the range of the cell in the line.
#[inline]
fn place(line: &[u8], rest: &mut &[u8], end: u8, stops: &[bool; 256]) -> Option<Range<usize>> {
    let from = line.len() - rest.len();
    let length = cell(rest, end, stops)?.len();
    Some(from..from + length)
}

/// The code of a cell of several characters.
fn longer(cell: &[u8], table: &Table, rule: &Cells<'_>) -> i8 {
    let known = <[u8; 2]>::try_from(cell).ok().and_then(two);
    known.map_or_else(|| code(rule, cell), |index| table.two[index])
}
