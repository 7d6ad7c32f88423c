//! Response scales as response options.

use scalewright_model::{Instrument, ResponseKind, ResponseScaleIx};
use serde_json::{Map, Value, json};

use super::form::Form;
use super::texts;
use crate::{ExportedFile, choices};

/// The name of the file of a response scale.
pub(super) fn file_name(form: &Form<'_>, response: ResponseScaleIx) -> String {
    let id = &form.request.instrument.response_scales[response.0].name;
    form.request.file_name(&format!("options.{id}.jsonld"))
}

/// The files of the response scales that items use.
pub(super) fn files(form: &Form<'_>) -> Vec<ExportedFile> {
    let instrument = form.request.instrument;
    let used = (0..instrument.response_scales.len()).map(ResponseScaleIx);
    let used = used.filter(|ix| instrument.items.iter().any(|item| item.response == *ix));
    used.map(|ix| texts::file(file_name(form, ix), "ResponseOption", parts(form, ix))).collect()
}

/// The kind of field for an item.
pub(super) fn input(kind: &ResponseKind) -> &'static str {
    match kind {
        ResponseKind::Coded { options: _ }
        | ResponseKind::YesNo
        | ResponseKind::SeveralChoice { options: _ } => "radio",
        ResponseKind::Numeric { min: _, max: _, decimals: 0 } => "number",
        ResponseKind::Numeric { min: _, max: _, decimals: _ } => "float",
        ResponseKind::VisualAnalogue { min: _, max: _, decimals: _ } => "slider",
        ResponseKind::Text { lines: _ } => "text",
        ResponseKind::Date => "date",
        ResponseKind::Time => "time",
    }
}

fn parts(form: &Form<'_>, response: ResponseScaleIx) -> Value {
    let mut parts = Map::new();
    let mut put = |key: &str, value: Value| parts.insert(key.to_owned(), value);
    let kind = &form.request.instrument.response_scales[response.0].kind;
    put("valueType", json!([value_type(kind)]));
    match kind {
        ResponseKind::Coded { options: _ } | ResponseKind::YesNo => {
            put("multipleChoice", json!(false));
            put("choices", options(form, response));
        }
        ResponseKind::SeveralChoice { options: _ } => {
            put("multipleChoice", json!(true));
            put("choices", options(form, response));
        }
        ResponseKind::Numeric { min, max, decimals: _ } => {
            put("minValue", min.map_or(Value::Null, number));
            put("maxValue", max.map_or(Value::Null, number));
            put("unitOptions", unit(form, response));
        }
        ResponseKind::VisualAnalogue { min, max, decimals: _ } => {
            put("minValue", number(*min));
            put("maxValue", number(*max));
            put("choices", ends(form, response, (*min, *max)));
        }
        ResponseKind::Text { lines: _ } | ResponseKind::Date | ResponseKind::Time => {}
    }
    Value::Object(parts)
}

fn value_type(kind: &ResponseKind) -> &'static str {
    match kind {
        ResponseKind::Coded { options: _ }
        | ResponseKind::YesNo
        | ResponseKind::SeveralChoice { options: _ }
        | ResponseKind::Numeric { min: _, max: _, decimals: 0 }
        | ResponseKind::VisualAnalogue { min: _, max: _, decimals: 0 } => "xsd:integer",
        ResponseKind::Numeric { min: _, max: _, decimals: _ }
        | ResponseKind::VisualAnalogue { min: _, max: _, decimals: _ } => "xsd:decimal",
        ResponseKind::Text { lines: _ } => "xsd:string",
        ResponseKind::Date => "xsd:date",
        ResponseKind::Time => "xsd:time",
    }
}

/// A number, written without a decimal point if it is whole.
pub(super) fn number(value: f64) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "whole and below 1e15")]
    match value.fract() == 0.0 && value.abs() < 1e15 {
        true => json!(value as i64),
        false => json!(value),
    }
}

fn options(form: &Form<'_>, response: ResponseScaleIx) -> Value {
    let instrument: &Instrument = form.request.instrument;
    let options = choices::options(instrument, response);
    let choice = options.iter().enumerate().map(|(position, option)| {
        let name = form.languages.text(|wording| {
            let labels = choices::labels(instrument, wording, response);
            labels.get(position).map(|label| (*label).to_owned())
        });
        let name = name.unwrap_or_else(|| form.languages.name(&option.value.to_string()));
        json!({"name": name, "value": option.value})
    });
    choice.collect()
}

/// The unit of a number.
fn unit(form: &Form<'_>, response: ResponseScaleIx) -> Value {
    let unit = form.languages.text(|wording| wording.responses[response.0].unit.clone());
    let Some(unit) = unit else { return Value::Null };
    let own = unit.values().next().cloned();
    json!([{"prefLabel": unit, "value": own}])
}

/// The words at the ends of a line. Without words the ends show their numbers.
fn ends(form: &Form<'_>, response: ResponseScaleIx, (min, max): (f64, f64)) -> Value {
    let low = form.languages.text(|wording| wording.responses[response.0].min_label.clone());
    let high = form.languages.text(|wording| wording.responses[response.0].max_label.clone());
    let end = |(value, name): (f64, Option<texts::Text>)| {
        let name = name.unwrap_or_else(|| form.languages.name(&number(value).to_string()));
        json!({"name": name, "value": number(value)})
    };
    [(min, low), (max, high)].map(end).into_iter().collect()
}
