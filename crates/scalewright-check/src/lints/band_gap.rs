//! Scores of complete responses that fall in no band.

use scalewright_model::Severity;

use super::{Context, Group, Hit, Lint, shown};

/// A score that complete responses can give and that no band covers.
pub(super) static LINT: Lint = Lint {
    name: "band-gap",
    summary: "a score of complete responses that falls in no band",
    explain: include_str!("band_gap.md"),
    group: Group::Range,
    level: Severity::Error,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for banded in context.banded() {
        // Only complete answers: `prorated-band-gap` reports scores that need missing answers.
        let Some(score) = banded.outside(&banded.range.complete) else { continue };
        let message = format!("the score {} of `{}` falls in no band", shown(score), banded.id);
        // Point at the band after the gap, or at the last band if the gap follows it.
        let after = banded.bands.iter().find(|(_, band)| band.lower.value() >= score);
        let Some((index, _)) = after.or(banded.bands.last()) else { continue };
        let (low, high) = (banded.range.complete.low, banded.range.complete.high);
        let help = format!(
            "`{}` ranges from {} to {}: make the bands contiguous, from the lowest score to the highest",
            banded.id,
            shown(low),
            shown(high)
        );
        let side = if after.is_some() {
            "no band covers the scores just below this one"
        } else {
            "no band covers the scores above this one"
        };
        hits.push(
            lint.hit(banded.id, message, |d| d.at_key(banded.place_of(*index), side).help(help)),
        );
    }
}
