//! Options of all commands that read a table of responses.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use scalewright_tables::{AgeColumns, Keep, LongColumns, Reading, ResponsesFormat};

use super::choice::choice;
use super::meaning::MeaningArgs;

/// How a table of responses is read.
#[derive(Debug, Args)]
pub(crate) struct ReadingArgs {
    /// The format of the responses. When left out or `auto`, recognised by what only exports of a platform contain, which a
    /// note states; else by the first bytes, and for text by the file's ending.
    #[arg(long, value_parser = choice::<ResponsesFormat>(), value_name = "FORMAT")]
    pub(crate) from: Option<ResponsesFormat>,
    /// The column that names the respondent. When left out, `respondent`, `id` or `record_id`, if the table has one of
    /// them.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) id_column: Option<String>,
    /// A TOML file that maps items to columns, `[columns]`, then lines such as `item_id = "column"`, and declares what
    /// their cells mean.
    #[arg(long, value_name = "FILE")]
    pub(crate) map: Option<PathBuf>,
    /// The table of names that `scalewright export --study` wrote, to read data that REDCap exports from that study.
    #[arg(long, value_name = "FILE")]
    pub(crate) names: Option<PathBuf>,
    /// A code that marks a missing answer in the table, such as -99, or a code with its reason, such as 98=refused. May
    /// be given more than once.
    #[arg(long, value_name = "CODE", allow_hyphen_values = true)]
    pub(crate) missing_code: Vec<String>,
    #[command(flatten)]
    pub(crate) meaning: MeaningArgs,
    /// The column with the date of birth, from which and --day the age is computed, in completed years, for norms by age.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) birth: Option<String>,
    /// The column with the day of the sitting, on which the respondent has the age.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) day: Option<String>,
    /// The item that the age answers. When left out, `age`.
    #[arg(long, value_name = "ITEM", requires = "birth")]
    pub(crate) age_item: Option<String>,
    /// The FHIR Questionnaire of the answers, if scalewright did not make it and it is not in the same file.
    #[arg(long, value_name = "FILE")]
    pub(crate) questionnaire: Option<PathBuf>,
    /// The columns of a table with one answer per row, as far as they have unusual names:
    /// `id=person,item=question,answer=rating`, and `session=wave` if respondents answered several times.
    #[arg(long, value_parser = LongColumns::parse, value_name = "COLUMNS")]
    pub(crate) long: Option<LongColumns>,
    /// The file with the answers in a ZIP archive of several tables.
    #[arg(long, value_name = "NAME")]
    pub(crate) member: Option<String>,
    /// The sheet of the workbook that has the answers. When left out, the only visible one that is not empty.
    #[arg(long, value_name = "NAME")]
    pub(crate) sheet: Option<String>,
    /// Take the stored values of the formulas in a workbook as answers. When left out, a formula in the column of an item
    /// is an error, because its stored value may be out of date.
    #[arg(long)]
    pub(crate) stored_values: bool,
}

impl ReadingArgs {
    /// Returns the same options as a request to the tables crate.
    pub(crate) fn reading(&self) -> Reading {
        let Self { from, id_column, map, names, missing_code, meaning, questionnaire, .. } = self;
        let Self { long, member, sheet, stored_values, birth, day, age_item, .. } = self;
        let age = AgeColumns { item: age_item.clone(), birth: birth.clone(), day: day.clone() };
        Reading {
            from: *from,
            id_column: id_column.clone(),
            map: map.clone(),
            names: names.clone(),
            missing_codes: missing_code.clone(),
            meaning: meaning.meaning(),
            age,
            questionnaire: questionnaire.clone(),
            long: long.clone(),
            member: member.clone(),
            sheet: sheet.clone(),
            stored_values: *stored_values,
        }
    }
}

/// Which columns that are not items are written with the scores.
#[derive(Debug, Args)]
pub(crate) struct KeepArgs {
    /// Of the columns that are not items, write only this one beside the scores. May be given more than once. When left
    /// out, all of them are written.
    #[arg(long, visible_alias = "carry", value_name = "COLUMN")]
    pub(crate) keep: Vec<String>,
    /// Write all columns that are not items beside the scores, except this one. May be given more than once.
    #[arg(long, value_name = "COLUMN", conflicts_with = "keep")]
    pub(crate) drop: Vec<String>,
    /// Write only the column that names the respondent beside the scores.
    #[arg(long, conflicts_with_all = ["keep", "drop"])]
    pub(crate) drop_all: bool,
}

impl KeepArgs {
    /// Returns the same options as a request to the tables crate.
    pub(crate) fn keep(&self) -> Keep {
        let Self { keep, drop, drop_all } = self;
        Keep { keep: keep.clone(), drop: drop.clone(), drop_all: *drop_all }
    }
}

/// What happens to a row that cannot be scored, or to a form that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OnError {
    /// Report every error and write nothing.
    Stop,
    /// Report every error, leave out the rows or forms concerned, and go on with the others.
    Skip,
}
