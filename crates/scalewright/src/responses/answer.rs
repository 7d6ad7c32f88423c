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
                text => self.number(text)?,
            },
        };
        self.scale.accepts(number).map_err(|why| format!("is no answer: {why}"))?;
        Ok(Some(number))
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

/// The minutes since midnight of `23:15` or `23:15:00`; a plain number is taken as minutes.
fn minutes(text: &str) -> Option<f64> {
    let Some((hours, rest)) = text.split_once(':') else { return text.parse().ok() };
    let (minutes, seconds) = rest.split_once(':').unwrap_or((rest, "0"));
    let digits =
        |part: &str| part.chars().all(|c| c.is_ascii_digit()) && (1..=2).contains(&part.len());
    if ![hours, minutes, seconds].into_iter().all(digits) {
        return None;
    }
    let [hours, minutes, seconds] = [hours, minutes, seconds].map(|part| part.parse::<u32>().ok());
    let (hours, minutes) = (hours?, minutes?);
    (hours < 24 && minutes < 60 && seconds? < 60).then(|| f64::from(hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::minutes;

    #[test]
    fn clock_times_are_minutes() {
        for (text, expected) in [
            ("23:15", Some(1395.0)),
            ("07:05:59", Some(425.0)),
            ("0:00", Some(0.0)),
            ("24:00", None),
            ("12:60", None),
            ("12:5x", None),
            ("+1:30", None),
            ("90", Some(90.0)),
        ] {
            assert_eq!(minutes(text), expected, "{text}");
        }
    }
}
