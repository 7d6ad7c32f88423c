//! Reads the markup of a sheet of an `.xlsx` workbook for what the library does not tell: hidden rows and columns, merged
//! cells, and which columns have formulas and values. The stated size of the sheet is ignored, because it may be wrong.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::cells::{Area, COLUMNS, ROWS, position};
use super::facts::{Content, Facts, constant};

/// Formulas are kept up to this length: long enough for those that are constants.
const FORMULA: usize = 16;

/// Reads the markup of a sheet.
///
/// # Errors
///
/// When it is not well-formed, or too large.
pub(super) fn scan(markup: impl BufRead) -> Result<Facts, std::io::Error> {
    let mut reader = Reader::from_reader(markup);
    // As the library reads it.
    reader.config_mut().check_end_names = false;
    let (mut scan, mut buffer) = (Scan::default(), Vec::new());
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(start)) => scan.start(&start, false)?,
            Ok(Event::Empty(start)) => scan.start(&start, true)?,
            Ok(Event::End(end)) => scan.end(end.local_name().as_ref()),
            Ok(Event::Text(text)) => scan.text(text.as_ref()),
            Ok(Event::CData(text)) => scan.text(text.as_ref()),
            Ok(Event::GeneralRef(_)) => scan.text("&"),
            Ok(Event::Eof) => return Ok(scan.facts),
            Ok(_) => {}
            Err(quick_xml::Error::Io(error)) => return Err(error.kind().into()),
            Err(_) => return Err(wrong()),
        }
    }
}

fn wrong() -> std::io::Error {
    std::io::ErrorKind::InvalidData.into()
}

/// What the text belongs to.
#[derive(Clone, Copy, Default, PartialEq)]
enum Within {
    #[default]
    Other,
    Formula,
    Value,
    Inline,
}

#[derive(Default)]
struct Scan {
    facts: Facts,
    /// The row and the column of the next cell without a name.
    next: (u32, u32),
    /// The cell that is being read.
    cell: Option<(u32, u32)>,
    within: Within,
    formula: Option<String>,
    /// The beginning of the value.
    value: String,
}

impl Scan {
    fn start(&mut self, start: &BytesStart<'_>, is_empty: bool) -> Result<(), std::io::Error> {
        match start.local_name().as_ref() {
            "row" => self.row(start)?,
            "c" => {
                self.cell(start)?;
                if is_empty {
                    self.end("c");
                }
            }
            "f" if self.cell.is_some() => {
                self.formula = Some(String::new());
                self.within = if is_empty { Within::Other } else { Within::Formula };
            }
            "v" if !is_empty => self.within = Within::Value,
            "is" if !is_empty => self.within = Within::Inline,
            "col" => self.columns(start),
            "mergeCell" => {
                let area = attribute(start, "ref").and_then(|area| Area::parse(&area));
                self.facts.merge(area.ok_or_else(wrong)?);
            }
            _ => {}
        }
        Ok(())
    }

    fn row(&mut self, start: &BytesStart<'_>) -> Result<(), std::io::Error> {
        let row = match attribute(start, "r") {
            Some(number) => number.parse::<u32>().ok().and_then(|row| row.checked_sub(1)),
            None => Some(self.next.0),
        };
        let row = row.filter(|row| *row < ROWS).ok_or_else(wrong)?;
        self.next = (row, 0);
        if is_hidden(start) {
            self.facts.hide_rows(row, row);
        }
        Ok(())
    }

    fn cell(&mut self, start: &BytesStart<'_>) -> Result<(), std::io::Error> {
        let at = match attribute(start, "r") {
            Some(name) => position(&name),
            None => Some(self.next),
        };
        let at = at.filter(|at| at.1 < COLUMNS).ok_or_else(wrong)?;
        self.next = (at.0, at.1 + 1);
        self.cell = Some(at);
        self.formula = None;
        self.value.clear();
        Ok(())
    }

    fn columns(&mut self, start: &BytesStart<'_>) {
        let number = |name| attribute(start, name)?.parse::<u32>().ok()?.checked_sub(1);
        if let (true, Some(first), Some(last)) = (is_hidden(start), number("min"), number("max")) {
            self.facts.hidden_columns.push((first, last.min(COLUMNS - 1)));
        }
    }

    fn text(&mut self, text: &str) {
        match (self.within, &mut self.formula) {
            (Within::Formula, Some(formula)) if formula.len() < FORMULA => {
                formula.extend(text.chars().take(FORMULA));
            }
            (Within::Value | Within::Inline, _) if self.value.len() < FORMULA => {
                self.value.extend(text.chars().take(FORMULA));
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "f" | "v" | "is" => self.within = Within::Other,
            "row" => self.next = (self.next.0 + 1, 0),
            "c" => {
                let Some(at) = self.cell.take() else { return };
                let formula = self.formula.take().filter(|formula| constant(formula).is_none());
                let content = match formula {
                    Some(_) => Content::Formula {
                        is_stored: !self.value.is_empty(),
                        is_zero: self.value.parse() == Ok(0.0),
                    },
                    None if self.value.is_empty() => return,
                    None => Content::Value,
                };
                self.facts.see(at, &content);
            }
            _ => {}
        }
    }
}

/// The number of texts that a part states, if it is a list of texts.
pub(super) fn stated_texts(markup: impl BufRead) -> Option<u64> {
    let mut reader = Reader::from_reader(markup);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(start) | Event::Empty(start) if start.local_name().as_ref() == "sst" => {
                let mut attributes = start.attributes();
                let counts = attributes.with_checks(false).flatten();
                let counts =
                    counts.filter(|found| found.key.local_name().as_ref() == "uniqueCount");
                // A number that is too large for this type is too large for any workbook.
                return counts.map(|count| count.value.parse().unwrap_or(u64::MAX)).max();
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

fn is_hidden(start: &BytesStart<'_>) -> bool {
    matches!(attribute(start, "hidden").as_deref(), Some("1" | "true"))
}

/// The value of an attribute without its prefix.
pub(super) fn attribute<'a>(start: &'a BytesStart<'_>, name: &str) -> Option<Cow<'a, str>> {
    let mut attributes = start.attributes();
    let mut found = attributes.with_checks(false).flatten();
    let found = found.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.value)
}

#[cfg(test)]
mod tests {
    use super::scan;
    use crate::responses::workbook::facts::Formulas;

    #[test]
    fn a_sheet_tells_what_is_hidden_merged_and_computed() {
        let markup = r#"<worksheet><dimension ref="A1"/><cols><col min="2" max="3" hidden="1"/></cols><sheetData>
            <row r="1"><c r="A1" t="s"><v>0</v></c><c><v>1</v></c></row>
            <row hidden="true"><c r="A2" t="inlineStr"><is><t>x</t></is></c><c r="B2"><f>1+1</f><v>0</v></c><c r="C2" s="1"/></row>
            <row><c r="B3"><f>A1&amp;A2</f></c><c r="D3" t="b"><f>TRUE()</f><v>1</v></c></row>
            </sheetData><mergeCells><mergeCell ref="A5:B6"/></mergeCells></worksheet>"#;
        let facts = scan(markup.as_bytes()).expect("a sheet");
        assert_eq!(facts.hidden_rows, [(1, 1)]);
        assert_eq!(facts.hidden_columns, [(1, 2)]);
        assert_eq!(facts.merged[0].to_string(), "A5:B6");
        let expected = Formulas { count: 2, first: 1, last: 2, zeros: 1, valueless: Some(2) };
        assert_eq!(facts.formulas.get(&1), Some(&expected));
        assert_eq!(facts.formulas.len(), 1);
        assert_eq!(facts.filled.keys().copied().collect::<Vec<_>>(), [0, 1, 3]);
    }

    #[test]
    fn cells_beyond_the_limits_are_refused() {
        for wrong in [
            "<row r=\"0\"/>",
            "<row r=\"1048577\"/>",
            "<c r=\"XFE1\"/>",
            "<mergeCell ref=\"A\"/>",
            "<c r=\"\"/>",
        ] {
            assert!(scan(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }
}
