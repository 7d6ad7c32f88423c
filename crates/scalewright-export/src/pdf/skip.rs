//! Conditions in words: "Only if no. 1 was answered: Often, Always".

use scalewright_model::{Comparison, Expr, ItemIx, ResponseKind, Test};
use scalewright_scoring::emit::number;

use crate::ExportRequest;
use crate::ui::Ui;

/// When an item is asked, where each part of its condition that must hold is about the answer to one other item; `None`
/// for what would take more words than a form has room for.
pub(super) fn condition(request: &ExportRequest<'_>, item: ItemIx, words: &Ui) -> Option<String> {
    let ask = request.instrument.items[item.0].ask.as_ref()?;
    sentence(request, &ask.when, words)
}

fn sentence(request: &ExportRequest<'_>, test: &Test, words: &Ui) -> Option<String> {
    let whole = only_item(test).and_then(|other| {
        let answers = answers(request, other, test, words)?;
        let number = &request.instrument.items[other.0].number;
        Some(words.only_if.replace("{item}", number).replace("{answers}", &answers))
    });
    match (whole, test) {
        (None, Test::All(tests)) if !tests.is_empty() => {
            let each: Option<Vec<String>> =
                tests.iter().map(|test| sentence(request, test, words)).collect();
            each.map(|each| each.join(". "))
        }
        (whole, _) => whole,
    }
}

/// The answers to an item for which a test of it alone holds: labels of options, or numbers from or to a bound.
fn answers(request: &ExportRequest<'_>, other: ItemIx, test: &Test, words: &Ui) -> Option<String> {
    let instrument = request.instrument;
    let said = &request.wording.responses[instrument.items[other.0].response.0];
    let options: Vec<(f64, &str)> = match &instrument.response(other).kind {
        ResponseKind::Coded { options } => {
            let labels = said.labels.iter().map(String::as_str);
            let answers = options.iter().zip(labels).filter(|(option, _)| !option.non_response);
            answers.map(|(option, label)| (option.value as f64, label)).collect()
        }
        ResponseKind::YesNo => vec![
            (1.0, said.yes_label.as_deref().unwrap_or(words.yes)),
            (0.0, said.no_label.as_deref().unwrap_or(words.no)),
        ],
        ResponseKind::Numeric { min: _, max: _, decimals: _ }
        | ResponseKind::VisualAnalogue { min: _, max: _, decimals: _ } => return bound(test),
        ResponseKind::SeveralChoice { options: _ }
        | ResponseKind::Text { lines: _ }
        | ResponseKind::Date
        | ResponseKind::Time => return None,
    };
    let mut holding = Vec::new();
    for (value, label) in options {
        if holds(test, value)? {
            holding.push(label);
        }
    }
    (!holding.is_empty() && !holding.contains(&"")).then(|| holding.join(", "))
}

/// `≥ 50`.
fn bound(test: &Test) -> Option<String> {
    let (test, is_turned) = match test {
        Test::Not(test) => (&**test, true),
        test => (test, false),
    };
    let (_, comparison, bound) = compared(test)?;
    let sign = match if is_turned { comparison.opposite() } else { comparison } {
        Comparison::Equal => return Some(number(bound)),
        Comparison::Unequal => "≠",
        Comparison::Less => "<",
        Comparison::AtMost => "≤",
        Comparison::Greater => ">",
        Comparison::AtLeast => "≥",
    };
    Some(format!("{sign} {}", number(bound)))
}

/// The item whose answer is compared with a number, how, and the number.
fn compared(test: &Test) -> Option<(ItemIx, Comparison, f64)> {
    let Test::Compare { comparison, left, right } = test else { return None };
    match (&**left, &**right) {
        (Expr::Answer(item), Expr::Number(bound)) => Some((*item, *comparison, *bound)),
        (Expr::Number(bound), Expr::Answer(item)) => Some((*item, comparison.turned(), *bound)),
        _ => None,
    }
}

/// The item that a test is about, where it is about one.
fn only_item(test: &Test) -> Option<ItemIx> {
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

/// Whether a test of one item holds for an answer.
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
