//! Conditions in words: "Only if no. 1 was answered: Often, Always; or no. 2 was answered: Yes".

mod alike;
mod counts;
mod single;
mod sums;

use scalewright_model::{Comparison, Entry, Expr, ItemIx, Test};

use crate::ui::Ui;
use crate::{ExportRequest, notes};
use single::{Clause, answers, named, only_item, simple};

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
