//! Comma-separated values as REDCap and spreadsheet programs write them.

/// The most rows of a table.
pub(in crate::formats) const MOST_ROWS: usize = 100_000;

/// The rows of a table with this delimiter. REDCap does not double a quote that follows a backslash; if the usual rules
/// give rows of different lengths and those of REDCap do not, these are used.
pub(in crate::formats) fn rows(text: &str, delimiter: char) -> Vec<Vec<String>> {
    let rows = parsed(text, delimiter, false);
    if odd(&rows) == 0 || !text.contains("\\\"") {
        return rows;
    }
    let others = parsed(text, delimiter, true);
    if odd(&others) < odd(&rows) { others } else { rows }
}

/// How many rows have another length than the first.
fn odd(rows: &[Vec<String>]) -> usize {
    let length = rows.first().map_or(0, Vec::len);
    rows.iter().filter(|row| row.len() != length).count()
}

/// Splits a text into rows, one more than [`MOST_ROWS`] at most. Empty lines are rows without cells.
fn parsed(text: &str, delimiter: char, has_escapes: bool) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut letters = text.chars().peekable();
    while letters.peek().is_some() && rows.len() <= MOST_ROWS {
        rows.push(row(&mut letters, delimiter, has_escapes));
    }
    rows
}

/// Reads one row with its line break.
fn row(
    letters: &mut std::iter::Peekable<std::str::Chars<'_>>,
    delimiter: char,
    has_escapes: bool,
) -> Vec<String> {
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut is_quoted = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => {
                cell.push('"');
                letters.next();
            }
            '"' if is_quoted => is_quoted = false,
            '"' if cell.trim().is_empty() => {
                cell.clear();
                is_quoted = true;
            }
            '\\' if has_escapes && is_quoted && letters.peek() == Some(&'"') => {
                cell.push_str("\\\"");
                letters.next();
            }
            '\r' if !is_quoted && letters.peek() == Some(&'\n') => {}
            '\n' | '\r' if !is_quoted => {
                if !cells.is_empty() || !cell.is_empty() {
                    cells.push(cell);
                }
                return cells;
            }
            letter if letter == delimiter && !is_quoted => cells.push(std::mem::take(&mut cell)),
            letter => cell.push(letter),
        }
    }
    if !cells.is_empty() || !cell.is_empty() {
        cells.push(cell);
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_line_breaks_and_backslashes_are_read() {
        for (text, expected) in [
            ("a,b\n1,2\n", vec![vec!["a", "b"], vec!["1", "2"]]),
            ("a,b\r\n\"1\r\n2\",\"x\"\"y\"", vec![vec!["a", "b"], vec!["1\r\n2", "x\"y"]]),
            (
                "a,b\n\"say \\\"hi\\\", then\",2",
                vec![vec!["a", "b"], vec!["say \\\"hi\\\", then", "2"]],
            ),
            ("a,b\n\"x\\\",2", vec![vec!["a", "b"], vec!["x\\", "2"]]),
            ("a,b\n\n1,", vec![vec!["a", "b"], vec![], vec!["1", ""]]),
        ] {
            assert_eq!(rows(text, ','), expected, "{text}");
        }
    }
}
