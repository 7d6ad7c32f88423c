//! Texts by language, and the parts that all files share.

use scalewright_model::Wording;
use serde_json::{Map, Value, json};

use crate::ExportedFile;

/// Where the terms of ReproSchema 1.0.0 are defined.
const CONTEXT: &str =
    "https://raw.githubusercontent.com/ReproNim/reproschema/main/releases/1.0.0/reproschema";

/// A text in one or several languages, by tag.
pub(super) type Text = Map<String, Value>;

/// The languages of a form: the one that is published, then the others.
pub(super) struct Languages<'a>(pub(super) Vec<&'a Wording>);

impl Languages<'_> {
    /// The text that `of` finds in each language; `None` if the published language has none.
    pub(super) fn text(&self, of: impl Fn(&Wording) -> Option<String>) -> Option<Text> {
        let mut text = Text::new();
        for wording in &self.0 {
            match of(wording).filter(|text| !text.is_empty()) {
                Some(words) => {
                    text.insert(wording.language.clone(), Value::from(words));
                }
                None if text.is_empty() => return None,
                None => {}
            }
        }
        Some(text)
    }

    /// The text that each language has.
    pub(super) fn always(&self, of: impl Fn(&Wording) -> String) -> Text {
        self.0.iter().map(|wording| (wording.language.clone(), Value::from(of(wording)))).collect()
    }

    /// A name, which is the same in each language.
    pub(super) fn name(&self, name: &str) -> Text {
        self.always(|_| name.to_owned())
    }
}

/// A file with the parts of an object of this type.
pub(super) fn file(name: String, kind: &str, parts: Value) -> ExportedFile {
    let mut object = Map::new();
    object.insert("@context".to_owned(), json!(CONTEXT));
    object.insert("@type".to_owned(), json!(format!("reproschema:{kind}")));
    object.insert("@id".to_owned(), json!(name));
    if kind != "ResponseOption" {
        object.insert("schemaVersion".to_owned(), json!("1.0.0"));
    }
    if let Value::Object(parts) = parts {
        object.extend(parts.into_iter().filter(|(_, part)| !part.is_null()));
    }
    let json = serde_json::to_string_pretty(&object);
    let json = json.expect("internal: plain data is always JSON");
    ExportedFile::of(name, format!("{json}\n").into_bytes())
}
