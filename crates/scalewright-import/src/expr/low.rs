//! Values on their way into a formula: what they are, and what the source has where ours is missing.

use super::Language;
use super::formula::F;

/// What the source has where the formula is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// The formula is never missing.
    Never,
    /// Nothing: an empty text, `undefined`, `NA`.
    Blank,
    /// NaN.
    Nan,
    /// The one or the other.
    Either,
}

impl Gap {
    /// The gap of a value that is the one or the other.
    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Never, gap) | (gap, Self::Never) => gap,
            (gap, other) if gap == other => gap,
            _ => Self::Either,
        }
    }
}

/// A part of an expression, translated.
#[derive(Debug, Clone)]
pub(super) enum Low {
    /// The answer to an item, as the source stores it.
    Item(usize),
    /// The tick of an option: never blank, except in LimeSurvey.
    Tick(usize),
    Number(F, Gap),
    Truth(F),
    /// A formula that gives words.
    Words(F),
    /// A text that is not blank.
    Text(String),
    Blank,
    List(Vec<Low>),
}

impl Low {
    /// A number that the source never lacks if the formula is never missing.
    pub(super) fn number(formula: F, gap: Gap) -> Self {
        let gap = if formula.can_miss() { gap } else { Gap::Never };
        Self::Number(formula, gap)
    }

    /// Whether a part computed in SurveyJS may be an empty text, which is not the same as an answer or a score that is
    /// not there.
    pub(super) fn may_be_empty_text(&self) -> bool {
        match self {
            Self::Number(F::Score(_), _) => false,
            Self::Number(formula, _) => formula.can_miss(),
            Self::Blank => true,
            _ => false,
        }
    }

    /// The parts of a list, and of lists inside it.
    pub(super) fn flat(self, out: &mut Vec<Self>) {
        match self {
            Self::List(parts) => parts.into_iter().for_each(|part| part.flat(out)),
            other => out.push(other),
        }
    }
}

/// What arithmetic with a blank gives.
pub(super) fn arithmetic_gap(language: Language) -> Gap {
    match language {
        Language::RedCap | Language::R => Gap::Blank,
        Language::XPath | Language::JavaScript | Language::LimeSurvey | Language::OpenScales => {
            Gap::Nan
        }
        // A blank counts as 0; only a division by 0 gives nothing.
        Language::SurveyJs | Language::Script => Gap::Blank,
    }
}
