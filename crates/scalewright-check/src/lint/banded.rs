//! Sets of bands of the scales that are scored.

use scalewright_model::{Band, Lower, Pointer, TOLERANCE, Upper};
use scalewright_scoring::{Range, Reach};

/// A set of bands of a scale that is scored, with the information that lints about bands need.
pub(crate) struct Banded<'a> {
    pub(crate) id: &'a str,
    pub(crate) bands: Vec<(usize, &'a Band)>,
    pub(crate) range: &'a Range,
    pub(crate) place: Pointer,
}

impl Banded<'_> {
    /// The location of a band, by its position in the file.
    pub(crate) fn place_of(&self, band: usize) -> Pointer {
        self.place.index(band)
    }

    /// Returns the lowest score of `reach` that no band contains, if one certainly exists.
    pub(crate) fn outside(&self, reach: &Reach) -> Option<f64> {
        let covered = |score: f64| self.bands.iter().any(|(_, band)| band.contains(score));
        match &reach.values {
            // Some of these scores may be unreachable, so a gap at one of them is not certain.
            _ if !reach.exact => None,
            Some(values) => values.iter().copied().find(|&score| !covered(score)),
            // Which scores between the lowest and the highest are reachable is not known.
            None => [reach.low, reach.high].into_iter().find(|&score| !covered(score)),
        }
    }

    /// Whether the bands cover every number from the lowest to the highest of `reach`.
    pub(crate) fn covers(&self, reach: &Reach) -> bool {
        // The end of the numbers covered so far, and whether the end itself is covered.
        let (mut end, mut is_covered) = (reach.low, false);
        for (_, band) in &self.bands {
            // A band with `from` includes its edge, so it may begin at an end that is not covered; one with `above` may
            // not.
            let begins = match band.lower {
                Lower::From(from) => from <= end + TOLERANCE,
                Lower::Above(above) => {
                    above < end - TOLERANCE || (is_covered && above <= end + TOLERANCE)
                }
            };
            if !begins {
                return false;
            }
            let (upper, includes) = match band.upper {
                Upper::To(to) => (to, true),
                Upper::Below(below) => (below, false),
            };
            if upper > end + TOLERANCE {
                (end, is_covered) = (upper, includes);
            // A band that ends at the same number may still include that number.
            } else if upper >= end - TOLERANCE {
                is_covered |= includes;
            }
        }
        end > reach.high + TOLERANCE || (is_covered && end >= reach.high - TOLERANCE)
    }
}
