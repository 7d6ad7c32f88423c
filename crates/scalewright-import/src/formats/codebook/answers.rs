//! The response scales of the items of a codebook.

use super::Reader;
use super::headers::What;
use super::values;
use crate::draft::{Listed, bounded, decimals};
use crate::finding::Kind;
use crate::form::ResponseKind;
use crate::options::reads_like_no_answer;
use crate::place::Place;
use crate::words::Words;

/// Ranges with at most so many numbers become options.
const MOST_POINTS: i64 = 11;

impl<'a> Reader<'a> {
    /// The position of the response scale of a row.
    pub(super) fn response(
        &mut self,
        row: usize,
        name: &str,
        is_scored: bool,
    ) -> Result<usize, String> {
        let place = self.place(row, What::Values);
        let mut options = self.listed(row)?;
        let bounds = self.bounds(row);
        if let (Some((min, max)), false) = (bounds, options.is_empty()) {
            self.fill(&mut options, min, max, row, name);
        }
        if let (Some((min, max)), true) = (bounds, options.is_empty()) {
            let points = points(min, max).filter(|points| is_scored && points.len() > 1);
            let Some(points) = points else { return Ok(self.number(min, max, name, row)) };
            let message = format!("`{name}` has no words for its values, only numbers");
            self.draft.report(Kind::Assumed, "no-label", &self.place(row, What::Min), message);
            options = points.into_iter().map(|value| unlabelled(value, &place)).collect();
        }
        self.missing(row, &mut options);
        if options.is_empty() {
            let message = format!("`{name}` has no values; it is a text");
            let help = "with a lowest and a highest number it can be a number";
            self.draft.advise(Kind::Assumed, "no-values", &place, message, help);
            return Ok(self.draft.response("words", "words_1", &place, |_| ResponseKind::Text(1)));
        }
        let known = self.draft.form.responses.len();
        let answers = format!("answers_{}", self.coded + 1);
        let position = self.draft.listed(&options, &answers, false, &place)?;
        self.coded += usize::from(self.draft.form.responses.len() > known);
        Ok(position)
    }

    /// The options that a row lists, in one cell or in a column for each value.
    fn listed(&mut self, row: usize) -> Result<Vec<Listed>, String> {
        let mut pairs: Vec<(String, String, Place)> = Vec::new();
        let place = self.place(row, What::Values);
        let text = self.text(row, What::Values);
        for (value, label) in values::parsed(text)
            .map_err(|reason| format!("its values `{}` {reason}", short(text)))?
        {
            pairs.push((value, label, place.clone()));
        }
        for (value, column) in self.columns.values.clone() {
            let label = self.sheet.cell(row, column);
            if !label.is_empty() {
                let place = self.sheet.place(self.draft.file, row, column);
                pairs.push((value, label.to_owned(), place));
            }
        }
        let numbers: Vec<i64> = pairs
            .iter()
            .filter(|(_, label, _)| !reads_like_no_answer(label))
            .filter_map(|(value, _, _)| value.parse().ok())
            .collect();
        let listed = pairs.into_iter().map(|(stored, label, place)| {
            let non_response = is_outside(&stored, &numbers) && reads_like_no_answer(&label);
            if non_response {
                let message = format!("`{stored}` is marked as no answer, because its label is `{label}` and the number is not one of the scale");
                self.draft.report(Kind::Assumed, "non-response", &place, message);
            }
            Listed { stored, label: Words::only(&label), non_response, place }
        });
        Ok(listed.collect())
    }

    /// Adds the values between a lowest and a highest one that have no words.
    fn fill(&mut self, options: &mut Vec<Listed>, min: f64, max: f64, row: usize, name: &str) {
        let place = self.place(row, What::Min);
        let value = |option: &Listed| option.stored.parse::<i64>().ok();
        let listed: Vec<i64> =
            options.iter().filter(|option| !option.non_response).filter_map(value).collect();
        let Some(points) = points(min, max) else { return };
        if listed.iter().any(|value| !points.contains(value)) {
            let message =
                format!("`{name}` lists values outside of {min} to {max}; the values are taken");
            self.draft.report(Kind::Doubtful, "range", &place, message);
            return;
        }
        let absent = points.iter().filter(|value| !listed.contains(value));
        let absent: Vec<Listed> = absent.map(|value| unlabelled(*value, &place)).collect();
        if !absent.is_empty() {
            options.extend(absent);
            options.sort_by_key(|option| (option.non_response, value(option)));
        }
    }

    /// The lowest and the highest value of a row.
    fn bounds(&mut self, row: usize) -> Option<(f64, f64)> {
        let mut bound = |what| {
            let text = self.text(row, what);
            // A comma is a decimal point in many countries.
            let number = bounded(&text.replace(',', "."));
            if number.is_none() && !text.is_empty() {
                let message = format!("`{text}` is not a number up to 1,000,000 and is left out");
                self.draft.report(Kind::NotUnderstood, "limit", &self.place(row, what), message);
            }
            number
        };
        let (min, max) = (bound(What::Min), bound(What::Max));
        let bounds = min.zip(max).filter(|(min, max)| min < max);
        if bounds.is_none() && (min.is_some() || max.is_some()) {
            let message = "a lowest number without a higher highest one is left out";
            self.draft.report(Kind::NotUnderstood, "limit", &self.place(row, What::Min), message);
        }
        bounds
    }

    fn number(&mut self, min: f64, max: f64, name: &str, row: usize) -> usize {
        let place = self.place(row, What::Min);
        let decimals = decimals(min).max(decimals(max));
        let signature = format!("number {min} {max} {decimals}");
        self.draft.response(&signature, name, &place, |_| ResponseKind::Numeric {
            min: Some(min),
            max: Some(max),
            decimals: Some(decimals),
            unit: Words::default(),
        })
    }

    /// Adds the codes of missing answers that a row lists.
    fn missing(&mut self, row: usize, options: &mut Vec<Listed>) {
        let text = self.text(row, What::Missing);
        if text.is_empty() {
            return;
        }
        let place = self.place(row, What::Missing);
        let codes = values::codes(text);
        if codes.is_empty() || options.is_empty() {
            let message = format!("the missing codes `{}` are left out", short(text));
            self.draft.report(Kind::NotUnderstood, "missing-codes", &place, message);
            return;
        }
        for (stored, label) in codes {
            match options.iter_mut().find(|option| option.stored == stored) {
                Some(option) => option.non_response = true,
                None => {
                    let label =
                        if label.is_empty() { Words::default() } else { Words::only(&label) };
                    options.push(Listed {
                        stored,
                        label,
                        non_response: true,
                        place: place.clone(),
                    });
                }
            }
        }
    }
}

/// Whether a number is none of a scale: negative where the others are not, or beyond a gap.
fn is_outside(stored: &str, numbers: &[i64]) -> bool {
    let Ok(value) = stored.parse::<i64>() else { return true };
    let (Some(low), Some(high)) = (numbers.iter().min(), numbers.iter().max()) else { return true };
    value < low - 1 || value > high + 1 || value < 0 && *low >= 0
}

/// The whole numbers from a lowest to a highest one, if they are few.
#[expect(clippy::cast_possible_truncation, reason = "whole, and within ±1,000,000")]
fn points(min: f64, max: f64) -> Option<Vec<i64>> {
    let are_whole = min.fract() == 0.0 && max.fract() == 0.0;
    let (low, high) = (min as i64, max as i64);
    (are_whole && high - low < MOST_POINTS).then(|| (low..=high).collect())
}

fn unlabelled(value: i64, place: &Place) -> Listed {
    let stored = value.to_string();
    Listed { stored, label: Words::default(), non_response: false, place: place.clone() }
}

/// The beginning of a text, for a message.
fn short(text: &str) -> String {
    if text.chars().count() <= 60 {
        return text.to_owned();
    }
    format!("{}…", text.chars().take(60).collect::<String>())
}
