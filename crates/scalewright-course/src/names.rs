//! Names that occur on many rows, each stored once.

use std::collections::HashMap;

/// Names with a number for each.
#[derive(Default)]
pub(crate) struct Names {
    numbers: HashMap<String, u32>,
    list: Vec<String>,
    /// The number of the last name: rows of one respondent usually follow each other.
    last: u32,
    /// The number of the empty name, which most tables have instead of forms, raters and encounters. It is not looked up:
    /// comparing two empty texts costs some processors 200 times as long as comparing short ones.
    empty: Option<u32>,
}

impl Names {
    /// The number of a name.
    pub(crate) fn number(&mut self, name: &str) -> u32 {
        if name.is_empty() {
            if self.empty.is_none() {
                self.empty = Some(self.add(name));
            }
            return self.empty.unwrap_or_default();
        }
        if self.list.get(self.last as usize).is_none_or(|last| last.is_empty() || last != name) {
            self.last = match self.numbers.get(name) {
                Some(number) => *number,
                None => self.add(name),
            };
        }
        self.last
    }

    fn add(&mut self, name: &str) -> u32 {
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
