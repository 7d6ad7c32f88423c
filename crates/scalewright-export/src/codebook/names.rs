//! Names of columns that occur twice.

use std::collections::BTreeMap;

use scalewright_model::{Diagnostic, ItemIx, Pointer};

use super::table::{Part, Role, Variable};
use crate::ExportRequest;

/// Errors for columns of an instrument that have the same name: a table that contains both is ambiguous.
pub(super) fn refused(request: &ExportRequest<'_>, part: &Part) -> Vec<Diagnostic> {
    let mut taken: BTreeMap<&str, &Variable> = BTreeMap::new();
    let twice = part.variables().filter_map(|variable| {
        let other = taken.insert(&variable.name, variable)?;
        let what = match other.role {
            Role::Key => "a column that identifies a row",
            Role::Item => "an item",
            Role::Score | Role::Answered | Role::Prorated | Role::Band => "another score",
        };
        let message = format!(
            "the data have a column `{}` for {}, and {what} has this name",
            variable.name,
            if variable.role == Role::Item { "an item" } else { "a score" },
        );
        let found = Diagnostic::error("unusable-name", message).at(place(request, variable), "");
        Some(found.help("choose another id, or other columns with `--set codebook.keys=…`"))
    });
    twice.collect()
}

/// Errors for columns of an instrument that earlier instruments have too, with another meaning. A description of a
/// data set that lists all columns together cannot contain both.
pub(super) fn shared(
    request: &ExportRequest<'_>,
    part: &Part,
    earlier: &[Part],
) -> Vec<Diagnostic> {
    let own = part.answers.iter().chain(&part.scores);
    let shared = own.filter_map(|variable| {
        let with = earlier.iter().find(|other| {
            let all = other.answers.iter().chain(&other.scores);
            all.into_iter().any(|other| other.name == variable.name && !is_same(other, variable))
        })?;
        let message = format!(
            "`{}` also has a column `{}`, with another meaning, and a Psych-DS data set describes each name once",
            with.id, variable.name
        );
        let found = Diagnostic::error("unusable-name", message).at(place(request, variable), "");
        Some(found.help("choose another id, or another `codebook.format`"))
    });
    shared.collect()
}

/// Whether two columns can be described together.
pub(super) fn is_same(one: &Variable, other: &Variable) -> bool {
    let values = |variable: &Variable| -> Vec<String> {
        variable.values.iter().map(super::table::Value::shown).collect()
    };
    one.kind == other.kind
        && one.label == other.label
        && one.unit == other.unit
        && (one.min, one.max) == (other.min, other.max)
        && values(one) == values(other)
}

/// Where the definition names the column: the id of the item or of the longest scale whose id begins it.
fn place(request: &ExportRequest<'_>, variable: &Variable) -> Pointer {
    let instrument = request.instrument;
    let item = instrument.items.iter().position(|item| item.id == variable.name);
    if let (Role::Item, Some(at)) = (variable.role, item) {
        return Pointer::item(ItemIx(at)).key("id");
    }
    let scales = instrument.scales.iter().filter(|scale| variable.name.starts_with(&scale.id));
    let scale = scales.max_by_key(|scale| scale.id.len());
    scale.map_or_else(Pointer::root, |scale| scale.pointer().key("id"))
}
