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
mod questions;
mod written;

use std::path::Path;

use scalewright_model::Instrument;
use serde_json::{Value, json};

use crate::responses::{Reading, TableInput};
use crate::{Note, Stop};

use columns::{TableColumn, columns};
pub use evidence::Evidence;

/// At most this many rows of the table are examined.
pub const MOST_ROWS: u64 = 10_000;

/// A proposed map.
#[derive(Debug)]
pub struct Proposal {
    /// The id of the instrument.
    pub instrument: String,
    /// The table in messages.
    pub table: String,
    /// The number of rows that were examined.
    pub rows: u64,
    /// Whether the table has further rows.
    pub more: bool,
    /// The items, in the order of the definition.
    pub items: Vec<ProposedItem>,
    /// The questions to decide before the map can be used.
    pub open: Vec<OpenQuestion>,
    /// The columns that no item uses, in the order of the table.
    pub unused: Vec<String>,
}

/// An item with the column that answers it.
#[derive(Debug)]
pub struct ProposedItem {
    /// The id of the item.
    pub item: String,
    /// Its column; `None` if that is an open question.
    pub column: Option<String>,
    /// The columns in question, if the item is open.
    pub candidates: Vec<String>,
    /// Why it is this column, or why these are candidates. `None` if no column is like the item.
    pub evidence: Option<Evidence>,
    /// What the cells say about the column, in a clause.
    pub cells: String,
}

/// A question that the map leaves open.
#[derive(Debug, PartialEq, Eq)]
pub struct OpenQuestion {
    /// The item that it is about, or the first of several.
    pub item: String,
    /// The question.
    pub question: String,
}

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

impl Proposal {
    /// The proposal as a map in TOML, with a comment on each line.
    #[must_use]
    pub fn toml(&self) -> String {
        written::write(self)
    }

    /// The items as rows of a table for people, below its header.
    #[must_use]
    pub fn rows_of_text(&self) -> Vec<Vec<String>> {
        let header = ["item", "column", "evidence", "cells"];
        let mut rows = vec![header.map(str::to_owned).to_vec()];
        for item in &self.items {
            let column = match &item.column {
                Some(column) => column.clone(),
                None => "?".to_owned(),
            };
            let evidence = item.evidence.as_ref().map_or("none", Evidence::words);
            rows.push(vec![item.item.clone(), column, evidence.to_owned(), item.cells.clone()]);
        }
        rows
    }

    /// The proposal as JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        let items: Vec<Value> = self
            .items
            .iter()
            .map(|item| {
                json!({
                    "item": item.item,
                    "column": item.column,
                    "candidates": item.candidates,
                    "evidence": item.evidence.as_ref().map(Evidence::name),
                    "cells": item.cells,
                })
            })
            .collect();
        let open = self.open.iter();
        let open: Vec<Value> =
            open.map(|open| json!({ "item": open.item, "question": open.question })).collect();
        json!({
            "instrument": self.instrument,
            "table": self.table,
            "rows": self.rows,
            "more-rows": self.more,
            "items": items,
            "open": open,
            "unused": self.unused,
        })
    }
}
