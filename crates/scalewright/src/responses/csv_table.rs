//! Comma-separated values (or semicolons or tabs, by the first line).

use crate::Stop;

use super::RawTable;

/// Reads a table whose first line names the columns.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<RawTable, Stop> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter(bytes)).flexible(true).from_reader(bytes);
    let unreadable = |error: csv::Error| Stop::wrong(format!("{name}: {}", reason(&error)));
    let columns: Vec<String> =
        reader.headers().map_err(unreadable)?.iter().map(|c| c.trim().to_owned()).collect();
    if columns.iter().all(String::is_empty) {
        return Err(Stop::wrong(format!("{name}: the first line names no columns"))
            .help("begin with a line of item ids"));
    }
    let mut table = RawTable { columns, rows: Vec::new(), places: Vec::new() };
    for (index, record) in reader.records().enumerate() {
        let record = record.map_err(unreadable)?;
        let line = record.position().map_or(index as u64 + 2, csv::Position::line);
        let place = format!("row {} (line {line})", index + 1);
        if record.len() != table.columns.len() {
            let (got, wanted) = (record.len(), table.columns.len());
            return Err(Stop::wrong(format!("{name}: {place} has {got} cells, not {wanted}"))
                .help("each row needs a cell for each column; a cell may be empty"));
        }
        let cell = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        table.rows.push(record.iter().map(cell).collect());
        table.places.push(place);
    }
    Ok(table)
}

/// Whichever of comma, semicolon and tab stands most often in the first line.
fn delimiter(bytes: &[u8]) -> u8 {
    let line = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let count = |wanted: u8| line.iter().filter(|&&byte| byte == wanted).count();
    let best = [b',', b';', b'\t'].into_iter().rev().max_by_key(|&byte| count(byte));
    best.unwrap_or(b',')
}

fn reason(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Utf8 { pos, .. } => {
            let line = pos.as_ref().map_or(0, csv::Position::line);
            format!("line {line} is not UTF-8 text; save the file as UTF-8")
        }
        _ => "the file cannot be read as comma-separated values".to_owned(),
    }
}
