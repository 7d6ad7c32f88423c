//! What the checks need to know about an instrument: the answers of each item, and the items of each scale.

use std::collections::BTreeMap;

use scalewright_model::{Instrument, ItemIx, Keying, OptionValue, ResponseKind, Terms};

/// The items and scales of an instrument.
pub(crate) struct Shape {
    /// The items, in the order of presentation.
    pub(crate) items: Vec<ItemShape>,
    /// The scales of at least three items.
    pub(crate) scales: Vec<ScaleShape>,
    /// The items of each response scale with more than two options, in the order of presentation.
    pub(crate) alike: Vec<Vec<usize>>,
}

/// An item.
pub(crate) struct ItemShape {
    /// The id.
    pub(crate) id: String,
    /// The response scale, by its position.
    pub(crate) response: usize,
    /// The scored values of a coded item, ascending. Empty for other items.
    pub(crate) values: Vec<f64>,
    /// Whether answers are numbers without a list of options.
    pub(crate) is_number: bool,
    /// Whether the item is always asked and belongs to the instrument, so that a blank is a missing answer.
    pub(crate) is_expected: bool,
    /// The section, by its position.
    pub(crate) section: Option<usize>,
    /// The first scale with the item, by its position, and the direction of the item on it.
    pub(crate) scale: Option<(usize, f64)>,
    places: Places,
}

/// The position among the scored values of each whole number from −128 to 127, as a byte; [`Places::NONE`] for others.
struct Places(Box<[u16; 256]>);

impl Places {
    const NONE: u16 = u16::MAX;

    fn of(values: &[f64]) -> Self {
        let mut places = Box::new([Self::NONE; 256]);
        for (at, &value) in values.iter().enumerate() {
            if let (Some(code), Ok(at)) = (code(value), u16::try_from(at)) {
                places[usize::from(code.cast_unsigned())] = at;
            }
        }
        Self(places)
    }
}

/// A number as a code of one byte; `None` for others.
fn code(value: f64) -> Option<i8> {
    #[expect(clippy::cast_possible_truncation, reason = "compared with the number")]
    let code = value as i8;
    #[expect(clippy::float_cmp, reason = "a code is equal to its number")]
    let is_equal = f64::from(code) == value;
    is_equal.then_some(code)
}

impl ItemShape {
    /// Where a keyed value is between the lowest (0) and the highest (1) of the item; `None` if it is missing, or if
    /// there are no two values. `sign` is the direction of the item.
    pub(crate) fn place(&self, value: f64, sign: f64) -> Option<f64> {
        let (low, high) = (self.values.first()?, self.values.last()?);
        let place = (value - low) / (high - low);
        (!place.is_nan()).then_some(if sign < 0.0 { 1.0 - place } else { place })
    }
}

/// A scale of items.
pub(crate) struct ScaleShape {
    /// The id.
    pub(crate) id: String,
    /// The position of the scale among those of the instrument.
    pub(crate) index: usize,
    /// The items, each with its direction: 1 or −1.
    pub(crate) items: Vec<(usize, f64)>,
}

/// The least number of items of a scale whose items are compared with each other.
const FEWEST_ITEMS: usize = 3;

impl Shape {
    pub(crate) fn of(instrument: &Instrument) -> Self {
        let scales = scales(instrument);
        let item = |index: usize| {
            let (item, response) = (&instrument.items[index], instrument.response(ItemIx(index)));
            let values = response.scored_values().unwrap_or_default();
            let values: Vec<f64> = values.into_iter().map(OptionValue::number).collect();
            let of_scale = |(at, scale): (usize, &ScaleShape)| {
                let (_, sign) = scale.items.iter().find(|(item, _)| *item == index)?;
                Some((at, *sign))
            };
            ItemShape {
                id: item.id.clone(),
                response: item.response.0,
                places: Places::of(&values),
                values,
                is_number: matches!(
                    response.kind,
                    ResponseKind::Numeric { .. } | ResponseKind::VisualAnalogue { .. }
                ),
                is_expected: item.ask.is_none() && !item.background,
                section: item.section.map(|section| section.0),
                scale: scales.iter().enumerate().find_map(of_scale),
            }
        };
        let items: Vec<ItemShape> = (0..instrument.items.len()).map(item).collect();
        let mut alike: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, item) in items.iter().enumerate().filter(|(_, item)| item.values.len() > 2) {
            alike.entry(item.response).or_default().push(at);
        }
        Self { items, scales, alike: alike.into_values().collect() }
    }

    /// Whether two items are keyed alike, as far as scales tell.
    pub(crate) fn is_alike(&self, item: usize, other: usize) -> bool {
        let sign = |at: usize| self.items[at].scale.map_or(1.0, |(_, sign)| sign);
        sign(item) * sign(other) > 0.0
    }

    /// The position of a value among the scored values of an item.
    pub(crate) fn position(&self, item: usize, value: f64) -> Option<usize> {
        let ItemShape { values, places, .. } = &self.items[item];
        if let Some(code) = code(value) {
            let at = places.0[usize::from(code.cast_unsigned())];
            return (at != Places::NONE).then_some(usize::from(at));
        }
        values.binary_search_by(|known| known.total_cmp(&value)).ok()
    }

    /// The items that are measured: coded ones and numbers.
    pub(crate) fn measured(&self) -> Vec<usize> {
        let is_measured = |item: &ItemShape| item.is_number || !item.values.is_empty();
        (0..self.items.len()).filter(|&at| is_measured(&self.items[at])).collect()
    }
}

fn scales(instrument: &Instrument) -> Vec<ScaleShape> {
    let shape = |(index, scale): (usize, &scalewright_model::Scale)| {
        let Terms::Items(terms) = &scale.terms else { return None };
        if terms.len() < FEWEST_ITEMS {
            return None;
        }
        let direction = |(at, term): (usize, &scalewright_model::ScaleItem)| {
            let keyed = if term.keying == Keying::Negative { -1.0 } else { 1.0 };
            let weight = scale.weights.as_ref().map_or(1.0, |weights| weights[at]);
            (term.item.0, keyed * recoded(term) * weight.signum())
        };
        let items = terms.iter().enumerate().map(direction).filter(|(_, sign)| *sign != 0.0);
        Some(ScaleShape { id: scale.id.clone(), index, items: items.collect() })
    };
    instrument.scales.iter().enumerate().filter_map(shape).collect()
}

/// Whether a recoding keeps the order of answers (1), turns it round (−1), or neither (0).
fn recoded(term: &scalewright_model::ScaleItem) -> f64 {
    let Some(recode) = &term.recode else { return 1.0 };
    let steps = || recode.table.windows(2).map(|pair| pair[1].1 - pair[0].1);
    match (steps().all(|step| step >= 0.0), steps().all(|step| step <= 0.0)) {
        (true, false) => 1.0,
        (false, true) => -1.0,
        _ => 0.0,
    }
}
