//! Reads the markup of an `.ods` spreadsheet for what the library does not tell: hidden rows and columns, merged cells, and
//! how many cells the sheets have with all repetitions.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use super::cells::{Area, COLUMNS, ROWS};
use super::facts::Facts;
use super::sheet_scan::attribute;

/// The most blanks that one element may mean. A cell has at most 32,767 characters.
const BLANKS: u32 = 32_767;

/// A sheet.
#[derive(Default)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) facts: Facts,
    /// The number of rows up to the last one with content.
    rows: u32,
    /// The number of columns up to the last one with content.
    columns: u32,
    /// The row and the column of the next cell.
    next: (u32, u32),
    /// How often the current row is repeated.
    repeated: u32,
    /// Whether there is content beyond the last row or column of a sheet, which the library leaves out.
    is_cut: bool,
}

impl Table {
    /// The number of cells in the smallest area from A1 on that has all content.
    pub(super) fn cells(&self) -> u64 {
        u64::from(self.rows) * u64::from(self.columns)
    }

    fn column(&mut self, start: &BytesStart<'_>, at: &mut u32) {
        let count = number(start, "number-columns-repeated").unwrap_or(1).min(COLUMNS);
        if is_hidden(start) {
            let last = at.saturating_add(count.saturating_sub(1));
            self.facts.hidden_columns.push((*at, last.min(COLUMNS - 1)));
        }
        *at = at.saturating_add(count);
    }

    fn row(&mut self, start: &BytesStart<'_>) {
        self.next = (self.next.0.saturating_add(self.repeated).min(ROWS), 0);
        self.repeated = number(start, "number-rows-repeated").unwrap_or(1);
        if is_hidden(start) && self.repeated > 0 {
            let last = self.next.0.saturating_add(self.repeated - 1);
            self.facts.hide_rows(self.next.0, last);
        }
    }

    fn cell(&mut self, start: &BytesStart<'_>) {
        let count = number(start, "number-columns-repeated").unwrap_or(1);
        let (row, column) = self.next;
        self.next.1 = column.saturating_add(count).min(COLUMNS);
        let span = |name| number(start, name).unwrap_or(1).max(1);
        let (rows, columns) = (span("number-rows-spanned"), span("number-columns-spanned"));
        if (rows, columns) != (1, 1) {
            let to = (row.saturating_add(rows - 1), column.saturating_add(columns - 1));
            self.facts.merge(Area { from: (row, column), to });
        }
        if attribute(start, "value-type").is_some() || attribute(start, "formula").is_some() {
            let last = (row.saturating_add(self.repeated), column.saturating_add(count));
            self.is_cut |= last.0 > ROWS || last.1 > COLUMNS;
            self.rows = last.0.min(ROWS);
            self.columns = self.columns.max(self.next.1);
        }
    }
}

fn number(start: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(start, name)?.parse().ok()
}

/// Whether a row or a column is hidden, by hand or by a filter.
fn is_hidden(start: &BytesStart<'_>) -> bool {
    matches!(attribute(start, "visibility").as_deref(), Some("collapse" | "filter"))
}

/// Reads the markup of all sheets.
///
/// # Errors
///
/// When it is not well-formed, or too large.
pub(super) fn scan(markup: impl BufRead) -> Result<Vec<Table>, std::io::Error> {
    let mut reader = Reader::from_reader(markup);
    reader.config_mut().check_end_names = false;
    let (mut tables, mut buffer, mut column) = (Vec::new(), Vec::new(), 0);
    loop {
        buffer.clear();
        let start = match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(start) | Event::Empty(start)) => start,
            Ok(Event::Eof) => return Ok(tables),
            Ok(_) => continue,
            Err(quick_xml::Error::Io(error)) => return Err(error.kind().into()),
            Err(_) => return Err(std::io::ErrorKind::InvalidData.into()),
        };
        let name = start.local_name();
        match (name.as_ref(), tables.last_mut()) {
            ("table", _) => {
                let name = attribute(&start, "name");
                let name = name.and_then(|name| unescape(&name).map(String::from).ok());
                tables.push(Table { name: name.unwrap_or_default(), ..Table::default() });
                column = 0;
            }
            ("table-column", Some(table)) => table.column(&start, &mut column),
            ("table-row", Some(table)) => table.row(&start),
            ("table-cell" | "covered-table-cell", Some(table)) => {
                table.cell(&start);
                if table.is_cut {
                    return Err(std::io::ErrorKind::FileTooLarge.into());
                }
            }
            ("s", _) if number(&start, "c").is_some_and(|count| count > BLANKS) => {
                return Err(std::io::ErrorKind::FileTooLarge.into());
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::scan;

    #[test]
    fn repetitions_are_counted_and_hidden_rows_found() {
        let markup = r#"<table:table table:name="A &amp; B"><table:table-column table:number-columns-repeated="2"/>
            <table:table-column table:visibility="collapse"/>
            <table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>
            <table:table-row table:number-rows-repeated="3" table:visibility="filter">
            <table:table-cell table:number-columns-repeated="5" office:value-type="string"/></table:table-row>
            <table:table-row><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="1"/></table:table-row>
            <table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
            </table:table>"#;
        let tables = scan(markup.as_bytes()).expect("a sheet");
        let [table] = &tables[..] else { panic!("one sheet") };
        assert_eq!((table.name.as_str(), table.cells()), ("A & B", 20));
        assert_eq!(table.facts.hidden_rows, [(1, 3)]);
        assert_eq!(table.facts.hidden_columns, [(2, 2)]);
        assert_eq!(table.facts.merged[0].to_string(), "A5:B5");
    }

    #[test]
    fn a_text_may_not_grow_without_end() {
        assert!(scan(&b"<text:s text:c=\"4000000000\"/>"[..]).is_err());
    }

    #[test]
    fn content_beyond_the_last_column_or_row_is_not_left_out() {
        let sheet = |rows: u32, columns: u32| {
            let markup = format!(
                "<table:table><table:table-row table:number-rows-repeated=\"{rows}\"/><table:table-row>\
                 <table:table-cell table:number-columns-repeated=\"{columns}\"/>\
                 <table:table-cell office:value-type=\"float\"/></table:table-row></table:table>"
            );
            scan(markup.as_bytes()).is_ok()
        };
        assert!(sheet(1_048_575, 16_383));
        assert!(!sheet(1_048_576, 1));
        assert!(!sheet(1, 16_384));
    }
}
