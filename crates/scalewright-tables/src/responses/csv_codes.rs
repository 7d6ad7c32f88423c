//! The codes of the texts of one and two characters, looked up in tables.
//!
//! The tables are filled by [`Cells::plain`], so they cannot disagree with it. A missing answer with a reason is in no table: the
//! slow path reads it.

use scalewright_scoring::Column;

use super::answer::Given;
use super::cell::Cells;

/// Marks a text that is not an answer, or that gives a reason for a missing one. An answer of 127 takes the slow path too, which reads it correctly.
pub(super) const NONE: i8 = i8::MAX;
/// Marks a byte that is not an answer. The lower byte of an entry is a code, so a bit above it can be collected from
/// many entries without a comparison.
pub(super) const NOT: u16 = 1 << 8;

/// The codes of the texts of one and two characters, for one response scale.
pub(super) struct Table {
    one: [i8; 256],
    /// The same by the byte before the end of a cell, which is a delimiter if the cell is empty.
    before_end: [u16; 256],
    two: [i8; 128],
}

impl Table {
    pub(super) fn new(rule: &Cells<'_>, delimiter: u8) -> Self {
        let mut table = Self { one: [NONE; 256], before_end: [NOT; 256], two: [NONE; 128] };
        // Other bytes belong to longer characters, which the slow path reads.
        for byte in (0..=127).filter(|&byte| byte != delimiter) {
            table.one[usize::from(byte)] = code(rule, &[byte]);
            table.before_end[usize::from(byte)] = entry(code(rule, &[byte]));
        }
        table.before_end[usize::from(delimiter)] = entry(Column::MISSING_CODE);
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

    /// The code of a cell of one character, or [`NONE`].
    #[inline]
    pub(super) fn one(&self, byte: u8) -> i8 {
        self.one[usize::from(byte)]
    }

    /// The code of a cell of at most one character by the byte before its end, or [`NOT`].
    #[inline]
    pub(super) fn before_end(&self, byte: u8) -> u16 {
        self.before_end[usize::from(byte)]
    }

    /// The code of a cell of several characters, or [`NONE`].
    pub(super) fn longer(&self, cell: &[u8], rule: &Cells<'_>) -> i8 {
        let known = <[u8; 2]>::try_from(cell).ok().and_then(two);
        known.map_or_else(|| code(rule, cell), |index| self.two[index])
    }
}

/// The entry of a code.
fn entry(code: i8) -> u16 {
    if code == NONE { NOT } else { u16::from(code.cast_unsigned()) }
}

/// The code in an entry that is not [`NOT`].
#[inline]
pub(super) fn code_in(entry: u16) -> i8 {
    let [code, _] = entry.to_le_bytes();
    code.cast_signed()
}

/// The code of a text.
fn code(rule: &Cells<'_>, text: &[u8]) -> i8 {
    // These characters are part of the format, not of a cell.
    if matches!(text, b"\"" | b"\r" | b"\n") {
        return NONE;
    }
    let text = std::str::from_utf8(text).unwrap_or_default();
    rule.plain(Given::Text(text)).map_or(NONE, small)
}

/// The code of an answer that is known to be a whole number within ±127, or missing.
#[expect(
    clippy::cast_possible_truncation,
    reason = "called only for items whose answers are small"
)]
pub(super) fn small(answer: Option<f64>) -> i8 {
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
