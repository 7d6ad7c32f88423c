//! The merged table: what both tables say, and what was decided where they differ.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_tables::CsvCells;

use super::compared::Compared;
use super::decisions::Decision;
use super::difference::Kind;
use super::entered::{Entered, Key, Line};

/// A merged table.
pub struct Merged {
    /// The table as CSV.
    pub text: Vec<u8>,
    /// The number of rows.
    pub rows: usize,
}

/// What was decided about cells, by key and column, and the rows that are dropped.
#[derive(Default)]
struct Decided<'a> {
    cells: BTreeMap<(&'a Key, &'a str), String>,
    dropped: BTreeSet<&'a Key>,
}

pub(super) fn merge(compared: &Compared, decisions: &[Decision], guard: bool) -> Merged {
    let mut decided = Decided::default();
    for (difference, decision) in compared.differences.iter().zip(decisions) {
        match (&difference.kind, decision) {
            (Kind::Cell { column, first, second, .. }, decision) => {
                let content = match decision {
                    Decision::Second => second.clone(),
                    Decision::Other(content) => content.clone(),
                    Decision::First | Decision::Keep | Decision::Drop => first.clone(),
                };
                decided.cells.insert((&difference.key, column.as_str()), content);
            }
            (_, Decision::Drop) => {
                decided.dropped.insert(&difference.key);
            }
            _ => {}
        }
    }
    write(compared, &decided, guard)
}

fn write(compared: &Compared, decided: &Decided<'_>, guard: bool) -> Merged {
    let (first, second) = (&compared.first, &compared.second);
    let (mut text, mut cells) = (Vec::new(), CsvCells::new(b',', guard));
    let alone = second.columns.iter().filter(|name| !first.columns.contains(name));
    let columns: Vec<&String> = first
        .columns
        .iter()
        .chain(alone)
        .filter(|name| **name != second.id || **name == first.id)
        .collect();
    cells.line(&mut text, columns.iter().map(|name| name.as_str()));
    let only_second = second.order.iter().filter(|key| !first.lines.contains_key(*key));
    let mut rows = 0;
    for key in first.order.iter().chain(only_second).filter(|key| !decided.dropped.contains(key)) {
        let sides = [first, second].map(|table| (table, table.lines.get(key)));
        let row = columns.iter().map(|name| {
            let known = decided.cells.get(&(key, name.as_str())).map(String::as_str);
            known.unwrap_or_else(|| cell(&sides, key, name))
        });
        cells.line(&mut text, row);
        rows += 1;
    }
    Merged { text, rows }
}

/// The content of a column in the first table that has the row and the column.
fn cell<'c>(sides: &[(&Entered, Option<&'c Line>); 2], key: &'c Key, name: &str) -> &'c str {
    if name == sides[0].0.id {
        return &key[0];
    }
    let in_table = |(table, line): &(&Entered, Option<&'c Line>)| -> Option<&'c str> {
        let line = (*line)?;
        if let Some(at) = table.items.iter().position(|item| item == name) {
            return Some(&line.items[at]);
        }
        let at = table.others.iter().position(|other| other == name)?;
        Some(&line.others[at])
    };
    sides.iter().find_map(in_table).unwrap_or_default()
}
