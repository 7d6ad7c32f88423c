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

use scalewright_model::Stop;
use serde_json::Value as Json;

use crate::form::Form;
use reader::Reader;
use resources::Resources;

/// The largest file that is read, in bytes.
const LARGEST: usize = 64 << 20;
/// The greatest number of questionnaires in one file.
const MOST: usize = 200;

/// Reads a Questionnaire, or each Questionnaire of a Bundle. `file` is its name for places and messages.
///
/// # Errors
///
/// If the file is not JSON, is too large, or contains no Questionnaire.
pub fn read(file: &str, bytes: &[u8]) -> Result<Vec<Form>, Stop> {
    if bytes.len() > LARGEST {
        let message = format!("`{file}` is larger than {} MiB", LARGEST >> 20);
        return Err(Stop::wrong(message).help("import its questionnaires one by one"));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let json: Json = serde_json::from_slice(bytes).map_err(|error| not_json(file, &error))?;
    let resources = Resources::of(&json);
    let found = &resources.questionnaires;
    if found.is_empty() {
        let message = match json::text(&json, "resourceType") {
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
    found.iter().map(|(at, json)| Reader::new(file, at, json, &resources).read()).collect()
}

fn not_json(file: &str, error: &serde_json::Error) -> Stop {
    let (line, column) = (error.line(), error.column());
    let text = error.to_string();
    if text.starts_with("recursion limit") {
        let message =
            format!("`{file}`, line {line}, column {column}: nested deeper than 128 levels");
        return Stop::wrong(message)
            .help("no questionnaire needs that depth: is this the right file?");
    }
    let what = text.rsplit_once(" at line").map_or(text.as_str(), |(what, _)| what);
    let message = format!("`{file}`, line {line}, column {column}: not JSON: {what}");
    Stop::wrong(message).help("export the questionnaire again, as JSON; XML is not read")
}
