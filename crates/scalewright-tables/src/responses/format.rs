//! Decides the format of a table: by `--from`, else by what the content proves, else by its first bytes and its name.

use std::path::Path;

use scalewright_check::kinds::{Foreign, Kind};
use scalewright_model::text::line;
use scalewright_model::{Choice as _, Instrument};
use serde::de::IgnoredAny;

use super::map_file::Map;
use super::recognise::{self, Proof, Recognised};
use crate::ResponsesFormat as Format;
use crate::Stop;

/// The format that the ending of a name means, if known.
fn by_ending(path: &Path) -> Option<Format> {
    let ending = path.extension()?.to_string_lossy().to_lowercase();
    Some(match ending.as_str() {
        "csv" | "tsv" => Format::Csv,
        "json" => Format::Json,
        "jsonl" | "ndjson" => Format::Jsonl,
        "parquet" | "parq" | "pq" => Format::Parquet,
        "sav" | "zsav" => Format::Sav,
        "dta" => Format::Dta,
        "arrow" | "arrows" | "feather" | "ipc" => Format::Arrow,
        "xlsx" | "xlsm" | "ods" | "xls" => Format::Workbook,
        "omv" => Format::Jamovi,
        "gz" | "zst" => return by_ending(Path::new(path.file_stem()?)),
        _ => return None,
    })
}

/// Whether a file with this name is a table, by its ending. Excel marks an open workbook by a small file with a name such
/// as `~$answers.xlsx`, which is none.
pub(crate) fn is_table_name(name: &str) -> bool {
    let file = Path::new(name).file_name().unwrap_or_default();
    !file.to_string_lossy().starts_with("~$") && by_ending(Path::new(name)).is_some()
}

/// The format that a table is read in, and notes that say why.
pub(super) struct Decided {
    pub(super) format: Format,
    pub(super) notes: Vec<String>,
}

/// A table whose format is to be decided.
pub(super) struct Undecided<'a> {
    /// The name in messages.
    pub(super) name: &'a str,
    /// The name whose ending shows the format.
    pub(super) path: &'a Path,
    pub(super) kind: &'a Kind,
    /// The first bytes.
    pub(super) head: &'a [u8],
    pub(super) instrument: &'a Instrument,
    pub(super) map: &'a Map,
}

/// Decides the format of a table: the `given` one, unless the content contradicts it; else the one that the content proves;
/// else the one of its kind and its name.
pub(super) fn decide(table: &Undecided<'_>, given: Option<Format>) -> Result<Decided, Stop> {
    let plain = by_kind(table, given)?;
    if given.is_some() {
        return Ok(plain);
    }
    let recognised = match plain.format {
        Format::Csv => recognise::table(table.head, table.instrument, table.map),
        Format::Json | Format::Jsonl => recognise::json(table.head, table.instrument, table.map),
        _ => return Ok(plain),
    };
    choose(table.name, plain, recognised)
}

/// Chooses between a plain table and what was recognised in it.
fn choose(name: &str, plain: Decided, recognised: Recognised) -> Result<Decided, Stop> {
    let Recognised { mut proofs, is_plain } = recognised;
    let name = line(name);
    match proofs.len() {
        0 => Ok(plain),
        1 => {
            let Proof { format, what, why } = proofs.remove(0);
            let mut decided = plain;
            if is_plain && !extends(format) {
                let (words, option) = (words(decided.format), format.name());
                decided.notes.push(format!(
                    "`{name}` looks like {what}: {why}. It is read as {words}, because every item has a column of its own name; \
                     for all that the platform exports, use `--from {option}`"
                ));
            } else {
                // The name of the platform also tells that it is JSON, whatever its ending.
                decided.notes = vec![format!("`{name}` is read as {what}: {why}")];
                decided.format = format;
            }
            Ok(decided)
        }
        _ if is_plain => Ok(plain),
        _ => {
            let each = |proof: &Proof| format!("{} ({})", proof.what, proof.why);
            let list: Vec<String> = proofs.iter().map(each).collect();
            let options: Vec<String> =
                proofs.iter().map(|proof| format!("`--from {}`", proof.format.name())).collect();
            Err(Stop::wrong(format!("{name}: the file may be {}", list.join(" or ")))
                .help(format!("say which it is: {}", options.join(" or "))))
        }
    }
}

/// Whether the reader of a format reads every table that can be read as a plain one, with equal scores.
fn extends(format: Format) -> bool {
    matches!(format, Format::Limesurvey | Format::Bids | Format::Formr)
}

/// Decides the format by the kind of the file and its name.
fn by_kind(table: &Undecided<'_>, given: Option<Format>) -> Result<Decided, Stop> {
    let Undecided { name, path, kind, head, .. } = *table;
    let named = by_ending(path);
    let format = match kind {
        Kind::Foreign(foreign) if foreign.is_xml() => return as_xml(table, foreign, given),
        Kind::Foreign(foreign) if foreign.is_workbook() => Format::Workbook,
        Kind::Foreign(foreign) if foreign.is_jamovi() => Format::Jamovi,
        // The parts of a workbook may have other names than usual.
        Kind::Foreign(_) | Kind::Zip(_)
            if given == Some(Format::Workbook) && head.starts_with(b"PK") =>
        {
            Format::Workbook
        }
        Kind::Foreign(foreign) => return Err(refuse(name, foreign)),
        Kind::Zip(_) => return Err(packed_twice(name, "is an archive in an archive")),
        Kind::Gzip | Kind::Zstd => return Err(packed_twice(name, "is compressed twice")),
        Kind::Text => return as_text(name, given.or(named)),
        Kind::Parquet => Format::Parquet,
        Kind::Spss => Format::Sav,
        Kind::Stata => Format::Dta,
        Kind::ArrowFile | Kind::ArrowStream => Format::Arrow,
        Kind::DatasetJson => Format::DatasetJson,
        Kind::JsonList => Format::Json,
        Kind::JsonObject if are_lines(head) => Format::Jsonl,
        Kind::JsonObject => {
            given.or(named).filter(|format| is_json(*format)).unwrap_or(Format::Json)
        }
    };
    // Lists and lines of JSON may be confused: both are read correctly.
    let fits = |asked: Format| asked == format || is_json(asked) && is_json(format);
    match given {
        Some(asked) if reads_json(asked) && is_json(format) => {
            return Ok(Decided { format: asked, notes: Vec::new() });
        }
        Some(asked) if !fits(asked) => return Err(contradicted(name, asked, format)),
        _ => {}
    }
    let is_expected = given.or(named) == Some(format);
    let note = format!("`{}` is {}, and is read as that", line(name), words(format));
    Ok(Decided { format, notes: if is_expected { Vec::new() } else { vec![note] } })
}

/// The format of an XML file: ODM, if it is asked for or if the content is ODM.
fn as_xml(
    table: &Undecided<'_>,
    foreign: &Foreign,
    given: Option<Format>,
) -> Result<Decided, Stop> {
    let is_odm = memchr::memmem::find(table.head, b"<ODM").is_some();
    match given {
        Some(Format::Odm) => Ok(Decided { format: Format::Odm, notes: Vec::new() }),
        None if is_odm => {
            let note = format!("`{}` is read as ODM: its root is `ODM`", line(table.name));
            Ok(Decided { format: Format::Odm, notes: vec![note] })
        }
        _ => Err(refuse(table.name, foreign)),
    }
}

/// The error for a file of another program.
pub(crate) fn refuse(name: &str, Foreign { what, help }: &Foreign) -> Stop {
    Stop::wrong(format!("{name}: this is {what}, which cannot be read as a table")).help(help)
}

fn packed_twice(name: &str, how: &str) -> Stop {
    Stop::wrong(format!("{name}: the file {how}")).help("unpack it once")
}

/// Whether the format of a platform is JSON.
fn reads_json(format: Format) -> bool {
    matches!(
        format,
        Format::Fhir
            | Format::Formr
            | Format::Html
            | Format::Jspsych
            | Format::Surveyjs
            | Format::Xlsform
    )
}

fn is_json(format: Format) -> bool {
    matches!(format, Format::Json | Format::Jsonl)
}

/// The format of a text: the requested one, unless that is a binary format.
fn as_text(name: &str, asked: Option<Format>) -> Result<Decided, Stop> {
    let format = asked.unwrap_or(Format::Csv);
    let what = match format {
        Format::Parquet => "a Parquet file",
        Format::Arrow => "an Arrow file",
        Format::DatasetJson => "Dataset-JSON",
        Format::Sav => "an SPSS file",
        Format::Dta => "a Stata file",
        Format::Workbook => "a workbook",
        Format::Jamovi => "a jamovi file",
        _ => return Ok(Decided { format, notes: Vec::new() }),
    };
    Err(Stop::wrong(format!("{name}: this is not {what}, or it is damaged"))
        .help("if it is CSV, use `--from csv`"))
}

fn contradicted(name: &str, asked: Format, found: Format) -> Stop {
    let option = asked.name();
    let message = format!("{name}: this is {}, but `--from {option}` says otherwise", words(found));
    Stop::wrong(message).help(format!("leave out `--from {option}`"))
}

fn words(format: Format) -> &'static str {
    match format {
        Format::Auto => "a table",
        Format::Csv
        | Format::Bids
        | Format::GoogleForms
        | Format::Limesurvey
        | Format::Long
        | Format::Qualtrics
        | Format::Redcap
        | Format::RedcapLabels
        | Format::Surveymonkey => "CSV",
        Format::Json | Format::Fhir | Format::Surveyjs => "JSON",
        Format::Html | Format::Formr | Format::Jspsych | Format::Xlsform => "JSON or CSV",
        Format::Jsonl => "JSON Lines (one object per line)",
        Format::DatasetJson => "Dataset-JSON",
        Format::Odm => "ODM",
        Format::Parquet => "a Parquet file",
        Format::Arrow => "an Arrow file",
        Format::Sav => "an SPSS file",
        Format::Dta => "a Stata file",
        Format::Workbook => "a workbook",
        Format::Jamovi => "a jamovi file",
    }
}

/// Whether the first line is a complete JSON value and another object follows it.
fn are_lines(head: &[u8]) -> bool {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let end = memchr::memchr(b'\n', text);
    let Some((first, rest)) = end.map(|end| text.split_at(end)) else { return false };
    serde_json::from_slice::<IgnoredAny>(first).is_ok() && rest.trim_ascii_start().starts_with(b"{")
}

#[cfg(test)]
mod tests {
    use super::are_lines;

    #[test]
    fn lines_are_distinguished_from_an_object_over_several_lines() {
        for (text, expected) in [
            ("{\"a\": 1}\n{\"a\": 2}\n", true),
            ("{\"a\": 1}\r\n\n  {\"a\"", true),
            ("{\"a\": 1}\n", false),
            ("{\"a\":\n{\"b\": 2}}", false),
            ("{\n", false),
        ] {
            assert_eq!(are_lines(text.as_bytes()), expected, "{text}");
        }
    }
}
