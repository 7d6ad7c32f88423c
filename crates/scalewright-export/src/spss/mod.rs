//! SPSS: syntax that adds the scores to the active dataset, for IBM SPSS Statistics and PSPP.

pub(crate) mod commands;
pub(crate) mod file;
mod labels;
mod recode;
mod self_test;
pub(crate) mod syntax;

use scalewright_check::{TargetRules, WordRules};

use crate::code::names::{NameLimits, unusable};
use crate::code::options::{COLUMNS, Columns, SELF_TEST};
use crate::code::refusals::refusals;
use crate::code::{keys, losses};
use crate::loss::{RECALLED, UNSURE, UNVERIFIED, WORDS_OF_FORMULAS};
use crate::options::options;
use crate::{ExportRequest, Exported, Exporter, FileSpec, Loss, Platform};
use syntax::Spss;

/// The rules of SPSS, for lints.
pub(crate) static RULES: TargetRules = TargetRules {
    platform: "SPSS",
    names: None,
    words: WordRules::PLAIN,
    refusals: Some(|instrument, program, _| refusals(instrument, program, &Spss)),
};

/// The SPSS platform.
pub(crate) static PLATFORM: Platform = Platform {
    name: "SPSS",
    rules: &RULES,
    exporters: &[Exporter {
        files: &[
            FileSpec {
                name: "<id>.<language>.sps",
                what: "syntax that adds the scores to the active dataset",
            },
            FileSpec {
                name: "<id>.<language>.self-test.sps",
                what: "syntax that scores five rows of answers and lists whether they are right; unless `self-test=no`",
            },
        ],
        flags: &["leave-out-scores"],
        options: Options::SPECS,
        ..Exporter::new("spss", "scoring code as SPSS syntax, also for PSPP", export)
    }],
    limits: &[
        "An answer that the definition does not allow is missing, and `invalid_answers` counts such answers: SPSS syntax cannot refuse a row.",
        "Items must be numeric variables.",
        "An id that SPSS reserves, such as `with` or `not`, is refused, and so is a name of more than 64 characters.",
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
    &UNVERIFIED,
    &RECALLED,
    &UNSURE,
    &WORDS_OF_FORMULAS,
];

/// The names that SPSS accepts. Scratch variables have one character more than the item.
pub(crate) const NAMES: NameLimits = NameLimits {
    language: "SPSS",
    longest: 64,
    shortens: false,
    longest_item: 63,
    is_reserved: |name| RESERVED.contains(&name),
};

/// The names that SPSS reserves.
const RESERVED: [&str; 13] =
    ["all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"];

options! {
    /// How the code is written.
    Options {
        columns: Columns = COLUMNS;
        self_test: bool = SELF_TEST;
    }
}

fn export(request: &ExportRequest<'_>) -> Exported {
    let options = Options::of(request.options);
    let mut found = Vec::new();
    let mut exported = crate::code::exported(request, &Spss, options.columns, |script| {
        found = unusable(request, script, &NAMES);
        if !found.is_empty() {
            return Vec::new();
        }
        found = labels::cut(request, script);
        let mut files = vec![(request.file_name("sps"), file::text(request, script, &options))];
        if options.self_test {
            let text = self_test::text(request, script);
            files.push((request.file_name("self-test.sps"), text));
        }
        files
    });
    exported.diagnostics.append(&mut found);
    exported
}
