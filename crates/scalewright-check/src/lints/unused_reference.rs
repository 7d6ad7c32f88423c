//! References that are not named as a source.

use std::collections::BTreeSet;

use scalewright_model::file::InstrumentFile;
use scalewright_model::{Pointer, ReferenceIx, Severity};

use super::{Context, Group, Hit, Lint};

/// A reference that is not the source of anything in the file.
pub(super) static LINT: Lint = Lint {
    name: "unused-reference",
    summary: "a reference that is not the source of anything in the file",
    explain: include_str!("unused_reference.md"),
    group: Group::Provenance,
    level: Severity::Hint,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let named = named(context.file);
    for (index, reference) in context.file.references.iter().enumerate() {
        if named.contains(reference.id.as_str()) || reference.note.is_some() {
            continue;
        }
        let place = Pointer::reference(ReferenceIx(index)).key("id");
        let message = format!("`{}` is not named as the source of anything", reference.id);
        hits.push(lint.hit(&reference.id, message, |d| {
            d.at(place, "").help(
                "name it in the `key-source`, `missing-source`, `bands-source` or `source` that it supports, or state in \
                 its `note` why it is listed",
            )
        }));
    }
}

/// The ids of all references that are named as a source.
fn named(file: &InstrumentFile) -> BTreeSet<&str> {
    let scales = file.scales.iter().flat_map(|scale| {
        let sets = scale.band_sets.iter().flat_map(|set| &set.source);
        scale.key_source.iter().chain(&scale.missing_source).chain(&scale.bands_source).chain(sets)
    });
    let flags = file.flags.iter().flat_map(|flag| &flag.source);
    let tables = file.tables.values().flat_map(|table| &table.source);
    let norms = file.norms.iter().flat_map(|norm| &norm.source);
    let models = file.models.values().flat_map(|model| &model.source);
    scales.chain(flags).chain(tables).chain(norms).chain(models).map(String::as_str).collect()
}
