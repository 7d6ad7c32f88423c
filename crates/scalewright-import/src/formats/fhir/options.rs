//! What may be chosen as the answer to a question.

use serde_json::{Map, Value as Json};

use super::json::{choice, list, text};
use super::numbers::stated;
use super::reader::Reader;
use super::words::designations;
use super::{json, words};
use crate::choices::MOST_OPTIONS;
use crate::words::Words;

/// The greatest depth of concepts in concepts.
const DEEPEST: usize = 20;

/// An option as the questionnaire has it.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    /// What the response contains.
    pub(super) json: Json,
    pub(super) label: Words,
    /// The code or the value.
    pub(super) stored: String,
    /// Its number.
    pub(super) number: Option<f64>,
}

/// The options of a question.
pub(super) enum Options {
    /// It has none, and needs none.
    None,
    Listed(Vec<Listed>),
    /// They could not be read, for a reason given as a clause.
    Unclear(String),
}

/// Reads the options of a question.
pub(super) fn read<'j>(reader: &mut Reader<'j>, item: &'j Json, pointer: &str) -> Options {
    // Release 3 calls them `option`.
    for key in ["answerOption", "option"] {
        if !list(item, key).is_empty() {
            return bounded(inline(reader, list(item, key), &format!("{pointer}/{key}")));
        }
    }
    let of_release_3 = item.get("options").and_then(|options| text(options, "reference"));
    if let Some(address) = text(item, "answerValueSet").or(of_release_3) {
        return value_set(reader, address, pointer);
    }
    if json::extensions(item, "answerExpression")
        .chain(json::extensions(item, "candidateExpression"))
        .next()
        .is_some()
    {
        return Options::Unclear("its options are computed by an expression".to_owned());
    }
    Options::None
}

fn bounded(listed: Result<Vec<Listed>, String>) -> Options {
    match listed {
        Ok(listed) if listed.is_empty() => Options::Unclear("it has no options".to_owned()),
        Ok(listed) if listed.len() > MOST_OPTIONS => Options::Unclear(format!(
            "it has {} options, and the limit is {MOST_OPTIONS}",
            listed.len()
        )),
        Ok(listed) => Options::Listed(listed),
        Err(why) => Options::Unclear(why),
    }
}

fn inline(reader: &mut Reader<'_>, options: &[Json], pointer: &str) -> Result<Vec<Listed>, String> {
    let mut listed = Vec::new();
    for (at, option) in options.iter().enumerate().take(MOST_OPTIONS + 1) {
        let pointer = format!("{pointer}/{at}");
        let Some((key, value)) = choice(option, "value") else {
            return Err("one of its options has no value".to_owned());
        };
        let number = stated(reader, &[option, value], &pointer);
        let (stored, label) = match value {
            Json::Object(_) if key == "valueCoding" => {
                let code = text(value, "code").or_else(|| text(value, "display"));
                let Some(code) = code else {
                    return Err("one of its options has neither code nor words".to_owned());
                };
                let mut label = reader.words(value, "display", &pointer);
                if label.is_empty() {
                    label.add(&reader.language.clone(), code);
                }
                (code.to_owned(), label)
            }
            Json::String(written) if !written.trim().is_empty() => {
                let mut label = words::of(option, key, &reader.language);
                label.add(&reader.language.clone(), written);
                (written.clone(), label)
            }
            Json::Number(number) => {
                let mut label = Words::default();
                label.add(&reader.language.clone(), &number.to_string());
                (number.to_string(), label)
            }
            _ => return Err(format!("one of its options has a value of the type `{key}`")),
        };
        listed.push(Listed { json: value.clone(), label, stored, number });
    }
    Ok(listed)
}

fn value_set<'j>(reader: &mut Reader<'j>, address: &str, pointer: &str) -> Options {
    let found = reader.resources.find(reader.json, "ValueSet", address);
    let Some(set) = found else {
        return Options::Unclear(format!(
            "its options are in the value set `{address}`, which the file does not contain"
        ));
    };
    let mut concepts = Vec::new();
    let expansion = set.get("expansion").unwrap_or(&Json::Null);
    flat(list(expansion, "contains"), "contains", None, 0, &mut concepts);
    // An expansion may leave out the numbers that the concepts have where the set is composed.
    let composed = match composed(reader, set) {
        Ok(composed) => composed,
        Err(why) if concepts.is_empty() => return Options::Unclear(why),
        Err(_) => Vec::new(),
    };
    let mut listed = Vec::new();
    let chosen = if concepts.is_empty() { composed.clone() } else { concepts };
    for (system, concept) in chosen.into_iter().take(MOST_OPTIONS + 1) {
        let Some(code) = text(concept, "code") else { continue };
        let twin = composed.iter().find(|(_, other)| text(other, "code") == Some(code));
        let mut places = vec![concept];
        places.extend(twin.map(|(_, twin)| *twin));
        let number = stated(reader, &places, pointer);
        let mut label = reader.words(concept, "display", pointer);
        if label.is_empty()
            && let Some((_, twin)) = twin
        {
            label = reader.words(twin, "display", pointer);
        }
        let language = reader.language.clone();
        designations(concept, &mut label, &language);
        let written = label.of(&language).map(str::to_owned);
        if written.is_none() {
            label.add(&language, code);
        }
        let mut coding = Map::new();
        let parts = [
            ("system", system.map(str::to_owned)),
            ("code", Some(code.to_owned())),
            ("display", written),
        ];
        coding.extend(
            parts.into_iter().filter_map(|(key, part)| Some((key.to_owned(), Json::String(part?)))),
        );
        listed.push(Listed { json: Json::Object(coding), label, stored: code.to_owned(), number });
    }
    bounded(Ok(listed))
}

type Concepts<'j> = Vec<(Option<&'j str>, &'j Json)>;

/// The concepts that a value set is composed of.
fn composed<'j>(reader: &Reader<'j>, set: &'j Json) -> Result<Concepts<'j>, String> {
    let compose = set.get("compose").unwrap_or(&Json::Null);
    let mut concepts = Vec::new();
    for include in list(compose, "include") {
        let system = text(include, "system");
        if !list(include, "concept").is_empty() {
            concepts.extend(list(include, "concept").iter().map(|concept| (system, concept)));
            continue;
        }
        if !list(include, "filter").is_empty() || !list(include, "valueSet").is_empty() {
            return Err("its value set is defined by a filter or by other value sets".to_owned());
        }
        let code_system =
            system.and_then(|system| reader.resources.find(reader.json, "CodeSystem", system));
        let Some(code_system) = code_system else {
            let system = system.unwrap_or("no code system");
            return Err(format!(
                "its value set has all codes of `{system}`, which the file does not contain"
            ));
        };
        flat(list(code_system, "concept"), "concept", system, 0, &mut concepts);
    }
    Ok(concepts)
}

/// The concepts and those inside them. Groups that cannot be chosen are left out.
fn flat<'j>(
    all: &'j [Json],
    inner: &str,
    system: Option<&'j str>,
    depth: usize,
    found: &mut Concepts<'j>,
) {
    for concept in all {
        if found.len() > MOST_OPTIONS || depth > DEEPEST {
            return;
        }
        if !json::truth(concept, "abstract") && text(concept, "code").is_some() {
            found.push((system.or_else(|| text(concept, "system")), concept));
        }
        flat(list(concept, inner), inner, system, depth + 1, found);
    }
}
