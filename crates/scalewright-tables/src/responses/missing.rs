//! Codes that mark a missing answer in a table, besides empty cells, and why the answer is missing: `--missing-code`, and
//! `[missing]` in a map.

use std::collections::BTreeMap;
use std::rc::Rc;

use scalewright_model::{Instrument, ItemIx, ResponseScaleIx};

use crate::Stop;

use super::answer::Given;

/// A declared code.
#[derive(Debug, Clone)]
pub(super) struct MissingCode {
    /// The content of the cells.
    pub(super) code: String,
    /// Why there is no answer; the code itself if no reason is declared.
    pub(super) reason: Rc<str>,
    /// The items whose cells may contain the code.
    pub(super) of: MissingOf,
    /// The position in the map; `None` for an option.
    pub(super) place: Option<String>,
}

/// The items that a code is declared for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum MissingOf {
    /// All items.
    All,
    /// The items with this response scale.
    Scale(ResponseScaleIx),
    /// This item.
    Item(ItemIx),
}

impl MissingCode {
    /// Reads the value of `--missing-code`: a code, or a code and a reason, as in `98=refused`.
    ///
    /// # Errors
    ///
    /// When one of them is empty.
    pub(super) fn of_option(text: &str) -> Result<Self, Stop> {
        let (code, reason) = text.split_once('=').unwrap_or((text, text));
        let (code, reason) = (code.trim(), reason.trim());
        if code.is_empty() || reason.is_empty() {
            return Err(Stop::usage(format!("`--missing-code {text}` has no code or no reason"))
                .help("write a code, such as `98`, or a code and a reason, such as `98=refused`; an empty cell is missing anyway"));
        }
        Ok(Self { code: code.to_owned(), reason: reason.into(), of: MissingOf::All, place: None })
    }

    /// Whether the code is declared for an item.
    pub(super) fn is_of(&self, item: ItemIx, instrument: &Instrument) -> bool {
        match self.of {
            MissingOf::All => true,
            MissingOf::Scale(scale) => instrument.items[item.0].response == scale,
            MissingOf::Item(one) => one == item,
        }
    }

    /// The error for a code that is also an answer.
    pub(super) fn answers(&self, item: &str) -> Stop {
        let Self { code, place, .. } = self;
        let message = format!("`{code}` cannot mark missing answers: it is an answer to `{item}`");
        match place {
            Some(place) => Stop::wrong(format!("{place}: {message}")).help(
                "if only other items have the code, list it for their response scale: `[missing.<response scale>]`",
            ),
            None => Stop::usage(message).help(
                "if only other items have the code, list it for their response scale in a map: `[missing.<response scale>]`",
            ),
        }
    }
}

/// The codes of an item, with the reason for each.
#[derive(Debug, Default)]
pub(super) struct Missing {
    texts: BTreeMap<String, Rc<str>>,
    numbers: Vec<(f64, Rc<str>)>,
    not_a_number: Option<Rc<str>>,
}

impl Missing {
    /// The codes of an item.
    ///
    /// # Errors
    ///
    /// When a code has two reasons.
    pub(super) fn new<'c>(codes: impl Iterator<Item = &'c MissingCode>) -> Result<Self, Stop> {
        let mut missing = Self::default();
        for MissingCode { code, reason, place, .. } in codes {
            let known = missing.reason(Given::Text(code));
            if let Some(other) = known.filter(|other| *other != reason) {
                let message =
                    format!("the code `{code}` has two reasons: `{other}` and `{reason}`");
                let stop = match place {
                    Some(place) => Stop::wrong(format!("{place}: {message}")),
                    None => Stop::usage(message),
                };
                return Err(stop.help("declare it once"));
            }
            match code.parse::<f64>() {
                Ok(number) if number.is_finite() => {
                    missing.numbers.push((number, Rc::clone(reason)));
                }
                Ok(number) if number.is_nan() => missing.not_a_number = Some(Rc::clone(reason)),
                _ => {}
            }
            missing.texts.insert(code.clone(), Rc::clone(reason));
        }
        Ok(missing)
    }

    /// Why the answer is missing, if the cell is marked as missing. -99 and -99.0 are the same code.
    pub(super) fn reason(&self, given: Given<'_>) -> Option<&Rc<str>> {
        let among = |number: f64| self.numbers.iter().find(|(code, _)| *code == number);
        match given {
            Given::Text(text) => {
                let text = text.trim();
                // Not called if no code is a number, because parsing every cell is slow.
                let number = || text.parse().ok().filter(|_| !self.numbers.is_empty());
                let known = self.texts.get(text);
                known.or_else(|| number().and_then(among).map(|(_, reason)| reason))
            }
            // NaN equals nothing, so a list of numbers cannot contain it.
            Given::Number(number) if number.is_nan() => self.not_a_number.as_ref(),
            Given::Number(number) => among(number).map(|(_, reason)| reason),
        }
    }
}
