//! Sets of bands of the scales that have a score.

use scalewright_model::{Band, Lower, Pointer, TOLERANCE, Upper};
use scalewright_scoring::{Range, Reach};

/// A set of bands of a scale that has a score, with what the lints about bands need.
pub(crate) struct Banded<'a> {
    pub(crate) id: &'a str,
    pub(crate) bands: Vec<(usize, &'a Band)>,
    pub(crate) range: &'a Range,
    pub(crate) place: Pointer,
}

impl Banded<'_> {
    pub(crate) fn place_of(&self, band: usize) -> Pointer {
        self.place.index(band)
    }

    /// The lowest score of `reach` that no band holds, when there is one for sure.
    pub(crate) fn outside(&self, reach: &Reach) -> Option<f64> {
        let held = |score: f64| self.bands.iter().any(|(_, band)| band.contains(score));
        match &reach.values {
            _ if !reach.exact => None,
            Some(values) => values.iter().copied().find(|&score| !held(score)),
            // Of the scores between nothing is known.
            None => [reach.low, reach.high].into_iter().find(|&score| !held(score)),
        }
    }

    /// Whether the bands hold every number from the lowest to the highest of `reach`.
    pub(crate) fn covers(&self, reach: &Reach) -> bool {
        // How far they go, and whether this number itself is held.
        let (mut end, mut is_held) = (reach.low, false);
        for (_, band) in &self.bands {
            let begins = match band.lower {
                Lower::From(from) => from <= end + TOLERANCE,
                Lower::Above(above) => {
                    above < end - TOLERANCE || (is_held && above <= end + TOLERANCE)
                }
            };
            if !begins {
                return false;
            }
            let (upper, holds) = match band.upper {
                Upper::To(to) => (to, true),
                Upper::Below(below) => (below, false),
            };
            if upper > end + TOLERANCE {
                (end, is_held) = (upper, holds);
            } else if upper >= end - TOLERANCE {
                is_held |= holds;
            }
        }
        end > reach.high + TOLERANCE || (is_held && end >= reach.high - TOLERANCE)
    }
}
