//! The mean of several raters of one form, as a further series. Only sessions that every rater scored are in it.

use std::collections::BTreeMap;

use crate::numbers::mean;
use crate::series::{Ordered, RowSeries};
use crate::sheet::{Row, Sheet};

/// The rater of the further series.
pub(crate) const AVERAGE: &str = "mean of raters";

/// Adds a series for each form of a respondent that several raters have.
pub(crate) fn average(sheet: &mut Sheet, ordered: Ordered) -> Ordered {
    let Ordered { mut order, series } = ordered;
    let rater = sheet.raters.number(AVERAGE);
    let mut all = Vec::with_capacity(series.len());
    for of_form in series.chunk_by(|a, b| (a.respondent, a.form) == (b.respondent, b.form)) {
        all.extend(of_form.iter().cloned());
        if of_form.len() < 2 {
            continue;
        }
        let start = order.len();
        for rows in shared(sheet, &order, of_form) {
            order.push(mean_row(sheet, &rows, rater));
        }
        let (respondent, form) = (of_form[0].respondent, of_form[0].form);
        if order.len() > start {
            all.push(RowSeries { respondent, form, rater, rows: start..order.len() });
        }
    }
    Ordered { order, series: all }
}

/// The rows of each session that all the series have, in the order of the sessions.
fn shared(sheet: &Sheet, order: &[u32], series: &[RowSeries]) -> Vec<Vec<u32>> {
    let mut sessions: BTreeMap<i32, Vec<u32>> = BTreeMap::new();
    for at in series.iter().flat_map(|one| &order[one.rows.clone()]) {
        sessions.entry(sheet.rows[*at as usize].session).or_default().push(*at);
    }
    sessions.into_values().filter(|rows| rows.len() == series.len()).collect()
}

/// Adds a row with the means of the scores of `rows`, and returns its position. A scale that one of them lacks is missing.
fn mean_row(sheet: &mut Sheet, rows: &[u32], rater: u32) -> u32 {
    let first: Row = sheet.rows[rows[0] as usize];
    for scale in &mut sheet.scores {
        let scores: Vec<f64> = rows.iter().map(|at| scale.scores[*at as usize]).collect();
        let prorated = rows.iter().any(|at| scale.prorated[*at as usize]);
        // NaN marks a missing score, and a mean with it is NaN.
        scale.scores.push(mean(&scores).unwrap_or(f64::NAN));
        scale.prorated.push(prorated);
    }
    if let Some(outcome) = sheet.outcomes.get(rows[0] as usize).copied() {
        sheet.outcomes.push(outcome);
    }
    sheet.rows.push(Row { rater, ..first });
    (sheet.rows.len() - 1) as u32
}
