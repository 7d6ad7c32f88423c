//! The table of variance within and between persons.

use std::io::Result;

use scalewright_tables::{TableCell, TableColumn, TableWriter, ValueKind};

use super::head::{columns as of, count, number, text};
use crate::change::cutoffs;
use crate::course::{Course, Known, Line};
use crate::numbers::correlation;
use crate::within::{Paired, Variance, paired};

pub(super) fn columns() -> Vec<TableColumn> {
    let mut all = of(ValueKind::Text, &["scale", "form"]);
    all.extend(of(ValueKind::Whole, &["series", "scores"]));
    all.extend(of(ValueKind::Number, &["mean_square_between", "mean_square_within"]));
    all.extend(of(ValueKind::Number, &["icc", "icc_mean_size", "icc_of_means"]));
    all.extend(of(ValueKind::Number, &["pooled_sd", "first_sd", "sd", "reliability", "sem"]));
    all.extend(of(ValueKind::Number, &["reliable_change"]));
    all.extend(of(ValueKind::Number, &["cutoff_a", "cutoff_b", "cutoff_c", "cutoff_used"]));
    all.extend(of(ValueKind::Whole, &["outcome_pairs"]));
    all.extend(of(ValueKind::Number, &["outcome_r", "outcome_r_within", "outcome_r_between"]));
    all.extend(of(ValueKind::Number, &["outcome_r_detrended"]));
    all.extend(of(ValueKind::Whole, &["outcome_lagged_pairs"]));
    all.extend(of(ValueKind::Number, &["outcome_r_lagged"]));
    all
}

pub(super) fn rows(course: &Course<'_>, writer: &mut TableWriter) -> Result<()> {
    for scale in 0..course.scales.len() {
        let known = course.known(scale);
        for form in course.forms() {
            let known = &known[form as usize];
            let of_form = course.ordered.series.iter().filter(|series| series.form == form);
            let lines: Vec<Line> = of_form.map(|series| course.line(series, scale)).collect();
            let variance = Variance::of(lines.iter().map(|line| line.scores.as_slice()));
            let change =
                known.group.map(|group| crate::numbers::QUANTILE * group.error_of_difference());
            let mut row = vec![
                text(&course.scale(scale).id),
                text(course.sheet.forms.name(form)),
                count(lines.len()),
                count(lines.iter().map(|line| line.scores.len()).sum()),
                number(variance.map(|variance| variance.between)),
                number(variance.map(|variance| variance.within)),
                number(variance.map(|variance| variance.icc())),
                number(variance.map(|variance| variance.icc_by_mean())),
                number(variance.map(|variance| variance.icc_of_means())),
                number(known.sample.pooled_sd),
                number(known.sample.first_sd),
                number(known.group.map(|group| group.sd)),
                number(known.group.map(|group| group.reliability)),
                number(known.group.map(|group| group.sem())),
                number(change),
            ];
            row.extend(cutoff_cells(known));
            row.extend(outcome_cells(course, (scale, form)));
            writer.row(&row)?;
        }
    }
    Ok(())
}

/// The cut-offs a and b, which need one population each, and c, which needs both.
fn cutoff_cells<'c>(known: &Known) -> [TableCell<'c>; 4] {
    let pair = |one: Option<crate::criteria::Population>| one.map(|one| (one.mean, one.sd));
    let (clinical, functional) = (pair(known.facts.clinical), pair(known.facts.functional));
    let better = known.better;
    let a = clinical.zip(better).map(|(one, better)| cutoffs(one, one, better).a);
    let b = functional.zip(better).map(|(one, better)| cutoffs(one, one, better).b);
    let both = clinical.zip(functional).zip(better);
    let c = both.map(|((one, other), better)| cutoffs(one, other, better).c);
    [number(a), number(b), number(c), number(known.cutoff)]
}

/// Correlations with the outcome of the same session, and of the next one.
fn outcome_cells<'c>(course: &Course<'_>, (scale, form): (usize, u32)) -> Vec<TableCell<'c>> {
    let series = course.of_form(form).into_iter();
    let pairs = series.map(|series| course.with_outcomes(series, scale));
    let Paired { parts, detrended, lagged } = paired(pairs);
    if parts.pairs == 0 {
        return vec![TableCell::Empty; 7];
    }
    vec![
        count(parts.pairs),
        number(parts.total),
        number(parts.within),
        number(parts.between),
        number(detrended),
        count(lagged.0.len()),
        number(correlation(&lagged.0, &lagged.1)),
    ]
}
