//! Conditions on a single item: its name, and the answers for which a test is true.

use scalewright_model::{Comparison, Expr, ItemIx, ResponseKind, Test};
use scalewright_scoring::emit::number;

use crate::ExportRequest;
use crate::ui::Ui;

/// A condition in words.
pub(super) struct Clause {
    pub(super) text: String,
    /// Whether it joins several conditions, and so needs parentheses within another one.
    pub(super) is_compound: bool,
}

pub(super) fn simple(text: String) -> Clause {
    Clause { text, is_compound: false }
}

/// Returns the name of an item in a condition: its printed number or, without one, the beginning of its words.
pub(super) fn named(request: &ExportRequest<'_>, item: ItemIx, words: &Ui) -> String {
    const LONGEST: usize = 60;
    let number = &request.instrument.items[item.0].number;
    if !number.is_empty() {
        return words.numbered.replace("{item}", number);
    }
    let stem = &request.wording.stems[item.0];
    let mut start: String = stem.chars().take(LONGEST).collect();
    if start.len() < stem.len() {
        start = format!("{} …", start.trim_end());
    }
    words.worded.replace("{item}", &start)
}

/// Returns the answers to an item for which a test about it has the result `expected`: labels of options, or a comparison
/// with a number.
pub(super) fn answers(
    request: &ExportRequest<'_>,
    other: ItemIx,
    (test, expected): (&Test, bool),
    words: &Ui,
) -> Option<String> {
    let instrument = request.instrument;
    let response = &request.wording.responses[instrument.items[other.0].response.0];
    let options: Vec<(f64, &str)> = match &instrument.response(other).kind {
        ResponseKind::Coded { options } => {
            let labels = response.labels.iter().map(String::as_str);
            // A non-response counts as missing, and a condition on a missing answer is not true.
            let answers = options.iter().zip(labels).filter(|(option, _)| !option.non_response);
            answers.map(|(option, label)| (option.value.number(), label)).collect()
        }
        ResponseKind::YesNo => vec![
            (1.0, response.yes_label.as_deref().unwrap_or(words.yes)),
            (0.0, response.no_label.as_deref().unwrap_or(words.no)),
        ],
        ResponseKind::Numeric { min: _, max: _, decimals: _ }
        | ResponseKind::VisualAnalogue { min: _, max: _, decimals: _ } => {
            return bound(test, expected, words);
        }
        ResponseKind::SeveralChoice { options: _ }
        | ResponseKind::Text { lines: _ }
        | ResponseKind::Date
        | ResponseKind::Time => return None,
    };
    let mut holding = Vec::new();
    for (value, label) in options {
        if holds(test, value)? == expected {
            holding.push(label);
        }
    }
    // An option without a label cannot be named.
    (!holding.is_empty() && !holding.contains(&""))
        .then(|| holding.join(words.conditions().between[0]))
}

/// Returns the comparison with a number in words: `at least 50`.
fn bound(test: &Test, expected: bool, words: &Ui) -> Option<String> {
    if let Test::Not(test) = test {
        return bound(test, !expected, words);
    }
    let (_, comparison, bound) = compared(test)?;
    Some(against((comparison, bound), expected, words))
}

/// Returns a comparison with a number in words, or its opposite if it must be false.
pub(super) fn against(
    (comparison, bound): (Comparison, f64),
    expected: bool,
    words: &Ui,
) -> String {
    let typing = words.typing();
    let bound = number(bound).replace('.', typing.decimal).replace('-', "\u{2212}");
    let [unequal, less, at_most, greater, at_least] = typing.compared;
    let pattern = match if expected { comparison } else { comparison.opposite() } {
        Comparison::Equal => return bound,
        Comparison::Unequal => unequal,
        Comparison::Less => less,
        Comparison::AtMost => at_most,
        Comparison::Greater => greater,
        Comparison::AtLeast => at_least,
    };
    pattern.replace("{n}", &bound)
}

/// Returns the item whose answer is compared with a number, the comparison, and the number.
fn compared(test: &Test) -> Option<(ItemIx, Comparison, f64)> {
    let Test::Compare { comparison, left, right } = test else { return None };
    match (&**left, &**right) {
        (Expr::Answer(item), Expr::Number(bound)) => Some((*item, *comparison, *bound)),
        (Expr::Number(bound), Expr::Answer(item)) => Some((*item, comparison.turned(), *bound)),
        _ => None,
    }
}

/// Returns the item that a test is about, if it is about one item only.
pub(super) fn only_item(test: &Test) -> Option<ItemIx> {
    let tests = match test {
        Test::Compare { comparison: _, left: _, right: _ } => {
            return compared(test).map(|(item, ..)| item);
        }
        Test::Not(test) => return only_item(test),
        Test::All(tests) | Test::Any(tests) | Test::AtLeast { count: _, tests } => tests,
        _ => return None,
    };
    let mut items = tests.iter().map(only_item);
    let first = items.next()??;
    items.all(|item| item == Some(first)).then_some(first)
}

/// Whether a test about one item is true for an answer. `None` if that is not known.
fn holds(test: &Test, value: f64) -> Option<bool> {
    let all = |tests: &[Test]| -> Option<Vec<bool>> {
        tests.iter().map(|test| holds(test, value)).collect()
    };
    Some(match test {
        Test::Compare { comparison: _, left: _, right: _ } => {
            let (_, comparison, bound) = compared(test)?;
            comparison.holds(value, bound)
        }
        Test::Not(test) => !holds(test, value)?,
        Test::All(tests) => all(tests)?.into_iter().all(|holds| holds),
        Test::Any(tests) => all(tests)?.into_iter().any(|holds| holds),
        Test::AtLeast { count, tests } => {
            all(tests)?.into_iter().filter(|holds| *holds).count() >= *count
        }
        _ => return None,
    })
}
