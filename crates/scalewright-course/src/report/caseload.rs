//! The page about all respondents.

use std::fmt::Write;

use scalewright_model::Choice;

use super::content::{Block, Cell, Column, Page, Table};
use super::markup::short;
use crate::course::{Course, Known, Line};
use crate::drops::{Outcome, worst};
use crate::judge::{Found, Judge, Judgement};
use crate::series::RowSeries;

/// The page, with links to those of the respondents.
pub(super) fn page(
    course: &Course<'_>,
    people: &[&[RowSeries]],
    names: &[String],
    name: String,
) -> Page {
    let judge = Judge { criteria: &course.criteria, choices: course.choices };
    let known: Vec<Vec<Known>> = (0..course.scales.len()).map(|at| course.known(at)).collect();
    let mut rows = Vec::new();
    for (series, page) in people.iter().zip(names) {
        for one in *series {
            for (scale, known) in known.iter().enumerate() {
                let line = course.line(one, scale);
                let found = judge.judge(&line, &known[one.form as usize]);
                let text = course.person(series).to_owned();
                let mut row = vec![
                    Cell::Link { text, page: page.clone() },
                    Cell::text(course.rating(one)),
                    Cell::text(&course.scale(scale).title),
                ];
                row.extend(cells(course, &line, &found));
                rows.push(row);
            }
        }
    }
    let columns = ["respondent", "form", "scale", "course"].map(Column::text).into_iter();
    let columns = columns.chain(["sessions", "first", "last"].map(Column::number));
    let columns = columns.chain(["change", "drops"].map(Column::text)).collect();
    let table = Table { caption: "Series".to_owned(), columns, rows };
    let blocks = vec![Block::Table(table), Block::Note { text: NOTE.to_owned() }];
    Page { name, title: format!("{}: all respondents", course.instrument.title), blocks }
}

const NOTE: &str = "Drops are those of each criterion that found any, with the outcome of the series: unrepaired if any \
drop is, else repaired, else censored.";

fn cells(course: &Course<'_>, line: &Line, found: &Judgement) -> [Cell; 6] {
    let number = |score: Option<&f64>| score.map(|score| short(*score)).unwrap_or_default();
    let change = course.criteria.change.iter().zip(&found.change);
    let change: Vec<String> = change
        .map(|(rule, change)| match change {
            Ok(change) => format!("{}: {}", rule.id, change.meaning),
            Err(_) => format!("{}: not judged", rule.id),
        })
        .collect();
    let drops: Vec<String> = Outcome::ALL
        .iter()
        .filter_map(|outcome| {
            let ids = with_outcome(course, found, *outcome);
            (!ids.is_empty()).then(|| format!("{}: {}", outcome.name(), ids.join(", ")))
        })
        .collect();
    [
        Cell::Spark { svg: spark(line) },
        Cell::text(line.scores.len().to_string()),
        Cell::text(number(line.scores.first())),
        Cell::text(number(line.scores.last())),
        Cell::text(change.join("; ")),
        Cell::text(drops.join("; ")),
    ]
}

/// The criteria whose worst drop has this outcome.
fn with_outcome<'c>(course: &'c Course<'_>, found: &Judgement, outcome: Outcome) -> Vec<&'c str> {
    let all = course.criteria.rupture.iter().zip(&found.ruptures);
    let is_meant = |one: &Found| match one {
        Found::Drops(drops) => worst(drops) == Some(outcome),
        Found::Marks(..) | Found::Sudden(_) => false,
    };
    let meant = all.filter(|(_, one)| one.as_ref().is_ok_and(|(_, one)| is_meant(one)));
    meant.map(|(rule, _)| rule.id.as_str()).collect()
}

/// A small picture of a series. The numbers beside it say the same.
fn spark(line: &Line) -> String {
    let (Some(first), Some(last)) = (line.sessions.first(), line.sessions.last()) else {
        return String::new();
    };
    let low = line.scores.iter().copied().fold(f64::INFINITY, f64::min);
    let high = line.scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let (width, height) = ((last - first).max(1) as f64, (high - low).max(f64::MIN_POSITIVE));
    let mut path = String::new();
    let points: Vec<(i64, f64)> =
        line.sessions.iter().copied().zip(line.scores.iter().copied()).collect();
    for run in points.chunk_by(|a, b| b.0 - a.0 == 1) {
        for (place, (session, score)) in run.iter().enumerate() {
            let x = 3.0 + 114.0 * (session - first) as f64 / width;
            let y = 23.0 - 18.0 * (score - low) / height;
            let _ = write!(path, "{}{x:.1} {y:.1}", if place == 0 { "M" } else { "L" });
            if run.len() == 1 {
                path.push_str("h3");
            }
        }
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 120 28\" aria-hidden=\"true\"><path d=\"{path}\" fill=\"none\" stroke=\"#0b4f8a\" stroke-width=\"1.5\"/></svg>"
    )
}
