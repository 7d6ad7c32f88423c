//! The rule of a score in words.

use scalewright_model::file::{KeyStatus, MissingKind, ScoreKind};
use scalewright_model::{
    Band, Expr, Fill, Formula, Instrument, Keying, Lower, Origin, Reliability, Scale, ScaleItem,
    ScalePart, Terms, Transform, Upper,
};

use crate::emit::number;
use crate::{expr_text, test_text};

/// The rule in one sentence.
pub(super) fn rule(scale: &Scale, instrument: &Instrument) -> String {
    match &scale.terms {
        Terms::Items(items) => {
            format!("{}{}", made_of(scale, "keyed item", items.len()), reversed(items, instrument))
        }
        Terms::Scales(scales) => made_of(scale, "scale", scales.len()),
        Terms::Unknown => "unknown: no key is given".to_owned(),
        Terms::Formula(_) => match (&scale.origin, scale.is_truth(), scale.words()) {
            (Origin::Norm(_, derived), ..) => {
                format!("the {} of the raw score in the respondent's norm group", derived.title())
            }
            (_, true, _) => "true or false, by the condition below".to_owned(),
            (_, _, Some(words)) => format!("one of {} words, by the formula below", words.len()),
            _ => "a number, by the formula below".to_owned(),
        },
    }
}

fn made_of(scale: &Scale, what: &str, count: usize) -> String {
    let kind = match scale.score {
        ScoreKind::Sum | ScoreKind::Formula => "sum",
        ScoreKind::Mean => "mean",
        ScoreKind::Min => "lowest",
        ScoreKind::Max => "highest",
    };
    let weighted = if scale.weights.is_some() { "weighted " } else { "" };
    let plural = if count == 1 { "" } else { "s" };
    format!("the {weighted}{kind} of {count} {what}{plural}")
}

/// How reversed items are reversed: one formula if it is the same for all of them.
fn reversed(items: &[ScaleItem], instrument: &Instrument) -> String {
    let reversed: Vec<&ScaleItem> =
        items.iter().filter(|item| item.keying == Keying::Negative).collect();
    let mut formulas: Vec<String> =
        reversed.iter().filter_map(|item| reversal(item, instrument)).collect();
    // Comparing neighbours is enough: two different formulas lead to the general wording anyway.
    formulas.dedup();
    match formulas.as_slice() {
        [] => String::new(),
        [one] => format!("; items marked − are reversed: {one}"),
        _ => "; items marked − are reversed: lowest + highest − answer".to_owned(),
    }
}

fn reversal(item: &ScaleItem, instrument: &Instrument) -> Option<String> {
    let (low, high) = instrument.response(item.item).bounds()?;
    (item.keying == Keying::Negative).then(|| format!("{} − answer", number(low + high)))
}

/// Every term with its keying, recoding and weight.
pub(super) fn terms(scale: &Scale, instrument: &Instrument) -> Vec<String> {
    let weight = |at: usize| match &scale.weights {
        Some(weights) => format!(", weight {}", number(weights[at])),
        None => String::new(),
    };
    match &scale.terms {
        Terms::Items(items) => {
            let term = |(at, entry): (usize, &ScaleItem)| {
                format!("{}{}", item(entry, instrument), weight(at))
            };
            items.iter().enumerate().map(term).collect()
        }
        Terms::Scales(scales) => {
            let name = |at: usize| &instrument.scales[scales[at].scale.0];
            (0..scales.len())
                .map(|at| {
                    let (sign, reversal) = part(&scales[at], instrument);
                    format!("{sign}{} ({}){reversal}{}", name(at).id, name(at).title, weight(at))
                })
                .collect()
        }
        Terms::Formula(_) | Terms::Unknown => Vec::new(),
    }
}

/// The sign of a part of a scale of scales, and how its score is reversed.
fn part(part: &ScalePart, instrument: &Instrument) -> (&'static str, String) {
    if part.keying == Keying::Positive {
        return ("", String::new());
    }
    let ends = instrument.scales[part.scale.0].stated_ends();
    let sum = ends.map_or_else(|| "lowest + highest".to_owned(), |(low, high)| number(low + high));
    ("− ", format!(": {sum} − score"))
}

fn item(entry: &ScaleItem, instrument: &Instrument) -> String {
    let sign = if entry.keying == Keying::Negative { "−" } else { "+" };
    let mut text = format!("{sign} {}", instrument.items[entry.item.0].id);
    if let Some(reversal) = reversal(entry, instrument) {
        text.push_str(&format!(": {reversal}"));
    }
    // After the reversal, because a recoding lists keyed answers.
    if let Some(recode) = &entry.recode {
        let table = recode.table.iter();
        let mut pairs: Vec<String> =
            table.map(|(from, to)| format!("{} → {}", number(*from), number(*to))).collect();
        pairs.extend(recode.missing.map(|value| format!("missing → {}", number(value))));
        text.push_str(&format!(", recoded {}", pairs.join(", ")));
    }
    text
}

/// The transformations of the sum or mean, in order.
pub(super) fn steps(scale: &Scale) -> Vec<String> {
    let mut steps = match scale.transform {
        Transform::None => Vec::new(),
        Transform::Linear { multiply, divide, add } => {
            let mut steps = Vec::new();
            if multiply != 1.0 {
                steps.push(format!("multiplied by {}", number(multiply)));
            }
            if divide != 1.0 {
                steps.push(format!("divided by {}", number(divide)));
            }
            if add != 0.0 {
                steps.push(format!("{} is added", number(add)));
            }
            steps
        }
        Transform::Rescale { low, high } => vec![format!(
            "rescaled so that the lowest possible result becomes {} and the highest {}",
            number(low),
            number(high)
        )],
    };
    steps.extend(scale.round.map(|decimals| match decimals {
        0 => "rounded to a whole number, halves away from zero".to_owned(),
        1 => "rounded to 1 decimal, halves away from zero".to_owned(),
        more => format!("rounded to {more} decimals, halves away from zero"),
    }));
    steps
}

/// The rule for missing answers.
pub(super) fn missing(scale: &Scale) -> Option<String> {
    let (all, need) = (scale.terms.len(), scale.missing.need);
    let (what, own) = match scale.terms {
        Terms::Scales(_) => ("available", "scores"),
        _ => ("answered", "answers"),
    };
    match (&scale.terms, scale.missing.kind) {
        (Terms::Formula(_), _) => return Some("as the formula says".to_owned()),
        (Terms::Unknown, _) => return None,
        (_, MissingKind::NoScore) => {
            return Some(format!("a score is given only when all {all} are {what}"));
        }
        _ => {}
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of terms are small")]
    let share = (100.0 * need as f64 / all as f64).round();
    let limit = format!("a score is given when at least {need} of {all} are {what} ({share} %)");
    let fill = match &scale.missing.fill {
        Fill::Nothing => format!("it is computed from those {what}"),
        Fill::PersonMean => {
            format!("each missing one counts as the mean of the respondent's own {own}")
        }
        Fill::Constant(value) => format!("each missing one counts as {}", number(*value)),
        Fill::Each(each) => {
            let values: Vec<String> = each.iter().map(|value| number(*value)).collect();
            format!(
                "each missing one counts as its own substitute, in the order above: {}",
                values.join(", ")
            )
        }
    };
    Some(format!("{limit}; {fill}"))
}

/// The ids of the mandatory terms.
pub(super) fn mandatory(scale: &Scale, instrument: &Instrument) -> Vec<String> {
    let name = |&at: &usize| match &scale.terms {
        Terms::Items(items) => instrument.items[items[at].item.0].id.clone(),
        Terms::Scales(scales) => instrument.scales[scales[at].scale.0].id.clone(),
        Terms::Formula(_) | Terms::Unknown => String::new(),
    };
    scale.missing.mandatory.iter().map(name).collect()
}

/// The groups of a norm: each with its condition and the formula that converts a raw score.
pub(super) fn groups(scale: &Scale, formula: &Formula, instrument: &Instrument) -> Vec<String> {
    let (Origin::Norm(..), Formula::Number(expr)) = (scale.origin, formula) else {
        return Vec::new();
    };
    let mut groups = Vec::new();
    let mut rest = expr;
    // A norm with several groups is compiled to a chain of choices; each link is one group.
    while let Expr::If { test, then, otherwise, .. } = rest {
        groups.push(format!("if {}: {}", test_text(test, instrument), expr_text(then, instrument)));
        rest = otherwise;
    }
    match rest {
        Expr::Missing => groups.push("all others: missing".to_owned()),
        _ if groups.is_empty() => {
            groups.push(format!("all respondents: {}", expr_text(rest, instrument)))
        }
        _ => groups.push(format!("all others: {}", expr_text(rest, instrument))),
    }
    groups
}

/// The limits of a band.
pub(super) fn band(band: &Band) -> String {
    let lower = match band.lower {
        Lower::From(value) => format!("from {}", number(value)),
        Lower::Above(value) => format!("above {} (not {} itself)", number(value), number(value)),
    };
    match band.upper {
        Upper::To(value) => format!("{lower} to {}, inclusive", number(value)),
        Upper::Below(value) => {
            format!("{lower} to below {} (not {} itself)", number(value), number(value))
        }
    }
}

/// How well the key is established.
pub(super) fn key(scale: &Scale) -> Option<&'static str> {
    Some(match scale.key_status? {
        KeyStatus::Verified => {
            "verified: read in the instrument's own publication, or in two sources that agree"
        }
        KeyStatus::SingleSource => "read in one source",
        KeyStatus::Recalled => "recalled, not read in a source; scored only on request",
        KeyStatus::Unverified => "unverified: not scored",
    })
}

/// The coefficient. With a standard deviation, also the standard error of measurement and the reliable change, to two
/// decimals.
pub(super) fn reliability(known: &Reliability) -> String {
    let mut text = format!("{} {}", known.kind.title(), number(known.value));
    if let Some(who) = &known.population {
        text.push_str(&format!(" ({who})"));
    }
    let derived = known.sd.zip(known.standard_error()).zip(known.reliable_change());
    if let Some(((sd, error), change)) = derived {
        text.push_str(&format!(
            "; with a standard deviation of {}, the standard error of measurement is {error:.2} and a change of \
             more than {change:.2} is reliable",
            number(sd)
        ));
    }
    text
}
