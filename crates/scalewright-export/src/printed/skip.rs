//! Conditions in words: "Only if no. 1 was answered: Often, Always; or no. 2 was answered: Yes".

mod alike;
mod counts;
mod sums;

use scalewright_model::{Comparison, Entry, Expr, ItemIx, ResponseKind, Test};
use scalewright_scoring::emit::number;

use crate::ui::Ui;
use crate::{ExportRequest, notes};

/// Returns the condition of an item or a note in words, if it depends only on answers to other items. `None` if it
/// depends on scores or on a calculation, which respondents do not do while filling in a form.
pub(super) fn condition(request: &ExportRequest<'_>, entry: Entry, words: &Ui) -> Option<String> {
    sentence(request, &notes::ask(request.instrument, entry)?.when, words)
}

/// Returns a condition as sentences. Conditions that must all be true get one sentence each.
fn sentence(request: &ExportRequest<'_>, test: &Test, words: &Ui) -> Option<String> {
    let whole = only_item(test).and_then(|item| answer(request, item, (test, true), words));
    // Conditions on one item are not split: together they become a list of its answers. Nor are equal conditions on several.
    let is_one = |tests: &[Test]| {
        alike::clause(request, tests.len(), (tests, true), words).is_some()
            || counts::exactly(request, tests, words).is_some()
    };
    if let (Test::All(tests), None) = (test, whole)
        && !is_one(tests)
    {
        let each: Option<Vec<String>> =
            tests.iter().map(|test| sentence(request, test, words)).collect();
        let [_, stop, _] = words.conditions().between;
        return each.filter(|each| !each.is_empty()).map(|each| each.join(stop));
    }
    let Clause { text, is_compound: _ } = clause(request, (test, true), words)?;
    Some(words.only_if.replace("{condition}", &text))
}

/// A condition in words.
struct Clause {
    text: String,
    /// Whether it joins several conditions, and so needs parentheses within another one.
    is_compound: bool,
}

/// Returns the clause that a test is true (`holds`), or that it is false.
fn clause(request: &ExportRequest<'_>, (test, holds): (&Test, bool), words: &Ui) -> Option<Clause> {
    // Conditions on a single item come first: a list of its answers reads better than several comparisons.
    let whole = only_item(test).and_then(|item| answer(request, item, (test, holds), words));
    if whole.is_some() {
        return whole;
    }
    match test {
        Test::Not(test) => clause(request, (test, !holds), words),
        // De Morgan: "not all" means that one is false, and "not any" that all are false.
        Test::All(tests) => {
            if let Some(exactly) = counts::exactly(request, tests, words).filter(|_| holds) {
                return Some(exactly);
            }
            let count = if holds { tests.len() } else { 1 };
            counts::at_least(request, count, (tests, holds), words)
        }
        Test::Any(tests) => {
            let count = if holds { 1 } else { tests.len() };
            counts::at_least(request, count, (tests, holds), words)
        }
        Test::AtLeast { count, tests } => {
            // "Fewer than two of five are true" means that at least four of five are false.
            let count = if holds { *count } else { (tests.len() + 1).saturating_sub(*count) };
            counts::at_least(request, count, (tests, holds), words)
        }
        Test::IsMissing(value) => match &**value {
            Expr::Answer(item) => {
                let said = if holds { words.unanswered } else { words.answered };
                Some(simple(said.replace("{item}", &named(request, *item, words))))
            }
            _ => None,
        },
        Test::Compare { comparison: _, left: _, right: _ } => {
            if let Some((item, option)) = chosen(test).filter(|_| holds) {
                return labelled(request, item, option, words).map(simple);
            }
            counts::clause(request, (test, holds), words)
                .or_else(|| sums::clause(request, (test, holds), words).map(simple))
        }
        Test::Truth(_) | Test::Missing | Test::Flag(_) | Test::IsUnknown(_) => None,
    }
}

fn simple(text: String) -> Clause {
    Clause { text, is_compound: false }
}

/// Returns the name of an item in a condition: its printed number or, without one, the beginning of its words.
fn named(request: &ExportRequest<'_>, item: ItemIx, words: &Ui) -> String {
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

/// Returns the item and the option that a test is about: whether the option is chosen.
fn chosen(test: &Test) -> Option<(ItemIx, usize)> {
    let Test::Compare { comparison: Comparison::Equal, left, right } = test else { return None };
    match (&**left, &**right) {
        (Expr::Chosen { item, option }, Expr::Number(1.0)) => Some((*item, *option)),
        _ => None,
    }
}

/// Returns the clause that an option of an item is chosen.
fn labelled(
    request: &ExportRequest<'_>,
    item: ItemIx,
    option: usize,
    words: &Ui,
) -> Option<String> {
    let response = request.instrument.items[item.0].response;
    // An option without a label cannot be named.
    let label = request.wording.responses[response.0].labels.get(option);
    let label = label.filter(|label| !label.is_empty())?;
    let name = named(request, item, words);
    let parts = words.answer.split("{item}").map(|part| part.replace("{answers}", label));
    Some(parts.collect::<Vec<_>>().join(&name))
}

/// Returns the clause for a test about a single item: its name, and the answers for which the test is true.
fn answer(
    request: &ExportRequest<'_>,
    other: ItemIx,
    test: (&Test, bool),
    words: &Ui,
) -> Option<Clause> {
    let answers = answers(request, other, test, words)?;
    // Names and labels are inserted last, each in its own part, so that braces in them are not taken for placeholders.
    let name = named(request, other, words);
    let parts = words.answer.split("{item}").map(|part| part.replace("{answers}", &answers));
    Some(simple(parts.collect::<Vec<_>>().join(&name)))
}

fn clauses(
    request: &ExportRequest<'_>,
    (tests, holds): (&[Test], bool),
    words: &Ui,
) -> Option<Vec<Clause>> {
    let clauses = tests.iter().map(|test| clause(request, (test, holds), words));
    clauses.collect::<Option<Vec<_>>>().filter(|clauses| !clauses.is_empty())
}

fn several(
    request: &ExportRequest<'_>,
    tests: (&[Test], bool),
    words: &Ui,
    between: &str,
) -> Option<Clause> {
    let mut clauses = clauses(request, tests, words)?;
    if clauses.len() == 1 {
        return clauses.pop();
    }
    Some(Clause { text: joined(clauses, between), is_compound: true })
}

fn joined(clauses: Vec<Clause>, between: &str) -> String {
    let each = clauses.into_iter().map(|Clause { text, is_compound }| match is_compound {
        true => format!("({text})"),
        false => text,
    });
    each.collect::<Vec<_>>().join(between)
}

/// Returns the answers to an item for which a test about it has the result `expected`: labels of options, or a comparison
/// with a number.
fn answers(
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
fn against((comparison, bound): (Comparison, f64), expected: bool, words: &Ui) -> String {
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
