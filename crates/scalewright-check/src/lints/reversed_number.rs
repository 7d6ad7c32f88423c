//! Reverse-keyed items that are answered with a free number.

use scalewright_model::{Keying, ResponseKind, Severity};

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
            let free = matches!(response.kind, ResponseKind::Numeric { .. } | ResponseKind::Time);
            if entry.keying != Keying::Negative || !free {
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
}
