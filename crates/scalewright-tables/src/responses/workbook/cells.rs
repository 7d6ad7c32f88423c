//! Cells of a sheet and their names.

use crate::Stop;
use crate::responses::source::SourceCell;

/// The most rows of a sheet.
pub(super) const ROWS: u32 = 1_048_576;
/// The most columns of a sheet.
pub(super) const COLUMNS: u32 = 16_384;

/// A cell with content.
pub(super) struct SheetCell {
    /// The index of the column in the sheet.
    pub(super) column: u32,
    /// The content, or the stored value of a formula.
    pub(super) value: SourceCell,
    /// The formula, if the cell is computed.
    pub(super) formula: Option<Box<str>>,
}

/// A row with content.
pub(super) struct SheetRow {
    /// The index of the row in the sheet.
    pub(super) row: u32,
    /// The cells with content, by column.
    pub(super) cells: Vec<SheetCell>,
}

/// The rows of a sheet that have content, in order.
pub(super) trait Rows {
    /// The next row; `None` after the last one.
    fn next(&mut self) -> Result<Option<SheetRow>, Stop>;
}

/// An area of a sheet. Both corners are inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    /// The first row and column.
    pub(super) from: (u32, u32),
    /// The last row and column.
    pub(super) to: (u32, u32),
}

impl Area {
    /// The area that a workbook names, such as `B2:C4`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once(':').unwrap_or((text, text));
        Some(Self { from: position(from)?, to: position(to)? })
    }
}

impl std::fmt::Display for Area {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = |(row, column)| cell_name(row, column);
        write!(out, "{}:{}", name(self.from), name(self.to))
    }
}

/// The name of a cell, such as `C7`.
pub(super) fn cell_name(row: u32, column: u32) -> String {
    format!("{}{}", column_name(column), row + 1)
}

/// The name of a column, such as `AB`.
pub(super) fn column_name(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// The row and the column of a cell by its name; `None` if no sheet has such a cell.
pub(super) fn position(name: &str) -> Option<(u32, u32)> {
    let name = name.as_bytes();
    let letters = name.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (letters, digits) = name.split_at(letters);
    if !(1..=3).contains(&letters.len()) || !(1..=7).contains(&digits.len()) {
        return None;
    }
    let column = letters
        .iter()
        .fold(0, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row = digits.iter().try_fold(0, |row, digit| {
        digit.is_ascii_digit().then(|| row * 10 + u32::from(digit - b'0'))
    })?;
    ((1..=ROWS).contains(&row) && column <= COLUMNS).then(|| (row - 1, column - 1))
}

#[cfg(test)]
mod tests {
    use super::{Area, cell_name, position};

    #[test]
    fn names_of_cells() {
        for (at, name) in [
            ((0, 0), "A1"),
            ((6, 2), "C7"),
            ((0, 25), "Z1"),
            ((0, 26), "AA1"),
            ((9, 701), "ZZ10"),
            ((1_048_575, 16_383), "XFD1048576"),
        ] {
            assert_eq!(cell_name(at.0, at.1), name);
            assert_eq!(position(name), Some(at));
        }
        for wrong in ["", "A", "1", "A0", "A1048577", "XFE1", "AAAA1", "A1B", "é1", "A-1"] {
            assert_eq!(position(wrong), None, "{wrong}");
        }
        let area = Area::parse("B2:C4").expect("an area");
        assert_eq!((area.from, area.to, area.to_string()), ((1, 1), (3, 2), "B2:C4".to_owned()));
    }
}
