//! The table of false alarms: how often each criterion finds something in pure noise.

use std::io::Result;

use scalewright_tables::{TableColumn, TableWriter, ValueKind};

use super::head::{columns as of, count, number, text};
use crate::course::Course;
use crate::noise::{LENGTHS, SERIES, shares};

pub(super) fn columns() -> Vec<TableColumn> {
    let mut all = of(ValueKind::Text, &["criterion", "scale"]);
    all.extend(of(ValueKind::Whole, &["sessions", "series"]));
    all.extend(of(ValueKind::Number, &["share_with_a_find"]));
    all
}

pub(super) fn rows(course: &Course<'_>, writer: &mut TableWriter) -> Result<()> {
    for scale in 0..course.scales.len() {
        let known = course.known(scale);
        let group = course.forms().first().and_then(|form| known[*form as usize].group);
        let sem = group.map(|group| group.sem());
        let by_length = LENGTHS.map(|length| shares(&course.criteria, length, sem));
        for (at, rule) in course.criteria.rupture.iter().enumerate() {
            for (length, shares) in LENGTHS.iter().zip(&by_length) {
                let id = text(&course.scale(scale).id);
                let cells = [text(&rule.id), id, count(*length), count(SERIES), number(shares[at])];
                writer.row(&cells)?;
            }
        }
    }
    Ok(())
}
