//! Bands that are not listed from low to high.

use scalewright_model::Severity;

use super::{Context, Group, Hit, Lint};

/// Bands that are not listed from low to high.
pub(super) static LINT: Lint = Lint {
    name: "bands-out-of-order",
    summary: "bands that are not listed from low to high",
    explain: include_str!("bands_out_of_order.md"),
    group: Group::Range,
    level: Severity::Hint,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for banded in context.banded() {
        // `banded` sorts the bands, so a position that falls shows another order in the file.
        let Some(turn) = banded.bands.windows(2).find(|pair| pair[0].0 > pair[1].0) else {
            continue;
        };
        let (higher, lower) = (turn[1], turn[0]);
        let message = format!("the bands of `{}` are not listed from low to high", banded.id);
        hits.push(lint.hit(banded.id, message, |d| {
            d.at_key(
                banded.place_of(lower.0),
                format!("lower than `{}`, but listed after it", higher.1.label),
            )
            .help("list the bands from the lowest scores to the highest: forms print them in this order")
        }));
    }
}
