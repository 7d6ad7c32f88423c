//! Items that no scale scores.

use scalewright_model::{ItemIx, Pointer, Severity, Terms};

use super::{Context, Group, Hit, Lint};

/// An item that no scale scores.
pub(super) static LINT: Lint = Lint {
    name: "item-on-no-scale",
    summary: "an item that no scale scores",
    explain: include_str!("item_on_no_scale.md"),
    group: Group::Keying,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let scales = &context.instrument.scales;
    // If the key of a scale is not known, any item may be on it.
    if scales.iter().any(|scale| scale.terms == Terms::Unknown) {
        return;
    }
    let mut on_scale = vec![false; context.instrument.items.len()];
    for scale in scales {
        let (mut above, mut below) = (Vec::new(), Vec::new());
        match &scale.terms {
            Terms::Items(items) => below.extend(items.iter().map(|entry| entry.item)),
            Terms::Formula(formula) => formula.operands(&mut above, &mut below),
            Terms::Scales(_) | Terms::Unknown => {}
        }
        below.iter().for_each(|item| on_scale[item.0] = true);
    }
    // An item that decides whether another is asked, or a note shown, has a purpose without a score.
    let items = context.instrument.items.iter().filter_map(|item| item.ask.as_ref());
    let notes = context.instrument.notes.iter().filter_map(|note| note.ask.as_ref());
    for ask in items.chain(notes) {
        let (mut above, mut below) = (Vec::new(), Vec::new());
        ask.when.operands(&mut above, &mut below);
        below.iter().for_each(|item| on_scale[item.0] = true);
    }
    for (index, item) in context.instrument.items.iter().enumerate() {
        // Answers without numbers, such as texts, cannot be scored.
        let scorable = context.instrument.response(ItemIx(index)).bounds().is_some();
        if scorable && !on_scale[index] && !item.background {
            let place = Pointer::item(ItemIx(index)).key("id");
            hits.push(lint.hit(&item.id, format!("the item `{}` is on no scale", item.id), |d| {
                d.at(place, "answered, but never scored")
                    .help("add it to the `items` of a scale, or allow this with a reason if it is not meant to be scored")
            }));
        }
    }
}
