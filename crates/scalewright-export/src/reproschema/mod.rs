//! The ReproSchema platform: a protocol, its activities, and their items as JSON-LD, with scores as JavaScript
//! expressions.

mod activity;
mod definition;
mod expression;
mod form;
mod items;
mod keys;
mod losses;
mod names;
mod options;
mod protocol;
mod responses;
mod study;
mod syntax;
mod texts;

use scalewright_check::{Refusals, TargetRules, WordRules};
use scalewright_model::Instrument;
use scalewright_scoring::Program;

use crate::code::refusals::refusals;
use crate::{ExportRequest, Exported, Exporter, FileSpec, Platform};
use form::Form;
use options::Options;
use syntax::REPROSCHEMA;

/// The rules of ReproSchema, for lints.
pub(crate) static RULES: TargetRules = TargetRules {
    platform: "ReproSchema",
    names: None,
    words: WordRules::PLAIN,
    refusals: Some(refused),
};

/// The ReproSchema platform.
pub(crate) static PLATFORM: Platform = Platform {
    name: "ReproSchema",
    rules: &RULES,
    exporters: &[Exporter {
        files: FILES,
        flags: &["leave-out-scores"],
        options: Options::SPECS,
        study: Some(study::export),
        ..Exporter::new(
            "reproschema",
            "ReproSchema 1.0.0 protocol (JSON-LD) with computed scores",
            export,
        )
    }],
    limits: &[
        "A text field has one line, and a number has any number of decimals.",
        "reproschema-ui counts a skipped answer as 0. The form offers no way to skip one.",
        "A definition with more than 100,000 characters when packed is not embedded.",
        "The ids const, false, for, if, let, null, return, true, typeof and undefined are refused.",
    ],
    losses: losses::LOSSES,
    keys: keys::KEYS,
};

const FILES: &[FileSpec] = &[
    FileSpec {
        name: "<id>.<language>.activity.jsonld",
        what: "the activity: order, conditions, and scores",
    },
    FileSpec { name: "<id>.<language>.item.<item>.jsonld", what: "each item, text, and score" },
    FileSpec {
        name: "<id>.<language>.options.<response-scale>.jsonld",
        what: "the response options that items share",
    },
    FileSpec {
        name: "<id>.<language>.protocol.jsonld",
        what: "the protocol; with `--study` one for all activities",
    },
];

fn refused(instrument: &Instrument, program: &Program, _: &[bool]) -> Refusals {
    refusals(instrument, program, &REPROSCHEMA)
}

fn export(request: &ExportRequest<'_>) -> Exported {
    let mut form = Form::new(request);
    let (mut files, diagnostics) = activity::files(&mut form);
    let title = form.languages.always(|wording| wording.title.clone());
    files.push(protocol::file(request.file_name("protocol.jsonld"), &title, &[&form]));
    Exported { files, diagnostics }
}
