//! Facts about respondents, such as age and sex, that the rows to be scored do not state themselves: another row of the same
//! respondent does, or another table.
//!
//! A fact is taken where it is declared to be, and never guessed: a respondent with two values is refused.

use std::collections::BTreeMap;
use std::path::PathBuf;

use scalewright_model::text::quote;
use scalewright_model::{Instrument, ItemIx, ResponseKind, date_of, did_you_mean};

use crate::{Note, NoteKind, Stop};

use super::ages::Ages;
use super::background_from::{BackgroundFrom, Carry};
use super::batch::Batch;
use super::facts::Background;
use super::kept::ExtraColumn;
use super::open::{Among, TableInput, table};
use super::opened::{Opened, Reading};
use super::plan::Plan;

/// At most this many respondents are stored.
const MOST: usize = 5_000_000;

/// The facts while they are read.
struct Facts<'a> {
    instrument: &'a Instrument,
    items: Vec<usize>,
    /// The date of birth, and the position of its column among the kept ones, if it is a fact that is needed.
    birth: Option<(&'a Ages, usize)>,
    /// For each respondent, each answer with its row; after the answers the date of birth.
    found: BTreeMap<String, Vec<Option<(f64, u64)>>>,
    wrong: Vec<String>,
}

impl BackgroundFrom {
    /// Reads the facts for the items of an instrument, which is one of `all`. `of` is the table to be scored, and `declared`
    /// what messages call the declaration. `None` if the instrument needs none of them.
    ///
    /// # Errors
    ///
    /// When the rows or the table cannot be read, or a respondent has two values.
    pub(crate) fn read(
        &self,
        of: &Opened,
        (among, reading): (Among<'_>, &Reading),
        declared: &str,
        notes: &mut Vec<Note>,
    ) -> Result<Option<Background>, Stop> {
        let (instrument, mut own) = (among.instrument, Vec::new());
        let (opened, only, items) = match self {
            Self::Rows(carry) => {
                let items = named(carry, among, (of.ages.as_ref(), declared))?;
                let path = of.path.clone().ok_or_else(|| {
                    let message =
                        format!("{declared} reads the table twice, but standard input only once");
                    Stop::usage(message).help("write it to a file first")
                })?;
                let shown = PathBuf::from(&of.name);
                let from = TableInput::File { shown, path };
                let opened = table(from, reading, among, &mut own)?;
                (opened, Some((carry, declared)), items)
            }
            Self::Table { shown, path, by } => {
                let from = TableInput::File { shown: shown.clone(), path: path.clone() };
                let id_column = by.clone().or_else(|| reading.id_column.clone());
                let missing_codes = reading.missing_codes.clone();
                let meaning = reading.meaning.clone();
                let reading = Reading { id_column, missing_codes, meaning, ..Reading::default() };
                let alone = Among { all: &[instrument], ..among };
                let opened = table(from, &reading, alone, &mut own)?;
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
        let birth = of.ages.as_ref().filter(|ages| match only {
            Some((carry, _)) => carry.items.iter().any(|item| item == ages.birth()),
            None => opened.reader.columns().iter().any(|column| column == ages.birth()),
        });
        if items.is_empty() && birth.is_none() {
            return Ok(None);
        }
        facts((opened, birth), only, (instrument, items), notes).map(Some)
    }
}

/// The items that `carry` names, of those of the instrument. It may also name the column with the date of birth.
fn named(
    carry: &Carry,
    among: Among<'_>,
    (ages, declared): (Option<&Ages>, &str),
) -> Result<Vec<usize>, Stop> {
    for id in &carry.items {
        let of_all = || among.all.iter().flat_map(|instrument| &instrument.items);
        let facts = || of_all().filter(|item| item.background).map(|item| item.id.as_str());
        if !of_all().any(|item| item.id == *id) {
            if ages.is_some_and(|ages| ages.birth() == id) {
                continue;
            }
            let stop = Stop::usage(format!("{declared}: there is no item `{id}`"));
            return Err(match did_you_mean(id, facts()) {
                Some(help) => stop.help(help),
                None => stop,
            });
        }
        if !facts().any(|known| known == id) {
            let message = format!(
                "{declared}: `{id}` is not a fact about the respondent: its answer belongs to its own row"
            );
            return Err(Stop::usage(message)
                .help("only items with `background = true` count for other rows"));
        }
    }
    let instrument = among.instrument;
    let is_named = |index: &usize| carry.items.contains(&instrument.items[*index].id);
    Ok((0..instrument.items.len()).filter(is_named).collect())
}

/// The rows that state the facts, and what messages call their declaration. `None` if all rows do.
type Only<'a> = Option<(&'a Carry, &'a str)>;

/// Reads the facts of all respondents of a table. With `only`, other rows are not read.
fn facts(
    (mut table, birth): (Opened, Option<&Ages>),
    only: Only<'_>,
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
    let at = only.map(|(carry, declared)| column(&table, &mut plan, &carry.column, declared));
    let at = at.transpose()?;
    let birth = match birth {
        None => None,
        Some(ages) => Some((ages, column(&table, &mut plan, ages.birth(), "`--birth`")?)),
    };
    let mut facts = Facts { instrument, items, birth, found: BTreeMap::new(), wrong: Vec::new() };
    let mut batch = table.batch(&plan);
    let mut more = true;
    while more {
        batch.clear();
        more = table.reader.fill(&mut plan, &mut batch)?;
        facts.wrong.extend(batch.faults.iter().map(|fault| fault.text()));
        for row in 0..batch.numbers.len() {
            let value = at.and_then(|at| batch.kept[at].get(row));
            if only.is_none_or(|(carry, _)| value == Some(carry.value.as_str())) {
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

/// The position among the kept columns of a column that is no item: the one that distinguishes rows, or the date of birth.
fn column(
    table: &Opened,
    plan: &mut Plan<'_>,
    column: &str,
    declared: &str,
) -> Result<usize, Stop> {
    let own = table.reader.kept();
    let planned = plan.kept.iter().position(|kept| kept.name == column);
    let known = own.iter().position(|kept| kept == column);
    if let Some(at) = known.or_else(|| planned.map(|at| own.len() + at)) {
        return Ok(at);
    }
    let columns = table.reader.columns();
    let at = columns.iter().position(|name| name == column);
    if at.is_none() && !table.reader.may_grow() {
        let stop = Stop::usage(format!("{declared}: {} has no column `{column}`", table.name));
        return Err(match did_you_mean(column, columns.iter().map(String::as_str)) {
            Some(help) => stop.help(help),
            None => {
                stop.help("name the column of the event: `--carry-from \"visit=baseline: age\"`, or `column` under `[background]`")
            }
        });
    }
    plan.kept.push(ExtraColumn { column: at, name: column.to_owned() });
    Ok(own.len() + plan.kept.len() - 1)
}

impl Facts<'_> {
    /// Adds the facts of a row. A blank is no fact.
    fn add(&mut self, batch: &Batch, row: usize) {
        let who = batch.respondent(row);
        if who.trim().is_empty() {
            return;
        }
        let number = batch.numbers[row];
        let mut stated: Vec<Option<f64>> =
            self.items.iter().map(|&item| batch.responses.items[item].get(row)).collect();
        if let Some((ages, at)) = self.birth {
            stated.push(ages.born(batch.kept[at].get(row)).unwrap_or_else(|why| {
                self.wrong.push(format!("row {number}, column `{}`: {why}", quote(ages.birth())));
                None
            }));
        }
        let known = self.found.entry(who.to_string()).or_insert_with(|| vec![None; stated.len()]);
        let mut twice = Vec::new();
        for (at, (fact, answer)) in known.iter_mut().zip(stated).enumerate() {
            let Some(answer) = answer else { continue };
            match *fact {
                Some((known, before)) if known != answer => {
                    twice.push((at, (known, before), answer))
                }
                Some(_) => {}
                None => *fact = Some((answer, number)),
            }
        }
        for (at, (known, before), answer) in twice {
            let text = format!(
                "respondent `{}` has two values of `{}`: {} in row {before}, {} in row {number}",
                quote(&who),
                self.name(at),
                self.shown(at, known),
                self.shown(at, answer),
            );
            self.wrong.push(text);
        }
    }

    /// What the fact at a position is called: the id of the item, or the column with the date of birth.
    fn name(&self, at: usize) -> &str {
        match (self.items.get(at), self.birth) {
            (Some(&item), _) => &self.instrument.items[item].id,
            (None, Some((ages, _))) => ages.birth(),
            (None, None) => "",
        }
    }

    /// A fact as the table has it.
    fn shown(&self, at: usize, fact: f64) -> String {
        let is_date = self
            .items
            .get(at)
            .is_none_or(|&item| self.instrument.response(ItemIx(item)).kind == ResponseKind::Date);
        date_of(fact).filter(|_| is_date).unwrap_or_else(|| fact.to_string())
    }

    fn finish(
        self,
        table: &str,
        only: Only<'_>,
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
        if let Some((Carry { column, value, .. }, declared)) =
            only.filter(|_| self.found.is_empty())
        {
            let message = format!("{declared}: no row of {table} has `{value}` in `{column}`");
            return Err(Stop::usage(message));
        }
        let fact = |fact: Option<(f64, u64)>| fact.map(|(answer, _)| answer);
        let facts = self.found.into_iter();
        let facts = facts.map(|(who, facts)| (who, facts.into_iter().map(fact).collect()));
        let ids = self.items.iter().map(|&item| self.instrument.items[item].id.clone()).collect();
        Ok(Background::new(table, (self.items.clone(), ids), facts.collect())
            .with_births(self.birth.is_some()))
    }
}
