//! The available forms: the one that the user gives, and those in the input beside their responses.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use serde_json::Value;

use scalewright_model::text::plain;

use crate::Stop;

use super::fhir_canonical::Canonical;
use super::fhir_form::AnsweredForm;
use super::fhir_pieces::{Piece, Pieces};
use super::row_reader::About;
use super::strict_json::Strict;

/// The maximum length of a response or a form, in bytes. Parsed JSON takes many times as much memory.
const LONGEST: usize = 4 << 20;

/// The maximum number of questions and options of all forms of an input.
const MOST_OPTIONS: usize = 500_000;

/// A resource of the input, with its address if it is in a Bundle.
pub(super) type Resource = (Option<String>, Value);

/// All versions of each form, by the address of the form.
type ByAddress = BTreeMap<String, Vec<AnsweredForm>>;

/// The available forms.
pub(super) struct Forms {
    /// The form that the user gave.
    given: Option<AnsweredForm>,
    /// The addresses of forms that the user named, including that of the given form.
    named: Vec<Canonical>,
    /// The forms in the input.
    in_input: ByAddress,
    /// Whether a response may state who answered.
    pub(super) has_source: bool,
    /// Whether a response may state its encounter.
    pub(super) has_encounter: bool,
}

impl Forms {
    /// Reads the form that the user gives, and collects the addresses of all forms that the user names.
    pub(super) fn given(about: &About<'_>) -> Result<(Option<AnsweredForm>, Vec<Canonical>), Stop> {
        let given = match &about.form {
            Some(path) => Some(form_of(path)?),
            None => None,
        };
        let mut named = about.map.forms().to_vec();
        match given.as_ref().map(|form| &form.canonical) {
            Some(Some(canonical)) => named.push(canonical.clone()),
            Some(None) if named.is_empty() => return Err(no_address(about)),
            Some(None) | None => {}
        }
        Ok((given, named))
    }

    /// Reads the forms in the input.
    pub(super) fn read(
        name: &str,
        file: File,
        (given, named): (Option<AnsweredForm>, Vec<Canonical>),
    ) -> Result<Self, Stop> {
        let mut forms = Self {
            given,
            named,
            in_input: ByAddress::new(),
            has_source: false,
            has_encounter: false,
        };
        forms.collect(name, file)?;
        Ok(forms)
    }

    /// Reads the forms in the input, and notes which elements its responses may have.
    fn collect(&mut self, name: &str, file: File) -> Result<(), Stop> {
        let (mut pieces, mut size) = (Pieces::open(name, Box::new(file))?, 0);
        // The closing quotation mark excludes `QuestionnaireResponse`. Searching bytes is much cheaper than parsing.
        let [kind, source, encounter] =
            ["Questionnaire\"", "\"source\"", "\"encounter\""].map(memchr::memmem::Finder::new);
        while let Some(piece) = pieces.next()? {
            self.has_source = self.has_source || source.find(piece.bytes).is_some();
            self.has_encounter = self.has_encounter || encounter.find(piece.bytes).is_some();
            if kind.find(piece.bytes).is_none() {
                continue;
            }
            let Some((_, value)) = resource(name, &piece)? else { continue };
            if value["resourceType"] != "Questionnaire" {
                continue;
            }
            let form = AnsweredForm::read(&value);
            size += form.size();
            if size > MOST_OPTIONS {
                let message = format!(
                    "{name}: the Questionnaires have more than {MOST_OPTIONS} questions and options"
                );
                return Err(Stop::wrong(message)
                    .help("split the file, or remove the forms that are not scored"));
            }
            let url = form.canonical.as_ref().map(|canonical| canonical.url.clone());
            self.in_input.entry(url.unwrap_or_default()).or_default().push(form);
        }
        Ok(())
    }

    /// Returns the form with this address, if available. A response without an address is assumed to answer the form
    /// that the user gave.
    pub(super) fn find(&self, canonical: Option<&Canonical>) -> Option<&AnsweredForm> {
        let Some(canonical) = canonical else { return self.given.as_ref() };
        let is_named = self.named.iter().any(|named| named.url == canonical.url);
        // The form that the user gave explains the answers to all forms that the user named, in any version.
        if let Some(given) = self.given.as_ref().filter(|_| is_named) {
            return Some(given);
        }
        let all = self.in_input.get(&canonical.url)?;
        let version = |form: &&AnsweredForm| {
            form.canonical.as_ref().and_then(|own| own.version.as_ref())
                == canonical.version.as_ref()
        };
        // Of several versions, the stated one. A single form also matches if it or the response states no version.
        all.iter().find(version).or_else(|| match &all[..] {
            [only] if canonical.version.is_none() => Some(only),
            [only] if only.canonical.as_ref().is_none_or(|own| own.version.is_none()) => Some(only),
            _ => None,
        })
    }
}

/// Parses the resource of a piece. Returns `None` for long pieces without responses and forms.
pub(super) fn resource(name: &str, piece: &Piece<'_>) -> Result<Option<Resource>, Stop> {
    if piece.bytes.len() > LONGEST {
        // Resources of other kinds may have any length, because they are skipped.
        let kind = b"\"Questionnaire";
        if memchr::memmem::find(piece.bytes, kind).is_none() {
            return Ok(None);
        }
        let line = piece.line();
        return Err(Stop::wrong(format!("{name}: line {line}: the resource is longer than 4 MiB"))
            .help("no response is that long: remove the resource from the file"));
    }
    let Strict(mut value) = serde_json::from_slice(piece.bytes).map_err(|error| {
        let what = why_not(&error);
        let (line, column) = piece.place(&error);
        Stop::wrong(format!("{name}: line {line}, column {column}: {what}"))
    })?;
    if !piece.is_entry {
        return Ok(Some((None, value)));
    }
    let address = value["fullUrl"].as_str().map(str::to_owned);
    Ok(value.get_mut("resource").map(|resource| (address, resource.take())))
}

/// The maximum size of a form that the user gives, in bytes.
const MOST_OF_FORM: u64 = 4 << 20;

/// The reason why a JSON text is refused.
fn why_not(error: &serde_json::Error) -> &'static str {
    match error.is_data() {
        true => "an object has the same key twice",
        false => "this is not JSON, or it is nested too deeply",
    }
}

/// Reads the form that the user gives.
fn form_of((name, path): &(String, PathBuf)) -> Result<AnsweredForm, Stop> {
    let mut bytes = Vec::new();
    let read =
        File::open(path).and_then(|file| file.take(MOST_OF_FORM + 1).read_to_end(&mut bytes));
    read.map_err(|error| Stop::usage(format!("cannot read `{name}`: {}", plain(&error))))?;
    if bytes.len() as u64 > MOST_OF_FORM {
        return Err(Stop::wrong(format!("{name}: the form is longer than 4 MiB")));
    }
    let Strict(value) = serde_json::from_slice(&bytes).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        Stop::wrong(format!("{name}: {place}: {}", why_not(&error)))
    })?;
    match value["resourceType"].as_str() {
        Some("Questionnaire") => Ok(AnsweredForm::read(&value)),
        _ => Err(Stop::wrong(format!("{name}: this is not a FHIR Questionnaire"))),
    }
}

/// The error for a form without an address: its responses cannot be recognised.
fn no_address(about: &About<'_>) -> Stop {
    let name = about.form.as_ref().map_or("", |(name, _)| name.as_str());
    Stop::wrong(format!(
        "{name}: the Questionnaire has no `url`, so its responses cannot be recognised"
    ))
    .help("set the `questionnaire` of its responses in a map: `questionnaire = \"…\"`")
}
