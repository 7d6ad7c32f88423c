//! Items and notes whose condition depends on a later item.

use scalewright_model::{Ask, ItemIx, NoteIx, Pointer, Severity, Side};

use super::{Context, Group, Hit, Lint};

/// An item or note whose condition depends on itself or on an item that is answered later.
pub(super) static LINT: Lint = Lint {
    name: "condition-on-later-item",
    summary: "an item whose condition depends on a later item",
    explain: include_str!("condition_on_later_item.md"),
    group: Group::Conditions,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for (index, item) in context.instrument.items.iter().enumerate() {
        // An item cannot depend on its own answer either.
        let last = last_operand(context, item.ask.as_ref()).filter(|last| last.0 >= index);
        let Some(last) = last else { continue };
        let later = &context.instrument.items[last.0].id;
        let message =
            format!("whether `{}` is asked depends on `{later}`, which comes after it", item.id);
        let place = Pointer::item(ItemIx(index)).key("ask-if");
        hits.push(lint.hit(&item.id, message, |d| {
            d.at(place, "")
                .at(Pointer::item(last).key("id"), "answered here")
                .help("move the item after those that it depends on")
        }));
    }
    for (index, note) in context.instrument.notes.iter().enumerate() {
        let first = note.item.0 + usize::from(note.side == Side::After);
        let last = last_operand(context, note.ask.as_ref()).filter(|last| last.0 >= first);
        let Some(last) = last else { continue };
        let later = &context.instrument.items[last.0].id;
        let message =
            format!("whether `{}` is shown depends on `{later}`, which comes after it", note.id);
        let place = Pointer::note(NoteIx(index)).key("ask-if");
        hits.push(lint.hit(&note.id, message, |d| {
            d.at(place, "")
                .at(Pointer::item(last).key("id"), "answered here")
                .help("move the note after the items that it depends on")
        }));
    }
}

/// Returns the last item that a condition depends on.
fn last_operand(context: &Context<'_>, ask: Option<&Ask>) -> Option<ItemIx> {
    let (mut scales, mut items) = (Vec::new(), Vec::new());
    ask?.when.operands(&mut scales, &mut items);
    // A condition on a score depends on all items of that score.
    for scale in scales {
        let position = context.program.position(scale);
        items.extend(position.iter().flat_map(|at| &context.program.scores[*at].items));
    }
    items.into_iter().max()
}
