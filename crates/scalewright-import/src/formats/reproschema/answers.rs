//! The response scales of items.

use serde_json::Value;

use super::Reader;
use crate::choices::{Listed, numbered};
use crate::finding::Kind;
use crate::form::{Response, ResponseKind};
use crate::json::Node;

/// The keys of response options that are understood, or that only matter on a screen.
const KEYS: &[&str] = &[
    "@context",
    "@id",
    "@type",
    "id",
    "category",
    "schemaVersion",
    "version",
    "prefLabel",
    "valueType",
    "minValue",
    "maxValue",
    "multipleChoice",
    "choices",
    "unitOptions",
];

impl<'a> Reader<'a> {
    /// The position of the response scale of an item; `None` if its answers are not understood.
    pub(super) fn response(&mut self, item: &Node<'a>, variable: &str) -> Option<usize> {
        let input = item.get("ui").get("inputType").text().unwrap_or_default();
        let options = match self.options_of(item) {
            Ok(options) => options,
            Err(reason) => {
                let message = format!("{reason}, so that `{variable}` is left out");
                self.report(
                    Kind::NotUnderstood,
                    "missing-file",
                    &item.get("responseOptions"),
                    message,
                );
                return None;
            }
        };
        let key = format!("{input} {}", content(&options));
        if let Some(known) = self.answers.get(&key) {
            return Some(*known);
        }
        let made = self.kind(item, (input, variable), &options);
        let made = made.map_err(|reason| {
            let message = format!("{reason}, so that `{variable}` is left out");
            self.report(Kind::NotUnderstood, "answers", item, message);
        });
        let kind = made.ok()?;
        self.left_out.keys(&options, "response options", KEYS);
        let own = options.place();
        let is_shared = own.file != item.place().file;
        let name = if is_shared {
            words_of(own.file.rsplit('/').next().unwrap_or_default())
        } else {
            variable.to_owned()
        };
        let name = if matches!(kind, ResponseKind::Text(_)) { "text" } else { &name };
        let place = if is_shared { own } else { item.place() };
        let name = self.ids.response(name);
        self.form.responses.push(Response { name, kind, place });
        self.answers.insert(key, self.form.responses.len() - 1);
        Some(self.form.responses.len() - 1)
    }

    /// The response options: those of the item, or of the file that it names.
    ///
    /// # Errors
    ///
    /// Returns the reason if there is no such file.
    pub(super) fn options_of(&self, item: &Node<'a>) -> Result<Node<'a>, String> {
        let own = item.get("responseOptions");
        match own.text() {
            Some(path) => self.files.get(&item.place().file, path),
            None => Ok(own),
        }
    }

    fn kind(
        &mut self,
        item: &Node<'a>,
        (input, variable): (&str, &str),
        options: &Node<'a>,
    ) -> Result<ResponseKind, String> {
        match input {
            "slider" => self.slider(options),
            "date" => Ok(ResponseKind::Date),
            "time" => Ok(ResponseKind::Time),
            "radio" | "select" | "selectMultiple" | "multiSelect" => self.choices(options),
            _ if is_number(input) => self.number(item, input, options),
            "text" | "textarea" | "multitext" | "email" | "pid" | "" => self.text(input, options),
            "selectCountry" | "selectState" | "selectLanguage" => {
                self.report(
                    Kind::Changed,
                    "list-of-player",
                    item,
                    format!("the list of `{input}` belongs to the player; the item is a text"),
                );
                Ok(ResponseKind::Text(1))
            }
            _ if is_recording(input) => {
                self.report(
                    Kind::Changed,
                    "recording",
                    item,
                    format!("`{variable}` is answered by a file (`{input}`); the item takes its name as a text"),
                );
                Ok(ResponseKind::Text(1))
            }
            _ => Err(format!(
                "an input of the type `{}` has no counterpart",
                input.chars().take(60).collect::<String>()
            )),
        }
    }

    /// A text; an item without an input type that lists choices is a choice.
    fn text(&mut self, input: &str, options: &Node<'a>) -> Result<ResponseKind, String> {
        match input {
            "" if options.get("choices").list().next().is_some() => self.choices(options),
            "multitext" | "textarea" => Ok(ResponseKind::Text(4)),
            _ => Ok(ResponseKind::Text(1)),
        }
    }

    /// One or several of the listed choices.
    pub(super) fn choices(&mut self, options: &Node<'a>) -> Result<ResponseKind, String> {
        let node = options.get("choices");
        if let Some(text) = node.text() {
            return Err(format!(
                "the choices are those of `{}`, which is not read",
                text.chars().take(200).collect::<String>()
            ));
        }
        let mut listed = Vec::new();
        for choice in node.list() {
            listed.push(self.choice(&choice));
        }
        let choices = numbered(self.options, &mut self.form.findings, &node.place(), listed);
        if choices.is_empty() {
            return Err("there are no choices".to_owned());
        }
        let is_several = options.get("multipleChoice").truth() == Some(true);
        Ok(if is_several { ResponseKind::Several(choices) } else { ResponseKind::Coded(choices) })
    }

    fn choice(&mut self, choice: &Node<'a>) -> Listed {
        self.left_out.keys(
            choice,
            "a choice",
            &["name", "value", "@type", "schema:name", "schema:value"],
        );
        let either =
            |key: &str, old: &str| if choice.has(key) { choice.get(key) } else { choice.get(old) };
        let (name, value) = (either("name", "schema:name"), either("value", "schema:value"));
        let mut label = self.texts.asked(&name);
        if label.is_empty() {
            label = self.texts.words(choice.get("@none").text().map_or(choice, |_| choice));
        }
        let stored = value.as_text().or_else(|| choice.as_text()).or_else(|| name.as_text());
        if is_digits(value.value()) {
            self.report(Kind::Doubtful, "text-number", &value, "the value is a number written as a text; JavaScript joins texts, and does not add them");
        }
        Listed { stored: stored.unwrap_or_default(), label, place: choice.place() }
    }

    /// Whether a choice of an item has digits as a text for its value.
    pub(super) fn has_text_numbers(&self, item: &Node<'a>) -> bool {
        let options = self.options_of(item);
        options.is_ok_and(|options| {
            options.get("choices").list().any(|choice| is_digits(choice.get("value").value()))
        })
    }
}

/// Whether a value is a text that reads like a number.
fn is_digits(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.trim().parse::<f64>().is_ok())
}

/// Whether an input takes a file: a recording, a picture, a document, a signature.
fn is_recording(input: &str) -> bool {
    input.starts_with("audio")
        || input.starts_with("video")
        || matches!(input, "documentUpload" | "sign")
}

/// Whether an item of this input only shows something: words, or a button of the player.
pub(super) fn is_shown(input: &str) -> bool {
    matches!(input, "static" | "save" | "buttonStart")
}

/// Whether an input takes a number.
fn is_number(input: &str) -> bool {
    let bare = input.strip_prefix("xsd:").unwrap_or(input);
    matches!(bare, "number" | "int" | "integer" | "float" | "decimal" | "double" | "year")
}

/// What the answers consist of, without the names of the file.
fn content(options: &Node<'_>) -> String {
    let keys = ["valueType", "minValue", "maxValue", "multipleChoice", "choices", "unitOptions"];
    keys.map(|key| options.get(key).value().to_string()).join(" ")
}

/// The name of a file with its words joined by underscores: `valueConstraints` is `value_constraints`.
fn words_of(file: &str) -> String {
    let mut name = String::new();
    let mut was_lower = false;
    for letter in file.chars() {
        if letter.is_uppercase() && was_lower {
            name.push('_');
        }
        was_lower = letter.is_lowercase();
        name.push(letter);
    }
    name
}
