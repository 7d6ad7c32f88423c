//! The table of measured, unscored and missed sessions.

use std::collections::BTreeSet;
use std::io::Result;

use scalewright_tables::{TableCell, TableColumn, TableWriter, ValueKind};

use super::head::{columns as of, count, head, name, text, whole};
use crate::course::Course;
use crate::sessions::missed;

/// At most this many session numbers are listed in a cell.
const LISTED: usize = 200;

pub(super) fn columns() -> Vec<TableColumn> {
    let mut all = head();
    all.extend(of(ValueKind::Text, &["scale"]));
    all.extend(of(ValueKind::Whole, &["rows", "scored", "unscored", "first", "last"]));
    all.extend(of(ValueKind::Whole, &["between_missed", "longest_gap"]));
    all.extend(of(ValueKind::Text, &["missed_sessions", "unscored_sessions"]));
    all.extend(of(ValueKind::Whole, &["after_last"]));
    all
}

pub(super) fn rows(course: &Course<'_>, writer: &mut TableWriter) -> Result<()> {
    for series in &course.ordered.series {
        let rows = course.rows(series);
        let sessions: Vec<i64> = rows.iter().map(|row| i64::from(row.session)).collect();
        for scale in 0..course.scales.len() {
            let line = course.line(series, scale);
            let found = missed(&line.sessions);
            let scored: BTreeSet<i64> = line.sessions.iter().copied().collect();
            let (first, last) = (found.map(|one| one.first), found.map(|one| one.last));
            let all: BTreeSet<i64> = sessions.iter().copied().collect();
            let between = first.zip(last).map_or(0..0, |(first, last)| first..last);
            let gaps =
                between.filter(|session| !all.contains(session) && !scored.contains(session));
            let unscored = sessions.iter().copied().filter(|session| !scored.contains(session));
            let mut row = name(course, series);
            row.push(text(&course.scale(scale).id));
            row.extend([count(rows.len()), count(line.scores.len())]);
            row.push(count(rows.len() - line.scores.len()));
            row.extend([whole(first), whole(last)]);
            row.push(whole(found.map(|one| one.between)));
            row.push(whole(found.map(|one| one.longest)));
            row.extend([list(gaps), list(unscored)]);
            let planned = course.choices.planned.zip(sessions.last());
            row.push(whole(planned.map(|(planned, last)| (planned - last).max(0))));
            writer.row(&row)?;
        }
    }
    Ok(())
}

/// Session numbers, with blanks between them.
fn list<'c>(sessions: impl Iterator<Item = i64>) -> TableCell<'c> {
    let mut sessions = sessions;
    let mut shown: Vec<String> =
        sessions.by_ref().take(LISTED).map(|session| session.to_string()).collect();
    let more = sessions.count();
    if more > 0 {
        shown.push(format!("and {more} more"));
    }
    match shown.is_empty() {
        true => TableCell::Empty,
        false => TableCell::Text(shown.join(" ").into()),
    }
}
