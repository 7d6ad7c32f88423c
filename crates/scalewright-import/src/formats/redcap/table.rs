//! Data dictionaries: one row for each field.

use scalewright_model::Stop;

use super::columns::Column;
use super::field::{At, Field, choices, kind, validation};
use super::project::{Project, Record};
use crate::csv::{self, MOST_ROWS};
use crate::finding::{Finding, Kind};
use crate::place::Place;
use crate::words::Words;

/// The delimiters that spreadsheet programs write.
const DELIMITERS: [char; 3] = [',', ';', '\t'];

/// The columns that every dictionary has.
const NEEDED: [Column; 4] = [Column::Variable, Column::Form, Column::Kind, Column::Label];

/// The delimiter of a data dictionary; `None` if the first line is not the header of one.
pub(super) fn delimiter(text: &str) -> Option<char> {
    let line =
        text.lines().next()?.get(..4000).unwrap_or_else(|| text.lines().next().unwrap_or_default());
    DELIMITERS.into_iter().find(|delimiter| {
        let rows = csv::rows(line, *delimiter);
        let columns: Vec<_> =
            rows.iter().flatten().filter_map(|header| Column::of_header(header)).collect();
        NEEDED.iter().all(|needed| columns.contains(needed))
    })
}

/// Reads a data dictionary.
///
/// # Errors
///
/// Returns a stop if the table is no data dictionary or too long.
pub(super) fn read(file: &str, text: &str) -> Result<Project, Stop> {
    let delimiter = delimiter(text).unwrap_or(',');
    let mut rows = csv::rows(text, delimiter).into_iter();
    let header = rows.next().unwrap_or_default();
    let mut project =
        Project { title: "a REDCap data dictionary".to_owned(), ..Project::default() };
    let columns = columns(file, &header, &mut project.findings)?;
    let mut last_form = String::new();
    let mut unknown = vec![0_usize; columns.len()];
    for (index, row) in rows.enumerate() {
        let at = At { file: file.to_owned(), number: index + 2, is_xml: false };
        if index >= MOST_ROWS {
            return Err(Stop::wrong(format!("{file}: the table has more than {MOST_ROWS} rows")));
        }
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        odd(&row, columns.len(), &at, &mut project.findings);
        for (count, (column, cell)) in unknown.iter_mut().zip(columns.iter().zip(&row)) {
            *count += usize::from(column.is_none() && !cell.trim().is_empty());
        }
        let mut field = field(&columns, &row, at);
        if field.name.is_empty() {
            let message = "a row without a field name is left out";
            let place = field.place(Column::Variable);
            project.findings.push(Finding::new(Kind::NotUnderstood, "no-name", &place, message));
            continue;
        }
        if field.form.is_empty() {
            field.form.clone_from(&last_form);
        }
        last_form.clone_from(&field.form);
        project.fields.push(field);
    }
    for (header, count) in header.iter().zip(unknown).filter(|(_, count)| *count > 0) {
        let message =
            format!("the column `{header}` is not one of REDCap's; its {count} cells are left out");
        let place = Place::new(file, format!("row 1, column \"{header}\""));
        project.findings.push(Finding::new(Kind::NotUnderstood, "unknown-column", &place, message));
    }
    if file.eq_ignore_ascii_case("instrument.csv") {
        project.record = Record::None;
    }
    Ok(project)
}

/// The columns by their headers. Tables of single instruments can have headers of another language; their columns are in
/// the order of a download.
fn columns(
    file: &str,
    header: &[String],
    findings: &mut Vec<Finding>,
) -> Result<Vec<Option<Column>>, Stop> {
    let mut columns: Vec<Option<Column>> =
        header.iter().map(|header| Column::of_header(header)).collect();
    if NEEDED.iter().all(|needed| columns.contains(&Some(*needed))) {
        for index in 1..columns.len() {
            if columns[index].is_some() && columns[..index].contains(&columns[index]) {
                columns[index] = None;
            }
        }
        return Ok(columns);
    }
    if !(16..=18).contains(&header.len()) {
        return Err(Stop::wrong(format!(
            "{file}: the first row is not the header of a REDCap data dictionary"
        )));
    }
    let message = "the headers are not those of REDCap; the columns are read in REDCap's order";
    findings.push(Finding::new(Kind::Doubtful, "headers", &Place::new(file, "row 1"), message));
    // Dictionaries of older versions lack the last columns.
    Ok(Column::all().take(header.len()).map(Some).collect())
}

/// Reports a row whose cells have moved.
fn odd(row: &[String], length: usize, at: &At, findings: &mut Vec<Finding>) {
    let has_more = row.iter().skip(length).any(|cell| !cell.trim().is_empty());
    if has_more || row.len() < length {
        let message = format!(
            "the row has {} cells, and the header {length}: cells may have moved",
            row.len()
        );
        findings.push(Finding::new(Kind::Doubtful, "row-length", &at.place(), message));
    }
}

/// The field of a row.
fn field(columns: &[Option<Column>], row: &[String], at: At) -> Field {
    let mut field = Field { at, ..Field::default() };
    let mut listed = String::new();
    for (column, cell) in columns.iter().zip(row) {
        let Some(column) = column else { continue };
        let text = cell.trim();
        match column {
            Column::Variable => field.name = text.to_lowercase(),
            Column::Form => field.form = text.to_owned(),
            Column::Section => field.section = Words::only(text),
            Column::Kind => field.kind = kind(text),
            Column::Label => field.label = Words::only(text),
            Column::Choices => listed = text.to_owned(),
            Column::Note => field.note = text.to_owned(),
            Column::Validation => field.validation = validation(text),
            Column::Min => field.min = text.to_owned(),
            Column::Max => field.max = text.to_owned(),
            Column::Identifier => field.is_identifier = is_yes(text),
            Column::Branching => field.branching = text.to_owned(),
            Column::Required => field.is_required = is_yes(text),
            // The alignment matters on the screen only.
            Column::Alignment => {}
            Column::Number => field.number = text.to_owned(),
            Column::Matrix => field.matrix = text.to_owned(),
            Column::Ranking => field.is_ranking = is_yes(text),
            Column::Annotation => field.annotation = text.to_owned(),
        }
    }
    if has_choices(&field.kind) {
        field.choices = choices(&listed);
    } else {
        field.content = listed;
    }
    field
}

/// Whether fields of this type have choices of their own.
pub(super) fn has_choices(kind: &str) -> bool {
    matches!(kind, "radio" | "dropdown" | "checkbox")
}

/// Whether a flag is set.
pub(super) fn is_yes(text: &str) -> bool {
    matches!(text.trim().to_ascii_lowercase().as_str(), "y" | "yes" | "1" | "true")
}
