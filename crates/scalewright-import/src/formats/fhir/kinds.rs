//! The kinds of answers that have no options.

use serde_json::Value as Json;

use super::json::{choice, codes, extension, extension_number, extensions, list, text};
use super::reader::Reader;
use super::words;
use crate::fhirpath::Answered;
use crate::finding::Kind;
use crate::form::ResponseKind;
use crate::words::Words;

/// The bounds of numbers in our format.
const GREATEST: f64 = 1_000_000.0;
/// The most decimal places.
const MOST_DECIMALS: f64 = 6.0;

/// Whether an item has a control: `slider`, `check-box`.
pub(super) fn has_control(item: &Json, code: &str) -> bool {
    extension(item, "itemControl").is_some_and(|concept| codes(concept).contains(&code))
}

/// The answer to a question without options: the element of the response, the response scale, and what expressions see.
/// `None` for an item that asks nothing.
pub(super) fn read(
    reader: &mut Reader<'_>,
    item: &Json,
    pointer: &str,
    position: usize,
) -> Option<(&'static str, ResponseKind, Answered)> {
    let other = Answered::Other { item: Some(position) };
    Some(match text(item, "type")? {
        "boolean" => {
            let kind = ResponseKind::YesNo { yes: Words::default(), no: Words::default() };
            ("valueBoolean", kind, super::questions::yes_no(position))
        }
        "integer" => number(reader, item, pointer, ("valueInteger", position)),
        "decimal" => number(reader, item, pointer, ("valueDecimal", position)),
        "quantity" => number(reader, item, pointer, ("valueQuantity", position)),
        "string" => ("valueString", ResponseKind::Text(1), other),
        "text" => ("valueString", ResponseKind::Text(4), other),
        "url" => {
            reader.report(Kind::Changed, "url", pointer, "the address is asked as a text");
            ("valueUri", ResponseKind::Text(1), other)
        }
        "date" => ("valueDate", ResponseKind::Date, other),
        "dateTime" => {
            let message = "it asks for a day and a time; only the day is imported";
            reader.report(Kind::Changed, "date-and-time", pointer, message);
            ("valueDateTime", ResponseKind::Date, other)
        }
        "time" => ("valueTime", ResponseKind::Time, other),
        _ => return None,
    })
}

fn number(
    reader: &mut Reader<'_>,
    item: &Json,
    pointer: &str,
    (key, position): (&'static str, usize),
) -> (&'static str, ResponseKind, Answered) {
    let bound = |name| extension_number(item, name).filter(|bound: &f64| bound.abs() <= GREATEST);
    let (min, max) = (bound("minValue"), bound("maxValue"));
    let whole = key == "valueInteger";
    let decimals = decimals(reader, item, pointer, whole);
    let answered = Answered::Number {
        item: position,
        is_quantity: key == "valueQuantity",
        is_whole: whole,
        low: min,
        high: max,
    };
    if has_control(item, "slider") {
        if let (Some(min), Some(max)) = (min, max) {
            let (low, high) = ends(reader, item);
            return (key, ResponseKind::VisualAnalogue { min, max, decimals, low, high }, answered);
        }
        let message = "a slider without a lowest and a highest value is asked as a number";
        reader.report(Kind::Changed, "slider", pointer, message);
    }
    let unit = unit(reader, item, pointer);
    (key, ResponseKind::Numeric { min, max, decimals: Some(decimals), unit }, answered)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 6")]
fn decimals(reader: &mut Reader<'_>, item: &Json, pointer: &str, whole: bool) -> u32 {
    if whole {
        return 0;
    }
    let places = extension_number(item, "maxDecimalPlaces").filter(|places| *places >= 0.0);
    places.map_or_else(
        || {
            let message =
                "it does not state how many decimal places a number may have: 2 are assumed";
            reader.report_many((Kind::Assumed, "decimals"), pointer, message);
            2
        },
        |places| places.min(MOST_DECIMALS) as u32,
    )
}

fn unit(reader: &mut Reader<'_>, item: &Json, pointer: &str) -> Words {
    let units: Vec<&Json> = extensions(item, "unit")
        .chain(extensions(item, "unitOption"))
        .filter_map(|(_, extension)| choice(extension, "value").map(|(_, value)| value))
        .collect();
    if units.len() > 1 {
        let message = "it offers several units; the first is imported";
        reader.report(Kind::NotUnderstood, "units", pointer, message);
    }
    let Some(unit) = units.first() else { return display_of(reader, item, "unit") };
    let mut words = words::of(unit, "display", &reader.language);
    if words.is_empty()
        && let Some(code) = text(unit, "code")
    {
        words.add(&reader.language.clone(), code);
    }
    words
}

/// The words of the texts inside a question that have a control: the ends of a line.
pub(super) fn display_of(reader: &mut Reader<'_>, item: &Json, control: &str) -> Words {
    let found = list(item, "item")
        .iter()
        .find(|inner| text(inner, "type") == Some("display") && has_control(inner, control));
    found.map(|inner| words::of(inner, "text", &reader.language)).unwrap_or_default()
}

fn ends(reader: &mut Reader<'_>, item: &Json) -> (Words, Words) {
    (display_of(reader, item, "lower"), display_of(reader, item, "upper"))
}
