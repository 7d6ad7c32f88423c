//! The requests of the kit.

use std::collections::BTreeMap;

use scalewright_model::file::KeyStatus;
use scalewright_model::{Layout, Paper, ScaleIx, Wording};
use scalewright_scoring::parts;
use scalewright_wire::encode::{
    Definition, Publication, evaluate_request, export_request, lint_request,
};
use scalewright_wire::{
    Answers, EvaluateRequest, ExportRequest, HouseStyle, ImportRequest, LintRequest, OptionValue,
    Request,
};

use super::definitions::Sample;

/// Returns for each score of the program whether it may be published: it uses no recalled key.
pub(super) fn published(sample: &Sample) -> Vec<bool> {
    let program = &sample.checked.program;
    let scales = &sample.instrument.scales;
    let recalled = |scale: &ScaleIx| scales[scale.0].key_status == Some(KeyStatus::Recalled);
    program.scores.iter().map(|score| !parts(program, score.scale).iter().any(recalled)).collect()
}

fn with_definition<T>(sample: &Sample, use_it: impl FnOnce(&Definition<'_>) -> T) -> T {
    let published = published(sample);
    let documents = sample.checked.documents.iter();
    let sources: Vec<(&str, &str)> =
        documents.map(|document| (document.name.as_str(), document.text.as_str())).collect();
    use_it(&Definition {
        instrument: &sample.instrument,
        program: &sample.checked.program,
        ranges: &sample.checked.ranges,
        published: &published,
        sources: &sources,
    })
}

/// Returns the request to export an instrument.
pub(super) fn export(
    sample: &Sample,
    wording: &Wording,
    options: BTreeMap<String, OptionValue>,
) -> ExportRequest {
    let publication = Publication {
        wording,
        yes_and_no,
        options,
        paper: Paper::A4,
        layout: Layout::Comfortable,
        accept_recalled_keys: false,
        leave_out_scores: false,
        house: HouseStyle::default(),
    };
    with_definition(sample, |definition| export_request(definition, publication))
}

/// Returns the request to check a definition.
pub(super) fn lint(sample: &Sample) -> LintRequest {
    with_definition(sample, |definition| lint_request(definition, yes_and_no))
}

/// Returns the request to compute scores.
pub(super) fn evaluate(export: ExportRequest, answers: Answers) -> EvaluateRequest {
    evaluate_request(export, answers)
}

/// Returns a request as a line, without the line break.
pub(super) fn line(request: &Request) -> String {
    // Types without maps of other keys than texts cannot fail to be written.
    serde_json::to_string(request).unwrap_or_default()
}

/// Returns the line of a request to export.
pub(super) fn export_line(request: &ExportRequest) -> String {
    line(&Request::Export(Box::new(request.clone())))
}

/// Returns the line of a request to import.
pub(super) fn import_line(request: ImportRequest) -> String {
    line(&Request::Import(request))
}

/// The usual words for yes and no, in the languages of the kit.
fn yes_and_no(language: &str) -> (&'static str, &'static str) {
    match language {
        "ar" => ("نعم", "لا"),
        "de" => ("Ja", "Nein"),
        "pt-BR" => ("Sim", "Não"),
        _ => ("Yes", "No"),
    }
}
