//! Makes small workbooks for tests, cell by cell.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// A table without faults: the header and two rows.
pub(crate) const TABLE: [&str; 3] = ["'id|'q1|'q2|'q3|'q4|'q5", "'a|0|1|2|3|4", "'b|4|3|2|1|0"];

/// A workbook to be made.
pub(crate) struct Made {
    /// The name, the state and the markup of each sheet, from `sheetData` on.
    pub(crate) sheets: Vec<(String, String, String)>,
    /// The markup before `sheetData`.
    pub(crate) before: String,
    /// More parts.
    pub(crate) parts: Vec<(String, Vec<u8>)>,
}

impl Made {
    /// A workbook with one sheet.
    pub(crate) fn of(head: &str, rows: &[&str]) -> Self {
        let all = [&[head], rows].concat();
        let sheets = vec![("answers".to_owned(), "visible".to_owned(), sheet(&all))];
        Self { sheets, before: String::new(), parts: Vec::new() }
    }

    /// The bytes of the workbook.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let (mut sheets, mut links) = (String::new(), String::new());
        for (at, (name, state, _)) in self.sheets.iter().enumerate() {
            sheets += &format!(
                "<sheet name=\"{name}\" sheetId=\"{0}\" state=\"{state}\" r:id=\"r{0}\"/>",
                at + 1
            );
            links += &format!(
                "<Relationship Id=\"r{0}\" Type=\"{kind}/worksheet\" Target=\"worksheets/sheet{0}.xml\"/>",
                at + 1
            );
        }
        let mut parts = vec![
            ("[Content_Types].xml", "<Types/>".to_owned()),
            ("_rels/.rels", format!("<Relationships><Relationship Id=\"r\" Type=\"{kind}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")),
            ("xl/workbook.xml", format!("<workbook xmlns:r=\"{kind}\"><sheets>{sheets}</sheets></workbook>")),
            ("xl/_rels/workbook.xml.rels", format!("<Relationships>{links}</Relationships>")),
            ("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>".to_owned()),
        ];
        let names: Vec<String> =
            (1..=self.sheets.len()).map(|at| format!("xl/worksheets/sheet{at}.xml")).collect();
        for (name, (_, _, markup)) in names.iter().zip(&self.sheets) {
            parts.push((name, format!("<worksheet>{}{markup}</worksheet>", self.before)));
        }
        let parts = parts.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes()));
        zipped(&parts.chain(self.parts.clone()).collect::<Vec<_>>())
    }
}

/// The markup of a sheet. Cells are divided by `|`: `'text`, `#error`, `@serial of a date`, `!truth value`,
/// `=formula:stored value`, a number, or nothing.
pub(crate) fn sheet(rows: &[&str]) -> String {
    let mut markup = String::from("<sheetData>");
    for (row, cells) in rows.iter().enumerate().map(|(at, row)| (at + 1, row.split('|'))) {
        markup += &format!("<row r=\"{row}\">");
        for (column, cell) in (b'A'..).zip(cells) {
            let name = format!("r=\"{}{row}\"", char::from(column));
            let content = cell.get(1..).unwrap_or_default();
            markup += &match cell.chars().next() {
                None => String::new(),
                // A text of several runs.
                Some('\'') => format!(
                    "<c {name} t=\"inlineStr\"><is><r><t xml:space=\"preserve\">{}</t></r><r><t xml:space=\"preserve\">{}</t></r></is></c>",
                    first(content),
                    rest(content)
                ),
                Some('#') => format!("<c {name} t=\"e\"><v>{cell}</v></c>"),
                Some('@') => format!("<c {name} s=\"1\"><v>{content}</v></c>"),
                Some('!') => format!("<c {name} t=\"b\"><v>{content}</v></c>"),
                Some('=') => match content.split_once(':') {
                    Some((formula, value)) => {
                        format!("<c {name}><f>{formula}</f><v>{value}</v></c>")
                    }
                    None => format!("<c {name}><f>{content}</f></c>"),
                },
                Some(_) => format!("<c {name}><v>{cell}</v></c>"),
            };
        }
        markup += "</row>";
    }
    markup + "</sheetData>"
}

fn first(text: &str) -> String {
    text.chars().take(1).collect()
}

fn rest(text: &str) -> String {
    text.chars().skip(1).collect()
}

/// An archive with these parts.
pub(crate) fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(content).expect("its content");
    }
    zip.finish().expect("an archive").into_inner()
}

/// The parts of an archive; `None` if it is no archive.
pub(crate) fn unzipped(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).ok()?;
        let mut content = Vec::new();
        part.read_to_end(&mut content).ok()?;
        parts.push((part.name().to_owned(), content));
    }
    Some(parts)
}
