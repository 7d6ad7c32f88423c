//! The languages inside of a project file, as the files of the multi-language management have them.
//!
//! REDCap stores the words of each language by what they are, by the name of the field, form or matrix, and by the code of
//! a choice: `field-enum`, `mood_1`, `3`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

/// A language, and the kinds of words that concern no form.
#[derive(Debug, Clone)]
pub(super) struct Packed {
    /// The language as a file of its own would have it.
    pub(super) file: Value,
    /// Kinds of words that have no counterpart, such as the title of a survey.
    pub(super) others: BTreeSet<String>,
}

impl Packed {
    /// The key of the language.
    pub(super) fn key(&self) -> &str {
        self.file["key"].as_str().unwrap_or_default()
    }

    /// Whether there are words of forms.
    pub(super) fn has_words(&self) -> bool {
        KINDS.iter().any(|(_, list, _)| self.file.get(list).is_some()) || !self.others.is_empty()
    }
}

/// Where the words of a kind belong: the list, and the entry of the element with their name.
const KINDS: [(&str, &str, &str); 6] = [
    ("form-name", "formTranslations", "name"),
    ("field-label", "fieldTranslations", "label"),
    ("field-note", "fieldTranslations", "note"),
    ("field-header", "fieldTranslations", "header"),
    ("field-enum", "fieldTranslations", "enum"),
    ("matrix-enum", "matrixTranslations", "enum"),
];

/// The languages of the settings; `None` if they have another form than is known.
pub(super) fn languages(settings: &Value) -> Option<Vec<Packed>> {
    let languages = settings.get("langs")?.as_object()?;
    languages.iter().map(|(key, language)| packed(key, language)).collect()
}

fn packed(key: &str, language: &Value) -> Option<Packed> {
    let stated = language.get("key").and_then(Value::as_str).unwrap_or(key);
    let mut lists: BTreeMap<&str, BTreeMap<&str, Map<String, Value>>> = BTreeMap::new();
    let mut others = BTreeSet::new();
    let nothing = Map::new();
    let kinds = match language.get("dd") {
        None | Some(Value::Null) => &nothing,
        Some(kinds) => kinds.as_object()?,
    };
    for (kind, names) in kinds {
        let Some((_, list, entry)) = KINDS.iter().find(|(known, _, _)| known == kind) else {
            others.insert(kind.clone());
            continue;
        };
        for (name, words) in names.as_object()? {
            let element = lists.entry(list).or_default().entry(name).or_default();
            let words = words.as_object()?;
            if *entry == "enum" {
                let choices = words.iter().filter_map(|(code, leaf)| {
                    Some(json!({"id": code, "translation": translation(leaf)?}))
                });
                element.insert("enum".to_owned(), choices.collect());
            } else if let Some(text) = words.values().find_map(translation) {
                element.insert((*entry).to_owned(), json!({ "translation": text }));
            }
        }
    }
    let mut file = Map::from_iter([
        ("creator".to_owned(), json!("REDCap MLM")),
        ("key".to_owned(), json!(stated)),
    ]);
    for (list, elements) in lists {
        let elements = elements.into_iter().map(|(name, mut element)| {
            element.insert("id".to_owned(), json!(name));
            Value::Object(element)
        });
        file.insert(list.to_owned(), elements.collect());
    }
    Some(Packed { file: Value::Object(file), others })
}

/// The words of a leaf: a text, or a table with a translation.
fn translation(leaf: &Value) -> Option<&str> {
    let text = leaf.as_str().or_else(|| leaf.get("translation")?.as_str())?;
    (!text.trim().is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::languages;

    #[test]
    fn words_are_sorted_by_what_they_belong_to() {
        let settings = json!({"langs": {"es": {"key": "es", "dd": {
            "field-label": {"mood_1": {"": {"translation": "Me siento bien", "refHash": "x"}}},
            "field-enum": {"mood_1": {"0": "Nunca", "1": {"translation": "Siempre"}, "2": ""}},
            "matrix-enum": {"m": {"0": "Nunca"}},
            "form-name": {"mood": {"": "Ánimo"}},
            "survey-title": {"mood": {"": "Encuesta"}},
        }}, "de": {}}});
        let found = languages(&settings).expect("it is understood");
        let es = found.iter().find(|one| one.file["key"] == "es").expect("it is there");
        assert_eq!(
            es.file,
            json!({
                "creator": "REDCap MLM",
                "key": "es",
                "fieldTranslations": [{
                    "id": "mood_1",
                    "label": {"translation": "Me siento bien"},
                    "enum": [
                        {"id": "0", "translation": "Nunca"},
                        {"id": "1", "translation": "Siempre"},
                    ],
                }],
                "formTranslations": [{"id": "mood", "name": {"translation": "Ánimo"}}],
                "matrixTranslations": [{"id": "m", "enum": [{"id": "0", "translation": "Nunca"}]}],
            })
        );
        assert_eq!(es.others.iter().collect::<Vec<_>>(), ["survey-title"]);
        assert!(languages(&json!({"langs": {"es": {"dd": "x"}}})).is_none());
        assert!(languages(&json!({"langs": {}})).is_some_and(|all| all.is_empty()));
    }
}
