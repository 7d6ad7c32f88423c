//! Opening a table: where it is, what it is, and what the files beside it say about it.

use std::io::Read;
use std::path::{Path, PathBuf};

use scalewright_check::kinds::Kind;
use scalewright_model::Instrument;

use crate::{Note, ResponsesFormat as Format, Stop};

#[cfg(feature = "columnar")]
use super::columnar;
use super::format::{Decided, decide};
use super::input::Input;
use super::map_file::Map;
use super::opened::{Opened, Reading};
use super::row_reader::{About, RowReader};
use super::{csv_table, fhir_responses, json_table, names_file, redcap_table};

/// Where a table is.
pub enum TableInput {
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

/// Opens a table, finds out what it is and reads what is at its head. `reading` names the files that say more about it;
/// relative paths are seen from `cwd`.
///
/// # Errors
///
/// When a file cannot be read, or the table is not what it should be.
pub fn open(
    from: TableInput,
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
        TableInput::Stream(stream) => {
            (PathBuf::from("-"), "standard input".to_owned(), Input::Stream(stream), 0)
        }
        TableInput::File { shown, path } => {
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
    let Decided { format, note } = decide(&name, &shown, reading.from, (&kind, &head))?;
    notes.extend(note.map(Note::info));
    if packed && matches!(format, Format::Parquet | Format::Arrow) {
        return Err(Stop::wrong(format!("{name}: a table of columns compressed by gzip"))
            .help("unpack it: Parquet and Arrow are compressed within"));
    }
    let reader = reader(&name, input, format, &about)?;
    let size = (bytes > 0 && !packed).then_some(bytes);
    Ok(Opened { name, size, reader, map, reading: reading.clone() })
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

fn reader(
    name: &str,
    input: Input,
    format: Format,
    about: &About<'_>,
) -> Result<Box<dyn RowReader>, Stop> {
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
        Format::Parquet | Format::Arrow => columnar_reader(name, input, format)?,
    })
}

#[cfg(feature = "columnar")]
fn columnar_reader(name: &str, input: Input, format: Format) -> Result<Box<dyn RowReader>, Stop> {
    columnar::open(name, input.file(name)?, format)
}

#[cfg(not(feature = "columnar"))]
fn columnar_reader(name: &str, _: Input, _: Format) -> Result<Box<dyn RowReader>, Stop> {
    Err(Stop::usage(format!("{name}: this build reads no Parquet and Arrow files"))
        .help("build with `--features columnar`, or convert the table to CSV"))
}
