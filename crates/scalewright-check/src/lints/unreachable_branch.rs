//! Branches of formulas that no respondent reaches.

use scalewright_model::{Expr, Operation, Severity, Test};
use scalewright_scoring::test_text;

use super::{Cells, Context, Group, Hit, Lint};

/// A branch of an `if` that an earlier one leaves nothing to.
pub(super) static LINT: Lint = Lint {
    name: "unreachable-branch",
    summary: "a branch of a formula that no answers lead to",
    explain: include_str!("unreachable_branch.md"),
    group: Group::Conditions,
    level: Severity::Warning,
    since: "0.1",
    run,
};

/// The greatest number of conditions on the way to a branch. Deeper branches are not checked.
const DEEPEST: usize = 60;

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for (scale, formula, place) in context.formulas() {
        if let Some(test) = dead(context, formula.root()) {
            let text = test_text(test, context.instrument);
            let message = format!("no answers lead to the branch `if {text}` of `{}`", scale.id);
            let place = place.clone();
            hits.push(lint.hit(&scale.id, message, |d| {
                d.at(place, "").help("an earlier condition is true for all of them: compare the numbers and their order with the source")
            }));
        }
    }
}

/// Returns the condition of a branch that the conditions before it leave nothing to.
fn dead<'a>(context: &Context<'a>, root: Operation<'a>) -> Option<&'a Test> {
    let mut open: Vec<(Operation<'a>, Vec<(&'a Test, bool)>)> = vec![(root, Vec::new())];
    while let Some((operation, path)) = open.pop() {
        let Operation::Number(Expr::If { test, then, otherwise, unknown: _ }) = operation else {
            open.extend(operation.children().into_iter().map(|child| (child, path.clone())));
            continue;
        };
        if path.len() >= DEEPEST {
            continue;
        }
        if !path.is_empty() && leaves_nothing(context, &path, test) {
            return Some(test);
        }
        let with = |truth: bool| {
            let mut path = path.clone();
            path.push((&**test, truth));
            path
        };
        open.push((Operation::Number(otherwise), with(false)));
        open.push((Operation::Number(then), with(true)));
    }
    None
}

/// Whether `test` is false for all that is left after the conditions of `path`, although it can be true.
fn leaves_nothing(context: &Context<'_>, path: &[(&Test, bool)], test: &Test) -> bool {
    let mut tests: Vec<&Test> = path.iter().map(|(test, _)| *test).collect();
    tests.push(test);
    let Some(cells) = Cells::of(context.possible(), &tests) else { return false };
    let (mut can_be_true, mut is_left) = (false, false);
    for row in cells.rows().filter(|row| cells.holds(test, row)) {
        can_be_true = true;
        is_left |= path.iter().all(|(test, truth)| cells.holds(test, &row) == *truth);
    }
    can_be_true && !is_left
}
