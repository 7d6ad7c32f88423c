//! Parts of conditions that change nothing.

use scalewright_model::{Expr, Operation, Severity, TOLERANCE, Test};
use scalewright_scoring::test_text;

use super::{Cells, Context, Group, Hit, Lint};

/// A part of a condition without which the condition would be the same.
pub(super) static LINT: Lint = Lint {
    name: "idle-condition",
    summary: "a part of a condition that changes nothing",
    explain: include_str!("idle_condition.md"),
    group: Group::Conditions,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let mut tests = context.conditions();
    for (scale, formula, place) in context.formulas() {
        for part in formula.root().all() {
            if let Operation::Number(Expr::If { test, .. }) = part {
                tests.push((&scale.id, test, place.clone()));
            }
        }
    }
    for (id, test, place) in tests {
        let Some((part, truth)) = idle(context, test) else { continue };
        let text = test_text(part, context.instrument);
        let message = format!("the condition of `{id}` would be the same without `{text}`");
        let help = match truth {
            true => {
                "whenever it matters, it is already known to be true: was another number, answer or `or` meant?"
            }
            false => {
                "whenever it matters, it is already known to be false: was another number, answer or `and` meant?"
            }
        };
        hits.push(lint.hit(id, message, |d| d.at(place, "").help(help)));
    }
}

/// Returns the first operand of an `and` or `or` that adds nothing to the others, with whether it is then true.
///
/// Only the operands beside it are considered, not the whole condition: in `female and x < 20 or male and x < 26` the first
/// comparison of the sex makes no difference, but the condition says what it means.
fn idle<'t>(context: &Context<'_>, test: &'t Test) -> Option<(&'t Test, bool)> {
    let mut lists = Vec::new();
    operands(context, test, &mut lists);
    let cells = Cells::of(context.possible(), &[test])?;
    let rows: Vec<Vec<f64>> = cells.rows().collect();
    let column =
        |part: &Test| -> Vec<bool> { rows.iter().map(|row| cells.holds(part, row)).collect() };
    let is_constant = |truths: &[bool]| truths.iter().all(|truth| *truth == truths[0]);
    // A condition that never changes is reported as such.
    if lists.is_empty() || lists.len() > MOST || is_constant(&column(test)) {
        return None;
    }
    lists.into_iter().find_map(|(parts, all)| {
        let columns: Vec<Vec<bool>> = parts.iter().map(|part| column(part)).collect();
        (0..parts.len()).find_map(|at| {
            let adds = (0..rows.len()).any(|row| {
                // In an `and`, a part matters where it is false and the others are true.
                columns[at][row] != all
                    && (0..parts.len()).all(|other| other == at || columns[other][row] == all)
            });
            // A comparison that is always or never true is reported by the lints about its number.
            let by_others = is_constant(&columns[at]) && matches!(parts[at], Test::Compare { .. });
            let named = is_band(context, parts[at]);
            (!adds && !by_others && !named).then_some((parts[at], all))
        })
    })
}

/// The greatest number of lists of operands, and of operands of one, that are compared.
const MOST: usize = 40;

/// The operands of all `and` (`true`) and `or` of a condition, without those that nobody wrote. Brackets within a list
/// are seen through.
fn operands<'t>(context: &Context<'_>, test: &'t Test, lists: &mut Vec<(Vec<&'t Test>, bool)>) {
    let all = match test {
        Test::All(_) => true,
        Test::Any(_) => false,
        Test::Not(of) => return operands(context, of, lists),
        _ => return,
    };
    let mut parts = Vec::new();
    flatten(context, test, all, &mut parts);
    if parts.len() < 2 || parts.len() > MOST || parts.iter().any(|part| is_composed(part)) {
        return;
    }
    parts.iter().for_each(|part| operands(context, part, lists));
    lists.push((parts, all));
}

fn flatten<'t>(context: &Context<'_>, test: &'t Test, all: bool, parts: &mut Vec<&'t Test>) {
    match (test, all) {
        (Test::All(tests), true) if !is_band(context, test) => {
            tests.iter().for_each(|test| flatten(context, test, all, parts));
        }
        (Test::Any(tests), false) => {
            tests.iter().for_each(|test| flatten(context, test, all, parts))
        }
        _ => parts.push(test),
    }
}

/// Whether a condition is a part of the comparison of a count, whose parts nobody wrote.
fn is_composed(test: &Test) -> bool {
    Operation::Truth(test).all().iter().any(|part| {
        matches!(
            part,
            Operation::Truth(
                Test::Missing | Test::AtLeast { .. } | Test::IsMissing(_) | Test::IsUnknown(_)
            )
        )
    })
}

/// Whether a condition compares a score with both ends of one of its bands, as `band(…) = "…"` does.
pub(super) fn is_band(context: &Context<'_>, test: &Test) -> bool {
    let Test::All(tests) = test else { return false };
    let [one, two] = tests.as_slice() else { return false };
    let bound = |test: &Test| match test {
        Test::Compare { left, right, .. } => match (&**left, &**right) {
            (Expr::Score(scale), Expr::Number(number)) => Some((*scale, *number)),
            _ => None,
        },
        _ => None,
    };
    let (Some((scale, low)), Some((other, high))) = (bound(one), bound(two)) else { return false };
    let near = |a: f64, b: f64| (a - b).abs() <= TOLERANCE;
    let mut bands = context.instrument.scales[scale.0].all_bands().flat_map(|(_, bands)| bands);
    scale == other
        && bands.any(|band| near(band.lower.value(), low) && near(band.upper.value(), high))
}
