//! What the cells of platforms mean, where it differs from other tables.

use std::borrow::Cow;

use super::batch::{BadRow, Fault};
use super::csv_table::Record;
use super::limesurvey_cells::LimesurveyCells;
use super::qualtrics_cells::QualtricsCells;
use super::word_cells::WordCells;

/// Why there is no answer: the question was shown and left blank.
const SEEN: &str = "seen but not answered";
/// Why there is no answer: the question was not shown.
pub(super) const NOT_ASKED: &str = "not asked";

/// What the cells of a platform mean.
pub(super) enum CellMeaning {
    Limesurvey(LimesurveyCells),
    Qualtrics(QualtricsCells),
    /// The labels of answers.
    Words(WordCells),
    /// Codes, and this text in an empty cell.
    Blank(&'static str),
}

/// What a cell contains.
pub(super) enum CellContent<'r> {
    /// The answer as other tables contain it.
    Answer(Cow<'r, str>),
    /// No answer, for this reason.
    Absent(&'static str),
}

impl CellMeaning {
    /// What the cell of an item in a column means.
    ///
    /// # Errors
    ///
    /// The reason why it is not known which answer the cell means.
    pub(super) fn content<'r>(
        &self,
        record: &'r Record,
        (item, column): (usize, usize),
    ) -> Result<CellContent<'r>, String> {
        if let Some(reason) = self.absent(record, column) {
            return Ok(CellContent::Absent(reason));
        }
        let cell = record.text(column);
        Ok(CellContent::Answer(match self {
            Self::Blank(blank) if cell.trim() == *blank => "".into(),
            Self::Blank(_) => cell,
            Self::Words(cells) => cells.answer(item, &cell)?.into(),
            Self::Limesurvey(cells) => match cells.answer(item, &cell)? {
                Some(answer) => answer.to_owned().into(),
                None => return Ok(CellContent::Absent(NOT_ASKED)),
            },
            Self::Qualtrics(cells) => cells.answer(record, column)?,
        }))
    }

    /// Why a cell has no answer, if the cell has a sign for that which no answer can have.
    pub(super) fn absent(&self, record: &Record, column: usize) -> Option<&'static str> {
        match self {
            Self::Qualtrics(cells) => cells.is_seen(record, column).then_some(SEEN),
            _ => None,
        }
    }

    /// The fault of a line that answers another form, as far as the line shows it.
    pub(super) fn other_form(&self, record: &Record, bad: &BadRow) -> Option<Fault> {
        match self {
            Self::Qualtrics(cells) => cells.other_form(record, bad),
            _ => None,
        }
    }
}
