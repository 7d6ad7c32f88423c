//! Equal conditions on several items: "at least one of no. 1–6 was answered: Often, Always".

use scalewright_model::{ItemIx, Test};

use super::single::{Clause, answers, named, only_item, simple};
use crate::ExportRequest;
use crate::ui::Ui;

/// The least number of items that are listed together. Two are easier to read one after the other.
const FEWEST: usize = 3;

/// Returns the clause that at least `count` of some tests are true (`holds`), or false, if all of them ask for the same answers
/// to different items.
pub(super) fn clause(
    request: &ExportRequest<'_>,
    count: usize,
    (tests, holds): (&[Test], bool),
    words: &Ui,
) -> Option<Clause> {
    let patterns = words.conditions();
    let pattern = match count {
        1 => patterns.one_of,
        count if count == tests.len() => patterns.each_of,
        _ => patterns.some_of,
    };
    (1..=tests.len()).contains(&count).then_some(())?;
    written(request, (pattern, count), (tests, holds), words)
}

/// Returns the clause that exactly `count` of some tests are true, if all of them ask for the same answers to different items.
pub(super) fn exactly(
    request: &ExportRequest<'_>,
    count: usize,
    tests: &[Test],
    words: &Ui,
) -> Option<Clause> {
    written(request, (words.conditions().exactly_of, count), (tests, true), words)
}

fn written(
    request: &ExportRequest<'_>,
    (pattern, count): (&str, usize),
    (tests, holds): (&[Test], bool),
    words: &Ui,
) -> Option<Clause> {
    if tests.len() < FEWEST {
        return None;
    }
    let items: Vec<ItemIx> = tests.iter().map(only_item).collect::<Option<_>>()?;
    let mut asked =
        tests.iter().zip(&items).map(|(test, item)| answers(request, *item, (test, holds), words));
    let same = asked.next()??;
    let are_distinct = items.iter().enumerate().all(|(at, item)| !items[..at].contains(item));
    if !are_distinct || !asked.all(|other| other.as_ref() == Some(&same)) {
        return None;
    }
    let pattern = pattern.replace("{count}", &count.to_string());
    // Names and labels are inserted last, each in its own part, so that braces in them are not taken for placeholders.
    let parts = pattern.split("{items}").map(|part| part.replace("{answers}", &same));
    Some(simple(parts.collect::<Vec<_>>().join(&listed(request, &items, words))))
}

/// Returns the names of items: their printed numbers together, or else each with its own words.
pub(super) fn listed(request: &ExportRequest<'_>, items: &[ItemIx], words: &Ui) -> String {
    let between = words.conditions().between[0];
    let numbers: Vec<&str> =
        items.iter().map(|item| request.instrument.items[item.0].number.as_str()).collect();
    if numbers.contains(&"") {
        let names: Vec<String> = items.iter().map(|item| named(request, *item, words)).collect();
        return names.join(between);
    }
    words.numbered.replace("{item}", &runs(&numbers).join(between))
}

/// Returns numbers with a dash in place of those between the ends of a run: `1–4`, `6`.
fn runs(numbers: &[&str]) -> Vec<String> {
    let mut runs: Vec<Vec<&str>> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| is_next(last, number)) => run.push(number),
            _ => runs.push(vec![number]),
        }
    }
    let written = runs.into_iter().flat_map(|run| match run[..] {
        [first, _, .., last] => vec![format!("{first}–{last}")],
        _ => run.into_iter().map(str::to_owned).collect(),
    });
    written.collect()
}

fn is_next(last: &str, number: &str) -> bool {
    match (last.parse::<u32>(), number.parse::<u32>()) {
        (Ok(last), Ok(number)) => last.checked_add(1) == Some(number),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::runs;

    #[test]
    fn numbers_that_follow_each_other_have_a_dash() {
        assert_eq!(runs(&["1", "2", "3", "5", "6", "8a"]), ["1–3", "5", "6", "8a"]);
        assert_eq!(runs(&["3", "2", "1"]), ["3", "2", "1"]);
    }
}
