//! A proposed map, as data, as rows of text and as JSON.

use serde_json::{Value, json};

use super::evidence::Evidence;

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

impl Proposal {
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
