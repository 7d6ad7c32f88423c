//! Writes tables of scores in batches of rows.

mod answers;
#[cfg(feature = "columnar")]
mod arrow_scores;
#[cfg(feature = "columnar")]
mod columns;
mod csv_scores;
mod entries;
mod failures;
mod formats;
mod header;
mod json_scores;
mod long_scores;
mod missing_columns;
mod names;
mod observations;
#[cfg(feature = "columnar")]
mod other_columns;
mod other_table;
#[cfg(feature = "columnar")]
mod parquet_numbers;
#[cfg(feature = "columnar")]
mod parquet_scores;
mod prefix;
mod redcap_answers;
mod renamed;
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

use crate::{ScoresFormat, Stop, TableFormat, TableShape};

use self::statistics::Program;

pub use failures::failed;
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
        ScoresFormat::Redcap => {
            return Ok(Box::new(redcap_answers::RedcapAnswers::new(header, file)?));
        }
        ScoresFormat::Parquet | ScoresFormat::Arrow | ScoresFormat::ArrowStream => {
            return columnar(header, format, file);
        }
        ScoresFormat::Sav => statistics(header, Program::Spss, file),
        ScoresFormat::Dta => statistics(header, Program::Stata, file),
        ScoresFormat::Xlsx => return workbook(header, file),
    };
    result.map_err(|error| failed(&error))
}

/// Begins a table of scores in the shape `shape`.
///
/// # Errors
///
/// As [`sink`], and when the format has no table of this shape.
pub(crate) fn shaped_sink<'a>(
    header: ScoresHeader<'a>,
    (format, shape): (ScoresFormat, TableShape),
    file: Out,
) -> Result<Box<dyn Sink + 'a>, Stop> {
    match shape {
        TableShape::Wide => sink(header, format, file),
        TableShape::Long => {
            let format = long_format(format)?;
            Ok(Box::new(long_scores::LongScores::new(header, format, file)?))
        }
    }
}

/// The format of a table with one row for each score.
///
/// # Errors
///
/// When the format is not a table.
pub(crate) fn long_format(format: ScoresFormat) -> Result<TableFormat, Stop> {
    Ok(match format {
        ScoresFormat::Csv => TableFormat::Csv,
        ScoresFormat::Tsv => TableFormat::Tsv,
        ScoresFormat::Json => TableFormat::Json,
        ScoresFormat::Jsonl => TableFormat::Jsonl,
        ScoresFormat::Parquet => TableFormat::Parquet,
        ScoresFormat::Arrow => TableFormat::Arrow,
        ScoresFormat::ArrowStream => TableFormat::ArrowStream,
        ScoresFormat::Sav => TableFormat::Sav,
        ScoresFormat::Dta => TableFormat::Dta,
        ScoresFormat::Xlsx => TableFormat::Xlsx,
        ScoresFormat::Fhir | ScoresFormat::FhirNdjson | ScoresFormat::Redcap => {
            return Err(Stop::usage(
                "`--shape long` applies to tables of scores, which this format is not",
            )
            .help("leave it out, or write a table: `--format csv`"));
        }
    })
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
    Err(failures::no_columnar())
}

#[cfg(feature = "workbooks")]
fn workbook<'a>(header: ScoresHeader<'a>, file: Out) -> Result<Box<dyn Sink + 'a>, Stop> {
    let scores = xlsx_scores::XlsxScores::new(header, file);
    scores.map(|sink| Box::new(sink) as _).map_err(|error| failed(&error))
}

#[cfg(not(feature = "workbooks"))]
fn workbook<'a>(_: ScoresHeader<'a>, _: Out) -> Result<Box<dyn Sink + 'a>, Stop> {
    Err(failures::no_workbooks())
}
