//! The Qualtrics platform: a survey file (QSF) with scoring categories, fields that the survey flow computes from them,
//! and display logic; and a text file in the Advanced Format.
//!
//! Qualtrics has not imported any of these surveys in a test. Everything here is limited to what Qualtrics documents,
//! or what occurs in real survey files.

mod amount;
mod conditions;
mod definition;
mod fields;
mod flow;
mod form;
mod grading;
mod keys;
mod layout;
mod logic;
mod losses;
mod names;
mod options;
mod parts;
mod points;
mod questions;
mod reads;
mod scores;
mod study;
mod survey;
mod text_file;
mod texts;
mod values;

use scalewright_check::{TargetRules, WordRules};

use crate::{ExportRequest, Exported, ExportedFile, Exporter, FileSpec, Platform};
use form::Form;
use options::{Format, Options};
use survey::Survey;

/// The rules of Qualtrics, for lints. They name no scores: Qualtrics can compute few besides sums and means, so a hint
/// for each other score would say nothing about the definition.
pub(crate) static RULES: TargetRules =
    TargetRules { platform: "Qualtrics", names: None, words: WordRules::PLAIN, refusals: None };

/// The Qualtrics platform.
pub(crate) static PLATFORM: Platform = Platform {
    name: "Qualtrics",
    rules: &RULES,
    exporters: &[Exporter {
        files: FILES,
        flags: &["leave-out-scores"],
        options: Options::SPECS,
        study: Some(study::export),
        ..Exporter::new(
            "qualtrics",
            "Qualtrics survey (QSF); not accepted by a Qualtrics account in a test",
            export,
        )
    }],
    limits: &[
        "No Qualtrics account has accepted such a file in a test: import it, answer it once, and compare the scores with `scalewright score`.",
        "Qualtrics gives points only to choices: a score that uses a number, a date or a time is refused.",
        "A score must be computed from sums of points by `+`, `-`, `*` and `/`, or depend on one such number with at most 250 values.",
        "How many decimals a computed field has is not documented: the answers give the exact score.",
        "A definition with more than 100,000 characters when packed is not embedded in the survey.",
    ],
    losses: losses::LOSSES,
    keys: keys::KEYS,
};

const FILES: &[FileSpec] = &[
    FileSpec {
        name: "<id>.<language>.qsf",
        what: "the survey; with `--study` one for all instruments",
    },
    FileSpec {
        name: "<id>.<language>.qualtrics.txt",
        what: "the questions in the Advanced Format, with `qualtrics.format=txt` or `both`",
    },
];

fn export(request: &ExportRequest<'_>) -> Exported {
    let mut form = Form::new(request, String::new(), 0);
    let mut survey = Survey::new(&request.wording.title, &request.wording.language);
    form.languages.0.iter().for_each(|wording| survey.speak(&wording.language));
    let mut diagnostics = parts::add(&mut form, &mut survey);
    text_file::refuse(&form, &mut diagnostics);
    let mut files = Vec::new();
    if form.options.format != Format::Txt {
        files.push(ExportedFile::of(request.file_name("qsf"), survey.bytes()));
    }
    if form.options.format != Format::Qsf {
        let bytes = text_file::bytes(&text_file::blocks(&form));
        files.push(ExportedFile::of(request.file_name("qualtrics.txt"), bytes));
    }
    Exported { files, diagnostics }
}
