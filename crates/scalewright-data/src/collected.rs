//! What the checks use: counts and moments of all rows, collected in one pass and in bounded memory.

mod equal;
mod group;
mod names;
mod norms;
mod numbers;
mod pairs;
mod patterns;
mod people;
mod repeats;
mod times;

use std::collections::BTreeMap;
use std::path::Path;

use scalewright_model::{Instrument, Note, Stop};
use scalewright_scoring::Program;

use crate::block::Block;
use crate::reading::{Head, ReadAs, Reader, Row, TableAt, Unread, read};
use crate::shape::Shape;

pub(crate) use equal::Match;
pub(crate) use group::{Axis, Group};
pub(crate) use norms::{NormSums, expected};
pub(crate) use numbers::Numbers;
pub(crate) use pairs::Pairs;
pub(crate) use patterns::Patterns;
pub(crate) use people::{People, correlation};
pub(crate) use repeats::Repeats;
pub(crate) use times::{TimeColumns, Times};

/// What the checks use besides the answers.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// Columns whose values divide the rows into groups, such as sites.
    pub by: Vec<String>,
    /// Columns that tell occasions of a respondent from each other. The usual ones if empty.
    pub occasion: Vec<String>,
    /// The column with the time at which a row begins. The usual one if `None`.
    pub start: Option<String>,
    /// The column with the time at which a row ends. The usual one if `None`.
    pub end: Option<String>,
}

/// What was collected from all tables.
pub struct Collected<'a> {
    pub(crate) instrument: &'a Instrument,
    pub(crate) shape: Shape,
    /// The names of the tables.
    pub(crate) tables: Vec<String>,
    /// The column of each item in the first table.
    pub(crate) columns: Vec<String>,
    /// What could not be read, for each table.
    pub(crate) unread: Vec<Unread>,
    /// The number of rows.
    pub(crate) rows: u64,
    /// The groups: first the tables, then the values of each column of `by`.
    pub(crate) axes: Vec<Axis>,
    /// All rows together.
    pub(crate) whole: Group,
    pub(crate) people: People,
    pub(crate) patterns: Patterns,
    pub(crate) repeats: Repeats,
    pub(crate) times: Times,
    pub(crate) norms: NormSums,
}

impl<'a> Collected<'a> {
    /// Reads the tables.
    ///
    /// # Errors
    ///
    /// When a table cannot be read or lacks a column.
    pub fn read(
        from: ReadAs<'a>,
        program: &'a Program,
        tables: &[TableAt],
        wanted: &Columns,
        notes: &mut Vec<Note>,
    ) -> Result<Self, Stop> {
        let shape = Shape::of(from.instrument);
        let mut collected = Self::empty(from.instrument, program, shape, wanted);
        for table in tables {
            collected.tables.push(table.shown.display().to_string());
            let mut part = Part { of: &mut collected, wanted, program, found: Found::default() };
            let unread = read(from, table, &mut part, notes)?;
            collected.unread.push(unread);
        }
        collected.norms.score(program);
        collected.patterns.finish();
        collected.finish(notes);
        Ok(collected)
    }

    fn empty(
        instrument: &'a Instrument,
        program: &Program,
        shape: Shape,
        wanted: &Columns,
    ) -> Self {
        let axes = std::iter::once("file").chain(wanted.by.iter().map(String::as_str));
        Self {
            instrument,
            tables: Vec::new(),
            columns: Vec::new(),
            unread: Vec::new(),
            rows: 0,
            axes: axes.map(|name| Axis::new(name, &shape)).collect(),
            whole: Group::new(&shape),
            people: People::default(),
            patterns: Patterns::new(&shape),
            repeats: Repeats::default(),
            times: Times::default(),
            norms: NormSums::new(instrument, program),
            shape,
        }
    }

    fn finish(&mut self, notes: &mut Vec<Note>) {
        for group in &self.axes[0].groups {
            self.whole.merge(group);
        }
        for axis in &self.axes {
            if axis.beyond > 0 {
                let text = format!(
                    "only the first {} groups of `{}` are compared: {} rows are in others",
                    axis.groups.len(),
                    axis.name,
                    axis.beyond
                );
                notes.push(Note::info(text));
            }
        }
        if self.repeats.is_full || self.patterns.is_full {
            let text =
                "repeated respondents and answers are looked for among the first 1,000,000 only";
            notes.push(Note::info(text));
        }
        if self.times.unknown > 0 {
            let text = format!(
                "{} times are not in the form 2026-01-31 or 2026-01-31T09:30, so their order is not checked",
                self.times.unknown
            );
            notes.push(Note::info(text));
        }
    }

    /// The number of rows.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// A row as messages name it: `r17` or, with several tables, `r17` (`b.csv`).
    pub(crate) fn named(&self, (table, name): &(u32, String)) -> String {
        let shown = scalewright_model::text::quote(name);
        match self.tables.get(*table as usize).filter(|_| self.tables.len() > 1) {
            Some(table) => format!("`{shown}` ({})", short_name(table)),
            None => format!("`{shown}`"),
        }
    }
}

/// The last part of a path.
pub(crate) fn short_name(path: &str) -> &str {
    Path::new(path).file_name().and_then(|name| name.to_str()).unwrap_or(path)
}

/// The columns that a table has, by their positions among the other columns.
#[derive(Default)]
struct Found {
    by: Vec<usize>,
    occasion: Vec<usize>,
    times: TimeColumns,
    has_id: bool,
}

/// The rows of one table, while it is read.
struct Part<'c, 'a> {
    of: &'c mut Collected<'a>,
    wanted: &'c Columns,
    program: &'a Program,
    found: Found,
}

/// The usual names of the columns with the times at which a row begins and ends, in lower case.
const STARTS: [&str; 7] =
    ["start", "start_time", "starttime", "started", "startdate", "start_date", "timestamp_start"];
const ENDS: [&str; 9] = [
    "end",
    "end_time",
    "endtime",
    "ended",
    "enddate",
    "end_date",
    "submitdate",
    "timestamp_end",
    "recordeddate",
];

impl Reader for Part<'_, '_> {
    fn begin(&mut self, head: &Head<'_>) -> Result<(), Stop> {
        if self.of.columns.is_empty() {
            self.of.columns = head.items.to_vec();
        }
        let table = self.of.tables.last().cloned().unwrap_or_default();
        let at = |name: &str| head.others.iter().position(|other| *other == name);
        let need = |option: &str, name: &String| {
            at(name).ok_or_else(|| {
                Stop::usage(format!("`{option} {name}`: {table} has no such column"))
                    .help(format!("the columns that are no items are {}", list(&head.others)))
            })
        };
        let all = |option: &str, names: &[String]| -> Result<Vec<usize>, Stop> {
            names.iter().map(|name| need(option, name)).collect()
        };
        let usual = |names: &[&str]| {
            let is_usual = |other: &&str| names.contains(&other.to_lowercase().as_str());
            head.others.iter().position(is_usual)
        };
        let wanted = self.wanted;
        let start = wanted.start.as_ref().map(|name| need("--start", name)).transpose()?;
        let end = wanted.end.as_ref().map(|name| need("--end", name)).transpose()?;
        let occasion = match wanted.occasion.is_empty() {
            true => head.occasion.iter().filter_map(|name| at(name)).collect(),
            false => all("--occasion", &wanted.occasion)?,
        };
        let times = TimeColumns {
            start: start.or_else(|| usual(&STARTS)),
            end: end.or_else(|| usual(&ENDS)),
            session: at("session"),
            date: at("date"),
        };
        self.found =
            Found { by: all("--by", &wanted.by)?, occasion, times, has_id: head.id.is_some() };
        Ok(())
    }

    fn block(&mut self, block: &Block<'_>) {
        let (of, found) = (&mut *self.of, &self.found);
        let file = of.tables.last().map_or("", String::as_str);
        of.axes[0].add(&|_| file, block, &of.shape);
        for (axis, &column) in of.axes[1..].iter_mut().zip(&found.by) {
            axis.add(&|row| (block.other)(row, column), block, &of.shape);
        }
    }

    fn row(&mut self, row: &Row<'_>) {
        let (of, found) = (&mut *self.of, &self.found);
        let table = u32::try_from(of.tables.len().saturating_sub(1)).unwrap_or(u32::MAX);
        let name = || (table, row.respondent.to_owned());
        of.rows += 1;
        of.people.add(row, &of.shape, &name);
        of.patterns.add(row, &of.shape, table);
        if found.has_id {
            let occasion: Vec<&str> = found.occasion.iter().map(|&at| row.others[at]).collect();
            of.repeats.add(row.respondent, &occasion, &name);
        }
        of.times.add(row, &found.times, &name);
        of.norms.add(row, self.program);
    }
}

/// The first names of a list.
pub(crate) fn list(names: &[&str]) -> String {
    let shown: Vec<String> = names
        .iter()
        .take(8)
        .map(|name| format!("`{}`", scalewright_model::text::quote(name)))
        .collect();
    match names.len().saturating_sub(8) {
        0 if shown.is_empty() => "none".to_owned(),
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Counts by text, for columns with few values.
pub(crate) type Counts<K> = BTreeMap<K, u64>;
