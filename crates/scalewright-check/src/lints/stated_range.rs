//! Stated ranges that differ from the range that the key gives.

use scalewright_model::{Severity, TOLERANCE};

use super::{Context, Group, Hit, Lint, shown};

/// A stated range that differs from the computed one.
pub(super) static LINT: Lint = Lint {
    name: "stated-range",
    summary: "a stated range that differs from the one computed from the key",
    explain: include_str!("stated_range.md"),
    group: Group::Range,
    level: Severity::Error,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for (score, range) in context.program.scores.iter().zip(context.ranges) {
        let scale = &context.instrument.scales[score.scale.0];
        let Some(stated) = scale.stated_range else { continue };
        // If only bounds are known, a range within them may be right.
        if !range.complete.exact
            && stated.low >= range.complete.low - TOLERANCE
            && stated.high <= range.complete.high + TOLERANCE
        {
            continue;
        }
        let (low, high) = (range.complete.low, range.complete.high);
        if (stated.low - low).abs() <= TOLERANCE && (stated.high - high).abs() <= TOLERANCE {
            continue;
        }
        let message = format!(
            "`{}` is stated to range from {} to {}, but its key gives {} to {}",
            scale.id,
            shown(stated.low),
            shown(stated.high),
            shown(low),
            shown(high)
        );
        let place = scale.pointer().key("stated-range");
        hits.push(lint.hit(&scale.id, message, |d| {
            d.at(place, "").help("one of the two is wrong: compare items, keying and response values with the source")
        }));
    }
}
