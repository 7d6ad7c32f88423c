//! Reads a whole table as texts, for a caller that gives its columns other places before they are answers.

use std::path::Path;

use scalewright_model::Instrument;
use scalewright_model::text::quote;

use crate::responses::{Plan, Reading, TableInput, open};
use crate::{Note, ResponsesFormat as Format, Stop};

/// The largest table, in bytes of text.
const MOST_BYTES: usize = 256 << 20;

/// Reads the cells of all columns of a table, after a row with their names. An empty text is an empty cell.
///
/// # Errors
///
/// When the table cannot be read, has another form than rows and columns, is too large, or a column declares labels or missing
/// values, which texts would lose.
pub fn texts_of(
    from: TableInput,
    reading: &Reading,
    (instrument, cwd): (&Instrument, &Path),
    notes: &mut Vec<Note>,
) -> Result<Vec<Vec<String>>, Stop> {
    let mut table = open(from, reading, instrument, cwd, notes)?;
    let name = table.name.clone();
    let wrong = |what: String| Stop::wrong(format!("{name}: {what}"));
    if matches!(table.format(), Some(Format::Fhir | Format::Odm | Format::Long)) {
        return Err(wrong("this is no table with a row for each respondent".to_owned())
            .help("its rows or responses are sessions already: leave out `--wide`"));
    }
    let columns = table.reader.columns().to_vec();
    if let Some(at) = (0..columns.len()).find(|at| table.reader.declares(*at)) {
        let message = format!(
            "the column `{}` declares labels or missing values, which a wide table cannot keep",
            quote(&columns[at])
        );
        return Err(wrong(message).help(
            "save the table as CSV, and say what its cells mean with `--missing-code` or a map",
        ));
    }
    let mut plan = Plan::of_columns(&columns);
    let own = table.reader.kept().len();
    let mut batch = table.batch(&plan);
    let (mut rows, mut bytes, mut more) = (vec![columns], 0, true);
    while more {
        batch.clear();
        more = table.fill(&mut plan, &mut batch)?;
        if let Some(fault) = batch.faults.first() {
            return Err(wrong(fault.text()).help("correct the row"));
        }
        for row in 0..batch.numbers.len() {
            let cells = batch.kept[own..].iter().map(|kept| kept.get(row).unwrap_or_default());
            let cells: Vec<String> = cells.map(str::to_owned).collect();
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
    Ok(rows)
}
