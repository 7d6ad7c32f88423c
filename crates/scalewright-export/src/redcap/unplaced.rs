//! Facts about an instrument that a data dictionary has no place for.

use scalewright_model::{Diagnostic, Instrument, ItemIx, Pointer};

use super::form::Form;
use super::{definition, losses};
use crate::loss;

/// What a data dictionary has no place for, unless it holds the whole definition. Every field of the instrument is
/// decided on here.
pub(super) fn metadata_losses(form: &Form<'_>) -> Vec<Diagnostic> {
    match definition::is_held(&form.fields) {
        true => Vec::new(),
        false => unplaced(form.request.instrument),
    }
}

fn unplaced(instrument: &Instrument) -> Vec<Diagnostic> {
    let Instrument {
        id: _,
        title: _,
        short_title,
        family,
        form,
        version: _,
        status: _,
        date,
        language: _,
        url,
        codes,
        description,
        authors,
        rights,
        administration: _,
        references,
        response_scales: _,
        sections: _,
        items: _,
        scales: _,
        wordings: _,
    } = instrument;
    let stated = rights.terms.is_some() || rights.obtain.is_some() || !rights.evidence.is_empty();
    let mut found = loss::of_facts(&[
        ("short-title", &losses::SHORT_TITLE, short_title.is_some()),
        ("family", &losses::FAMILY, family.is_some()),
        ("form", &losses::FORM, form.is_some()),
        ("date", &losses::DATE, date.is_some()),
        ("url", &losses::URL, url.is_some()),
        ("codes", &losses::CODES, !codes.is_empty()),
        ("description", &losses::DESCRIPTION, description.is_some()),
        ("authors", &losses::AUTHORS, !authors.is_empty()),
        ("rights", &losses::RIGHTS, stated),
        ("administration", &losses::ADMINISTRATION, true),
        ("references", &losses::REFERENCES, !references.is_empty()),
    ]);
    // One loss for all items and scales is enough.
    let items = instrument.items.iter().enumerate();
    let items = items.map(|(i, item)| (Pointer::item(ItemIx(i)), &item.codes));
    let mut coded =
        items.chain(instrument.scales.iter().map(|scale| (scale.pointer(), &scale.codes)));
    if let Some((place, _)) = coded.find(|(_, codes)| !codes.is_empty()) {
        found.push(losses::CODES_OF_PARTS.at(place.key("codes")));
    }
    found
}
