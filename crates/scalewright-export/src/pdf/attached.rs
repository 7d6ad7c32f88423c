//! Files within the form: its definition and its FHIR Questionnaire, as far as rights allow.

use std::collections::BTreeSet;

use scalewright_model::Severity;
use scalewright_model::file::WordingPolicy;
use serde::Serialize;

use super::options::Options;
use crate::{Common, Content, ExportRequest, OptionValues};

/// A file that readers of the form can save.
#[derive(Serialize)]
pub(super) struct Attachment {
    name: String,
    mime: &'static str,
    /// What it is to the form, as PDF/A-3 has it.
    relationship: &'static str,
    description: &'static str,
}

/// The definition, which the form was made from; and where its wording may be passed on, the files with the
/// words and the Questionnaire that says the same; each with what is in it.
pub(super) fn attachments(request: &ExportRequest<'_>) -> Vec<(Attachment, Vec<u8>)> {
    if !Options::of(request.options).attachments {
        return Vec::new();
    }
    let free = request.instrument.rights.wording == WordingPolicy::Included;
    let files = if free { request.sources.len() } else { 1 };
    let mut names = BTreeSet::new();
    let sources = request.sources.iter().take(files).map(|source| {
        let source_of = Attachment {
            name: plain(source.name),
            mime: "application/toml",
            relationship: "source",
            description: "what the form was made from",
        };
        (source_of, source.text.as_bytes().to_vec())
    });
    let mut attached: Vec<(Attachment, Vec<u8>)> = sources.collect();
    if free {
        attached.extend(questionnaire(request));
    }
    attached.retain(|(attachment, _)| names.insert(attachment.name.clone()));
    attached
}

/// The Questionnaire, unless FHIR cannot say what the form says. It is the one that every engine evaluates, however
/// one beside the form is made: the same form is the same file.
fn questionnaire(request: &ExportRequest<'_>) -> impl Iterator<Item = (Attachment, Vec<u8>)> {
    let options = OptionValues::default();
    let common = Common { leave_out_scores: false, ..request.common };
    let request = ExportRequest { options: &options, common, ..*request };
    let exported = crate::fhir::r4(&request);
    let refused = exported.diagnostics.iter().any(|found| found.severity == Severity::Error);
    let files = exported.files.into_iter().filter(move |_| !refused);
    files.filter_map(|file| {
        let Content::Bytes(bytes) = file.content else { return None };
        let alternative = Attachment {
            name: plain(&file.name),
            mime: "application/fhir+json",
            relationship: "alternative",
            description: "the same as a FHIR R4 Questionnaire",
        };
        Some((alternative, bytes))
    })
}

/// A name that any system takes.
fn plain(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' };
    name.chars().map(plain).collect()
}
