//! The REDCap platform: a data dictionary (with the record id field) and an instrument zip (without it), with scores as
//! calculations; for several instruments also a project.

mod bytes;
mod definition;
mod dialect;
mod field;
pub mod field_names;
mod fields;
mod form;
mod html;
mod keys;
mod losses;
mod names;
mod namespace;
mod options;
mod project;
mod renamed;
mod scores;
mod study;
mod translations;
mod unplaced;

use scalewright_check::{NameRules, TargetRules, WordRules};

use crate::zipped::zipped;
use crate::{ExportRequest, Exported, ExportedFile, Exporter, FileSpec, Platform};
use form::{Form, dictionary};
use names::Names;
use options::Options;
use unplaced::metadata_losses;

/// The rules of REDCap, for lints.
pub(crate) static RULES: TargetRules = TargetRules {
    platform: "REDCap",
    names: Some(NameRules {
        longest: field_names::LONGEST_NAME,
        reserved: &field_names::RESERVED,
        form_endings: &names::FORM_ENDINGS,
        form: names::form,
        field: field_names::field_name,
    }),
    words: WordRules { separator: Some('|'), one_line: true, brackets: &[('[', ']'), ('{', '}')] },
    refusals: Some(dialect::refusals),
};

/// The REDCap platform.
pub(crate) static PLATFORM: Platform = Platform {
    name: "REDCap",
    rules: &RULES,
    exporters: &[Exporter {
        files: FILES,
        flags: &["leave-out-scores"],
        options: Options::SPECS,
        conflicts: options::CONFLICTS,
        study: Some(study::export),
        ..Exporter::new(
            "redcap",
            "REDCap data dictionary (CSV), instrument zip and project (XML) with calculated scores",
            export,
        )
    }],
    limits: &[
        "A slider records whole numbers only: a visual analogue scale with decimals is refused.",
        "A formula can have at most 32,700 characters: a score with a longer one is refused.",
        "A definition with more than 32,000 characters when packed is not embedded in the form.",
    ],
    losses: losses::LOSSES,
    keys: keys::KEYS,
};

const FILES: &[FileSpec] = &[
    FileSpec { name: "<id>.<language>.redcap.csv", what: "the data dictionary" },
    FileSpec { name: "<id>.<language>.redcap.zip", what: "the same as an instrument zip" },
    FileSpec {
        name: "<id>.<language>.redcap.xml",
        what: "a project; written with `--set redcap.project=yes` or `--study`",
    },
    FileSpec {
        name: "<id>.<language>.redcap-names.csv",
        what: "the fields whose names differ from their ids; written if there are any",
    },
    FileSpec {
        name: "<id>.<language>.redcap-mlm.json",
        what: "a translation for Multi-Language Management; one for each additional language",
    },
];

fn export(request: &ExportRequest<'_>) -> Exported {
    let mut diagnostics = Vec::new();
    let form = Form::new(request, Names::alone(request.instrument), &mut diagnostics);
    diagnostics.extend(metadata_losses(&form));
    diagnostics.extend(names::reserved(request.instrument, &form.names.form));
    diagnostics.extend(names::doubled(request.instrument, &form.fields));
    diagnostics.extend(translations::untranslated(&form));
    // Without the record id: an instrument zip is added to a project, which has that field already.
    let instrument = ("instrument.csv".to_owned(), bytes::dictionary(form.fields.iter()));
    let forms = [form];
    let mut files = vec![
        ExportedFile::of(request.file_name("redcap.csv"), dictionary(&forms)),
        ExportedFile::of(request.file_name("redcap.zip"), zipped(&[instrument])),
    ];
    if Options::of(request.options).project {
        let (name, title) = (&request.instrument.id, &request.wording.title);
        let project = project::xml(&project::Project { name, title, forms: &forms });
        files.push(ExportedFile::of(request.file_name("redcap.xml"), project));
        diagnostics.extend(project::losses(&forms[0]));
    }
    let names = renamed::listed(&forms[0]);
    files.extend(names.map(|names| ExportedFile::of(request.file_name("redcap-names.csv"), names)));
    let name = |language: &str| format!("{}.{language}.redcap-mlm.json", request.instrument.id);
    files.extend(translations::files(&forms, &name));
    Exported { files, diagnostics }
}
