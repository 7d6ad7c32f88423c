//! Names of forms and fields, in a project of their own and in a project with other forms.

use std::collections::BTreeMap;

use scalewright_model::{Diagnostic, Instrument, ItemIx, Pointer};

use super::field::Field;
use super::field_names::{RESERVED, field_name};
use crate::notes;

/// The endings with which REDCap names fields of its own: `<form>_<ending>`.
pub(super) const FORM_ENDINGS: [&str; 2] = ["complete", "timestamp"];

/// The names of an instrument's form and fields in a project.
#[derive(Debug, Clone)]
pub(super) struct Names {
    /// The name of the form.
    pub(super) form: String,
    /// The names of the renamed fields, by their names in a project without other forms.
    pub(super) changed: BTreeMap<String, String>,
}

impl Names {
    /// Returns the names in a project without other forms.
    pub(super) fn alone(instrument: &Instrument) -> Self {
        Self { form: form(&instrument.id), changed: BTreeMap::new() }
    }

    /// Returns the name of the field that would be named `alone` in a project without other forms.
    pub(super) fn field(&self, alone: &str) -> String {
        self.changed.get(alone).map_or(alone, String::as_str).to_owned()
    }

    /// Returns the names of the items' fields.
    pub(super) fn items(&self, instrument: &Instrument) -> Vec<String> {
        instrument.items.iter().map(|item| self.field(&field_name(&item.id))).collect()
    }
}

/// Returns the name of the form for the id of an instrument.
pub(super) fn form(id: &str) -> String {
    id.replace('-', "_")
}

/// Returns the names of the fields that REDCap adds to a form.
pub(super) fn of_redcap(form: &str) -> [String; 2] {
    FORM_ENDINGS.map(|ending| format!("{form}_{ending}"))
}

/// Returns errors for ids that REDCap reserves.
pub(super) fn reserved(instrument: &Instrument, form: &str) -> Vec<Diagnostic> {
    let own = of_redcap(form);
    let kept = |id: &str| RESERVED.contains(&id) || own.iter().any(|name| name == id);
    let refused = ids(instrument).into_iter().filter(|(_, id)| kept(id));
    refused.map(|(place, id)| taken(place, format!("REDCap reserves the name `{id}`"))).collect()
}

/// Returns the error for the id at `place`, whose name is not available.
fn taken(place: Pointer, message: String) -> Diagnostic {
    Diagnostic::error("reserved-name", message)
        .at(place.key("id"), "")
        .help("choose another id, for example with the instrument's name as a prefix")
}

/// Returns errors for fields of one form that would have the same name: ids that are equal after shortening, or an id
/// that equals the name of another field.
pub(super) fn doubled(instrument: &Instrument, fields: &[Field]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let ids = ids(instrument);
    for (index, field) in fields.iter().enumerate() {
        if !fields[..index].iter().any(|other| other.name == field.name) {
            continue;
        }
        // The last of the ids is reported, because the first one can keep the name.
        let place = ids.iter().rev().find(|(_, id)| field_name(id) == field.name);
        let place = place.map_or(Pointer::root(), |(place, _)| place.clone());
        found.push(taken(place, format!("two fields would be named `{}`", field.name)));
    }
    found
}

/// Returns the ids of items, notes and scales, with their positions in the definition.
pub(super) fn ids(instrument: &Instrument) -> Vec<(Pointer, &str)> {
    let place = |index: usize| Pointer::item(ItemIx(index));
    let items = instrument.items.iter().enumerate().map(|(i, x)| (place(i), x.id.as_str()));
    let notes = notes::ids(instrument).map(|(id, place)| (place, id));
    let scales = instrument.scales.iter().map(|x| (x.pointer(), x.id.as_str()));
    items.chain(notes).chain(scales).collect()
}
