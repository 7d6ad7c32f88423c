//! XLSForm: workbooks with the sheets `survey`, `choices` and `settings`, as ODK, Kobo and Enketo read them; and the same
//! tables one below the other in a CSV file.

mod choices;
mod columns;
mod groups;
mod items;
mod kinds;
mod settings;
mod survey;

use scalewright_model::Stop;

use crate::empty;
use crate::form::Form;
use crate::format::Format;
use crate::options::Options;
use crate::sheets::{self, Book, Sheet};
use crate::source::Opened;
use columns::Columns;

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "xlsform",
    title: "an XLSForm",
    // What is wrong with a damaged workbook is reported when it is read.
    recognises: |opened| {
        book(opened).map_or(true, |book| book.is_some_and(|book| recognises(&book)))
    },
    read: |opened, options| {
        let wrong = || Stop::wrong(format!("{}: the file is no XLSForm", opened.sources.file));
        Ok(vec![read(opened.name(), &book(opened)?.ok_or_else(wrong)?, options)?])
    },
};

/// The names of the sheet with the questions.
const SURVEY: &[&str] = &["survey"];

/// The names of the sheet with the lists of options.
const CHOICES: &[&str] = &["choices", "choice"];

/// The names of the sheet with the settings.
const SETTINGS: &[&str] = &["settings", "setting"];

/// The tables of a file; `None` if it has none.
fn book(opened: &Opened<'_>) -> Result<Option<Book>, Stop> {
    let is_wanted = |name: &str| {
        let names = [SURVEY, CHOICES, SETTINGS].concat();
        names.iter().any(|known| name.trim().eq_ignore_ascii_case(known))
    };
    if let Some(book) = sheets::workbook(opened, &is_wanted)? {
        return Ok(Some(book));
    }
    let Some(mut book) = sheets::table(opened)? else { return Ok(None) };
    let Some(table) = book.sheets.pop() else { return Ok(None) };
    let (wanted, others): (Vec<Sheet>, Vec<Sheet>) =
        sheets::stacked(&table).into_iter().partition(|sheet| is_wanted(&sheet.name));
    book.sheets = wanted;
    book.others = others.into_iter().map(|sheet| sheet.name).take(20).collect();
    Ok(Some(book))
}

/// Whether a file has the tables of an XLSForm. The item tables of formr have the same sheets, but other columns and types.
fn recognises(book: &Book) -> bool {
    let Some(survey) = book.sheet(SURVEY) else { return false };
    let columns = Columns::of(survey);
    let has = |name: &str| columns.find(name).is_some();
    let is_formr = ["optional", "showif", "value", "choice1"].iter().any(|name| has(name));
    has("type") && has("name") && !is_formr
}

/// Reads the form.
fn read(file: &str, book: &Book, options: &Options) -> Result<Form, Stop> {
    let empty = || Stop::wrong(format!("{file}: the sheet `survey` is missing or empty"));
    let survey = book.sheet(SURVEY).filter(|sheet| sheet.rows.len() > 1).ok_or_else(empty)?;
    let mut reader = survey::Reader::new(file, book, survey, options);
    reader.draft.form.findings.extend(book.findings.iter().cloned());
    reader.settings(book.sheet(SETTINGS));
    reader.choices(book.sheet(CHOICES));
    reader.rows();
    if reader.draft.form.items.is_empty() {
        let what = "the form has no questions to answer";
        return Err(empty::stop(file, what, &reader.draft.form.findings));
    }
    reader.conditions();
    reader.scores();
    Ok(reader.finish())
}
