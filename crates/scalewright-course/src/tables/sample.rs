//! The table of variance within and between persons.

use std::io::Result;

use scalewright_tables::{TableColumn, TableWriter, ValueKind};

use super::head::{columns as of, count, number, text};
use crate::course::{Course, Line};
use crate::within::Variance;

pub(super) fn columns() -> Vec<TableColumn> {
    let mut all = of(ValueKind::Text, &["scale", "form"]);
    all.extend(of(ValueKind::Whole, &["series", "scores"]));
    all.extend(of(ValueKind::Number, &["mean_square_between", "mean_square_within"]));
    all.extend(of(ValueKind::Number, &["icc", "icc_mean_size", "icc_of_means"]));
    all.extend(of(ValueKind::Number, &["pooled_sd", "first_sd", "sd", "reliability", "sem"]));
    all.extend(of(ValueKind::Number, &["reliable_change"]));
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
            writer.row(&[
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
            ])?;
        }
    }
    Ok(())
}
