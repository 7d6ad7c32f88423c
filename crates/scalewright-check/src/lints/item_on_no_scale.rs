//! Items that no scale scores.

use scalewright_model::{ItemIx, Origin, Pointer, Severity, Terms};

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
    // What norms and flags use: facts about the respondent.
    let (mut in_norm, mut in_flag) = (on_scale.clone(), on_scale.clone());
    for scale in scales {
        let (mut above, mut below) = (Vec::new(), Vec::new());
        match &scale.terms {
            Terms::Items(items) => below.extend(items.iter().map(|entry| entry.item)),
            Terms::Formula(formula) => formula.operands(&mut above, &mut below),
            Terms::Scales(_) | Terms::Unknown => {}
        }
        let used = match scale.origin {
            Origin::Norm(..) => &mut in_norm,
            Origin::Flag(_) => &mut in_flag,
            Origin::Scale(_) => &mut on_scale,
        };
        below.iter().for_each(|item| used[item.0] = true);
    }
    // An item that decides whether another is asked, or a note shown, has a purpose without a score.
    let items = context.instrument.items.iter().filter_map(|item| item.ask.as_ref());
    let notes = context.instrument.notes.iter().filter_map(|note| note.ask.as_ref());
    for ask in items.chain(notes) {
        let (mut above, mut below) = (Vec::new(), Vec::new());
        ask.when.operands(&mut above, &mut below);
        below.iter().for_each(|item| in_flag[item.0] = true);
    }
    for (index, item) in context.instrument.items.iter().enumerate() {
        // An item that norms use, but no scale, is background even if flags use it too.
        on_scale[index] |= in_flag[index] && !in_norm[index];
        // Answers without numbers, such as texts, cannot be scored.
        let scorable = context.instrument.response(ItemIx(index)).bounds().is_some();
        if scorable && !on_scale[index] && !item.background {
            let place = Pointer::item(ItemIx(index)).key("id");
            let help = match in_norm[index] {
                true => {
                    "write `background = true`: it is a fact that norms need, and no part of the instrument"
                }
                false => {
                    "add it to the `items` of a scale, or allow this with a reason if it is not meant to be scored"
                }
            };
            hits.push(lint.hit(&item.id, format!("the item `{}` is on no scale", item.id), |d| {
                d.at(place, "answered, but never scored").help(help)
            }));
        }
    }
}
