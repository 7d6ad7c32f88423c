//! Names that an expression cannot use.

use std::collections::BTreeSet;

use scalewright_model::{Diagnostic, ItemIx, Pointer};

use super::form::Form;
use crate::code::script::Column;

/// The words of JavaScript that expressions contain. Unlike a name, such a word cannot be written with an escape.
const RESERVED: [&str; 10] =
    ["const", "false", "for", "if", "let", "null", "return", "true", "typeof", "undefined"];

/// Errors for ids that are such words, and for results that have the name of an item.
pub(super) fn refused(form: &Form<'_>) -> Vec<Diagnostic> {
    let instrument = form.request.instrument;
    let items = instrument.items.iter().enumerate();
    let items = items.map(|(index, item)| (item.id.as_str(), Pointer::item(ItemIx(index))));
    let scale = |column: &Column| instrument.scales[column.scale.0].pointer();
    let columns = form.script.columns.iter().map(|column| (column.name.as_str(), scale(column)));
    let mut taken = BTreeSet::new();
    let mut found = Vec::new();
    let notes = crate::notes::ids(instrument);
    for (name, place) in items.chain(notes).chain(columns) {
        let is_reserved = RESERVED.contains(&name);
        let because = match (is_reserved, taken.insert(name)) {
            (true, _) => format!("`{name}` is a word of the expressions of ReproSchema"),
            (false, false) => format!("two items or results would be named `{name}`"),
            (false, true) => continue,
        };
        let finding = Diagnostic::error("unusable-name", because).at(place.key("id"), "");
        found.push(finding.help("choose another id"));
    }
    found
}
