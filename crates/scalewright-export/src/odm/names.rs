//! Names that are taken.

use std::collections::BTreeSet;

use scalewright_model::{Diagnostic, Pointer};

use super::form::Form;
use super::scripts::Computed;

/// Errors for results that have the name of an item or of another result.
pub(super) fn refused(form: &Form<'_>, computed: &[Computed]) -> Vec<Diagnostic> {
    let instrument = form.request.instrument;
    let mut taken: BTreeSet<&str> = instrument.items.iter().map(|item| item.id.as_str()).collect();
    let doubled = computed.iter().filter(|own| !taken.insert(&own.column.name));
    let refused = doubled.map(|own| {
        let name = &own.column.name;
        let because = format!("two items or results would be named `{name}`");
        let place: Pointer = instrument.scales[own.column.scale.0].pointer();
        let finding = Diagnostic::error("unusable-name", because).at(place.key("id"), "");
        finding.help("choose another id")
    });
    refused.collect()
}
