//! The fields that the survey flow sets before it decides anything: numbers of answers, and numbers that it compares.

use std::collections::BTreeMap;

use super::amount::{Amount, score};
use super::points::{Categories, Cell};
use crate::code::lines::Print;

/// The fields of an instrument that are always set, and the scoring categories that they read.
pub(super) struct Fields {
    /// What precedes the names of all fields.
    pub(super) prefix: String,
    pub(super) categories: Categories,
    /// The names and values, in the order in which they are first needed.
    pub(super) set: Vec<(String, String)>,
}

impl Fields {
    pub(super) fn new(prefix: String) -> Self {
        Self { prefix, categories: Categories::default(), set: Vec::new() }
    }

    /// The field with the score of a category of these points.
    pub(super) fn count(&mut self, name: &str, points: BTreeMap<Cell, i64>) -> String {
        let name = format!("{}{name}", self.prefix);
        let value = format!("${{{}}}", score(self.categories.of(&name, points)));
        self.field(value)
    }

    /// The field with a number that is compared.
    pub(super) fn number(&mut self, amount: &Amount) -> Print<String> {
        let name = format!("{}compared", self.prefix);
        let value = amount.field(&name, &mut self.categories)?;
        Ok(self.field(value))
    }

    fn field(&mut self, value: String) -> String {
        if let Some((name, _)) = self.set.iter().find(|(_, own)| *own == value) {
            return name.clone();
        }
        // Ids contain no double underscores, so no item and no score has this name.
        let name = format!("{}flow__{}", self.prefix, self.set.len() + 1);
        self.set.push((name.clone(), value));
        name
    }
}
