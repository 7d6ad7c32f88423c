//! Scored items that may be skipped, without a rule for this case.

use std::collections::BTreeSet;

use scalewright_model::{Expr, Formula, ItemIx, Operation, Severity};

use super::{Context, Group, Hit, Lint};

/// A scored item that is not always asked, without a rule for what it counts as when it is not.
pub(super) static LINT: Lint = Lint {
    name: "skipped-item-without-rule",
    summary: "a scored item that may be skipped, without a rule for this case",
    explain: include_str!("skipped_item_without_rule.md"),
    group: Group::Conditions,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for (scale, items) in context.keyed() {
        let open: Vec<usize> = (0..items.len())
            .filter(|&index| {
                let ask = &context.instrument.items[items[index].item.0].ask;
                ask.as_ref().is_some_and(|ask| ask.otherwise.is_none())
            })
            .collect();
        let mandatory = open.iter().find(|index| scale.missing.mandatory.contains(index));
        // A respondent may be asked none of these items.
        let too_many = scale.missing.need > items.len() - open.len();
        let Some(&index) = mandatory.or(open.first().filter(|_| too_many)) else { continue };
        let item = &context.instrument.items[items[index].item.0].id;
        let message = format!("`{item}` may be skipped, and `{}` then has no score", scale.id);
        hits.push(lint.hit(item, message, |d| {
            d.at(scale.pointer().key("items").index(index), "not asked of everybody")
                .help("state what it counts as when it is not asked: `when-not-asked = …`, or let the rule for missing answers allow for it")
        }));
    }
    for (scale, formula, _) in context.formulas() {
        // A condition may be known without the answer.
        let Formula::Number(_) = formula else { continue };
        for item in needed(formula.root()) {
            let ask = &context.instrument.items[item.0].ask;
            if ask.as_ref().is_none_or(|ask| ask.otherwise.is_some()) {
                continue;
            }
            let item = &context.instrument.items[item.0].id;
            let message = format!("`{item}` may be skipped, and `{}` then has no score", scale.id);
            hits.push(lint.hit(item, message, |d| {
                context.mention(scale, item, d, "not asked of everybody")
                    .help("state what it counts as when it is not asked: `when-not-asked = …`, or handle it in the formula: `if is_missing(…) then … else …`, `coalesce`")
            }));
        }
    }
}

/// The items without whose answers an operation has no value, each once.
fn needed(root: Operation<'_>) -> BTreeSet<ItemIx> {
    let (mut items, mut open) = (BTreeSet::new(), vec![root]);
    while let Some(operation) = open.pop() {
        match operation {
            Operation::Number(Expr::Answer(item)) => {
                items.insert(*item);
            }
            // Some terms may be missing, or a missing answer has a number.
            Operation::Number(Expr::Aggregate(list)) if list.need < list.terms.len() => {
                open.extend(list.mandatory.iter().map(|at| Operation::Number(&list.terms[*at])));
            }
            Operation::Number(Expr::Recode { missing: Some(_), .. }) => {}
            // Which branch applies may depend on the question whether the item was asked.
            Operation::Number(
                Expr::If { .. } | Expr::Count { .. } | Expr::LongestRun(_) | Expr::Eap { .. },
            ) => {}
            Operation::Number(expr) => open.extend(expr.children()),
            Operation::Truth(_) => {}
        }
    }
    items
}
