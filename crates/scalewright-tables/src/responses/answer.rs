//! One cell to one coded answer: the only place where that is decided.

use std::cell::Cell;

use scalewright_model::{Instrument, ItemIx, ResponseKind, ResponseScale};

use super::clock::clock;

/// The reason for refusing a clock time that is written in another way than those before it. Which of the two ways is
/// right is not known, so no row can be scored.
pub(crate) const MIXED: &str = "is written in another way than times above it: hours and minutes (23:15) and bare numbers, which stand for minutes after midnight, cannot be mixed; write hours and minutes in every row";

/// What a table holds in a cell that is not empty by its format's own mark.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Given<'a> {
    /// A text, as in CSV; it may be blank.
    Text(&'a str),
    /// A number, as in JSON and in columns of numbers.
    Number(f64),
}

/// What an item takes for an answer.
pub(crate) struct Rule<'a> {
    scale: &'a ResponseScale,
    scored: bool,
    /// How clock times were written so far.
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
    pub(crate) fn new(instrument: &'a Instrument, item: ItemIx) -> Self {
        let scale = instrument.response(item);
        let numeric = matches!(scale.kind, ResponseKind::Numeric { .. });
        let scored = scale.bounds().is_some() || numeric;
        Self { scale, scored, written: Cell::new(None) }
    }

    /// The coded answer in a cell: a number that the response scale allows, or nothing.
    pub(crate) fn code(&self, given: Given<'_>) -> Result<Option<f64>, String> {
        if !self.scored {
            return Ok(None);
        }
        let number = match given {
            Given::Number(number) => number,
            Given::Text(text) => match text.trim() {
                "" | "NA" => return Ok(None),
                text => self.number(text)?,
            },
        };
        self.scale.accepts(number).map_err(|why| format!("is no answer: {why}"))?;
        if self.scale.kind == ResponseKind::Time {
            self.written_alike(given)?;
        }
        Ok(Some(number))
    }

    /// A 930 among clock times may be 9:30, and among minutes 15:30.
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

    /// The number that a text stands for: itself, the option whose code it is, or the minutes of a clock time.
    fn number(&self, text: &str) -> Result<f64, String> {
        if let Some(value) = self.scale.coded(text) {
            #[expect(clippy::cast_precision_loss, reason = "coded values are within ±1,000,000")]
            return Ok(value as f64);
        }
        if self.scale.kind == ResponseKind::Time {
            return minutes(text).ok_or_else(|| "is no clock time, as 23:15".to_owned());
        }
        text.parse().map_err(|_| "is not a number".to_owned())
    }

    /// The response scale that it belongs to.
    pub(crate) fn scale(&self) -> &ResponseScale {
        self.scale
    }

    /// Texts, dates and lists of choices are never scored: any answer will do.
    pub(crate) fn is_scored(&self) -> bool {
        self.scored
    }

    /// Whether every answer is a whole number within ±127.
    pub(crate) fn is_small(&self) -> bool {
        match &self.scale.kind {
            ResponseKind::Coded { options } => {
                options.iter().all(|option| (-127..=127).contains(&option.value))
            }
            ResponseKind::YesNo => true,
            // A number a hair beside a whole one is taken as it is.
            ResponseKind::Numeric { .. }
            | ResponseKind::VisualAnalogue { .. }
            | ResponseKind::SeveralChoice { .. }
            | ResponseKind::Text { .. }
            | ResponseKind::Date
            | ResponseKind::Time => false,
        }
    }

    /// Whether both take the same answers.
    pub(crate) fn is_like(&self, other: &Rule<'_>) -> bool {
        std::ptr::eq(self.scale, other.scale)
    }
}

/// The minutes since midnight of a clock time; a plain number is taken as minutes.
fn minutes(text: &str) -> Option<f64> {
    clock(text).or_else(|| text.parse().ok())
}
