//! A table as another program stores it: typed columns with labels and declared missing values, and rows of typed cells.
//!
//! A reader of such a format implements [`Source`]. [`super::source_table`] makes answers of its cells.

use crate::Stop;

/// A table of another program. Cells keep their types: what they mean is decided by the definition.
pub(crate) trait Source {
    /// The columns, in the order of the table.
    fn columns(&self) -> &[SourceColumn];

    /// Reads the next row into `row`, one cell per column. Returns `false` after the last row.
    ///
    /// # Errors
    ///
    /// When the table is damaged.
    fn next(&mut self, row: &mut Vec<SourceCell>) -> Result<bool, Stop>;

    /// The source as one whose cells are made only when they are needed, if it is.
    fn lean(&mut self) -> Option<&mut dyn LeanSource> {
        None
    }

    /// The place of a cell of the row that was read last, as its program names it: `C7`.
    fn place(&self, _column: usize) -> Option<String> {
        None
    }

    /// What the table contains that is not used, such as weights, hidden sheets or filters. Known after the last row.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }

    /// The number of bytes read so far.
    fn progress(&self) -> u64 {
        0
    }
}

/// What [`LeanSource::numbers`] contains for a blank cell.
pub(crate) const BLANK: f64 = f64::NEG_INFINITY;
/// What [`LeanSource::numbers`] contains for a cell that is no number.
pub(crate) const NO_NUMBER: f64 = f64::NAN;

/// A table whose rows can be read without making all their cells, because most of them are plain numbers.
pub(crate) trait LeanSource {
    /// Moves to the next row. Returns `false` after the last one.
    ///
    /// # Errors
    ///
    /// When the table is damaged.
    fn advance(&mut self) -> Result<bool, Stop>;

    /// The numbers of the row, one per column: [`BLANK`] for a blank cell, and [`NO_NUMBER`] for one of another type.
    fn numbers(&self) -> &[f64];

    /// A cell of the row.
    fn cell(&self, column: usize) -> SourceCell;
}

/// A column of a table of another program.
#[derive(Debug, Clone, Default)]
pub(crate) struct SourceColumn {
    /// The name. It is compared with the ids of items.
    pub(crate) name: String,
    /// What the column is about, such as the label of a variable in SPSS.
    pub(crate) label: Option<String>,
    /// The labels of values, in the order of the table.
    pub(crate) value_labels: Vec<(SourceCell, String)>,
    /// The values that the table declares as missing.
    pub(crate) missing: Vec<DeclaredMissing>,
    /// The number of bytes that the program cuts labels to, if it does.
    pub(crate) label_bytes: Option<usize>,
}

/// Values that a table declares as missing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum DeclaredMissing {
    /// One value.
    Value(SourceCell),
    /// All numbers between these two, both included.
    Range(f64, f64),
}

impl DeclaredMissing {
    /// Whether the value of a cell is declared as missing.
    pub(crate) fn has(&self, cell: &SourceCell) -> bool {
        match (self, cell) {
            (Self::Value(value), cell) => value == cell,
            (Self::Range(low, high), SourceCell::Number(number)) => low <= number && number <= high,
            (Self::Range(..), _) => false,
        }
    }
}

impl SourceColumn {
    /// Whether the table declares a value of this column as missing.
    pub(crate) fn is_missing(&self, cell: &SourceCell) -> bool {
        self.missing.iter().any(|declared| declared.has(cell))
    }
}

/// A cell of a table of another program.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) enum SourceCell {
    /// No value.
    #[default]
    Blank,
    /// A number.
    Number(f64),
    /// A text. An empty one is a blank.
    Text(String),
    /// A truth value.
    Truth(bool),
    /// A date, a time, or both, as ISO 8601 writes it.
    Time(String),
    /// A missing value that is no number, such as `.a` of Stata.
    Reason(String),
    /// An error, such as `#N/A`, or a formula whose value does not count, with its equals sign: what the cell shows.
    Error(String),
}

/// The end of a formula that has no stored value.
#[cfg(feature = "workbooks")]
pub(crate) const NO_VALUE: &str = " (no value)";

impl SourceCell {
    /// The text of the cell; empty if it is blank.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Number(number) => number.to_string(),
            Self::Truth(truth) => truth.to_string(),
            Self::Text(text) | Self::Time(text) => text.clone(),
            Self::Reason(shown) | Self::Error(shown) => shown.clone(),
        }
    }
}

/// Why a cell with an error has no answer. `shown` is what the cell shows.
pub(crate) fn refusal(shown: &str) -> String {
    match shown.strip_prefix('=') {
        Some(formula) if formula.ends_with(" (no value)") => "is a formula without a stored value: open the workbook in a spreadsheet program, and save it".to_owned(),
        Some(_) => "is a formula: replace the formulas of the column by their values, or use `--stored-values` if the stored values are up to date".to_owned(),
        None => "is an error, not an answer: correct or empty the cell".to_owned(),
    }
}
