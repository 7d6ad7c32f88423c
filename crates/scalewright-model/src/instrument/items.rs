//! Sections and items, and the conditions under which items are asked.

use crate::expr::Test;
use crate::index::{ResponseScaleIx, SectionIx};
use crate::vocabulary::Code;

/// A printed group of items.
#[derive(Debug, Clone)]
pub struct Section {
    /// The short name.
    pub id: String,
}

/// One item.
#[derive(Debug, Clone)]
pub struct Item {
    /// The short permanent name.
    pub id: String,
    /// The number printed before the item, the same for every target. Empty if the item has no number.
    pub number: String,
    /// The response scale on which the item is answered.
    pub response: ResponseScaleIx,
    /// The section in which the item is printed.
    pub section: Option<SectionIx>,
    /// Whether an electronic form requires an answer.
    pub required: bool,
    /// The condition under which the item is asked. `None` if it is always asked.
    pub ask: Option<Ask>,
    /// Whether the item is a fact about the respondent that norms need, and not part of the instrument itself.
    pub background: bool,
    /// The codes of the item in terminologies.
    pub codes: Vec<Code>,
    /// The id of the item in the instrument that this one is a short form of, if the file states it.
    pub taken_from: Option<String>,
}

/// The condition under which an item is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// The condition. If it is false, the item is not asked. If it is missing, the item may have been asked.
    pub when: Test,
    /// The text of the condition in the file.
    pub text: String,
    /// The answer that counts, before keying, if the item was not asked. `None` means missing.
    pub otherwise: Option<f64>,
}
