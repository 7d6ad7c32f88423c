//! Bands for which no source is named.

use scalewright_model::file::Status;
use scalewright_model::{Pointer, Severity};

use super::{Context, Group, Hit, Lint};

/// Bands of an instrument in use that have no source.
pub(super) static LINT: Lint = Lint {
    name: "bands-without-source",
    summary: "bands of an instrument in use that have no source",
    explain: include_str!("bands_without_source.md"),
    group: Group::Provenance,
    level: Severity::Hint,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    // While an instrument is in development, its bands are its authors' own.
    if context.instrument.status == Status::Development {
        return;
    }
    for scale in &context.instrument.scales {
        if !scale.bands.is_empty() && scale.bands_source.is_empty() {
            hits.push(hit(lint, &scale.id, scale.pointer().key("bands"), "bands-source"));
        }
        for (index, set) in scale.band_sets.iter().enumerate() {
            if set.source.is_empty() {
                let place = scale.pointer().key("band-sets").index(index).key("bands");
                hits.push(hit(lint, &scale.id, place, "source"));
            }
        }
    }
}

fn hit(lint: &Lint, id: &str, place: Pointer, key: &str) -> Hit {
    lint.hit(id, format!("no source is named for the bands of `{id}`"), |d| {
        d.at_key(place, "").help(format!("name the source: `{key} = [\"…\"]`"))
    })
}
