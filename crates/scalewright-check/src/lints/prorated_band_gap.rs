//! Prorated scores that fall between two bands.

use scalewright_model::Severity;

use super::{Context, Group, Hit, Lint, shown};

/// A score that occurs only with missing answers and that no band covers.
pub(super) static LINT: Lint = Lint {
    name: "prorated-band-gap",
    summary: "a score that occurs only with missing answers and falls in no band",
    explain: include_str!("prorated_band_gap.md"),
    group: Group::Range,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for banded in context.banded() {
        // `band-gap` reports a gap for complete answers.
        if banded.outside(&banded.range.complete).is_some() {
            continue;
        }
        let Some(score) = banded.outside(&banded.range.any) else { continue };
        let message = format!(
            "with missing answers `{}` can be {}, which falls in no band",
            banded.id,
            shown(score)
        );
        let place = banded.place.clone();
        hits.push(lint.hit(banded.id, message, |d| {
            d.at_key(place, "these bands cover only whole scores")
                .help("if the source rounds before it compares, write `round = 0`")
                .help("if not, end each band with `below`, at the score where the next one begins")
        }));
    }
}
