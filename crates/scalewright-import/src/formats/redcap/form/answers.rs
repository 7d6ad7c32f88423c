//! The response scales of fields.

use scalewright_model::OptionValue;
use std::collections::BTreeSet;

use super::Reader;
use crate::choices::{LARGEST, MOST_OPTIONS, number, values};
use crate::finding::{Finding, Kind};
use crate::form::{Choice, Response, ResponseKind};
use crate::formats::redcap::columns::Column;
use crate::formats::redcap::field::{Coded, Field};
use crate::options::reads_like_no_answer;
use crate::words::Words;

/// The decimal places of numbers whose validation states none.
const DECIMALS: u32 = 3;

impl<'a> Reader<'a> {
    /// The position of the response scale of a field; the reason if its answers are not understood.
    pub(super) fn response(&mut self, field: &'a Field) -> Result<usize, String> {
        let name =
            if field.matrix.is_empty() { field.name.as_str() } else { field.matrix.as_str() };
        match field.kind.as_str() {
            "radio" | "dropdown" => self.listed(field, name, false),
            "checkbox" => self.listed(field, name, true),
            "yesno" => Ok(self.shared("yes-no", "yes_no", field, |_| yes_no("", ""))),
            "truefalse" => Ok(self.shared("true-false", "true_false", field, |reader| {
                let (yes, no) = (reader.tagged("True"), reader.tagged("False"));
                ResponseKind::YesNo { yes, no }
            })),
            "slider" => self.slider(field),
            "notes" => Ok(self.shared("notes", "long_text", field, |_| ResponseKind::Text(4))),
            "text" => self.text(field),
            "file" => Err("files and signatures are no answers to score".to_owned()),
            "sql" => Err("its choices are the result of a query".to_owned()),
            "" => Err("it has no field type".to_owned()),
            other => Err(format!("the field type `{other}` is not one of REDCap's")),
        }
    }

    /// The response scale of a box.
    pub(super) fn tick(&mut self, field: &'a Field) -> usize {
        self.shared("tick", "tick", field, |_| yes_no("", ""))
    }

    /// The response scale with this signature, made if there is none yet.
    fn shared(
        &mut self,
        signature: &str,
        name: &str,
        field: &'a Field,
        make: impl FnOnce(&mut Self) -> ResponseKind,
    ) -> usize {
        if let Some(known) = self.answers.get(signature) {
            return *known;
        }
        let kind = make(self);
        let name = self.ids.response(name);
        self.form.responses.push(Response { name, kind, place: field.at.place() });
        let position = self.form.responses.len() - 1;
        self.answers.insert(signature.to_owned(), position);
        position
    }

    /// The response scale of a list of choices.
    fn listed(&mut self, field: &'a Field, name: &str, is_several: bool) -> Result<usize, String> {
        let count = field.choices.len();
        if count == 0 {
            return Err("it has no choices".to_owned());
        }
        if count > MOST_OPTIONS {
            return Err(format!("it has {count} choices; a definition can have {MOST_OPTIONS}"));
        }
        let signature = format!("{is_several} {:?}", field.choices);
        Ok(self.shared(&signature, name, field, |reader| {
            let choices = reader.choices(field);
            if is_several { ResponseKind::Several(choices) } else { ResponseKind::Coded(choices) }
        }))
    }

    /// The options of a field. Their values are the codes, if these are different numbers; otherwise the options are
    /// numbered.
    fn choices(&mut self, field: &'a Field) -> Vec<Choice> {
        let place = field.place(Column::Choices);
        self.same_codes(field);
        let values = values(field.choices.iter().map(|choice| choice.code.as_str()));
        if values.is_none() {
            let message = "codes are not different numbers up to 1,000,000 with at most six decimals: the options are numbered from 1, and a code that is a word is kept as code";
            self.share(Kind::Changed, "options-numbered", field, Column::Choices, message);
        }
        let unlabelled = field.choices.iter().filter(|choice| choice.words().is_empty()).count();
        if unlabelled > 0 {
            let name = &field.name;
            let message = format!("{unlabelled} choices of `{name}` have no words, only numbers");
            self.report(Kind::Note, "no-label", &place, message);
        }
        let choices = field.choices.iter().enumerate();
        choices
            .map(|(index, coded)| {
                let value = values.as_ref().map_or_else(|| number(index), |values| values[index]);
                self.choice(coded, value, field)
            })
            .collect()
    }

    fn choice(&mut self, coded: &Coded, value: OptionValue, field: &'a Field) -> Choice {
        let place = field.place(Column::Choices);
        let label = self.words(&coded.words(), 300, &place);
        let is_missing_code = self.project.missing.iter().any(|(code, _)| *code == coded.code);
        let non_response = is_missing_code || self.options.is_non_response(&coded.code);
        let label_text =
            label.iter().map(|(_, label)| label).find(|label| reads_like_no_answer(label));
        if non_response && self.non_responses.insert(coded.code.clone()) {
            let message = format!(
                "the code {} means no answer here; REDCap counts it in calculations",
                coded.code
            );
            self.report(Kind::Doubtful, "non-response-counted", &place, message);
        }
        if let Some(text) = label_text.filter(|_| !non_response) {
            let message = format!(
                "the option `{text}` of `{}` reads like no answer, but REDCap counts its code {} in calculations",
                field.name, coded.code
            );
            let help = format!(
                "to treat it as missing, import with `--non-response {}`; this changes scores",
                coded.code
            );
            let finding = Finding::new(Kind::Note, "like-no-answer", &place, message);
            self.form.findings.push(finding.help(help));
        }
        Choice { value, stored: coded.code.clone(), label, non_response }
    }

    /// Reports codes that occur twice: stored data cannot distinguish these options.
    fn same_codes(&mut self, field: &'a Field) {
        let mut seen = BTreeSet::new();
        for coded in field.choices.iter().filter(|coded| !seen.insert(coded.code.as_str())) {
            let message = format!("two choices of `{}` have the code `{}`", field.name, coded.code);
            self.report(Kind::Doubtful, "same-code", &field.place(Column::Choices), message);
        }
    }

    /// A line between two ends. REDCap's ends are 0 and 100 unless others are stated.
    fn slider(&mut self, field: &'a Field) -> Result<usize, String> {
        let min = self.limit(field, Column::Min)?.unwrap_or(0.0);
        let max = self.limit(field, Column::Max)?.unwrap_or(100.0);
        if field.at.is_xml && field.min.is_empty() && field.max.is_empty() {
            let message =
                "a project file does not state the ends of sliders; 0 and 100 are assumed";
            self.share(Kind::Assumed, "slider-ends", field, Column::Min, message);
        }
        if min >= max {
            return Err(format!("its ends are {min} and {max}"));
        }
        let labels: Vec<&str> = field.content.split('|').map(str::trim).collect();
        let (low, middle, high) = match labels.as_slice() {
            [low, middle, high, ..] => (*low, *middle, *high),
            [low, high] => (*low, "", *high),
            [low] => (*low, "", ""),
            [] => ("", "", ""),
        };
        let place = field.place(Column::Choices);
        if !middle.is_empty() {
            let message = format!("the words `{middle}` at the middle of the line are left out");
            self.report(Kind::NotUnderstood, "middle-label", &place, message);
        }
        let signature = format!("slider {min} {max} {low}|{high}");
        Ok(self.shared(&signature, &field.name, field, |reader| {
            let (low, high) = (reader.tagged(low), reader.tagged(high));
            let (low, high) = (reader.words(&low, 300, &place), reader.words(&high, 300, &place));
            ResponseKind::VisualAnalogue { min, max, decimals: 0, low, high }
        }))
    }

    /// A text, a number, a date or a time, by its validation.
    fn text(&mut self, field: &'a Field) -> Result<usize, String> {
        if !field.content.is_empty() {
            let message = format!(
                "`{}` searches in the ontology `{}`; it is a text here",
                field.name, field.content
            );
            self.report(Kind::Changed, "ontology", &field.place(Column::Choices), message);
        }
        let validation = field.validation.as_str();
        if let Some(decimals) = decimals(validation) {
            return self.number(field, decimals);
        }
        self.other_limits(field);
        if matches!(validation, "date_ymd" | "date_mdy" | "date_dmy") {
            return Ok(self.shared("date", &field.name, field, |_| ResponseKind::Date));
        }
        if validation == "time" {
            return Ok(self.shared("time", &field.name, field, |_| ResponseKind::Time));
        }
        if !validation.is_empty() {
            let message = format!(
                "the validation `{validation}` has no counterpart, so that any text is accepted"
            );
            self.share(Kind::Changed, "validation", field, Column::Validation, &message);
        }
        Ok(self.shared("text", "text", field, |_| ResponseKind::Text(1)))
    }

    /// A number. A short note is its unit.
    fn number(&mut self, field: &'a Field, decimals: Option<u32>) -> Result<usize, String> {
        let (min, max) = (self.limit(field, Column::Min)?, self.limit(field, Column::Max)?);
        if min.zip(max).is_some_and(|(min, max)| min >= max) {
            return Err("its lowest number is not below its highest".to_owned());
        }
        if decimals.is_none() {
            let validation = &field.validation;
            let message =
                format!("the validation `{validation}` states no decimals; {DECIMALS} are allowed");
            self.share(Kind::Assumed, "decimals", field, Column::Validation, &message);
        }
        let decimals = decimals.unwrap_or(DECIMALS);
        let unit = if is_unit(&field.note) { field.note.as_str() } else { "" };
        let signature = format!("number {min:?} {max:?} {decimals} {unit}");
        let place = field.place(Column::Note);
        Ok(self.shared(&signature, &field.name, field, |reader| {
            let unit = reader.tagged(unit);
            let unit = reader.words(&unit, 100, &place);
            ResponseKind::Numeric { min, max, decimals: Some(decimals), unit }
        }))
    }

    /// A limit of a number; `None` if there is none, or if it is no number within our bounds, which is reported.
    fn limit(&mut self, field: &'a Field, column: Column) -> Result<Option<f64>, String> {
        let text = if column == Column::Min { &field.min } else { &field.max };
        if text.is_empty() {
            return Ok(None);
        }
        let number =
            text.replace(',', ".").parse().ok().filter(|number: &f64| number.abs() <= LARGEST);
        if number.is_none() {
            let message = format!(
                "the limit `{text}` of `{}` is not a number up to 1,000,000 and is left out",
                field.name
            );
            self.report(Kind::NotUnderstood, "limit", &field.place(column), message);
        }
        Ok(number)
    }

    /// Reports limits of dates and texts.
    fn other_limits(&mut self, field: &'a Field) {
        for (column, limit) in [(Column::Min, &field.min), (Column::Max, &field.max)] {
            if !limit.is_empty() {
                let message = format!(
                    "the limit `{limit}` of `{}` has no counterpart and is left out",
                    field.name
                );
                self.report(Kind::NotUnderstood, "limit", &field.place(column), message);
            }
        }
    }
}

fn yes_no(yes: &str, no: &str) -> ResponseKind {
    ResponseKind::YesNo { yes: Words::only(yes), no: Words::only(no) }
}

/// The decimal places of a validation for numbers; `Some(None)` if it states none.
fn decimals(validation: &str) -> Option<Option<u32>> {
    if validation == "integer" {
        return Some(Some(0));
    }
    let rest = validation.strip_prefix("number")?;
    let rest = rest.strip_suffix("_comma_decimal").unwrap_or(rest);
    if rest.is_empty() {
        return Some(None);
    }
    let digits = rest.strip_prefix('_')?.strip_suffix("dp")?;
    digits.parse().ok().filter(|decimals| *decimals <= 9).map(Some)
}

/// Whether a note is short enough to be a unit: `kg`, `hours a week`.
pub(super) fn is_unit(note: &str) -> bool {
    let is_short = note.chars().count() <= 24 && note.split_whitespace().count() <= 3;
    !note.is_empty() && is_short && !note.contains(['.', ':', '?', '!', '<', '='])
}
