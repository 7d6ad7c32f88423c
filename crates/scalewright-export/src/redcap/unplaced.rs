//! Losses of facts about an instrument for which a data dictionary has no column.

use scalewright_model::{Diagnostic, Instrument, ItemIx, Pointer};

use super::form::Form;
use super::{definition, losses};
use crate::loss;

/// Returns the losses of facts about the instrument. There are none if the form contains the whole definition.
pub(super) fn metadata_losses(form: &Form<'_>) -> Vec<Diagnostic> {
    match definition::is_embedded(&form.fields) {
        true => Vec::new(),
        false => unplaced(form.request.instrument),
    }
}

fn unplaced(instrument: &Instrument) -> Vec<Diagnostic> {
    let mut found = loss::of_facts(instrument, losses::of_fact);
    // Report the codes of all items and scales once, at the first of them.
    let items = instrument.items.iter().enumerate();
    let items = items.map(|(i, item)| (Pointer::item(ItemIx(i)), &item.codes));
    let mut coded =
        items.chain(instrument.scales.iter().map(|scale| (scale.pointer(), &scale.codes)));
    if let Some((place, _)) = coded.find(|(_, codes)| !codes.is_empty()) {
        found.push(losses::CODES_OF_PARTS.at(place.key("codes")));
    }
    found
}
