//! Printed numbers that two items share.

use std::collections::BTreeMap;

use scalewright_model::file::InstrumentFile;
use scalewright_model::{ItemIx, Pointer, Severity};

use super::{Context, Group, Hit, Lint};

/// Two items with the same printed number.
pub(super) static LINT: Lint = Lint {
    name: "number-twice",
    summary: "two items with the same printed number",
    explain: include_str!("number_twice.md"),
    group: Group::Wording,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, item) in context.instrument.items.iter().enumerate() {
        if item.number.is_empty() {
            continue;
        }
        let Some(&before) = seen.get(item.number.as_str()) else {
            seen.insert(&item.number, index);
            continue;
        };
        let message = format!(
            "`{}` and `{}` are both printed as number {}",
            context.instrument.items[before].id, item.id, item.number
        );
        hits.push(lint.hit(&item.id, message, |d| {
            let d = d.at(place(context.file, index), "");
            d.at(place(context.file, before), "also used here")
                .help("people refer to items by their printed numbers: correct one of them")
        }));
    }
}

/// The location of the number of an item, or of its id if it has no number.
fn place(file: &InstrumentFile, index: usize) -> Pointer {
    let item = Pointer::item(ItemIx(index));
    item.key(if file.items[index].number.is_some() { "number" } else { "id" })
}
