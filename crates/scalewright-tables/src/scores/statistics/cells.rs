//! The columns and cells of a table for a statistics program.

/// A program that the table is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::scores) enum Program {
    Spss,
    /// SPSS, with cases that are compressed once more (`.zsav`).
    SpssCompressed,
    Stata,
}

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::scores) enum Kind {
    /// Numbers, which are rounded to this many decimals if they are rounded.
    Number(Option<u32>),
    /// Whole numbers.
    Whole,
    /// Whole numbers that code something.
    Code,
    Text,
    /// Texts, or numbers if every cell is one.
    Any,
}

/// A column.
#[derive(Debug, Clone)]
pub(in crate::scores) struct Column {
    /// The name that the column should have.
    pub(in crate::scores) name: String,
    /// What it is about; may be empty.
    pub(in crate::scores) label: String,
    pub(in crate::scores) kind: Kind,
    /// What the codes mean.
    pub(in crate::scores) labels: Vec<(i32, String)>,
}

/// A cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::scores) enum Cell<'a> {
    Missing,
    Number(f64),
    Text(&'a str),
}

/// The beginning of a text that is at most `most` bytes long.
pub(super) fn cut(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}
