//! XLSForm: a workbook that ODK Collect, KoboToolbox, Ona, Enketo and ODK Web Forms show as a form, with scores as
//! hidden calculations.

mod about;
mod build;
mod conditions;
mod definition;
mod form;
mod items;
mod keys;
mod language;
mod languages;
mod losses;
mod names;
mod options;
mod row;
mod scores;
mod spelling;
mod study;
mod syntax;
mod words;
mod workbook;

use scalewright_check::{Refusals, TargetRules, WordRules};
use scalewright_model::{Diagnostic, Instrument};
use scalewright_scoring::Program;

use crate::code::refusals::refusals as of_code;
use crate::{ExportRequest, Exported, ExportedFile, Exporter, FileSpec, Platform};
use form::Form;
use options::Options;
use workbook::Book;

/// The rules of XLSForm, for lints.
pub(crate) static RULES: TargetRules = TargetRules {
    platform: "XLSForm",
    names: None,
    words: WordRules::PLAIN,
    refusals: Some(refusals),
};

/// The XLSForm platform.
pub(crate) static PLATFORM: Platform = Platform {
    name: "XLSForm",
    rules: &RULES,
    exporters: &[Exporter {
        files: &[
            FileSpec { name: "<id>.<language>.xlsform.xlsx", what: "the form" },
            FileSpec {
                name: "<study>.<language>.xlsform-names.csv",
                what: "the items and scores whose names differ from their ids; written with `--study` if there are any",
            },
        ],
        flags: &["leave-out-scores"],
        options: Options::SPECS,
        study: Some(study::export),
        ..Exporter::new(
            "xlsform",
            "form (XLSX) for ODK, KoboToolbox, Ona and Enketo, with calculated scores",
            export,
        )
    }],
    limits: &[
        "A formula can have at most 32,000 characters: a score with a longer one is refused.",
        "A clock time is typed as `HH:MM`: a time in ODK has a time zone.",
        "Bands are written in the exported language, whatever language the respondent chooses.",
    ],
    losses: losses::LOSSES,
    keys: keys::KEYS,
};

fn refusals(instrument: &Instrument, program: &Program, _: &[bool]) -> Refusals {
    of_code(instrument, program, &scores::xpath(instrument, program, ""))
}

fn export(request: &ExportRequest<'_>) -> Exported {
    let languages = languages::languages(request);
    let Form { request, rows, choices, script, mut diagnostics } = Form::new(request, &languages);
    let tags: Vec<&str> = languages.0.iter().map(|wording| wording.language.as_str()).collect();
    let book = Book {
        id: &request.instrument.id,
        title: &request.wording.title,
        version: &request.instrument.version,
        languages: &tags,
        rows: &rows,
        choices: &choices,
        instruments: &[(request, &script)],
    };
    let mut files = Vec::new();
    match book.bytes() {
        Ok(bytes) => files.push(ExportedFile::of(request.file_name("xlsform.xlsx"), bytes)),
        Err(why) => diagnostics.push(unwritable(&why)),
    }
    Exported { files, diagnostics }
}

fn unwritable(why: &rust_xlsxwriter::XlsxError) -> Diagnostic {
    Diagnostic::error("unwritable-workbook", format!("the workbook cannot be written: {why}"))
}
