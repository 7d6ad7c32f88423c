//! What was marked or typed, as an answer: numbers as people write them, checked as in any table of responses.

use scalewright_model::{Instrument, ItemIx, ResponseKind};

use super::days::day;
use super::form::Cell;
use crate::responses::{Given, Rule, clock};

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

    /// Whether words are taken.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.kind, ResponseKind::Text { .. })
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
            ResponseKind::Time => time(text).map(Cell::Text),
            ResponseKind::Date => match day(text) {
                Ok(day) => Ok(Cell::Text(day)),
                Err(why) => Err(format!("`{}`, {why}", shown(text))),
            },
            ResponseKind::Coded { .. }
            | ResponseKind::SeveralChoice { .. }
            | ResponseKind::YesNo
            | ResponseKind::Text { .. } => Ok(Cell::Text(text.to_owned())),
        }
    }

    fn number(&self, text: &str, typed: &str) -> Result<Cell, String> {
        let shown = shown(typed);
        match self.rule.code(Given::Text(text)) {
            Ok(Some(number)) => Ok(Cell::Number(number)),
            Ok(None) => Ok(Cell::Missing),
            Err(why) => Err(format!("`{shown}`, which {why}")),
        }
    }
}

/// A clock time as hours and minutes. Minutes are how it is scored, not how it is written; a bare 7 or 930 may be any of
/// several times.
fn time(text: &str) -> Result<String, String> {
    let Some(minutes) = clock(text) else {
        return Err(format!("`{}`, which is no certain clock time, as 21:05", shown(text)));
    };
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b':') {
        return Ok(text.to_owned());
    }
    Ok(format!("{:02}:{:02}", (minutes / 60.0).floor(), minutes % 60.0))
}

/// The beginning of what was typed.
fn shown(text: &str) -> String {
    text.chars().take(SHOWN).collect()
}

/// A number with a decimal point, from one with a point or a comma.
fn pointed(text: &str) -> Result<String, String> {
    let Some((whole, places)) = text.split_once(',') else { return Ok(text.to_owned()) };
    let thousands = places.len() == 3 && !matches!(whole.trim_start_matches('-'), "" | "0");
    if thousands || text.contains('.') {
        let shown = shown(text);
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
