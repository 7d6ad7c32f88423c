//! Some rows of responses, and what was wrong in those that are not among them.

use scalewright_model::ScaleIx;
use scalewright_scoring::{Column, Responses};

use crate::render::quote;

/// How many rows are read, scored and written at a time: few enough to stay in the processor's caches.
pub(crate) const ROWS: usize = 16_384;

/// Rows that the definition allows, and who gave them.
#[derive(Default)]
pub(crate) struct Batch {
    /// For each row, its number in the table, from 1.
    pub(crate) numbers: Vec<u64>,
    /// Who answered, a row each; empty when no column says so.
    pub(crate) ids: Texts,
    /// What is kept of each row beside the scores: a list for each of [`super::Source::kept`].
    pub(crate) kept: Vec<Texts>,
    /// The coded answers.
    pub(crate) responses: Responses,
    /// The rows left out, and why.
    pub(crate) faults: Vec<Fault>,
    /// Scores that the responses themselves state.
    pub(crate) stated: Vec<Stated>,
}

/// A score that a response states beside its answers.
pub(crate) struct Stated {
    /// Which row of the batch.
    pub(crate) row: usize,
    /// Whose score.
    pub(crate) scale: ScaleIx,
    /// Where it is stated: a link id.
    pub(crate) place: String,
    /// What is stated, as it stands there.
    pub(crate) text: String,
    /// The same as scores are held; nothing where it can be none of the scale's.
    pub(crate) score: Option<f64>,
}

impl Batch {
    pub(crate) fn new(items: usize, kept: usize) -> Self {
        let items = vec![Column::default(); items];
        let kept = (0..kept).map(|_| Texts::default()).collect();
        Self { responses: Responses { rows: 0, items }, kept, ..Self::default() }
    }

    pub(crate) fn clear(&mut self) {
        self.numbers.clear();
        self.ids.clear();
        self.kept.iter_mut().for_each(Texts::clear);
        self.responses.rows = 0;
        self.responses.items.iter_mut().for_each(Column::clear);
        self.faults.clear();
        self.stated.clear();
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
    pub(crate) fn respondent(&self, row: usize) -> std::borrow::Cow<'_, str> {
        match self.ids.get(row) {
            Some(id) => id.into(),
            None => self.numbers[row].to_string().into(),
        }
    }
}

/// Many short texts in one piece of memory.
#[derive(Default)]
pub(crate) struct Texts {
    text: String,
    ends: Vec<usize>,
}

impl Texts {
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    pub(crate) fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        Some(&self.text[start..end])
    }

    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }
}

/// What is wrong in a row: in one cell, or in all of it.
#[derive(Debug)]
pub(crate) struct Fault {
    /// The row's number, from 1.
    pub(crate) row: u64,
    /// The line it begins on, where there are lines.
    pub(crate) line: Option<u64>,
    /// Where in the row it is, where rows are nested: `item[2].answer[0]`.
    pub(crate) within: Option<String>,
    /// Who gave the answers, as far as that can be told.
    pub(crate) respondent: String,
    /// The column; empty when all of the row is meant.
    pub(crate) column: String,
    /// What the cell holds.
    pub(crate) value: String,
    /// Why it cannot be.
    pub(crate) reason: String,
}

impl Fault {
    /// All of it, for a line of the terminal.
    pub(crate) fn text(&self) -> String {
        let line = self.line.map(|line| format!(" (line {line})")).unwrap_or_default();
        let place = format!("row {}{line}", self.row);
        if self.column.is_empty() {
            return format!("{place} {}", self.reason);
        }
        let shown: String = self.value.chars().take(40).collect();
        if let Some(within) = &self.within {
            return format!(
                "response {} (`{}`), `{within}`, `{}`: `{shown}` {}",
                self.row,
                quote(&self.respondent),
                quote(&self.column),
                self.reason
            );
        }
        format!("{place}, column `{}`: `{shown}` {}", quote(&self.column), self.reason)
    }
}
