//! Converts marked or typed values to answers. Numbers are read as people write them, and checked as in tables of
//! responses.

use scalewright_model::{Instrument, ItemIx, ResponseKind};

use super::days::day;
use super::form::Cell;
use super::plain::{plain, without};
use crate::responses::{Given, Rule, clock};

/// The answers that an item accepts in a form.
pub(super) struct Typed<'a> {
    kind: &'a ResponseKind,
    rule: Rule<'a>,
    /// The units that the form prints, one for each language.
    units: Vec<&'a str>,
}

/// At most this many characters of a typed text are shown in messages.
const SHOWN: usize = 40;

impl<'a> Typed<'a> {
    pub(super) fn new(instrument: &'a Instrument, item: ItemIx) -> Self {
        let response = instrument.items[item.0].response.0;
        let units = instrument.wordings.iter();
        let units = units.filter_map(|words| words.responses[response].unit.as_deref()).collect();
        let kind = &instrument.response(item).kind;
        Self { kind, rule: Rule::new(instrument, item), units }
    }

    /// Whether the item accepts free text.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.kind, ResponseKind::Text { .. })
    }

    /// The answer of a marked button, from its coded value.
    pub(super) fn coded(&self, value: &str) -> Result<Cell, String> {
        self.number(value, value)
    }

    /// The answer of a typed text.
    pub(super) fn typed(&self, text: &str) -> Result<Cell, String> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Cell::Missing);
        }
        match self.kind {
            ResponseKind::Numeric { .. } | ResponseKind::VisualAnalogue { .. } => {
                let plain = plain(text);
                self.number(&pointed(without(&plain, &self.units))?, text)
            }
            ResponseKind::Time => time(&plain(text)).map(Cell::Text),
            ResponseKind::Date => match day(&plain(text)) {
                Ok(day) => Ok(Cell::Text(day)),
                Err(why) => Err(format!("`{}`, {why}", shown(text))),
            },
            // Only texts are typed. The other kinds have buttons.
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

/// Returns a clock time as hours and minutes. A bare number is refused: 7 or 930 may mean several times, and people do
/// not write minutes after midnight.
fn time(text: &str) -> Result<String, String> {
    let Some(minutes) = clock(text) else {
        return Err(format!(
            "`{}`, which is not an unambiguous clock time such as 21:05",
            shown(text)
        ));
    };
    // Tables of responses accept this form as it is, with its seconds.
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b':') {
        return Ok(text.to_owned());
    }
    Ok(format!("{:02}:{:02}", (minutes / 60.0).floor(), minutes % 60.0))
}

/// The beginning of a typed text.
fn shown(text: &str) -> String {
    text.chars().take(SHOWN).collect()
}

/// Replaces a decimal comma by a decimal point. Returns an error if the comma may separate thousands.
fn pointed(text: &str) -> Result<String, String> {
    let Some((whole, places)) = text.split_once(',') else { return Ok(text.to_owned()) };
    // `1,250` may be 1.25 or 1250. But thousands never begin with 0, so `0,125` is a decimal number.
    let thousands = places.len() == 3 && !matches!(whole.trim_start_matches('-'), "" | "0");
    if thousands || text.contains('.') {
        let shown = shown(text);
        return Err(format!("`{shown}`, which may mean two different numbers"));
    }
    Ok(format!("{whole}.{places}"))
}

#[cfg(test)]
mod tests {
    use super::pointed;

    #[test]
    fn only_unambiguous_commas_are_decimal_points() {
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
