//! Scales: what a score is computed from, and how.

use std::sync::Arc;

use super::bands::{Band, BandSet};
use super::reliability::Reliability;
use super::responses::ResponseScale;
use crate::expr::{Expr, Fill, Formula};
use crate::index::{ItemIx, ReferenceIx, ScaleIx};
use crate::pointer::Pointer;
use crate::vocabulary::{Code, Derived, KeyStatus, MissingKind, ScoreKind, ScoreRange};

/// Items, or scales, scored together to one number.
#[derive(Debug, Clone)]
pub struct Scale {
    /// The short permanent name.
    pub id: String,
    /// The name, in the source language.
    pub title: String,
    /// What the scale measures and what a high score means.
    pub description: Option<String>,
    /// The unit of the score, in the source language. `None` if the score has no unit.
    pub unit: Option<String>,
    /// The codes of the score in terminologies.
    pub codes: Vec<Code>,
    /// The scale that this one is a subscale of.
    pub parent: Option<ScaleIx>,
    /// The entry of the file that defines it.
    pub origin: Origin,
    /// What the score is computed from.
    pub terms: Terms,
    /// How the terms are combined into the score.
    pub score: ScoreKind,
    /// The weight of each term. `None` if all weights are 1.
    pub weights: Option<Vec<f64>>,
    /// How the sum or mean is transformed before rounding.
    pub transform: Transform,
    /// The number of decimal places the score is rounded to. `None` for no rounding.
    pub round: Option<u32>,
    /// What happens when answers are missing.
    pub missing: Missing,
    /// How well the key is known. `None` if the definition itself is the publication of the key.
    pub key_status: Option<KeyStatus>,
    /// The works that the key is taken from.
    pub key_source: Vec<ReferenceIx>,
    /// The works that the rule for missing answers is taken from.
    pub missing_source: Vec<ReferenceIx>,
    /// The reliability of the score.
    pub reliability: Option<Reliability>,
    /// The range that a source states for the score.
    pub stated_range: Option<ScoreRange>,
    /// Named intervals of the score, in the order of the file.
    pub bands: Vec<Band>,
    /// The works that the bands are taken from.
    pub bands_source: Vec<ReferenceIx>,
    /// Further named sets of bands.
    pub band_sets: Vec<BandSet>,
}

/// The entry of the file that defines a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The entry of `[[scales]]` at this position.
    Scale(usize),
    /// The entry of `[[flags]]` at this position.
    Flag(usize),
    /// The entry of `[[norms]]` at this position, with the kind of derived score.
    Norm(usize, Derived),
}

/// How a sum or mean is transformed before it is rounded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Transform {
    /// It is unchanged.
    None,
    /// `multiply · x / divide + add`, in this order: a fraction is exact until the division.
    Linear {
        /// The factor.
        multiply: f64,
        /// The divisor, which is positive; 1 if the factor is not a fraction.
        divide: f64,
        /// The number added after the multiplication.
        add: f64,
    },
    /// The range of results for complete answers is mapped linearly onto `low` to `high`.
    Rescale {
        /// The number that the lowest possible result becomes.
        low: f64,
        /// The number that the highest possible result becomes.
        high: f64,
    },
}

impl Scale {
    /// Returns a pointer to the entry of the file that defines it.
    #[must_use]
    pub fn pointer(&self) -> Pointer {
        match self.origin {
            Origin::Scale(position) => Pointer::scale(position),
            Origin::Flag(position) => Pointer::flag(position),
            Origin::Norm(position, _) => Pointer::norm(position),
        }
    }

    /// Returns the ends of the score that the definition itself states: the stated range, or the ends that the score is
    /// rescaled to. `None` if it states none, or rounds a rescaled score.
    #[must_use]
    pub fn stated_ends(&self) -> Option<(f64, f64)> {
        let stated = self.stated_range.map(|range| (range.low, range.high));
        stated.or(match self.transform {
            Transform::Rescale { low, high } if self.round.is_none() => {
                Some((low.min(high), low.max(high)))
            }
            _ => None,
        })
    }

    /// Whether the score is a truth value instead of a number.
    #[must_use]
    pub fn is_truth(&self) -> bool {
        matches!(&self.terms, Terms::Formula(formula) if matches!(**formula, Formula::Truth(_)))
    }

    /// Returns the possible words of a score that is a word. `None` for other scores.
    #[must_use]
    pub fn words(&self) -> Option<&[String]> {
        match &self.terms {
            Terms::Formula(formula) => match &**formula {
                Formula::Word { words, .. } => Some(words),
                Formula::Number(_) | Formula::Truth(_) => None,
            },
            Terms::Items(_) | Terms::Scales(_) | Terms::Unknown => None,
        }
    }

    /// Returns all sets of bands: first the scale's own, without a name, then the named ones. Empty sets are left out.
    pub fn all_bands(&self) -> impl Iterator<Item = (Option<&str>, &[Band])> {
        let own = (!self.bands.is_empty()).then_some((None, self.bands.as_slice()));
        let named = self.band_sets.iter().map(|set| (Some(set.id.as_str()), set.bands.as_slice()));
        own.into_iter().chain(named)
    }

    /// Whether a score can be computed. It cannot if the key is unverified.
    #[must_use]
    pub fn is_scored(&self) -> bool {
        self.key_status != Some(KeyStatus::Unverified)
    }
}

/// What a scale is computed from.
#[derive(Debug, Clone, PartialEq)]
pub enum Terms {
    /// Items, each with its keying.
    Items(Vec<ScaleItem>),
    /// Other scales, each with its keying.
    Scales(Vec<ScalePart>),
    /// A formula.
    Formula(Box<Formula>),
    /// Not known: the key is unverified and not given.
    Unknown,
}

impl Terms {
    /// Returns the number of items or scales. 0 for formulas and unknown terms.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Items(items) => items.len(),
            Self::Scales(scales) => scales.len(),
            Self::Formula(_) | Self::Unknown => 0,
        }
    }

    /// Whether [`Terms::len`] is 0.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// An item on a scale. The keying belongs to this pair, not to the item.
#[derive(Debug, Clone, PartialEq)]
pub struct ScaleItem {
    /// The item.
    pub item: ItemIx,
    /// The keying of the item on this scale.
    pub keying: Keying,
    /// The recoding of the keyed answer.
    pub recode: Option<Recode>,
}

/// A scale on a scale of scales.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScalePart {
    /// The scale.
    pub scale: ScaleIx,
    /// The keying of its score. Negative: the score is reversed about the middle of its stated range, or of the range
    /// of complete answers if none is stated.
    pub keying: Keying,
}

/// The recoding of keyed answers before they are scored.
#[derive(Debug, Clone, PartialEq)]
pub struct Recode {
    /// Pairs of a keyed answer and its number, in ascending order of the answer.
    pub table: Arc<[(f64, f64)]>,
    /// The number of a missing answer, if it has one.
    pub missing: Option<f64>,
}

impl ScaleItem {
    /// Returns the keyed and recoded answer. `response` is the response scale of the item.
    #[must_use]
    pub fn keyed(&self, response: &ResponseScale) -> Expr {
        let answer = Expr::Answer(self.item);
        let keyed = match (self.keying, response.bounds()) {
            (Keying::Negative, Some((low, high))) => {
                Expr::Reverse { of: Box::new(answer), low, high }
            }
            // A reversed item without bounds is an error that is reported elsewhere, so its answer is never scored.
            (Keying::Negative, None) | (Keying::Positive, _) => answer,
        };
        match &self.recode {
            None => keyed,
            Some(Recode { table, missing }) => Expr::Recode {
                of: Box::new(keyed),
                table: table.clone(),
                other: None,
                missing: *missing,
            },
        }
    }
}

/// The keying of an item: whether a higher answer means more of the scale or less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keying {
    /// A higher answer means more of the scale.
    Positive,
    /// A higher answer means less of the scale. The answer is reversed within the bounds of the response scale.
    Negative,
}

/// A rule for missing answers: how many answers are needed, and what replaces the missing ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Missing {
    /// The kind of rule in the file.
    pub kind: MissingKind,
    /// The number of terms that must be answered, at least 1.
    pub need: usize,
    /// The terms that must be answered, by their position among the terms of the scale, ascending.
    pub mandatory: Vec<usize>,
    /// What replaces a missing answer.
    pub fill: Fill,
}
