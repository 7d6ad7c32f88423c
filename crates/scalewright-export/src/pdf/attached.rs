//! Files attached to the form: its definition and its FHIR Questionnaire, as far as rights allow.

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
    /// The relationship of the file to the form, as PDF/A-3 defines it.
    relationship: &'static str,
    description: &'static str,
}

/// Returns the attachments with their content: the definition that the form was made from and, if its wording may be
/// passed on, the wording files and the equivalent Questionnaire.
pub(super) fn attachments(request: &ExportRequest<'_>) -> Vec<(Attachment, Vec<u8>)> {
    if !Options::of(request.options).attaches() {
        return Vec::new();
    }
    let free = request.instrument.rights.wording == WordingPolicy::Included;
    // `sources` has the definition first. If the wording is withheld, the definition has no words, unlike the others.
    let files = if free { request.sources.len() } else { 1 };
    let mut names = BTreeSet::new();
    let sources = request.sources.iter().take(files).map(|source| {
        let source_of = Attachment {
            name: plain(source.name),
            mime: "application/toml",
            relationship: "source",
            description: "the definition that the form was made from",
        };
        (source_of, source.text.as_bytes().to_vec())
    });
    let mut attached: Vec<(Attachment, Vec<u8>)> = sources.collect();
    if free {
        attached.extend(questionnaire(request));
    }
    // `plain` can make two names equal, and the names of attachments must be distinct.
    attached.retain(|(attachment, _)| names.insert(attachment.name.clone()));
    attached
}

/// Returns the Questionnaire, unless the export to FHIR is refused. It always has the default options, which every
/// engine evaluates, even if a Questionnaire exported with the form has others: the same form always is the same file.
fn questionnaire(request: &ExportRequest<'_>) -> impl Iterator<Item = (Attachment, Vec<u8>)> {
    let options = OptionValues::default();
    // A Questionnaire without some of the scores would not be the same instrument: refuse it instead.
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
            description: "the same instrument as a FHIR R4 Questionnaire",
        };
        Some((alternative, bytes))
    })
}

/// Returns a file name that any system accepts.
fn plain(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' };
    name.chars().map(plain).collect()
}
