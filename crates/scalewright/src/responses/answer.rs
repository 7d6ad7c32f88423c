//! One cell to one coded answer: the only place where that is decided.

use scalewright_model::{Instrument, ItemIx, ResponseKind, ResponseScale};

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
}

impl<'a> Rule<'a> {
    pub(crate) fn new(instrument: &'a Instrument, item: ItemIx) -> Self {
        let scale = instrument.response(item);
        let numeric = matches!(scale.kind, ResponseKind::Numeric { .. });
        Self { scale, scored: scale.bounds().is_some() || numeric }
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
                text => text.parse().map_err(|_| "is not a number".to_owned())?,
            },
        };
        self.scale.accepts(number).map_err(|why| format!("is no answer: {why}"))?;
        Ok(Some(number))
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
            | ResponseKind::Date => false,
        }
    }

    /// Whether both take the same answers.
    pub(crate) fn is_like(&self, other: &Rule<'_>) -> bool {
        std::ptr::eq(self.scale, other.scale)
    }
}
