//! The texts of a survey, by locale, without markup.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::finding::{Finding, Kind};
use crate::json::Node;
use crate::markup::Markup;
use crate::place::Place;
use crate::words::{Words, tag as tag_of};

/// The locale of texts under `default`, if the survey states no other.
const BUILT_IN: &str = "en";

/// How the texts of a survey are read, and what was noticed.
pub(super) struct Texts {
    /// The language of texts under `default`.
    default: String,
    /// Whether the source says anything about languages.
    is_stated: bool,
    markup: Markup,
    /// The first text with a name in braces, and how many there are.
    placeholders: Option<(Place, usize)>,
    /// The names in braces that are always the same text, and their texts.
    constants: Vec<(String, String)>,
}

impl Texts {
    /// The texts of a survey. `wanted` is the language that the user states.
    pub(super) fn of(survey: &Node<'_>, wanted: Option<&str>) -> Self {
        let mut tags = BTreeSet::new();
        collect(survey.value(), &mut tags);
        let locale = survey.get("locale").text().map(tag_of);
        let own = |tag: Option<String>| tag.filter(|tag| !tags.contains(tag));
        let default = own(wanted.map(str::to_owned)).or_else(|| own(locale.clone()));
        let is_stated = locale.is_some() || !tags.is_empty();
        Self {
            default: default.unwrap_or_else(|| BUILT_IN.to_owned()),
            is_stated,
            markup: Markup::default(),
            placeholders: None,
            constants: Vec::new(),
        }
    }

    /// The language of the survey, if it says anything about languages.
    pub(super) fn language(&self) -> Option<String> {
        self.is_stated.then(|| self.default.clone())
    }

    /// Adds a name that is always the same text.
    pub(super) fn constant(&mut self, name: &str, text: &str) {
        self.constants.push((format!("{{{name}}}"), text.to_owned()));
    }

    /// The words of a text, or of a table of texts by locale.
    pub(super) fn words(&mut self, node: &Node<'_>) -> Words {
        if let Some(text) = node.as_text().filter(|text| !text.trim().is_empty()) {
            return Words::only(&self.plain(&text, node));
        }
        let mut words = Words::default();
        // The text of a locale takes precedence over the default.
        if let Some(text) = node.get("default").text() {
            words.add(&self.default.clone(), &self.plain(text, node));
        }
        for (tag, text) in node.entries().into_iter().filter(|(tag, _)| *tag != "default") {
            if let Some(text) = text.text() {
                words.add(&tag_of(tag), &self.plain(text, node));
            }
        }
        words
    }

    fn plain(&mut self, text: &str, at: &Node<'_>) -> String {
        let mut text = self.markup.removed(text, at);
        for (name, with) in &self.constants {
            text = text.replace(name, with);
        }
        if has_name(&text) {
            self.placeholders.get_or_insert_with(|| (at.place(), 0)).1 += 1;
        }
        text
    }

    /// Findings about texts as a whole.
    pub(super) fn findings(&self, file: &str) -> Vec<Finding> {
        let mut findings = self.markup.findings(file);
        if let Some((place, count)) = &self.placeholders {
            let message = format!(
                "{count} texts contain a name in braces, which the survey replaces by a value; it is left as written"
            );
            findings.push(Finding::new(Kind::NotUnderstood, "placeholder-left", place, message));
        }
        findings
    }
}

/// Whether a text contains a name in braces.
fn has_name(text: &str) -> bool {
    let is_name = |name: &str| !name.is_empty() && name.len() <= 200 && !name.contains('\n');
    text.split('{').skip(1).any(|rest| rest.split_once('}').is_some_and(|(name, _)| is_name(name)))
}

/// The locales of all texts under `default`.
fn collect(value: &Value, tags: &mut BTreeSet<String>) {
    match value {
        Value::Object(table) => {
            if table.get("default").is_some_and(Value::is_string)
                && table.values().all(Value::is_string)
            {
                tags.insert("default".to_owned());
                tags.extend(table.keys().filter(|tag| *tag != "default").map(|tag| tag_of(tag)));
            }
            table.values().for_each(|value| collect(value, tags));
        }
        Value::Array(list) => list.iter().for_each(|value| collect(value, tags)),
        _ => {}
    }
}
