//! Reads the rows of a long table into memory: the answers to items of the definition, and what else there is.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use scalewright_model::Instrument;
use scalewright_model::text::line;

use super::batch::{self, BadRow, Fault};
use super::long_columns::LongAt;
use super::long_rows::LongRows;
use super::long_texts::Interned;
use super::map_file::Map;
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
pub(super) struct Answer {
    pub(super) row: u32,
    pub(super) item: u32,
    pub(super) line: u32,
    pub(super) text: u32,
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
pub(super) struct Found {
    pub(super) answers: Vec<Answer>,
    pub(super) texts: Interned,
    pub(super) rows: Vec<(u32, u32)>,
    pub(super) faults: Vec<Fault>,
    seen: BTreeSet<usize>,
    others: BTreeSet<String>,
    of_others: u64,
}

impl Found {
    /// Reads all rows.
    pub(super) fn read(
        name: &str,
        rows: &mut dyn LongRows,
        at: LongAt,
        (instrument, map): (&Instrument, &Map),
    ) -> Result<Self, Stop> {
        let items = items_by_name(instrument, map);
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

    /// Checks that every item is in some row: a misspelt item must not count as missing for everybody.
    pub(super) fn all_seen(
        &self,
        name: &str,
        (column, instrument, map): (&str, &Instrument, &Map),
    ) -> Result<(), Stop> {
        let lost: Vec<&str> = instrument
            .items
            .iter()
            .enumerate()
            .filter(|(at, _)| !self.seen.contains(at))
            .map(|(_, item)| map.column(&item.id))
            .collect();
        if lost.is_empty() {
            return Ok(());
        }
        let shown: Vec<String> = lost.iter().take(6).map(|lost| format!("`{lost}`")).collect();
        let more =
            if lost.len() > 6 { format!(" and {} more", lost.len() - 6) } else { String::new() };
        let others: Vec<String> =
            self.others.iter().take(SHOWN).map(|other| format!("`{}`", line(other))).collect();
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
        .help(format!(
            "if nobody was asked this item, add a row with an empty answer for it{others}"
        )))
    }

    /// The notes on what is not used.
    pub(super) fn notes(&self, name: &str, header: &[String], at: LongAt) -> Vec<String> {
        let mut notes = Vec::new();
        if self.of_others > 0 {
            let shown: Vec<String> =
                self.others.iter().take(SHOWN).map(|other| format!("`{}`", line(other))).collect();
            let more = if self.others.len() > SHOWN { " and others" } else { "" };
            let (answers, are) = match self.of_others {
                1 => ("answer", "is"),
                _ => ("answers", "are"),
            };
            notes.push(format!(
            "{name}: {} {answers} to items that the definition does not have {are} not scored: {}{more}",
            self.of_others,
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
