//! Bands and stated ranges that cannot be compared with every score.

use scalewright_model::{Pointer, Severity, TOLERANCE};
use scalewright_scoring::Reach;

use super::{Banded, Context, Group, Hit, Lint};

/// Bands or a stated range of a score whose possible values are not all known.
pub(super) static LINT: Lint = Lint {
    name: "range-not-checked",
    summary: "bands or a stated range that are not compared with every score",
    explain: include_str!("range_not_checked.md"),
    group: Group::Range,
    level: Severity::Hint,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for banded in context.banded() {
        let when = match (is_open(&banded, &banded.range.complete), &banded.range.any) {
            (true, _) => "",
            // `band-gap` reports a gap for complete answers.
            (false, any)
                if banded.outside(&banded.range.complete).is_none() && is_open(&banded, any) =>
            {
                "with missing answers, "
            }
            _ => continue,
        };
        let message =
            format!("{when}not every score of `{}` is compared with its bands", banded.id);
        hits.push(hit(lint, banded.id, message, banded.place.clone()));
    }
    for (score, range) in context.program.scores.iter().zip(context.ranges) {
        let scale = &context.instrument.scales[score.scale.0];
        let Some(stated) = scale.stated_range else { continue };
        let reach = &range.complete;
        let within = stated.low >= reach.low - TOLERANCE && stated.high <= reach.high + TOLERANCE;
        if !reach.exact && within {
            let message =
                format!("the stated range of `{}` is not compared with its key", scale.id);
            hits.push(hit(lint, &scale.id, message, scale.pointer().key("stated-range")));
        }
    }
}

fn hit(lint: &Lint, id: &str, message: String, place: Pointer) -> Hit {
    lint.hit(id, message, |d| {
        d.at_key(place, "not checked").help(
            "it has too many possible scores to check each: end each band with `below` where the next begins, and compare \
             the rest with the source by hand",
        )
    })
}

/// Whether it is unknown if a score falls between bands.
fn is_open(banded: &Banded<'_>, reach: &Reach) -> bool {
    // `band-gap` and `prorated-band-gap` compare every listed score with the bands.
    let is_listed = reach.exact && reach.values.is_some();
    !is_listed && banded.outside(reach).is_none() && !banded.covers(reach)
}
