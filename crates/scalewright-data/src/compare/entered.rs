//! One of two tables: its rows by respondent and occasion, with the content of every cell.

use std::collections::BTreeMap;

use scalewright_model::text::quote;
use scalewright_model::{Instrument, ItemIx, Note, ResponseKind, Stop, date_of, is_chosen};

use crate::collected::list;
use crate::reading::{Head, ReadAs, Reader, Row, TableAt, read};

/// How two tables are compared.
#[derive(Debug, Clone, Default)]
pub struct Comparing {
    /// Columns that tell occasions of a respondent from each other. The usual ones if empty.
    pub occasion: Vec<String>,
}

/// The most cells of a table: it is stored as a whole.
const MOST_CELLS: usize = 20_000_000;

/// The respondent, and the cells that tell occasions from each other.
pub(super) type Key = Vec<String>;

/// A row.
pub(super) struct Line {
    /// The number of the row in the table, from 1.
    pub(super) number: u64,
    /// The answer to each item as text; empty if it is missing.
    pub(super) items: Vec<String>,
    /// The cells of the other columns.
    pub(super) others: Vec<String>,
}

/// A table.
#[derive(Default)]
pub(super) struct Entered {
    pub(super) name: String,
    /// The column that names the respondent.
    pub(super) id: String,
    /// The names of the columns of occasions.
    pub(super) occasion: Vec<String>,
    /// The column of each item.
    pub(super) items: Vec<String>,
    /// The names of the other columns.
    pub(super) others: Vec<String>,
    /// The names of all columns, in the order of the table.
    pub(super) columns: Vec<String>,
    /// The rows by their key.
    pub(super) lines: BTreeMap<Key, Line>,
    /// The keys in the order of the table.
    pub(super) order: Vec<Key>,
}

/// A table that is being read.
struct Entering<'a> {
    instrument: &'a Instrument,
    comparing: &'a Comparing,
    into: Entered,
    occasion: Vec<usize>,
    repeated: Vec<Key>,
    cells: usize,
}

impl Entered {
    pub(super) fn read(
        from: ReadAs<'_>,
        table: &TableAt,
        comparing: &Comparing,
        notes: &mut Vec<Note>,
    ) -> Result<Self, Stop> {
        let name = table.shown.display().to_string();
        let mut entering = Entering {
            instrument: from.instrument,
            comparing,
            into: Self { name: name.clone(), ..Self::default() },
            occasion: Vec::new(),
            repeated: Vec::new(),
            cells: 0,
        };
        let unread = read(from, table, &mut entering, notes)?;
        let Entering { mut into, repeated, cells, .. } = entering;
        let lost = unread.count + unread.lost.len() as u64;
        if lost > 0 {
            let stop = Stop::wrong(format!("{name}: {lost} rows cannot be read"));
            return Err(unread.rows.into_iter().fold(stop, Stop::help));
        }
        if cells > MOST_CELLS {
            return Err(Stop::wrong(format!("{name}: the table has more than {MOST_CELLS} cells"))
                .help("compare parts of the tables"));
        }
        if !repeated.is_empty() {
            return Err(several(&name, &repeated));
        }
        let by_number: BTreeMap<u64, Key> =
            into.lines.iter().map(|(key, line)| (line.number, key.clone())).collect();
        // What is no answer is compared too: it is what entering twice is to find.
        for ((row, item), text) in unread.cells {
            if let Some(line) = by_number.get(&row).and_then(|key| into.lines.get_mut(key)) {
                line.items[item] = text.trim().to_owned();
            }
        }
        Ok(into)
    }

    /// The cell of another column.
    pub(super) fn other<'l>(&self, line: &'l Line, name: &str) -> &'l str {
        let at = self.others.iter().position(|other| other == name);
        at.map_or("", |at| line.others[at].as_str())
    }
}

fn several(name: &str, repeated: &[Key]) -> Stop {
    let shown: Vec<String> = repeated.iter().map(|key| key.join(" ")).collect();
    let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
    Stop::wrong(format!("{name}: respondents with several rows on one occasion: {}", list(&shown)))
        .help(
            "remove the repeated rows, or name a column that tells them apart: `--occasion COLUMN`",
        )
}

impl Reader for Entering<'_> {
    fn begin(&mut self, head: &Head<'_>) -> Result<(), Stop> {
        let name = &self.into.name;
        let Some(id) = head.id else {
            return Err(Stop::wrong(format!("{name}: no column names the respondents"))
                .help("rows are matched by it: name the column with `--id-column`"));
        };
        let wanted = &self.comparing.occasion;
        let occasion = if wanted.is_empty() { &head.occasion } else { wanted };
        for column in occasion {
            let Some(at) = head.others.iter().position(|other| other == column) else {
                let message = format!("`--occasion {}`: {name} has no such column", quote(column));
                return Err(Stop::usage(message)
                    .help(format!("its columns that are no items are {}", list(&head.others))));
            };
            self.occasion.push(at);
        }
        let own = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        self.into.id = id.to_owned();
        self.into.occasion.clone_from(occasion);
        self.into.items = head.items.to_vec();
        self.into.others = own(&head.others);
        self.into.columns = own(&head.columns);
        Ok(())
    }

    fn row(&mut self, row: &Row<'_>) {
        self.cells += row.raw.len() + row.others.len();
        if self.cells > MOST_CELLS {
            return;
        }
        let mut key = vec![row.respondent.to_owned()];
        key.extend(self.occasion.iter().map(|&at| row.others[at].to_owned()));
        let answers = row.raw.iter().enumerate();
        let items = answers.map(|(at, &answer)| written(self.instrument, at, answer)).collect();
        let others = row.others.iter().map(|&cell| cell.to_owned()).collect();
        let line = Line { number: row.number, items, others };
        if self.into.lines.contains_key(&key) {
            self.repeated.push(key);
        } else {
            self.into.order.push(key.clone());
            self.into.lines.insert(key, line);
        }
    }
}

/// An answer as a table has it.
fn written(instrument: &Instrument, item: usize, answer: f64) -> String {
    if answer.is_nan() {
        return String::new();
    }
    let response = instrument.response(ItemIx(item));
    match &response.kind {
        ResponseKind::SeveralChoice { options } => {
            let chosen = options.iter().enumerate().filter(|(at, _)| is_chosen(answer, *at));
            let chosen: Vec<String> = chosen.map(|(_, option)| option.number()).collect();
            chosen.join(";")
        }
        ResponseKind::Time => {
            format!("{:02}:{:02}", (answer / 60.0).floor(), answer % 60.0)
        }
        ResponseKind::Date => date_of(answer).unwrap_or_else(|| answer.to_string()),
        _ => answer.to_string(),
    }
}
