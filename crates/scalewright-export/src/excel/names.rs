//! Names of lines in formulas, before the cells are known.
//!
//! The same formula is written into every row, so a name is printed between two control characters, and each row
//! replaces it by a reference to a cell. No text of a formula contains control characters, because XML cannot.

use std::collections::BTreeMap;

/// What a name begins with.
const BEGIN: char = '\u{2}';
/// What a name ends with.
const END: char = '\u{3}';
/// Separates the names of a list. Neighbouring cells of a list become a range.
const NEXT: char = '\u{4}';
/// The number of the row of answers and scores of a respondent, in a row that is repeated. It consists of control
/// characters that XML can contain, because the workbook library writes an escape for the others.
pub(super) const ROW: &str = "\u{80}";
/// The number of the row of steps of a respondent, in a row that is repeated.
pub(super) const STEPS_ROW: &str = "\u{81}";
/// A printed name is at least as long as the longest reference, `Steps!XFD1002`, so that the length of a printed
/// formula is never less than that of the written one.
const LEAST: usize = 11;

/// A name in a formula.
pub(super) fn name(id: &str) -> String {
    format!("{BEGIN}{id:<LEAST$}{END}")
}

/// Whether a piece of a formula is only a name.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(BEGIN) && text.find(END) == Some(text.len() - 1)
}

/// The name for readers: the header of its column.
pub(super) fn shown(name: &str) -> &str {
    name.trim_matches([BEGIN, END]).trim_end()
}

/// Names as arguments of a function that ignores texts.
pub(super) fn list(names: &[&str]) -> String {
    names.join(NEXT.encode_utf8(&mut [0; 4]))
}

/// Cells of one row that names refer to.
pub(super) struct Area<'a> {
    /// The column of each name, from 0.
    pub(super) columns: &'a BTreeMap<String, u16>,
    /// What references begin with: nothing in the same sheet, or `Steps!`.
    pub(super) sheet: &'a str,
    /// The number of the row, from 1; in a row that is repeated, the mark that is replaced by it.
    pub(super) row: &'a str,
}

/// The formula with references instead of names. An error is a name that has no cell.
pub(super) fn written(printed: &str, areas: &[Area<'_>]) -> Result<String, String> {
    let mut formula = String::new();
    let mut rest = printed;
    while let Some(start) = rest.find(BEGIN) {
        formula.push_str(&rest[..start]);
        let (cells, after) = listed(&rest[start..], areas)?;
        formula.push_str(&references(&cells, areas));
        rest = after;
    }
    Ok(formula + rest)
}

/// A cell: the position of its area, and its column.
type Cell = (usize, u16);

/// The cells of the list of names at the start of a text, and the text after it.
fn listed<'t>(text: &'t str, areas: &[Area<'_>]) -> Result<(Vec<Cell>, &'t str), String> {
    let (mut cells, mut rest) = (Vec::new(), text);
    loop {
        let end = rest.find(END).map_or(rest.len(), |end| end + END.len_utf8());
        let mut found = areas.iter().enumerate();
        let cell = found.find_map(|(at, area)| Some((at, *area.columns.get(&rest[..end])?)));
        cells.push(cell.ok_or_else(|| shown(&rest[..end]).to_owned())?);
        rest = &rest[end..];
        match rest.strip_prefix(NEXT) {
            Some(more) => rest = more,
            None => return Ok((cells, rest)),
        }
    }
}

/// References separated by commas. Columns that follow each other are a range.
fn references(cells: &[Cell], areas: &[Area<'_>]) -> String {
    let mut ranges: Vec<(usize, u16, u16)> = Vec::new();
    for (area, column) in cells {
        match ranges.last_mut() {
            Some((same, _, last)) if same == area && *last + 1 == *column => *last = *column,
            _ => ranges.push((*area, *column, *column)),
        }
    }
    let reference = |(area, first, last): &(usize, u16, u16)| {
        let (sheet, row) = (areas[*area].sheet, areas[*area].row);
        let start = format!("{sheet}{}{row}", letters(*first));
        match first == last {
            true => start,
            false => format!("{start}:{}{row}", letters(*last)),
        }
    };
    ranges.iter().map(reference).collect::<Vec<_>>().join(",")
}

/// The letters of a column, from 0: `A`, `Z`, `AA`.
pub(super) fn letters(column: u16) -> String {
    rust_xlsxwriter::column_number_to_name(column)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Area, is_name, list, name, shown, written};

    #[test]
    fn neighbouring_cells_of_a_list_become_a_range() {
        let names = ["a", "b", "c", "d"].map(name);
        let columns: BTreeMap<String, u16> = names.iter().cloned().zip([1, 2, 30, 31]).collect();
        let areas = [Area { columns: &columns, sheet: "Steps!", row: "5" }];
        let all: Vec<&str> = names.iter().map(String::as_str).collect();
        let formula = format!("SUM({})+{}", list(&all), names[0]);
        let found = written(&formula, &areas);
        assert_eq!(found.as_deref(), Ok("SUM(Steps!B5:C5,Steps!AE5:AF5)+Steps!B5"));
        assert_eq!(written(&name("e"), &areas), Err("e".to_owned()));
    }

    #[test]
    fn a_printed_name_is_never_shorter_than_its_reference() {
        let longest = name("a");
        assert!(is_name(&longest));
        assert_eq!(shown(&longest), "a");
        assert!(longest.len() >= "Steps!XFD1002".len());
    }
}
