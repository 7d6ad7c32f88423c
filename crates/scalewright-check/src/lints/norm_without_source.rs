//! Norms, tables and models for which no source is named.

use std::collections::BTreeSet;

use scalewright_model::{Pointer, Severity};

use super::{Context, Group, Hit, Lint};

/// A norm, a table or a model that has no source.
pub(super) static LINT: Lint = Lint {
    name: "norm-without-source",
    summary: "a norm, a table or a model that has no source",
    explain: include_str!("norm_without_source.md"),
    group: Group::Provenance,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let mut bare = |id: &str, what: &str, place: Pointer| {
        let message = format!("no source is named for the {what} `{id}`");
        hits.push(lint.hit(id, message, |d| {
            d.at_key(place, "")
                .help("name the source: `source = [\"…\"]`, with the id of an entry under `[[references]]`")
        }));
    };
    for (index, norm) in context.file.norms.iter().enumerate() {
        if norm.source.is_empty() {
            bare(&norm.id, "norm", Pointer::norm(index));
        }
    }
    let groups = context.file.norms.iter().flat_map(|norm| &norm.groups);
    let in_norms: BTreeSet<&str> = groups.filter_map(|group| group.table.as_deref()).collect();
    for (name, table) in &context.file.tables {
        // The source of a norm is also the source of its tables.
        if table.source.is_empty() && !in_norms.contains(name.as_str()) {
            bare(name, "table", Pointer::table(name));
        }
    }
    for (name, model) in &context.file.models {
        if model.source.is_empty() {
            bare(name, "model", Pointer::model(name));
        }
    }
}
