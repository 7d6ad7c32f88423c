//! Tables of the field names that differ from their ids.

use super::bytes;
use super::field_names::field_name;
use super::form::Form;
use super::names::ids;

/// Returns the table for one form, or `None` if all names equal their ids.
pub(super) fn listed(form: &Form<'_>) -> Option<Vec<u8>> {
    table("field_name,id\n", renamed(form).iter().map(|(name, id)| bytes::row(&[name, id])))
}

/// Returns the table for a study, with a column for the instrument, or `None` if all names equal their ids.
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

/// Returns the names of the fields whose names differ from their ids, with these ids. A field that is neither item nor
/// score has no id: its name in a project without other forms is used instead.
fn renamed<'a>(form: &'a Form<'_>) -> Vec<(String, &'a str)> {
    let Form { request, names, fields: _ } = form;
    let ids: Vec<&str> = ids(request.instrument).into_iter().map(|(_, id)| id).collect();
    let of_definition = ids.iter().map(|id| (names.field(&field_name(id)), *id));
    let others = names.changed.iter().map(|(alone, name)| (name.clone(), alone.as_str()));
    let others = others.filter(|(_, alone)| !ids.iter().any(|id| field_name(id) == **alone));
    of_definition.chain(others).filter(|(name, id)| name != id).collect()
}
