//! Bands: named intervals of a score.

use crate::index::ReferenceIx;

/// A named set of bands, in addition to a scale's own.
#[derive(Debug, Clone, PartialEq)]
pub struct BandSet {
    /// The short name.
    pub id: String,
    /// The title.
    pub title: Option<String>,
    /// The bands, in the order of the file.
    pub bands: Vec<Band>,
    /// The works that the bands are taken from.
    pub source: Vec<ReferenceIx>,
}

/// A named interval of a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// The name, in the source language.
    pub label: String,
    /// The lower end.
    pub lower: Lower,
    /// The upper end.
    pub upper: Upper,
    /// What a score in the band means, in plain words of the source language.
    pub feedback: Option<String>,
}

impl Band {
    /// Returns the first of `bands` that contains `score`.
    #[must_use]
    pub fn containing(bands: &[Self], score: f64) -> Option<&Self> {
        bands.iter().find(|band| band.contains(score))
    }

    /// Whether the band contains `score`. A score within [`crate::TOLERANCE`] of an end counts as equal to that end.
    #[must_use]
    pub fn contains(&self, score: f64) -> bool {
        let above = match self.lower {
            Lower::From(from) => score >= from - crate::TOLERANCE,
            Lower::Above(above) => score > above + crate::TOLERANCE,
        };
        above
            && match self.upper {
                Upper::To(to) => score <= to + crate::TOLERANCE,
                Upper::Below(below) => score < below - crate::TOLERANCE,
            }
    }
}

/// The lower end of a band.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Lower {
    /// The band begins at this score, which belongs to it.
    From(f64),
    /// The band begins above this score, which does not belong to it.
    Above(f64),
}

impl Lower {
    /// Returns the score at this end, whether or not it belongs to the band.
    #[must_use]
    pub fn value(self) -> f64 {
        match self {
            Self::From(value) | Self::Above(value) => value,
        }
    }
}

impl Upper {
    /// Returns the score at this end, whether or not it belongs to the band.
    #[must_use]
    pub fn value(self) -> f64 {
        match self {
            Self::To(value) | Self::Below(value) => value,
        }
    }
}

/// The upper end of a band.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Upper {
    /// The band ends at this score, which belongs to it.
    To(f64),
    /// The band ends below this score, which does not belong to it.
    Below(f64),
}
