//! FHIR Questionnaires: releases 4 and 5, with the extensions of Structured Data Capture. Release 3 is read too.
//!
//! `tree` goes through the items and makes sections, items and scores; `options` reads what may be chosen; `conditions`
//! reads when an item is asked; `rules` translates conditions and calculated items, which are FHIRPath.

mod conditions;
mod heading;
mod json;
mod kinds;
mod numbers;
mod options;
mod questions;
mod reader;
mod resources;
mod rules;
mod sections;
mod source;
#[cfg(test)]
mod tests;
mod tree;
mod words;

use std::sync::Arc;

use scalewright_model::Stop;
use serde_json::Value as Json;

use crate::empty;
use crate::fhirpath::Node;
use crate::form::Form;
use crate::format::Format;
use crate::options::Options;
use reader::{Asked, Reader};
use resources::Resources;

/// The greatest number of questionnaires in one file.
const MOST: usize = 200;

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "fhir",
    title: "a FHIR Questionnaire",
    recognises: |opened| {
        let kind = opened.json().and_then(|json| json::text(json, "resourceType"));
        matches!(kind, Some("Questionnaire" | "Bundle" | "Parameters"))
    },
    read: |opened, options| read(opened.name(), opened.json().unwrap_or(&Json::Null), options),
};

/// Reads a Questionnaire, or each Questionnaire of a Bundle. `file` is its name for places and messages.
///
/// # Errors
///
/// If the file contains no Questionnaire, or too many.
fn read(file: &str, json: &Json, options: &Options) -> Result<Vec<Form>, Stop> {
    let resources = Resources::of(json);
    let found = &resources.questionnaires;
    if found.is_empty() {
        let message = match json::text(json, "resourceType") {
            Some(kind) => format!("`{file}` has no Questionnaire: it is a {kind}"),
            None => format!("`{file}` is not a FHIR resource: it has no `resourceType`"),
        };
        return Err(
            Stop::wrong(message).help("give a Questionnaire, or a Bundle with Questionnaires")
        );
    }
    if found.len() > MOST {
        let message = format!("`{file}` has more than {MOST} Questionnaires");
        return Err(Stop::wrong(message).help("split the Bundle"));
    }
    let forms = found
        .iter()
        .map(|(at, json)| whole(Reader::new(file, (at, json), &resources, options)))
        .collect::<Result<_, _>>()?;
    empty::without(file, "the questionnaire has no items to answer", forms)
}

/// Reads a whole questionnaire: items first, then conditions and calculated items, which refer to them.
fn whole(mut reader: Reader<'_>) -> Result<Form, Stop> {
    heading::read(&mut reader);
    reader.world.questionnaire = reader.json.clone();
    reader.world.nodes.push(Node::default());
    reader.asked.push(Asked { items: Vec::new(), note: None, json: Some(reader.json) });
    tree::read(&mut reader)?;
    conditions::read(&mut reader);
    rules::renumber(&mut reader);
    reader.summary();
    let world = Arc::new(std::mem::take(&mut reader.world));
    rules::write(&mut reader, &world);
    Ok(reader.form)
}
