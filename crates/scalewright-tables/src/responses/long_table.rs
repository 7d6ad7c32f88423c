//! Reads tables with one answer per row, such as those of the Item Response Warehouse: `id, item, resp`.
//!
//! The rows may have any order. All answers to items of the definition are kept in memory, 16 bytes for each, and every
//! text only once. Then they are sorted by respondent, in the order in which respondents first appear.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use scalewright_model::Instrument;
use scalewright_model::text::line;

use super::answer::Given;
use super::batch::{self, BadRow, Batch, Fault};
use super::long_columns::{LongAt, LongColumns};
use super::long_rows::LongRows;
use super::long_texts::Interned;
use super::map_file::Map;
use super::plan::Plan;
use super::row_reader::RowReader;
use crate::Stop;

/// The most answers of a table.
const MOST: usize = 20_000_000;
/// The most respondents, each counted once for each occasion.
const MOST_ROWS: usize = 5_000_000;
/// The most faults of whole rows that are kept.
const FAULTS: usize = 10_000;
/// At most this many names of other items are kept, and this many are shown.
const OTHERS: usize = 1000;
const SHOWN: usize = 5;

/// An answer: the row of its respondent, the index of its item, the index of its text, and its line.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Answer {
    row: u32,
    item: u32,
    line: u32,
    text: u32,
}

/// A long table.
pub(super) struct LongTable {
    /// The name of the column of respondents, then the columns of the items.
    columns: Vec<String>,
    /// The name of the column that distinguishes occasions, if there is one.
    kept: Vec<String>,
    answers: Vec<Answer>,
    texts: Interned,
    /// The respondent and the session of each row, as texts.
    rows: Vec<(u32, u32)>,
    next_row: u32,
    next_answer: usize,
    faults: Vec<Fault>,
    notes: Vec<String>,
    bytes: u64,
}

/// The items by the names that a long table has for them.
fn items_by_name(instrument: &Instrument, map: &Map) -> BTreeMap<String, Option<usize>> {
    let mut items: BTreeMap<String, Option<usize>> = BTreeMap::new();
    for (at, item) in instrument.items.iter().enumerate() {
        items.insert(map.column(&item.id).to_owned(), Some(at));
    }
    let ids: BTreeSet<String> = items.keys().cloned().collect();
    for (at, item) in instrument.items.iter().enumerate().filter(|(_, item)| !map.names(&item.id)) {
        for code in item.codes.iter().filter(|code| !ids.contains(&code.code)) {
            let same = items.entry(code.code.clone()).or_insert(Some(at));
            // A code of two items names neither.
            if *same != Some(at) {
                *same = None;
            }
        }
    }
    items
}

/// What reading the rows finds.
struct Found {
    answers: Vec<Answer>,
    texts: Interned,
    rows: Vec<(u32, u32)>,
    faults: Vec<Fault>,
    seen: BTreeSet<usize>,
    others: BTreeSet<String>,
    of_others: u64,
}

impl LongTable {
    /// Reads a table.
    ///
    /// # Errors
    ///
    /// When a column is missing, an item is in no row, or the table has too many answers.
    pub(super) fn open(
        name: &str,
        mut rows: Box<dyn LongRows>,
        columns: &LongColumns,
        (instrument, map): (&Instrument, &Map),
    ) -> Result<Self, Stop> {
        let header = rows.columns().to_vec();
        let at = columns.find(name, &header)?;
        let found = read(name, rows.as_mut(), at, &items_by_name(instrument, map))?;
        all_seen(name, &found, (&header[at.item], instrument, map))?;
        let notes = notes(name, &found, &header, at);
        let items = instrument.items.iter().map(|item| map.column(&item.id).to_owned());
        let Found { mut answers, texts, rows: respondents, faults, .. } = found;
        answers.sort_unstable();
        Ok(Self {
            columns: std::iter::once(header[at.id].clone()).chain(items).collect(),
            kept: at.session.iter().map(|at| header[*at].clone()).collect(),
            answers,
            texts,
            rows: respondents,
            next_row: 0,
            next_answer: 0,
            faults,
            notes,
            bytes: rows.progress(),
        })
    }

    /// Adds the next respondent to the batch, or the faults of the answers.
    fn add(&mut self, plan: &Plan<'_>, batch: &mut Batch) {
        let row = self.next_row;
        let begin = self.next_answer;
        let rest = &self.answers[begin..];
        let own = &rest[..rest.partition_point(|answer| answer.row == row)];
        (self.next_row, self.next_answer) = (row + 1, begin + own.len());
        let (id, session) = self.rows[row as usize];
        let id = self.texts.get(id);
        let mut faults = Vec::new();
        let mut answers = vec![None; plan.cells.len()];
        for same in own.chunk_by(|one, other| one.item == other.item) {
            let item = same[0].item as usize;
            match self.answer(same, plan, item) {
                Ok(answer) => answers[item] = answer,
                Err((at, why)) => {
                    let bad = BadRow::new(u64::from(row) + 1, Some(u64::from(at.line)), id);
                    faults.push(bad.fault(&plan.names[item], self.texts.get(at.text), why));
                }
            }
        }
        if !faults.is_empty() {
            return batch.faults.append(&mut faults);
        }
        batch.numbers.push(u64::from(row) + 1);
        if plan.id.is_some() {
            batch.ids.push(id);
        }
        // Other columns are not kept, because they may differ between the rows of a respondent.
        for (at, kept) in batch.kept.iter_mut().enumerate() {
            kept.push(if at < self.kept.len() { self.texts.get(session) } else { "" });
        }
        for (column, answer) in batch.responses.items.iter_mut().zip(answers) {
            column.push(answer);
        }
        batch.responses.rows += 1;
    }

    /// The answer to an item in one or several rows.
    fn answer(
        &self,
        same: &[Answer],
        plan: &Plan<'_>,
        item: usize,
    ) -> Result<Option<f64>, (Answer, String)> {
        let cells = &plan.cells[item];
        // Several choices have a row each.
        if cells.takes_several() {
            let texts: Vec<&str> = same.iter().map(|answer| self.texts.get(answer.text)).collect();
            return cells.code(Given::Text(&texts.join(";"))).map_err(|why| (same[0], why));
        }
        if let Some(other) = same.iter().find(|answer| answer.text != same[0].text) {
            let why = format!(
                "is a second answer: line {} has `{}`; if the rows are of different occasions, name their column: `--long session=COLUMN`",
                same[0].line,
                batch::short(self.texts.get(same[0].text))
            );
            return Err((*other, why));
        }
        cells.code(Given::Text(self.texts.get(same[0].text))).map_err(|why| (same[0], why))
    }
}

/// Reads all rows.
fn read(
    name: &str,
    rows: &mut dyn LongRows,
    at: LongAt,
    items: &BTreeMap<String, Option<usize>>,
) -> Result<Found, Stop> {
    let mut found = Found {
        answers: Vec::new(),
        texts: Interned::default(),
        rows: Vec::new(),
        faults: Vec::new(),
        seen: BTreeSet::new(),
        others: BTreeSet::new(),
        of_others: 0,
    };
    let mut respondents: HashMap<(u32, u32), u32> = HashMap::new();
    let mut last = None;
    while rows.next()? {
        let number = rows.line();
        if let Some(why) = rows.fault() {
            if found.faults.len() < FAULTS {
                found.faults.push(BadRow::new(number, Some(number), "").fault("", "", why));
            }
            continue;
        }
        let item = rows.text(at.item);
        let Some(Some(item)) = items.get(item.trim()) else {
            found.of_others += 1;
            if found.others.len() < OTHERS && !found.others.contains(item.trim()) {
                found.others.insert(batch::short(item.trim()));
            }
            continue;
        };
        found.seen.insert(*item);
        let id = found.texts.add(rows.text(at.id).trim());
        let session = at.session.map(|at| rows.text(at));
        let session = found.texts.add(session.as_deref().unwrap_or_default().trim());
        let text = found.texts.add(rows.text(at.answer).trim());
        let row = match last {
            Some((key, row)) if key == (id, session) => row,
            _ => {
                let next = index(found.rows.len());
                let row = *respondents.entry((id, session)).or_insert(next);
                if row == next {
                    found.rows.push((id, session));
                }
                row
            }
        };
        last = Some(((id, session), row));
        let line = u32::try_from(number).unwrap_or(u32::MAX);
        found.answers.push(Answer { row, item: index(*item), line, text });
        let is_full = found.answers.len() > MOST || found.rows.len() > MOST_ROWS;
        if is_full || found.texts.is_full() {
            return Err(too_long(name));
        }
    }
    Ok(found)
}

/// An index, all of which are below the maximum numbers of answers and items.
fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn too_long(name: &str) -> Stop {
    Stop::wrong(format!(
        "{name}: the long table has more than 20,000,000 answers, 5,000,000 respondents, or 256 MiB of different texts"
    ))
    .help("divide it into several files with different respondents, or convert it to one row per respondent")
}

/// Checks that every item is in some row: a misspelt item must not count as missing for everybody.
fn all_seen(
    name: &str,
    found: &Found,
    (column, instrument, map): (&str, &Instrument, &Map),
) -> Result<(), Stop> {
    let lost: Vec<&str> = instrument
        .items
        .iter()
        .enumerate()
        .filter(|(at, _)| !found.seen.contains(at))
        .map(|(_, item)| map.column(&item.id))
        .collect();
    if lost.is_empty() {
        return Ok(());
    }
    let shown: Vec<String> = lost.iter().take(6).map(|lost| format!("`{lost}`")).collect();
    let more = if lost.len() > 6 { format!(" and {} more", lost.len() - 6) } else { String::new() };
    let others: Vec<String> =
        found.others.iter().take(SHOWN).map(|other| format!("`{}`", line(other))).collect();
    let others = match others.is_empty() {
        true => String::new(),
        false => format!(
            "; it also has {}, which may be mapped to items with `--map`",
            others.join(", ")
        ),
    };
    Err(Stop::wrong(format!(
        "{name}: no row has {}{more} in the column `{}`",
        shown.join(", "),
        line(column)
    ))
    .help(format!("if nobody was asked this item, add a row with an empty answer for it{others}")))
}

fn notes(name: &str, found: &Found, header: &[String], at: LongAt) -> Vec<String> {
    let mut notes = Vec::new();
    if found.of_others > 0 {
        let shown: Vec<String> =
            found.others.iter().take(SHOWN).map(|other| format!("`{}`", line(other))).collect();
        let more = if found.others.len() > SHOWN { " and others" } else { "" };
        let (answers, are) = match found.of_others {
            1 => ("answer", "is"),
            _ => ("answers", "are"),
        };
        notes.push(format!(
            "{name}: {} {answers} to items that the definition does not have {are} not scored: {}{more}",
            found.of_others,
            shown.join(", ")
        ));
    }
    let used = [Some(at.id), Some(at.item), Some(at.answer), at.session];
    let unused: Vec<String> = (0..header.len())
        .filter(|column| !used.contains(&Some(*column)))
        .map(|column| format!("`{}`", line(&header[column])))
        .collect();
    if !unused.is_empty() {
        let more = unused.len().saturating_sub(8);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let shown = &unused[..unused.len().min(8)];
        notes.push(format!(
            "{name}: columns of the long table that are not used: {}{more}",
            shown.join(", ")
        ));
    }
    notes
}

impl RowReader for LongTable {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn kept(&self) -> &[String] {
        &self.kept
    }

    fn occasion(&self) -> &[usize] {
        if self.kept.is_empty() { &[] } else { &[0] }
    }

    fn fill(&mut self, plan: &mut Plan<'_>, batch: &mut Batch) -> Result<bool, Stop> {
        batch.faults.append(&mut self.faults);
        let portion = batch::portion(plan.cells.len());
        while !batch.has_rows(portion) {
            if self.next_row as usize == self.rows.len() {
                return Ok(false);
            }
            self.add(plan, batch);
        }
        Ok(true)
    }

    fn notes(&self) -> Vec<String> {
        self.notes.clone()
    }

    fn progress(&self) -> u64 {
        self.bytes
    }
}
