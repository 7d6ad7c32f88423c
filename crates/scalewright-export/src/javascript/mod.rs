//! JavaScript: a module without dependencies that scores the answers of one respondent, in browsers and in Node.

mod file;

pub(crate) use file::{CLEANING, HELPERS, JAVASCRIPT, NORMAL_CDF, answer, literal};

use scalewright_check::{TargetRules, WordRules};

use crate::code::options::{COLUMNS, Columns, INVALID, Invalid, SELF_TEST};
use crate::code::refusals::refusals;
use crate::code::{keys, losses};
use crate::options::options;
use crate::{ExportRequest, Exported, Exporter, FileSpec, Platform};

/// The rules of JavaScript, for lints.
pub(crate) static RULES: TargetRules = TargetRules {
    platform: "JavaScript",
    names: None,
    words: WordRules::PLAIN,
    refusals: Some(|instrument, program, _| refusals(instrument, program, &file::JAVASCRIPT)),
};

/// The JavaScript platform.
pub(crate) static PLATFORM: Platform = Platform {
    name: "JavaScript",
    rules: &RULES,
    exporters: &[Exporter {
        files: &[FileSpec {
            name: "<id>.<language>.mjs",
            what: "a module that scores the answers of one respondent, and its self-test",
        }],
        flags: &["leave-out-scores"],
        options: Options::SPECS,
        ..Exporter::new("javascript", "scoring code in JavaScript, without dependencies", export)
    }],
    limits: &[
        "A clock time is a number of minutes after midnight, and a date the number of its eight digits: 20260131.",
    ],
    losses: losses::LOSSES,
    keys: keys::KEYS,
};

options! {
    /// How the module is written.
    Options {
        columns: Columns = COLUMNS;
        invalid: Invalid = INVALID;
        self_test: bool = SELF_TEST;
    }
}

fn export(request: &ExportRequest<'_>) -> Exported {
    let options = Options::of(request.options);
    crate::code::exported(request, &file::JAVASCRIPT, options.columns, |script| {
        vec![(request.file_name("mjs"), file::text(request, script, &options))]
    })
}
