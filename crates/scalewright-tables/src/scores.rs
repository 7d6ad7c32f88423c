//! Scores out: a table of them, written some rows at a time.

#[cfg(feature = "columnar")]
mod arrow_scores;
#[cfg(feature = "columnar")]
mod columns;
mod csv_scores;
mod entries;
mod forms;
mod json_scores;
mod layout;
mod observations;
#[cfg(feature = "columnar")]
mod parquet_scores;
mod sink;
mod text;
mod value;

use scalewright_model::text::plain;

use crate::{ScoresFormat as Format, Stop};

pub use forms::{ANSWER_FORMS, REPORT_FORMS, SCORE_FORMS, delimiter};
pub use layout::Layout;
pub use sink::{Out, Sink};
pub use text::CsvCells;

/// A table of scores in a format, written to `file`.
///
/// # Errors
///
/// When its head cannot be written, or this build does not have the format.
pub fn sink<'a>(layout: Layout<'a>, format: Format, file: Out) -> Result<Box<dyn Sink + 'a>, Stop> {
    let made: std::io::Result<Box<dyn Sink + 'a>> = match format {
        Format::Csv | Format::Tsv => {
            csv_scores::CsvScores::new(layout, format, file).map(|sink| Box::new(sink) as _)
        }
        Format::Json => Ok(Box::new(json_scores::JsonScores::list(layout, file))),
        Format::Jsonl => Ok(Box::new(json_scores::JsonScores::lines(layout, file))),
        Format::Fhir => Ok(Box::new(observations::Observations::bundle(layout, file))),
        Format::FhirNdjson => Ok(Box::new(observations::Observations::lines(layout, file))),
        Format::Parquet | Format::Arrow | Format::ArrowStream => {
            return columnar(layout, format, file);
        }
    };
    made.map_err(|error| failed(&error))
}

#[cfg(feature = "columnar")]
fn columnar<'a>(layout: Layout<'a>, format: Format, file: Out) -> Result<Box<dyn Sink + 'a>, Stop> {
    let made = match format {
        Format::Parquet => {
            parquet_scores::ParquetScores::new(layout, file).map(|sink| Box::new(sink) as _)
        }
        Format::ArrowStream => arrow_scores::stream(layout, file),
        _ => arrow_scores::file(layout, file),
    };
    made.map_err(|error| failed(&error))
}

#[cfg(not(feature = "columnar"))]
fn columnar<'a>(_: Layout<'a>, _: Format, _: Out) -> Result<Box<dyn Sink + 'a>, Stop> {
    Err(no_columnar())
}

/// The refusal of a program that was built without Parquet and Arrow.
#[must_use]
pub fn no_columnar() -> Stop {
    Stop::usage("this build writes no Parquet and Arrow files")
        .help("build with `--features columnar`, or write CSV")
}

/// Scores that could not be written.
#[must_use]
pub fn failed(error: &std::io::Error) -> Stop {
    Stop::usage(format!("the scores could not be written: {}", plain(error)))
        .help("nothing was written")
}
