//! Reads a file of separated values strictly (RFC 4180): a quotation mark out of place is an error.

/// A row with the line that it begins on, counted from 1.
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) cells: Vec<String>,
}

/// Something wrong in a file, with its line.
pub(super) struct Wrong {
    pub(super) line: usize,
    pub(super) message: &'static str,
}

/// Returns the separator of a file: the one that its first row has most of.
pub(super) fn separator(text: &str) -> char {
    let first = text.lines().next().unwrap_or_default();
    let count = |separator: char| first.matches(separator).count();
    // The comma is last, so that it wins if several occur equally often.
    ['\t', ';', ','].into_iter().max_by_key(|separator| count(*separator)).unwrap_or(',')
}

/// Reads all rows. A row ends at a line break outside of quotation marks.
pub(super) fn rows(text: &str, separator: char) -> Result<Vec<Row>, Wrong> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut rest = Rest { characters: text.chars().peekable(), line: 1 };
    let mut rows = Vec::new();
    while rest.characters.peek().is_some() {
        let mut row = Row { line: rest.line, cells: Vec::new() };
        while rest.cell(separator, &mut row.cells)? {}
        rows.push(row);
    }
    Ok(rows)
}

struct Rest<'a> {
    characters: std::iter::Peekable<std::str::Chars<'a>>,
    line: usize,
}

impl Rest<'_> {
    fn next(&mut self) -> Option<char> {
        let next = self.characters.next();
        self.line += usize::from(next == Some('\n'));
        next
    }

    /// Reads a cell and what ends it. Returns whether the row goes on.
    fn cell(&mut self, separator: char, cells: &mut Vec<String>) -> Result<bool, Wrong> {
        let cell = match self.characters.next_if_eq(&'"') {
            Some(_) => self.quoted()?,
            None => self.plain(separator)?,
        };
        cells.push(cell);
        let line = self.line;
        match self.next() {
            Some('\r') => {
                self.line += usize::from(self.characters.next_if_eq(&'\n').is_some());
                Ok(false)
            }
            Some('\n') | None => Ok(false),
            Some(next) if next == separator => Ok(true),
            Some(_) => {
                Err(Wrong { line, message: "text follows the quotation mark that ends a cell" })
            }
        }
    }

    fn quoted(&mut self) -> Result<String, Wrong> {
        let start = self.line;
        let mut cell = String::new();
        loop {
            match self.next() {
                Some('"') if self.characters.next_if_eq(&'"').is_some() => cell.push('"'),
                Some('"') => return Ok(cell),
                Some(next) => cell.push(next),
                None => {
                    let message = "a cell begins with a quotation mark and does not end";
                    return Err(Wrong { line: start, message });
                }
            }
        }
    }

    fn plain(&mut self, separator: char) -> Result<String, Wrong> {
        let mut cell = String::new();
        while let Some(&next) = self.characters.peek() {
            if next == '"' {
                let message = "a quotation mark is in a cell that does not begin with one";
                return Err(Wrong { line: self.line, message });
            }
            if next == separator || next == '\n' || next == '\r' {
                break;
            }
            self.next();
            cell.push(next);
        }
        Ok(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::{rows, separator};

    fn read(text: &str) -> Result<Vec<Vec<String>>, (usize, &'static str)> {
        match rows(text, separator(text)) {
            Ok(rows) => Ok(rows.into_iter().map(|row| row.cells).collect()),
            Err(wrong) => Err((wrong.line, wrong.message)),
        }
    }

    #[test]
    fn rows_are_read() {
        let expected =
            vec![vec!["a".to_owned(), "b\"\n".to_owned()], vec![String::new(), "d".to_owned()]];
        assert_eq!(read("a,\"b\"\"\n\"\r\n,d\r\n"), Ok(expected.clone()));
        assert_eq!(read("a;\"b\"\"\n\"\n;d"), Ok(expected));
        assert_eq!(read(""), Ok(Vec::new()));
    }

    #[test]
    fn misplaced_quotation_marks_are_found() {
        assert_eq!(read("a,b\nsay \"no\",d\n").map_err(|wrong| wrong.0), Err(2));
        assert_eq!(read("a,b\n\"say\" no,d\n").map_err(|wrong| wrong.0), Err(2));
        assert_eq!(read("a,b\nc,\"d\n").map_err(|wrong| wrong.0), Err(2));
    }
}
