//! Scales: what a score is made of and how.

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
    /// Its short permanent name.
    pub id: String,
    /// Its name, in the source language.
    pub title: String,
    /// What it measures and what a high score means.
    pub description: Option<String>,
    /// What the score is counted in, in the source language; nothing for one without a unit.
    pub unit: Option<String>,
    /// What terminologies know its score by.
    pub codes: Vec<Code>,
    /// The scale of which it is a subscale.
    pub parent: Option<ScaleIx>,
    /// Where in the file it is stated.
    pub origin: Origin,
    /// What it is made of.
    pub terms: Terms,
    /// How terms become the score.
    pub score: ScoreKind,
    /// The weight of each term; none when all weigh 1.
    pub weights: Option<Vec<f64>>,
    /// What the sum or mean is turned into.
    pub transform: Transform,
    /// Decimal places it is rounded to.
    pub round: Option<u32>,
    /// What happens when answers are missing.
    pub missing: Missing,
    /// How sure the key is; `None` where the definition itself is its publication.
    pub key_status: Option<KeyStatus>,
    /// Where the key is from.
    pub key_source: Vec<ReferenceIx>,
    /// Where the missing-data rule is from.
    pub missing_source: Vec<ReferenceIx>,
    /// How reliable it is.
    pub reliability: Option<Reliability>,
    /// The range a source states.
    pub stated_range: Option<ScoreRange>,
    /// Named intervals, in the order of the file.
    pub bands: Vec<Band>,
    /// Where the bands are from.
    pub bands_source: Vec<ReferenceIx>,
    /// Further sets of bands.
    pub band_sets: Vec<BandSet>,
}

/// Where in its file a score is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Among the scales, at this position.
    Scale(usize),
    /// Among the flags.
    Flag(usize),
    /// Among the norms, with the kind of derived score.
    Norm(usize, Derived),
}

/// What a sum or mean is turned into before it is rounded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Transform {
    /// Nothing: it is the score.
    None,
    /// `multiply · x + add`.
    Linear {
        /// The factor.
        multiply: f64,
        /// What is added after.
        add: f64,
    },
    /// The lowest and highest that can come of complete answers are stretched to `low` and `high`.
    Rescale {
        /// What the lowest becomes.
        low: f64,
        /// What the highest becomes.
        high: f64,
    },
}

impl Scale {
    /// Where in the file it is stated.
    #[must_use]
    pub fn pointer(&self) -> Pointer {
        match self.origin {
            Origin::Scale(position) => Pointer::scale(position),
            Origin::Flag(position) => Pointer::flag(position),
            Origin::Norm(position, _) => Pointer::norm(position),
        }
    }

    /// Whether its score is true or false rather than a number.
    #[must_use]
    pub fn is_truth(&self) -> bool {
        matches!(&self.terms, Terms::Formula(formula) if matches!(**formula, Formula::Truth(_)))
    }

    /// The words its score is one of, when it is a word.
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

    /// All its sets of bands: its own first, without a name, then the named ones. Empty ones are left out.
    pub fn all_bands(&self) -> impl Iterator<Item = (Option<&str>, &[Band])> {
        let own = (!self.bands.is_empty()).then_some((None, self.bands.as_slice()));
        let named = self.band_sets.iter().map(|set| (Some(set.id.as_str()), set.bands.as_slice()));
        own.into_iter().chain(named)
    }

    /// Whether a score can be computed at all: the key is known well enough.
    #[must_use]
    pub fn is_scored(&self) -> bool {
        self.key_status != Some(KeyStatus::Unverified)
    }
}

/// What a scale is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum Terms {
    /// Items, each with its keying.
    Items(Vec<ScaleItem>),
    /// Other scales.
    Scales(Vec<ScaleIx>),
    /// What a formula says.
    Formula(Box<Formula>),
    /// Nobody knows: the key is unverified and not given.
    Unknown,
}

impl Terms {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Items(items) => items.len(),
            Self::Scales(scales) => scales.len(),
            Self::Formula(_) | Self::Unknown => 0,
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// An item on a scale. The direction belongs to the pair, not to the item.
#[derive(Debug, Clone, PartialEq)]
pub struct ScaleItem {
    /// The item.
    pub item: ItemIx,
    /// Its direction on this scale.
    pub keying: Keying,
    /// What the keyed answer becomes.
    pub recode: Option<Recode>,
}

/// What keyed answers become before they are added up.
#[derive(Debug, Clone, PartialEq)]
pub struct Recode {
    /// Keyed answer to number, ascending.
    pub table: Arc<[(f64, f64)]>,
    /// What a missing answer becomes, when it has a number of its own.
    pub missing: Option<f64>,
}

impl ScaleItem {
    /// The keyed and recoded answer, where `response` is what answers the item.
    #[must_use]
    pub fn keyed(&self, response: &ResponseScale) -> Expr {
        let answer = Expr::Answer(self.item);
        let keyed = match (self.keying, response.bounds()) {
            (Keying::Negative, Some((low, high))) => {
                Expr::Reverse { of: Box::new(answer), low, high }
            }
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

/// Whether more of the answer means more of the scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keying {
    /// It does.
    Positive,
    /// It means less: the answer is reversed within the response scale's declared bounds.
    Negative,
}

/// A rule for missing answers: how many are needed, and what stands in for the absent ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Missing {
    /// The rule's name in the file.
    pub kind: MissingKind,
    /// How many terms must be answered, 1 at least.
    pub need: usize,
    /// Terms that must be answered, by their position among the scale's terms, ascending.
    pub mandatory: Vec<usize>,
    /// What stands in for a missing answer.
    pub fill: Fill,
}
