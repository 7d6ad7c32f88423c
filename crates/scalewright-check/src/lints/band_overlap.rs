//! Scores that fall in two bands.

use scalewright_model::{Lower, Severity, TOLERANCE, Upper};

use super::{Banded, Context, Group, Hit, Lint, shown};

/// A score that two bands cover.
pub(super) static LINT: Lint = Lint {
    name: "band-overlap",
    summary: "a score that falls in two bands",
    explain: include_str!("band_overlap.md"),
    group: Group::Range,
    level: Severity::Error,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for banded in context.banded() {
        // The bands are sorted, so if any two of them overlap, two neighbours do.
        for pair in banded.bands.windows(2) {
            let [(lower, below), (upper, above)] = pair else { continue };
            let from = above.lower.value();
            // Two bands share their common edge only if both include it.
            let reaches = match (below.upper, above.lower) {
                (Upper::To(end), Lower::From(_)) => end >= from - TOLERANCE,
                (Upper::To(end) | Upper::Below(end), _) => end > from + TOLERANCE,
            };
            if reaches {
                hits.push(hit(lint, &banded, (*lower, *upper), from));
            }
        }
    }
}

fn hit(lint: &Lint, banded: &Banded<'_>, (lower, upper): (usize, usize), score: f64) -> Hit {
    let message = format!("the score {} of `{}` falls in two bands", shown(score), banded.id);
    lint.hit(banded.id, message, |d| {
        d.at_key(banded.place_of(upper), "this band begins")
            .at_key(banded.place_of(lower), "but this band has not ended")
            .help("end the lower band with `below`, or with a `to` that is lower than the next `from`")
    })
}
