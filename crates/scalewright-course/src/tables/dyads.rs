//! The table of agreement between two forms or raters.

use std::io::Result;

use scalewright_tables::{TableCell, TableColumn, TableWriter, ValueKind};

use super::head::{columns as of, count, number, text};
use crate::agreement::{concordance, icc, limits, repeated_limits};
use crate::course::Course;
use crate::numbers::{correlation, mean};
use crate::pairs::{Dyad, Sides};
use crate::within::{Parts, parts};

pub(super) fn columns() -> Vec<TableColumn> {
    let mut all = of(ValueKind::Text, &["scale", "form_1", "rater_1", "form_2", "rater_2"]);
    all.extend(of(ValueKind::Text, &["level", "respondent"]));
    all.extend(of(ValueKind::Whole, &["dyads", "pairs", "unpaired"]));
    all.extend(of(ValueKind::Number, &["mean_difference", "mean_absolute_difference", "r"]));
    all.extend(of(ValueKind::Number, &["limit_lower", "limit_upper"]));
    all.extend(of(ValueKind::Number, &["limit_repeated_lower", "limit_repeated_upper"]));
    all.extend(of(ValueKind::Number, &["icc_a_1", "icc_c_1", "icc_1_1", "concordance"]));
    all.extend(of(ValueKind::Number, &["concordance_lower", "concordance_upper"]));
    all.extend(of(ValueKind::Number, &["r_within", "r_between"]));
    all.extend(of(ValueKind::Text, &["not_judged"]));
    all
}

pub(super) fn rows(course: &Course<'_>, writer: &mut TableWriter) -> Result<()> {
    for scale in 0..course.scales.len() {
        for (sides, dyads) in course.dyads(scale) {
            for dyad in &dyads {
                let respondent = course.sheet.people.name(dyad.respondent);
                let mut row = head(course, scale, sides, ("dyad", respondent));
                row.extend([TableCell::Empty, count(dyad.first.len()), count(dyad.unpaired)]);
                row.extend(of_dyad(dyad));
                writer.row(&row)?;
            }
            whole(course, (scale, sides), &dyads, writer)?;
        }
    }
    Ok(())
}

/// The cells that name a scale and two forms with their raters.
pub(super) fn names<'c>(course: &'c Course<'_>, scale: usize, sides: Sides) -> Vec<TableCell<'c>> {
    let mut row = vec![text(&course.scale(scale).id)];
    for (form, rater) in sides {
        row.extend([text(course.sheet.forms.name(form)), text(course.sheet.raters.name(rater))]);
    }
    row
}

fn head<'c>(
    course: &'c Course<'_>,
    scale: usize,
    sides: Sides,
    (level, respondent): (&'static str, &'c str),
) -> Vec<TableCell<'c>> {
    let mut row = names(course, scale, sides);
    row.extend([text(level), text(respondent)]);
    row
}

/// The differences of the second from the first.
fn differences(first: &[f64], second: &[f64]) -> Vec<f64> {
    first.iter().zip(second).map(|(first, second)| second - first).collect()
}

fn absolute(differences: &[f64]) -> Option<f64> {
    mean(&differences.iter().map(|one| one.abs()).collect::<Vec<f64>>())
}

/// The cells of one dyad. Correlations within a dyad need three pairs, and no p value: sessions are not independent.
fn of_dyad<'c>(dyad: &Dyad) -> Vec<TableCell<'c>> {
    let apart = differences(&dyad.first, &dyad.second);
    let r = correlation(&dyad.first, &dyad.second).filter(|_| apart.len() >= 3);
    let mut cells = vec![number(mean(&apart)), number(absolute(&apart)), number(r)];
    cells.resize(cells.len() + 12, TableCell::Empty);
    cells.push(match (apart.len(), r) {
        (_, Some(_)) => TableCell::Empty,
        (0..3, None) => TableCell::Text(format!("r: {} pairs, 3 needed", apart.len()).into()),
        (_, None) => text("r: one side does not vary"),
    });
    cells
}

/// The rows of all pairs, and of the means of the dyads.
fn whole(
    course: &Course<'_>,
    (scale, sides): (usize, Sides),
    dyads: &[Dyad],
    writer: &mut TableWriter,
) -> Result<()> {
    let paired: Vec<&Dyad> = dyads.iter().filter(|dyad| !dyad.first.is_empty()).collect();
    let all = |side: fn(&Dyad) -> &Vec<f64>| -> Vec<f64> {
        paired.iter().flat_map(|dyad| side(dyad).iter().copied()).collect()
    };
    let means = |side: fn(&Dyad) -> &Vec<f64>| -> Vec<f64> {
        paired.iter().filter_map(|dyad| mean(side(dyad))).collect()
    };
    let unpaired = dyads.iter().map(|dyad| dyad.unpaired).sum();
    let pairs: Vec<(Vec<f64>, Vec<f64>)> =
        paired.iter().map(|dyad| (dyad.first.clone(), dyad.second.clone())).collect();
    let apart: Vec<Vec<f64>> = pairs.iter().map(|(one, two)| differences(one, two)).collect();
    let repeated = repeated_limits(&apart).map(|limits| limits.limits);
    let tracking = parts(&pairs);
    for (level, x, y) in [
        ("pairs", all(|dyad| &dyad.first), all(|dyad| &dyad.second)),
        ("means", means(|dyad| &dyad.first), means(|dyad| &dyad.second)),
    ] {
        let of_pairs = level == "pairs";
        let mut row = head(course, scale, sides, (level, ""));
        row.extend([count(paired.len()), count(x.len())]);
        row.push(if of_pairs { count(unpaired) } else { TableCell::Empty });
        let repeated = repeated.filter(|_| of_pairs);
        let tracking = Some(&tracking).filter(|_| of_pairs);
        row.extend(of_all(&x, &y, repeated, tracking));
        writer.row(&row)?;
    }
    Ok(())
}

fn of_all<'c>(
    x: &[f64],
    y: &[f64],
    repeated: Option<(f64, f64)>,
    tracking: Option<&Parts>,
) -> Vec<TableCell<'c>> {
    let apart = differences(x, y);
    let (limits, icc) = (limits(&apart).map(|one| one.limits), icc(x, y));
    let lin = concordance(x, y);
    let interval = lin.and_then(|lin| lin.error).map(|(_, interval)| interval);
    let mut cells = vec![number(mean(&apart)), number(absolute(&apart)), number(correlation(x, y))];
    for one in [limits, repeated] {
        cells.extend([number(one.map(|one| one.0)), number(one.map(|one| one.1))]);
    }
    cells.extend([
        number(icc.map(|icc| icc.agreement)),
        number(icc.map(|icc| icc.consistency)),
        number(icc.map(|icc| icc.one_way)),
        number(lin.map(|lin| lin.value)),
        number(interval.map(|interval| interval.0)),
        number(interval.map(|interval| interval.1)),
        number(tracking.and_then(|parts| parts.within)),
        number(tracking.and_then(|parts| parts.between)),
    ]);
    cells.push(match lin {
        Some(_) => TableCell::Empty,
        None => TableCell::Text(
            format!(
                "agreement: pairs: {}; at least 2 are needed, and both sides must vary",
                x.len()
            )
            .into(),
        ),
    });
    cells
}
