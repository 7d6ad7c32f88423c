//! Decides whether a cell of a table is missing, and whether its item accepts it.
//!
//! Coded answers are decided in [`super::answer`]. This module adds the rules for tables: missing-answer codes, cells
//! of items that are not scored, and more helpful reasons for common mistakes.

use std::rc::Rc;

use scalewright_model::{Instrument, ItemIx, OptionValue, ResponseKind};

use super::answer::{Given, Rule};
use super::missing::Missing;

/// The cells that the column of an item may contain.
pub(crate) struct Cells<'a> {
    rule: Rule<'a>,
    missing: Rc<Missing>,
    /// The label of each option in each language, with the value of the option.
    labels: Vec<(&'a str, OptionValue)>,
}

impl<'a> Cells<'a> {
    pub(super) fn new(instrument: &'a Instrument, item: ItemIx, missing: &Rc<Missing>) -> Self {
        let rule = Rule::new(instrument, item);
        let scale = instrument.items[item.0].response;
        let options = instrument.response(item).options();
        let labels = instrument.wordings.iter().filter_map(|words| words.responses.get(scale.0));
        let labels = labels.flat_map(|words| words.labels.iter().zip(options));
        let labels = labels.map(|(label, option)| (label.as_str(), option.value)).collect();
        Self { rule, missing: Rc::clone(missing), labels }
    }

    /// Returns the coded answer in a cell, or `None` if the answer is missing or the item is not scored.
    ///
    /// # Errors
    ///
    /// The reason why the item does not accept the cell.
    pub(super) fn code(&self, given: Given<'_>) -> Result<Option<f64>, String> {
        // Before the kind of the item: a code such as -99 also marks a missing date or a missing list of choices.
        let nothing = matches!(given, Given::Text(text) if matches!(text.trim(), "" | "NA"));
        if nothing || self.missing.marks(given) {
            return Ok(None);
        }
        match (&self.rule.scale().kind, given) {
            (ResponseKind::Text { .. }, _) => Ok(None),
            (ResponseKind::Date, Given::Text(text)) if is_date(text.trim()) => Ok(None),
            (ResponseKind::Date, _) => Err("is not a date such as 2026-01-31".to_owned()),
            (ResponseKind::SeveralChoice { .. }, Given::Text(text)) => {
                // ODK joins choices by spaces, our own forms by semicolons, other programs by commas or bars.
                let choices = text.split([' ', ',', ';', '|']).filter(|choice| !choice.is_empty());
                self.chosen(choices.map(Given::Text))
            }
            (ResponseKind::SeveralChoice { .. }, _) => self.chosen([given]),
            _ => self.rule.code(given).map_err(|why| self.reason(given, why)),
        }
    }

    /// Returns the answer in a cell that contains a list. Only items with several choices accept lists.
    pub(super) fn list<'g>(
        &self,
        list: impl IntoIterator<Item = Given<'g>>,
    ) -> Result<Option<f64>, String> {
        match self.rule.scale().kind {
            ResponseKind::Text { .. } => Ok(None),
            ResponseKind::SeveralChoice { .. } => self.chosen(list),
            _ => Err("is not an answer: it is a list".to_owned()),
        }
    }

    /// Whether the item accepts any cell, so that cells need not be read.
    pub(super) fn takes_anything(&self) -> bool {
        matches!(self.rule.scale().kind, ResponseKind::Text { .. })
    }

    /// Whether several options may be chosen.
    pub(super) fn takes_several(&self) -> bool {
        matches!(self.rule.scale().kind, ResponseKind::SeveralChoice { .. })
    }

    /// Whether the cells are read: formulas may look into the choices among several options.
    pub(super) fn is_scored(&self) -> bool {
        self.rule.is_scored() || self.takes_several()
    }

    pub(super) fn is_small(&self) -> bool {
        self.rule.is_small()
    }

    pub(super) fn is_like(&self, other: &Cells<'_>) -> bool {
        self.rule.is_like(&other.rule)
    }

    /// Returns the number that records the chosen options. `None` if there are none.
    fn chosen<'g>(
        &self,
        choices: impl IntoIterator<Item = Given<'g>>,
    ) -> Result<Option<f64>, String> {
        let chosen: Vec<usize> =
            choices.into_iter().map(|choice| self.choice(choice)).collect::<Result<_, _>>()?;
        Ok(self.rule.scale().chosen(chosen))
    }

    /// Returns the position of the option with this value or code.
    fn choice(&self, given: Given<'_>) -> Result<usize, String> {
        let scale = self.rule.scale();
        let number = match given {
            Given::Number(number) => number,
            Given::Text(text) => match scale.coded(text.trim()) {
                Some(value) => value.number(),
                // `accepts` refuses NaN, and its reason lists the choices.
                None => text.trim().parse().unwrap_or(f64::NAN),
            },
        };
        scale.accepts(number).map_err(|why| format!("is not a choice: {why}"))?;
        scale.position(number).ok_or_else(|| "is not a choice".to_owned())
    }

    /// Returns the number that records the options at these positions. `None` if there are none.
    pub(super) fn ticked(&self, options: impl IntoIterator<Item = usize>) -> Option<f64> {
        self.rule.scale().chosen(options)
    }

    /// Returns a more helpful reason than `why`, if one is known.
    fn reason(&self, given: Given<'_>, why: String) -> String {
        let Given::Text(text) = given else {
            let Given::Number(number) = given else { return why };
            return if number.is_finite() { why } else { "is not a number".to_owned() };
        };
        let text = text.trim();
        if let Some((_, value)) = self.labels.iter().find(|(label, _)| *label == text) {
            return format!("is the label of an answer, not its coded value, which is {value}");
        }
        // R writes `TRUE`, pandas `True`, and JavaScript `true`.
        let truth = text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false");
        if truth && self.rule.scale().kind == ResponseKind::YesNo {
            return "is not a coded value: yes is coded 1 and no is coded 0".to_owned();
        }
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => return why,
            Ok(_) => return "is not a number".to_owned(),
            Err(_) => {}
        }
        let parses = |text: &str| text.parse::<f64>().is_ok();
        if parses(&text.replacen(',', ".", 1)) {
            return "is not a number: decimals are written with a point, not with a comma"
                .to_owned();
        }
        // Word processors and East Asian keyboards write these characters for a minus sign.
        let minus = ['\u{2212}', '\u{2013}', '\u{fe63}', '\u{ff0d}'];
        if text.starts_with(minus) && parses(text.trim_start_matches(minus)) {
            return "is not a number: its minus sign is another character than `-`".to_owned();
        }
        why
    }
}

/// Whether a text is an existing date, such as `2026-01-31`.
pub(crate) fn is_date(text: &str) -> bool {
    let digits = |part: &str, count: usize| {
        let number = part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
        number.then(|| part.parse::<u32>().unwrap_or(0))
    };
    // One part more than a date has, so that a longer text does not match.
    let parts: Vec<&str> = text.splitn(4, '-').collect();
    let [year, month, day] = parts[..] else { return false };
    let (Some(year), Some(month), Some(day)) = (digits(year, 4), digits(month, 2), digits(day, 2))
    else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=last).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn dates_exist_in_the_calendar() {
        for (text, expected) in [
            ("2024-02-29", true),
            ("1900-02-28", true),
            ("1900-02-29", false),
            ("2026-02-30", false),
            ("2026-13-01", false),
            ("2026-00-10", false),
            ("2026-04-31", false),
            ("26-04-30", false),
            ("2026-4-30", false),
            ("20234-01-01", false),
            ("2026-01-05 10:00", false),
            ("31/12/2025", false),
            ("+026-01-01", false),
        ] {
            assert_eq!(is_date(text), expected, "{text}");
        }
    }
}
