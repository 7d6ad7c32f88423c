//! Some rows of responses, and what was wrong in those that are not among them.

use std::rc::Rc;

use scalewright_model::ScaleIx;
use scalewright_scoring::{Column, Responses};

use scalewright_model::text::quote;

use super::kept::Kept;
use super::texts::Texts;

/// How many rows are read, scored and written at a time: few enough to stay in the processor's caches.
pub(crate) const ROWS: usize = 16_384;
/// A batch with more text than this takes no further row, however few there are.
const TEXT: usize = 8 << 20;
/// No more than this of a cell, or of a column's name, is repeated in a message or a report.
const SHORT: usize = 256;

/// Rows that the definition allows, and who gave them.
#[derive(Default)]
pub struct Batch {
    /// For each row, its number in the table, from 1.
    pub numbers: Vec<u64>,
    /// Who answered, a row each; empty when no column says so.
    pub ids: Texts,
    /// What is kept of each row beside the scores: a list for each column that the source keeps, then for each of
    /// those of the plan.
    pub kept: Vec<Kept>,
    /// The coded answers.
    pub responses: Responses,
    /// The rows left out, and why.
    pub faults: Vec<Fault>,
    /// Scores that the responses themselves state.
    pub stated: Vec<Stated>,
}

/// A score that a response states beside its answers.
pub struct Stated {
    /// Which row of the batch.
    pub row: usize,
    /// Whose score.
    pub scale: ScaleIx,
    /// The line of the row, where there are lines.
    pub line: Option<u64>,
    /// Where it is stated: a link id or a column.
    pub place: String,
    /// What is stated, as it stands there; empty where a place for it is.
    pub text: String,
    /// The same as scores are held; nothing where it can be none of the scale's.
    pub score: Option<f64>,
}

impl Batch {
    /// An empty one for so many items, and so many columns kept beside the scores.
    #[must_use]
    pub fn new(items: usize, kept: usize) -> Self {
        let items = vec![Column::default(); items];
        let kept = (0..kept).map(|_| Kept::default()).collect();
        Self { responses: Responses { rows: 0, items }, kept, ..Self::default() }
    }

    /// Takes all rows out; their room is used again.
    pub fn clear(&mut self) {
        self.numbers.clear();
        self.ids.clear();
        self.kept.iter_mut().for_each(Kept::clear);
        self.responses.rows = 0;
        self.responses.items.iter_mut().for_each(Column::clear);
        self.faults.clear();
        self.stated.clear();
    }

    /// Whether it takes no further row. Faults and texts count too: a file of nothing else must not fill the memory.
    pub(crate) fn is_full(&self) -> bool {
        self.numbers.len() + self.faults.len() >= ROWS || self.has_much_text()
    }

    /// Whether the texts alone are enough for a batch.
    pub(crate) fn has_much_text(&self) -> bool {
        let kept: usize = self.kept.iter().map(Kept::size).sum();
        self.ids.size() + kept >= TEXT
    }

    /// Takes the `bad` ones out of the `count` rows of answers that were just added.
    #[cfg(feature = "columnar")]
    pub(crate) fn drop_rows(&mut self, count: usize, bad: &std::collections::BTreeSet<usize>) {
        self.responses.rows = count - bad.len();
        if bad.is_empty() {
            return;
        }
        for column in &mut self.responses.items {
            let mut kept = Column::default();
            for row in (0..count).filter(|row| !bad.contains(row)) {
                kept.push(column.get(row));
            }
            *column = kept;
        }
    }

    /// Who gave the answers in `row`: its number when no column says.
    #[must_use]
    pub fn respondent(&self, row: usize) -> std::borrow::Cow<'_, str> {
        match self.ids.get(row) {
            Some(id) => id.into(),
            None => self.numbers[row].to_string().into(),
        }
    }
}

/// A row in which something is wrong.
pub(crate) struct BadRow {
    /// Its number, from 1.
    pub(crate) row: u64,
    /// The line it begins on, where there are lines.
    pub line: Option<u64>,
    /// Who gave the answers. All faults of the row share it: they may be many.
    pub(crate) respondent: Rc<str>,
}

impl BadRow {
    pub(crate) fn new(row: u64, line: Option<u64>, respondent: &str) -> Self {
        Self { row, line, respondent: short(respondent).into() }
    }

    /// What is wrong in one column; in all of the row when `column` is empty.
    pub(crate) fn fault(&self, column: &str, value: &str, reason: String) -> Fault {
        Fault {
            within: None,
            row: self.row,
            line: self.line,
            respondent: Rc::clone(&self.respondent),
            column: short(column),
            value: short(value),
            reason,
        }
    }
}

/// The beginning of a text.
pub(crate) fn short(text: &str) -> String {
    match text.char_indices().nth(SHORT) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

/// What is wrong in a row: in one cell, or in all of it.
#[derive(Debug)]
pub struct Fault {
    /// The row's number, from 1.
    pub row: u64,
    /// The line it begins on, where there are lines.
    pub line: Option<u64>,
    /// Where in the row it is, where rows are nested: `item[2].answer[0]`.
    pub within: Option<String>,
    /// Who gave the answers, as far as that can be told.
    pub respondent: Rc<str>,
    /// The column; empty when all of the row is meant.
    pub column: String,
    /// What the cell holds.
    pub value: String,
    /// Why it cannot be.
    pub reason: String,
}

impl Fault {
    /// Whether all rows are in doubt because of it, so that leaving out this one is not enough.
    #[must_use]
    pub fn concerns_all(&self) -> bool {
        self.reason == super::answer::MIXED
    }

    /// Whether the response answers another form, or another version of it.
    #[must_use]
    pub fn is_of_another_form(&self) -> bool {
        self.within.is_some() && self.column == "questionnaire"
    }

    /// All of it in a line.
    #[must_use]
    pub fn text(&self) -> String {
        let line = self.line.map(|line| format!(" (line {line})")).unwrap_or_default();
        let place = format!("row {}{line}", self.row);
        if self.column.is_empty() {
            return format!("{place} {}", self.reason);
        }
        let shown: String = self.value.chars().take(40).collect();
        if let Some(within) = &self.within {
            let column: String = self.column.chars().take(255).collect();
            let column =
                if column == *within { String::new() } else { format!(", `{}`", quote(&column)) };
            let shown = if shown.is_empty() { String::new() } else { format!("`{shown}` ") };
            return format!(
                "response {} (`{}`), `{within}`{column}: {shown}{}",
                self.row,
                quote(&self.respondent),
                self.reason
            );
        }
        format!("{place}, column `{}`: `{shown}` {}", quote(&self.column), self.reason)
    }
}
