//! Items, texts and scores as fields of an activity.

use scalewright_model::{Item, ItemIx, NoteIx};
use serde_json::{Value, json};

use super::form::Form;
use super::responses::{file_name, input};
use super::texts::{self, Text};
use crate::code::script::{Column, Kind};
use crate::{ExportedFile, choices};

/// A field with its place in the activity.
pub(super) struct Field {
    pub(super) file: ExportedFile,
    pub(super) name: String,
    /// Whether it is shown: a truth value or an expression.
    pub(super) is_visible: Value,
    pub(super) is_required: bool,
}

/// A field with these parts.
fn field(form: &Form<'_>, name: &str, is_visible: Value, parts: Value) -> Field {
    let mut all = json!({
        "version": form.request.instrument.version.to_string(),
        "prefLabel": form.languages.name(name),
    });
    if let (Value::Object(all), Value::Object(parts)) = (&mut all, parts) {
        all.extend(parts);
    }
    let file = texts::file(form.item_file(name), "Field", all);
    Field { file, name: name.to_owned(), is_visible, is_required: false }
}

/// A text that is not a question. The names of texts contain double underscores, which ids do not.
pub(super) fn text(form: &Form<'_>, name: &str, text: Option<Text>) -> Option<Field> {
    let parts = json!({"question": text?, "ui": {"inputType": "static"}});
    Some(field(form, &format!("text__{name}"), json!(true), parts))
}

/// A note between items. Its name is its id.
pub(super) fn note(form: &Form<'_>, note: NoteIx, is_visible: Value) -> Option<Field> {
    let text = form.languages.text(|wording| Some(wording.notes[note.0].clone()));
    let parts = json!({"question": text?, "ui": {"inputType": "static"}});
    Some(field(form, &form.request.instrument.notes[note.0].id, is_visible, parts))
}

/// The definition, which is never shown.
pub(super) fn definition(form: &Form<'_>, definition: &str) -> Field {
    let parts = json!({"question": form.languages.name(definition), "ui": {"inputType": "static"}});
    field(form, "text__definition", json!(false), parts)
}

/// An item.
pub(super) fn item(form: &Form<'_>, index: ItemIx, is_visible: Value) -> Field {
    let instrument = form.request.instrument;
    // A background item is asked like any other.
    let Item {
        id,
        number,
        response,
        section,
        required,
        ask: _,
        background: _,
        codes: _,
        taken_from: _,
    } = &instrument.items[index.0];
    let question = form.languages.always(|wording| {
        let stem = &wording.stems[index.0];
        match choices::printed_number(number) {
            None => stem.clone(),
            Some(number) => format!("{number} {stem}"),
        }
    });
    // The items of a section continue its lead-in.
    let lead_in = section.and_then(|section| {
        form.languages.text(|wording| wording.sections[section.0].lead_in.clone())
    });
    let parts = json!({
        "preamble": lead_in,
        "question": question,
        "ui": {"inputType": input(&instrument.response_scales[response.0].kind)},
        "responseOptions": file_name(form, *response),
    });
    Field { is_required: *required, ..field(form, id, is_visible, parts) }
}

/// A score, or what is known about it.
pub(super) fn score(form: &Form<'_>, column: &Column) -> Field {
    let (input, value_type) = match column.kind {
        Kind::Number => ("float", "xsd:decimal"),
        Kind::Count => ("number", "xsd:integer"),
        Kind::Truth => ("text", "xsd:boolean"),
        Kind::Word | Kind::Label => ("text", "xsd:string"),
    };
    let parts = json!({
        "description": form.languages.always(|wording| wording.scales[column.scale.0].title.clone()),
        "ui": {"inputType": input, "readonlyValue": true},
        "responseOptions": {"valueType": [value_type]},
    });
    field(form, &column.name, json!(false), parts)
}
