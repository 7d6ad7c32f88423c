//! What was marked or typed, as an answer: numbers as people write them, checked as in any table of responses.

use scalewright_model::{Instrument, ItemIx, ResponseKind};

use super::form::Cell;
use crate::responses::{Given, Rule};

/// What an item takes for an answer.
pub(super) struct Typed<'a> {
    kind: &'a ResponseKind,
    rule: Rule<'a>,
}

/// More of what was typed than this is not repeated.
const SHOWN: usize = 40;

impl<'a> Typed<'a> {
    pub(super) fn new(instrument: &'a Instrument, item: ItemIx) -> Self {
        Self { kind: &instrument.response(item).kind, rule: Rule::new(instrument, item) }
    }

    /// The coded value of a marked button.
    pub(super) fn coded(&self, value: &str) -> Result<Cell, String> {
        self.number(value, value)
    }

    /// The answer that was typed.
    pub(super) fn typed(&self, text: &str) -> Result<Cell, String> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Cell::Missing);
        }
        match self.kind {
            ResponseKind::Numeric { .. } | ResponseKind::VisualAnalogue { .. } => {
                self.number(&pointed(text)?, text)
            }
            // Minutes are how it is scored, not how it is written.
            ResponseKind::Time => match self.number(text, text)? {
                Cell::Missing => Ok(Cell::Missing),
                _ => Ok(Cell::Text(text.to_owned())),
            },
            ResponseKind::Coded { .. }
            | ResponseKind::SeveralChoice { .. }
            | ResponseKind::YesNo
            | ResponseKind::Text { .. }
            | ResponseKind::Date => Ok(Cell::Text(text.to_owned())),
        }
    }

    fn number(&self, text: &str, typed: &str) -> Result<Cell, String> {
        let shown: String = typed.chars().take(SHOWN).collect();
        match self.rule.code(Given::Text(text)) {
            Ok(Some(number)) => Ok(Cell::Number(number)),
            Ok(None) => Ok(Cell::Missing),
            Err(why) => Err(format!("`{shown}`, which {why}")),
        }
    }
}

/// A number with a decimal point, from one with a point or a comma.
fn pointed(text: &str) -> Result<String, String> {
    let Some((whole, places)) = text.split_once(',') else { return Ok(text.to_owned()) };
    let thousands = places.len() == 3 && !matches!(whole.trim_start_matches('-'), "" | "0");
    if thousands || text.contains('.') {
        let shown: String = text.chars().take(SHOWN).collect();
        return Err(format!("`{shown}`, which may be meant as one of two numbers"));
    }
    Ok(format!("{whole}.{places}"))
}

#[cfg(test)]
mod tests {
    use super::pointed;

    #[test]
    fn a_comma_is_a_decimal_point_where_it_can_be_nothing_else() {
        for (text, expected) in [
            ("12", Some("12")),
            ("3,5", Some("3.5")),
            ("-0,125", Some("-0.125")),
            ("1,250", None),
            ("1.250,5", None),
        ] {
            assert_eq!(pointed(text).ok().as_deref(), expected, "{text}");
        }
    }
}
