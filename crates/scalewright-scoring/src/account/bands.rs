//! Bands, in words.

use scalewright_model::{Band, Lower, ScaleWording, Upper};

use super::phrases::fill;
use super::{BandsAccount, Describer, Phrases, shown};

impl Describer<'_> {
    /// The sets of bands. `names` has their labels in another language.
    pub(super) fn bands(&self, names: Option<&ScaleWording>) -> Vec<BandsAccount> {
        let own = (!self.scale.bands.is_empty()).then_some((None, &self.scale.bands));
        let named = self.scale.band_sets.iter().map(|set| {
            let name = match &set.title {
                Some(title) => format!("{} ({title})", set.id),
                None => set.id.clone(),
            };
            (Some(name), &set.bands)
        });
        let labels: Vec<&[String]> = names.map_or(Vec::new(), |names| names.all_bands().collect());
        let sets = own.into_iter().chain(named).enumerate().map(|(at, (set, bands))| {
            let label = |(index, band): (usize, &Band)| {
                let translated = labels.get(at).and_then(|labels| labels.get(index));
                let label = translated.map_or(band.label.as_str(), |label| label.trim()).to_owned();
                (label, limits(band, self.phrases))
            };
            BandsAccount { set, bands: bands.iter().enumerate().map(label).collect() }
        });
        sets.collect()
    }
}

/// The limits of a band.
fn limits(band: &Band, phrases: &Phrases) -> String {
    let (pattern, low, high) = match (band.lower, band.upper) {
        #[expect(clippy::float_cmp, reason = "numbers of a definition")]
        (Lower::From(low), Upper::To(high)) if low == high => return shown(low),
        (Lower::From(low), Upper::To(high)) => (phrases.to, low, high),
        (Lower::From(low), Upper::Below(high)) => (phrases.below, low, high),
        (Lower::Above(low), Upper::To(high)) => (phrases.above, low, high),
        (Lower::Above(low), Upper::Below(high)) => (phrases.between, low, high),
    };
    fill(pattern, &[("low", &shown(low)), ("high", &shown(high))])
}
