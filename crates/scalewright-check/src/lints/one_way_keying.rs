//! Scales whose items are all keyed in one direction.

use scalewright_model::file::Status;
use scalewright_model::{Keying, ScaleItem, Severity};

use super::{Context, Group, Hit, Lint, falls};

/// A scale whose items are all keyed in one direction.
pub(super) static LINT: Lint = Lint {
    name: "one-way-keying",
    summary: "a scale whose items are all keyed in one direction",
    explain: include_str!("one_way_keying.md"),
    group: Group::Keying,
    level: Severity::Hint,
    since: "0.1",
    run,
};

/// The number of items from which on a scale is expected to have reverse-keyed ones.
const MANY: usize = 6;

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    // A published scale without reverse-keyed items cannot be changed here, so it is not reported.
    let in_development = context.instrument.status == Status::Development;
    for (scale, items) in context.keyed() {
        let reversed = items.iter().filter(|entry| entry.keying == Keying::Negative).count();
        // A recoding that falls reverses an answer too, or reverses it back.
        let turns =
            |entry: &ScaleItem| entry.recode.as_ref().is_some_and(|recode| falls(&recode.table));
        if items.iter().any(turns) {
            continue;
        }
        let (way, help) = if reversed == items.len() && reversed > 1 {
            (
                "reverse keyed",
                "if the scale is named after the opposite pole, no item is reversed: compare the key with the source",
            )
        } else if reversed == 0 && in_development && items.len() >= MANY {
            (
                "keyed positively",
                "consider items that are keyed in the other direction, or allow this with the reason for having none",
            )
        } else {
            continue;
        };
        let message = format!("all {} items of `{}` are {way}", items.len(), scale.id);
        let place = scale.pointer().key("items");
        hits.push(lint.hit(&scale.id, message, |d| d.at(place, "").help(help)));
    }
}
