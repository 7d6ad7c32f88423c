//! Items, and the sections in which they are printed.

use std::collections::BTreeMap;

use crate::file::{InstrumentFile, ItemFile};
use crate::{Diagnostic, Item, ItemIx, Pointer, ResponseScaleIx, Section, SectionIx};

use super::names;

/// Returns the sections, in the order of the file.
pub(super) fn sections(file: &InstrumentFile) -> Vec<Section> {
    file.sections.iter().map(|section| Section { id: section.id.clone() }).collect()
}

/// Resolves all items. Returns `None` if any item names an unknown response scale or section.
pub(super) fn resolve(file: &InstrumentFile, found: &mut Vec<Diagnostic>) -> Option<Vec<Item>> {
    let items: Vec<Option<Item>> =
        (0..file.items.len()).map(|index| item(file, index, found)).collect();
    let mut items: Option<Vec<Item>> = items.into_iter().collect();
    // Numbers count over all items, so they cannot be set item by item.
    items.iter_mut().flatten().zip(numbers(file)).for_each(|(item, number)| item.number = number);
    check_sections(file, found);
    items
}

/// Returns the number printed before each item, the same for every target. Empty for an item without a number.
///
/// Manuals list the items of a scale by their position among the items of the instrument. So items that only describe
/// the respondent are not counted, and have no number unless the file gives one. Items whose number is empty are not
/// counted either.
fn numbers(file: &InstrumentFile) -> Vec<String> {
    let mut count = 0_usize;
    let number = |item: &ItemFile| match item.number.as_deref() {
        // Before the next pattern: an empty number means that the item is not counted, background or not.
        Some("") => String::new(),
        given if item.background => given.unwrap_or_default().to_owned(),
        given => {
            count += 1;
            given.map_or_else(|| count.to_string(), str::to_owned)
        }
    };
    file.items.iter().map(number).collect()
}

fn item(file: &InstrumentFile, index: usize, found: &mut Vec<Diagnostic>) -> Option<Item> {
    let item = &file.items[index];
    let place = Pointer::item(ItemIx(index));
    let response = names::find(
        "response scale",
        "unknown-response-scale",
        &item.response,
        file.response_scales.keys().map(String::as_str),
        place.key("response"),
        found,
    );
    let section = item.section.as_ref().map(|name| {
        let known = file.sections.iter().map(|section| section.id.as_str());
        names::find("section", "unknown-section", name, known, place.key("section"), found)
    });
    // Both names have been looked up before the first `?`, so that each unknown name is reported.
    let section = match section {
        Some(position) => Some(SectionIx(position?)),
        None => None,
    };
    Some(Item {
        id: item.id.clone(),
        // Set when all items are known.
        number: String::new(),
        response: ResponseScaleIx(response?),
        section,
        required: item.required,
        // Set when all names are known.
        ask: None,
        background: item.background,
        codes: item.codes.clone(),
        taken_from: item.taken_from.clone(),
    })
}

/// Reports sections whose items are not consecutive. A section is printed once, so its items must be together.
fn check_sections(file: &InstrumentFile, found: &mut Vec<Diagnostic>) {
    let mut last: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, item) in file.items.iter().enumerate() {
        let Some(section) = item.section.as_deref() else { continue };
        if let Some(&before) = last.get(section)
            && before + 1 != index
        {
            let message = format!("the items of section `{section}` are not consecutive");
            let finding = Diagnostic::error("split-section", message)
                .at(Pointer::item(ItemIx(index)).key("section"), "the section continues here")
                .at(Pointer::item(ItemIx(before)).key("section"), "it was interrupted after this item")
                .help("a section is printed once: move its items together, or split it into two sections");
            found.push(finding);
        }
        // The last item, not the first: a section that is interrupted twice is reported twice.
        last.insert(section, index);
    }
}
