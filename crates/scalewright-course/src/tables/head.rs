//! What all tables of a course share: the columns that name a series, and cells that may be empty.

use std::borrow::Cow;

use scalewright_tables::{TableCell, TableColumn, ValueKind};

use crate::course::Course;
use crate::series::RowSeries;

/// Columns of one type.
pub(super) fn columns(kind: ValueKind, names: &[&str]) -> Vec<TableColumn> {
    names.iter().map(|name| TableColumn { name: (*name).to_owned(), kind }).collect()
}

/// The columns that name a series.
pub(super) fn head() -> Vec<TableColumn> {
    columns(ValueKind::Text, &["respondent", "form", "rater"])
}

/// The cells that name a series.
pub(super) fn name<'c>(course: &'c Course<'_>, series: &RowSeries) -> Vec<TableCell<'c>> {
    let sheet = &course.sheet;
    let names = [
        sheet.people.name(series.respondent),
        sheet.forms.name(series.form),
        sheet.raters.name(series.rater),
    ];
    names.map(text).to_vec()
}

/// A text; empty if it is.
pub(super) fn text(text: &str) -> TableCell<'_> {
    match text {
        "" => TableCell::Empty,
        text => TableCell::Text(Cow::Borrowed(text)),
    }
}

/// A number that may be missing. What is not finite is missing too.
pub(super) fn number<'c>(number: Option<f64>) -> TableCell<'c> {
    number.filter(|number| number.is_finite()).map_or(TableCell::Empty, TableCell::Number)
}

/// A whole number that may be missing.
pub(super) fn whole<'c>(number: Option<i64>) -> TableCell<'c> {
    number.map_or(TableCell::Empty, TableCell::Whole)
}

/// A count.
pub(super) fn count<'c>(number: usize) -> TableCell<'c> {
    TableCell::Whole(number as i64)
}

/// A truth value that may be missing.
pub(super) fn truth<'c>(truth: Option<bool>) -> TableCell<'c> {
    truth.map_or(TableCell::Empty, TableCell::Truth)
}

/// The part of a column's name that a criterion gives.
pub(super) fn of_id(id: &str) -> String {
    id.replace('-', "_")
}
