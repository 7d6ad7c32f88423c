//! Names of rows: those of items, scores and bands are their ids, and all others are chosen so that none collides.

use std::collections::BTreeSet;

use scalewright_model::{Diagnostic, Instrument, ItemIx, Pointer};

/// The name that forms reserve for their metadata.
const RESERVED: &str = "meta";

/// The names that are in use.
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// The ids of items and scales and the names of their bands and marks.
    pub(super) fn of(instrument: &Instrument) -> Self {
        let mut taken = BTreeSet::from([RESERVED.to_owned()]);
        taken.extend(instrument.items.iter().map(|item| item.id.clone()));
        for scale in &instrument.scales {
            let id = &scale.id;
            taken.extend([id.clone(), format!("{id}_answered"), format!("{id}_prorated")]);
            let bands = scale.all_bands().map(|(set, _)| band(id, set));
            taken.extend(bands);
        }
        Self(taken)
    }

    /// Returns `name`, with a number if it is in use already, and takes it.
    pub(super) fn free(&mut self, name: &str) -> String {
        let numbered = (2..).map(|count| format!("{name}_{count}"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        let free = names.find(|name| !self.0.contains(name)).unwrap_or_default();
        self.0.insert(free.clone());
        free
    }
}

/// The name of the row with the label of a band.
fn band(id: &str, set: Option<&str>) -> String {
    match set {
        None => format!("{id}_band"),
        Some(set) => format!("{id}_band_{set}"),
    }
}

/// Returns errors for ids that forms reserve.
pub(super) fn reserved(instrument: &Instrument) -> Vec<Diagnostic> {
    let items = instrument.items.iter().enumerate();
    let items = items.map(|(at, item)| (Pointer::item(ItemIx(at)), item.id.as_str()));
    let scales = instrument.scales.iter().map(|scale| (scale.pointer(), scale.id.as_str()));
    let refused = items.chain(scales).filter(|(_, id)| *id == RESERVED);
    let error = |(place, id): (Pointer, &str)| {
        Diagnostic::error("reserved-name", format!("XLSForm reserves the name `{id}`"))
            .at(place.key("id"), "")
            .help("choose another id, for example with the instrument's name as a prefix")
    };
    refused.map(error).collect()
}
