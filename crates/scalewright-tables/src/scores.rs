//! Scores out: a table of them, written some rows at a time.

#[cfg(feature = "columnar")]
mod arrow_scores;
#[cfg(feature = "columnar")]
mod columns;
mod csv_scores;
mod forms;
mod json_scores;
mod layout;
mod observations;
#[cfg(feature = "columnar")]
mod parquet_scores;
mod text;

use std::io::Write;

use scalewright_model::text::plain;
use scalewright_model::{Band, Scale};
use scalewright_scoring::Scored;

use crate::responses::Batch;
use crate::{ScoresFormat as Format, Stop};

pub use forms::{ANSWER_FORMS, REPORT_FORMS, SCORE_FORMS, delimiter};
use layout::Column;
pub use layout::Layout;
pub use text::CsvCells;

/// Where a table is written to.
pub type Out = Box<dyn Write + Send>;

/// A table being written.
pub trait Sink {
    /// Writes the rows of a batch, whose scores are parallel to those of the program.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    fn batch(&mut self, batch: &Batch, scored: &[Scored]) -> std::io::Result<()>;

    /// What is to be said of what was written, when all rows have been.
    fn note(&self, _table: &str) -> Option<String> {
        None
    }

    /// Writes what belongs behind the last row.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    fn finish(self: Box<Self>) -> std::io::Result<()>;
}

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

/// The columns that say in words what a score means: its bands, each with its name.
fn bands(scale: &Scale) -> impl Iterator<Item = (String, &[Band])> {
    scale.all_bands().map(|(set, bands)| match set {
        None => (format!("{}_band", scale.id), bands),
        Some(set) => (format!("{}_band_{set}", scale.id), bands),
    })
}

/// The label of the band that holds a score.
fn label(bands: &[Band], score: Option<f64>) -> Option<&str> {
    let score = score?;
    Band::holding(bands, score).map(|band| band.label.as_str())
}

/// A score as what it is.
enum Value<'a> {
    /// A number.
    Number(f64),
    /// Whether something is so.
    Truth(bool),
    /// One of the words of its scale.
    Word(&'a str),
}

/// What the score of `scale` is.
fn value(scale: &Scale, score: f64) -> Value<'_> {
    if scale.is_truth() {
        return Value::Truth(score != 0.0);
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a position among words"
    )]
    match scale.words() {
        Some(words) => Value::Word(words.get(score as usize).map_or("", String::as_str)),
        None => Value::Number(score),
    }
}
