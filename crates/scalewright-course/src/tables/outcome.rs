//! The table of early scores and an outcome.

use std::io::Result;

use scalewright_tables::{TableCell, TableColumn, TableWriter, ValueKind};

use super::head::{columns as of, count, number, text};
use crate::course::Course;
use crate::numbers::correlation;
use crate::sessions::{early, early_mean};
use crate::within::prediction;

pub(super) fn columns() -> Vec<TableColumn> {
    let mut all = of(ValueKind::Text, &["scale", "form", "score"]);
    all.extend(of(ValueKind::Whole, &["respondents"]));
    all.extend(of(ValueKind::Number, &["r_last"]));
    all.extend(of(ValueKind::Whole, &["respondents_with_first"]));
    all.extend(of(ValueKind::Number, &["r_last_residual", "r_last_partial", "r_change"]));
    all.extend(of(ValueKind::Text, &["not_judged"]));
    all
}

/// The early score of a respondent, with the first and the last outcome.
struct Person {
    early: f64,
    last: f64,
    pair: Option<(f64, f64)>,
}

pub(super) fn rows(course: &Course<'_>, writer: &mut TableWriter) -> Result<()> {
    for scale in 0..course.scales.len() {
        for form in course.forms() {
            for is_mean in [false, true] {
                let people = people(course, (scale, form), is_mean);
                let mut row = vec![
                    text(&course.scale(scale).id),
                    text(course.sheet.forms.name(form)),
                    text(if is_mean { "mean-of-1-to-5" } else { "early" }),
                ];
                row.extend(cells(course, &people));
                writer.row(&row)?;
            }
        }
    }
    Ok(())
}

/// The respondents with an early score and an outcome. Those with several raters are left out, unless averaged.
fn people(course: &Course<'_>, (scale, form): (usize, u32), is_mean: bool) -> Vec<Person> {
    let of_form = course.of_form(form);
    let person = |series: &&crate::series::RowSeries| {
        let line = course.line(series, scale);
        let score = match is_mean {
            true => early_mean(&line.sessions, &line.scores),
            false => early(&line.sessions, course.criteria.early).map(|at| line.scores[at]),
        };
        let last = course.outcomes.last(series.respondent)?;
        Some(Person { early: score?, last, pair: course.outcomes.pair(series.respondent) })
    };
    of_form.iter().filter_map(person).collect()
}

/// The fewest respondents for a correlation.
const LEAST: usize = 3;

fn cells<'c>(course: &Course<'_>, people: &[Person]) -> Vec<TableCell<'c>> {
    let early: Vec<f64> = people.iter().map(|one| one.early).collect();
    let last: Vec<f64> = people.iter().map(|one| one.last).collect();
    let with_first: Vec<(f64, (f64, f64))> =
        people.iter().filter_map(|one| Some((one.early, one.pair?))).collect();
    let of =
        |take: fn(&(f64, (f64, f64))) -> f64| -> Vec<f64> { with_first.iter().map(take).collect() };
    let found = prediction(&of(|one| one.0), &of(|one| one.1.0), &of(|one| one.1.1));
    let is_enough = with_first.len() > LEAST;
    let finite = |r: Option<f64>| number(r.filter(|r| r.is_finite()).filter(|_| is_enough));
    let r = correlation(&early, &last).filter(|_| people.len() >= LEAST);
    let why = match (course.outcomes.is_empty(), r) {
        (true, _) => "there is no outcome; name one with `--outcome`",
        (_, None) => "fewer than 3 respondents with both, or one side does not vary",
        (_, Some(_)) if !is_enough => "fewer than 4 respondents have a first and a last outcome",
        _ => "",
    };
    vec![
        count(people.len()),
        number(r),
        count(with_first.len()),
        finite(found.semipartial),
        finite(found.partial),
        finite(found.change),
        text(why),
    ]
}
