//! Names of fields.

use super::form::Form;

/// The name of the field of an item. In a study it begins with the id of the instrument.
pub(super) fn field(form: &Form<'_>, id: &str) -> String {
    format!("{}{id}", form.prefix)
}
