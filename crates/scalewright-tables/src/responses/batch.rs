//! A batch of rows of responses, and the faults of the rows that were left out.

use std::collections::BTreeSet;
use std::rc::Rc;

use scalewright_model::ScaleIx;
use scalewright_scoring::{Column, Responses};

use scalewright_model::text::quote;

use super::kept::Kept;
use super::texts::Texts;

/// The maximum number of rows read, scored and written at a time.
pub(crate) const ROWS: usize = 16_384;
/// The maximum number of answers read at a time: few enough to stay in the processor's caches, and because every one may be
/// a fault with a message.
const CELLS: usize = 1 << 17;
/// A batch with this many bytes of text is full, however few rows it has.
const TEXT: usize = 8 << 20;
/// Cells and column names are cut to this many characters in messages and reports.
const SHORT: usize = 256;

/// The maximum number of rows in a batch of answers to `items` items.
pub(crate) fn portion(items: usize) -> usize {
    (CELLS / items.max(1)).clamp(16, ROWS)
}

/// Rows of valid answers with their respondents, and the faults of the rows between them.
#[derive(Default)]
pub struct Batch {
    /// The number of each row in the table, from 1.
    pub numbers: Vec<u64>,
    /// The respondent of each row; empty if no column names respondents.
    pub ids: Texts,
    /// The cells that are kept beside the scores: a list for each column that the reader keeps, then one for each
    /// column of the plan.
    pub kept: Vec<Kept>,
    /// The coded answers.
    pub responses: Responses,
    /// The faults of rows that were left out.
    pub faults: Vec<Fault>,
    /// The scores that the responses state.
    pub stated: Vec<Stated>,
    /// The missing answers whose reason is known. Those without a reason are not listed.
    pub(crate) absent: Vec<Absent>,
}

/// A missing answer with its reason.
#[derive(Debug, Clone)]
pub(crate) struct Absent {
    /// The index of the row in the batch.
    pub(crate) row: usize,
    /// The index of the item.
    pub(crate) item: usize,
    /// Why there is no answer: the code or the words of the table.
    pub(crate) reason: Rc<str>,
}

/// A score that a response states beside its answers.
pub struct Stated {
    /// The index of the row in the batch.
    pub row: usize,
    /// The scale of the score.
    pub scale: ScaleIx,
    /// The line of the row, in formats with lines.
    pub line: Option<u64>,
    /// The link id or the column that contains the score.
    pub place: String,
    /// The stated text, unchanged; empty if the element or cell exists but is empty.
    pub text: String,
    /// The stated score as a number; `None` if it cannot be a score of the scale.
    pub score: Option<f64>,
}

impl Batch {
    /// An empty batch for `items` items and `kept` columns beside the scores.
    #[must_use]
    pub fn new(items: usize, kept: usize) -> Self {
        let items = vec![Column::default(); items];
        let kept = (0..kept).map(|_| Kept::default()).collect();
        Self { responses: Responses { rows: 0, items }, kept, ..Self::default() }
    }

    /// Removes all rows. The memory is reused.
    pub fn clear(&mut self) {
        self.numbers.clear();
        self.ids.clear();
        self.kept.iter_mut().for_each(Kept::clear);
        self.responses.rows = 0;
        self.responses.items.iter_mut().for_each(Column::clear);
        self.faults.clear();
        self.stated.clear();
        self.absent.clear();
    }

    /// Whether the batch is full. Faults and texts count too: a file that has only these must not fill the memory.
    pub(crate) fn is_full(&self) -> bool {
        self.has_rows(ROWS)
    }

    /// Whether the batch is full if it may contain at most `rows` rows.
    pub(crate) fn has_rows(&self, rows: usize) -> bool {
        self.numbers.len() + self.faults.len() >= rows || self.has_much_text()
    }

    /// Whether the batch is full by the size of its texts.
    pub(crate) fn has_much_text(&self) -> bool {
        let kept: usize = self.kept.iter().map(Kept::size).sum();
        self.ids.size() + kept >= TEXT
    }

    /// Removes the rows `bad` from the `count` rows of answers that were just added.
    #[cfg(feature = "columnar")]
    pub(crate) fn drop_rows(&mut self, count: usize, bad: &BTreeSet<usize>) {
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

    /// Removes rows with their faults, which are then those of rows that were left out.
    pub(super) fn refuse(&mut self, wrong: Vec<(usize, Fault)>) {
        if wrong.is_empty() {
            return;
        }
        let bad: BTreeSet<usize> = wrong.iter().map(|(row, _)| *row).collect();
        let good: Vec<usize> = (0..self.numbers.len()).filter(|row| !bad.contains(row)).collect();
        // Without a column of respondents there are no ids.
        let has_ids = self.ids.len() > 0;
        let mut ids = Texts::default();
        let ids_of = good.iter().filter(|_| has_ids);
        ids_of.for_each(|&row| ids.push(self.ids.get(row).unwrap_or_default()));
        self.ids = ids;
        self.numbers = good.iter().map(|&row| self.numbers[row]).collect();
        self.kept.iter_mut().for_each(|kept| *kept = kept.only(&good));
        for column in &mut self.responses.items {
            let mut rest = Column::default();
            good.iter().for_each(|&row| rest.push(column.get(row)));
            *column = rest;
        }
        self.responses.rows = good.len();
        let now = |row: usize| good.binary_search(&row).ok();
        let stated = std::mem::take(&mut self.stated).into_iter();
        self.stated = stated.filter_map(|s| Some(Stated { row: now(s.row)?, ..s })).collect();
        let absent = std::mem::take(&mut self.absent).into_iter();
        self.absent = absent.filter_map(|a| Some(Absent { row: now(a.row)?, ..a })).collect();
        self.faults.extend(wrong.into_iter().map(|(_, fault)| fault));
        self.faults.sort_by_key(|fault| fault.row);
    }

    /// The respondent of `row`; the number of the row if no column names respondents.
    #[must_use]
    pub fn respondent(&self, row: usize) -> std::borrow::Cow<'_, str> {
        match self.ids.get(row) {
            Some(id) => id.into(),
            None => self.numbers[row].to_string().into(),
        }
    }
}

/// A row that has faults.
pub(crate) struct BadRow {
    /// The number of the row, from 1.
    pub(crate) row: u64,
    /// The line that the row begins on, in formats with lines.
    pub line: Option<u64>,
    /// The respondent. All faults of the row share the text, because a row may have many.
    pub(crate) respondent: Rc<str>,
}

impl BadRow {
    pub(crate) fn new(row: u64, line: Option<u64>, respondent: &str) -> Self {
        Self { row, line, respondent: short(respondent).into() }
    }

    /// A fault in one column, or in the whole row if `column` is empty.
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

/// Cuts a long text for a message.
pub(crate) fn short(text: &str) -> String {
    match text.char_indices().nth(SHORT) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

/// A fault in a row: in one cell, or in the whole row.
#[derive(Debug, Clone)]
pub struct Fault {
    /// The number of the row, from 1.
    pub row: u64,
    /// The line that the row begins on, in formats with lines.
    pub line: Option<u64>,
    /// The path within the row, in formats with nested rows: `item[2].answer[0]`.
    pub within: Option<String>,
    /// The respondent, if known.
    pub respondent: Rc<str>,
    /// The column; empty if the fault concerns the whole row.
    pub column: String,
    /// The content of the cell.
    pub value: String,
    /// Why the content is refused: a clause that follows it.
    pub reason: String,
}

impl Fault {
    /// Whether the fault puts all rows in doubt, so that leaving out this row is not enough.
    #[must_use]
    pub fn concerns_all(&self) -> bool {
        // By its text, because rules return only a reason.
        self.reason == super::answer::MIXED || self.reason == super::numbers::MIXED_MARKS
    }

    /// Whether the response answers another form, or another version of the form.
    #[must_use]
    pub fn is_of_another_form(&self) -> bool {
        // `Reading::refuse_form` makes such faults.
        self.within.is_some() && self.column == "questionnaire"
    }

    /// The fault as a message of one line.
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
