//! Reads the cells of plain rows: many cells of at most one byte at once, other cells one by one.

use std::ops::Range;

use scalewright_scoring::Column;

use super::cell::Cells;
use super::csv_codes::{NONE, NOT, Table, code_in};
use super::csv_marks::Marks;

/// The number of rows collected before they are transposed to columns: few enough to stay in the first-level cache.
pub(super) const HELD: usize = 256;
/// The number of cells read one by one before many are tried again, so that a table of longer cells costs few vain
/// attempts.
const FEW: usize = 4;

/// A row in which neighbouring columns with codes are read.
pub(super) struct CodeCells<'l> {
    /// The bytes from the beginning of the row on, also those of later rows.
    pub(super) ahead: &'l [u8],
    pub(super) marks: Marks,
    /// The end of these cells.
    pub(super) end: u8,
    pub(super) stops: &'l [bool; 256],
    pub(super) table: &'l Table,
    pub(super) rule: &'l Cells<'l>,
}

impl CodeCells<'_> {
    /// Reads the cells from `at` on into the row `row` of the columns, and returns where the next cell begins. Returns
    /// `None` if a cell needs the slow path.
    #[inline]
    pub(super) fn read(
        &self,
        mut at: usize,
        columns: &mut [[i8; HELD]],
        row: usize,
    ) -> Option<usize> {
        let (row, mut done) = (row % HELD, 0);
        while let Some(columns) = columns.get_mut(done..).and_then(<[_]>::first_chunk_mut)
            && let Some(end) = self.many::<32, 8>(at, columns, row)
        {
            (at, done) = (end, done + 32);
        }
        while done < columns.len() {
            while let Some(columns) = columns.get_mut(done..).and_then(<[_]>::first_chunk_mut)
                && let Some(end) = self.many::<8, 2>(at, columns, row)
            {
                (at, done) = (end, done + 8);
            }
            for column in columns.iter_mut().skip(done).take(FEW) {
                (at, done) = (self.one(at, &mut column[row])?, done + 1);
            }
        }
        Some(at)
    }

    /// Reads `CELLS` cells of at most one byte, and returns where the next one begins. Returns `None` if one of them has
    /// several bytes or needs the slow path. They fill at most `WORDS` words of eight bytes.
    #[inline]
    fn many<const CELLS: usize, const WORDS: usize>(
        &self,
        at: usize,
        columns: &mut [[i8; HELD]; CELLS],
        row: usize,
    ) -> Option<usize> {
        // Beginning with the byte before the first cell: then each cell ends after the byte before its end, even if it is
        // empty.
        let bytes = self.ahead.get(at.checked_sub(1)?..at + 8 * WORDS)?;
        let (words, _) = bytes[1..].as_chunks::<8>();
        let mut ends = self.marks.short(words);
        if (ends.count_ones() as usize) < CELLS {
            return None;
        }
        let (mut seen, mut last) = (0, 0);
        for column in columns {
            last = ends.trailing_zeros() as usize;
            ends &= ends.wrapping_sub(1);
            // Before the end of an empty cell is a delimiter, which this table maps to a missing answer.
            let entry = self.table.before_end(bytes[last.min(8 * WORDS)]);
            seen |= entry;
            column[row] = code_in(entry);
        }
        // The bytes may be those of later rows too. The table refuses the end of a row within these cells.
        (seen < NOT).then_some(at + last + 1)
    }

    /// Reads a cell, and returns where the next one begins.
    #[inline]
    fn one(&self, at: usize, code: &mut i8) -> Option<usize> {
        let mut rest = self.ahead.get(at..)?;
        *code = match *rest {
            // Two delimiters enclose an empty cell, which the next pattern reads.
            [first, second, ref behind @ ..] if second == self.end && first != self.end => {
                rest = behind;
                self.table.one(first)
            }
            [first, ref behind @ ..] if first == self.end => {
                rest = behind;
                Column::MISSING_CODE
            }
            _ => self.table.longer(cell(&mut rest, self.end, self.stops)?, self.rule),
        };
        (*code != NONE).then(|| self.ahead.len() - rest.len())
    }
}

/// The bytes that end a cell or need the slow path. A delimiter in the last column is one of these: the row has too many
/// cells.
pub(super) fn stops(delimiter: u8) -> [bool; 256] {
    let mut stops = [false; 256];
    for byte in 0..=u8::MAX {
        let stop = matches!(byte, b'"' | b'\r' | b'\n') || byte == delimiter || !byte.is_ascii();
        stops[usize::from(byte)] = stop;
    }
    stops
}

/// Takes the bytes before `end`, which is one of `stops`. Returns `None` if they need the slow path.
#[inline]
pub(super) fn cell<'l>(rest: &mut &'l [u8], end: u8, stops: &[bool; 256]) -> Option<&'l [u8]> {
    let index = rest.iter().position(|&byte| stops[usize::from(byte)])?;
    let (cell, behind) = rest.split_at(index);
    let (&stop, behind) = behind.split_first()?;
    *rest = behind;
    (stop == end).then_some(cell)
}

/// Like [`cell`], but returns the range of the cell in the line.
#[inline]
pub(super) fn place(
    line: &[u8],
    rest: &mut &[u8],
    end: u8,
    stops: &[bool; 256],
) -> Option<Range<usize>> {
    let from = line.len() - rest.len();
    let length = cell(rest, end, stops)?.len();
    Some(from..from + length)
}
