//! Rows of CSV and TSV, read and written.

use std::fmt::Write;

/// The rows of CSV (RFC 4180), with the delimiter that the first line has most of.
pub(super) struct Rows<'t> {
    rest: &'t str,
    delimiter: char,
}

impl<'t> Rows<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let line = text.lines().next().unwrap_or_default();
        let count = |delimiter: char| line.matches(delimiter).count();
        let delimiter = [',', '\t', ';'].into_iter().max_by_key(|one| (count(*one), *one == ','));
        Self { rest: text, delimiter: delimiter.unwrap_or(',') }
    }
}

impl Iterator for Rows<'_> {
    type Item = Vec<String>;

    fn next(&mut self) -> Option<Vec<String>> {
        if self.rest.is_empty() {
            return None;
        }
        let (mut row, mut cell, mut is_quoted) = (Vec::new(), String::new(), false);
        let mut letters = self.rest.char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '"' if is_quoted && letters.next_if(|(_, next)| *next == '"').is_some() => {
                    cell.push('"');
                }
                '"' if is_quoted => is_quoted = false,
                '"' if cell.is_empty() => is_quoted = true,
                letter if is_quoted => cell.push(letter),
                '\n' => {
                    if cell.ends_with('\r') {
                        cell.pop();
                    }
                    row.push(cell);
                    self.rest = &self.rest[at + 1..];
                    return Some(row);
                }
                letter if letter == self.delimiter => row.push(std::mem::take(&mut cell)),
                letter => cell.push(letter),
            }
        }
        self.rest = "";
        row.push(cell);
        Some(row)
    }
}

/// Writes a row of CSV.
pub(super) fn write_row<'c>(text: &mut String, cells: impl Iterator<Item = &'c str>) {
    for (at, cell) in cells.enumerate() {
        let comma = if at > 0 { "," } else { "" };
        let _ = match cell.contains(['"', ',', '\n', '\r']) {
            true => write!(text, "{comma}\"{}\"", cell.replace('"', "\"\"")),
            false => write!(text, "{comma}{cell}"),
        };
    }
    text.push('\n');
}
