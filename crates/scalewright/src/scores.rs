//! Scores out: a table of them, written some rows at a time.

mod csv_scores;
mod json_scores;
mod observations;
#[cfg(feature = "columnar")]
mod parquet_scores;
mod text;

use std::fs::File;

use scalewright_model::{Band, Instrument, Scale};
use scalewright_scoring::{Program, Scored};

use crate::Stop;
use crate::cli::{ScoreColumns, ScoresFormat as Format};
use crate::library::plain;
use crate::responses::Batch;

pub(crate) use text::{csv_cell, spreadsheet_safe};

/// A table being written.
pub(crate) trait Sink {
    /// Writes the rows of a batch.
    fn batch(&mut self, batch: &Batch, scored: &[Scored]) -> std::io::Result<()>;

    /// Writes what belongs behind the last row.
    fn finish(self: Box<Self>) -> std::io::Result<()>;
}

/// The scale of a score.
#[derive(Clone, Copy)]
struct Column<'a> {
    scale: &'a Scale,
    /// How many items the score rests on.
    items: usize,
    /// Which of the program's scores it is.
    position: usize,
    /// Whether it is a number, as nearly all are.
    plain: bool,
}

/// What the table consists of.
#[derive(Clone)]
pub(crate) struct Layout<'a> {
    instrument: &'a Instrument,
    id_name: String,
    /// What goes out beside the scores as it is.
    kept: Vec<String>,
    /// In the order of the definition.
    columns: Vec<Column<'a>>,
    chosen: ScoreColumns,
}

impl<'a> Layout<'a> {
    pub(crate) fn new(
        instrument: &'a Instrument,
        program: &Program,
        id_name: &str,
        chosen: ScoreColumns,
    ) -> Self {
        let mut order: Vec<(usize, usize)> =
            program.scores.iter().enumerate().map(|(i, score)| (score.scale.0, i)).collect();
        order.sort_unstable();
        let column = |(scale, position): (usize, usize)| Column {
            scale: &instrument.scales[scale],
            items: program.scores[position].items.len(),
            position,
            plain: program.scores[position].is_number(),
        };
        let columns = order.into_iter().map(column).collect();
        Self { instrument, id_name: id_name.to_owned(), kept: Vec::new(), columns, chosen }
    }

    /// The same, with these columns of the responses kept.
    pub(crate) fn keeping(self, kept: &[String]) -> Self {
        Self { kept: kept.to_vec(), ..self }
    }

    fn all(&self) -> bool {
        self.chosen == ScoreColumns::All
    }
}

/// A table in `file`.
pub(crate) fn sink<'a>(
    layout: Layout<'a>,
    format: Format,
    file: File,
) -> Result<Box<dyn Sink + 'a>, Stop> {
    let made: std::io::Result<Box<dyn Sink + 'a>> = match format {
        Format::Csv => csv_scores::CsvScores::new(layout, file).map(|sink| Box::new(sink) as _),
        Format::Json => Ok(Box::new(json_scores::JsonScores::list(layout, file))),
        Format::Jsonl => Ok(Box::new(json_scores::JsonScores::lines(layout, file))),
        Format::Fhir => Ok(Box::new(observations::Observations::bundle(layout, file))),
        Format::FhirNdjson => Ok(Box::new(observations::Observations::lines(layout, file))),
        Format::Parquet => return parquet(layout, file),
    };
    made.map_err(|error| failed(&error))
}

#[cfg(feature = "columnar")]
fn parquet<'a>(layout: Layout<'a>, file: File) -> Result<Box<dyn Sink + 'a>, Stop> {
    parquet_scores::ParquetScores::new(layout, file)
        .map(|sink| Box::new(sink) as _)
        .map_err(|error| failed(&error))
}

#[cfg(not(feature = "columnar"))]
fn parquet<'a>(_: Layout<'a>, _: File) -> Result<Box<dyn Sink + 'a>, Stop> {
    Err(Stop::usage("this build writes no Parquet files")
        .help("build with `--features columnar`, or choose `--format csv`"))
}

/// Scores that could not be written.
pub(crate) fn failed(error: &std::io::Error) -> Stop {
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
