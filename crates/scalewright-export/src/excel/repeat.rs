//! Repeats the rows to type into, and the rows that score them, in a workbook that has only the first of each.
//!
//! The rows of a sheet differ only in numbers of rows, so the workbook library writes one of them, and the numbers are
//! replaced in the others.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::names::{ROW, STEPS_ROW};
use super::sheets::Written;

/// The sheets that have a row for each respondent, and the number of the first of these rows, from 1.
const SHEETS: [(&str, u32); 3] = [
    ("xl/worksheets/sheet1.xml", FIRST_ROW),
    ("xl/worksheets/sheet2.xml", FIRST_ROW),
    ("xl/worksheets/sheet3.xml", FIRST_STEPS_ROW),
];

/// The number of the first row of answers, and of scores.
const FIRST_ROW: u32 = 2;
/// The number of the first row of steps, below two rows of headers.
const FIRST_STEPS_ROW: u32 = 3;

/// The level of compression of the repeated rows. The usual level takes three times as long, for a file that is a fifth
/// smaller.
const LEVEL: i64 = 1;

/// The workbook with `count` rows of each kind instead of the first.
pub(super) fn rows(workbook: Vec<u8>, count: u32) -> Written<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o600);
    let mut from = ZipArchive::new(Cursor::new(workbook))?;
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let name = from.name_for_index(at).unwrap_or_default().to_owned();
        let Some((_, first)) = SHEETS.iter().find(|(sheet, _)| *sheet == name) else {
            to.raw_copy_file(from.by_index_raw(at)?)?;
            continue;
        };
        let mut xml = String::new();
        from.by_index(at)?.read_to_string(&mut xml)?;
        to.start_file(name, options)?;
        to.write_all(sheet(&xml, *first, count).ok_or("a sheet has no rows")?.as_bytes())?;
    }
    Ok(to.finish()?.into_inner())
}

/// The XML of a sheet with `count` rows instead of the row with the number `first`; `None` if there is no such row.
fn sheet(xml: &str, first: u32, count: u32) -> Option<String> {
    let start = xml.find(&format!("<row r=\"{first}\""))?;
    let length = xml[start..].find("</row>")? + "</row>".len();
    let (before, after) = (&xml[..start], &xml[start + length..]);
    let (pieces, end) = pieces(&xml[start..start + length], first);
    let mut text = resized(before, first + count.saturating_sub(1))?;
    text.reserve((length + pieces.len()) * count as usize + after.len());
    for at in 0..count {
        let numbers = [at + FIRST_ROW, at + FIRST_STEPS_ROW].map(|number| number.to_string());
        for (piece, number) in &pieces {
            text.push_str(piece);
            text.push_str(&numbers[usize::from(*number == FIRST_STEPS_ROW)]);
        }
        text.push_str(end);
    }
    text.push_str(after);
    Some(text)
}

/// The beginning of a sheet, which states that its last row is this one.
fn resized(before: &str, last: u32) -> Option<String> {
    const DIMENSION: &str = "<dimension ref=\"";
    let start = before.find(DIMENSION)? + DIMENSION.len();
    let length = before[start..].find('"')?;
    let range = before[start..start + length].trim_end_matches(|c: char| c.is_ascii_digit());
    Some(format!("{}{range}{last}{}", &before[..start], &before[start + length..]))
}

/// The texts of a row between the numbers of rows, each with the number that follows it, and the text at the end.
fn pieces(row: &str, first: u32) -> (Vec<(&str, u32)>, &str) {
    let digits = first.to_string().len();
    // Both beginnings are markup: in the text of a formula, `<` is escaped.
    let cells = row.match_indices("<row r=\"").chain(row.match_indices("<c r=\""));
    let own = cells.map(|(at, tag)| {
        let name = at + tag.len();
        let letters = row[name..].bytes().take_while(u8::is_ascii_uppercase).count();
        (name + letters, digits, first)
    });
    let rows = row.match_indices(ROW).map(|(at, mark)| (at, mark.len(), FIRST_ROW));
    let steps = row.match_indices(STEPS_ROW).map(|(at, mark)| (at, mark.len(), FIRST_STEPS_ROW));
    let mut numbers: Vec<(usize, usize, u32)> = own.chain(rows).chain(steps).collect();
    numbers.sort_unstable();
    let mut start = 0;
    let mut pieces = Vec::new();
    for (at, length, number) in numbers {
        pieces.push((&row[start..at], number));
        start = at + length;
    }
    (pieces, &row[start..])
}

#[cfg(test)]
mod tests {
    use super::sheet;

    #[test]
    fn numbers_of_rows_are_replaced_and_other_numbers_kept() {
        let xml = concat!(
            "<dimension ref=\"A1:B3\"/><row r=\"2\"><c r=\"A2\"/></row>",
            "<row r=\"3\"><c r=\"A3\" s=\"3\"><f>Answers!A\u{80}*3+C\u{81}&lt;c r=\"A3\"</f></c></row></x>"
        );
        let expected = concat!(
            "<dimension ref=\"A1:B4\"/><row r=\"2\"><c r=\"A2\"/></row>",
            "<row r=\"3\"><c r=\"A3\" s=\"3\"><f>Answers!A2*3+C3&lt;c r=\"A3\"</f></c></row>",
            "<row r=\"4\"><c r=\"A4\" s=\"3\"><f>Answers!A3*3+C4&lt;c r=\"A3\"</f></c></row></x>"
        );
        assert_eq!(sheet(xml, 3, 2).as_deref(), Some(expected));
        assert_eq!(sheet(xml, 7, 2), None);
    }
}
