//! Facts about respondents, such as age and sex, that the rows to be scored do not state themselves: another row of the same
//! respondent does, or another table.
//!
//! A fact is taken where it is declared to be, and never guessed: a respondent with two values is refused.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use scalewright_model::text::quote;
use scalewright_model::{Instrument, did_you_mean};

use crate::{Note, NoteKind, Stop};

use super::batch::Batch;
use super::facts::Background;
use super::kept::ExtraColumn;
use super::open::{TableInput, open, open_among};
use super::opened::{Opened, Reading};
use super::plan::Plan;

/// At most this many respondents are stored.
const MOST: usize = 5_000_000;
/// The column of REDCap that names the event of a row.
const EVENT: &str = "redcap_event_name";

/// Where the facts about respondents are.
#[derive(Debug, Clone)]
pub enum BackgroundFrom {
    /// In other rows of the table.
    Rows(Carry),
    /// In another table.
    Table {
        /// The name of the table in messages.
        shown: PathBuf,
        /// Its path.
        path: PathBuf,
        /// Its column that names the respondents. By default the one with the name of that in the table to be scored.
        by: Option<String>,
    },
}

/// Rows that state facts which count for all rows of a respondent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carry {
    /// The column that distinguishes these rows.
    pub column: String,
    /// Its value in these rows.
    pub value: String,
    /// The items that they answer.
    pub items: Vec<String>,
}

impl Carry {
    /// Reads `baseline: age, sex` or `visit=baseline: age, sex`. Without a column, it is the event of REDCap.
    ///
    /// # Errors
    ///
    /// What is wrong with the text, in a clause.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wanted = "it has the form `baseline: age, sex` or `visit=baseline: age, sex`";
        let (rows, items) = text.split_once(':').ok_or(wanted)?;
        let (column, value) = rows.split_once('=').unwrap_or((EVENT, rows));
        let items: Vec<String> = items.split(',').map(|item| item.trim().to_owned()).collect();
        let (column, value) = (column.trim().to_owned(), value.trim().to_owned());
        match column.is_empty() || value.is_empty() || items.iter().any(String::is_empty) {
            true => Err(wanted.to_owned()),
            false => Ok(Self { column, value, items }),
        }
    }
}

/// The facts while they are read.
struct Facts<'a> {
    instrument: &'a Instrument,
    items: Vec<usize>,
    /// For each respondent, each answer with its row.
    found: BTreeMap<String, Vec<Option<(f64, u64)>>>,
    wrong: Vec<String>,
}

impl BackgroundFrom {
    /// Reads the facts for the items of an instrument, which is one of `all`. `table` is the one to be scored. `None` if the
    /// instrument needs none of them.
    ///
    /// # Errors
    ///
    /// When the rows or the table cannot be read, or a respondent has two values.
    pub(crate) fn read(
        &self,
        table: &Opened,
        all: &[&Instrument],
        (instrument, reading, cwd): (&Instrument, &Reading, &Path),
        notes: &mut Vec<Note>,
    ) -> Result<Option<Background>, Stop> {
        let mut own = Vec::new();
        let (opened, only, items) = match self {
            Self::Rows(carry) => {
                let items = named(carry, all, instrument)?;
                let path = table.path.clone().ok_or_else(|| {
                    Stop::usage(
                        "`--carry-from` reads the table twice, but standard input only once",
                    )
                    .help("write it to a file first")
                })?;
                let shown = PathBuf::from(&table.name);
                let from = TableInput::File { shown, path };
                let opened = open_among(from, reading, (instrument, all), cwd, &mut own)?;
                (opened, Some(carry), items)
            }
            Self::Table { shown, path, by } => {
                let from = TableInput::File { shown: shown.clone(), path: path.clone() };
                let id_column = by.clone().or_else(|| reading.id_column.clone());
                let missing_codes = reading.missing_codes.clone();
                let meaning = reading.meaning.clone();
                let reading = Reading { id_column, missing_codes, meaning, ..Reading::default() };
                let opened = open(from, &reading, instrument, cwd, &mut own)?;
                let has = |index: &usize| {
                    let item = &instrument.items[*index];
                    item.background && opened.reader.columns().contains(&item.id)
                };
                let items: Vec<usize> = (0..instrument.items.len()).filter(has).collect();
                (opened, None, items)
            }
        };
        // The table to be scored has notes of its own.
        notes.extend(own.into_iter().filter(|_| only.is_none()));
        if items.is_empty() {
            return Ok(None);
        }
        facts(opened, only, (instrument, items), notes).map(Some)
    }
}

/// The items that `carry` names, of those of the instrument.
fn named(carry: &Carry, all: &[&Instrument], instrument: &Instrument) -> Result<Vec<usize>, Stop> {
    for id in &carry.items {
        let of_all = || all.iter().flat_map(|instrument| &instrument.items);
        let facts = || of_all().filter(|item| item.background).map(|item| item.id.as_str());
        if !of_all().any(|item| item.id == *id) {
            let stop = Stop::usage(format!("`--carry-from`: there is no item `{id}`"));
            return Err(match did_you_mean(id, facts()) {
                Some(help) => stop.help(help),
                None => stop,
            });
        }
        if !facts().any(|known| known == id) {
            let message = format!(
                "`--carry-from`: `{id}` is not a fact about the respondent: its answer belongs to its own row"
            );
            return Err(Stop::usage(message)
                .help("only items with `background = true` count for other rows"));
        }
    }
    let is_named = |index: &usize| carry.items.contains(&instrument.items[*index].id);
    Ok((0..instrument.items.len()).filter(is_named).collect())
}

/// Reads the facts of all respondents of a table. With `only`, other rows are not read.
fn facts(
    mut table: Opened,
    only: Option<&Carry>,
    (instrument, items): (&Instrument, Vec<usize>),
    notes: &mut Vec<Note>,
) -> Result<Background, Stop> {
    let others: Vec<usize> =
        (0..instrument.items.len()).filter(|item| !items.contains(item)).collect();
    let mut plan = table.plan_some(instrument, &others, notes)?;
    if plan.id.is_none() {
        return Err(Stop::usage(format!("{}: no column names the respondents", table.name))
            .help("name it with `--join-by`"));
    }
    let at = only.map(|carry| event(&table, &mut plan, &carry.column)).transpose()?;
    let mut facts = Facts { instrument, items, found: BTreeMap::new(), wrong: Vec::new() };
    let mut batch = table.batch(&plan);
    let mut more = true;
    while more {
        batch.clear();
        more = table.reader.fill(&mut plan, &mut batch)?;
        facts.wrong.extend(batch.faults.iter().map(|fault| fault.text()));
        for row in 0..batch.numbers.len() {
            let value = at.and_then(|at| batch.kept[at].get(row));
            if only.is_none_or(|carry| value == Some(carry.value.as_str())) {
                facts.add(&batch, row);
            }
        }
        if facts.found.len() > MOST {
            let message = format!("{}: there are more than {MOST} respondents", table.name);
            return Err(Stop::wrong(message).help("score the table in parts"));
        }
    }
    facts.finish(&table.name, only, notes)
}

/// The position among the kept columns of the column that distinguishes rows.
fn event(table: &Opened, plan: &mut Plan<'_>, column: &str) -> Result<usize, Stop> {
    let own = table.reader.kept();
    if let Some(at) = own.iter().position(|kept| kept == column) {
        return Ok(at);
    }
    let columns = table.reader.columns();
    let at = columns.iter().position(|name| name == column);
    if at.is_none() && !table.reader.may_grow() {
        let stop = Stop::usage(format!("`--carry-from`: {} has no column `{column}`", table.name));
        return Err(match did_you_mean(column, columns.iter().map(String::as_str)) {
            Some(help) => stop.help(help),
            None => {
                stop.help("name the column of the event: `--carry-from \"visit=baseline: age\"`")
            }
        });
    }
    plan.kept.push(ExtraColumn { column: at, name: column.to_owned() });
    Ok(own.len())
}

impl Facts<'_> {
    /// Adds the facts of a row. A blank is no fact.
    fn add(&mut self, batch: &Batch, row: usize) {
        let who = batch.respondent(row);
        if who.trim().is_empty() {
            return;
        }
        let number = batch.numbers[row];
        let facts =
            self.found.entry(who.to_string()).or_insert_with(|| vec![None; self.items.len()]);
        for (fact, &item) in facts.iter_mut().zip(&self.items) {
            let Some(answer) = batch.responses.items[item].get(row) else { continue };
            match *fact {
                Some((known, before)) if known != answer => self.wrong.push(format!(
                    "respondent `{}` has two values of `{}`: {known} in row {before}, {answer} in row {number}",
                    quote(&who),
                    self.instrument.items[item].id
                )),
                Some(_) => {}
                None => *fact = Some((answer, number)),
            }
        }
    }

    fn finish(
        self,
        table: &str,
        only: Option<&Carry>,
        notes: &mut Vec<Note>,
    ) -> Result<Background, Stop> {
        if !self.wrong.is_empty() {
            let shown = self.wrong.iter().take(50);
            notes.extend(shown.map(|why| Note::new(NoteKind::Error, why.clone()).about(table)));
            let errors = match self.wrong.len() {
                1 => "1 error".to_owned(),
                more => format!("{more} errors"),
            };
            return Err(Stop::wrong(format!("{table}: {errors} in facts about respondents; nothing was scored"))
                .help("correct the rows named above; a fact that differs between occasions is no background"));
        }
        if let Some(Carry { column, value, .. }) = only.filter(|_| self.found.is_empty()) {
            let message = format!("`--carry-from`: no row of {table} has `{value}` in `{column}`");
            return Err(Stop::usage(message));
        }
        let fact = |fact: Option<(f64, u64)>| fact.map(|(answer, _)| answer);
        let facts = self.found.into_iter();
        let facts = facts.map(|(who, facts)| (who, facts.into_iter().map(fact).collect()));
        let ids = self.items.iter().map(|&item| self.instrument.items[item].id.clone()).collect();
        Ok(Background::new(table, (self.items.clone(), ids), facts.collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Carry, EVENT};

    #[test]
    fn the_rows_and_the_items_of_a_carry_are_read() {
        let items = vec!["age".to_owned(), "sex".to_owned()];
        for (text, column, value) in
            [("baseline: age, sex", EVENT, "baseline"), ("visit = 1 :age,sex", "visit", "1")]
        {
            let expected =
                Carry { column: column.to_owned(), value: value.to_owned(), items: items.clone() };
            assert_eq!(Carry::parse(text), Ok(expected), "{text}");
        }
        for text in ["baseline", "baseline:", ": age", "visit=: age", "baseline: age,,sex"] {
            assert!(Carry::parse(text).is_err(), "{text}");
        }
    }
}
