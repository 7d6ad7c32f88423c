//! Bands that no score can reach.

use scalewright_model::{Band, Severity, TOLERANCE};
use scalewright_scoring::Reach;

use super::{Context, Group, Hit, Lint, shown};

/// A band that no score can reach.
pub(super) static LINT: Lint = Lint {
    name: "band-unreachable",
    summary: "a band that no score can reach",
    explain: include_str!("band_unreachable.md"),
    group: Group::Range,
    level: Severity::Error,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for banded in context.banded() {
        let reach = &banded.range.any;
        for (index, band) in banded.bands.iter().filter(|(_, band)| !reached(band, reach)) {
            let message = format!("no score of `{}` reaches the band `{}`", banded.id, band.label);
            let help = format!(
                "`{}` ranges from {} to {}: compare items, response values and bands with the source",
                banded.id,
                shown(reach.low),
                shown(reach.high)
            );
            let place = banded.place_of(*index);
            hits.push(lint.hit(banded.id, message, |d| d.at_key(place, "out of reach").help(help)));
        }
    }
}

fn reached(band: &Band, reach: &Reach) -> bool {
    match &reach.values {
        Some(values) => values.iter().any(|&score| band.contains(score)),
        // Only the bounds are known, so any band between them may be reachable.
        None => {
            let (from, end) = (band.lower.value(), band.upper.value());
            from <= reach.high + TOLERANCE && end >= reach.low - TOLERANCE
        }
    }
}
