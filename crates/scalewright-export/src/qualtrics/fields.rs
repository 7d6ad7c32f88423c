//! The fields by which the survey flow decides: numbers of answers, which it sets first, and numbers that it compares.

use std::collections::BTreeMap;

use super::amount::{Amount, score};
use super::points::{Categories, Cell};
use crate::code::lines::Print;

/// The fields of an instrument, and the scoring categories that they read.
pub(super) struct Fields {
    /// What precedes the names of all fields.
    pub(super) prefix: String,
    /// Whether conditions may count answers, which display logic cannot.
    pub(super) may_count: bool,
    pub(super) categories: Categories,
    /// The names and values of the fields that are always set, in the order in which they are first needed.
    pub(super) set: Vec<(String, String)>,
    /// The values of all fields, which are named by their positions.
    values: Vec<String>,
}

impl Fields {
    pub(super) fn new(prefix: String, may_count: bool) -> Self {
        Self {
            prefix,
            may_count,
            categories: Categories::default(),
            set: Vec::new(),
            values: Vec::new(),
        }
    }

    /// How many categories, fields and values there are.
    pub(super) fn lengths(&self) -> [usize; 3] {
        [self.categories.all.len(), self.set.len(), self.values.len()]
    }

    /// Removes what has been added since.
    pub(super) fn shorten(&mut self, [categories, set, values]: [usize; 3]) {
        self.categories.all.truncate(categories);
        self.set.truncate(set);
        self.values.truncate(values);
    }

    /// The field with the score of a category of these points.
    pub(super) fn count(&mut self, name: &str, points: BTreeMap<Cell, i64>) -> String {
        let name = format!("{}{name}", self.prefix);
        let value = format!("${{{}}}", score(self.categories.of(&name, points)));
        self.field(value)
    }

    /// The name and the value of the field for a number that is compared.
    pub(super) fn number(&mut self, amount: &Amount) -> Print<(String, String)> {
        let name = format!("{}compared", self.prefix);
        let value = amount.field(&name, &mut self.categories)?;
        let name = self.name_of(&value);
        Ok((name, value))
    }

    fn field(&mut self, value: String) -> String {
        let name = self.name_of(&value);
        if self.set.iter().all(|(own, _)| *own != name) {
            self.set.push((name.clone(), value));
        }
        name
    }

    /// The name of the field with a value. Ids contain no double underscores, so no item and no score has this name.
    fn name_of(&mut self, value: &str) -> String {
        let at = self.values.iter().position(|own| own == value).unwrap_or_else(|| {
            self.values.push(value.to_owned());
            self.values.len() - 1
        });
        format!("{}flow__{}", self.prefix, at + 1)
    }
}
