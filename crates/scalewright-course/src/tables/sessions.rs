//! The table with a row for each session and scale.

use std::io::Result;

use scalewright_tables::{TableCell, TableColumn, TableWriter, ValueKind};

use super::head::{columns as of, head, name, number, of_id, text, truth, whole};
use crate::bands::{bands, corridor_of};
use crate::course::{Course, Known};
use crate::dates;
use crate::judge::{Found, Judge, Judgement, meaning};
use crate::numbers::mean;
use crate::sheet::UNKNOWN;
use crate::within::lagged;

pub(super) fn columns(course: &Course<'_>) -> Vec<TableColumn> {
    let mut all = head();
    let numbers = ValueKind::Number;
    all.extend(of(ValueKind::Whole, &["session"]));
    all.extend(of(ValueKind::Text, &["date"]));
    all.extend(of(ValueKind::Whole, &["days", "row"]));
    all.extend(of(ValueKind::Text, &["scale"]));
    all.extend(of(numbers, &["score"]));
    all.extend(of(ValueKind::Truth, &["prorated"]));
    all.extend(of(numbers, &["change"]));
    for rule in &course.criteria.change {
        let id = of_id(&rule.id);
        all.extend(of(numbers, &[&format!("change_{id}_index")]));
        all.extend(of(ValueKind::Text, &[&format!("change_{id}")]));
    }
    all.extend(of(numbers, &["observed_lower", "observed_upper", "corridor_lower"]));
    all.extend(of(numbers, &["corridor_upper", "true_score", "true_lower", "true_upper"]));
    all.extend(of(numbers, &["next_lower", "next_upper", "person_mean", "within", "lag"]));
    for rule in &course.criteria.rupture {
        all.extend(of(ValueKind::Text, &[&format!("episode_{}", of_id(&rule.id))]));
    }
    all
}

pub(super) fn rows(course: &Course<'_>, writer: &mut TableWriter) -> Result<()> {
    let known: Vec<Vec<Known>> = (0..course.scales.len()).map(|at| course.known(at)).collect();
    let judge = Judge { criteria: &course.criteria, choices: course.choices };
    for series in &course.ordered.series {
        let first_day = course.first_day(series.respondent);
        for (scale, known) in known.iter().enumerate() {
            of_series(
                course,
                (series, scale),
                (&judge, &known[series.form as usize]),
                first_day,
                writer,
            )?;
        }
    }
    Ok(())
}

fn of_series(
    course: &Course<'_>,
    (series, scale): (&crate::series::RowSeries, usize),
    (judge, known): (&Judge<'_>, &Known),
    first_day: Option<i32>,
    writer: &mut TableWriter,
) -> Result<()> {
    let line = course.line(series, scale);
    let found = judge.judge(&line, known);
    let (scores, rows) = (course.scores(series, scale), course.rows(series));
    let before = judge.before(&line);
    let average = mean(&line.scores);
    let lags = lagged(&line.sessions, &line.scores);
    let corridor = before
        .zip(known.group)
        .map(|(before, group)| corridor_of(before, judge.choices.baseline, &group));
    let mut place = 0;
    for (row, (score, prorated)) in rows.iter().zip(scores) {
        let at = line.at.get(place).copied().filter(|_| score.is_some());
        let scored = at.map(|_| place);
        place += usize::from(at.is_some());
        let day = Some(row.day).filter(|day| *day != UNKNOWN);
        let mut cells = name(course, series);
        cells.push(TableCell::Whole(i64::from(row.session)));
        cells.push(day.map_or(TableCell::Empty, |day| TableCell::Text(dates::text(day).into())));
        cells.push(whole(day.zip(first_day).map(|(day, first)| i64::from(day - first))));
        cells.push(TableCell::Whole(i64::from(row.number)));
        cells.push(text(&course.scale(scale).id));
        cells.push(number(score));
        cells.push(truth(score.map(|_| prorated)));
        let later = scored.filter(|at| *at >= judge.choices.baseline);
        let pair = later.and(before.zip(score));
        cells.push(number(pair.map(|(before, score)| score - before)));
        for rule in &course.criteria.change {
            let index = pair.and_then(|pair| judge.index(rule, pair, known).ok());
            let word = pair.zip(index).map(|(pair, index)| meaning(rule, pair, index, known));
            cells.push(number(index));
            cells.push(word.map_or(TableCell::Empty, text));
        }
        cells.extend(intervals(score, known, corridor));
        cells.push(number(average.filter(|_| score.is_some())));
        cells.push(number(score.zip(average).map(|(score, mean)| score - mean)));
        cells.push(number(scored.and_then(|at| lags[at])));
        for at in 0..course.criteria.rupture.len() {
            cells.push(text(scored.map_or("", |scored| role(&found, at, scored, &line.sessions))));
        }
        writer.row(&cells)?;
    }
    Ok(())
}

/// The intervals around a score, and its estimated true score.
fn intervals<'c>(
    score: Option<f64>,
    known: &Known,
    corridor: Option<(f64, f64)>,
) -> Vec<TableCell<'c>> {
    let all = score.zip(known.group).map(|(score, group)| bands(score, &group));
    let truth = all.and_then(|all| all.truth);
    let pair = |interval: Option<(f64, f64)>| {
        [number(interval.map(|one| one.0)), number(interval.map(|one| one.1))]
    };
    let mut cells = pair(all.map(|all| all.observed)).to_vec();
    cells.extend(pair(corridor.filter(|_| score.is_some())));
    cells.push(number(truth.map(|truth| truth.score)));
    cells.extend(pair(truth.map(|truth| truth.interval)));
    cells.extend(pair(truth.map(|truth| truth.next)));
    cells
}

/// The role of a session in what a criterion found.
fn role(found: &Judgement, rule: usize, at: usize, sessions: &[i64]) -> &'static str {
    match &found.ruptures[rule] {
        Err(_) => "",
        Ok((_, Found::Drops(drops))) => {
            let roles = drops.iter().rev().find_map(|one| {
                let of = [(one.drop, "drop"), (one.trough_at, "trough"), (one.onset, "base")];
                let repair = one.repair.map(|repair| (repair, "repair"));
                let mut of = of.into_iter().chain(repair);
                of.find(|(place, _)| *place == at).map(|(_, role)| role)
            });
            roles.unwrap_or_default()
        }
        Ok((_, Found::Marks(_, marks))) => {
            if marks.contains(&at) {
                "outside"
            } else {
                ""
            }
        }
        Ok((_, Found::Sudden(all))) => {
            let before = at.checked_sub(1).map(|before| sessions[before]);
            let meant = all.iter().find(|one| Some(one.from) == before && one.sudden == Some(true));
            if meant.is_some() { "sudden" } else { "" }
        }
    }
}
