//! The table with a row for each drop, mark and sudden change.

use std::io::Result;

use scalewright_model::Choice;
use scalewright_tables::{TableCell, TableColumn, TableWriter, ValueKind};

use super::head::{columns as of, head, name, number, text, truth, whole};
use crate::course::{Course, Known, Line};
use crate::judge::{Found, Judge};

pub(super) fn columns() -> Vec<TableColumn> {
    let mut all = head();
    let (whole, numbers) = (ValueKind::Whole, ValueKind::Number);
    all.extend(of(ValueKind::Text, &["scale", "criterion", "kind"]));
    all.extend(of(numbers, &["need"]));
    all.extend(of(whole, &["base_session"]));
    all.extend(of(numbers, &["base"]));
    all.extend(of(whole, &["drop_session"]));
    all.extend(of(numbers, &["drop"]));
    all.extend(of(whole, &["trough_session"]));
    all.extend(of(numbers, &["trough"]));
    all.extend(of(ValueKind::Text, &["outcome"]));
    all.extend(of(whole, &["repair_session"]));
    all.extend(of(ValueKind::Truth, &["reversed"]));
    all
}

pub(super) fn rows(course: &Course<'_>, writer: &mut TableWriter) -> Result<()> {
    let known: Vec<Vec<Known>> = (0..course.scales.len()).map(|at| course.known(at)).collect();
    let judge = Judge { criteria: &course.criteria, choices: course.choices };
    for series in &course.ordered.series {
        for (scale, known) in known.iter().enumerate() {
            let line = course.line(series, scale);
            let found = judge.judge(&line, &known[series.form as usize]);
            for (rule, rupture) in course.criteria.rupture.iter().zip(&found.ruptures) {
                let Ok((need, rupture)) = rupture else { continue };
                for tail in tails(rupture, &line) {
                    let mut row = name(course, series);
                    row.push(text(&course.scale(scale).id));
                    row.push(text(&rule.id));
                    row.push(text(rule.text().0));
                    row.push(number(Some(*need).filter(|need| *need > 0.0)));
                    row.extend(tail);
                    writer.row(&row)?;
                }
            }
        }
    }
    Ok(())
}

/// The cells of each episode after those that name it.
fn tails(found: &Found, line: &Line) -> Vec<Vec<TableCell<'static>>> {
    let session = |at: usize| TableCell::Whole(line.sessions[at]);
    let score = |at: usize| TableCell::Number(line.scores[at]);
    let empty = || TableCell::Empty;
    match found {
        Found::Drops(drops) => drops
            .iter()
            .map(|one| {
                let drop = (one.base - line.scores[one.drop]).abs();
                vec![
                    session(one.onset),
                    TableCell::Number(one.base),
                    session(one.drop),
                    TableCell::Number(drop),
                    session(one.trough_at),
                    TableCell::Number(one.trough),
                    text(one.outcome.name()),
                    whole(one.repair.map(|at| line.sessions[at])),
                    empty(),
                ]
            })
            .collect(),
        Found::Marks(chart, marks) => marks
            .iter()
            .map(|at| {
                let centre = TableCell::Number(chart.centre);
                let drop = TableCell::Number((chart.centre - line.scores[*at]).abs());
                let (at, score) = (session(*at), score(*at));
                vec![empty(), centre, at.clone(), drop, at, score, empty(), empty(), empty()]
            })
            .collect(),
        Found::Sudden(all) => all
            .iter()
            .filter(|one| one.sudden == Some(true))
            .filter_map(|one| {
                let at = line.sessions.iter().position(|session| *session == one.from)?;
                let drop = TableCell::Number((line.scores[at] - line.scores[at + 1]).abs());
                let (after, later) = (session(at + 1), score(at + 1));
                let from = vec![session(at), score(at), after.clone(), drop, after, later];
                Some(from.into_iter().chain([empty(), empty(), truth(one.reversed)]).collect())
            })
            .collect(),
    }
}
