//! HTML: a form in one file that works without a network, sends nothing, and saves what was answered.

mod form;
mod keys;
mod losses;
mod options;
mod page;
mod program;
mod questions;
mod study;
pub(crate) mod text;
mod words;

use scalewright_check::{Refusals, TargetRules, WordRules};
use scalewright_model::Instrument;
use scalewright_scoring::Program;

use crate::code::refusals::refusals;
use crate::javascript::JAVASCRIPT;
use crate::{ExportRequest, Exported, ExportedFile, Exporter, FileSpec, Platform};
use form::Form;
use options::Options;
use page::Page;

/// The rules of HTML forms, for lints.
pub(crate) static RULES: TargetRules =
    TargetRules { platform: "HTML", names: None, words: WordRules::PLAIN, refusals: Some(refused) };

/// The HTML platform.
pub(crate) static PLATFORM: Platform = Platform {
    name: "HTML",
    rules: &RULES,
    exporters: &[Exporter {
        files: FILES,
        flags: &["leave-out-scores"],
        options: Options::SPECS,
        study: Some(study::export),
        ..Exporter::new(
            "html",
            "form in one HTML file that works offline and saves CSV or JSON",
            export,
        )
    }],
    limits: &["The form sends and stores nothing: what was answered is lost unless it is saved."],
    losses: losses::LOSSES,
    keys: keys::KEYS,
};

const FILES: &[FileSpec] = &[FileSpec {
    name: "<id>.<language>.html",
    what: "the form; with `--study` one for all instruments",
}];

fn refused(instrument: &Instrument, program: &Program, _: &[bool]) -> Refusals {
    refusals(instrument, program, &JAVASCRIPT)
}

fn export(request: &ExportRequest<'_>) -> Exported {
    let options = Options::of(request.options);
    let form = Form::new(request, &options, String::new());
    let page = Page {
        title: &request.wording.title,
        options: &options,
        forms: std::slice::from_ref(&form),
    };
    let file = ExportedFile::of(request.file_name("html"), page.text().into_bytes());
    Exported { files: vec![file], diagnostics: form.diagnostics }
}
