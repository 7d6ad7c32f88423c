//! The bands of a score in a form beside those of the definition.

use scalewright_model::Severity;
use scalewright_model::file::BandFile;

use super::matched::{Matched, words};
use super::types::Discrepancy;
use crate::form::Score;
use crate::value::Value;

/// A finding for the lowest score with another band. `ours` are the results of the definition, of which those at
/// `position` belong to the score.
pub(super) fn findings(
    matched: &Matched<'_>,
    scale: usize,
    score: &Score,
    ours: &[Vec<Value>],
    position: usize,
) -> Option<Discrepancy> {
    let scale = &matched.instrument().scales[scale];
    if score.bands.is_empty() || scale.bands.is_empty() {
        return None;
    }
    let mut values: Vec<f64> = ours[position].iter().filter_map(Value::score).collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    values.into_iter().find_map(|value| {
        let theirs =
            score.bands.iter().find(|band| holds(band, value)).map(|band| band.label.clone());
        let own = scale
            .bands
            .iter()
            .position(|band| band.contains(value))
            .map(|band| scale.bands[band].label.clone());
        let is_same = theirs.as_deref().map(words) == own.as_deref().map(words);
        (!is_same).then(|| {
            let name = |label: Option<String>| {
                label.map_or_else(|| "in no band".to_owned(), |label| format!("`{label}`"))
            };
            let message = format!(
                "a `{}` of {value} is {} in the form and {} by the definition",
                scale.id,
                name(theirs),
                name(own)
            );
            Discrepancy::new("band-differs", Severity::Error, &score.rule.place, message)
        })
    })
}

/// Whether a band contains a score.
fn holds(band: &BandFile, value: f64) -> bool {
    let above = band.from.is_none_or(|from| value >= from - 1e-9)
        && band.above.is_none_or(|above| value > above + 1e-9);
    above
        && band.to.is_none_or(|to| value <= to + 1e-9)
        && band.below.is_none_or(|below| value < below - 1e-9)
}
