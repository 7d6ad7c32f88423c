//! Converts one cell to one coded answer. No other module decides which answers are valid.

use std::cell::Cell;
use std::collections::BTreeSet;

use scalewright_model::{Instrument, ItemIx, ResponseKind, ResponseScale, date_number};

use super::clock::clock;

/// The reason for refusing a clock time that is written in another way than earlier ones. It is not known which of the
/// two ways is right, so no row can be scored.
pub(crate) const MIXED: &str = "is written differently from the times above it: hours and minutes (23:15) cannot be mixed with bare numbers, which mean minutes after midnight; write hours and minutes in every row";

/// The reason for refusing a text that is no date.
pub(crate) const NO_DATE: &str = "is not a date such as 2026-01-31";

/// The content of a cell that is not empty in its format.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Given<'a> {
    /// A text, as in CSV; it may be blank.
    Text(&'a str),
    /// A number, as in JSON and in columns of numbers.
    Number(f64),
}

/// The answers that an item accepts.
pub(crate) struct Rule<'a> {
    scale: &'a ResponseScale,
    scored: bool,
    /// How the clock times so far were written.
    written: Cell<Option<Written>>,
}

/// How a clock time is written.
#[derive(Clone, Copy, PartialEq)]
enum Written {
    /// As hours and minutes.
    Clock,
    /// As minutes after midnight.
    Minutes,
}

impl<'a> Rule<'a> {
    #[cfg(feature = "pdf")]
    pub(crate) fn new(instrument: &'a Instrument, item: ItemIx) -> Self {
        Self::among(instrument, item, &scalewright_scoring::dated(instrument))
    }

    /// The answers that an item accepts. `dated` are the items whose dates formulas use.
    pub(crate) fn among(
        instrument: &'a Instrument,
        item: ItemIx,
        dated: &BTreeSet<ItemIx>,
    ) -> Self {
        let scale = instrument.response(item);
        let numeric = matches!(scale.kind, ResponseKind::Numeric { .. });
        // A number without limits has no bounds, but it is scored too.
        let scored = scale.bounds().is_some() || numeric || dated.contains(&item);
        Self { scale, scored, written: Cell::new(None) }
    }

    /// Returns the coded answer in a cell, or `None` if the answer is missing or the item is not scored.
    ///
    /// # Errors
    ///
    /// The reason why the response scale does not allow the answer.
    pub(crate) fn code(&self, given: Given<'_>) -> Result<Option<f64>, String> {
        if !self.scored {
            return Ok(None);
        }
        let number = match given {
            Given::Number(number) => number,
            Given::Text(text) => match text.trim() {
                // R writes `NA` for a missing answer.
                "" | "NA" => return Ok(None),
                text => self.number(text)?,
            },
        };
        self.scale.accepts(number).map_err(|why| format!("is not an answer: {why}"))?;
        // Checked last: only a valid time decides how the times of the table are written.
        if self.scale.kind == ResponseKind::Time {
            self.written_alike(given)?;
        }
        Ok(Some(number))
    }

    /// Checks that a time is written like those before it. A 930 means 9:30 among clock times, but 15:30 among minutes.
    fn written_alike(&self, given: Given<'_>) -> Result<(), String> {
        let now = match given {
            Given::Text(text) if clock(text).is_some() => Written::Clock,
            Given::Text(_) | Given::Number(_) => Written::Minutes,
        };
        match self.written.get() {
            Some(before) if before != now => Err(MIXED.to_owned()),
            _ => {
                self.written.set(Some(now));
                Ok(())
            }
        }
    }

    /// The number that a text represents: the number itself, the value of the option with this code, or the minutes of
    /// a clock time.
    fn number(&self, text: &str) -> Result<f64, String> {
        if let Some(value) = self.scale.coded(text) {
            return Ok(value.number());
        }
        if self.scale.kind == ResponseKind::Time {
            return minutes(text).ok_or_else(|| "is not a clock time such as 23:15".to_owned());
        }
        if self.scale.kind == ResponseKind::Date {
            return date_number(text).ok_or_else(|| NO_DATE.to_owned());
        }
        // `inf` and `nan` parse too. `accepts` refuses them afterwards.
        text.parse().map_err(|_| "is not a number".to_owned())
    }

    /// The response scale of the item.
    pub(crate) fn scale(&self) -> &ResponseScale {
        self.scale
    }

    /// Whether answers are scored. Texts and lists of choices never are, and dates only if a formula uses them.
    pub(crate) fn is_scored(&self) -> bool {
        self.scored
    }

    /// Whether every answer is a whole number within ±127.
    pub(crate) fn is_small(&self) -> bool {
        match &self.scale.kind {
            ResponseKind::Coded { options } => options.iter().all(|option| {
                option.value.as_whole().is_some_and(|value| (-127..=127).contains(&value))
            }),
            ResponseKind::YesNo => true,
            // These answers may have decimals, which a small whole number cannot store.
            ResponseKind::Numeric { .. }
            | ResponseKind::VisualAnalogue { .. }
            | ResponseKind::SeveralChoice { .. }
            | ResponseKind::Text { .. }
            | ResponseKind::Date
            | ResponseKind::Time => false,
        }
    }

    /// Whether both items have the same response scale.
    pub(crate) fn is_like(&self, other: &Rule<'_>) -> bool {
        std::ptr::eq(self.scale, other.scale)
    }
}

/// The minutes after midnight of a clock time. A plain number is taken as minutes.
fn minutes(text: &str) -> Option<f64> {
    clock(text).or_else(|| text.parse().ok())
}
