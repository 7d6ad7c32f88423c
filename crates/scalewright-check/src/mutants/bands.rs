//! Mutants of bands: each limit is moved by one attainable score, up and down. If the limit is itself attainable, one
//! of the two is the same as including it or excluding it.

use scalewright_model::{Band, Lower, Pointer, Scale, ScaleIx, TOLERANCE, Upper};
use scalewright_scoring::emit::number;

use super::{Maker, Mutant};

impl Maker<'_> {
    pub(super) fn bands(&self, index: ScaleIx, all: &mut Vec<Mutant>) {
        let scale = self.scale(index);
        let place = scale.pointer();
        for at in 0..scale.bands.len() {
            self.edges(index, None, at, &place.key("bands").index(at), all);
        }
        for (set, named) in scale.band_sets.iter().enumerate() {
            let place = place.key("band-sets").index(set).key("bands");
            for at in 0..named.bands.len() {
                self.edges(index, Some(set), at, &place.index(at), all);
            }
        }
    }

    fn edges(
        &self,
        index: ScaleIx,
        set: Option<usize>,
        at: usize,
        place: &Pointer,
        all: &mut Vec<Mutant>,
    ) {
        let scale = self.scale(index);
        let band = &bands(scale, set)[at];
        let Some(position) = self.program.position(index) else { return };
        let reach = &self.ranges[position].any;
        // Without a list of the possible scores, the nearest score on the other side of a limit is not known.
        let Some(values) = &reach.values else { return };
        let mut push = |value: f64, then: Band, keys: &[&str]| {
            let verb = if band.contains(value) { "excludes" } else { "includes" };
            let what =
                format!("the band `{}` of `{}` {verb} {}", band.label, scale.id, number(value));
            let kind = if set.is_some() { "`band-sets`" } else { "`bands`" };
            let needs = format!(
                "a score of {} on `{}`, and its band under {kind}",
                number(value),
                scale.id
            );
            let change = |scale: &mut Scale| bands_mut(scale, set)[at] = then;
            let mutant = self.change(index, self.key(place, keys), (what, needs), change);
            let now = label(bands(&mutant.scales[0].1, set), value);
            // If the reach is not exact, this score may never occur, and then no case could notice the change.
            let differs = reach.exact && now != label(bands(scale, set), value);
            all.push(Mutant { differs, ..mutant });
        };
        let from = values.iter().copied().find(|value| band.contains(*value));
        let to = values.iter().rev().copied().find(|value| band.contains(*value));
        let below = |value: &f64| *value < band.lower.value() + TOLERANCE && !band.contains(*value);
        let beyond =
            |value: &f64| *value > band.upper.value() - TOLERANCE && !band.contains(*value);
        let before = values.iter().rev().copied().find(below);
        let after = values.iter().copied().find(beyond);
        let lower = |lower| Band { lower, ..band.clone() };
        let upper = |upper| Band { upper, ..band.clone() };
        let low: &[&str] = &["from", "above"];
        let high: &[&str] = &["to", "below"];
        from.into_iter().for_each(|value| push(value, lower(Lower::Above(value)), low));
        before.into_iter().for_each(|value| push(value, lower(Lower::From(value)), low));
        to.into_iter().for_each(|value| push(value, upper(Upper::Below(value)), high));
        after.into_iter().for_each(|value| push(value, upper(Upper::To(value)), high));
    }
}

fn label(bands: &[Band], score: f64) -> Option<&str> {
    Band::containing(bands, score).map(|band| band.label.as_str())
}

fn bands(scale: &Scale, set: Option<usize>) -> &[Band] {
    set.map_or(&scale.bands, |set| &scale.band_sets[set].bands)
}

fn bands_mut(scale: &mut Scale, set: Option<usize>) -> &mut [Band] {
    match set {
        Some(set) => &mut scale.band_sets[set].bands,
        None => &mut scale.bands,
    }
}
