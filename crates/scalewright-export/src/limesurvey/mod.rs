//! The LimeSurvey platform: a survey as a tab-separated structure or as XML, with scores as equations that are not
//! shown.

pub mod codes;
mod definition;
mod files;
mod form;
mod groups;
mod keys;
mod languages;
mod losses;
mod lss;
mod model;
mod names;
mod options;
mod parts;
mod questions;
mod scores;
mod settings;
mod study;
mod syntax;
mod tags;
mod texts;
mod tsv;

use scalewright_check::{Refusals, TargetRules, WordRules};
use scalewright_model::Instrument;
use scalewright_scoring::Program;

use crate::code::refusals::refusals;
use crate::{ExportRequest, Exported, ExportedFile, Exporter, FileSpec, Platform};
use codes::{Codes, Namer};
use form::Form;
use model::Survey;
use options::Options;
use syntax::Expressions;

/// The rules of LimeSurvey, for lints.
pub(crate) static RULES: TargetRules = TargetRules {
    platform: "LimeSurvey",
    names: None,
    words: WordRules::PLAIN,
    refusals: Some(refused),
};

/// The LimeSurvey platform.
pub(crate) static PLATFORM: Platform = Platform {
    name: "LimeSurvey",
    rules: &RULES,
    exporters: &[Exporter {
        files: FILES,
        flags: &["leave-out-scores"],
        options: Options::SPECS,
        study: Some(study::export),
        ..Exporter::new(
            "limesurvey",
            "LimeSurvey survey (tab-separated structure or .lss) with calculated scores",
            export,
        )
    }],
    limits: &[
        "An expression can have at most 20,000 characters: a score with a longer one is refused.",
        "Every part of a score that has a line of its own is a column of the data. PostgreSQL accepts 1,600 columns, other databases fewer.",
        "A definition with more than 60,000 characters when packed is not embedded in the survey.",
        "A score that reads the normal distribution is refused.",
        "The label of a band or a word of a score that LimeSurvey would change is refused: one with `<`, `>`, `&`, a brace, a backslash, a line break, a tab, or spaces at its ends.",
    ],
    losses: losses::LOSSES,
    keys: keys::KEYS,
};

const FILES: &[FileSpec] = &[
    FileSpec {
        name: "<id>.<language>.limesurvey.txt",
        what: "the tab-separated structure; with `--study` one for all instruments",
    },
    FileSpec {
        name: "<id>.<language>.limesurvey.lss",
        what: "the XML structure, with `--set limesurvey.format=lss` or `both`",
    },
    FileSpec {
        name: "<id>.<language>.limesurvey-names.csv",
        what: "the columns of items and scores whose names differ from their ids",
    },
];

fn refused(instrument: &Instrument, program: &Program, _: &[bool]) -> Refusals {
    refusals(instrument, program, &Expressions::default())
}

fn export(request: &ExportRequest<'_>) -> Exported {
    let mut diagnostics = Vec::new();
    let (known, codes) = languages::known(form::languages(request), &mut diagnostics);
    let mut namer = Namer::default();
    let own = Codes::named(request.instrument, &mut namer, str::to_owned);
    let mut form = Form::new(request, known, "", &mut namer, own);
    let parts = parts::parts(&mut form, &mut namer);
    diagnostics.extend(parts.diagnostics);
    let survey = Survey {
        title: form.languages.text(|wording| Some(wording.title.clone())),
        languages: codes,
        by_group: groups::by_group(&form),
        groups: parts.groups,
    };
    let mut files = files::files(&survey, form.options.format, |ending| request.file_name(ending));
    let rows: Vec<_> = parts.named.iter().map(|row| (None, row)).collect();
    if let Some(table) = names::table(&rows) {
        files.push(ExportedFile::of(request.file_name(files::NAMES), table));
    }
    Exported { files, diagnostics }
}
