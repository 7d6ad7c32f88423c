//! Conditions in words: "Only if no. 1 was answered: Often, Always; or no. 2 was answered: Yes".

mod sums;

use scalewright_model::{Comparison, Expr, ItemIx, ResponseKind, Test};
use scalewright_scoring::emit::number;

use crate::ExportRequest;
use crate::ui::Ui;

/// When an item is asked, where its condition is about answers to other items; `None` where it is about scores, or
/// works something out, which nobody does while filling in a form.
pub(super) fn condition(request: &ExportRequest<'_>, item: ItemIx, words: &Ui) -> Option<String> {
    let ask = request.instrument.items[item.0].ask.as_ref()?;
    sentence(request, &ask.when, words)
}

/// Conditions that must all hold are a sentence each.
fn sentence(request: &ExportRequest<'_>, test: &Test, words: &Ui) -> Option<String> {
    let whole = only_item(test).and_then(|item| answer(request, item, (test, true), words));
    if let (Test::All(tests), None) = (test, whole) {
        let each: Option<Vec<String>> =
            tests.iter().map(|test| sentence(request, test, words)).collect();
        return each.filter(|each| !each.is_empty()).map(|each| each.join(". "));
    }
    let Clause { text, is_compound: _ } = clause(request, (test, true), words)?;
    Some(words.only_if.replace("{condition}", &text))
}

/// A condition in words.
struct Clause {
    text: String,
    /// Whether it is made of several, and so stands in parentheses within another.
    is_compound: bool,
}

/// That a test holds, or that it does not.
fn clause(request: &ExportRequest<'_>, (test, holds): (&Test, bool), words: &Ui) -> Option<Clause> {
    let whole = only_item(test).and_then(|item| answer(request, item, (test, holds), words));
    if whole.is_some() {
        return whole;
    }
    match test {
        Test::Not(test) => clause(request, (test, !holds), words),
        // Not all of them is one that is not so; none of them is all that are not so.
        Test::All(tests) => {
            let between = if holds { words.and } else { words.or };
            several(request, (tests, holds), words, between)
        }
        Test::Any(tests) => {
            let between = if holds { words.or } else { words.and };
            several(request, (tests, holds), words, between)
        }
        Test::AtLeast { count, tests } => {
            // Not two of five is four of five that are not so.
            let count = if holds { *count } else { (tests.len() + 1).saturating_sub(*count) };
            at_least(request, count, (tests, holds), words)
        }
        Test::IsMissing(value) => match &**value {
            Expr::Answer(item) => {
                let said = if holds { words.unanswered } else { words.answered };
                Some(simple(said.replace("{item}", &named(request, *item, words))))
            }
            _ => None,
        },
        Test::Compare { comparison: _, left: _, right: _ } => {
            sums::clause(request, (test, holds), words).map(simple)
        }
        Test::Truth(_) | Test::Missing | Test::Flag(_) | Test::IsUnknown(_) => None,
    }
}

fn simple(text: String) -> Clause {
    Clause { text, is_compound: false }
}

/// What an item is called: by its printed number or, without one, by the beginning of its words.
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

/// The answers to the one item that a test is about.
fn answer(
    request: &ExportRequest<'_>,
    other: ItemIx,
    test: (&Test, bool),
    words: &Ui,
) -> Option<Clause> {
    let answers = answers(request, other, test, words)?;
    // Names and labels come last, each in its own part: what they hold is never taken for a place.
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

fn at_least(
    request: &ExportRequest<'_>,
    count: usize,
    (tests, holds): (&[Test], bool),
    words: &Ui,
) -> Option<Clause> {
    match count {
        // Always so, or never.
        0 => None,
        count if count > tests.len() => None,
        1 => several(request, (tests, holds), words, words.or),
        count if count == tests.len() => several(request, (tests, holds), words, words.and),
        count => {
            let conditions = joined(clauses(request, (tests, holds), words)?, "; ");
            let text = words.at_least.replace("{count}", &count.to_string());
            let text = text.replace("{conditions}", &conditions);
            Some(Clause { text, is_compound: true })
        }
    }
}

/// The answers to an item for which a test of it alone holds: labels of options, or numbers from or to a bound.
fn answers(
    request: &ExportRequest<'_>,
    other: ItemIx,
    (test, is_so): (&Test, bool),
    words: &Ui,
) -> Option<String> {
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
        | ResponseKind::VisualAnalogue { min: _, max: _, decimals: _ } => {
            return bound(test, is_so);
        }
        ResponseKind::SeveralChoice { options: _ }
        | ResponseKind::Text { lines: _ }
        | ResponseKind::Date
        | ResponseKind::Time => return None,
    };
    let mut holding = Vec::new();
    for (value, label) in options {
        if holds(test, value)? == is_so {
            holding.push(label);
        }
    }
    (!holding.is_empty() && !holding.contains(&"")).then(|| holding.join(", "))
}

/// `≥ 50`.
fn bound(test: &Test, is_so: bool) -> Option<String> {
    if let Test::Not(test) = test {
        return bound(test, !is_so);
    }
    let (_, comparison, bound) = compared(test)?;
    Some(against((comparison, bound), is_so))
}

/// The same for any comparison with a number.
fn against((comparison, bound): (Comparison, f64), is_so: bool) -> String {
    let sign = match if is_so { comparison } else { comparison.opposite() } {
        Comparison::Equal => return number(bound),
        Comparison::Unequal => "≠",
        Comparison::Less => "<",
        Comparison::AtMost => "≤",
        Comparison::Greater => ">",
        Comparison::AtLeast => "≥",
    };
    format!("{sign} {}", number(bound))
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
