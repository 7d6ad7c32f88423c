//! Tables of the names that are not the ids themselves.

use super::bytes;
use super::field_names::field_name;
use super::form::Form;
use super::names::ids;

/// A table of the names that are not the ids themselves; nothing when all are.
pub(super) fn listed(form: &Form<'_>) -> Option<Vec<u8>> {
    table("field_name,id\n", renamed(form).iter().map(|(name, id)| bytes::row(&[name, id])))
}

/// The same of a study, with the instrument.
pub(super) fn listed_together(forms: &[Form<'_>]) -> Option<Vec<u8>> {
    let rows = forms.iter().flat_map(|form| {
        let instrument = &form.request.instrument.id;
        renamed(form).into_iter().map(move |(name, id)| bytes::row(&[&name, id, instrument]))
    });
    table("field_name,id,instrument\n", rows)
}

fn table(header: &str, rows: impl Iterator<Item = String>) -> Option<Vec<u8>> {
    let rows: String = rows.collect();
    (!rows.is_empty()).then(|| format!("{header}{rows}").into_bytes())
}

/// The fields of a form that are not called by their ids. A field that is neither item nor score has no id: the name
/// that it has in a project of its own stands there.
fn renamed<'a>(form: &'a Form<'_>) -> Vec<(String, &'a str)> {
    let Form { request, names, fields: _ } = form;
    let ids: Vec<&str> = ids(request.instrument).into_iter().map(|(_, id)| id).collect();
    let of_definition = ids.iter().map(|id| (names.field(&field_name(id)), *id));
    let others = names.changed.iter().map(|(alone, name)| (name.clone(), alone.as_str()));
    let others = others.filter(|(_, alone)| !ids.iter().any(|id| field_name(id) == **alone));
    of_definition.chain(others).filter(|(name, id)| name != id).collect()
}
