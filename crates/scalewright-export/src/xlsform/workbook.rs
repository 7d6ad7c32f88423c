//! The workbook: the sheets `survey`, `choices` and `settings` that pyxform reads, `about` for readers, and
//! `definition` to recover the definition.

use std::borrow::Cow;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::language::named;
use super::row::{Choice, Row};
use super::words::shown;
use super::{about, definition};
use crate::ExportRequest;
use crate::code::script::Script;

/// A form for the workbook.
pub(super) struct Book<'a> {
    /// The identifier of the form.
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) version: &'a str,
    /// The tags of the languages, the default one first.
    pub(super) languages: &'a [&'a str],
    pub(super) rows: &'a [Row],
    pub(super) choices: &'a [Choice],
    /// The instruments in the form, and their scores.
    pub(super) instruments: &'a [(&'a ExportRequest<'a>, &'a Script)],
}

/// A column: its header, and the content of its cells.
struct Column<'a, T> {
    header: String,
    cell: Box<dyn Fn(&'a T) -> Cow<'a, str> + 'a>,
}

fn column<'a, T>(header: &str, cell: impl Fn(&'a T) -> &'a str + 'a) -> Column<'a, T> {
    Column { header: header.to_owned(), cell: Box::new(move |row| Cow::Borrowed(cell(row))) }
}

/// The text at a position; empty if there is none.
fn part(texts: &[String], at: usize) -> Cow<'_, str> {
    Cow::Borrowed(texts.get(at).map_or("", String::as_str))
}

/// The label in one language, after the printed number.
fn label(row: &Row, at: usize) -> Cow<'_, str> {
    let label = part(&row.label, at);
    // `12`, `12.` and `12a` are numbers as they are printed.
    let point = if row.number.ends_with(|c: char| c.is_alphanumeric()) { "." } else { "" };
    match row.number.is_empty() || label.is_empty() {
        true => label,
        false => Cow::Owned(format!("{}{point} {label}", shown(&row.number))),
    }
}

/// The columns with the words of each language.
fn worded<'a, T>(
    header: &str,
    languages: &[&str],
    words: fn(&T, usize) -> Cow<'_, str>,
) -> Vec<Column<'a, T>> {
    let one = |(at, tag): (usize, &&str)| Column {
        header: format!("{header}::{}", named(tag)),
        cell: Box::new(move |row: &'a T| words(row, at)),
    };
    languages.iter().enumerate().map(one).collect()
}

impl Book<'_> {
    /// The bytes of the workbook.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        write(workbook.add_worksheet(), "survey", &self.survey(), self.rows)?;
        write(workbook.add_worksheet(), "choices", &self.choices(), self.choices)?;
        let row = [self.settings()];
        write(workbook.add_worksheet(), "settings", &settings(), &row)?;
        about::write(workbook.add_worksheet(), self.instruments)?;
        let requests = self.instruments.iter().map(|(request, _)| *request);
        let embedded: Vec<_> =
            requests.filter(|request| definition::is_embedded(request)).collect();
        definition::add(&mut workbook, &embedded)?;
        // Otherwise the file would contain the present time, and differ from export to export.
        let properties = DocProperties::new()
            .set_title(self.title)
            .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
        workbook.set_properties(&properties);
        workbook.save_to_buffer()
    }

    fn survey(&self) -> Vec<Column<'_, Row>> {
        let mut columns =
            vec![column("type", |row: &Row| &row.kind), column("name", |row: &Row| &row.name)];
        columns.extend(worded("label", self.languages, label));
        columns.extend(worded("hint", self.languages, |row: &Row, at| part(&row.hint, at)));
        columns.extend([
            column("appearance", |row: &Row| row.appearance),
            column("parameters", |row: &Row| &row.parameters),
            column("required", |row: &Row| if row.required { "yes" } else { "" }),
            column("relevant", |row: &Row| &row.relevant),
            column("constraint", |row: &Row| &row.constraint),
        ]);
        columns.extend(worded("constraint_message", self.languages, |row: &Row, at| {
            part(&row.message, at)
        }));
        columns.push(column("calculation", |row: &Row| &row.calculation));
        columns
    }

    fn choices(&self) -> Vec<Column<'_, Choice>> {
        let mut columns = vec![
            column("list_name", |row: &Choice| &row.list),
            column("name", |row: &Choice| &row.value),
        ];
        columns.extend(worded("label", self.languages, |row: &Choice, at| part(&row.label, at)));
        columns
    }

    fn settings(&self) -> Vec<String> {
        let language = self.languages.first().map_or_else(String::new, |tag| named(tag));
        let texts = [self.title, self.id, self.version, &language, "no"];
        texts.map(str::to_owned).to_vec()
    }
}

/// The columns of the settings. The last one keeps double spaces and line breaks of texts.
fn settings<'a>() -> Vec<Column<'a, Vec<String>>> {
    let headers = ["form_title", "form_id", "version", "default_language", "clean_text_values"];
    let one = |(at, header): (usize, &str)| Column {
        header: header.to_owned(),
        cell: Box::new(move |row: &'a Vec<String>| part(row, at)),
    };
    headers.into_iter().enumerate().map(one).collect()
}

/// Writes a sheet, without the columns that have no content. All cells are texts, because pyxform reads numbers in
/// cells differently.
fn write<'a, T>(
    sheet: &mut Worksheet,
    name: &str,
    columns: &[Column<'a, T>],
    rows: &'a [T],
) -> Result<(), XlsxError> {
    sheet.set_name(name)?.set_freeze_panes(1, 0)?;
    let (header, text) =
        (Format::new().set_bold(), Format::new().set_text_wrap().set_num_format("@"));
    let used =
        columns.iter().filter(|column| rows.iter().any(|row| !(column.cell)(row).is_empty()));
    for (at, column) in (0..).zip(used) {
        sheet.write_string_with_format(0, at, &column.header, &header)?;
        sheet.set_column_width(at, width(&column.header))?;
        for (line, row) in (1..).zip(rows) {
            let cell = (column.cell)(row);
            if !cell.is_empty() {
                sheet.write_string_with_format(line, at, &*cell, &text)?;
            }
        }
    }
    Ok(())
}

/// The width of a column in characters.
fn width(header: &str) -> f64 {
    match header.split("::").next().unwrap_or_default() {
        "label" | "calculation" | "form_title" => 50.0,
        "hint" | "relevant" | "constraint_message" => 30.0,
        _ => 18.0,
    }
}
