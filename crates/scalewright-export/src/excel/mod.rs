//! Excel: a workbook whose sheets score typed rows of answers by formulas. It contains no macros and no links.

mod about;
mod answers;
mod cells;
mod names;
mod repeat;
mod self_test;
mod sheets;
mod spelling;
mod style;
mod syntax;
mod tables;
mod workbook;

use scalewright_check::{TargetRules, WordRules};

use crate::code::options::{COLUMNS, Columns, SELF_TEST};
use crate::code::refusals::refusals;
use crate::code::{exported_files, keys, losses};
use crate::options::{OptionSpec, choice, options};
use crate::{ExportRequest, Exported, ExportedFile, Exporter, FileSpec, Platform};
use syntax::Excel;

/// The rules of Excel, for lints.
pub(crate) static RULES: TargetRules = TargetRules {
    platform: "Excel",
    names: None,
    words: WordRules::PLAIN,
    refusals: Some(|instrument, program, _| refusals(instrument, program, &Excel::default())),
};

/// The Excel platform.
pub(crate) static PLATFORM: Platform = Platform {
    name: "Excel",
    rules: &RULES,
    exporters: &[Exporter {
        files: &[FileSpec {
            name: "<id>.<language>.xlsx",
            what: "a workbook that scores typed rows by formulas, and its self-test",
        }],
        flags: &["leave-out-scores"],
        options: Options::SPECS,
        ..Exporter::new("excel", "a workbook that scores typed rows by formulas", export)
    }],
    limits: &[
        "A formula has at most 8,000 characters; a score that needs a longer one is refused.",
        "A sheet has at most 16,384 columns.",
        "A clock time is a number of minutes after midnight, and a date the number of its eight digits: 20260131.",
        "An answer that the definition does not allow is missing, and `invalid_answers` counts it: formulas cannot stop.",
    ],
    losses: losses::LOSSES,
    keys: keys::KEYS,
};

choice! {
    /// How many rows can be typed.
    Rows {
        Hundred = "100": "100 respondents";
        FiveHundred = "500": "500 respondents";
        Thousand = "1000": "1,000 respondents";
    }
}

options! {
    /// How the workbook is written.
    Options {
        columns: Columns = COLUMNS;
        rows: Rows = OptionSpec::choice("rows", Rows::VALUES, "100", "how many rows of answers can be typed");
        self_test: bool = SELF_TEST;
    }
}

impl Rows {
    /// The number of rows.
    fn count(self) -> u32 {
        match self {
            Self::Hundred => 100,
            Self::FiveHundred => 500,
            Self::Thousand => 1000,
        }
    }
}

fn export(request: &ExportRequest<'_>) -> Exported {
    let excel = Excel::default();
    let options = Options::of(request.options);
    exported_files(request, &excel, options.columns, |script| {
        let bytes = workbook::bytes(request, script, &excel.tables.borrow(), &options)?;
        Ok(vec![ExportedFile::of(request.file_name("xlsx"), bytes)])
    })
}
