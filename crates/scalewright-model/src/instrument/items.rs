//! What is asked: sections and items, and when an item is asked.

use crate::expr::Test;
use crate::index::{ResponseScaleIx, SectionIx};
use crate::vocabulary::Code;

/// A printed group of items.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its short name.
    pub id: String,
}

/// One item.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its short permanent name.
    pub id: String,
    /// The number printed before it, on every target; empty for none.
    pub number: String,
    /// What answers it.
    pub response: ResponseScaleIx,
    /// Where it is printed.
    pub section: Option<SectionIx>,
    /// Whether an electronic form insists on an answer.
    pub required: bool,
    /// When it is asked; `None` when always.
    pub ask: Option<Ask>,
    /// Whether it is a fact about the respondent that norms need, and no part of the instrument.
    pub background: bool,
    /// What terminologies know it by.
    pub codes: Vec<Code>,
    /// Its id in the instrument that this one is a short form of, where that is said.
    pub taken_from: Option<String>,
}

/// When an item is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// The condition. Where it is false the item is not asked; where it is missing, it may have been.
    pub when: Test,
    /// The condition as its author wrote it.
    pub text: String,
    /// The answer that counts when it was not asked, before keying.
    pub otherwise: Option<f64>,
}
