//! Texts with a wrong form: the patterns of the schemas, in words.

use scalewright_model::{Diagnostic, Pointer};
use serde_json::Value;
use toml::de::DeValue;

use super::context::short;
use super::types;

/// The patterns in our schemas, described in words.
const FORMS: [(&str, &str); 13] = [
    (
        r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        "lower-case words and digits joined by single hyphens, such as `wai-sr`",
    ),
    (
        r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$",
        "lower-case letters and digits joined by single underscores, beginning with a letter, such as `wai_1`",
    ),
    (
        r"^[a-z][a-z0-9_-]*$",
        "lower-case letters, digits, hyphens and underscores, beginning with a letter",
    ),
    (
        r"^[A-Za-z][A-Za-z0-9_-]*$",
        "letters, digits, hyphens and underscores, beginning with a letter, such as `female`",
    ),
    (r"^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]$", "year, month and day, such as `2026-01-31`"),
    (
        r"^[0-9]+[.][0-9]+[.][0-9]+(-[0-9A-Za-z.-]+)?$",
        "three numbers joined by points, such as `1.0.0`",
    ),
    (
        r"^[A-Za-z][A-Za-z]+(-[A-Za-z0-9]+)*$",
        "a BCP 47 language tag, such as `en`, `pt-BR` or `zh-Hant`",
    ),
    (
        r"^[A-Za-z][A-Za-z0-9+.-]*:[!$-{}~]+$",
        "an absolute address without `|` or `#`, such as `https://example.org/scales/x`",
    ),
    (
        r"^[!-~]+( [!-~]+)*$",
        "a code as the terminology writes it, without surrounding spaces, such as `44249-1`",
    ),
    (
        r"^#[0-9A-Fa-f]{6}$",
        "red, green and blue, with two digits from 0 to f each, such as `#1f4e79`",
    ),
    (r"^10[.][0-9]+/[!-~]+$", "a DOI without its resolver, such as `10.1080/10503300500352500`"),
    (
        r"^([0-9]+([.][0-9]+)?%|[0-9]+/[0-9]+)$",
        "an exact proportion, such as `\"80%\"` or `\"2/3\"`",
    ),
    (scalewright_model::file::FRACTION, "a number, or an exact fraction such as `\"1/3\"`"),
];

/// Returns the form of a text in words, if its schema has a pattern.
pub(super) fn form(property: &Value) -> Option<&'static str> {
    let pattern = property.get("pattern")?.as_str()?;
    FORMS.iter().find(|(known, _)| *known == pattern).map(|(_, form)| *form)
}

/// Reports a text that does not match a pattern.
pub(super) fn wrong(
    name: &str,
    pattern: &str,
    value: Option<&DeValue<'_>>,
    place: Pointer,
) -> Diagnostic {
    let given = value.and_then(DeValue::as_str).unwrap_or_default();
    let form = FORMS.iter().find(|(known, _)| *known == pattern);
    let form = form.map_or("it as the documentation says", |(_, form)| form);
    // A number in quotes, where a fraction may be.
    let number = (pattern == scalewright_model::file::FRACTION)
        .then(|| types::number(given))
        .filter(|_| given.replace(',', ".").parse::<f64>().is_ok());
    Diagnostic::error("wrong-form", format!("{name} cannot be `{}`", short(given)))
        .at(place, "")
        .help(number.unwrap_or_else(|| format!("write {form}")))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::FORMS;
    use crate::{SchemaKind, schema};

    /// Every pattern in the schemas is described in `FORMS`.
    #[test]
    fn every_pattern_has_a_description() {
        fn patterns(value: &Value, found: &mut Vec<String>) {
            match value {
                Value::Object(table) => {
                    found.extend(table.get("pattern").and_then(Value::as_str).map(str::to_owned));
                    table.values().for_each(|value| patterns(value, found));
                }
                Value::Array(list) => list.iter().for_each(|value| patterns(value, found)),
                _ => {}
            }
        }
        let mut found = Vec::new();
        let kinds = [
            SchemaKind::Instrument,
            SchemaKind::Wording,
            SchemaKind::Cases,
            SchemaKind::Config,
            SchemaKind::Pack,
            SchemaKind::Key,
        ];
        for kind in kinds {
            patterns(&schema(kind), &mut found);
        }
        for pattern in found {
            assert!(
                FORMS.iter().any(|(known, _)| *known == pattern),
                "no description of {pattern}"
            );
        }
    }
}
