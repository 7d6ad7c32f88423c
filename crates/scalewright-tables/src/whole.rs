//! Reads a whole table as texts, for a caller that gives its columns other places before they are answers.

use std::path::Path;

use scalewright_model::Instrument;
use scalewright_model::text::quote;

use crate::responses::{Plan, Reading, TableInput, open};
use crate::{Note, ResponsesFormat as Format, Stop};

/// The largest table, in bytes of text.
const MOST_BYTES: usize = 256 << 20;

/// The cells of a whole table.
pub struct WholeTable {
    /// The names of the columns, then the rows. An empty text is an empty cell.
    pub rows: Vec<Vec<String>>,
    /// Whether cells are labels in place of the values that have them.
    pub has_labels: bool,
}

/// Reads the cells of all columns of a table. Values that the table declares as missing are left out, with a note. Where it has
/// labels for values, and the definition has labels too, the cells are the labels: statistics programs renumber values.
///
/// # Errors
///
/// When the table cannot be read, has another form than rows and columns, or is too large.
pub fn texts_of(
    from: TableInput,
    reading: &Reading,
    (instrument, cwd): (&Instrument, &Path),
    notes: &mut Vec<Note>,
) -> Result<WholeTable, Stop> {
    let mut table = open(from, reading, instrument, cwd, notes)?;
    let name = table.name.clone();
    let wrong = |what: String| Stop::wrong(format!("{name}: {what}"));
    if matches!(table.format(), Some(Format::Fhir | Format::Odm | Format::Long)) {
        return Err(wrong("this is no table with a row for each respondent".to_owned())
            .help("its rows or responses are sessions already: leave out `--wide`"));
    }
    let columns = table.reader.columns().to_vec();
    let mut plan = Plan::of_columns(&columns);
    let own = table.reader.kept().len();
    let mut batch = table.batch(&plan);
    let (mut rows, mut bytes, mut more) = (vec![columns], 0, true);
    let (mut left_out, mut has_labels) = (0_u64, false);
    // Without wording there is nothing that a label could be.
    let is_worded = !instrument.wordings.is_empty();
    while more {
        batch.clear();
        more = table.fill(&mut plan, &mut batch)?;
        if let Some(fault) = batch.faults.first() {
            return Err(wrong(fault.text()).help("correct the row"));
        }
        for row in 0..batch.numbers.len() {
            let cells = batch.kept[own..].iter().enumerate().map(|(column, kept)| {
                let text = kept.get(row).unwrap_or_default();
                match table.reader.meant(column, text).filter(|_| !text.is_empty()) {
                    Some("") => {
                        left_out += 1;
                        String::new()
                    }
                    Some(label) if is_worded => {
                        has_labels = true;
                        label.to_owned()
                    }
                    _ => text.to_owned(),
                }
            });
            let cells: Vec<String> = cells.collect();
            bytes += cells.iter().map(String::len).sum::<usize>();
            rows.push(cells);
        }
        if bytes > MOST_BYTES {
            return Err(wrong("a wide table has at most 256 MiB; make it long first".to_owned()));
        }
    }
    let known = rows[0].len();
    if let Some(late) = table.reader.columns().get(known) {
        let message = format!("the column `{}` first appears after many rows", quote(late));
        return Err(wrong(message).help("name all columns in the first row"));
    }
    if left_out > 0 {
        let text = format!("values that the table declares as missing, read as blank: {left_out}");
        notes.push(Note::info(text).about(&name));
    }
    Ok(WholeTable { rows, has_labels })
}
