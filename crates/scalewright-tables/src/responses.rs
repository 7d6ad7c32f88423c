//! Responses in: a table of coded answers, every one checked against the definition, some rows at a time.

mod answer;
mod batch;
mod blocks;
mod cell;
mod clock;
#[cfg(feature = "columnar")]
mod columnar;
mod csv_head;
mod csv_lanes;
mod csv_table;
mod fhir_answer;
mod fhir_canonical;
mod fhir_dates;
mod fhir_form;
mod fhir_forms;
mod fhir_matched;
mod fhir_options;
mod fhir_pieces;
mod fhir_responses;
mod fhir_row;
mod fhir_units;
mod format;
mod gzip;
mod hints;
mod input;
mod json_row;
mod json_rows;
mod json_sound;
mod json_table;
mod kept;
mod map_file;
mod missing;
mod names_file;
mod opened;
mod plan;
mod redcap_table;
mod strict_json;

use std::io::Read;
use std::path::{Path, PathBuf};

use scalewright_check::kinds::Kind;
use scalewright_model::Instrument;

use crate::{Note, ResponsesFormat as Format, Stop};

use self::format::Decided;
use self::input::Input;
use self::map_file::Map;
#[cfg(feature = "pdf")]
pub(crate) use answer::{Given, Rule};
pub use batch::{Batch, Fault, Stated, Texts, short};
#[cfg(feature = "pdf")]
pub(crate) use clock::clock;
pub use kept::{Keep, Kept, KeptCell, Wish};
pub use missing::Suspects;
pub use opened::{Opened, Reading};
pub use plan::Plan;

/// A table that is read some rows at a time.
pub(crate) trait Source {
    /// The names of its columns, as far as they are known before the rows are read.
    fn columns(&self) -> &[String];

    /// Whether rows may bring columns that are not known yet.
    fn may_grow(&self) -> bool {
        false
    }

    /// Reads the next rows into a batch that is empty; `false` when there are no more behind them.
    fn fill(&mut self, plan: &mut Plan<'_>, batch: &mut Batch) -> Result<bool, Stop>;

    /// What can only be told when all rows have been read: whether every item had a column.
    fn end(&self, _: &mut Plan<'_>) -> Result<(), Stop> {
        Ok(())
    }

    /// What the source of itself keeps of each row, such as the event. It stands before what [`Plan::kept`] asks for.
    fn kept(&self) -> &[String] {
        &[]
    }

    /// Which of these tell one occasion of a respondent from another.
    fn occasion(&self) -> &[usize] {
        &[]
    }

    /// The places of columns that hold scores, to be compared with those that the answers come to.
    fn stated(&self) -> Vec<usize> {
        Vec::new()
    }

    /// Whether a column belongs to an item without being called after it, as those of a checkbox's choices do.
    fn is_of_item(&self, _column: usize) -> bool {
        false
    }

    /// Whether the cells of a column can be written as text.
    fn has_text(&self, _column: usize) -> bool {
        true
    }

    /// What is to be said when all rows have been read.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }

    /// How much has been read, in the unit of `Opened::size`.
    fn progress(&self) -> u64;
}

/// More columns are no table of answers.
const MOST_COLUMNS: usize = 100_000;

fn too_many_columns(name: &str) -> Stop {
    Stop::wrong(format!("{name}: there are more than {MOST_COLUMNS} columns"))
        .help("give a table with a row a respondent and a column an item")
}

/// What a table is about.
pub(crate) struct About<'a> {
    /// Whose answers it holds.
    pub(crate) instrument: &'a Instrument,
    /// Which column answers which item.
    pub(crate) map: &'a Map,
    /// What marks a missing answer, besides an empty cell.
    pub(crate) missing: &'a [String],
    /// The FHIR Questionnaire that the answers came from: what messages call it, and where it is.
    pub(crate) form: Option<(String, PathBuf)>,
}

/// Where a table is.
pub enum From {
    /// In a file.
    File {
        /// Its name, as messages and endings have it.
        shown: PathBuf,
        /// Its whole path.
        path: PathBuf,
    },
    /// In a stream, which is read once.
    Stream(Box<dyn Read>),
}

/// Opens the table, finds out what it is and reads what is at its head. `reading` names the files that say more about it;
/// relative paths are seen from `cwd`.
///
/// # Errors
///
/// When a file cannot be read, or the table is not what it should be.
pub fn open(
    from: From,
    reading: &Reading,
    instrument: &Instrument,
    cwd: &Path,
    notes: &mut Vec<Note>,
) -> Result<Opened, Stop> {
    let map = map(reading, instrument, cwd)?;
    let form = reading.questionnaire.as_ref();
    let form = form.map(|path| (path.display().to_string(), cwd.join(path)));
    let about = About { instrument, map: &map, missing: &reading.missing_codes, form };
    let (shown, name, input, bytes) = match from {
        From::Stream(stream) => {
            (PathBuf::from("-"), "standard input".to_owned(), Input::Stream(stream), 0)
        }
        From::File { shown, path } => {
            let name = shown.display().to_string();
            let (input, bytes) = Input::open(&name, &path)?;
            (shown, name, input, bytes)
        }
    };
    let (mut input, mut kind, mut head) = input.kind(&name)?;
    let packed = kind == Kind::Gzip;
    if packed {
        (input, kind, head) = input.unpacked().kind(&name)?;
    }
    let Decided { format, note } = format::decide(&name, &shown, reading.from, (&kind, &head))?;
    notes.extend(note.map(Note::note));
    if packed && matches!(format, Format::Parquet | Format::Arrow) {
        return Err(Stop::wrong(format!("{name}: a table of columns compressed by gzip"))
            .help("unpack it: Parquet and Arrow are compressed within"));
    }
    let source = source(&name, input, format, &about)?;
    let size = (bytes > 0 && !packed).then_some(bytes);
    Ok(Opened { name, size, source, map, reading: reading.clone() })
}

/// The columns of items as far as they are not called by the items' ids: those of `--map`, then those of `--names`.
fn map(reading: &Reading, instrument: &Instrument, cwd: &Path) -> Result<Map, Stop> {
    if reading.names.is_some() && reading.from != Some(Format::Redcap) {
        return Err(Stop::usage("`--names` is about exports of REDCap")
            .help("say that it is one: `--from redcap`; elsewhere `--map` names columns"));
    }
    let mut map = match &reading.map {
        Some(path) => Map::read(path, instrument, cwd)?,
        None => Map::default(),
    };
    if let Some(path) = &reading.names {
        map.add(names_file::read(path, instrument, cwd)?, instrument);
    }
    Ok(map)
}

fn source(
    name: &str,
    input: Input,
    format: Format,
    about: &About<'_>,
) -> Result<Box<dyn Source>, Stop> {
    let About { instrument, map, missing, form } = about;
    if !missing.is_empty() && format == Format::Fhir {
        return Err(Stop::usage(
            "`--missing-code` is about tables, and these are responses in FHIR",
        )
        .help("an answer that is none has no value, or a coded reason for that"));
    }
    if format != Format::Fhir && (form.is_some() || map.is_of_fhir()) {
        return Err(Stop::usage(
            "`--questionnaire`, and `questionnaire` and `[codes]` of a map, are about responses in FHIR",
        )
        .help("say that they are: `--from fhir`"));
    }
    if !matches!(format, Format::Fhir | Format::Redcap) && map.has_stated() {
        return Err(Stop::usage(
            "`[stated]` of a map is about responses in FHIR and exports of REDCap",
        )
        .help("say that they are: `--from fhir` or `--from redcap`"));
    }
    Ok(match format {
        Format::Fhir => {
            Box::new(fhir_responses::FhirResponses::open(name, input.file(name)?, about)?)
        }
        Format::Csv => Box::new(csv_table::CsvTable::open(name, input.reader())?),
        Format::Redcap => {
            Box::new(redcap_table::RedcapTable::open(name, input.reader(), instrument, map)?)
        }
        Format::Json => Box::new(json_table::JsonTable::list(name, input.reader(), about)?),
        Format::Jsonl => Box::new(json_table::JsonTable::lines(name, input.reader(), about)?),
        Format::Parquet | Format::Arrow => columnar_source(name, input, format)?,
    })
}

#[cfg(feature = "columnar")]
fn columnar_source(name: &str, input: Input, format: Format) -> Result<Box<dyn Source>, Stop> {
    columnar::open(name, input.file(name)?, format)
}

#[cfg(not(feature = "columnar"))]
fn columnar_source(name: &str, _: Input, _: Format) -> Result<Box<dyn Source>, Stop> {
    Err(Stop::usage(format!("{name}: this build reads no Parquet and Arrow files"))
        .help("build with `--features columnar`, or convert the table to CSV"))
}
