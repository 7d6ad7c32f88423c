//! What names in a formula can mean.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::irt::{NoTable, SumTables};
use crate::{
    Band, BandSet, Expr, Item, ItemIx, Model, ResponseScale, ScaleIx, Table, reversed_name,
};

/// What a scale gives, before its formula is looked into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ScaleType {
    /// A number.
    Number,
    /// Whether something is so.
    Truth,
    /// One of these words.
    Word(Vec<String>),
}

/// A scale as formulas know it.
#[derive(Debug, Clone)]
pub(crate) struct ScaleName<'a> {
    /// Where it stands.
    pub(crate) index: ScaleIx,
    /// What it gives.
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
    /// Item ids.
    pub(crate) item_ids: BTreeMap<&'a str, ItemIx>,
    /// The answer formats.
    pub(crate) responses: &'a [ResponseScale],
    /// Scales, flags and derived scores, by id.
    pub(crate) scales: BTreeMap<String, ScaleName<'a>>,
    /// Tables, by name.
    pub(crate) tables: BTreeMap<&'a str, Arc<Table>>,
    /// Models, by name.
    pub(crate) models: BTreeMap<&'a str, Arc<Model>>,
    /// What was worked out of models, once however many formulas ask for it.
    pub(crate) sums: Sums,
}

/// The tables of sums of models, and the work that was spent on them.
#[derive(Debug, Default)]
pub(crate) struct Sums {
    found: RefCell<BTreeMap<String, Result<SumTables, NoTable>>>,
    spent: Cell<usize>,
}

/// Steps that are spent on tables of sums, for a definition as a whole: less than a second.
const MOST_WORK: usize = 40_000_000;

impl Scope<'_> {
    /// From the sum of the answers to a trait.
    pub(crate) fn sum_tables(&self, model: &Model) -> Result<SumTables, NoTable> {
        let Sums { found, spent } = &self.sums;
        if let Some(tables) = found.borrow().get(&model.name) {
            return tables.clone();
        }
        let mut left = MOST_WORK.saturating_sub(spent.get());
        let tables = model.sum_tables(&mut left);
        spent.set(MOST_WORK - left);
        found.borrow_mut().insert(model.name.clone(), tables.clone());
        tables
    }

    /// The answer format of an item.
    pub(crate) fn response(&self, item: ItemIx) -> &ResponseScale {
        &self.responses[self.items[item.0].response.0]
    }

    /// How what `name` means with its sign of reversal is written in a formula; nothing when it has no such sign.
    pub(crate) fn reversed(&self, name: &str) -> Option<String> {
        if let Some(item) = reversed_name(name, self.item_ids.keys().copied()) {
            return Some(format!("did you mean `reverse({item})`?"));
        }
        let scale = reversed_name(name, self.scales.keys().map(String::as_str))?;
        Some(format!(
            "did you mean `{scale}` reversed? write its lowest and highest score added up, less `{scale}`"
        ))
    }

    /// Ids of items and scales, for finding the one that was meant.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> + Clone {
        self.item_ids.keys().copied().chain(self.scales.keys().map(String::as_str))
    }
}
