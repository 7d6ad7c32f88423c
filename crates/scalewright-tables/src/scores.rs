//! Writes tables of scores in batches of rows.

#[cfg(feature = "columnar")]
mod arrow_scores;
#[cfg(feature = "columnar")]
mod columns;
mod csv_scores;
mod entries;
mod formats;
mod header;
mod json_scores;
mod missing_columns;
mod observations;
#[cfg(feature = "columnar")]
mod other_columns;
mod other_table;
#[cfg(feature = "columnar")]
mod parquet_numbers;
#[cfg(feature = "columnar")]
mod parquet_scores;
mod sink;
mod statistics;
mod statistics_scores;
mod suited;
mod text;
mod value;
#[cfg(feature = "workbooks")]
mod xlsx_scores;
#[cfg(feature = "workbooks")]
mod xlsx_table;

use scalewright_model::text::plain;

use crate::{ScoresFormat, Stop};

use self::statistics::Program;

pub use formats::{ANSWER_FORMATS, REPORT_FORMATS, SCORE_FORMATS, TABLE_FORMATS};
pub use header::ScoresHeader;
pub use missing_columns::MissingColumns;
pub use other_table::{TableCell, TableColumn, TableWriter, ValueKind};
pub use sink::{Out, Sink};
pub use suited::{ScoresOptions, printable};
pub use text::CsvCells;

/// Begins a table of scores in `format`, written to `file`.
///
/// # Errors
///
/// When the beginning of the table cannot be written, or this build lacks the format.
pub fn sink<'a>(
    header: ScoresHeader<'a>,
    format: ScoresFormat,
    file: Out,
) -> Result<Box<dyn Sink + 'a>, Stop> {
    let result: std::io::Result<Box<dyn Sink + 'a>> = match format {
        ScoresFormat::Csv | ScoresFormat::Tsv => {
            csv_scores::CsvScores::new(header, format, file).map(|sink| Box::new(sink) as _)
        }
        ScoresFormat::Json => Ok(Box::new(json_scores::JsonScores::list(header, file))),
        ScoresFormat::Jsonl => Ok(Box::new(json_scores::JsonScores::lines(header, file))),
        ScoresFormat::Fhir => Ok(Box::new(observations::Observations::bundle(header, file))),
        ScoresFormat::FhirNdjson => Ok(Box::new(observations::Observations::lines(header, file))),
        ScoresFormat::Parquet | ScoresFormat::Arrow | ScoresFormat::ArrowStream => {
            return columnar(header, format, file);
        }
        ScoresFormat::Sav => statistics(header, Program::Spss, file),
        ScoresFormat::Dta => statistics(header, Program::Stata, file),
        ScoresFormat::Xlsx => return workbook(header, file),
    };
    result.map_err(|error| failed(&error))
}

fn statistics<'a>(
    header: ScoresHeader<'a>,
    program: Program,
    file: Out,
) -> std::io::Result<Box<dyn Sink + 'a>> {
    statistics_scores::StatisticsScores::new(header, program, file).map(|sink| Box::new(sink) as _)
}

#[cfg(feature = "columnar")]
fn columnar<'a>(
    header: ScoresHeader<'a>,
    format: ScoresFormat,
    file: Out,
) -> Result<Box<dyn Sink + 'a>, Stop> {
    let result = match format {
        ScoresFormat::Parquet => {
            parquet_scores::ParquetScores::new(header, file).map(|sink| Box::new(sink) as _)
        }
        ScoresFormat::ArrowStream => arrow_scores::stream(header, file),
        _ => arrow_scores::file(header, file),
    };
    result.map_err(|error| failed(&error))
}

#[cfg(not(feature = "columnar"))]
fn columnar<'a>(_: ScoresHeader<'a>, _: ScoresFormat, _: Out) -> Result<Box<dyn Sink + 'a>, Stop> {
    Err(no_columnar())
}

/// The error of a build without support for Parquet and Arrow.
fn no_columnar() -> Stop {
    Stop::usage("this build cannot write Parquet and Arrow files")
        .help("build with `--features columnar`, or write CSV")
}

#[cfg(feature = "workbooks")]
fn workbook<'a>(header: ScoresHeader<'a>, file: Out) -> Result<Box<dyn Sink + 'a>, Stop> {
    let scores = xlsx_scores::XlsxScores::new(header, file);
    scores.map(|sink| Box::new(sink) as _).map_err(|error| failed(&error))
}

#[cfg(not(feature = "workbooks"))]
fn workbook<'a>(_: ScoresHeader<'a>, _: Out) -> Result<Box<dyn Sink + 'a>, Stop> {
    Err(no_workbooks())
}

/// The error of a build without support for workbooks.
#[cfg(not(feature = "workbooks"))]
fn no_workbooks() -> Stop {
    Stop::usage("this build cannot write workbooks")
        .help("build with `--features workbooks`, or write CSV")
}

/// The error for scores that could not be written.
#[must_use]
pub fn failed(error: &std::io::Error) -> Stop {
    Stop::usage(format!("the scores could not be written: {}", plain(error)))
        .help("nothing was written")
}
