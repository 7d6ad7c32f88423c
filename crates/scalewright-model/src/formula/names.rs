//! The names that a formula can use.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::irt::{NoTable, SumTables};
use crate::{
    Band, BandSet, Expr, Item, ItemIx, Model, ResponseScale, ScaleIx, Table, reversed_name,
};

/// The type of a scale's result, known before its formula is lowered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ScaleType {
    /// A number.
    Number,
    /// A truth value.
    Truth,
    /// One of these words.
    Word(Vec<String>),
}

/// A scale as formulas use it.
#[derive(Debug, Clone)]
pub(crate) struct ScaleName<'a> {
    /// The index of the scale.
    pub(crate) index: ScaleIx,
    /// The type of its result.
    pub(crate) gives: ScaleType,
    /// Its keyed answers, for `items(…)`.
    pub(crate) keyed: Vec<Expr>,
    /// Its own bands.
    pub(crate) bands: &'a [Band],
    /// Its further sets of bands.
    pub(crate) band_sets: &'a [BandSet],
}

/// Everything that a formula can name.
#[derive(Debug, Default)]
pub(crate) struct Scope<'a> {
    /// The items, in the order of the form.
    pub(crate) items: &'a [Item],
    /// The items, by id.
    pub(crate) item_ids: BTreeMap<&'a str, ItemIx>,
    /// The response scales.
    pub(crate) responses: &'a [ResponseScale],
    /// The scales, flags and derived scores, by id.
    pub(crate) scales: BTreeMap<String, ScaleName<'a>>,
    /// The tables, by name; `None` for an invalid one.
    pub(crate) tables: BTreeMap<&'a str, Option<Arc<Table>>>,
    /// The models, by name; `None` for an invalid one.
    pub(crate) models: BTreeMap<&'a str, Option<Arc<Model>>>,
    /// The tables of sums of models, computed once for all formulas.
    pub(crate) sums: Sums,
}

/// A cache of the tables of sums by model, and the number of steps that were spent on them.
#[derive(Debug, Default)]
pub(crate) struct Sums {
    found: RefCell<BTreeMap<String, Result<SumTables, NoTable>>>,
    spent: Cell<usize>,
}

/// The greatest number of steps for the tables of sums of a definition. They take less than a second.
const MOST_WORK: usize = 40_000_000;

impl Scope<'_> {
    /// Returns the tables from the sum of the answers to the trait, which are computed on the first call for a model.
    pub(crate) fn sum_tables(&self, model: &Model) -> Result<SumTables, NoTable> {
        let Sums { found, spent } = &self.sums;
        if let Some(tables) = found.borrow().get(&model.name) {
            return tables.clone();
        }
        // One budget for all models: a definition may have a hundred of them.
        let mut left = MOST_WORK.saturating_sub(spent.get());
        let tables = model.sum_tables(&mut left);
        spent.set(MOST_WORK - left);
        // A refusal is stored too, so that it costs its work only once.
        found.borrow_mut().insert(model.name.clone(), tables.clone());
        tables
    }

    /// Returns the response scale of an item.
    pub(crate) fn response(&self, item: ItemIx) -> &ResponseScale {
        &self.responses[self.items[item.0].response.0]
    }

    /// Returns a suggestion for a name with a mark of reversal: how to reverse it in a formula. `None` if the name has
    /// no such mark.
    pub(crate) fn reversed(&self, name: &str) -> Option<String> {
        if let Some(item) = reversed_name(name, self.item_ids.keys().copied()) {
            return Some(format!("did you mean `reverse({item})`?"));
        }
        let scale = reversed_name(name, self.scales.keys().map(String::as_str))?;
        Some(format!(
            "did you mean `{scale}` reversed? write the sum of its lowest and highest score, minus `{scale}`"
        ))
    }

    /// Returns the ids of items and scales, for suggestions.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> + Clone {
        self.item_ids.keys().copied().chain(self.scales.keys().map(String::as_str))
    }
}
