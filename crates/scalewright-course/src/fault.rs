//! Rows that cannot be placed in a series, each with the reason and what to do.

use scalewright_model::text::quote;

/// What is wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// No respondent.
    NoRespondent,
    /// No session.
    NoSession,
    /// A session that is no whole number, and no known label.
    NotWhole,
    /// A session below 0.
    BelowZero,
    /// A date that is not in ISO 8601.
    NotIso,
    /// No date, and no column of sessions.
    NoDate,
    /// Another major version of the instrument.
    OtherVersion,
    /// A date before that of an earlier session.
    DatesFall,
    /// The same session again with the same answers.
    SameTwice,
    /// The same session again with other answers.
    Conflict,
    /// An outcome that is no number.
    NoNumber,
    /// A form that differs from another in case or blanks only.
    Spelling,
}

/// A fault of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// The number of the row, from 1.
    pub row: u32,
    /// The other row or spelling that it contradicts.
    pub other: Option<String>,
    /// The column; empty for the respondent.
    pub column: String,
    /// The cell.
    pub value: String,
    /// What is wrong.
    pub kind: FaultKind,
}

impl RowFault {
    /// The fault as a message of one line.
    #[must_use]
    pub fn text(&self) -> String {
        let column = match self.column.is_empty() {
            true => String::new(),
            false => format!(", column `{}`", quote(&self.column)),
        };
        let (value, other) = (quote(&self.value), self.other.as_deref().unwrap_or_default());
        let why = match self.kind {
            FaultKind::NoRespondent => "no respondent is named".to_owned(),
            FaultKind::NoSession => "the session is missing".to_owned(),
            FaultKind::NotWhole => format!(
                "`{value}` is not a whole number; list labels with their numbers under [sessions] in the file of `--map`"
            ),
            FaultKind::BelowZero => format!("`{value}` is below 0; the intake may be session 0"),
            FaultKind::NotIso => format!("`{value}` is not a date such as 2026-01-31"),
            FaultKind::NoDate => {
                "the date is missing, and there is no column of sessions".to_owned()
            }
            FaultKind::OtherVersion => format!(
                "`{value}` is another major version of the instrument, so the scores are not comparable; `scalewright diff` says what changed"
            ),
            FaultKind::DatesFall => format!("`{value}` is before the date of {other}"),
            FaultKind::SameTwice => format!("the same session and answers as {other}; one is used"),
            FaultKind::Conflict => format!(
                "the same session as {other}, with other answers; choose with `--duplicates first` or `last`"
            ),
            FaultKind::NoNumber => format!("`{value}` is not a number"),
            FaultKind::Spelling => {
                format!("`{value}` differs from `{}` only in case or blanks", quote(other))
            }
        };
        format!("row {}{column}: {why}", self.row)
    }
}
