//! What an expression is evaluated with: the answers of a respondent, and a place in the questionnaire.

use std::collections::BTreeMap;

use super::scalar::{Collection, Datum};
use super::world::World;

/// Where an expression is evaluated.
#[derive(Debug, Clone, Default)]
pub(crate) struct Context<'w> {
    /// The item of the questionnaire that the expression belongs to.
    pub(crate) node: usize,
    /// `$this`, inside of functions that go through a collection.
    pub(crate) this: Option<Datum<'w>>,
    /// `$total`, inside of `aggregate`.
    pub(crate) total: Option<Collection<'w>>,
}

impl Context<'_> {
    /// The context of the item `node`.
    pub(crate) fn at(node: usize) -> Self {
        Self { node, this: None, total: None }
    }
}

/// The answers of one respondent, and what has been computed from them.
pub(crate) struct Machine<'w> {
    pub(crate) world: &'w World,
    /// The answers, for each item of the questionnaire.
    pub(crate) given: Vec<Collection<'w>>,
    /// Whether the response contains the item.
    pub(crate) present: Vec<bool>,
    pub(super) variables: BTreeMap<usize, Option<Collection<'w>>>,
    pub(super) scores: BTreeMap<usize, Option<Collection<'w>>>,
    /// The calculated items that are being computed, the innermost last.
    pub(super) current: Vec<usize>,
    pub(super) steps: u32,
    pub(super) depth: u32,
}
