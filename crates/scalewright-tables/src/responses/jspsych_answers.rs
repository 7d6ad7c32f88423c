//! What the answers of jsPsych's survey plug-ins mean: positions on a scale, counted from 0, or the labels of options.

use std::collections::BTreeMap;

use scalewright_model::text::quote;
use scalewright_model::{Instrument, ItemIx, ResponseOption};
use serde_json::{Value, json};

use super::jspsych_trials::Trial;
use super::labels::{LabelMatch, Labels};
use super::row_reader::About;
use crate::Stop;

const LIKERT: &str = "survey-likert";
/// The plug-ins that store the text of options.
const LABELLED: [&str; 2] = ["survey-multi-choice", "survey-multi-select"];

/// An item with options.
struct Asked<'a> {
    options: &'a [ResponseOption],
    labels: Labels,
}

impl Asked<'_> {
    fn value_at(&self, position: f64) -> Option<f64> {
        let at = (0..self.options.len()).find(|at| position_of(*at) == Some(position))?;
        Some(self.options[at].value.number())
    }

    fn has_value(&self, number: f64) -> bool {
        #[expect(clippy::float_cmp, reason = "values are decimals as they are written")]
        self.options.iter().any(|option| option.value.number() == number)
    }

    /// Whether each value is its position.
    fn is_alike(&self) -> bool {
        let positions = (0..self.options.len()).map(position_of);
        self.options.iter().map(|option| Some(option.value.number())).eq(positions)
    }
}

fn position_of(at: usize) -> Option<f64> {
    u32::try_from(at).ok().map(f64::from)
}

/// What the answers mean.
pub(super) struct Meaning<'a> {
    name: &'a str,
    /// The items with options, by their columns.
    items: BTreeMap<&'a str, Asked<'a>>,
    are_positions: bool,
}

impl<'a> Meaning<'a> {
    /// Finds out what the numbers of Likert scales are.
    ///
    /// # Errors
    ///
    /// When they may be positions or values, unless `is_declared`, and when they are neither.
    pub(super) fn new(
        name: &'a str,
        about: &'a About<'_>,
        trials: &[Trial],
        is_declared: bool,
    ) -> Result<Self, Stop> {
        let items = items(about.instrument, about);
        let mut meaning = Self { name, items, are_positions: true };
        let (mut position, mut value, mut any) = (None, None, None);
        for (item, asked, number) in meaning.numbers(trials) {
            any.get_or_insert((item.to_owned(), asked.options.len()));
            match (asked.value_at(number).is_some(), asked.has_value(number)) {
                (true, false) => drop(position.get_or_insert((item.to_owned(), number))),
                (false, true) => drop(value.get_or_insert((item.to_owned(), number))),
                _ => {}
            }
        }
        meaning.are_positions = match (position, value, any) {
            (Some((one, low)), Some((other, high)), _) => {
                let message = format!(
                    "{name}: the trials of `{LIKERT}` mix positions and values: `{}` is {low}, and `{}` is {high}",
                    quote(&one),
                    quote(&other)
                );
                return Err(Stop::wrong(message).help(
                    "the plug-in stores positions, from 0: give a table with the coded answers, with a column for each item",
                ));
            }
            (None, Some(_), _) => false,
            (None, None, Some((item, options))) if !is_declared => {
                let message = format!(
                    "{name}: the numbers of `{LIKERT}` may be positions or values: `{}` has {options} options, whose values \
                     are not their positions, and the answers fit both",
                    quote(&item)
                );
                return Err(Stop::wrong(message).help(
                    "the plug-in stores positions, from 0: if the experiment did not change them, add `--from jspsych`",
                ));
            }
            _ => true,
        };
        Ok(meaning)
    }

    /// The numbers that are answers to items whose values are not their positions.
    fn numbers<'t>(
        &'t self,
        trials: &'t [Trial],
    ) -> impl Iterator<Item = (&'t str, &'t Asked<'a>, f64)> {
        let likert = trials.iter().filter(|trial| trial.kind == LIKERT);
        likert.flat_map(|trial| &trial.answers).filter_map(|(item, value)| {
            let asked = self.items.get(item.as_str()).filter(|asked| !asked.is_alike())?;
            Some((item.as_str(), asked, value.as_f64()?))
        })
    }

    /// Replaces the answers by those of the definition.
    ///
    /// # Errors
    ///
    /// When a text is the label of one answer and the code of another.
    pub(super) fn apply(&self, trials: &mut [Trial]) -> Result<(), Stop> {
        for trial in trials {
            let kind = trial.kind.clone();
            for (item, value) in &mut trial.answers {
                let Some(asked) = self.items.get(item.as_str()) else { continue };
                match value {
                    Value::Number(number) if kind == LIKERT && self.are_positions => {
                        let position = number.as_f64().unwrap_or(f64::NAN);
                        *value = match asked.value_at(position) {
                            Some(own) => json!(own),
                            None => json!(format!("position {number} of {}", asked.options.len())),
                        };
                    }
                    Value::String(text) if LABELLED.contains(&kind.as_str()) => {
                        if let Some(own) = self.coded(item, asked, text)? {
                            *value = json!(own);
                        }
                    }
                    Value::Array(list) if LABELLED.contains(&kind.as_str()) => {
                        for entry in list {
                            let Value::String(text) = entry else { continue };
                            if let Some(own) = self.coded(item, asked, text)? {
                                *entry = json!(own);
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// The value of the option with a label; `None` if no option has it, so that the text must be a code.
    fn coded(&self, item: &str, asked: &Asked<'_>, text: &str) -> Result<Option<f64>, Stop> {
        let LabelMatch::One(value) = asked.labels.find(text) else { return Ok(None) };
        let value = value.number();
        let code: Option<f64> = text.trim().parse().ok();
        #[expect(clippy::float_cmp, reason = "values are decimals as they are written")]
        if code.is_some_and(|code| code != value && asked.has_value(code)) {
            let (name, item, text) = (self.name, quote(item), quote(text));
            let message = format!(
                "{name}: `{text}`, an answer to `{item}`, is the label of one option and the value of another"
            );
            return Err(Stop::wrong(message)
                .help("give a table with the coded answers, with a column for each item"));
        }
        Ok(Some(value))
    }
}

fn items<'a>(instrument: &'a Instrument, about: &'a About<'_>) -> BTreeMap<&'a str, Asked<'a>> {
    let items = instrument.items.iter().enumerate().map(|(at, item)| {
        let options = instrument.response(ItemIx(at)).options();
        let labels = Labels::new(instrument, ItemIx(at));
        (about.map.column(&item.id), Asked { options, labels })
    });
    items.filter(|(_, asked)| !asked.options.is_empty()).collect()
}
