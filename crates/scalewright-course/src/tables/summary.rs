//! The table with a row for each series and scale.

use std::io::Result;

use scalewright_model::Choice;
use scalewright_tables::{TableCell, TableColumn, TableWriter, ValueKind};

use super::head::{columns as of, count, head, name, number, of_id, text, truth, whole};
use crate::change::ChangeForm;
use crate::course::{Axis, Course, Known, Line};
use crate::criteria::ChangeRule;
use crate::drops::worst;
use crate::judge::{Found, Judge, Judgement};
use crate::numbers::{deviation, mean, successive};
use crate::sessions::{early_mean, missed};
use crate::shape::Form;

pub(super) fn columns(course: &Course<'_>) -> Vec<TableColumn> {
    let mut all = head();
    let (whole, numbers) = (ValueKind::Whole, ValueKind::Number);
    all.extend(of(ValueKind::Text, &["scale"]));
    all.extend(of(whole, &["rows", "scored", "unscored", "prorated", "first_session"]));
    all.extend(of(whole, &["last_session", "missed_between", "longest_gap"]));
    all.extend(of(numbers, &["first_score", "last_score", "mean", "sd", "rmssd", "baseline"]));
    all.extend(of(numbers, &["change"]));
    for rule in &course.criteria.change {
        let id = of_id(&rule.id);
        all.extend(of(numbers, &[&format!("change_{id}_index")]));
        all.extend(of(ValueKind::Text, &[&format!("change_{id}")]));
    }
    for rule in &course.criteria.rupture {
        let id = of_id(&rule.id);
        all.extend(of(whole, &[&format!("episodes_{id}")]));
        all.extend(of(ValueKind::Text, &[&format!("episodes_{id}_outcome")]));
    }
    all.extend(of(whole, &["early_session"]));
    all.extend(of(numbers, &["early_score", "early_mean", "early_change", "early_change_index"]));
    all.extend(of(ValueKind::Text, &["shape"]));
    all.extend(of(
        numbers,
        match course.choices.axis {
            Axis::Sessions => &["slope_per_session", "vertex_session"],
            Axis::Days => &["slope_per_week", "vertex_day"],
        },
    ));
    all.extend(of(ValueKind::Truth, &["high_low_high"]));
    all.extend(of(ValueKind::Text, &["change_points"]));
    all.extend(of(ValueKind::Truth, &["runs_signal"]));
    all.extend(of(ValueKind::Text, &["not_judged"]));
    all
}

pub(super) fn rows(course: &Course<'_>, writer: &mut TableWriter) -> Result<()> {
    let known: Vec<Vec<Known>> = (0..course.scales.len()).map(|at| course.known(at)).collect();
    let judge = Judge { criteria: &course.criteria, choices: course.choices };
    for series in &course.ordered.series {
        for (scale, known) in known.iter().enumerate() {
            let line = course.line(series, scale);
            let found = judge.judge(&line, &known[series.form as usize]);
            let mut row = name(course, series);
            row.push(text(&course.scale(scale).id));
            let prorated =
                course.scores(series, scale).iter().filter(|(_, prorated)| *prorated).count();
            row.extend(counts(series.rows.len(), prorated, &line));
            row.extend(levels(&judge, &line));
            row.extend(judged(&found));
            row.extend(early_cells(&judge, &found, &line, &known[series.form as usize]));
            row.extend(whole_cells(&found, &line));
            let reasons = found.reasons(&course.criteria);
            row.push(text(&reasons));
            writer.row(&row)?;
        }
    }
    Ok(())
}

fn counts<'c>(rows: usize, prorated: usize, line: &Line) -> Vec<TableCell<'c>> {
    let scored = line.scores.len();
    let missed = missed(&line.sessions);
    vec![
        count(rows),
        count(scored),
        count(rows - scored),
        count(prorated),
        whole(missed.map(|missed| missed.first)),
        whole(missed.map(|missed| missed.last)),
        whole(missed.map(|missed| missed.between)),
        whole(missed.map(|missed| missed.longest)),
    ]
}

fn levels<'c>(judge: &Judge<'_>, line: &Line) -> Vec<TableCell<'c>> {
    let (first, last) = (line.scores.first().copied(), line.scores.last().copied());
    let before = judge.before(line);
    let enough = line.scores.len() > judge.choices.baseline;
    let change = last.zip(before).map(|(last, before)| last - before).filter(|_| enough);
    vec![
        number(first),
        number(last),
        number(mean(&line.scores)),
        number(deviation(&line.scores)),
        number(successive(&line.scores)),
        number(before),
        number(change),
    ]
}

fn judged<'c>(found: &Judgement) -> Vec<TableCell<'c>> {
    let mut cells = Vec::new();
    for change in &found.change {
        let change = change.as_ref().ok();
        cells.push(number(change.map(|change| change.index)));
        cells.push(change.map_or(TableCell::Empty, |change| text(change.meaning)));
    }
    for rupture in &found.ruptures {
        let (how_many, outcome) = match rupture {
            Err(_) => (None, ""),
            Ok((_, Found::Drops(drops))) => {
                (Some(drops.len()), worst(drops).map_or("none", Choice::name))
            }
            Ok((_, Found::Marks(_, marks))) => (Some(marks.len()), ""),
            Ok((_, Found::Sudden(all))) => {
                let meant = all.iter().filter(|one| one.sudden == Some(true));
                let unknown = all.iter().any(|one| one.sudden.is_none());
                (Some(meant.count()), if unknown { "some-not-judged" } else { "" })
            }
        };
        cells.push(how_many.map_or(TableCell::Empty, count));
        cells.push(text(outcome));
    }
    cells
}

/// The early score, and the change until then: a session after the baseline.
fn early_cells<'c>(
    judge: &Judge<'_>,
    found: &Judgement,
    line: &Line,
    known: &Known,
) -> [TableCell<'c>; 5] {
    let early = found.early;
    let score = early.map(|at| line.scores[at]);
    let later = early.filter(|at| *at >= judge.choices.baseline);
    let pair = later.and(judge.before(line).zip(score));
    let jt = ChangeRule { id: String::new(), form: ChangeForm::Jt, limit: 1.0 };
    [
        whole(early.map(|at| line.sessions[at])),
        number(score),
        number(early_mean(&line.sessions, &line.scores)),
        number(pair.map(|(before, after)| after - before)),
        number(pair.and_then(|pair| judge.index(&jt, pair, known).ok())),
    ]
}

/// What is found in the series as a whole.
fn whole_cells<'c>(found: &Judgement, line: &Line) -> Vec<TableCell<'c>> {
    let mut cells = Vec::new();
    let shape = found.shape.as_ref().ok();
    cells.push(shape.map_or(TableCell::Empty, |shape| text(shape.form.name())));
    cells.push(number(shape.map(|shape| shape.slope)));
    let turns = shape.filter(|shape| matches!(shape.form, Form::U | Form::InvertedU | Form::V));
    cells.push(number(turns.and_then(|shape| shape.vertex)));
    cells.push(truth(found.thirds.as_ref().ok().map(|thirds| thirds.high_low_high)));
    let points = found.change_points.as_ref().ok();
    cells.push(points.map_or(TableCell::Empty, |points| {
        let points: Vec<String> = points.iter().map(|at| line.sessions[*at].to_string()).collect();
        match points.is_empty() {
            true => text("none"),
            false => TableCell::Text(points.join(" ").into()),
        }
    }));
    cells.push(truth(found.runs.as_ref().ok().map(|runs| runs.signal())));
    cells
}
