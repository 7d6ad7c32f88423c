//! `--missing-code`: codes that mark a missing answer in a table, besides empty cells.

use std::collections::BTreeSet;

use scalewright_model::{Instrument, ItemIx, ResponseKind};

use crate::Stop;

use super::answer::{Given, Rule};

/// The declared missing-answer codes. None of them is a valid answer.
#[derive(Debug, Default)]
pub(crate) struct Missing {
    texts: BTreeSet<String>,
    numbers: Vec<f64>,
    /// Whether NaN is one of the codes.
    not_a_number: bool,
}

impl Missing {
    /// Checks and stores the codes.
    ///
    /// # Errors
    ///
    /// When a code is also a valid answer to an item.
    pub(crate) fn new(marks: &[String], instrument: &Instrument) -> Result<Self, Stop> {
        let mut missing = Self::default();
        for mark in marks.iter().map(|mark| mark.trim()) {
            if let Some(item) = answered_by(mark, instrument) {
                let message =
                    format!("`{mark}` cannot mark missing answers: it is an answer to `{item}`");
                return Err(Stop::usage(message)
                    .help("leave the cells of missing answers empty in the table"));
            }
            match mark.parse::<f64>() {
                Ok(number) if number.is_finite() => missing.numbers.push(number),
                Ok(number) if number.is_nan() => missing.not_a_number = true,
                _ => {}
            }
            missing.texts.insert(mark.to_owned());
        }
        Ok(missing)
    }

    /// Whether a cell is marked as missing. -99 and -99.0 are the same code.
    pub(super) fn marks(&self, given: Given<'_>) -> bool {
        match given {
            Given::Text(text) => {
                let text = text.trim();
                // Not called if no code is a number, because parsing every cell is slow.
                let number = || text.parse().is_ok_and(|number| self.numbers.contains(&number));
                self.texts.contains(text) || !self.numbers.is_empty() && number()
            }
            Given::Number(number) => {
                // NaN equals nothing, so a list of numbers cannot contain it.
                self.numbers.contains(&number) || self.not_a_number && number.is_nan()
            }
        }
    }
}

/// The first item that accepts `mark` as an answer. Items with free text, which accept everything, do not count.
fn answered_by<'i>(mark: &str, instrument: &'i Instrument) -> Option<&'i str> {
    let answers = |index: usize| {
        let (rule, scale) =
            (Rule::new(instrument, ItemIx(index)), instrument.response(ItemIx(index)));
        match scale.kind {
            ResponseKind::Text { .. } => false,
            ResponseKind::Date => super::cell::is_date(mark),
            ResponseKind::SeveralChoice { .. } => {
                let number = mark.parse().is_ok_and(|number| scale.accepts(number).is_ok());
                number || scale.coded(mark).is_some()
            }
            _ => matches!(rule.code(Given::Text(mark)), Ok(Some(_))),
        }
    };
    let items = instrument.items.iter().enumerate();
    items.filter(|(index, _)| answers(*index)).map(|(_, item)| item.id.as_str()).next()
}

/// Texts that programs and people often write for missing answers, in lower case.
const TEXTS: [&str; 20] = [
    "n/a", "na", "n.a.", "nan", "null", "none", "nil", "missing", ".", "-", "--", "---", "–", "?",
    "#n/a", "#null!", "<na>", "<null>", "\\n", "nat",
];

/// Numbers that are often used as missing-answer codes.
const NUMBERS: [f64; 24] = [
    -1.0, -7.0, -8.0, -9.0, -66.0, -77.0, -88.0, -97.0, -98.0, -99.0, -777.0, -888.0, -999.0,
    -9999.0, 77.0, 88.0, 97.0, 98.0, 99.0, 777.0, 888.0, 998.0, 999.0, 9999.0,
];

/// Refused cells that may be missing-answer codes, at most four of them.
#[derive(Debug, Default)]
pub struct PossibleMissingCodes(BTreeSet<String>);

impl PossibleMissingCodes {
    /// Examines the content of a refused cell.
    pub fn see(&mut self, value: &str) {
        if self.0.len() < 4 {
            self.0.extend(Self::is_one(value));
        }
    }

    /// The missing-answer code that a refused cell may be.
    pub(crate) fn is_one(value: &str) -> Option<String> {
        let text = value.trim();
        let number: Option<f64> = text.parse().ok().filter(|number| NUMBERS.contains(number));
        match number {
            // -99.0 is the code -99.
            Some(number) => Some(number.to_string()),
            None => TEXTS.contains(&text.to_lowercase().as_str()).then(|| text.to_owned()),
        }
    }

    /// The help that suggests declaring them. Valid answers to an item are left out, because they cannot be declared.
    #[must_use]
    pub fn help(&self, instrument: &Instrument) -> Option<String> {
        self.help_of(&[instrument])
    }

    /// The same for a table of answers to several instruments.
    pub(crate) fn help_of(&self, instruments: &[&Instrument]) -> Option<String> {
        let is_free = |mark: &&String| {
            instruments.iter().all(|instrument| answered_by(mark, instrument).is_none())
        };
        let marks: Vec<&String> = self.0.iter().filter(is_free).collect();
        let names: Vec<String> = marks.iter().map(|mark| format!("`{mark}`")).collect();
        let options: Vec<String> =
            marks.iter().map(|mark| format!("--missing-code {}", quoted(mark))).collect();
        let verb = if names.len() == 1 { "marks" } else { "mark" };
        (!names.is_empty()).then(|| {
            format!(
                "if {} {verb} a missing answer, use `{}`",
                names.join(" and "),
                options.join(" ")
            )
        })
    }
}

/// A code as it is typed in a shell.
fn quoted(mark: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-./".contains(c);
    if mark.chars().all(plain) { mark.to_owned() } else { format!("'{mark}'") }
}
