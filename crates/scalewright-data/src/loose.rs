//! A definition that also accepts the answers that it refused, so that the other answers of their rows can be read.
//!
//! A table is read with the definition. Cells that it refuses are collected, and the table is read again with a
//! definition that accepts their numbers and takes their texts as missing. So no rule for cells is repeated here, and
//! every format is read in the same way.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::{Instrument, ItemIx, OptionValue, ResponseKind, ResponseOption, UNLIMITED};

/// The most refused contents that are counted separately.
const MOST: usize = 2_000;

/// The contents that the definition refuses.
#[derive(Debug, Default, Clone)]
pub(crate) struct Refused {
    /// The number of cells of each item with each content, and why it is refused.
    pub(crate) cells: BTreeMap<(usize, String), (u64, String)>,
    /// The number of further refused cells, with other contents.
    pub(crate) more: u64,
}

impl Refused {
    /// Counts a refused cell. Returns whether its content is new.
    pub(crate) fn add(&mut self, item: usize, value: &str, reason: &str) -> bool {
        let key = (item, value.trim().to_owned());
        if let Some((count, _)) = self.cells.get_mut(&key) {
            *count += 1;
            return false;
        }
        if self.cells.len() >= MOST {
            self.more += 1;
            return false;
        }
        self.cells.insert(key, (1, reason.to_owned()));
        true
    }

    /// The contents that an option could have as its value, for each item. For a number with many decimals, the item alone.
    fn numbers(&self) -> BTreeMap<usize, BTreeSet<OptionValue>> {
        let mut numbers: BTreeMap<usize, BTreeSet<OptionValue>> = BTreeMap::new();
        for (item, text) in self.cells.keys() {
            numbers.entry(*item).or_default().extend(number(text));
        }
        numbers
    }

    /// The contents that no response scale can accept.
    pub(crate) fn texts(&self, instrument: &Instrument) -> Vec<String> {
        let is_text = |item: usize, text: &str| match instrument.response(ItemIx(item)).kind {
            ResponseKind::Numeric { .. } | ResponseKind::VisualAnalogue { .. } => {
                !text.parse::<f64>().is_ok_and(|number| number.abs() <= UNLIMITED)
            }
            _ => number(text).is_none(),
        };
        let texts = self.cells.keys().filter(|(item, text)| is_text(*item, text));
        let texts: BTreeSet<&String> = texts.map(|(_, text)| text).collect();
        texts.into_iter().cloned().collect()
    }
}

/// The number that a refused content is, if an option can have it.
pub(crate) fn number(text: &str) -> Option<OptionValue> {
    OptionValue::of(text.trim().parse().ok()?)
}

/// Returns the definition with further options for the refused numbers. Wordings get the numbers as labels.
pub(crate) fn loosened(instrument: &Instrument, refused: &Refused) -> Instrument {
    let mut loose = instrument.clone();
    for (item, numbers) in refused.numbers() {
        let response = loose.items[item].response.0;
        let strict = instrument.response(ItemIx(item));
        let numbers = numbers.into_iter().filter(|number| strict.accepts(number.number()).is_err());
        let numbers: Vec<OptionValue> = numbers.collect();
        let is_coded = matches!(strict.kind, ResponseKind::Coded { .. } | ResponseKind::YesNo);
        if numbers.is_empty() && is_coded {
            continue;
        }
        let kind = std::mem::replace(&mut loose.response_scales[response].kind, ResponseKind::Date);
        let (kind, added) = widened(kind, &numbers);
        loose.response_scales[response].kind = kind;
        for wording in &mut loose.wordings {
            let labels = &mut wording.responses[response].labels;
            labels.extend(added.iter().map(ToString::to_string));
        }
    }
    loose
}

/// A kind of answer that also accepts `numbers`, and the options that it has in addition.
fn widened(kind: ResponseKind, numbers: &[OptionValue]) -> (ResponseKind, Vec<OptionValue>) {
    let option = |value: OptionValue| ResponseOption {
        value,
        code: None,
        non_response: true,
        unlabelled: true,
    };
    match kind {
        ResponseKind::Coded { mut options } => {
            let known = |number: &&OptionValue| options.iter().all(|one| one.value != **number);
            let new: Vec<OptionValue> = numbers.iter().filter(known).copied().collect();
            options.extend(new.iter().copied().map(option));
            (ResponseKind::Coded { options }, new)
        }
        ResponseKind::YesNo => {
            let yes_no = [0, 1].map(OptionValue::whole);
            let all = yes_no.into_iter().chain(numbers.iter().copied());
            let options = all.clone().map(option).collect();
            (ResponseKind::Coded { options }, all.collect())
        }
        ResponseKind::Numeric { .. } | ResponseKind::VisualAnalogue { .. } => {
            // With so many decimals, every number is accepted.
            (ResponseKind::Numeric { min: None, max: None, decimals: 18 }, Vec::new())
        }
        other => (other, Vec::new()),
    }
}
