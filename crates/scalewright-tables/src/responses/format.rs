//! Detects the format of a table by its first bytes. Its name and `--from` only decide between text formats.

use std::path::Path;

use scalewright_check::kinds::{Foreign, Kind};
use scalewright_model::Choice as _;
use scalewright_model::text::line;
use serde::de::IgnoredAny;

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
        "arrow" | "arrows" | "feather" | "ipc" => Format::Arrow,
        "xlsx" | "xlsm" | "ods" | "xls" => Format::Workbook,
        "omv" => Format::Jamovi,
        "gz" => return by_ending(Path::new(path.file_stem()?)),
        _ => return None,
    })
}

/// Whether a file with this name is a table, by its ending. Excel marks an open workbook by a small file with a name such
/// as `~$answers.xlsx`, which is none.
pub(crate) fn is_table_name(name: &str) -> bool {
    let file = Path::new(name).file_name().unwrap_or_default();
    !file.to_string_lossy().starts_with("~$") && by_ending(Path::new(name)).is_some()
}

/// The format that a table is read in, and a note if the name suggests another one.
pub(super) struct Decided {
    pub(super) format: Format,
    pub(super) note: Option<String>,
}

/// Decides the format of the table `name`, from its kind and its first bytes.
pub(super) fn decide(
    name: &str,
    path: &Path,
    given: Option<Format>,
    (kind, head): (&Kind, &[u8]),
) -> Result<Decided, Stop> {
    let named = by_ending(path);
    let format = match kind {
        Kind::Foreign(foreign) if given == Some(Format::Odm) && foreign.is_xml() => Format::Odm,
        Kind::Foreign(foreign) if foreign.is_workbook() => Format::Workbook,
        Kind::Foreign(foreign) if foreign.is_jamovi() => Format::Jamovi,
        // The parts of a workbook may have other names than usual.
        Kind::Foreign(_) if given == Some(Format::Workbook) && head.starts_with(b"PK") => {
            Format::Workbook
        }
        Kind::Foreign(foreign) => return Err(refuse(name, foreign)),
        Kind::Gzip => return Err(compressed_twice(name)),
        Kind::Text => return as_text(name, given.or(named)),
        Kind::Parquet => Format::Parquet,
        Kind::ArrowFile | Kind::ArrowStream => Format::Arrow,
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
            return Ok(Decided { format: asked, note: None });
        }
        Some(asked) if !fits(asked) => return Err(contradicted(name, asked, format)),
        _ => {}
    }
    let note = match given.or(named) == Some(format) {
        true => None,
        false => Some(format!("`{}` is {}, and is read as that", line(name), words(format))),
    };
    Ok(Decided { format, note })
}

/// The error for a file of another program.
pub(crate) fn refuse(name: &str, Foreign { what, help }: &Foreign) -> Stop {
    Stop::wrong(format!("{name}: this is {what}, which cannot be read as a table")).help(help)
}

fn compressed_twice(name: &str) -> Stop {
    Stop::wrong(format!("{name}: the file is compressed twice by gzip")).help("unpack it once")
}

/// Whether the format of a platform is JSON.
fn reads_json(format: Format) -> bool {
    matches!(format, Format::Fhir | Format::Html | Format::Jspsych | Format::Surveyjs)
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
        Format::Workbook => "a workbook",
        Format::Jamovi => "a jamovi file",
        _ => return Ok(Decided { format, note: None }),
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
        Format::Csv | Format::Limesurvey | Format::Redcap | Format::Xlsform | Format::Qualtrics => {
            "CSV"
        }
        Format::Json | Format::Fhir | Format::Surveyjs | Format::Jspsych => "JSON",
        Format::Html => "JSON or CSV",
        Format::Jsonl => "JSON Lines (one object per line)",
        Format::Odm => "ODM",
        Format::Parquet => "a Parquet file",
        Format::Arrow => "an Arrow file",
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
