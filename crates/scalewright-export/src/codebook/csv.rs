//! The codebook as CSV: a row for each column of the data.

use scalewright_model::text::is_run_by_spreadsheets;

use super::row::{HEADER, rows};
use super::table::Codebook;

/// The text of the file. Cells that a spreadsheet would run as formulas get an apostrophe in front.
pub(super) fn text(book: &Codebook) -> String {
    let mut text = HEADER.join(",") + "\n";
    for row in rows(book) {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

fn quoted(cell: &str) -> String {
    let guard = if is_run_by_spreadsheets(cell) { "'" } else { "" };
    match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{guard}{}\"", cell.replace('"', "\"\"")),
        false => format!("{guard}{cell}"),
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn no_cell_is_run_as_a_formula_or_ends_early() {
        assert_eq!(quoted("=1+1"), "'=1+1");
        assert_eq!(quoted("-1"), "-1");
        assert_eq!(quoted("-1 = a, \"b\"\nc"), "\"'-1 = a, \"\"b\"\"\nc\"");
    }
}
