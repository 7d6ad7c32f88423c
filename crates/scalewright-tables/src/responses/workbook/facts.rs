//! What is known of a sheet before its rows are read.

use std::collections::BTreeMap;

use super::cells::Area;

/// The most merged areas that are kept.
const MOST_AREAS: usize = 100_000;

/// What a sheet contains besides the values of its cells.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// The first and the last row of each hidden group.
    pub(super) hidden_rows: Vec<(u32, u32)>,
    /// The first and the last column of each hidden group.
    pub(super) hidden_columns: Vec<(u32, u32)>,
    /// The merged areas.
    pub(super) merged: Vec<Area>,
    /// The formulas of each column.
    pub(super) formulas: BTreeMap<u32, Formulas>,
    /// The first and the last row with content in each column.
    pub(super) filled: BTreeMap<u32, (u32, u32)>,
}

/// The formulas of a column.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Formulas {
    /// Their number.
    pub(super) count: u64,
    /// The row of the first one.
    pub(super) first: u32,
    /// The row of the last one.
    pub(super) last: u32,
    /// The number of those whose stored value is 0.
    pub(super) zeros: u64,
    /// The row of the first one without a stored value.
    pub(super) valueless: Option<u32>,
}

/// What a cell contains, as far as it matters here.
pub(super) enum Content {
    /// A value.
    Value,
    /// A formula, with its stored value.
    Formula {
        /// Whether it has a stored value.
        is_stored: bool,
        /// Whether the stored value is 0.
        is_zero: bool,
    },
}

impl Facts {
    /// Whether no cell has content.
    pub(super) fn is_empty(&self) -> bool {
        self.filled.is_empty()
    }

    /// Adds a cell with content.
    pub(super) fn see(&mut self, (row, column): (u32, u32), content: &Content) {
        let filled = self.filled.entry(column).or_insert((row, row));
        *filled = (filled.0.min(row), filled.1.max(row));
        let Content::Formula { is_stored, is_zero } = *content else { return };
        let formulas =
            self.formulas.entry(column).or_insert(Formulas { first: row, ..Formulas::default() });
        formulas.count += 1;
        formulas.last = row;
        formulas.zeros += u64::from(is_zero);
        if !is_stored && formulas.valueless.is_none() {
            formulas.valueless = Some(row);
        }
    }

    /// Adds hidden rows.
    pub(super) fn hide_rows(&mut self, first: u32, last: u32) {
        match self.hidden_rows.last_mut() {
            Some(group) if group.1.saturating_add(1) == first => group.1 = last,
            _ => self.hidden_rows.push((first, last)),
        }
    }

    /// The last row with content.
    pub(super) fn last_row(&self) -> Option<u32> {
        self.filled.values().map(|filled| filled.1).max()
    }

    /// Adds a merged area.
    pub(super) fn merge(&mut self, area: Area) {
        if self.merged.len() < MOST_AREAS {
            self.merged.push(area);
        }
    }

    /// Whether the stored value of every formula is 0, as programs write that compute none.
    pub(super) fn are_uncomputed(&self) -> bool {
        !self.formulas.is_empty()
            && self.formulas.values().all(|formulas| formulas.zeros == formulas.count)
    }
}

/// Whether a formula is a constant: LibreOffice stores the truth values that it reads from other formats as these.
pub(super) fn constant(formula: &str) -> Option<bool> {
    match formula.trim_start_matches("of:").trim_start_matches('=') {
        "TRUE()" | "TRUE" => Some(true),
        "FALSE()" | "FALSE" => Some(false),
        _ => None,
    }
}
