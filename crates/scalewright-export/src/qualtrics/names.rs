//! Names that Qualtrics uses itself, and names that occur twice.

use std::collections::BTreeSet;

use scalewright_model::{Diagnostic, ItemIx, Pointer};

use super::form::Form;

/// The columns of Qualtrics' own in exported data, and the fields that it sets, in small letters.
const RESERVED: [&str; 22] = [
    "distributionchannel",
    "duration",
    "enddate",
    "externalreference",
    "finished",
    "ipaddress",
    "locationlatitude",
    "locationlongitude",
    "password",
    "progress",
    "q_language",
    "recipientemail",
    "recipientfirstname",
    "recipientlastname",
    "recordeddate",
    "responseid",
    "responseset",
    "sid",
    "startdate",
    "status",
    "surveyid",
    "userlanguage",
];

/// Errors for ids of items, and for names of results, that cannot be names of columns.
pub(super) fn refused(form: &Form<'_>, columns: &[String]) -> Vec<Diagnostic> {
    let instrument = form.request.instrument;
    let items = instrument.items.iter().enumerate();
    let items = items.map(|(at, item)| (form.name(&item.id), Pointer::item(ItemIx(at))));
    let columns = columns.iter().map(|name| {
        let id = name.strip_prefix(&form.prefix).unwrap_or(name);
        // The names of results begin with the id of their scale; the longest such id is it.
        let scale = instrument.scales.iter().filter(|scale| id.starts_with(scale.id.as_str()));
        let scale = scale.max_by_key(|scale| scale.id.len());
        (name.clone(), scale.map_or_else(Pointer::root, |scale| scale.pointer()))
    });
    let mut taken = BTreeSet::new();
    let mut found = Vec::new();
    let notes = crate::notes::ids(instrument).map(|(id, place)| (form.name(id), place));
    for (name, place) in items.chain(notes).chain(columns) {
        let because = match (RESERVED.contains(&name.as_str()), taken.insert(name.clone())) {
            (true, _) => format!("Qualtrics uses the name `{name}` itself"),
            (false, false) => format!("two questions or results would be named `{name}`"),
            (false, true) => continue,
        };
        let finding = Diagnostic::error("unusable-name", because).at(place.key("id"), "");
        found.push(finding.help("choose another id"));
    }
    found
}
