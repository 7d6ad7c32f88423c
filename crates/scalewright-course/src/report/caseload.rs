//! The page about all respondents.

use std::fmt::Write;

use scalewright_model::Choice;

use super::markup::{html, page as frame, short};
use crate::course::{Course, Known, Line};
use crate::drops::{Outcome, worst};
use crate::judge::{Found, Judge, Judgement};
use crate::series::RowSeries;

/// The page, with links to those of the respondents.
pub(super) fn page(course: &Course<'_>, people: &[&[RowSeries]], names: &[String]) -> String {
    let judge = Judge { criteria: &course.criteria, choices: course.choices };
    let known: Vec<Vec<Known>> = (0..course.scales.len()).map(|at| course.known(at)).collect();
    let mut body = "<table><caption>Series</caption>\n<tr><th scope=\"col\">respondent</th>\
        <th scope=\"col\">form</th><th scope=\"col\">scale</th><th scope=\"col\">course</th>\
        <th scope=\"col\" class=\"n\">sessions</th><th scope=\"col\" class=\"n\">first</th>\
        <th scope=\"col\" class=\"n\">last</th><th scope=\"col\">change</th><th scope=\"col\">drops</th></tr>\n"
        .to_owned();
    for (series, file) in people.iter().zip(names) {
        for one in *series {
            for (scale, known) in known.iter().enumerate() {
                let line = course.line(one, scale);
                let found = judge.judge(&line, &known[one.form as usize]);
                let _ = writeln!(
                    body,
                    "<tr><th scope=\"row\"><a href=\"{}\">{}</a></th><td>{}</td><td>{}</td>{}</tr>",
                    html(file),
                    html(course.person(series)),
                    html(&course.rating(one)),
                    html(&course.scale(scale).title),
                    cells(course, &line, &found)
                );
            }
        }
    }
    body.push_str("</table>\n<p class=\"note\">Drops are those of each criterion that found any, with the outcome of the \
        series: unrepaired if any drop is, else repaired, else censored.</p>\n");
    frame(&format!("{}: all respondents", course.instrument.title), &body)
}

fn cells(course: &Course<'_>, line: &Line, found: &Judgement) -> String {
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
    format!(
        "<td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td>{}</td><td>{}</td>",
        spark(line),
        line.scores.len(),
        number(line.scores.first()),
        number(line.scores.last()),
        html(&change.join("; ")),
        html(&drops.join("; "))
    )
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
        "<svg class=\"spark\" viewBox=\"0 0 120 28\" aria-hidden=\"true\"><path d=\"{path}\" fill=\"none\" stroke=\"#0b4f8a\" stroke-width=\"1.5\"/></svg>"
    )
}
