//! Reads JSON: a list of objects, or one object per line. Each object is a respondent:
//! `{"respondent": "p1", "calm1": 3, "calm2": null}`.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::Read;

use crate::Stop;

use super::batch::{BadRow, Batch};
use super::blocks::Blocks;
use super::json_row::{Cell, KEYS, Row};
use super::json_rows::{Rows, of_fhir};
use super::plan::{self, Plan};
use super::row_answers::RowAnswers;
use super::row_reader::{About, RowReader};

/// The number of rows, and their bytes, that are read ahead to find the columns.
const READ_AHEAD: usize = 1024;
const BYTES: u64 = 8 << 20;
/// The maximum total length of the column names, in bytes.
const NAMES: usize = 8 << 20;

/// What to do about nested answers.
const NESTED: &str = "write each respondent as one flat object: `{\"respondent\": \"p1\", \"item1\": 3}`; or add `--from html` if an \
                      HTML form saved the file, and `--from surveyjs` if SurveyJS did";

/// A table of JSON objects.
pub(super) struct JsonTable {
    name: String,
    rows: Rows,
    /// The rows that were read ahead.
    waiting: VecDeque<Row>,
    /// Whether more rows follow those.
    more: bool,
    columns: Vec<String>,
    known: BTreeSet<String>,
    /// The total length of the column names, in bytes.
    names: usize,
    row: u64,
    /// The item of each column.
    items: Option<BTreeMap<String, usize>>,
    /// The slot of each column that is written beside the scores.
    kept: Option<BTreeMap<String, usize>>,
    /// The number of columns that reading ahead found.
    foreseen: usize,
    /// The indices of columns that contain objects, or lists of them.
    nested: BTreeSet<usize>,
}

impl JsonTable {
    /// Opens a list of objects.
    pub(super) fn list(name: &str, input: Box<dyn Read>, about: &About<'_>) -> Result<Self, Stop> {
        let blocks = blocks(name, input)?;
        Self::new(name, Rows::list(name, blocks)).read_ahead(about)
    }

    /// Opens a file with one object per line.
    pub(super) fn lines(name: &str, input: Box<dyn Read>, about: &About<'_>) -> Result<Self, Stop> {
        let blocks = blocks(name, input)?;
        Self::new(name, Rows::lines(name, blocks)).read_ahead(about)
    }

    fn new(name: &str, rows: Rows) -> Self {
        Self {
            name: name.to_owned(),
            rows,
            waiting: VecDeque::new(),
            more: true,
            columns: Vec::new(),
            known: BTreeSet::new(),
            names: 0,
            row: 0,
            items: None,
            kept: None,
            foreseen: 0,
            nested: BTreeSet::new(),
        }
    }

    /// A table without rows of its own. Each of the columns states whether one of its cells has no text form.
    pub(super) fn of_columns(name: &str, columns: Vec<(String, bool)>) -> Self {
        let blocks = Blocks::new(name, Box::new(std::io::empty()));
        let mut table = Self::new(name, Rows::lines(name, blocks));
        for (at, (column, is_nested)) in columns.into_iter().enumerate() {
            table.known.insert(column.clone());
            table.columns.push(column);
            if is_nested {
                table.nested.insert(at);
            }
        }
        table.more = false;
        table.foreseen = table.columns.len();
        table
    }

    /// Counts a row that is not read, and returns its number.
    pub(super) fn skip(&mut self) -> u64 {
        self.row += 1;
        self.row
    }

    /// Reads ahead to find the columns.
    fn read_ahead(mut self, about: &About<'_>) -> Result<Self, Stop> {
        while self.more && self.waiting.len() < READ_AHEAD && self.rows.used() < BYTES {
            match self.next()? {
                Some(row) => self.waiting.push_back(row),
                None => self.more = false,
            }
        }
        self.refuse_nested(about)?;
        self.foreseen = self.columns.len();
        self.nested = self.nested();
        Ok(self)
    }

    /// The columns with cells that cannot be written beside the scores, in the rows read ahead.
    fn nested(&self) -> BTreeSet<usize> {
        let cells = self.waiting.iter().filter_map(|row| row.cells.as_ref().ok()).flatten();
        let nested = cells.filter(|(_, cell)| cell.json().is_none());
        let names: BTreeSet<&str> = nested.map(|(column, _)| column.as_str()).collect();
        let columns = self.columns.iter().enumerate();
        columns.filter(|(_, name)| names.contains(name.as_str())).map(|(at, _)| at).collect()
    }

    /// Refuses answers that are nested in an object. Without this check, the error would be about missing columns.
    fn refuse_nested(&self, about: &About<'_>) -> Result<(), Stop> {
        let name = &self.name;
        let items = about.instrument.items.iter().map(|item| about.map.column(&item.id));
        let lacking: BTreeSet<&str> =
            items.filter(|column| !self.known.contains(*column)).collect();
        let cells = self.waiting.iter().filter_map(|row| row.cells.as_ref().ok()).flatten();
        for (column, cell) in cells {
            if column == "resourceType" && !lacking.is_empty() {
                return Err(of_fhir(name));
            }
            let Cell::Object(keys) = cell else { continue };
            if let Some(key) = keys.iter().find(|key| lacking.contains(key.as_str())) {
                let message =
                    format!("{name}: answers are nested in an object: `{key}` is in `{column}`");
                return Err(Stop::wrong(message).help(NESTED));
            }
        }
        Ok(())
    }

    fn next(&mut self) -> Result<Option<Row>, Stop> {
        let row = self.rows.next()?;
        if let Some(Row { cells: Ok(cells), .. }) = &row {
            for (column, _) in cells {
                if !self.known.contains(column) {
                    self.known.insert(column.clone());
                    self.columns.push(column.clone());
                    self.names += column.len();
                }
            }
        }
        if self.columns.len() > KEYS || self.names > NAMES {
            return Err(Stop::wrong(format!(
                "{}: the objects have more than {KEYS} different keys",
                self.name
            ))
            .help("give a list of respondents, all with the same keys"));
        }
        Ok(row)
    }

    pub(super) fn read_row(&mut self, row: Row, plan: &Plan<'_>, batch: &mut Batch) {
        self.row += 1;
        let items = self.items.get_or_insert_with(|| {
            plan.names.iter().enumerate().map(|(item, name)| (name.clone(), item)).collect()
        });
        let kept = self.kept.get_or_insert_with(|| {
            plan.kept.iter().enumerate().map(|(slot, kept)| (kept.name.clone(), slot)).collect()
        });
        let number = self.row.to_string();
        let bad = |id: &str| {
            let respondent = if plan.id.is_some() { id } else { &number };
            BadRow::new(self.row, row.line, respondent)
        };
        let cells = match &row.cells {
            Err(why) => return batch.faults.push(bad("").fault("", "", (*why).to_owned())),
            Ok(cells) => cells,
        };
        let (mut answers, mut wrong) = (RowAnswers::new(plan.names.len()), Vec::new());
        let mut beside: Vec<Option<&Cell>> = vec![None; plan.kept.len()];
        let mut id = String::new();
        for (column, cell) in cells {
            if plan.id.is_some() && *column == plan.id_name {
                match cell.id() {
                    Ok(text) => id = text,
                    Err(why) => wrong.push((column, cell, why)),
                }
            }
            if let Some(&slot) = kept.get(column) {
                beside[slot] = Some(cell);
                if cell.json().is_none() {
                    let why =
                        "cannot be written beside the scores: leave out the column with `--drop`";
                    wrong.push((column, cell, why.to_owned()));
                }
            }
            let Some(&item) = items.get(column) else { continue };
            match cell.answer(&plan.cells[item]) {
                Ok(answer) => answers.set(item, answer),
                Err(why) => wrong.push((column, cell, why)),
            }
        }
        if !wrong.is_empty() {
            let bad = bad(&id);
            let faults =
                wrong.into_iter().map(|(column, cell, why)| bad.fault(column, &cell.shown(), why));
            return batch.faults.extend(faults);
        }
        batch.numbers.push(self.row);
        if plan.id.is_some() {
            batch.ids.push(&id);
        }
        for (kept, cell) in batch.kept.iter_mut().zip(beside) {
            match cell {
                Some(cell) => cell.keep(kept),
                None => kept.push_missing(),
            }
        }
        answers.push(batch);
    }

    /// Checks that every item was a key in some row.
    fn all_seen(&self, plan: &mut Plan<'_>) -> Result<(), Stop> {
        for (item, name) in plan.names.iter().enumerate() {
            // Objects have no positions of columns. Any index says that the column exists.
            plan.items[item] = self.known.contains(name).then_some(0);
        }
        plan::all_here(&self.name, &self.columns, plan)
    }
}

fn blocks(name: &str, input: Box<dyn Read>) -> Result<Blocks, Stop> {
    let mut blocks = Blocks::new(name, input);
    blocks.more()?;
    if blocks.rest().starts_with(b"\xef\xbb\xbf") {
        blocks.take(3);
    }
    Ok(blocks)
}

impl RowReader for JsonTable {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn may_grow(&self) -> bool {
        // If a row is not an object, that is the error to report, not its missing columns.
        self.more || self.waiting.iter().any(|row| row.cells.is_err())
    }

    fn has_text(&self, column: usize) -> bool {
        !self.nested.contains(&column)
    }

    fn fill(&mut self, plan: &mut Plan<'_>, batch: &mut Batch) -> Result<bool, Stop> {
        while !batch.is_full() {
            let row = match self.waiting.pop_front() {
                Some(row) => Some(row),
                None if self.more => self.next()?,
                None => None,
            };
            let Some(row) = row else {
                return Ok(false);
            };
            self.read_row(row, plan, batch);
        }
        Ok(true)
    }

    fn end(&self, plan: &mut Plan<'_>) -> Result<(), Stop> {
        plan.unseen.retain(|name| !self.known.contains(name));
        if let Some(name) = plan.unseen.first() {
            let message = format!(
                "{}: no row has a column `{name}`, which `--keep`, `--drop`, `--birth` or `--day` names",
                self.name
            );
            return Err(Stop::usage(message));
        }
        // The header of the scores is written already, so these columns are only reported.
        let late = self.columns[self.foreseen..].iter();
        plan.late = late
            .filter(|name| !plan.names.contains(name))
            .filter(|name| plan.kept.iter().all(|kept| kept.name != **name))
            .cloned()
            .collect();
        self.all_seen(plan)
    }

    fn progress(&self) -> u64 {
        self.rows.used()
    }
}
