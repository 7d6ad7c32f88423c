//! Names of forms and fields: what they are called alone, and in a project with others.

use std::collections::BTreeMap;

use scalewright_model::{Diagnostic, Instrument, ItemIx, Pointer};

use super::field::Field;
use super::field_names::{RESERVED, field_name};

/// What REDCap puts behind the name of a form, to name fields of its own.
pub(super) const FORM_ENDINGS: [&str; 2] = ["complete", "timestamp"];

/// What an instrument's form and fields are called in a project.
#[derive(Debug, Clone)]
pub(super) struct Names {
    /// The form.
    pub(super) form: String,
    /// The fields that are called otherwise than in a project of their own, by their names there.
    pub(super) changed: BTreeMap<String, String>,
}

impl Names {
    /// The names in a project that has no other form.
    pub(super) fn alone(instrument: &Instrument) -> Self {
        Self { form: form(&instrument.id), changed: BTreeMap::new() }
    }

    /// What the field is called that would be called `alone` in a project of its own.
    pub(super) fn field(&self, alone: &str) -> String {
        self.changed.get(alone).map_or(alone, String::as_str).to_owned()
    }

    /// The fields of the items.
    pub(super) fn items(&self, instrument: &Instrument) -> Vec<String> {
        instrument.items.iter().map(|item| self.field(&field_name(&item.id))).collect()
    }
}

/// The name of the form for the id of an instrument.
pub(super) fn form(id: &str) -> String {
    id.replace('-', "_")
}

/// The names that REDCap gives to fields of its own beside a form.
pub(super) fn of_redcap(form: &str) -> [String; 2] {
    FORM_ENDINGS.map(|ending| format!("{form}_{ending}"))
}

/// Ids that REDCap would refuse or take for its own.
pub(super) fn reserved(instrument: &Instrument, form: &str) -> Vec<Diagnostic> {
    let own = of_redcap(form);
    let kept = |id: &str| RESERVED.contains(&id) || own.iter().any(|name| name == id);
    let refused = ids(instrument).into_iter().filter(|(_, id)| kept(id));
    refused
        .map(|(place, id)| taken(place, format!("REDCap keeps the name `{id}` for itself")))
        .collect()
}

/// The id at `place` makes a name that cannot be had.
fn taken(place: Pointer, message: String) -> Diagnostic {
    Diagnostic::error("reserved-name", message)
        .at(place.key("id"), "")
        .help("give it another id, for example with the instrument's name before it")
}

/// Fields of one form that would have one name: ids that are the same when shortened, or an id that is what another
/// field is called.
pub(super) fn doubled(instrument: &Instrument, fields: &[Field]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let ids = ids(instrument);
    for (index, field) in fields.iter().enumerate() {
        if !fields[..index].iter().any(|other| other.name == field.name) {
            continue;
        }
        let place = ids.iter().rev().find(|(_, id)| field_name(id) == field.name);
        let place = place.map_or(Pointer::root(), |(place, _)| place.clone());
        found.push(taken(place, format!("two fields would be called `{}`", field.name)));
    }
    found
}

/// The ids of items and scales, with their places.
pub(super) fn ids(instrument: &Instrument) -> Vec<(Pointer, &str)> {
    let place = |index: usize| Pointer::item(ItemIx(index));
    let items = instrument.items.iter().enumerate().map(|(i, x)| (place(i), x.id.as_str()));
    items.chain(instrument.scales.iter().map(|x| (x.pointer(), x.id.as_str()))).collect()
}
