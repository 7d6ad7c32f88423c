//! Responses in: a table of coded answers, every one checked against the definition, some rows at a time.

mod answer;
mod batch;
mod begin;
mod blocks;
#[cfg(feature = "columnar")]
mod columnar;
mod csv_lanes;
mod csv_table;
mod fhir_answer;
mod fhir_form;
mod fhir_responses;
mod fhir_row;
mod json_table;
mod kept;
mod map_file;
mod names_file;
mod plan;
mod redcap_table;
mod strict_json;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use scalewright_model::Instrument;

use crate::cli::ResponsesFormat as Format;
use crate::library::plain;
use crate::{Stop, Terminal};

#[cfg(feature = "pdf")]
pub(crate) use answer::{Given, Rule};
pub(crate) use batch::{Batch, Fault, Stated};
pub(crate) use begin::begin;
pub(crate) use kept::{Kept, KeptCell, Wish};
pub(crate) use map_file::Map;
pub(crate) use plan::Plan;

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

/// A table, ready to be read.
pub(crate) struct Opened {
    /// What messages call it.
    pub(crate) name: String,
    /// Its rows.
    pub(crate) source: Box<dyn Source>,
    /// How much there is to read, if that can be told.
    pub(crate) size: Option<u64>,
}

/// What a table is about.
pub(crate) struct About<'a> {
    /// Whose answers it holds.
    pub(crate) instrument: &'a Instrument,
    /// Which column answers which item.
    pub(crate) map: &'a Map,
    /// What marks a missing answer, in an export of REDCap.
    pub(crate) missing: &'a [String],
    /// The FHIR Questionnaire that the answers came from: what messages call it, and where it is.
    pub(crate) form: Option<(String, PathBuf)>,
}

/// The columns of items as far as they are not called by the items' ids: those of `--map`, then those of `--names`.
pub(crate) fn map(
    (map, names): (Option<&Path>, Option<&Path>),
    from: Option<Format>,
    instrument: &Instrument,
    cwd: &Path,
) -> Result<Map, Stop> {
    if names.is_some() && from != Some(Format::Redcap) {
        return Err(Stop::usage("`--names` is about exports of REDCap")
            .help("say that it is one: `--from redcap`; elsewhere `--map` names columns"));
    }
    let mut map = match map {
        Some(path) => Map::read(path, instrument, cwd)?,
        None => Map::default(),
    };
    if let Some(path) = names {
        map.add(names_file::read(path, instrument, cwd)?);
    }
    Ok(map)
}

/// Opens the table in `path`, or on standard input for `-`.
pub(crate) fn open(
    path: &Path,
    format: Option<Format>,
    about: &About<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<Opened, Stop> {
    let format = format.unwrap_or_else(|| by_ending(path));
    if path == Path::new("-") {
        let name = "standard input".to_owned();
        let input = terminal.input.take().unwrap_or_else(|| Box::new(std::io::empty()));
        let source = source(&name, Input::Stream(input), format, about)?;
        return Ok(Opened { name, source, size: None });
    }
    let name = path.display().to_string();
    let unreadable =
        |error: &std::io::Error| Stop::usage(format!("cannot read `{name}`: {}", plain(error)));
    let file = File::open(terminal.cwd.join(path)).map_err(|error| unreadable(&error))?;
    let data = file.metadata().map_err(|error| unreadable(&error))?;
    if data.is_dir() {
        return Err(Stop::usage(format!("cannot read `{name}`: it is a folder")));
    }
    let source = source(&name, Input::File(file), format, about)?;
    let size = (data.len() > 0).then_some(data.len());
    Ok(Opened { name, source, size })
}

/// Bytes that can be read again from any place, or only once.
enum Input {
    File(File),
    Stream(Box<dyn Read>),
}

impl Input {
    fn reader(self) -> Box<dyn Read> {
        match self {
            Input::File(file) => Box::new(file),
            Input::Stream(stream) => stream,
        }
    }

    /// As a file: what comes once is kept in one without a name.
    #[cfg(feature = "columnar")]
    fn file(self, name: &str) -> Result<File, Stop> {
        let mut stream = match self {
            Input::File(file) => return Ok(file),
            Input::Stream(stream) => stream,
        };
        let kept = || -> std::io::Result<File> {
            let mut file = tempfile::tempfile()?;
            std::io::copy(&mut stream, &mut file)?;
            std::io::Seek::rewind(&mut file)?;
            Ok(file)
        };
        let mut kept = kept;
        kept().map_err(|error| Stop::usage(format!("cannot read {name}: {}", plain(&error))))
    }
}

fn source(
    name: &str,
    input: Input,
    format: Format,
    about: &About<'_>,
) -> Result<Box<dyn Source>, Stop> {
    let About { instrument, map, missing, form } = about;
    if !missing.is_empty() && format != Format::Redcap {
        return Err(Stop::usage("`--missing-code` is about exports of REDCap")
            .help("say that it is one: `--from redcap`; elsewhere empty the cells, or declare the code as a non-response option"));
    }
    if format != Format::Fhir && (form.is_some() || map.is_of_fhir()) {
        return Err(Stop::usage(
            "`--questionnaire`, and `[codes]` and `[stated]` of a map, are about responses in FHIR",
        )
        .help("say that they are: `--from fhir`"));
    }
    Ok(match format {
        Format::Fhir => Box::new(fhir_responses::FhirResponses::open(name, input.reader(), about)?),
        Format::Csv => Box::new(csv_table::CsvTable::open(name, input.reader())?),
        Format::Redcap => Box::new(redcap_table::RedcapTable::open(
            name,
            input.reader(),
            instrument,
            map,
            missing,
        )?),
        Format::Json => Box::new(json_table::JsonTable::list(name, input.reader())?),
        Format::Jsonl => Box::new(json_table::JsonTable::lines(name, input.reader())?),
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

/// The format that a name's ending stands for; CSV if it stands for none.
fn by_ending(path: &Path) -> Format {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("json") => Format::Json,
        Some("jsonl" | "ndjson") => Format::Jsonl,
        Some("parquet") => Format::Parquet,
        Some("arrow" | "feather" | "ipc") => Format::Arrow,
        _ => Format::Csv,
    }
}
