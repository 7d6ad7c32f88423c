//! Reverse-keyed items whose recoding reverses them again.

use scalewright_model::{Expr, Keying, Operation, Operator, Severity};

use super::{Context, Group, Hit, Lint, falls};

/// A reverse-keyed item whose recoding reverses it again.
pub(super) static LINT: Lint = Lint {
    name: "double-reversal",
    summary: "an item reversed by its sign and again by its recoding",
    explain: include_str!("double_reversal.md"),
    group: Group::Keying,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for (scale, items) in context.keyed() {
        for (index, entry) in items.iter().enumerate() {
            let Some(recode) = &entry.recode else { continue };
            // The rows are in ascending order of the keyed answer.
            let falls =
                recode.table.len() > 1 && recode.table.windows(2).all(|pair| pair[1].1 < pair[0].1);
            if entry.keying != Keying::Negative || !falls {
                continue;
            }
            let item = &context.instrument.items[entry.item.0].id;
            let message = format!(
                "`{item}` is reversed twice on `{}`: by its sign and by its recoding",
                scale.id
            );
            hits.push(lint.hit(item, message, |d| {
                d.at(scale.pointer().key("items").index(index), "reversed here")
                    .at_key(scale.pointer().key("recode"), "and reversed again here")
                    .help("recoding is applied after keying: keep one of the two")
            }));
        }
    }
    for (scale, formula, _) in context.formulas() {
        for part in formula.root().all() {
            let Operation::Number(expr) = part else { continue };
            let of = match expr {
                Expr::Recode { of, table, .. } if falls(table) => of,
                Expr::Arithmetic { operator: Operator::Subtract, left, right }
                    if matches!(**left, Expr::Number(_)) =>
                {
                    right
                }
                _ => continue,
            };
            let Expr::Reverse { of, .. } = &**of else { continue };
            let Expr::Answer(item) = **of else { continue };
            let item = &context.instrument.items[item.0].id;
            let message = format!("`{item}` is reversed twice in the formula of `{}`", scale.id);
            hits.push(lint.hit(item, message, |d| {
                let d = context.mention(scale, item, d, "reversed here and around it");
                d.help("keep one of the two reversals")
            }));
        }
    }
}
