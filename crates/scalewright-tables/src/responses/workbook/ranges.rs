//! The rows of a sheet that the library reads as a whole: those of `.ods` and `.xls`.

use calamine::{Data, Range};

use super::cells::{Rows, SheetCell, SheetRow};
use super::facts::{Content, Facts, constant};
use super::values;
use crate::Stop;
use crate::responses::source::SourceCell;

/// The most cells of all sheets of a workbook that is read as a whole.
pub(super) const MOST_CELLS: u64 = 6_000_000;

/// The cells of a sheet, and their formulas.
pub(super) struct Ranges {
    values: Range<Data>,
    formulas: Range<String>,
    /// The rows and the columns that either of them has.
    rows: std::ops::Range<u32>,
    columns: std::ops::Range<u32>,
    /// Whether the formulas of some cells are not known, so that every cell between formulas counts as one.
    is_vague: bool,
}

impl Ranges {
    pub(super) fn new(values: Range<Data>, formulas: Range<String>) -> Self {
        let starts = [values.start(), formulas.start()].into_iter().flatten();
        let from = starts.reduce(|one, other| (one.0.min(other.0), one.1.min(other.1)));
        let ends = [values.end(), formulas.end()].into_iter().flatten();
        let to = ends.reduce(|one, other| (one.0.max(other.0), one.1.max(other.1)));
        let (from, to) = from.zip(to).unwrap_or(((0, 0), (0, 0)));
        let has_cells = !values.is_empty() || !formulas.is_empty();
        let end = u32::from(has_cells);
        let (rows, columns) = (from.0..to.0 + end, from.1..to.1 + end);
        Self { values, formulas, rows, columns, is_vague: false }
    }

    /// The same for a format in which the library knows that formulas exist, but not the text of each: of formulas that
    /// cells share, only one cell has the text.
    pub(super) fn vague(self) -> Self {
        Self { is_vague: true, ..self }
    }

    /// Whether the sheet has formulas.
    pub(super) fn has_formulas(&self) -> bool {
        !self.formulas.is_empty()
    }

    /// Whether no cell has content.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.clone().all(|row| self.row(row).cells.is_empty())
    }

    /// Adds what the cells tell to `facts`.
    pub(super) fn see(&self, facts: &mut Facts) {
        for row in self.rows.clone() {
            for column in self.columns.clone() {
                let value = self.values.get_value((row, column)).filter(|value| !is_blank(value));
                let formula = self.formula(row, column).filter(|text| constant(text).is_none());
                let content = match (value, formula) {
                    (None, None) => continue,
                    (Some(_), None) => Content::Value,
                    (value, Some(_)) => Content::Formula {
                        is_stored: value.is_some(),
                        is_zero: value.is_some_and(is_zero),
                    },
                };
                facts.see((row, column), &content);
            }
        }
    }

    fn formula(&self, row: u32, column: u32) -> Option<&str> {
        let formula = self.formulas.get_value((row, column)).map(String::as_str);
        let has_value =
            || self.values.get_value((row, column)).is_some_and(|value| !is_blank(value));
        formula.filter(|formula| !formula.is_empty() || self.is_vague && has_value())
    }

    fn row(&self, row: u32) -> SheetRow {
        let cells = self.columns.clone().filter_map(|column| {
            let value = self.values.get_value((row, column)).cloned().unwrap_or_default();
            let formula = self.formula(row, column);
            let formula =
                formula.map(|text| text.trim_start_matches("of:").trim_start_matches('='));
            let (value, formula) = values::cell(value, formula);
            let has_content = value != SourceCell::Blank || formula.is_some();
            has_content.then_some(SheetCell { column, value, formula })
        });
        SheetRow { row, cells: cells.collect() }
    }
}

fn is_zero(value: &Data) -> bool {
    matches!(value, Data::Int(0)) || matches!(value, Data::Float(number) if *number == 0.0)
}

fn is_blank(value: &Data) -> bool {
    matches!(value, Data::Empty) || matches!(value, Data::String(text) if text.is_empty())
}

impl Rows for Ranges {
    fn next(&mut self) -> Result<Option<SheetRow>, Stop> {
        while let Some(row) = self.rows.next() {
            let row = self.row(row);
            if !row.cells.is_empty() {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }
}
