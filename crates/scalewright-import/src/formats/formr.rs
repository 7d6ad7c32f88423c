//! formr: item tables, workbooks with the sheets `survey`, `choices` and `settings`.

mod items;
mod rows;
mod scales;

use scalewright_model::Stop;

use crate::empty;
use crate::form::Form;
use crate::format::Format;
use crate::options::Options;
use crate::sheets::{self, Book, Sheet};
use crate::source::Opened;

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "formr",
    title: "a formr item table",
    recognises: |opened| {
        // What is wrong with a damaged workbook is reported when it is read.
        book(opened).map_or(true, |book| book.is_some_and(|book| recognises(&book)))
    },
    read: |opened, options| {
        let wrong = || Stop::wrong(format!("{}: the file is no item table", opened.sources.file));
        Ok(vec![read(opened.name(), &book(opened)?.ok_or_else(wrong)?, options)?])
    },
};

/// The names of the sheet with the items. formr takes the first sheet if none has this name.
const SURVEY: &[&str] = &["survey"];

/// The names of the sheet with the lists of options.
const CHOICES: &[&str] = &["choices"];

/// The tables of a file.
fn book(opened: &Opened<'_>) -> Result<Option<Book>, Stop> {
    match sheets::workbook(opened, &|_| true)? {
        Some(book) => Ok(Some(book)),
        None => sheets::table(opened),
    }
}

/// The sheet with the items.
fn survey(book: &Book) -> Option<&Sheet> {
    book.sheet(SURVEY).or_else(|| book.sheets.first())
}

/// Whether a file is an item table: it has types and names, and a column that no other format has.
fn recognises(book: &Book) -> bool {
    let Some(survey) = survey(book) else { return false };
    let columns = rows::Columns::of(survey);
    let has = |name: &str| columns.find(name).is_some();
    let is_formr = ["optional", "showif", "choice1"].iter().any(|name| has(name));
    has("type") && has("name") && is_formr
}

/// Reads the form.
fn read(file: &str, book: &Book, options: &Options) -> Result<Form, Stop> {
    let empty = || Stop::wrong(format!("{file}: the item table is missing or empty"));
    let survey = survey(book).filter(|sheet| sheet.rows.len() > 1).ok_or_else(empty)?;
    let mut reader = rows::Reader::new(file, book, survey, options);
    reader.head();
    reader.choices(book.sheet(CHOICES));
    reader.rows();
    if reader.draft.form.items.is_empty() {
        let what = "the item table has no items to answer";
        return Err(empty::stop(file, what, &reader.draft.form.findings));
    }
    reader.scales_by_name();
    reader.conditions();
    reader.scores();
    Ok(reader.finish())
}
