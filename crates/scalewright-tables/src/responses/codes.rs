//! `[codes.<response scale>]` of a map: the values of texts and numbers that a table has instead of coded values.

use std::collections::BTreeMap;

use super::answer::Given;

/// The codes of a response scale as the map lists them: the value of each text.
pub(super) type Codes = BTreeMap<String, f64>;

/// What a cell is among the codes of a response scale.
#[derive(Debug, PartialEq)]
pub(super) enum CodeMatch {
    /// A listed code: its value.
    Value(f64),
    /// Another cell, which is read as if there were no codes.
    Other,
    /// A number that is not listed, although other numbers are.
    Unlisted,
}

/// The codes of a response scale, ready to be looked up.
#[derive(Debug)]
pub(super) struct CodeList {
    texts: Codes,
    /// The codes that are numbers, which need not be written alike: 1 and 1.0.
    numbers: Vec<(f64, f64)>,
}

impl CodeList {
    pub(super) fn new(codes: &Codes) -> Self {
        let number = |(code, value): (&String, &f64)| Some((finite(code)?, *value));
        Self { texts: codes.clone(), numbers: codes.iter().filter_map(number).collect() }
    }

    /// Looks up a cell.
    ///
    /// If the map lists any number, it lists all of them: a number that it leaves out may mean another answer than the same
    /// number in the definition.
    pub(super) fn find(&self, given: Given<'_>) -> CodeMatch {
        let number = match given {
            Given::Text(text) => match self.texts.get(text.trim()) {
                Some(value) => return CodeMatch::Value(*value),
                None => finite(text.trim()),
            },
            Given::Number(number) => Some(number),
        };
        let Some(number) = number.filter(|_| !self.numbers.is_empty()) else {
            return CodeMatch::Other;
        };
        match self.numbers.iter().find(|(code, _)| *code == number) {
            Some((_, value)) => CodeMatch::Value(*value),
            None => CodeMatch::Unlisted,
        }
    }
}

fn finite(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::{CodeList, CodeMatch};
    use crate::responses::answer::Given;

    #[test]
    fn listed_numbers_exclude_all_others() {
        let list = |codes: &[(&str, f64)]| {
            let codes = codes.iter().map(|(code, value)| ((*code).to_owned(), *value));
            CodeList::new(&codes.collect())
        };
        let numbers = list(&[("1", 0.0), ("2", 1.0), ("TRUE", 1.0)]);
        let words = list(&[("never", 0.0)]);
        for (codes, given, expected) in [
            (&numbers, Given::Text("1"), CodeMatch::Value(0.0)),
            (&numbers, Given::Text(" 2.0 "), CodeMatch::Value(1.0)),
            (&numbers, Given::Number(2.0), CodeMatch::Value(1.0)),
            (&numbers, Given::Text("TRUE"), CodeMatch::Value(1.0)),
            (&numbers, Given::Text("true"), CodeMatch::Other),
            (&numbers, Given::Text("0"), CodeMatch::Unlisted),
            (&numbers, Given::Number(0.0), CodeMatch::Unlisted),
            (&words, Given::Text("never"), CodeMatch::Value(0.0)),
            (&words, Given::Number(0.0), CodeMatch::Other),
        ] {
            assert_eq!(codes.find(given), expected, "{given:?}");
        }
    }
}
