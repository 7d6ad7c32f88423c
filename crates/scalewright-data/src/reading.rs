//! Reads tables row by row for the checks. Answers that the definition refuses are collected, not left out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use scalewright_model::{Instrument, ItemIx, Note, ResponseKind, Stop};
use scalewright_scoring::Column;
use scalewright_tables::{
    Batch, Fault, Keep, KeptColumns, Opened, Plan, Reading, TableInput, open,
};

use crate::block::Block;
use crate::loose::{Refused, loosened};
use crate::moments::Cells;

/// A file with a table. It may be read more than once.
#[derive(Debug, Clone)]
pub struct TableAt {
    /// The name in messages, whose ending shows the format.
    pub shown: PathBuf,
    /// The full path.
    pub path: PathBuf,
}

/// How tables are read: the definition of the items, and the options.
#[derive(Clone, Copy)]
pub struct ReadAs<'a> {
    /// The definition.
    pub instrument: &'a Instrument,
    /// The options.
    pub reading: &'a Reading,
    /// The folder of relative paths in the options.
    pub cwd: &'a Path,
}

/// A row of a table.
pub(crate) struct Row<'a> {
    /// The number of the row, from 1.
    pub(crate) number: u64,
    /// The respondent; the number of the row if no column names respondents.
    pub(crate) respondent: &'a str,
    /// The answer of each item as coded in the table; NaN if there is none.
    pub(crate) raw: &'a [f64],
    /// The answers that the definition accepts and scores; NaN for others.
    pub(crate) valid: &'a [f64],
    /// The cells of the other columns. An empty text is no cell.
    pub(crate) others: &'a [&'a str],
}

/// What is known about a table before its rows.
pub(crate) struct Head<'a> {
    /// The column of each item.
    pub(crate) items: &'a [String],
    /// The column that names the respondent. `None` if rows have only numbers.
    pub(crate) id: Option<&'a str>,
    /// The names of the other columns.
    pub(crate) others: Vec<&'a str>,
    /// The names of all columns, in the order of the table.
    pub(crate) columns: Vec<&'a str>,
    /// The columns that usually tell occasions of a respondent from each other.
    pub(crate) occasion: Vec<String>,
}

/// Receives the rows of a table.
pub(crate) trait Reader {
    /// Begins a table.
    ///
    /// # Errors
    ///
    /// When the table lacks a column that is needed.
    fn begin(&mut self, head: &Head<'_>) -> Result<(), Stop>;
    /// Adds rows column by column, before they are added one by one.
    fn block(&mut self, _: &Block<'_>) {}
    /// Adds a row.
    fn row(&mut self, row: &Row<'_>);
}

/// What could not be read as answers.
#[derive(Debug, Default, Clone)]
pub(crate) struct Unread {
    /// The refused contents of cells.
    pub(crate) refused: Refused,
    /// The first rows that could not be read at all, as messages.
    pub(crate) rows: Vec<String>,
    /// The number of rows that could not be read.
    pub(crate) count: u64,
    /// The rows that are not seen because of a content that no looser definition accepts.
    pub(crate) lost: BTreeSet<u64>,
    /// The first refused cells: the content by the row and the item.
    pub(crate) cells: BTreeMap<(u64, usize), String>,
}

/// The most passes over a table. Two are enough unless a reader reports only the first fault of a row.
const PASSES: usize = 4;
/// The most unreadable rows that are shown.
const SHOWN: usize = 5;
/// The most refused cells whose content is stored.
const CELLS: usize = 200_000;

/// Reads a table to the end: first to find what the definition refuses, then to read the rows. Notes are added to
/// `notes`.
///
/// # Errors
///
/// When the table cannot be read, or a column is missing.
pub(crate) fn read(
    from: ReadAs<'_>,
    table: &TableAt,
    reader: &mut dyn Reader,
    notes: &mut Vec<Note>,
) -> Result<Unread, Stop> {
    let mut unread = Unread::default();
    for _ in 1..PASSES {
        if !pass(from, table, &mut unread, None, &mut Vec::new())? {
            break;
        }
    }
    pass(from, table, &mut unread, Some(reader), notes)?;
    if !unread.lost.is_empty() {
        let rows = unread.lost.len();
        let text = format!(
            "{rows} rows have a content that cannot be taken as missing, so their other answers are not seen"
        );
        notes.push(Note::info(text).about(table.shown.display().to_string()));
    }
    Ok(unread)
}

/// Reads a table once, with what earlier passes refused. Returns whether anything new was refused, so that another pass
/// can read more.
fn pass(
    from: ReadAs<'_>,
    table: &TableAt,
    unread: &mut Unread,
    mut reader: Option<&mut dyn Reader>,
    notes: &mut Vec<Note>,
) -> Result<bool, Stop> {
    let loose = loosened(from.instrument, &unread.refused);
    let mut opened = opened(from, table, (&loose, &unread.refused), notes)?;
    // Columns are used by name, so no note says that they are written beside scores.
    let mut plan = opened.plan(KeptColumns::Chosen(&Keep::default()), &loose, &mut Vec::new())?;
    if let Some(reader) = &mut reader {
        reader.begin(&head(&opened, &plan, from.instrument))?;
    }
    (unread.rows, unread.count, unread.lost) = (Vec::new(), 0, BTreeSet::new());
    let items = 0..from.instrument.items.len();
    let strict: Vec<Strict<'_>> = items.map(|at| Strict::of(from.instrument, at)).collect();
    let (mut is_new, mut more) = (false, true);
    let mut batch = opened.batch(&plan);
    while more {
        batch.clear();
        more = opened.fill(&mut plan, &mut batch)?;
        for fault in &batch.faults {
            is_new |= refuse(unread, fault, plan.item_columns());
        }
        if let Some(reader) = &mut reader {
            rows(&batch, &strict, plan.id_name() != "row", *reader);
        }
    }
    opened.end(&mut plan)?;
    notes.extend(opened.notes());
    Ok(is_new)
}

/// Opens a table. The texts that the definition refuses are taken as missing, if the format and the other answers
/// allow it.
fn opened(
    from: ReadAs<'_>,
    table: &TableAt,
    (loose, refused): (&Instrument, &Refused),
    notes: &mut Vec<Note>,
) -> Result<Opened, Stop> {
    let input = || TableInput::File { shown: table.shown.clone(), path: table.path.clone() };
    let texts = refused.texts(from.instrument);
    if !texts.is_empty() {
        let mut reading = from.reading.clone();
        reading.missing_codes.extend(texts);
        let mut said = Vec::new();
        if let Ok(opened) = open(input(), &reading, loose, from.cwd, &mut said) {
            let silent = KeptColumns::Chosen(&Keep::default());
            // A text may be an answer to another item, and then it cannot be missing.
            if opened.plan(silent, loose, &mut Vec::new()).is_ok() {
                notes.extend(said);
                return Ok(opened);
            }
        }
    }
    open(input(), from.reading, loose, from.cwd, notes)
}

fn head<'h>(opened: &'h Opened, plan: &'h Plan<'_>, instrument: &Instrument) -> Head<'h> {
    let named = opened.columns().contains(&plan.id_name());
    let mut occasion = opened.usual_occasion(instrument);
    // These distinguish the events and repeats of a record.
    for name in ["redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance"] {
        occasion.extend(opened.columns().contains(&name).then(|| name.to_owned()));
    }
    Head {
        items: plan.item_columns(),
        id: named.then(|| plan.id_name()),
        others: opened.kept(plan),
        columns: opened.columns(),
        occasion,
    }
}

/// Records a fault. Returns whether another pass with looser rules can read the row.
fn refuse(unread: &mut Unread, fault: &Fault, columns: &[String]) -> bool {
    let item = columns.iter().position(|column| *column == fault.column);
    let Some(item) = item.filter(|_| !fault.column.is_empty() && !fault.concerns_all()) else {
        unread.count += 1;
        if unread.rows.len() < SHOWN {
            unread.rows.push(fault.text());
        }
        return false;
    };
    if unread.lost.len() < CELLS {
        unread.lost.insert(fault.row);
    }
    let is_new = unread.refused.add(item, &fault.value, &fault.reason);
    let place = (fault.row, item);
    if unread.cells.len() < CELLS {
        unread.cells.entry(place).or_insert_with(|| fault.value.clone());
    }
    is_new
}

fn rows(batch: &Batch, strict: &[Strict<'_>], named: bool, reader: &mut dyn Reader) {
    let columns = &batch.responses.items;
    let scored: Vec<Cells> =
        columns.iter().zip(strict).map(|(column, strict)| strict.cells(column)).collect();
    let other = |row: usize, column: usize| batch.kept[column].get(row).unwrap_or_default();
    let rows = batch.responses.rows;
    reader.block(&Block { rows, raw: columns, valid: &scored, other: &other });
    let (mut raw, mut valid) = (vec![f64::NAN; columns.len()], vec![f64::NAN; columns.len()]);
    for row in 0..rows {
        for (at, (column, scored)) in columns.iter().zip(&scored).enumerate() {
            raw[at] = column.get(row).unwrap_or(f64::NAN);
            valid[at] = scored.get(row).unwrap_or(f64::NAN);
        }
        let others: Vec<&str> = (0..batch.kept.len()).map(|column| other(row, column)).collect();
        let number = batch.numbers[row];
        let respondent = if named { batch.respondent(row) } else { number.to_string().into() };
        let (raw, valid) = (&raw, &valid);
        reader.row(&Row { number, respondent: &respondent, raw, valid, others: &others });
    }
}

/// The answers of an item that are scored.
struct Strict<'a> {
    rule: StrictRule<'a>,
    /// The same for each code of one byte.
    codes: Box<[Option<i16>; 256]>,
}

/// Which answers of an item are scored.
enum StrictRule<'a> {
    /// These values.
    Values(Vec<f64>),
    /// Numbers between these two.
    Between(f64, f64),
    /// What the response scale accepts.
    Kind(&'a scalewright_model::ResponseScale),
}

impl<'a> Strict<'a> {
    fn of(instrument: &'a Instrument, item: usize) -> Self {
        let rule = StrictRule::of(instrument, item);
        let mut codes = Box::new([None; 256]);
        for code in (i8::MIN..=i8::MAX).filter(|code| *code != Column::MISSING_CODE) {
            let is_scored = rule.scores(f64::from(code));
            codes[usize::from(code.cast_unsigned())] = is_scored.then(|| i16::from(code));
        }
        Self { rule, codes }
    }

    /// The answers of a column that are scored.
    fn cells(&self, column: &Column) -> Cells {
        match column.codes() {
            Some(codes) => Cells::of_codes(codes, &self.codes),
            None => Cells::of_numbers(
                (0..column.len())
                    .map(|row| column.get(row).filter(|answer| self.rule.scores(*answer))),
            ),
        }
    }
}

impl<'a> StrictRule<'a> {
    fn of(instrument: &'a Instrument, item: usize) -> Self {
        let scale = instrument.response(ItemIx(item));
        match scale.scored_values() {
            Some(values) => Self::Values(values.iter().map(|value| value.number()).collect()),
            // A number with many decimals is no answer, but it says what was measured.
            None if matches!(scale.kind, ResponseKind::Numeric { .. }) => {
                scale.limits().map_or(Self::Kind(scale), |(low, high)| Self::Between(low, high))
            }
            None => Self::Kind(scale),
        }
    }

    fn scores(&self, answer: f64) -> bool {
        match self {
            _ if answer.is_nan() => false,
            Self::Values(values) => values.contains(&answer),
            Self::Between(low, high) => (*low..=*high).contains(&answer),
            // The choices among several options are recorded as one number, which is not an option.
            Self::Kind(scale) => !scale.options().is_empty() || scale.accepts(answer).is_ok(),
        }
    }
}
