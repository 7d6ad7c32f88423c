//! Bands that include unreachable scores.

use scalewright_model::{Band, Lower, Severity, TOLERANCE, Upper};
use scalewright_scoring::Reach;

use super::{Context, Group, Hit, Lint, shown};

/// A band that extends beyond the range of its score.
pub(super) static LINT: Lint = Lint {
    name: "band-beyond-range",
    summary: "a band that includes scores below the lowest or above the highest",
    explain: include_str!("band_beyond_range.md"),
    group: Group::Range,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for banded in context.banded() {
        // With missing answers too, because a prorated score may be outside the range of complete answers.
        let reach = &banded.range.any;
        // The bounds of an empty reach are 0, which would be compared with the bands.
        if reach.is_empty() {
            continue;
        }
        for (index, band) in &banded.bands {
            let Some((key, edge)) = beyond(band, reach) else { continue };
            let message = format!(
                "the band `{}` extends to {}, which `{}` cannot reach",
                band.label,
                shown(edge),
                banded.id
            );
            let help = format!(
                "`{}` ranges from {} to {}: compare items, response values and bands with the source",
                banded.id,
                shown(reach.low),
                shown(reach.high)
            );
            let place = banded.place_of(*index).key(key);
            hits.push(lint.hit(banded.id, message, |d| d.at(place, "beyond the range").help(help)));
        }
    }
}

/// Returns the key and the value of the edge that is outside the range. Returns `None` if the whole band is
/// unreachable, which is `band-unreachable`. An exclusive edge (`above`, `below`) includes no score, so it is never
/// outside.
fn beyond(band: &Band, reach: &Reach) -> Option<(&'static str, f64)> {
    let (from, end) = (band.lower.value(), band.upper.value());
    if from > reach.high + TOLERANCE || end < reach.low - TOLERANCE {
        return None;
    }
    match (&band.lower, &band.upper) {
        (_, Upper::To(to)) if *to > reach.high + TOLERANCE => Some(("to", *to)),
        (Lower::From(from), _) if *from < reach.low - TOLERANCE => Some(("from", *from)),
        _ => None,
    }
}
