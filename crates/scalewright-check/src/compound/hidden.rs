//! The hidden rows and columns of the sheets of an old workbook, whose reader does not tell them.

use super::{END_OF_SHEET, number, short};

/// The record that begins a sheet or a part of one.
const BEGIN: u16 = 0x0809;
/// The record of a sheet in the list of sheets, with its place in the stream.
const SHEET: u16 = 0x0085;
/// The record of a row, with its flags.
const ROW: u16 = 0x0208;
/// The record of neighbouring columns, with their flags.
const COLUMNS: u16 = 0x007d;
/// The most groups of columns that a sheet has.
const MOST: usize = 256;
/// The most sheets that are examined.
const SHEETS: usize = 4096;

/// What is hidden in a sheet, counted from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hidden {
    /// The rows, in order.
    pub rows: Vec<u16>,
    /// The first and the last column of each group.
    pub columns: Vec<(u16, u16)>,
}

/// What is hidden in each sheet of a stream, in the order of the list of sheets. `None` if the list is damaged.
pub(super) fn of_sheets(stream: &[u8]) -> Option<Vec<Hidden>> {
    let mut places = Vec::new();
    for (kind, record) in records(stream, 0) {
        match kind {
            SHEET if places.len() < SHEETS => {
                places.push(usize::try_from(number(record, 0)?).ok()?);
            }
            SHEET => return None,
            END_OF_SHEET => break,
            _ => {}
        }
    }
    // Sheets that share a place would let a small file take long.
    let distinct: std::collections::BTreeSet<usize> = places.iter().copied().collect();
    (distinct.len() == places.len())
        .then(|| places.into_iter().map(|place| of_sheet(stream, place)).collect())?
}

/// What is hidden in the sheet at a place of the stream.
fn of_sheet(stream: &[u8], place: usize) -> Option<Hidden> {
    if place >= stream.len() {
        return None;
    }
    let (mut hidden, mut depth) = (Hidden::default(), 0_u32);
    for (kind, record) in records(stream, place) {
        match kind {
            BEGIN => depth += 1,
            // Charts within the sheet have an end of their own.
            END_OF_SHEET if depth <= 1 => break,
            END_OF_SHEET => depth -= 1,
            ROW if short(record, 12)? & 0x20 != 0 => hidden.rows.push(short(record, 0)?),
            COLUMNS if short(record, 8)? & 1 != 0 && hidden.columns.len() < MOST => {
                hidden.columns.push((short(record, 0)?, short(record, 2)?));
            }
            _ => {}
        }
        if depth == 0 {
            return None;
        }
    }
    hidden.rows.sort_unstable();
    hidden.rows.dedup();
    Some(hidden)
}

/// The records from a place on, each with its kind.
fn records(stream: &[u8], place: usize) -> impl Iterator<Item = (u16, &[u8])> {
    let mut at = place;
    std::iter::from_fn(move || {
        let (kind, length) = (short(stream, at)?, short(stream, at.checked_add(2)?)?);
        let begin = at.checked_add(4)?;
        at = begin.checked_add(usize::from(length))?;
        Some((kind, stream.get(begin..at)?))
    })
}

#[cfg(test)]
mod tests {
    use super::{Hidden, of_sheets};

    fn record(kind: u16, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len()).expect("a short record");
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), content].concat()
    }

    fn row(number: u16, flags: u16) -> Vec<u8> {
        let words = [number, 0, 0, 0, 0, 0, flags, 0].map(u16::to_le_bytes).concat();
        record(0x0208, &words)
    }

    #[test]
    fn rows_and_columns_of_each_sheet_are_found() {
        let begin = record(0x0809, &[0; 4]);
        let end = record(0x000a, &[]);
        let listed = |place: u32| record(0x0085, &place.to_le_bytes());
        let head = begin.len() + 2 * listed(0).len() + end.len();
        let columns = record(0x007d, &[2, 0, 3, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
        // A chart within the first sheet.
        let chart = [begin.clone(), end.clone()].concat();
        let one = [
            begin.clone(),
            columns,
            row(7, 0x20),
            chart,
            row(3, 0x1e0 & !0x20),
            row(2, 0x20),
            end.clone(),
        ];
        let (one, two) = (one.concat(), [begin.clone(), row(1, 0), end.clone()].concat());
        let places = [head, head + one.len()].map(|place| u32::try_from(place).expect("small"));
        let list = places.map(listed).concat();
        let stream = [begin, list, end, one, two].concat();
        let first = Hidden { rows: vec![2, 7], columns: vec![(2, 3)] };
        assert_eq!(of_sheets(&stream), Some(vec![first, Hidden::default()]));
        assert_eq!(of_sheets(&listed(u32::MAX)), None);
    }
}
