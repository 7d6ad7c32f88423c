//! A sheet as a table: its columns, and its rows with the names of their cells.

use std::collections::{BTreeMap, VecDeque};

use crate::Stop;
use crate::responses::opened::Reading;
use crate::responses::row_reader::About;
use crate::responses::source::{NO_VALUE, Source, SourceCell, SourceColumn};

use super::book::Book;
use super::cells::{Rows, SheetCell, SheetRow, cell_name, column_name};
use super::columns::{Wish, chosen};
use super::facts::Facts;
use super::header::header;
use super::layout::{EXAMINED, item_columns, refuse_merged, refuse_second_header, refuse_title};

/// A sheet, read row by row.
pub(super) struct SheetSource {
    name: String,
    columns: Vec<SourceColumn>,
    /// The index in the sheet of each column, and whether it answers an item.
    places: Vec<(u32, bool)>,
    /// The index in the table of each column of the sheet that is read.
    slots: BTreeMap<u32, usize>,
    rows: Box<dyn Rows>,
    /// The rows that were read ahead.
    ahead: VecDeque<SheetRow>,
    /// The index of the row that was read last.
    row: u32,
    stored: bool,
    notes: Vec<String>,
    seen: Seen,
}

/// What was seen in the rows.
#[derive(Default)]
struct Seen {
    /// The number of empty rows between others, and the first of them.
    empty: Option<(u32, u32)>,
    /// For each column of an item: the number of texts that are numbers, and the first of them.
    numbers: BTreeMap<usize, (u64, String)>,
    /// The number of formulas without a stored value in columns that do not answer items, and the first of them.
    valueless: Option<(u64, String)>,
    /// The cells that are alone in their row, below empty rows: the first of them.
    alone: Option<String>,
}

impl SheetSource {
    pub(super) fn new(book: Book, reading: &Reading, about: &About<'_>) -> Result<Self, Stop> {
        let Book { name, facts, mut notes, mut rows } = book;
        let empty = || Stop::wrong(format!("{name}: the sheet is empty"));
        let first = rows.next()?.ok_or_else(empty)?;
        let mut ahead = VecDeque::new();
        while ahead.len() < EXAMINED
            && let Some(row) = rows.next()?
        {
            ahead.push_back(row);
        }
        let items = item_columns(about.instrument, about.map);
        refuse_title(&name, &first, &ahead, &items)?;
        let headed = header(&name, &first, &facts)?;
        refuse_merged(&name, first.row, &headed, &facts)?;
        refuse_second_header(&name, (about.instrument, about.map), &headed, &ahead)?;
        let wish = Wish { items, id: reading.id_column.as_deref(), stored: reading.stored_values };
        let (headed, computed) = chosen(&name, (headed, first.row), &facts, &wish)?;
        notes.extend(hidden(&name, first.row, &facts));
        if !computed.is_empty() {
            notes.push(format!(
                "{name}: columns that formulas compute, not read: {} (`--stored-values` reads their stored values)",
                list(&computed)
            ));
        }
        let place = |column: u32, name: &str| (column, wish.items.contains(name));
        Ok(Self {
            places: headed.iter().map(|headed| place(headed.column, &headed.name)).collect(),
            slots: headed.iter().enumerate().map(|(at, headed)| (headed.column, at)).collect(),
            columns: headed
                .into_iter()
                .map(|headed| SourceColumn { name: headed.name, ..SourceColumn::default() })
                .collect(),
            name,
            rows,
            ahead,
            row: first.row,
            stored: reading.stored_values,
            notes,
            seen: Seen::default(),
        })
    }

    fn next_row(&mut self) -> Result<Option<SheetRow>, Stop> {
        match self.ahead.pop_front() {
            Some(row) => Ok(Some(row)),
            None => self.rows.next(),
        }
    }

    /// The content of a cell in the column `at` of the table.
    fn cell(&mut self, at: usize, cell: SheetCell) -> SourceCell {
        let is_item = self.places[at].1;
        let SheetCell { column, value, formula } = cell;
        let Some(formula) = formula else {
            if is_item
                && matches!(&value, SourceCell::Text(text) if text.trim().parse::<f64>().is_ok())
            {
                let first = || (0, cell_name(self.row, column));
                self.seen.numbers.entry(at).or_insert_with(first).0 += 1;
            }
            return value;
        };
        match (self.stored, value) {
            (_, error @ SourceCell::Error(_)) => error,
            (true, SourceCell::Blank) if is_item => {
                SourceCell::Error(format!("={formula}{NO_VALUE}"))
            }
            (true, SourceCell::Blank) => {
                let first = || (0, cell_name(self.row, column));
                self.seen.valueless.get_or_insert_with(first).0 += 1;
                SourceCell::Blank
            }
            (true, value) => value,
            (false, _) if formula.is_empty() => SourceCell::Error("=…".to_owned()),
            (false, _) => SourceCell::Error(format!("={formula}")),
        }
    }
}

impl Source for SheetSource {
    fn columns(&self) -> &[SourceColumn] {
        &self.columns
    }

    fn next(&mut self, row: &mut Vec<SourceCell>) -> Result<bool, Stop> {
        let Some(found) = self.next_row()? else { return Ok(false) };
        let skipped = found.row.saturating_sub(self.row + 1);
        if skipped > 0 {
            let (count, first) = self.seen.empty.unwrap_or((0, self.row + 1));
            self.seen.empty = Some((count + skipped, first));
            if let ([only], true) = (&found.cells[..], self.columns.len() > 1) {
                self.seen.alone.get_or_insert_with(|| cell_name(found.row, only.column));
            }
        }
        self.row = found.row;
        row.resize(self.columns.len(), SourceCell::Blank);
        for cell in found.cells {
            // All other columns with content are computed ones that are not read.
            if let Some(&at) = self.slots.get(&cell.column) {
                row[at] = self.cell(at, cell);
            }
        }
        Ok(true)
    }

    fn place(&self, column: usize) -> Option<String> {
        Some(cell_name(self.row, self.places[column].0))
    }

    fn notes(&self) -> Vec<String> {
        let (name, seen) = (&self.name, &self.seen);
        let mut notes = self.notes.clone();
        if let Some((count, first)) = seen.empty {
            let first = first + 1;
            notes.push(match count {
                1 => format!("{name}: row {first} is empty and was skipped"),
                _ => format!("{name}: {count} empty rows were skipped, the first is row {first}"),
            });
        }
        if let Some(cell) = &seen.alone {
            notes.push(format!(
                "{name}: {cell} is alone in its row, below empty rows: the row is read like all others; delete it if it is a note"
            ));
        }
        if !seen.numbers.is_empty() {
            let count: u64 = seen.numbers.values().map(|(count, _)| count).sum();
            let first = seen.numbers.values().next().map_or("", |(_, first)| first);
            notes.push(format!("{name}: answers that are numbers stored as text, read as numbers: {count}, the first in {first}"));
        }
        if let Some((count, first)) = &seen.valueless {
            notes.push(format!("{name}: formulas without a stored value, read as empty: {count}, the first in {first}"));
        }
        notes
    }
}

/// Notes on what a program hides: all of it is read.
fn hidden(name: &str, header: u32, facts: &Facts) -> Vec<String> {
    let mut notes = Vec::new();
    let last = facts.last_row().unwrap_or(header);
    let groups = facts.hidden_rows.iter().map(|group| (group.0.max(header), group.1.min(last)));
    let groups: Vec<(u32, u32)> = groups.filter(|group| group.0 <= group.1).collect();
    let count: u32 = groups.iter().map(|group| group.1 - group.0 + 1).sum();
    let first = groups.first().map_or(0, |group| group.0 + 1);
    match count {
        0 => {}
        1 => notes.push(format!("{name}: row {first} is hidden, and is read like all others")),
        _ => notes.push(format!(
            "{name}: {count} rows are hidden (such as by a filter), and are read like all others; the first is row {first}"
        )),
    }
    let shown = facts.filled.iter().filter(|(column, (_, last))| {
        let is_hidden = |group: &&(u32, u32)| (group.0..=group.1).contains(column);
        *last >= header && facts.hidden_columns.iter().find(is_hidden).is_some()
    });
    let names: Vec<String> = shown.map(|(column, _)| column_name(*column)).collect();
    if !names.is_empty() {
        notes.push(format!("{name}: hidden columns, read like all others: {}", list(&names)));
    }
    notes
}

/// At most this many names are shown.
const SHOWN: usize = 8;

fn list(names: &[String]) -> String {
    match names.len() {
        0..=SHOWN => names.join(", "),
        count => format!("{} and {} more", names[..SHOWN].join(", "), count - SHOWN),
    }
}
