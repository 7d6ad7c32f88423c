//! Bands: named intervals of a score.

use crate::index::ReferenceIx;

/// A named set of bands beside a scale's own.
#[derive(Debug, Clone, PartialEq)]
pub struct BandSet {
    /// Its short name.
    pub id: String,
    /// What it is called.
    pub title: Option<String>,
    /// In the order of the file.
    pub bands: Vec<Band>,
    /// Where they are from.
    pub source: Vec<ReferenceIx>,
}

/// A named interval of a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Its name, in the source language.
    pub label: String,
    /// Where it begins.
    pub lower: Lower,
    /// Where it ends.
    pub upper: Upper,
}

impl Band {
    /// The first of `bands` that `score` is in.
    #[must_use]
    pub fn holding(bands: &[Self], score: f64) -> Option<&Self> {
        bands.iter().find(|band| band.contains(score))
    }

    /// Whether `score` is in the band. Scores within [`crate::TOLERANCE`] of an edge are on the edge.
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
    /// This score already belongs to the band.
    From(f64),
    /// This score does not yet.
    Above(f64),
}

impl Lower {
    /// The number at the end, whichever side it is on.
    #[must_use]
    pub fn value(self) -> f64 {
        match self {
            Self::From(value) | Self::Above(value) => value,
        }
    }
}

impl Upper {
    /// The number at the end, whichever side it is on.
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
    /// This score still belongs to the band.
    To(f64),
    /// This score no longer does.
    Below(f64),
}
