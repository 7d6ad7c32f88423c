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
        let Some(last) = later_operand(context, item.ask.as_ref(), index) else { continue };
        let place = Pointer::item(ItemIx(index));
        let help = "move the item after those that it depends on";
        hits.push(hit(lint, context, (&item.id, "asked", place), last, help));
    }
    for (index, note) in context.instrument.notes.iter().enumerate() {
        let first = note.item.0 + usize::from(note.side == Side::After);
        let Some(last) = later_operand(context, note.ask.as_ref(), first) else { continue };
        let place = Pointer::note(NoteIx(index));
        let help = "move the note after the items that it depends on";
        hits.push(hit(lint, context, (&note.id, "shown", place), last, help));
    }
}

/// The finding about an item that is asked, or a note that is shown, depending on the item at `last`.
fn hit(
    lint: &Lint,
    context: &Context<'_>,
    (id, done, place): (&str, &str, Pointer),
    last: ItemIx,
    help: &str,
) -> Hit {
    let later = &context.instrument.items[last.0].id;
    let message = format!("whether `{id}` is {done} depends on `{later}`, which comes after it");
    lint.hit(id, message, |d| {
        d.at(place.key("ask-if"), "").at(Pointer::item(last).key("id"), "answered here").help(help)
    })
}

/// Returns the last item that a condition depends on, if it is at `first` or after it.
fn later_operand(context: &Context<'_>, ask: Option<&Ask>, first: usize) -> Option<ItemIx> {
    last_operand(context, ask).filter(|last| last.0 >= first)
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
