//! Reverse-keyed items that are answered with a free number.

use scalewright_model::{Expr, ItemIx, Keying, Operation, ResponseKind, Severity};

use super::{Context, Group, Hit, Lint};

/// A reverse-keyed item that is answered with a number or a time.
pub(super) static LINT: Lint = Lint {
    name: "reversed-number",
    summary: "a reverse-keyed item that is answered with a free number",
    explain: include_str!("reversed_number.md"),
    group: Group::Keying,
    level: Severity::Hint,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for (scale, items) in context.keyed() {
        for (index, entry) in items.iter().enumerate() {
            let response = context.instrument.response(entry.item);
            if entry.keying != Keying::Negative || !is_free(context, entry.item) {
                continue;
            }
            let item = &context.instrument.items[entry.item.0].id;
            let (low, high) = response.bounds().unwrap_or_default();
            let message =
                format!("`{item}` is reversed, although it is answered with a free number");
            hits.push(lint.hit(item, message, |d| {
                d.at(scale.pointer().key("items").index(index), format!("becomes {} − answer", low + high))
                    .help("the limits of a number are rarely part of a published key: check how the source reverses it")
            }));
        }
    }
    for (scale, formula, _) in context.formulas() {
        for part in formula.root().all() {
            let Operation::Number(Expr::Reverse { of, low, high }) = part else { continue };
            let Expr::Answer(item) = **of else { continue };
            if !is_free(context, item) {
                continue;
            }
            let item = &context.instrument.items[item.0].id;
            let message =
                format!("`{item}` is reversed, although it is answered with a free number");
            hits.push(lint.hit(item, message, |d| {
                let label = format!("becomes {} − answer", low + high);
                context.mention(scale, item, d, label)
                    .help("the limits of a number are rarely part of a published key: write the number of the source, `10 − x`")
            }));
        }
    }
}

/// Whether an item is answered with a number or a time of any size.
fn is_free(context: &Context<'_>, item: ItemIx) -> bool {
    let kind = &context.instrument.response(item).kind;
    matches!(kind, ResponseKind::Numeric { .. } | ResponseKind::Time)
}
