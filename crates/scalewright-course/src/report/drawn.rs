//! What is drawn of a series.

use crate::course::{Axis, Course, Known, Line};
use crate::drops::Episode;
use crate::judge::{Found, Judge};
use crate::numbers::QUANTILE;
use crate::series::RowSeries;
use crate::sheet::{Row, UNKNOWN};

/// A series with what is drawn of it.
pub(super) struct Drawn {
    pub(super) name: String,
    pub(super) line: Line,
    /// The session or the day of each score.
    pub(super) at: Vec<i64>,
    /// Which scores are prorated.
    pub(super) prorated: Vec<bool>,
    /// The sessions or days without a score.
    pub(super) unscored: Vec<i64>,
    /// The date of each session that has one.
    pub(super) dates: Vec<(i64, i32)>,
    /// What the measurement error adds to a score on both sides, if it is drawn.
    pub(super) whisker: Option<f64>,
    pub(super) lanes: Vec<Lane>,
}

/// What one criterion found in a series.
pub(super) struct Lane {
    pub(super) criterion: String,
    pub(super) episodes: Vec<Episode>,
}

/// Collects what is drawn of a series.
pub(super) fn drawn(course: &Course<'_>, series: &RowSeries, scale: usize, known: &Known) -> Drawn {
    let judge = Judge { criteria: &course.criteria, choices: course.choices };
    let line = course.line(series, scale);
    let found = judge.judge(&line, known);
    let mut lanes = Vec::new();
    for (rule, one) in course.criteria.rupture.iter().zip(found.ruptures) {
        let Ok((_, Found::Drops(episodes))) = one else { continue };
        if !episodes.is_empty() {
            lanes.push(Lane { criterion: rule.id.clone(), episodes });
        }
    }
    let rows = course.rows(series);
    let scores = course.scores(series, scale);
    let by_days = course.choices.axis == Axis::Days && rows.iter().all(|row| row.day != UNKNOWN);
    let first = course.first_day(series.respondent).unwrap_or_default();
    let place = |row: &Row| match by_days {
        true => i64::from(row.day - first),
        false => i64::from(row.session),
    };
    let each = || rows.iter().zip(&scores);
    let dates = rows.iter().filter(|row| row.day != UNKNOWN).map(|row| (place(row), row.day));
    let scored = || each().filter(|(_, (score, _))| score.is_some());
    Drawn {
        name: course.rating(series),
        at: scored().map(|(row, _)| place(row)).collect(),
        prorated: scored().map(|(_, (_, prorated))| *prorated).collect(),
        unscored: each()
            .filter(|(_, (score, _))| score.is_none())
            .map(|(row, _)| place(row))
            .collect(),
        dates: dates.collect(),
        whisker: known
            .group
            .filter(|_| course.choices.whiskers)
            .map(|group| QUANTILE * group.sem()),
        line,
        lanes,
    }
}
