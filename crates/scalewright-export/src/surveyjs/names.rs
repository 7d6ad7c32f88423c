//! Names that SurveyJS cannot use.

use std::collections::BTreeSet;

use scalewright_model::{Diagnostic, ItemIx, Pointer};

use super::form::Form;
use crate::code::script::Column;

/// The names that SurveyJS gives another meaning: what it inserts itself, and the properties of every JavaScript object.
/// It compares names without regard to case.
const RESERVED: [&str; 17] = [
    "constructor",
    "correctanswers",
    "correctedanswercount",
    "correctedanswers",
    "hasownproperty",
    "incorrectanswers",
    "incorrectedanswercount",
    "incorrectedanswers",
    "isprototypeof",
    "locale",
    "pagecount",
    "pageno",
    "propertyisenumerable",
    "questioncount",
    "tolocalestring",
    "tostring",
    "valueof",
];

/// Errors for ids that SurveyJS reserves, and for results that have the name of a question.
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
        let is_reserved = form.syntax.prefix.is_empty() && RESERVED.contains(&name);
        let because = match (is_reserved, taken.insert(name)) {
            (true, _) => format!("SurveyJS reserves the name `{name}`"),
            (false, false) => format!("two questions or results would be named `{name}`"),
            (false, true) => continue,
        };
        let finding = Diagnostic::error("unusable-name", because).at(place.key("id"), "");
        found.push(finding.help("choose another id"));
    }
    found
}
