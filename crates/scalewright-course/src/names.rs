//! Names that occur on many rows, each stored once.

use std::collections::HashMap;

/// Names with a number for each.
#[derive(Default)]
pub(crate) struct Names {
    numbers: HashMap<String, u32>,
    list: Vec<String>,
}

impl Names {
    /// The number of a name.
    pub(crate) fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        // A table has fewer rows than this.
        let number = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.numbers.insert(name.to_owned(), number);
        self.list.push(name.to_owned());
        number
    }

    /// The name of a number.
    pub(crate) fn name(&self, number: u32) -> &str {
        &self.list[number as usize]
    }

    /// All names, in the order of their numbers.
    pub(crate) fn all(&self) -> &[String] {
        &self.list
    }
}
