//! Reversed items whose reversal no case tests.

use scalewright_model::file::CaseFile;
use scalewright_model::{Instrument, ItemIx, Keying, Origin, Pointer, Severity, TOLERANCE, Terms};

use super::{Context, Group, Hit, Lint};

/// A reversed item whose sign could be lost without a case failing.
pub(super) static LINT: Lint = Lint {
    name: "reversal-without-case",
    summary: "a reversed item whose reversal no case tests",
    explain: include_str!("reversal_without_case.md"),
    group: Group::Cases,
    level: Severity::Hint,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let Some(file) = context.cases.filter(|file| !file.cases.is_empty()) else { return };
    for (index, scale) in context.instrument.scales.iter().enumerate() {
        let (Terms::Items(items), Origin::Scale(_)) = (&scale.terms, &scale.origin) else {
            continue;
        };
        let names_scale = |case: &CaseFile| case.scores.contains_key(&scale.id);
        let silent: Vec<&str> = items
            .iter()
            .filter(|entry| entry.keying == Keying::Negative)
            .filter(|entry| {
                !file
                    .cases
                    .iter()
                    .any(|case| names_scale(case) && tests(context.instrument, entry.item, case))
            })
            .map(|entry| context.instrument.items[entry.item.0].id.as_str())
            .collect();
        // If no case has a score of this scale, `scale-without-case` reports that.
        if silent.is_empty() || !file.cases.iter().any(names_scale) {
            continue;
        }
        let shown: Vec<String> = silent.iter().take(MOST).map(|id| format!("`{id}`")).collect();
        let message =
            format!("no case of `{}` tests the reversal of {}", scale.id, shown.join(", "));
        let place = Pointer::scale(index).key("items");
        hits.push(lint.hit(&scale.id, message, |d| {
            d.at_key(place, "").help(
                "add a case with answers to them that are not the middle of the response scale",
            )
        }));
    }
}

/// The number of items that are named.
const MOST: usize = 5;

/// Whether a case tests the reversal of an item: its answer is not the middle of the range, where reversal changes
/// nothing.
fn tests(instrument: &Instrument, item: ItemIx, case: &CaseFile) -> bool {
    let answer = case.responses.get(&instrument.items[item.0].id);
    let bounds = instrument.response(item).bounds();
    answer
        .zip(bounds)
        .is_some_and(|(answer, (low, high))| (low + high - 2.0 * answer).abs() > TOLERANCE)
}
