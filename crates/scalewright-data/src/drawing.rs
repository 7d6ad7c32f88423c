//! Pictures for pages: bars and heat maps as SVG, each with a text alternative and with its numbers, and the frame of a
//! page. No meaning depends on colour alone.

pub(crate) mod bars;
pub(crate) mod heat;
pub(crate) mod markup;

/// The most items in one picture of all pairs.
pub(crate) const MOST_PAIRS: usize = 60;
