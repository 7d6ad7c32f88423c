//! The number of an option.

use serde_json::Value as Json;

use super::json::{extension_number, list, number, text};
use super::options::Listed;
use super::reader::Reader;
use crate::fhirpath::Offered;
use crate::finding::Kind;
use crate::form::Choice;
use scalewright_model::OptionValue;

/// The extensions that give a number to an option, in the order of precedence.
const NAMES: [&str; 3] = ["ordinalValue", "itemWeight", "extension-score"];

/// The number that the questionnaire gives to an option, which may be stated at several `places`.
pub(super) fn stated(reader: &mut Reader<'_>, places: &[&Json], pointer: &str) -> Option<f64> {
    let mut found: Vec<f64> = Vec::new();
    for place in places {
        found.extend(NAMES.iter().filter_map(|name| extension_number(place, name)));
        let properties = list(place, "property").iter();
        let weights = properties.filter(|p| {
            text(p, "code").is_some_and(|code| NAMES.contains(&code) || code == "ordinal-value")
        });
        found.extend(
            weights.filter_map(|p| number(p, "valueDecimal").or(number(p, "valueInteger"))),
        );
    }
    let first = *found.first()?;
    if found.iter().any(|other| *other != first) {
        reader.report(
            Kind::Doubtful,
            "numbers-disagree",
            pointer,
            format!(
                "the option has different numbers in different places: {found:?}; {first} is taken"
            ),
        );
    }
    Some(first)
}

/// Gives each option the number that codes it. Returns also whether the questionnaire has no numbers for them.
pub(super) fn coded(
    reader: &mut Reader<'_>,
    listed: Vec<Listed>,
    pointer: &str,
) -> (Vec<Choice>, Vec<Offered>, bool) {
    let values = values(reader, &listed, pointer);
    let has_none = values.is_none();
    let values = values.unwrap_or_else(|| (0..listed.len()).map(crate::choices::number).collect());
    let both = listed.into_iter().zip(values).map(|(listed, value)| {
        let Listed { json, label, stored, number } = listed;
        let non_response = reader.options.is_non_response(&stored);
        let choice = Choice { value, stored, label, non_response };
        (choice, Offered { value, json, weight: number })
    });
    let (choices, offered) = both.unzip();
    (choices, offered, has_none)
}

/// The numbers; `None` if the questionnaire has none.
fn values(reader: &mut Reader<'_>, listed: &[Listed], pointer: &str) -> Option<Vec<OptionValue>> {
    let weights: Vec<Option<f64>> = listed.iter().map(|option| option.number).collect();
    let codes: Vec<Option<f64>> = listed.iter().map(|option| whole(&option.stored)).collect();
    let (has_weights, complete) =
        (weights.iter().any(Option::is_some), weights.iter().all(Option::is_some));
    // The codes agree with the weights that there are: an option without a weight is not scored.
    let agree = weights.iter().zip(&codes).all(|(weight, code)| weight.is_none() || weight == code);
    if has_weights && complete {
        if weights != codes && usable(&weights).is_some() {
            let message = "the numbers of the options are the weights that the questionnaire states, not their codes";
            reader.report_many((Kind::Note, "weights"), pointer, message);
        }
        let numbers = usable(&weights).unwrap_or_else(|| {
            let why =
                "the numbers of the options are not different, or have more than six decimals";
            renumbered(reader, listed.len(), pointer, why)
        });
        return Some(numbers);
    }
    if has_weights && !agree {
        if let Some(values) = usable(&filled(&weights)) {
            let message =
                "some options have no number: they get numbers above the others, and no weight";
            reader.report_many((Kind::Doubtful, "option-without-number"), pointer, message);
            return Some(values);
        }
        let why = "some options have no number, and others none that can be one of an option";
        return Some(renumbered(reader, listed.len(), pointer, why));
    }
    if let Some(values) = usable(&codes) {
        let is_integer = listed.iter().all(|option| option.json.is_number());
        if !has_weights && !is_integer {
            let message = "the options have no numbers: their codes, which are numbers, are taken";
            reader.report_many((Kind::Assumed, "numbers-from-codes"), pointer, message);
        }
        return Some(values);
    }
    None
}

/// The options numbered from 1.
fn renumbered(reader: &mut Reader<'_>, count: usize, pointer: &str, why: &str) -> Vec<OptionValue> {
    let message = format!("{why}: they are numbered 1 to {count} in their order");
    reader.report_many((Kind::Changed, "numbered"), pointer, message);
    (0..count).map(crate::choices::number).collect()
}

/// The number of a code that consists of digits.
fn whole(code: &str) -> Option<f64> {
    let digits = code.strip_prefix('-').unwrap_or(code);
    let valid = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    valid.then(|| code.parse().ok()).flatten()
}

/// Numbers for those without one: above the others, in their order.
fn filled(weights: &[Option<f64>]) -> Vec<Option<f64>> {
    let highest = weights.iter().flatten().copied().fold(0.0, f64::max);
    let mut next = highest.floor();
    let fill = |weight: &Option<f64>| {
        weight.or_else(|| {
            next += 1.0;
            Some(next)
        })
    };
    weights.iter().map(fill).collect()
}

/// The numbers, if all are different and can be those of options.
fn usable(numbers: &[Option<f64>]) -> Option<Vec<OptionValue>> {
    crate::choices::different(numbers.iter().copied())
}
