//! Tolerances that accept almost any score.

use scalewright_model::{Pointer, Severity};

use super::{Context, File, Group, Hit, Lint, shown};

/// A tolerance with which a case accepts wrong scores.
pub(super) static LINT: Lint = Lint {
    name: "wide-tolerance",
    summary: "a tolerance with which a case accepts wrong scores",
    explain: include_str!("wide_tolerance.md"),
    group: Group::Cases,
    level: Severity::Warning,
    since: "0.1",
    run,
};

/// A source that rounds to whole numbers is off by at most this much.
const ROUNDED: f64 = 0.5;
/// A tolerance above this share of the range of a score no longer tests the score.
const SHARE: f64 = 0.05;

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let Some(file) = context.cases else { return };
    if let Some(tolerance) = file.tolerance {
        let scores: Vec<&str> = file
            .cases
            .iter()
            .filter(|case| case.tolerance.is_none())
            .flat_map(|case| case.scores.keys().map(String::as_str))
            .collect();
        hits.extend(wide(lint, context, tolerance, &scores, Pointer::top("tolerance")));
    }
    for (index, case) in file.cases.iter().enumerate() {
        let Some(tolerance) = case.tolerance else { continue };
        let scores: Vec<&str> = case.scores.keys().map(String::as_str).collect();
        hits.extend(wide(lint, context, tolerance, &scores, Pointer::case(index).key("tolerance")));
    }
}

fn wide(
    lint: &Lint,
    context: &Context<'_>,
    tolerance: f64,
    scores: &[&str],
    place: Pointer,
) -> Option<Hit> {
    let width = |id: &&&str| {
        let scales = &context.instrument.scales;
        let at =
            context.program.scores.iter().position(|score| scales[score.scale.0].id == **id)?;
        let range = &context.ranges[at].complete;
        Some(range.high - range.low).filter(|width| width.is_finite())
    };
    let id = scores.iter().find(|id| {
        let share = width(id).map_or(f64::INFINITY, |width| SHARE * width);
        // Coarse scores, such as a mean of answers from 0 to 4, are not rounded to whole numbers.
        tolerance > ROUNDED || tolerance > share
    })?;
    let message =
        format!("with the tolerance {}, almost any score of `{id}` passes", shown(tolerance));
    let hit = lint.hit(id, message, |d| {
        d.at(place, "").help("the tolerance is half of the last decimal that the source prints: 0.5 for whole numbers, 0.05 for one decimal")
    });
    Some(hit.inside(File::Cases))
}
