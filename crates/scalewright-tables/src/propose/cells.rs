//! What the refused cells of a column may mean.

use std::collections::BTreeMap;

use scalewright_model::{Instrument, ItemIx, ResponseScale};

use crate::responses::{Advice, LabelMatch, Labels};

use super::columns::TableColumn;
use super::fit::refused;

/// What cells that the definition does not accept may mean.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Meaning {
    /// They are labels of answers.
    Label,
    /// They are this code of a missing answer.
    MissingCode(String),
    /// All answers are higher by this number than in the definition.
    Shifted(i64),
    /// Nobody knows.
    Unknown,
}

/// The refused cells of a column with their numbers, by what they may mean.
pub(super) fn meanings(
    instrument: &Instrument,
    item: ItemIx,
    column: &TableColumn,
) -> BTreeMap<Meaning, BTreeMap<String, u64>> {
    let scale = instrument.response(item);
    let refused = refused(scale, column);
    let mut found: BTreeMap<Meaning, BTreeMap<String, u64>> = BTreeMap::new();
    if refused.is_empty() {
        return found;
    }
    let labels = Labels::new(instrument, item);
    let shift = shift(scale, column);
    for (cell, count) in refused {
        let meaning = match (labels.find(cell), Advice::as_code(cell), shift) {
            (LabelMatch::One(_), _, _) => Meaning::Label,
            (_, Some(code), _) => Meaning::MissingCode(code),
            (_, None, Some(by)) if cell.parse::<f64>().is_ok() => Meaning::Shifted(by),
            (_, None, _) => Meaning::Unknown,
        };
        found.entry(meaning).or_default().insert(cell.to_owned(), count);
    }
    found
}

/// By how much all numbers of a column are higher than the answers of the definition, if one step explains them all and both
/// ends are in use.
#[expect(clippy::cast_possible_truncation, reason = "whole, and small")]
fn shift(scale: &ResponseScale, column: &TableColumn) -> Option<i64> {
    let (low, high) = scale.bounds()?;
    let numbers = column.values.keys().filter(|cell| Advice::as_code(cell).is_none());
    let numbers: Vec<f64> = numbers.filter_map(|cell| cell.parse().ok()).collect();
    let least = numbers.iter().copied().reduce(f64::min)?;
    let most = numbers.iter().copied().reduce(f64::max)?;
    let by = if most > high { most - high } else { least - low };
    let fits = numbers.iter().all(|number| scale.accepts(number - by).is_ok());
    let is_step = by.fract() == 0.0 && by.abs() == 1.0;
    (is_step && fits).then_some(by as i64)
}
