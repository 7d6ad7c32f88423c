//! Stata: a do-file that adds the scores to the data in memory.
//!
//! It follows Stata's manual. No test runs Stata itself.

mod commands;
mod file;
mod labels;
mod limits;
mod names;
mod self_test;
mod syntax;

use scalewright_check::{TargetRules, WordRules};

use crate::code::names::unusable;
use crate::code::options::{COLUMNS, Columns, INVALID, Invalid, SELF_TEST};
use crate::code::refusals::refusals;
use crate::code::{keys, losses};
use crate::loss::{RECALLED, UNSURE, UNVERIFIED, WORDS_OF_FORMULAS};
use crate::options::options;
use crate::{ExportRequest, Exported, Exporter, FileSpec, Loss, Platform};
use syntax::Stata;

/// The rules of Stata, for lints.
pub(crate) static RULES: TargetRules = TargetRules {
    platform: "Stata",
    names: None,
    words: WordRules::PLAIN,
    refusals: Some(|instrument, program, _| refusals(instrument, program, &Stata)),
};

/// The Stata platform.
pub(crate) static PLATFORM: Platform = Platform {
    name: "Stata",
    rules: &RULES,
    exporters: &[Exporter {
        files: &[FileSpec {
            name: "<id>.<language>.do",
            what: "a do-file that adds the scores to the data in memory, with its self-test",
        }],
        flags: &["leave-out-scores"],
        options: Options::SPECS,
        ..Exporter::new("stata", "scoring code as a Stata do-file; no test runs Stata", export)
    }],
    limits: &[
        "No test runs Stata. The tests run the code in an evaluator that follows Stata's manual.",
        "Items must be numeric variables. It needs Stata 14 or later.",
        "An id that Stata reserves, such as `if` or `byte`, is refused, and so is the id of an item or a scale of more than 30 characters. The name of a column of more than 32 is shortened.",
        "Stata accepts 300 numbers and 800 operators in an expression, so a score with a longer sum is refused.",
        "A clock time is a number of minutes after midnight, and a date the number of its eight digits: 20260131.",
    ],
    losses: LOSSES,
    keys: keys::KEYS,
};

/// All losses.
static LOSSES: &[&Loss] = &[
    &losses::ONLY_SCORES,
    &losses::SCORE,
    &losses::BANDS,
    &labels::CUT,
    &names::SHORTENED,
    &UNVERIFIED,
    &RECALLED,
    &UNSURE,
    &WORDS_OF_FORMULAS,
];

options! {
    /// How the code is written.
    Options {
        columns: Columns = COLUMNS;
        invalid: Invalid = INVALID;
        self_test: bool = SELF_TEST;
    }
}

fn export(request: &ExportRequest<'_>) -> Exported {
    let options = Options::of(request.options);
    let mut found = Vec::new();
    let mut exported = crate::code::exported(request, &Stata, options.columns, |script| {
        found = unusable(request, script, &names::LIMITS);
        found.extend(limits::exceeded(request, script));
        if !found.is_empty() {
            return Vec::new();
        }
        let columns = names::columns(script);
        found = labels::cut(request, script);
        found.extend(names::reported(request, script, &columns));
        let text = file::text(request, (script, &columns), &options);
        vec![(request.file_name("do"), text)]
    });
    exported.diagnostics.append(&mut found);
    exported
}
