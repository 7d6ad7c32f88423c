//! The table of response surfaces: an outcome over the ratings of two forms.

use std::io::Result;

use scalewright_tables::{TableCell, TableColumn, TableWriter, ValueKind};

use super::dyads::names;
use super::head::{columns as of, count, number, text};
use crate::course::Course;
use crate::numbers::mean;
use crate::pairs::{Dyad, Sides};
use crate::surface::{Surface, surface};

pub(super) fn columns() -> Vec<TableColumn> {
    let mut all = of(ValueKind::Text, &["scale", "form_1", "rater_1", "form_2", "rater_2"]);
    all.extend(of(ValueKind::Whole, &["dyads"]));
    all.extend(of(ValueKind::Number, &["centre"]));
    all.extend(of(ValueKind::Text, &["term"]));
    all.extend(of(ValueKind::Number, &["estimate", "error", "t", "p"]));
    all.extend(of(ValueKind::Text, &["not_judged"]));
    all
}

/// Fewer dyads do not determine six coefficients well.
const FEW: usize = 30;

pub(super) fn rows(course: &Course<'_>, writer: &mut TableWriter) -> Result<()> {
    for scale in 0..course.scales.len() {
        for (sides, dyads) in course.dyads(scale) {
            of_sides(course, (scale, sides), &dyads, writer)?;
        }
    }
    Ok(())
}

fn of_sides(
    course: &Course<'_>,
    (scale, sides): (usize, Sides),
    dyads: &[Dyad],
    writer: &mut TableWriter,
) -> Result<()> {
    let means = |dyad: &Dyad| {
        let outcome = course.outcomes.last(dyad.respondent)?;
        Some((mean(&dyad.first)?, mean(&dyad.second)?, outcome))
    };
    let points: Vec<(f64, f64, f64)> = dyads.iter().filter_map(means).collect();
    let centre = course.centre(scale);
    let of = |take: fn(&(f64, f64, f64)) -> f64| points.iter().map(take).collect::<Vec<f64>>();
    let (x, y, z) = (of(|one| one.0), of(|one| one.1), of(|one| one.2));
    let found = centre.and_then(|centre| surface(&x, &y, &z, centre));
    let why = match (&found, centre) {
        _ if course.outcomes.is_empty() => "there is no outcome; name one with `--outcome`".into(),
        (_, None) => {
            "the range of the scale is not stated, so state `centre` in the criteria".into()
        }
        (None, _) => format!(
            "{} dyads; 7 are needed, with ratings that do not depend on each other",
            x.len()
        ),
        (Some(_), _) if x.len() < FEW => {
            format!("{} dyads; six coefficients need 30 or so", x.len())
        }
        _ => String::new(),
    };
    let first: Vec<TableCell<'_>> =
        names(course, scale, sides).into_iter().chain([count(x.len()), number(centre)]).collect();
    let terms = found.as_ref().map_or_else(|| vec![("", [None; 4])], terms);
    for (term, numbers) in terms {
        let mut row = first.clone();
        row.push(text(term));
        row.extend(numbers.map(number));
        row.push(text(&why));
        writer.row(&row)?;
    }
    Ok(())
}

/// The names of the coefficients and of their combinations.
const NAMES: [[&str; 6]; 2] =
    [["b0", "b1", "b2", "b3", "b4", "b5"], ["a1", "a2", "a3", "a4", "a5", ""]];

/// Each term with its estimate, standard error, t and p.
fn terms(surface: &Surface) -> Vec<(&'static str, [Option<f64>; 4])> {
    let all = |one: &crate::surface::Estimate| [one.value, one.error, one.t, one.p].map(Some);
    let mut terms: Vec<_> = NAMES[0].into_iter().zip(surface.each().iter().map(all)).collect();
    terms.extend(NAMES[1].into_iter().zip(surface.lines.iter().map(all)));
    let alone = |value: f64| [Some(value).filter(|value| value.is_finite()), None, None, None];
    terms.push(("r2", alone(surface.r2)));
    terms.push(("stationary_1", alone(surface.stationary.0)));
    terms.push(("stationary_2", alone(surface.stationary.1)));
    terms.push(("first_axis_slope", alone(surface.first_axis.0)));
    terms.push(("first_axis_intercept", alone(surface.first_axis.1)));
    terms
}
