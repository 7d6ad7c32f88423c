//! Background items on scales.

use scalewright_model::{Pointer, Severity};

use super::{Context, Group, Hit, Lint};

/// A background item that a scale scores.
pub(super) static LINT: Lint = Lint {
    name: "background-on-scale",
    summary: "a background item on a scale",
    explain: include_str!("background_on_scale.md"),
    group: Group::Keying,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for (scale, items) in context.keyed() {
        for entry in items {
            let item = &context.instrument.items[entry.item.0];
            if !item.background {
                continue;
            }
            let message = format!("`{}` is a background item, but is on `{}`", item.id, scale.id);
            hits.push(lint.hit(&item.id, message, |d| {
                d.at(Pointer::item(entry.item).key("background"), "")
                    .help("remove `background`, or the item from the scale: background items are not part of the instrument, and have no number")
            }));
        }
    }
}
