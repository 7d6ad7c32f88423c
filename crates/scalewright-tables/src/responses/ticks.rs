//! Items with several choices in tables with a column for each option: `symptoms___1` contains 1 if the option 1 is
//! ticked.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::{Instrument, ItemIx, ResponseOption};
use scalewright_scoring::looked_into;

use crate::Stop;

use super::answer::Given;
use super::cell::{Answer, Cells};
use super::csv_table::Record;
use super::labels::fold;

/// What a column of an option contains if it is ticked, and if it is not.
const TICKED: [&str; 5] = ["1", "Checked", "Y", "Yes", "TRUE"];
const OPEN: [&str; 7] = ["", "0", "Unchecked", "N", "No", "FALSE", "N/A"];

/// The columns of the options of the items that formulas look into.
pub(super) struct Ticks {
    looked_into: BTreeSet<ItemIx>,
    /// For each such item with columns of options, the column and the position of each option.
    columns: BTreeMap<ItemIx, Vec<(usize, usize)>>,
    /// The folded label that a column contains if its option is ticked, for platforms that write it.
    labels: BTreeMap<usize, String>,
    /// Whether blank cells mean that the item was not asked, because an option that is not ticked is 0.
    blank_is_not_asked: bool,
}

impl Ticks {
    /// Finds the columns. `names` returns the names that the column of an option may have.
    ///
    /// # Errors
    ///
    /// When an item has columns for some of its options only: a lost column would count as not ticked.
    pub(super) fn new(
        name: &str,
        header: &[String],
        instrument: &Instrument,
        names: &dyn Fn(ItemIx, &ResponseOption) -> Vec<String>,
    ) -> Result<Self, Stop> {
        let mut ticks = Self::whole(instrument);
        let positions: BTreeMap<String, usize> =
            header.iter().enumerate().map(|(at, column)| (column.to_lowercase(), at)).collect();
        for item in &ticks.looked_into {
            let options = instrument.response(*item).options();
            let column = |option| {
                names(*item, option).iter().find_map(|name| positions.get(&name.to_lowercase()))
            };
            let found: Vec<Option<usize>> =
                options.iter().map(|option| column(option).copied()).collect();
            if found.iter().all(Option::is_none) {
                continue;
            }
            if let Some(lost) = found.iter().position(Option::is_none) {
                let wanted = names(*item, &options[lost]).swap_remove(0);
                let id = &instrument.items[item.0].id;
                let message = format!("{name}: there is no column `{wanted}`");
                return Err(Stop::wrong(message).help(format!(
                    "scores look into the options of `{id}`, so each must have its column"
                )));
            }
            let each = found.into_iter().flatten().enumerate();
            ticks.columns.insert(*item, each.map(|(option, column)| (column, option)).collect());
        }
        Ok(ticks)
    }

    /// Without columns of options: a cell contains all choices.
    pub(super) fn whole(instrument: &Instrument) -> Self {
        Self {
            looked_into: looked_into(instrument),
            columns: BTreeMap::new(),
            labels: BTreeMap::new(),
            blank_is_not_asked: false,
        }
    }

    /// The same columns, in which these contain a label if their option is ticked.
    pub(super) fn with_labels(self, labels: BTreeMap<usize, String>) -> Self {
        Self { labels, ..self }
    }

    /// The same columns of a platform that leaves them blank only if the item was not asked.
    pub(super) fn with_zeros(self) -> Self {
        Self { blank_is_not_asked: true, ..self }
    }

    /// Whether an item has columns of options.
    pub(super) fn has(&self, item: usize) -> bool {
        self.columns.contains_key(&ItemIx(item))
    }

    /// Whether formulas look into the choices of an item.
    pub(super) fn looks_into(&self, item: usize) -> bool {
        self.looked_into.contains(&ItemIx(item))
    }

    /// Whether the columns of an item say that it was not asked.
    pub(super) fn are_blank(&self, record: &Record, item: usize) -> bool {
        let mut columns = self.columns.get(&ItemIx(item)).into_iter().flatten();
        self.blank_is_not_asked && columns.all(|(column, _)| record.text(*column).trim().is_empty())
    }

    /// Whether any option is ticked in the current line.
    pub(super) fn any(&self, record: &Record) -> bool {
        let mut columns = self.columns.values().flatten();
        columns.any(|(column, _)| TICKED.contains(&record.text(*column).trim()))
    }

    /// Returns the number that records the chosen options of an item. No code if there are none. `column` is the column of the item, if it has only one.
    ///
    /// # Errors
    ///
    /// The column that contains no tick, and why.
    pub(super) fn answer(
        &self,
        record: &Record,
        cells: &Cells<'_>,
        (item, column): (usize, usize),
    ) -> Result<Answer, (usize, String)> {
        let Some(columns) = self.columns.get(&ItemIx(item)) else {
            return cells.answer(Given::Text(&record.text(column))).map_err(|why| (column, why));
        };
        let mut ticked = Vec::new();
        for (column, option) in columns {
            let cell = record.text(*column);
            let is_label = |cell| self.labels.get(column).is_some_and(|label| *label == fold(cell));
            match cell.trim() {
                cell if TICKED.contains(&cell) || is_label(cell) => ticked.push(*option),
                cell if OPEN.contains(&cell) => {}
                _ => return Err((*column, "is neither 1 nor 0".to_owned())),
            }
        }
        Ok(Answer::Code(cells.ticked(ticked)))
    }
}
