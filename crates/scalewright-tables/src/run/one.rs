//! Finds one row of a table by its number or its respondent.

use scalewright_model::Instrument;

use crate::Stop;
use crate::responses::{Batch, Opened, Plan, short};

/// The row to find.
#[derive(Debug, Clone, Copy)]
pub enum Which<'a> {
    /// The row with this number, from 1.
    Row(u64),
    /// The first row of this respondent.
    Respondent(&'a str),
}

/// Returns the answers of one row, one per item of the instrument.
///
/// # Errors
///
/// When the row does not exist or cannot be scored.
pub fn answers_of(
    which: Which<'_>,
    (mut table, mut plan): (Opened, Plan<'_>),
    instrument: &Instrument,
) -> Result<Vec<Option<f64>>, Stop> {
    let mut batch = Batch::new(instrument.items.len(), table.reader.kept().len() + plan.kept.len());
    let (mut more, mut found) = (true, None);
    while more {
        batch.clear();
        more = table.fill(&mut plan, &mut batch)?;
        refuse_faults(&table.name, which, &batch)?;
        let row = (0..batch.responses.rows).find(|&row| is_requested(which, &batch, row));
        if let Some(row) = row.filter(|_| found.is_none()) {
            let answers = batch.responses.items.iter().map(|column| column.get(row));
            found = Some(answers.collect());
            // A later row may show that clock times are written in two ways, which puts all rows in doubt.
            more &= plan.has_clocks();
        }
    }
    found.ok_or_else(|| {
        let what = match which {
            Which::Respondent(id) => format!("no respondent `{id}`"),
            Which::Row(row) => format!("no row {row}"),
        };
        Stop::wrong(format!("{}: there is {what}", table.name))
    })
}

fn is_requested(which: Which<'_>, batch: &Batch, row: usize) -> bool {
    match which {
        Which::Respondent(id) => batch.respondent(row) == id,
        Which::Row(number) => number == batch.numbers[row],
    }
}

/// Returns an error if the requested row, or every row, cannot be scored.
fn refuse_faults(name: &str, which: Which<'_>, batch: &Batch) -> Result<(), Stop> {
    let meant = batch.faults.iter().find(|fault| match which {
        _ if fault.concerns_all() => true,
        // A fault contains only the beginning of a long name.
        Which::Respondent(id) => *fault.respondent == *short(id),
        Which::Row(number) => number == fault.row,
    });
    match meant {
        None => Ok(()),
        Some(fault) => Err(Stop::wrong(format!("{name}: {}", fault.text()))
            .help("correct it, or empty the cell if nothing was answered")),
    }
}
