//! Feedback that only some of the bands of a set have.

use scalewright_model::{Band, Pointer, Severity};

use super::{Context, Group, Hit, Lint};

/// Bands without feedback beside bands with feedback.
pub(super) static LINT: Lint = Lint {
    name: "feedback-for-some-bands",
    summary: "bands without feedback beside bands that have it",
    explain: include_str!("feedback_for_some_bands.md"),
    group: Group::Wording,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for scale in &context.instrument.scales {
        let place = scale.pointer();
        hits.extend(hit(lint, &scale.id, &scale.bands, place.key("bands")));
        for (index, set) in scale.band_sets.iter().enumerate() {
            let place = scale.pointer().key("band-sets").index(index).key("bands");
            hits.extend(hit(lint, &scale.id, &set.bands, place));
        }
    }
}

fn hit(lint: &Lint, id: &str, bands: &[Band], place: Pointer) -> Option<Hit> {
    let with = bands.iter().position(|band| band.feedback.is_some())?;
    let without: Vec<String> = bands
        .iter()
        .filter(|band| band.feedback.is_none())
        .map(|band| format!("`{}`", band.label))
        .collect();
    let first = bands.iter().position(|band| band.feedback.is_none())?;
    let message =
        format!("`{id}` has feedback for some bands, and none for {}", without.join(", "));
    Some(lint.hit(id, message, |d| {
        d.at(place.index(first), "without feedback")
            .at_key(place.index(with).key("feedback"), "as here")
            .help("add `feedback = \"…\"` to the band, or remove it from all of them")
    }))
}
