//! Names of fields: those that REDCap keeps for itself, and those that are shortened.

use scalewright_model::{Diagnostic, Instrument, Pointer};
use scalewright_scoring::emit::redcap::{self, field_name};

use super::bytes;

/// Ids that REDCap would refuse or take for its own, and ids that have one name when shortened.
pub(super) fn refused(instrument: &Instrument, form: &str) -> Vec<Diagnostic> {
    let own = [format!("{form}_complete"), format!("{form}_timestamp")];
    let kept = |id: &str| redcap::RESERVED.contains(&id) || own.iter().any(|name| name == id);
    let all = ids(instrument);
    let names: Vec<String> = all.iter().map(|(_, id)| field_name(id)).collect();
    let mut found = Vec::new();
    for (index, (place, id)) in all.into_iter().enumerate() {
        let message = match names[..index].contains(&names[index]) {
            true => format!("`{id}` would be called `{}`, as another field is", names[index]),
            false if kept(id) => format!("REDCap keeps the name `{id}` for itself"),
            false => continue,
        };
        found.push(
            Diagnostic::error("reserved-name", message)
                .at(place.key("id"), "")
                .help("give it another id, for example with the instrument's name before it"),
        );
    }
    found
}

/// The ids of items and scales, with their places.
fn ids(instrument: &Instrument) -> Vec<(Pointer, &String)> {
    let place = |index: usize| Pointer::root().key("items").index(index);
    let items = instrument.items.iter().enumerate().map(|(i, x)| (place(i), &x.id));
    items.chain(instrument.scales.iter().map(|x| (x.pointer(), &x.id))).collect()
}

/// A table of the names that are not the ids themselves; nothing when all are.
pub(super) fn listed(instrument: &Instrument) -> Option<Vec<u8>> {
    let mut lines = String::from("field_name,id\n");
    for (_, id) in ids(instrument) {
        let name = field_name(id);
        if name != *id {
            lines.push_str(&bytes::row(&[&name, id]));
        }
    }
    (lines.lines().count() > 1).then(|| lines.into_bytes())
}
