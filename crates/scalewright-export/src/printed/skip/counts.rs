//! Conditions about how many of some conditions are true: "at least 2 of these apply".

use scalewright_model::{Comparison, Expr, Test};

use super::single::Clause;
use super::{alike, clauses, joined, several};
use crate::ExportRequest;
use crate::ui::Ui;

/// Returns the clause that a comparison of a count with a number is true (`holds`), or that it is false.
pub(super) fn clause(
    request: &ExportRequest<'_>,
    (test, holds): (&Test, bool),
    words: &Ui,
) -> Option<Clause> {
    let (tests, least, reached) = counted(test)?;
    let reached = reached == holds;
    let count = if reached { least } else { (tests.len() + 1).saturating_sub(least) };
    at_least(request, count, (tests, reached), words)
}

/// Returns the clause that at least `count` of some tests are true (`holds`), or false.
pub(super) fn at_least(
    request: &ExportRequest<'_>,
    count: usize,
    (tests, holds): (&[Test], bool),
    words: &Ui,
) -> Option<Clause> {
    if let Some(alike) = alike::clause(request, count, (tests, holds), words) {
        return Some(alike);
    }
    match count {
        // Always true, or never.
        0 => None,
        count if count > tests.len() => None,
        1 => several(request, (tests, holds), words, words.or),
        count if count == tests.len() => several(request, (tests, holds), words, words.and),
        count => {
            let conditions =
                joined(clauses(request, (tests, holds), words)?, words.conditions().between[2]);
            let text = words.at_least.replace("{count}", &count.to_string());
            let text = text.replace("{conditions}", &conditions);
            Some(Clause { text, is_compound: true })
        }
    }
}

/// Returns the clause that exactly so many of some tests are true, if two tests limit their number from both sides.
pub(super) fn exactly(request: &ExportRequest<'_>, limits: &[Test], words: &Ui) -> Option<Clause> {
    let [one, other] = limits else { return None };
    let (low, high) = match (threshold(one)?, threshold(other)?) {
        (low @ (_, _, true), high @ (_, _, false)) | (high @ (_, _, false), low @ (_, _, true)) => {
            (low, high)
        }
        _ => return None,
    };
    let ((tests, count, _), (same, above, _)) = (low, high);
    if tests != same || above != count + 1 {
        return None;
    }
    if count == 0 || count == tests.len() {
        return at_least(request, tests.len(), (tests, count > 0), words);
    }
    let patterns = words.conditions();
    if let Some(alike) = alike::exactly(request, count, tests, words) {
        return Some(alike);
    }
    let conditions = joined(clauses(request, (tests, true), words)?, patterns.between[2]);
    let text = patterns.exactly.replace("{count}", &count.to_string());
    Some(Clause { text: text.replace("{conditions}", &conditions), is_compound: true })
}

/// Returns the conditions that a test counts, a number, and whether the test is true if at least so many of them are.
fn threshold(test: &Test) -> Option<(&[Test], usize, bool)> {
    match test {
        Test::AtLeast { count, tests } => Some((tests, *count, true)),
        Test::Not(test) => threshold(test).map(|(tests, least, reached)| (tests, least, !reached)),
        _ => counted(test),
    }
}

/// Returns the conditions of a test that counts how many of them are true, the count that decides it, and whether the
/// test is true if the count is reached.
fn counted(test: &Test) -> Option<(&[Test], usize, bool)> {
    let Test::Compare { comparison, left, right } = test else { return None };
    let (tests, comparison, bound) = match (&**left, &**right) {
        (Expr::Count { tests, need: _ }, Expr::Number(bound)) => (tests, *comparison, *bound),
        (Expr::Number(bound), Expr::Count { tests, need: _ }) => {
            (tests, comparison.turned(), *bound)
        }
        _ => return None,
    };
    #[expect(clippy::cast_precision_loss, reason = "no instrument has so many conditions")]
    let least = |from: f64| (0..=tests.len() + 1).find(|count| *count as f64 >= from);
    match comparison {
        Comparison::AtLeast => Some((tests, least(bound)?, true)),
        Comparison::Less => Some((tests, least(bound)?, false)),
        Comparison::Greater => Some((tests, least(bound.floor() + 1.0)?, true)),
        Comparison::AtMost => Some((tests, least(bound.floor() + 1.0)?, false)),
        Comparison::Equal | Comparison::Unequal => None,
    }
}
