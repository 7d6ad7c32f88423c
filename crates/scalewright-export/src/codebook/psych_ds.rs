//! The description of a Psych-DS data set: JSON-LD in the words of schema.org.

use super::json::{Json, Object};
use super::names::is_same;
use super::table::{Codebook, Part, Role, Value, Variable};

/// The content of the file.
pub(super) fn bytes(book: &Codebook) -> Vec<u8> {
    let mut variables: Vec<&Variable> = Vec::new();
    for variable in book.parts.iter().flat_map(Part::variables) {
        let is_known = |other: &&Variable| other.name == variable.name && is_same(other, variable);
        if !variables.iter().any(is_known) {
            variables.push(variable);
        }
    }
    let parts = book.parts.iter();
    let instruments = parts.clone().map(instrument);
    let works = parts.flat_map(|part| &part.references).map(|(_, text)| text.as_str());
    let works: Vec<&str> = works.collect();
    Object::default()
        .with("@context", "https://schema.org/")
        .with("@type", "Dataset")
        .with("name", book.title.as_str())
        .with("description", description(book))
        .with("inLanguage", book.language.as_str())
        .with("measurementTechnique", instruments.collect::<Json>())
        .maybe("citation", (!works.is_empty()).then(|| works.into_iter().collect::<Json>()))
        .with("variableMeasured", variables.into_iter().map(property).collect::<Json>())
        .bytes()
}

/// What the data are, with the rights notices of the instruments.
fn description(book: &Codebook) -> String {
    let mut text = "Answers and scores, as `scalewright score` reads and writes them.".to_owned();
    for part in &book.parts {
        text.push_str(&format!("\n{}: {}", part.title, part.notice));
        if let Some(banner) = &part.banner {
            text.push_str(&format!("\n{banner}"));
        }
    }
    text
}

/// The instrument in a text. The validator of Psych-DS accepts nothing else for how data were measured.
fn instrument(part: &Part) -> String {
    let facts = part.facts.iter().map(|(name, text)| format!("{name}: {text}"));
    let mut lines = vec![part.title.clone()];
    lines.extend(facts);
    lines.extend(part.instructions.iter().map(|text| format!("instructions: {text}")));
    lines.join("\n")
}

fn property(variable: &Variable) -> Object {
    let is_limited = variable.kind.is_numeric();
    let values: Json = variable.values.iter().map(value).collect();
    let (low, high) = limits(variable);
    Object::default()
        .with("@type", "PropertyValue")
        .with("name", variable.name.as_str())
        .with("alternateName", variable.label.as_str())
        .with("description", explained(variable))
        .with("additionalType", variable.kind.name())
        .maybe("unitText", variable.unit.as_deref())
        .maybe("minValue", low.filter(|_| is_limited))
        .maybe("maxValue", high.filter(|_| is_limited))
        .maybe("valueReference", (!variable.values.is_empty()).then_some(values))
}

/// The limits: those of the answers, or of their codes without those for missing answers.
fn limits(variable: &Variable) -> (Option<f64>, Option<f64>) {
    let codes = || variable.valid().filter_map(|value| value.value.parse::<f64>().ok());
    match variable.role {
        Role::Item if !variable.values.is_empty() => {
            (codes().reduce(f64::min), codes().reduce(f64::max))
        }
        _ => (variable.min, variable.max),
    }
}

fn explained(variable: &Variable) -> String {
    let mut lines = vec![variable.question()];
    lines.extend(variable.section.instructions.clone());
    lines.push(variable.explained());
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

fn value(value: &Value) -> Object {
    let Value { value, label, code, is_missing, limits } = value;
    let missing = is_missing.then_some("missing answer");
    Object::default()
        .with("@type", "PropertyValue")
        .with("value", value.as_str())
        .with("name", label.as_str())
        .maybe("alternateName", code.as_deref())
        .maybe("description", limits.as_deref().or(missing))
}
