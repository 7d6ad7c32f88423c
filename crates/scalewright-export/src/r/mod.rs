//! R: a function in base R that adds the scores to a data frame of answers, and keys for the package psych.

mod file;
mod psych;
pub(crate) mod spelling;
pub(crate) mod syntax;

use scalewright_check::{TargetRules, WordRules};

use crate::code::options::{COLUMNS, Columns, INVALID, Invalid, SELF_TEST};
use crate::code::refusals::refusals;
use crate::code::{keys, losses};
use crate::options::options;
use crate::{ExportRequest, Exported, Exporter, FileSpec, Platform};
use syntax::R;

/// The rules of R, for lints.
pub(crate) static RULES: TargetRules = TargetRules {
    platform: "R",
    names: None,
    words: WordRules::PLAIN,
    refusals: Some(|instrument, program, _| refusals(instrument, program, &R)),
};

/// The R platform.
pub(crate) static PLATFORM: Platform = Platform {
    name: "R",
    rules: &RULES,
    exporters: &[Exporter {
        files: &[FileSpec {
            name: "<id>.<language>.r",
            what: "a function that adds the scores to a data frame, its self-test, and keys for psych",
        }],
        flags: &["leave-out-scores"],
        options: Options::SPECS,
        ..Exporter::new("r", "scoring code in base R, without packages", export)
    }],
    limits: &[
        "A clock time is a number of minutes after midnight, and a date the number of its eight digits: 20260131.",
    ],
    losses: losses::LOSSES,
    keys: keys::KEYS,
};

options! {
    /// How the code is written.
    Options {
        columns: Columns = COLUMNS;
        invalid: Invalid = INVALID;
        self_test: bool = SELF_TEST;
    }
}

fn export(request: &ExportRequest<'_>) -> Exported {
    crate::code::exported(request, &R, Options::of(request.options).columns, |script| {
        let text = file::text(request, script, &Options::of(request.options));
        vec![(request.file_name("r"), text)]
    })
}
