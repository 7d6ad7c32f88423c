//! The SurveyJS platform: a form as JSON, with scores as calculated values. The same file runs in the survey plug-in of
//! jsPsych and in Pavlovia.

mod braces;
mod definition;
mod form;
mod keys;
mod losses;
mod model;
mod names;
mod options;
mod pages;
mod parts;
mod questions;
mod scores;
mod study;
mod syntax;
mod texts;

use scalewright_check::{Refusals, TargetRules, WordRules};
use scalewright_model::Instrument;
use scalewright_scoring::Program;

use crate::code::refusals::refusals;
use crate::{ExportRequest, Exported, ExportedFile, Exporter, FileSpec, Platform};
use form::Form;
use model::Survey;
use options::Options;
use syntax::SurveyJs;

/// The rules of SurveyJS, for lints.
pub(crate) static RULES: TargetRules = TargetRules {
    platform: "SurveyJS",
    names: None,
    words: WordRules::PLAIN,
    refusals: Some(refused),
};

/// The SurveyJS platform.
pub(crate) static PLATFORM: Platform = Platform {
    name: "SurveyJS",
    rules: &RULES,
    exporters: &[Exporter {
        files: FILES,
        flags: &["leave-out-scores"],
        options: Options::SPECS,
        study: Some(study::export),
        ..Exporter::new(
            "surveyjs",
            "SurveyJS form (JSON) with calculated scores, also for jsPsych and Pavlovia",
            export,
        )
    }],
    limits: &[
        "An expression can have at most 20,000 characters: a score with a longer one is refused.",
        "A definition with more than 100,000 characters when packed is not embedded in the form.",
        "A score that reads a clock time, a date, a logarithm or the normal distribution is refused.",
    ],
    losses: losses::LOSSES,
    keys: keys::KEYS,
};

const FILES: &[FileSpec] = &[FileSpec {
    name: "<id>.<language>.surveyjs.json",
    what: "the form; with `--study` one for all instruments",
}];

fn refused(instrument: &Instrument, program: &Program, _: &[bool]) -> Refusals {
    refusals(instrument, program, &SurveyJs { prefix: String::new() })
}

fn export(request: &ExportRequest<'_>) -> Exported {
    let mut form = Form::new(request, String::new());
    let parts = parts::parts(&mut form);
    let survey = Survey {
        title: parts.title,
        locale: form.languages.locale(),
        pages: parts.pages,
        calculated_values: parts.values,
        ..Survey::empty()
    };
    let file = ExportedFile::of(request.file_name("surveyjs.json"), survey.bytes());
    Exported { files: vec![file], diagnostics: parts.diagnostics }
}
