//! The codebook as a workbook: the sheets `variables`, `values` and `instruments`.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};
use scalewright_model::Diagnostic;

use super::row::{HEADER, rows};
use super::table::{Codebook, Value};

/// The bytes of the workbook, or why there is none.
pub(super) fn bytes(book: &Codebook) -> Result<Vec<u8>, Box<Diagnostic>> {
    written(book).map_err(|why| {
        let message = format!("the workbook cannot be written: {why}");
        let found = Diagnostic::error("unwritable-workbook", message);
        Box::new(found.help("choose another `codebook.format`"))
    })
}

fn written(book: &Codebook) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let variables = rows(book).into_iter().filter(|row| row[2] != "instrument").map(Vec::from);
    sheet(workbook.add_worksheet(), "variables", &HEADER, &variables.collect::<Vec<_>>())?;
    sheet(workbook.add_worksheet(), "values", &VALUES, &values(book))?;
    sheet(workbook.add_worksheet(), "instruments", &["instrument", "what", "text"], &about(book))?;
    // Otherwise the file would contain the present time, and differ from export to export.
    let properties = DocProperties::new()
        .set_title(&book.title)
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    workbook.set_properties(&properties);
    workbook.save_to_buffer()
}

/// The columns of the sheet of values.
const VALUES: [&str; 7] = ["instrument", "variable", "value", "label", "code", "missing", "limits"];

/// A row for each value of each variable.
fn values(book: &Codebook) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for part in &book.parts {
        for variable in part.variables() {
            rows.extend(variable.values.iter().map(|one| {
                let Value { value, label, code, is_missing, limits } = one;
                vec![
                    part.id.clone(),
                    variable.name.clone(),
                    value.clone(),
                    label.clone(),
                    code.clone().unwrap_or_default(),
                    if *is_missing { "yes" } else { "" }.to_owned(),
                    limits.clone().unwrap_or_default(),
                ]
            }));
        }
    }
    rows
}

/// What is known about the instruments as a whole.
fn about(book: &Codebook) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for part in &book.parts {
        let mut add = |what: &str, text: &str| {
            rows.push(vec![part.id.clone(), what.to_owned(), text.to_owned()]);
        };
        add("title", &part.title);
        part.banner.iter().for_each(|text| add("note", text));
        add("rights notice", &part.notice);
        part.instructions.iter().for_each(|text| add("instructions", text));
        part.facts.iter().for_each(|(what, text)| add(what, text));
        part.references.iter().for_each(|(id, text)| add(&format!("reference {id}"), text));
    }
    rows
}

/// Writes a sheet without the columns that have no content. All cells are texts, so that no value is changed.
fn sheet(
    sheet: &mut Worksheet,
    name: &str,
    header: &[&str],
    rows: &[Vec<String>],
) -> Result<(), XlsxError> {
    sheet.set_name(name)?.set_freeze_panes(1, 2)?.set_landscape().set_repeat_rows(0, 0)?;
    sheet.set_print_fit_to_pages(1, 0).set_margins(0.3, 0.3, 0.5, 0.5, 0.3, 0.3);
    let bold = Format::new()
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(Color::RGB(0x1F_4E78))
        .set_align(FormatAlign::Top);
    let text = Format::new()
        .set_text_wrap()
        .set_num_format("@")
        .set_align(FormatAlign::Top)
        .set_border_bottom(FormatBorder::Hair);
    let used = header.iter().enumerate();
    let used: Vec<(usize, &str)> = used
        .filter(|(at, _)| rows.iter().any(|row| !row[*at].is_empty()))
        .map(|(at, title)| (at, *title))
        .collect();
    for (column, (_, title)) in (0..).zip(&used) {
        sheet.write_string_with_format(0, column, *title, &bold)?;
        sheet.set_column_width(column, width(title))?;
    }
    for (line, row) in (1..).zip(rows) {
        for (column, (at, _)) in (0..).zip(&used) {
            match row[*at].as_str() {
                "" => sheet.write_blank(line, column, &text)?,
                cell => sheet.write_string_with_format(line, column, cell, &text)?,
            };
        }
        let lines = used.iter().map(|(at, title)| height(&row[*at], width(title)));
        sheet.set_row_height(line, (3.0 + 15.5 * lines.fold(1.0, f64::max)).min(HIGHEST))?;
    }
    Ok(())
}

/// The greatest height of a row, in points.
const HIGHEST: f64 = 409.0;

/// The number of lines that a text takes in a column, estimated. Some programs show one line otherwise.
fn height(text: &str, width: f64) -> f64 {
    let lines = text.lines().map(|line| {
        let length = u32::try_from(line.chars().count()).unwrap_or(u32::MAX);
        (f64::from(length) * 1.1 / width).ceil().max(1.0)
    });
    lines.sum()
}

/// The width of a column in characters.
fn width(header: &str) -> f64 {
    match header {
        "notes" | "text" => 60.0,
        "label" | "question" => 34.0,
        "values" | "missing_codes" | "limits" | "section" | "computed_from" => 24.0,
        "name" | "variable" | "what" => 22.0,
        "minimum" | "maximum" | "unit" | "missing" | "value" | "type" => 10.0,
        _ => 14.0,
    }
}
