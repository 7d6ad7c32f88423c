//! A form while its rows are added.

use std::collections::BTreeSet;

use scalewright_model::{ItemIx, Pointer};

use super::languages::Languages;
use super::names::Names;
use super::row::Row;
use crate::ExportRequest;

/// A form that is being built.
pub(super) struct Build<'a> {
    pub(super) request: &'a ExportRequest<'a>,
    pub(super) languages: &'a Languages<'a>,
    pub(super) names: Names,
    /// Whether neighbouring items share a matrix.
    pub(super) matrices: bool,
    /// Whether the printed numbers of items precede their labels.
    pub(super) numbers: bool,
    /// The condition of each item and then of each note. Empty for one that is always shown.
    pub(super) shown: Vec<String>,
    pub(super) rows: Vec<Row>,
    /// The items whose response scale is a list of choices.
    pub(super) listed: BTreeSet<usize>,
}

impl Build<'_> {
    /// Returns the name of the list of choices of an item, which the form will contain.
    pub(super) fn list(&mut self, item: ItemIx) -> String {
        self.listed.insert(self.request.instrument.items[item.0].response.0);
        self.request.instrument.response(item).name.clone()
    }

    /// Returns the place of the section of an item, or of the item if it is in no section.
    pub(super) fn section_of(&self, item: ItemIx) -> Pointer {
        self.request.instrument.items[item.0].section.map_or(Pointer::item(item), Pointer::section)
    }
}
