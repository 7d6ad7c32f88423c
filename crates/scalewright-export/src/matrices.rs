//! Neighbouring items that a form can show as one table.

use scalewright_model::{Instrument, ItemIx, ResponseKind};

/// Whether the item is answered by one of several options.
pub(crate) fn is_single_choice(instrument: &Instrument, item: ItemIx) -> bool {
    matches!(
        instrument.response(item).kind,
        ResponseKind::Coded { options: _ } | ResponseKind::YesNo
    )
}

/// Whether the item at `next` can be a row of the table that begins with the item at `first`, except for the conditions
/// under which they are asked.
pub(crate) fn joins(instrument: &Instrument, first: usize, next: usize) -> bool {
    let (a, b) = (&instrument.items[first], &instrument.items[next]);
    is_single_choice(instrument, ItemIx(first))
        && !instrument.has_note_before(ItemIx(next))
        && a.response == b.response
        && a.section == b.section
        && a.required == b.required
}
