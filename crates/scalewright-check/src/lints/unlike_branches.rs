//! Alternatives of a condition that differ in more than a number.

use scalewright_model::{Comparison, Expr, ItemIx, Operation, Pointer, Severity, TOLERANCE, Test};
use scalewright_scoring::{expr_text, test_text};

use super::{Context, Group, Hit, Lint};

/// Alternatives for groups of respondents that compare different scores, or in different directions.
pub(super) static LINT: Lint = Lint {
    name: "unlike-branches",
    summary: "alternatives for groups of respondents that compare unlike",
    explain: include_str!("unlike_branches.md"),
    group: Group::Conditions,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for (id, test, place) in context.conditions() {
        for part in Operation::Truth(test).all() {
            let (Operation::Truth(Test::Any(tests)) | Operation::Truth(Test::All(tests))) = part
            else {
                continue;
            };
            let is_and = |test: &&Test| matches!(test, Test::All(_));
            let outer = matches!(part, Operation::Truth(Test::All(_)));
            let inner = tests.iter().filter(|test| is_and(test) != outer);
            let branches: Vec<Branch<'_>> = inner.filter_map(branch).collect();
            if branches.len() < 2 || branches.len() < tests.len() {
                continue;
            }
            if outer {
                exchanged(lint, (id, &place), &branches, hits);
                continue;
            }
            let first = &branches[0];
            let Some((other, what)) =
                branches[1..].iter().find_map(|other| Some((other, differs(first, other)?)))
            else {
                continue;
            };
            let message = format!(
                "the alternatives of `{id}` {what}: `{}` and `{}`",
                test_text(first.compare, context.instrument),
                test_text(other.compare, context.instrument)
            );
            let item = expr_text(&Expr::Answer(first.item), context.instrument);
            let place = place.clone();
            hits.push(lint.hit(id, message, |d| {
                d.at(place, format!("for different answers to `{item}`"))
                    .help("such alternatives usually differ only in the cut score: compare both with the source")
            }));
        }
    }
}

/// Reports `(female or x < 20) and (male or x < 26)`: what is stated beside a group then holds for the others.
fn exchanged(
    lint: &Lint,
    (id, place): (&str, &Pointer),
    branches: &[Branch<'_>],
    hits: &mut Vec<Hit>,
) {
    let first = &branches[0];
    let other_group = |other: &Branch<'_>| {
        other.item == first.item && (other.answer - first.answer).abs() > TOLERANCE
    };
    if !branches[1..].iter().all(other_group) {
        return;
    }
    let message = format!(
        "the alternatives of `{id}` hold for the other group each: `and` and `or` may be exchanged"
    );
    hits.push(lint.hit(id, message, |d| {
        d.at(place.clone(), "")
            .help("what a group needs is usually joined with `and`, the groups with `or`")
    }));
}

/// An alternative for the respondents with one answer, with the comparison that is made for them.
struct Branch<'t> {
    item: ItemIx,
    answer: f64,
    compare: &'t Test,
}

/// `item = answer and score < cut`, in either order.
fn branch(test: &Test) -> Option<Branch<'_>> {
    let (Test::All(tests) | Test::Any(tests)) = test else { return None };
    let [one, two] = tests.as_slice() else { return None };
    let of = |group: &Test, compare| match group {
        Test::Compare { comparison: Comparison::Equal, left, right } => match (&**left, &**right) {
            (Expr::Answer(item), Expr::Number(answer)) => Some((*item, *answer, compare)),
            _ => None,
        },
        _ => None,
    };
    let (item, answer, compare) = of(one, two).or_else(|| of(two, one))?;
    matches!(compare, Test::Compare { .. }).then_some(Branch { item, answer, compare })
}

/// How the comparisons of two alternatives differ in more than their number.
fn differs(one: &Branch<'_>, two: &Branch<'_>) -> Option<&'static str> {
    let (
        Test::Compare { comparison: a, left: score_a, right: cut_a },
        Test::Compare { comparison: b, left: score_b, right: cut_b },
    ) = (one.compare, two.compare)
    else {
        return None;
    };
    let is_number = |cut: &Expr| matches!(cut, Expr::Number(_));
    let other_answer = (one.answer - two.answer).abs() > TOLERANCE;
    // Which item is compared may depend on the group, as with questions for one sex.
    let is_score = |expr: &Expr| matches!(expr, Expr::Score(_) | Expr::Aggregate(_));
    if one.item != two.item
        || !other_answer
        || !is_number(cut_a)
        || !is_number(cut_b)
        || !is_score(score_a)
        || !is_score(score_b)
    {
        return None;
    }
    if score_a != score_b {
        return Some("compare different scores");
    }
    if a != b {
        return Some("compare in different ways");
    }
    (cut_a == cut_b).then_some("compare with the same number")
}
