//! The table of criteria with their parameters.

use std::io::Result;

use scalewright_model::Choice;
use scalewright_tables::{TableCell, TableColumn, TableWriter, ValueKind};

use super::head::{columns as of, text};
use crate::course::Course;

pub(super) fn columns() -> Vec<TableColumn> {
    of(ValueKind::Text, &["criterion", "family", "kind", "parameters"])
}

pub(super) fn rows(course: &Course<'_>, writer: &mut TableWriter) -> Result<()> {
    for rule in &course.criteria.change {
        let baseline = course.choices.baseline;
        let parameters = format!("limit = {}, baseline = {baseline}", rule.limit);
        let (kind, parameters) = (text(rule.form.name()), TableCell::Text(parameters.into()));
        writer.row(&[text(&rule.id), text("change"), kind, parameters])?;
    }
    for rule in &course.criteria.rupture {
        let (kind, parameters) = rule.text();
        let gaps = rule.gaps.unwrap_or(course.choices.gaps).name();
        let parameters = format!("{parameters}, gaps = {gaps}");
        let parameters = TableCell::Text(parameters.into());
        writer.row(&[text(&rule.id), text("episode"), text(kind), parameters])?;
    }
    Ok(())
}
