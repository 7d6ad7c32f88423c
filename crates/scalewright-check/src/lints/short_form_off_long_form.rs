//! Items of a short form that differ from its long form.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::file::InstrumentFile;
use scalewright_model::{ItemIx, Pointer, Severity};

use super::{Context, Group, Hit, Lint};

/// An item of a short form that the long form does not have, or keys in the other direction.
pub(super) static LINT: Lint = Lint {
    name: "short-form-off-long-form",
    summary: "an item of a short form that the long form does not have, or keys in the other direction",
    explain: include_str!("short_form_off_long_form.md"),
    group: Group::Keying,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let Some(id) = &context.file.short_form_of else { return };
    let Some(long) = context.long_form.filter(|long| long.id == *id) else {
        let place = Pointer::top("short-form-of");
        let message = format!("there is no definition of `{id}` beside this one");
        hits.push(lint.hit(id, message, |d| {
            d.at(place, "").help("correct the id, or add that definition: a short form is compared with its long form")
        }));
        return;
    };
    let there: BTreeSet<&str> = long.items.iter().map(|item| item.id.as_str()).collect();
    let keyed = [keys(long), keys(context.file)];
    // Background items, such as age, are not taken from the long form.
    for (index, item) in context.file.items.iter().enumerate().filter(|(_, item)| !item.background)
    {
        let origin = item.taken_from.as_deref().unwrap_or(&item.id);
        let place = Pointer::item(ItemIx(index));
        let place = place.key(if item.taken_from.is_some() { "taken-from" } else { "id" });
        if !there.contains(origin) {
            let message = format!(
                "`{}` is a short form of `{id}`, which has no item `{origin}`",
                context.file.id
            );
            hits.push(lint.hit(&item.id, message, |d| {
                d.at(place, "").help("name the item of the long form: `taken-from = \"…\"`")
            }));
            continue;
        }
        let (before, now) = (keyed[0].get(origin), keyed[1].get(item.id.as_str()));
        // An item that a form keys in both directions, on two scales, cannot be compared.
        let ways = before.zip(now).filter(|(before, now)| before.len() == 1 && now.len() == 1);
        if ways.is_some_and(|(before, now)| before != now) {
            let message =
                format!("`{}` is keyed in the opposite direction to `{origin}` of `{id}`", item.id);
            hits.push(lint.hit(&item.id, message, |d| {
                d.at(place, "").help("compare the keys of both forms with their sources: a minus sign is missing in one, or superfluous in the other")
            }));
        }
    }
}

/// The directions in which each item is keyed: `true` is reversed.
fn keys(file: &InstrumentFile) -> BTreeMap<&str, BTreeSet<bool>> {
    let mut keys: BTreeMap<&str, BTreeSet<bool>> = BTreeMap::new();
    for entry in file.scales.iter().flat_map(|scale| &scale.items) {
        let bare = entry.strip_prefix('-');
        keys.entry(bare.unwrap_or(entry)).or_default().insert(bare.is_some());
    }
    keys
}
