//! Values in collections, and what is computed from one of them.

use std::borrow::Cow;

use serde_json::Value as Json;

/// A value in a collection.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Datum<'w> {
    /// The response.
    Response,
    /// An item of the response.
    Item(usize),
    /// An answer: its item, and its position among the answers to it.
    Answer(usize, usize),
    /// A chosen option of a question with several options: the question, and the position of the option.
    Chosen(usize, usize),
    /// A part of the questionnaire.
    Json(&'w Json),
    /// A quantity.
    Quantity(f64),
    Number(f64),
    Text(Cow<'w, str>),
    Truth(bool),
}

/// A collection.
pub(crate) type Collection<'w> = Vec<Datum<'w>>;

/// A result, or why the engines of form software report an error, as a clause.
pub(crate) type Evaluated<T> = Result<T, String>;

/// The value of a part of the questionnaire.
pub(crate) fn of_json(json: &Json) -> Option<Datum<'_>> {
    Some(match json {
        Json::Null => return None,
        Json::Bool(truth) => Datum::Truth(*truth),
        Json::Number(number) => Datum::Number(number.as_f64().filter(|n| n.is_finite())?),
        Json::String(text) => Datum::Text(Cow::Borrowed(text)),
        Json::Array(_) | Json::Object(_) => Datum::Json(json),
    })
}

pub(crate) fn text<'w>(text: impl Into<Cow<'w, str>>) -> Datum<'w> {
    Datum::Text(text.into())
}

/// Two numbers are equal if they agree in eight decimals, which is what engines with binary numbers compare.
pub(crate) fn is_near(left: f64, right: f64) -> bool {
    (left - right).abs() < 1e-8
}

/// Whether two values are equal.
pub(crate) fn is_equal(left: &Datum<'_>, right: &Datum<'_>) -> bool {
    match (left, right) {
        (
            Datum::Number(left) | Datum::Quantity(left),
            Datum::Number(right) | Datum::Quantity(right),
        ) => is_near(*left, *right),
        _ => left == right,
    }
}

/// A conversion or a text function of one value. `None` if `name` is none of them.
pub(crate) fn apply<'w>(
    name: &str,
    of: &Datum<'w>,
    arguments: &[Datum<'w>],
) -> Option<Evaluated<Option<Datum<'w>>>> {
    Some(Ok(match (name, of, arguments) {
        ("toDecimal" | "toInteger" | "toBoolean" | "toString", _, []) => converted(name, of),
        ("convertsToDecimal", _, []) => Some(Datum::Truth(converted("toDecimal", of).is_some())),
        ("convertsToInteger", _, []) => Some(Datum::Truth(converted("toInteger", of).is_some())),
        ("length", Datum::Text(of), []) => number(of.chars().count()),
        ("upper", Datum::Text(of), []) => Some(text(of.to_uppercase())),
        ("lower", Datum::Text(of), []) => Some(text(of.to_lowercase())),
        ("trim", Datum::Text(of), []) => Some(text(of.trim().to_owned())),
        ("startsWith", Datum::Text(of), [Datum::Text(with)]) => {
            Some(Datum::Truth(of.starts_with(&**with)))
        }
        ("endsWith", Datum::Text(of), [Datum::Text(with)]) => {
            Some(Datum::Truth(of.ends_with(&**with)))
        }
        ("contains", Datum::Text(of), [Datum::Text(part)]) => {
            Some(Datum::Truth(of.contains(&**part)))
        }
        ("indexOf", Datum::Text(of), [Datum::Text(part)]) => Some(match of.find(&**part) {
            Some(at) => number(of[..at].chars().count())?,
            None => Datum::Number(-1.0),
        }),
        ("replace", Datum::Text(of), [Datum::Text(old), Datum::Text(new)]) => {
            Some(text(of.replace(&**old, new)))
        }
        ("substring", Datum::Text(of), [Datum::Number(from), rest @ ..]) => match rest {
            [] => substring(of, *from, None),
            [Datum::Number(length)] => substring(of, *from, Some(*length)),
            _ => return Some(Err("`substring` has an argument that is not a number".to_owned())),
        },
        (
            "length" | "upper" | "lower" | "trim" | "startsWith" | "endsWith" | "indexOf"
            | "replace" | "substring",
            ..,
        ) => return Some(Err(format!("`{name}` is used with something that is not a text"))),
        _ => return mathematics(name, of, arguments),
    }))
}

#[expect(clippy::cast_precision_loss, reason = "texts are shorter than 2^52 characters")]
fn number<'w>(count: usize) -> Option<Datum<'w>> {
    Some(Datum::Number(count as f64))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked before")]
fn substring<'w>(of: &str, from: f64, length: Option<f64>) -> Option<Datum<'w>> {
    let count = of.chars().count();
    if !(0.0..1e6).contains(&from) || from as usize >= count {
        return None;
    }
    let length = length.map_or(count, |length| length.clamp(0.0, 1e6) as usize);
    Some(text(of.chars().skip(from as usize).take(length).collect::<String>()))
}

fn converted<'w>(name: &str, of: &Datum<'w>) -> Option<Datum<'w>> {
    match (name, of) {
        ("toDecimal", Datum::Number(_))
        | ("toBoolean", Datum::Truth(_))
        | ("toString", Datum::Text(_)) => Some(of.clone()),
        ("toDecimal" | "toInteger", Datum::Truth(truth)) => {
            Some(Datum::Number(f64::from(u8::from(*truth))))
        }
        // The specification gives nothing for a decimal; engines that read JSON do not know 1.0 from 1.
        ("toInteger", Datum::Number(number)) => (number.fract() == 0.0).then(|| of.clone()),
        ("toDecimal", Datum::Text(text)) => decimal(text).map(Datum::Number),
        ("toInteger", Datum::Text(text)) => {
            let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
            let whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            whole.then(|| decimal(text).map(Datum::Number)).flatten()
        }
        ("toBoolean", Datum::Number(number)) => match number {
            1.0 => Some(Datum::Truth(true)),
            0.0 => Some(Datum::Truth(false)),
            _ => None,
        },
        ("toBoolean", Datum::Text(text)) => match text.to_ascii_lowercase().as_str() {
            "true" | "t" | "yes" | "y" | "1" | "1.0" => Some(Datum::Truth(true)),
            "false" | "f" | "no" | "n" | "0" | "0.0" => Some(Datum::Truth(false)),
            _ => None,
        },
        ("toString", Datum::Number(number)) => Some(text(number.to_string())),
        ("toString", Datum::Truth(truth)) => Some(text(truth.to_string())),
        _ => None,
    }
}

fn decimal(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let valid = is_number(whole) && is_number(decimals);
    valid.then(|| text.parse().ok()).flatten().filter(|number: &f64| number.is_finite())
}

/// A function of a number. `None` if `name` is none.
fn mathematics<'w>(
    name: &str,
    of: &Datum<'w>,
    arguments: &[Datum<'w>],
) -> Option<Evaluated<Option<Datum<'w>>>> {
    const NAMES: [&str; 10] =
        ["abs", "ceiling", "floor", "truncate", "exp", "ln", "log", "power", "sqrt", "round"];
    if !NAMES.contains(&name) {
        return None;
    }
    let Datum::Number(x) = of else {
        return Some(Err(format!("`{name}` is used with something that is not a number")));
    };
    let result = match (name, arguments) {
        ("abs", []) => x.abs(),
        ("ceiling", []) => x.ceil(),
        ("floor", []) => x.floor(),
        ("truncate", []) => x.trunc(),
        ("exp", []) => x.exp(),
        ("ln", []) => x.ln(),
        ("sqrt", []) => x.sqrt(),
        ("log", [Datum::Number(base)]) => x.log(*base),
        ("power", [Datum::Number(by)]) => x.powf(*by),
        ("round", []) => (x + 0.5).floor(),
        ("round", [Datum::Number(digits)]) => {
            // As engines in JavaScript round: halves go up, also those of negative numbers.
            let scale = 10_f64.powf(digits.clamp(0.0, 12.0));
            (x * scale + 0.5).floor() / scale
        }
        _ => return Some(Err(format!("`{name}` has wrong arguments"))),
    };
    Some(Ok(result.is_finite().then_some(Datum::Number(result))))
}
