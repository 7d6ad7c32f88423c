//! The ODM platform: forms in the format of CDISC, which electronic data capture systems import. Scores are computed
//! items with expressions for OpenEDC, R and SPSS.

mod conditions;
mod definition;
mod document;
mod exact;
mod form;
mod groups;
mod in_r;
mod in_spss;
mod inline;
mod items;
mod keys;
mod layout;
mod losses;
mod methods;
mod names;
mod oids;
mod options;
mod parts;
mod scripts;
mod study;
mod syntax;
mod xml;

use scalewright_check::{Refusals, TargetRules, WordRules};
use scalewright_model::Instrument;
use scalewright_scoring::Program;

use crate::code::refusals::refusals;
use crate::r::syntax::R;
use crate::{ExportRequest, Exported, ExportedFile, Exporter, FileSpec, Platform};
use document::{Study, document};
use form::Form;
use options::Options;

/// The rules of ODM, for lints.
pub(crate) static RULES: TargetRules =
    TargetRules { platform: "ODM", names: None, words: WordRules::PLAIN, refusals: Some(refused) };

/// The ODM platform.
pub(crate) static PLATFORM: Platform = Platform {
    name: "ODM",
    rules: &RULES,
    exporters: &[Exporter {
        files: FILES,
        flags: &["leave-out-scores"],
        options: Options::SPECS,
        study: Some(study::export),
        ..Exporter::new(
            "odm",
            "CDISC ODM form (XML) with computed scores, for OpenEDC and other data capture systems",
            export,
        )
    }],
    limits: &[
        "ODM has no language for expressions of its own. OpenEDC reads the first expression; other systems may read none.",
        "OpenEDC computes an item only if all items that it reads have an answer, and rounds it to 2 decimals. A score that it would round has no expression for OpenEDC.",
        "In the expressions in R and SPSS, a clock time is a number of minutes after midnight, and a date the number of its eight digits: 20260131.",
        "A definition with more than 100,000 characters when packed is not embedded in the form.",
    ],
    losses: losses::LOSSES,
    keys: keys::KEYS,
};

const FILES: &[FileSpec] = &[FileSpec {
    name: "<id>.<language>.odm.xml",
    what: "the form; with `--study` one file with a form for each instrument",
}];

/// Scores that have no expression in R have none at all.
fn refused(instrument: &Instrument, program: &Program, _: &[bool]) -> Refusals {
    refusals(instrument, program, &R)
}

fn export(request: &ExportRequest<'_>) -> Exported {
    let form = Form::new(request, false);
    let mut parts = parts::parts(&form);
    let diagnostics = std::mem::take(&mut parts.diagnostics);
    let instrument = request.instrument;
    let study = Study {
        name: instrument.id.to_uppercase().replace('-', "_"),
        title: &request.wording.title,
        version: &instrument.version,
        description: form.notice(request.wording),
    };
    let bytes = document(&study, std::slice::from_ref(&form), vec![parts]);
    let file = ExportedFile::of(request.file_name("odm.xml"), bytes);
    Exported { files: vec![file], diagnostics }
}
