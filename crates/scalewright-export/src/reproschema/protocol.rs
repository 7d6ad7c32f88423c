//! The protocol: the activities in their order.

use serde_json::{Value, json};

use super::form::Form;
use super::texts::{self, Text};
use crate::ExportedFile;

/// The file of a protocol with these activities.
pub(super) fn file(name: String, title: &Text, forms: &[&Form<'_>]) -> ExportedFile {
    let activity = |form: &&Form<'_>| {
        json!({
            "variableName": form.request.instrument.id,
            "isAbout": form.activity_file(),
            "prefLabel": form.languages.always(|wording| wording.title.clone()),
            "isVis": true,
        })
    };
    let order: Vec<String> = forms.iter().map(|form| form.activity_file()).collect();
    // A study has no version of its own.
    let version = match forms {
        [only] => Value::from(only.request.instrument.version.to_string()),
        _ => Value::Null,
    };
    let parts = json!({
        "version": version,
        "prefLabel": title,
        "description": title,
        "ui": {
            "addProperties": forms.iter().map(activity).collect::<Vec<_>>(),
            "order": order,
            "shuffle": false,
        },
    });
    texts::file(name, "Protocol", parts)
}
