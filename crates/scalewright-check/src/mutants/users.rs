//! Which scores a change of a score, or of the condition of an item, can change.

use std::collections::BTreeSet;

use scalewright_model::{Instrument, ItemIx, ScaleIx, Terms};

/// Something that a score or a condition is computed from.
#[derive(Debug, Clone, Copy)]
enum Part {
    Item(ItemIx),
    Scale(ScaleIx),
}

/// For each item and each scale, what is computed from it directly.
pub(super) struct Users {
    of_items: Vec<Vec<Part>>,
    of_scales: Vec<Vec<Part>>,
}

impl Users {
    pub(super) fn new(instrument: &Instrument) -> Self {
        let mut users = Self {
            of_items: vec![Vec::new(); instrument.items.len()],
            of_scales: vec![Vec::new(); instrument.scales.len()],
        };
        for (index, scale) in instrument.scales.iter().enumerate() {
            let (mut scales, mut items) = (Vec::new(), Vec::new());
            match &scale.terms {
                Terms::Items(entries) => items.extend(entries.iter().map(|entry| entry.item)),
                Terms::Scales(parts) => scales.extend(parts),
                Terms::Formula(formula) => formula.operands(&mut scales, &mut items),
                Terms::Unknown => {}
            }
            users.add(Part::Scale(ScaleIx(index)), &scales, &items);
        }
        for (index, item) in instrument.items.iter().enumerate() {
            let Some(ask) = &item.ask else { continue };
            let (mut scales, mut items) = (Vec::new(), Vec::new());
            ask.when.operands(&mut scales, &mut items);
            users.add(Part::Item(ItemIx(index)), &scales, &items);
        }
        users
    }

    fn add(&mut self, user: Part, scales: &[ScaleIx], items: &[ItemIx]) {
        scales.iter().for_each(|scale| self.of_scales[scale.0].push(user));
        items.iter().for_each(|item| self.of_items[item.0].push(user));
    }

    /// The scales that are computed from an item, directly or through others; ascending.
    pub(super) fn of_item(&self, item: ItemIx) -> Vec<ScaleIx> {
        self.reached(&self.of_items[item.0])
    }

    /// The scales that are computed from `scales`, directly or through others; ascending.
    pub(super) fn of_scales(&self, scales: &[ScaleIx]) -> Vec<ScaleIx> {
        let first: Vec<Part> =
            scales.iter().flat_map(|scale| &self.of_scales[scale.0]).copied().collect();
        self.reached(&first)
    }

    fn reached(&self, first: &[Part]) -> Vec<ScaleIx> {
        let (mut items, mut scales) = (BTreeSet::new(), BTreeSet::new());
        let mut open = first.to_vec();
        while let Some(part) = open.pop() {
            match part {
                Part::Item(item) if items.insert(item) => open.extend(&self.of_items[item.0]),
                Part::Scale(scale) if scales.insert(scale) => open.extend(&self.of_scales[scale.0]),
                Part::Item(_) | Part::Scale(_) => {}
            }
        }
        scales.into_iter().collect()
    }
}
