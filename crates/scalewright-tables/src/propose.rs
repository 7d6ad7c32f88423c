//! Proposes a map of items to columns: for each item the column that answers it, with the evidence.
//!
//! A proposal is never a guess. Where two columns fit an item, where names and wording disagree, or where only the order of
//! columns speaks for them, the item is left open with a question. So is what cells mean if the definition does not accept
//! them: labels, codes of missing answers, shifted or reversed codes.

mod block;
mod cells;
mod columns;
mod evidence;
mod fit;
mod names;
mod proposal;
mod questions;
mod written;

use std::path::Path;

use scalewright_model::Instrument;

use crate::responses::{Reading, TableInput};
use crate::{Note, Stop};

use columns::{TableColumn, columns};
pub use evidence::Evidence;
pub use proposal::{OpenQuestion, Proposal, ProposedItem};

/// Proposes a map of the items of `instrument` to the columns of a table. Adds notes on the table.
///
/// # Errors
///
/// When the table cannot be read, or is in a format without a column for each item.
pub fn propose(
    from: TableInput,
    reading: &Reading,
    instrument: &Instrument,
    cwd: &Path,
    notes: &mut Vec<Note>,
) -> Result<Proposal, Stop> {
    let table = columns(from, reading, instrument, cwd, notes)?;
    let found = evidence::find(instrument, &table.columns);
    let mut open = Vec::new();
    let items: Vec<ProposedItem> = found
        .into_iter()
        .enumerate()
        .map(|(index, found)| {
            let id = instrument.items[index].id.clone();
            open.extend(found.question.map(|question| OpenQuestion { item: id.clone(), question }));
            let name = |&at: &usize| table.columns[at].name.clone();
            let cells = found.column.map(|at| fit::words(instrument, index, &table.columns[at]));
            ProposedItem {
                item: id,
                column: found.column.as_ref().map(name),
                candidates: found.candidates.iter().map(name).collect(),
                evidence: found.evidence,
                cells: cells.unwrap_or_default(),
            }
        })
        .collect();
    open.extend(questions::on_cells(instrument, &items, &table.columns));
    let is_used = |column: &&TableColumn| {
        let name = Some(&column.name);
        items.iter().any(|item| item.column.as_ref() == name)
    };
    let unused = table.columns.iter().filter(|column| !is_used(column));
    Ok(Proposal {
        instrument: instrument.id.clone(),
        table: table.name,
        rows: table.rows,
        more: table.more,
        unused: unused.map(|column| column.name.clone()).collect(),
        items,
        open,
    })
}
