//! Which format a table is in: as its first bytes say, whatever its name or an option says.

use std::path::Path;

use scalewright_check::kinds::{Foreign, Kind};
use scalewright_model::Choice as _;
use scalewright_model::text::line;
use serde::de::IgnoredAny;

use crate::ResponsesFormat as Format;
use crate::Stop;

/// The format that a name's ending stands for, if it stands for one.
fn by_ending(path: &Path) -> Option<Format> {
    let ending = path.extension()?.to_string_lossy().to_lowercase();
    Some(match ending.as_str() {
        "csv" | "tsv" => Format::Csv,
        "json" => Format::Json,
        "jsonl" | "ndjson" => Format::Jsonl,
        "parquet" | "parq" | "pq" => Format::Parquet,
        "arrow" | "arrows" | "feather" | "ipc" => Format::Arrow,
        "gz" => return by_ending(Path::new(path.file_stem()?)),
        _ => return None,
    })
}

/// How a table is read, and what is to be said of that.
pub(super) struct Decided {
    pub(super) format: Format,
    pub(super) note: Option<String>,
}

/// Decides how the table `name` is read, of which `kind` and the first bytes are known.
pub(super) fn decide(
    name: &str,
    path: &Path,
    given: Option<Format>,
    (kind, head): (&Kind, &[u8]),
) -> Result<Decided, Stop> {
    let named = by_ending(path);
    let format = match kind {
        Kind::Foreign(foreign) => return Err(refuse(name, foreign)),
        Kind::Gzip => return Err(twice(name)),
        Kind::Text => return as_text(name, given.or(named)),
        Kind::Parquet => Format::Parquet,
        Kind::ArrowFile | Kind::ArrowStream => Format::Arrow,
        Kind::JsonList => Format::Json,
        Kind::JsonObject if are_lines(head) => Format::Jsonl,
        Kind::JsonObject => {
            given.or(named).filter(|format| is_json(*format)).unwrap_or(Format::Json)
        }
    };
    // A form of JSON that is asked for and another that is there are no contradiction that anybody suffers from.
    let fits = |asked: Format| asked == format || is_json(asked) && is_json(format);
    match given {
        Some(Format::Fhir) if is_json(format) => {
            return Ok(Decided { format: Format::Fhir, note: None });
        }
        Some(asked) if !fits(asked) => return Err(contradicted(name, asked, format)),
        _ => {}
    }
    let note = match given.or(named) == Some(format) {
        true => None,
        false => Some(format!("`{}` is {}, and is read as such", line(name), words(format))),
    };
    Ok(Decided { format, note })
}

/// The refusal of a file that is of another program.
pub(crate) fn refuse(name: &str, Foreign { what, help }: &Foreign) -> Stop {
    Stop::wrong(format!("{name}: this is {what}, not a table that can be read")).help(help)
}

fn twice(name: &str) -> Stop {
    Stop::wrong(format!("{name}: it is compressed twice")).help("unpack it")
}

fn is_json(format: Format) -> bool {
    matches!(format, Format::Json | Format::Jsonl)
}

/// Text is what was asked for, if that is text at all.
fn as_text(name: &str, asked: Option<Format>) -> Result<Decided, Stop> {
    let format = asked.unwrap_or(Format::Csv);
    let what = match format {
        Format::Parquet => "a Parquet file",
        Format::Arrow => "an Arrow file",
        _ => return Ok(Decided { format, note: None }),
    };
    Err(Stop::wrong(format!("{name}: this is not {what}, or it is damaged"))
        .help("if it is CSV: `--from csv`"))
}

fn contradicted(name: &str, asked: Format, found: Format) -> Stop {
    let option = asked.name();
    let message = format!("{name}: this is {}, and `--from {option}` says otherwise", words(found));
    Stop::wrong(message).help(format!("leave `--from {option}` out"))
}

fn words(format: Format) -> &'static str {
    match format {
        Format::Csv | Format::Redcap => "CSV",
        Format::Json | Format::Fhir => "JSON",
        Format::Jsonl => "JSON Lines, an object a line",
        Format::Parquet => "a Parquet file",
        Format::Arrow => "an Arrow file",
    }
}

/// Whether an object that ends with its line is followed by another.
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
    fn lines_are_told_from_an_object_that_takes_several() {
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
