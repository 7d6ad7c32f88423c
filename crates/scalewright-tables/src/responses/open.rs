//! Opens a table: finds its format, and reads the files that describe it.

use std::io::Read;
use std::path::{Path, PathBuf};

use scalewright_check::kinds::Kind;
use scalewright_model::text::plain;
use scalewright_model::{Choice as _, Instrument};
use tempfile::NamedTempFile;

use crate::{Note, ResponsesFormat as Format, Stop};

use super::ages::{Ages, Years};
#[cfg(feature = "columnar")]
use super::columnar;
use super::dataset_json::DatasetJson;
use super::format::{Decided, Undecided, decide};
use super::input::Input;
use super::long_columns::LongColumns;
use super::long_rows::{LongRows, SourceRows};
use super::long_table::LongTable;
use super::map_file::Map;
use super::meaning::DateOrder;
use super::opened::{Opened, Reading};
use super::row_reader::{About, RowReader};
use super::source_table::SourceTable;
use super::unpack::{Packing, Unpacked, unpack};
use super::{
    bids_table, csv_table, dta, fhir_declared, fhir_responses, html_table, json_table,
    jspsych_table, limesurvey_table, names_file, odata, odm_table, partitions, qualtrics_table,
    redcap_labels, redcap_table, sav, words_table, xlsform_table,
};
#[cfg(feature = "workbooks")]
use super::{omv, workbook};

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

/// An instrument, and what its table is read with.
#[derive(Clone, Copy)]
pub struct Among<'a> {
    /// The instrument.
    pub instrument: &'a Instrument,
    /// The instruments that the table has answers to: the map may contain columns of each.
    pub all: &'a [&'a Instrument],
    /// The folder that the relative paths of a [`Reading`] start from.
    pub cwd: &'a Path,
}

/// Opens a table without the facts about its respondents that a map takes from elsewhere.
pub(super) fn table(
    from: TableInput,
    reading: &Reading,
    among: Among<'_>,
    notes: &mut Vec<Note>,
) -> Result<Opened, Stop> {
    let Among { instrument, all, cwd } = among;
    let map = map(reading, (instrument, all), cwd)?;
    let form = reading.questionnaire.as_ref();
    let form = form.map(|path| (path.display().to_string(), cwd.join(path)));
    let about = About { instrument, map: &map, form };
    let path = match &from {
        TableInput::File { path, .. } => Some(path.clone()),
        TableInput::Stream(_) => None,
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
    let unpacked = unpack(input, (name, shown), reading.member.as_deref(), notes)?;
    let Unpacked { input, kind, head, name, shown, packing } = unpacked;
    let given = given(reading, &kind)?;
    let undecided =
        Undecided { name: &name, path: &shown, kind: &kind, head: &head, instrument, map: &map };
    let Decided { format, notes: decided } = decide(&undecided, given)?;
    notes.extend(decided.into_iter().map(Note::info));
    if format == Format::Fhir {
        fhir_declared::refuse(&reading.meaning, &map)?;
    }
    if let Packing::Stream(how) = packing {
        refuse_packed(&name, how, format)?;
    }
    refuse_sheets(reading, format)?;
    let is_json = matches!(kind, Kind::JsonList | Kind::JsonObject);
    let beside = path.as_deref().filter(|_| packing != Packing::Archive);
    let reader = reader((&name, beside), (input, is_json), (format, reading), &about)?;
    // The progress counts unpacked bytes, whose number is not known in advance.
    let size = (bytes > 0 && packing == Packing::None).then_some(bytes);
    let partitions = path.as_deref().map(partitions::partitions).unwrap_or_default();
    let reading = Reading { from: Some(format), ..reading.clone() };
    // Only a file can be read again.
    let path = path.filter(|path| path.is_file());
    let order = reading.meaning.dates.or(map.meaning().dates);
    let ages = match reading.age.with(&map.age, map.name())? {
        Some(age) => Ages::new(age, (instrument, all), order.unwrap_or(DateOrder::YearMonthDay))?,
        None => None,
    };
    let (background, years) = (None, Years::new(instrument));
    Ok(Opened { name, size, reader, map, reading, path, background, ages, years, partitions })
}

/// The format that the options state.
fn given(reading: &Reading, kind: &Kind) -> Result<Option<Format>, Stop> {
    let given = reading.from.filter(|format| *format != Format::Auto);
    match (&reading.long, given) {
        (None, given) | (Some(_), given @ Some(Format::Long | Format::DatasetJson)) => Ok(given),
        (Some(_), None) if *kind == Kind::DatasetJson => Ok(Some(Format::DatasetJson)),
        (Some(_), None) => Ok(Some(Format::Long)),
        (Some(_), Some(other)) => Err(Stop::usage(format!(
            "`--long` names the columns of a table with one answer per row, but `--from {}` is another format",
            other.name()
        ))
        .help("use `--from long`, or leave out `--from`")),
    }
}

/// Refuses a compressed file of a format that has a compression of its own.
fn refuse_packed(name: &str, how: &str, format: Format) -> Result<(), Stop> {
    let what = match format {
        Format::Parquet | Format::Arrow => "Parquet and Arrow files",
        Format::Workbook => "workbooks",
        Format::Jamovi => "jamovi files",
        _ => return Ok(()),
    };
    Err(Stop::wrong(format!("{name}: {what} cannot be read if {how} compressed them"))
        .help("unpack the file: it has a compression of its own"))
}

/// Refuses options that apply only to workbooks.
fn refuse_sheets(reading: &Reading, format: Format) -> Result<(), Stop> {
    if format == Format::Workbook {
        return Ok(());
    }
    let option = match (&reading.sheet, reading.stored_values) {
        (Some(_), _) => "--sheet",
        (None, true) => "--stored-values",
        (None, false) => return Ok(()),
    };
    Err(Stop::usage(format!("`{option}` applies only to workbooks")).help("leave it out"))
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
    (name, path): (&str, Option<&Path>),
    (input, is_json): (Input, bool),
    (format, reading): (Format, &Reading),
    about: &About<'_>,
) -> Result<Box<dyn RowReader>, Stop> {
    let About { instrument, map, form } = about;
    if format != Format::Fhir && (form.is_some() || map.is_of_fhir()) {
        return Err(Stop::usage(
            "`--questionnaire`, and `questionnaire` in a map, apply only to FHIR responses",
        )
        .help("for FHIR responses, add `--from fhir`"));
    }
    let states = match format {
        Format::Fhir | Format::Redcap | Format::RedcapLabels | Format::Surveyjs => true,
        Format::Html | Format::Jspsych | Format::Limesurvey | Format::Odm => true,
        Format::Bids | Format::GoogleForms | Format::Surveymonkey => true,
        Format::Qualtrics | Format::Xlsform => true,
        Format::Auto | Format::Csv | Format::Json | Format::Jsonl | Format::Parquet => false,
        Format::Arrow | Format::DatasetJson | Format::Formr | Format::Long => false,
        Format::Sav | Format::Dta | Format::Workbook | Format::Jamovi => false,
    };
    if !states && map.has_stated() {
        return Err(Stop::usage("`[stated]` in a map applies only to data of a platform that computes scores")
            .help("name the platform, such as `--from fhir` or `--from redcap`: `scalewright score --help` lists them"));
    }
    Ok(match format {
        Format::Fhir => {
            Box::new(fhir_responses::FhirResponses::open(name, input.file(name)?, about)?)
        }
        // Every table has a format of its own by now.
        Format::Auto | Format::Csv => Box::new(csv_table::CsvTable::open(name, input.reader())?),
        Format::Redcap => {
            Box::new(redcap_table::RedcapTable::open(name, input.reader(), instrument, map)?)
        }
        Format::RedcapLabels => {
            Box::new(redcap_labels::open(name, input.reader(), instrument, map)?)
        }
        Format::Html => html_table::open(name, input.reader(), about)?,
        Format::Surveyjs | Format::Jspsych => {
            let is_declared = reading.from == Some(format);
            let about = (about, is_declared);
            Box::new(jspsych_table::open(name, input.reader(), about)?)
        }
        Format::Limesurvey => {
            Box::new(limesurvey_table::open(name, input.reader(), instrument, map)?)
        }
        Format::Odm => Box::new(odm_table::OdmTable::open(name, input.reader(), about)?),
        Format::Qualtrics => {
            Box::new(qualtrics_table::open(name, input.reader(), instrument, map)?)
        }
        Format::Xlsform if is_json => Box::new(odata::open(name, input.reader(), about)?),
        Format::Xlsform => Box::new(xlsform_table::open(name, input.reader(), instrument, map)?),
        Format::GoogleForms => {
            Box::new(words_table::google_forms(name, input.reader(), instrument, map)?)
        }
        Format::Surveymonkey => {
            Box::new(words_table::surveymonkey(name, input.reader(), instrument, map)?)
        }
        Format::Formr if is_json => {
            Box::new(json_table::JsonTable::list(name, input.reader(), about)?)
        }
        Format::Formr => Box::new(csv_table::CsvTable::open(name, input.reader())?),
        Format::Bids => {
            Box::new(bids_table::open(name, input.reader(), path, (*instrument, *map))?)
        }
        Format::Long => {
            let rows = csv_table::CsvTable::open(name, input.reader())?;
            long_table(name, Box::new(rows), reading.long.as_ref(), about)?
        }
        Format::DatasetJson => {
            let source = Box::new(DatasetJson::open(name, input.reader())?);
            match &reading.long {
                long @ Some(_) => {
                    long_table(name, Box::new(SourceRows::new(source)), long.as_ref(), about)?
                }
                None => Box::new(SourceTable::new(source).named(name)),
            }
        }
        Format::Json => Box::new(json_table::JsonTable::list(name, input.reader(), about)?),
        Format::Jsonl => Box::new(json_table::JsonTable::lines(name, input.reader(), about)?),
        Format::Sav => {
            let sav = sav::Sav::open(name, input.reader())?.fitting(about);
            Box::new(SourceTable::new(Box::new(sav)).named(name))
        }
        Format::Dta => {
            let dta = dta::Dta::open(name, input.file(name)?)?;
            Box::new(SourceTable::new(Box::new(dta)).named(name))
        }
        Format::Parquet | Format::Arrow => columnar_reader(name, input, format)?,
        Format::Workbook | Format::Jamovi => office_reader(name, input, (format, reading), about)?,
    })
}

fn long_table(
    name: &str,
    rows: Box<dyn LongRows>,
    columns: Option<&LongColumns>,
    about: &About<'_>,
) -> Result<Box<dyn RowReader>, Stop> {
    let columns = columns.cloned().unwrap_or_default();
    let table = LongTable::open(name, rows, &columns, (about.instrument, about.map))?;
    Ok(Box::new(table))
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

#[cfg(feature = "workbooks")]
fn office_reader(
    name: &str,
    input: Input,
    (format, reading): (Format, &Reading),
    about: &About<'_>,
) -> Result<Box<dyn RowReader>, Stop> {
    let file = input.file(name)?;
    match format {
        Format::Jamovi => omv::open(name, file, about),
        _ => workbook::open(name, file, reading, about),
    }
}

#[cfg(not(feature = "workbooks"))]
fn office_reader(
    name: &str,
    _: Input,
    _: (Format, &Reading),
    _: &About<'_>,
) -> Result<Box<dyn RowReader>, Stop> {
    Err(Stop::usage(format!("{name}: this build cannot read workbooks and jamovi files"))
        .help("build with `--features workbooks`, or save the table as CSV"))
}
