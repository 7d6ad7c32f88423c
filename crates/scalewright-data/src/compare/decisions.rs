//! The table of differences, and the decisions that people write into it.

use csv_core::ReadRecordResult;
use scalewright_model::text::{line, quote};
use scalewright_model::{ItemIx, Stop, date_number};
use scalewright_tables::CsvCells;

use super::compared::Compared;
use super::difference::{Difference, Kind, label, stem};

/// What was decided about a difference.
pub(super) enum Decision {
    First,
    Second,
    /// Another content, or none.
    Other(String),
    Keep,
    Drop,
}

/// The columns after those of the key.
const COLUMNS: [&str; 8] =
    ["difference", "column", "stem", "first", "first_label", "second", "second_label", "decision"];
/// The most undecided differences that are listed.
const SHOWN: usize = 10;

/// The cells of a difference, without the decision.
fn cells(compared: &Compared, difference: &Difference) -> Vec<String> {
    let mut cells = difference.key.clone();
    let row = |kind: &str| {
        let mut row = vec![kind.to_owned()];
        row.resize(COLUMNS.len() - 1, String::new());
        row
    };
    cells.extend(match &difference.kind {
        Kind::OnlyFirst => row("row only in first"),
        Kind::OnlySecond => row("row only in second"),
        Kind::Cell { column, item, first, second } => {
            let words = |text: &str| {
                item.map_or(String::new(), |item| label(&compared.instrument, item, text))
            };
            let stem = item.map_or("", |item| stem(&compared.instrument, item));
            vec![
                "cell".to_owned(),
                column.clone(),
                stem.to_owned(),
                first.clone(),
                words(first),
                second.clone(),
                words(second),
            ]
        }
    });
    cells
}

pub(super) fn table(compared: &Compared, guard: bool) -> Vec<u8> {
    let (mut text, mut writer) = (Vec::new(), CsvCells::new(b',', guard));
    let key = std::iter::once(&compared.first.id).chain(&compared.first.occasion);
    writer.line(&mut text, key.map(String::as_str).chain(COLUMNS));
    for difference in &compared.differences {
        let cells = cells(compared, difference);
        writer.line(&mut text, cells.iter().map(String::as_str).chain([""]));
    }
    text
}

/// Reads the decisions, in the order of the differences.
pub(super) fn read(compared: &Compared, bytes: &[u8], name: &str) -> Result<Vec<Decision>, Stop> {
    let rows = records(bytes, name)?;
    let key = 1 + compared.first.occasion.len();
    let width = key + COLUMNS.len();
    let has_rows = rows.len() == compared.differences.len() + 1;
    if !has_rows || rows.iter().any(|row| row.len() != width) {
        return Err(stale(name));
    }
    let mut decisions = Vec::new();
    let mut open = Vec::new();
    for (at, (difference, row)) in compared.differences.iter().zip(&rows[1..]).enumerate() {
        if !is_about(&cells(compared, difference), row) {
            return Err(stale(name));
        }
        match decision(compared, difference, row[width - 1].trim()) {
            Ok(decision) => decisions.push(decision),
            Err(why) => open.push(format!("line {}, {}: {why}", at + 2, place(difference))),
        }
    }
    if open.is_empty() {
        return Ok(decisions);
    }
    let all = compared.differences.len();
    let message = format!("{name}: {} of {all} differences are not decided", open.len());
    let stop = Stop::wrong(message);
    let more = open.len().saturating_sub(SHOWN);
    let stop = open.into_iter().take(SHOWN).fold(stop, Stop::help);
    Err(match more {
        0 => stop,
        more => stop.help(format!("{more} more are not shown; nothing was written")),
    })
}

fn stale(name: &str) -> Stop {
    Stop::wrong(format!("{name}: the table is not about the differences of these two files"))
        .help("write it again with `--out`, and change only the column `decision`")
}

/// Whether a row is about a difference. A guard against formulas may have been added or taken away by a spreadsheet.
fn is_about(cells: &[String], row: &[String]) -> bool {
    let plain = |text: &str| text.trim().trim_start_matches('\'').to_owned();
    cells.iter().zip(row).all(|(cell, other)| plain(cell) == plain(other))
}

fn place(difference: &Difference) -> String {
    let key = line(&difference.key.join(" "));
    match &difference.kind {
        Kind::Cell { column, .. } => format!("`{key}`, column `{}`", quote(column)),
        Kind::OnlyFirst | Kind::OnlySecond => format!("row `{key}`"),
    }
}

fn decision(compared: &Compared, difference: &Difference, text: &str) -> Result<Decision, String> {
    let Kind::Cell { item, .. } = &difference.kind else {
        return match text {
            "keep" => Ok(Decision::Keep),
            "drop" => Ok(Decision::Drop),
            "" => Err("write `keep` or `drop`".to_owned()),
            other => Err(format!("`{}` is neither `keep` nor `drop`", quote(other))),
        };
    };
    match text {
        "" => Err("write `first`, `second`, `empty` or the right answer".to_owned()),
        "first" => Ok(Decision::First),
        "second" => Ok(Decision::Second),
        "empty" => Ok(Decision::Other(String::new())),
        other => {
            let answer = item.map_or(Ok(()), |item| accepts(compared, item, other));
            answer.map(|()| Decision::Other(other.to_owned()))
        }
    }
}

/// Whether a decision is an answer to its item.
fn accepts(compared: &Compared, item: usize, text: &str) -> Result<(), String> {
    let response = compared.instrument.response(ItemIx(item));
    let several = !response.options().is_empty() && text.contains(';');
    let parts: Vec<&str> = if several { text.split(';').collect() } else { vec![text] };
    for part in parts {
        let clock = part.split_once(':').and_then(|(hours, minutes)| {
            Some(hours.parse::<f64>().ok()?.mul_add(60.0, minutes.parse::<f64>().ok()?))
        });
        let number = part.parse().ok().or(clock).or_else(|| date_number(part));
        let Some(number) = number else {
            return Err(format!(
                "`{}` is neither `first`, `second`, `empty` nor an answer",
                quote(part)
            ));
        };
        response
            .accepts(number)
            .map_err(|why| format!("`{}` is not an answer: {why}", quote(part)))?;
    }
    Ok(())
}

/// The rows of a CSV file. Spreadsheet programs may have changed the delimiter.
fn records(bytes: &[u8], name: &str) -> Result<Vec<Vec<String>>, Stop> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: u8| head.iter().filter(|byte| **byte == delimiter).count();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|one| count(*one)).unwrap_or(b',');
    let mut reader = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
    let (mut rest, mut rows) = (bytes, Vec::new());
    // No row is longer than the file, and no file has more cells in a row than bytes.
    let (mut text, mut ends) = (vec![0; bytes.len() + 1], vec![0; bytes.len() + 2]);
    loop {
        let (mut length, mut count) = (0, 0);
        loop {
            let (result, read, written, ended) =
                reader.read_record(rest, &mut text[length..], &mut ends[count..]);
            (rest, length, count) = (&rest[read..], length + written, count + ended);
            match result {
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return Ok(rows),
                // At the end of the input, the empty rest tells the reader so.
                _ => {}
            }
        }
        let starts = std::iter::once(0).chain(ends[..count].iter().copied());
        let cell = |(start, end): (usize, &usize)| String::from_utf8(text[start..*end].to_vec());
        let row: Result<Vec<String>, _> = starts.zip(&ends[..count]).map(cell).collect();
        rows.push(row.map_err(|_| Stop::wrong(format!("{name}: not a CSV file in UTF-8")))?);
    }
}
