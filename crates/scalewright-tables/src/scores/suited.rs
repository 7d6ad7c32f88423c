//! Options of the scores that have no effect in their format are refused: nothing is ignored silently.

use crate::{ScoreColumns, ScoresFormat, Stop, TableFormat, TableShape, WithColumns};

use super::failures::no_columnar;
use super::formats::delimiter;
use super::long_format;

/// The options of a table of scores that depend on its format.
#[derive(Debug, Clone, Copy)]
pub struct ScoresOptions<'a> {
    /// Which columns are written for each score.
    pub columns: ScoreColumns,
    /// The shape of the table.
    pub shape: TableShape,
    /// What is written beside the scores.
    pub with: &'a [WithColumns],
    /// Whether cells that a spreadsheet would run as formulas get an apostrophe.
    pub spreadsheet_safe: bool,
    /// Whether a report on the rows is written, which is always CSV or TSV.
    pub has_report: bool,
    /// Whether the scores are printed on standard output.
    pub is_printed: bool,
}

impl ScoresOptions<'_> {
    /// Checks the options against the formats of the tables that are written.
    ///
    /// # Errors
    ///
    /// When an option contradicts a format, or has no effect in any of them, or this build lacks a format.
    pub fn suit(&self, formats: &[ScoresFormat]) -> Result<(), Stop> {
        for format in formats {
            self.suits(*format)?;
        }
        let is_text = formats.iter().any(|format| delimiter(*format).is_some());
        if self.spreadsheet_safe && !is_text && !self.has_report {
            return Err(Stop::usage(
                "`--spreadsheet-safe` only affects CSV and TSV, but neither is written",
            )
            .help("leave it out: in other formats, no cell is run as a formula"));
        }
        Ok(())
    }

    fn suits(&self, format: ScoresFormat) -> Result<(), Stop> {
        let is_columnar = matches!(
            format,
            ScoresFormat::Parquet | ScoresFormat::Arrow | ScoresFormat::ArrowStream
        );
        if is_columnar && cfg!(not(feature = "columnar")) {
            return Err(no_columnar());
        }
        if self.columns == ScoreColumns::Scores
            && matches!(format, ScoresFormat::Fhir | ScoresFormat::FhirNdjson)
        {
            let message = "`--columns` has no effect on Observations, which always contain everything about a score";
            return Err(Stop::usage(message).help("leave it out, or write a table: `--format csv`"));
        }
        if self.shape == TableShape::Long {
            long_format(format)?;
        }
        self.has_place_for_answers(format)?;
        if self.columns == ScoreColumns::Scores && format == ScoresFormat::Redcap {
            let message =
                "`--columns` has no effect on an import file for REDCap, which has no scores";
            return Err(Stop::usage(message).help("leave it out, or write a table: `--format csv`"));
        }
        let binary = match format {
            ScoresFormat::Parquet => "Parquet is",
            ScoresFormat::Arrow | ScoresFormat::ArrowStream => "Arrow is",
            ScoresFormat::Sav | ScoresFormat::Zsav => "SPSS files are",
            ScoresFormat::Dta => "Stata files are",
            ScoresFormat::Xlsx => "workbooks are",
            _ => return Ok(()),
        };
        match self.is_printed {
            true => Err(Stop::usage(format!("{binary} binary and cannot be printed"))
                .help("name a file: `--out FILE`")),
            false => Ok(()),
        }
    }
}

impl ScoresOptions<'_> {
    fn has_place_for_answers(&self, format: ScoresFormat) -> Result<(), Stop> {
        if !self.with.contains(&WithColumns::Answers) {
            return Ok(());
        }
        if matches!(format, ScoresFormat::Fhir | ScoresFormat::FhirNdjson) {
            return Err(Stop::usage(
                "`--with answers` applies to tables, but Observations contain only scores",
            )
            .help("leave it out, or write a table: `--format csv`"));
        }
        match self.shape {
            TableShape::Wide => Ok(()),
            TableShape::Long => Err(Stop::usage(
                "`--with answers` adds a column for each item, but `--shape long` has a row for each score",
            )
            .help("write the answers to a wide table: leave out `--shape long`")),
        }
    }
}

/// Stops if a binary table would be printed.
///
/// # Errors
///
/// When `format` is binary and the table has no file.
pub fn printable(format: TableFormat, is_printed: bool) -> Result<(), Stop> {
    let what = match format {
        TableFormat::Parquet | TableFormat::Arrow | TableFormat::ArrowStream => "Parquet and Arrow",
        TableFormat::Sav | TableFormat::Zsav | TableFormat::Dta => "files of SPSS and Stata",
        TableFormat::Xlsx => "workbooks",
        _ => return Ok(()),
    };
    match is_printed {
        true => Err(Stop::usage(format!("{what} are binary and cannot be printed"))
            .help("name a file: `--out FILE`")),
        false => Ok(()),
    }
}
