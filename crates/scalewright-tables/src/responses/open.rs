//! Opens a table: finds its format, and reads the files that describe it.

use std::io::Read;
use std::path::{Path, PathBuf};

use scalewright_check::kinds::Kind;
use scalewright_model::Instrument;
use scalewright_model::text::plain;
use tempfile::NamedTempFile;

use crate::{Note, ResponsesFormat as Format, Stop};

#[cfg(feature = "columnar")]
use super::columnar;
use super::format::{Decided, decide};
use super::input::Input;
use super::map_file::Map;
use super::opened::{Opened, Reading};
use super::row_reader::{About, RowReader};
use super::{
    csv_table, fhir_responses, html_table, json_table, limesurvey_table, names_file, odm_table,
    qualtrics_table, redcap_table, surveyjs_table, xlsform_table,
};

/// The location of a table.
pub enum TableInput {
    /// A file.
    File {
        /// The name in messages, whose ending shows the format.
        shown: PathBuf,
        /// The full path.
        path: PathBuf,
    },
    /// A stream, which can be read only once.
    Stream(Box<dyn Read>),
}

impl TableInput {
    /// The same input `count` times. A stream is copied to a temporary file, which is returned too, unless it is read only
    /// once.
    pub(crate) fn copies(self, count: usize) -> Result<(Vec<Self>, Option<NamedTempFile>), Stop> {
        let is_once = |path: &Path| path.metadata().is_ok_and(|about| !about.is_file());
        let (shown, stream): (PathBuf, Box<dyn Read>) = match self {
            one if count == 1 => return Ok((vec![one], None)),
            // A named pipe is a stream too. Folders and files that do not exist are refused when they are opened.
            Self::File { path, shown } if is_once(&path) && !path.is_dir() => {
                let file = std::fs::File::open(&path);
                let file = file.map_err(|error| unreadable(&shown.display(), &error))?;
                (shown, Box::new(file))
            }
            Self::File { shown, path } => return Ok((same(&shown, &path, count), None)),
            Self::Stream(stream) => (PathBuf::from(STANDARD_INPUT), stream),
        };
        let file = copied(stream).map_err(|error| unreadable(&shown.display(), &error))?;
        Ok((same(&shown, file.path(), count), Some(file)))
    }
}

fn same(shown: &Path, path: &Path, count: usize) -> Vec<TableInput> {
    let file = || TableInput::File { shown: shown.to_path_buf(), path: path.to_path_buf() };
    (0..count).map(|_| file()).collect()
}

fn copied(mut stream: Box<dyn Read>) -> std::io::Result<NamedTempFile> {
    let mut file = NamedTempFile::new()?;
    std::io::copy(&mut stream, &mut file)?;
    Ok(file)
}

fn unreadable(name: &impl std::fmt::Display, error: &std::io::Error) -> Stop {
    Stop::usage(format!("cannot read `{name}`: {}", plain(error)))
}

/// The name of a stream in messages.
const STANDARD_INPUT: &str = "standard input";

/// Opens a table, detects its format and reads its header. `reading` names further files that describe the table;
/// their relative paths are resolved against `cwd`. Notes are added to `notes`.
///
/// # Errors
///
/// When a file cannot be read, the table is in another format than `reading` states, or options do not apply to the
/// format.
pub fn open(
    from: TableInput,
    reading: &Reading,
    instrument: &Instrument,
    cwd: &Path,
    notes: &mut Vec<Note>,
) -> Result<Opened, Stop> {
    open_among(from, reading, (instrument, &[instrument]), cwd, notes)
}

/// The same for one of several instruments that the table has answers to, `all`: the map may contain columns of each.
pub(crate) fn open_among(
    from: TableInput,
    reading: &Reading,
    (instrument, all): (&Instrument, &[&Instrument]),
    cwd: &Path,
    notes: &mut Vec<Note>,
) -> Result<Opened, Stop> {
    let map = map(reading, (instrument, all), cwd)?;
    let form = reading.questionnaire.as_ref();
    let form = form.map(|path| (path.display().to_string(), cwd.join(path)));
    let about = About { instrument, map: &map, missing: &reading.missing_codes, form };
    let path = match &from {
        TableInput::File { path, .. } if path.is_file() => Some(path.clone()),
        TableInput::File { .. } | TableInput::Stream(_) => None,
    };
    let (shown, name, input, bytes) = match from {
        TableInput::Stream(stream) => {
            (PathBuf::from("-"), STANDARD_INPUT.to_owned(), Input::Stream(stream), 0)
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
        return Err(Stop::wrong(format!(
            "{name}: Parquet and Arrow files cannot be read if gzip compressed them"
        ))
        .help("unpack the file: Parquet and Arrow have a compression of their own"));
    }
    let reader = reader(&name, input, format, &about)?;
    // The progress counts unpacked bytes, whose number is not known in advance.
    let size = (bytes > 0 && !packed).then_some(bytes);
    Ok(Opened { name, size, reader, map, reading: reading.clone(), path, background: None })
}

/// The map of items to columns: the entries of `--map`, then those of `--names`.
fn map(
    reading: &Reading,
    (instrument, all): (&Instrument, &[&Instrument]),
    cwd: &Path,
) -> Result<Map, Stop> {
    let has_names =
        matches!(reading.from, Some(Format::Limesurvey | Format::Redcap | Format::Xlsform));
    if reading.names.is_some() && !has_names {
        return Err(Stop::usage("`--names` applies only to data of REDCap, LimeSurvey and XLSForms")
            .help("add `--from redcap`, `--from limesurvey` or `--from xlsform`; for other tables, use `--map`"));
    }
    let mut map = match &reading.map {
        Some(path) => Map::read(path, (instrument, all), cwd)?,
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
            "`--missing-code` applies to tables, but these are FHIR responses",
        )
        .help("in FHIR, a missing answer has no value, or a coded reason"));
    }
    if format != Format::Fhir && (form.is_some() || map.is_of_fhir()) {
        return Err(Stop::usage(
            "`--questionnaire`, and `questionnaire` and `[codes]` in a map, apply only to FHIR responses",
        )
        .help("for FHIR responses, add `--from fhir`"));
    }
    let states = match format {
        Format::Fhir | Format::Redcap | Format::Surveyjs | Format::Jspsych => true,
        Format::Html | Format::Limesurvey | Format::Odm | Format::Qualtrics | Format::Xlsform => {
            true
        }
        Format::Csv | Format::Json | Format::Jsonl | Format::Parquet | Format::Arrow => false,
    };
    if !states && map.has_stated() {
        return Err(Stop::usage("`[stated]` in a map applies only to data of a platform that computes scores")
            .help("name the platform, such as `--from fhir` or `--from redcap`: `scalewright score --help` lists them"));
    }
    Ok(match format {
        Format::Fhir => {
            Box::new(fhir_responses::FhirResponses::open(name, input.file(name)?, about)?)
        }
        Format::Csv => Box::new(csv_table::CsvTable::open(name, input.reader())?),
        Format::Redcap => {
            Box::new(redcap_table::RedcapTable::open(name, input.reader(), instrument, map)?)
        }
        Format::Html => html_table::open(name, input.reader(), about)?,
        Format::Surveyjs | Format::Jspsych => {
            Box::new(surveyjs_table::SurveyjsTable::open(name, input.reader(), about)?)
        }
        Format::Limesurvey => {
            Box::new(limesurvey_table::open(name, input.reader(), instrument, map)?)
        }
        Format::Odm => Box::new(odm_table::OdmTable::open(name, input.reader(), about)?),
        Format::Qualtrics => {
            Box::new(qualtrics_table::open(name, input.reader(), instrument, map)?)
        }
        Format::Xlsform => Box::new(xlsform_table::open(name, input.reader(), instrument, map)?),
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
    Err(Stop::usage(format!("{name}: this build cannot read Parquet and Arrow files"))
        .help("build with `--features columnar`, or convert the table to CSV"))
}
