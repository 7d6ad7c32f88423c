//! The table of measured, unscored and missed sessions.

use std::collections::BTreeSet;
use std::io::Result;

use scalewright_tables::{TableCell, TableColumn, TableWriter, ValueKind};

use super::head::{columns as of, count, head, name, text, whole};
use crate::course::Course;
use crate::sessions::{Missed, missed};

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
            let absent = absent(&sessions, found);
            let unscored = sessions.iter().copied().filter(|session| !scored.contains(session));
            let mut row = name(course, series);
            row.push(text(&course.scale(scale).id));
            row.extend([count(rows.len()), count(line.scores.len())]);
            row.push(count(rows.len() - line.scores.len()));
            row.extend([whole(first), whole(last)]);
            row.push(whole(found.map(|one| one.between)));
            row.push(whole(found.map(|one| one.longest)));
            row.extend([absent, list(unscored, None)]);
            let planned = course.choices.planned.zip(sessions.last());
            row.push(whole(planned.map(|(planned, last)| (planned - last).max(0))));
            writer.row(&row)?;
        }
    }
    Ok(())
}

/// The sessions without a row between the first and the last scored one.
fn absent<'c>(sessions: &[i64], found: Option<Missed>) -> TableCell<'c> {
    let Some(found) = found else { return TableCell::Empty };
    let is_inside = |session: &&i64| (found.first..=found.last).contains(*session);
    let inside: Vec<i64> = sessions.iter().filter(is_inside).copied().collect();
    let count = inside.windows(2).map(|pair| pair[1] - pair[0] - 1).sum::<i64>();
    let gaps = inside.windows(2).flat_map(|pair| pair[0] + 1..pair[1]);
    list(gaps, Some(count))
}

/// Session numbers, with blanks between them. `count` is how many there are, if that is known.
fn list<'c>(sessions: impl Iterator<Item = i64>, count: Option<i64>) -> TableCell<'c> {
    let mut sessions = sessions;
    let mut shown: Vec<String> =
        sessions.by_ref().take(LISTED).map(|session| session.to_string()).collect();
    let more = match count {
        Some(count) => count - shown.len() as i64,
        None => sessions.count() as i64,
    };
    if more > 0 {
        shown.push(format!("and {more} more"));
    }
    match shown.is_empty() {
        true => TableCell::Empty,
        false => TableCell::Text(shown.join(" ").into()),
    }
}
