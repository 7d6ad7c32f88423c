//! Items and the sections they are printed in.

use std::collections::BTreeMap;

use crate::file::{InstrumentFile, ItemFile};
use crate::{Diagnostic, Item, ItemIx, Pointer, ResponseScaleIx, Section, SectionIx};

use super::names;

/// The sections, in the order of the file.
pub(super) fn sections(file: &InstrumentFile) -> Vec<Section> {
    file.sections.iter().map(|section| Section { id: section.id.clone() }).collect()
}

/// Resolves all items, or none when one refers to nothing.
pub(super) fn resolve(file: &InstrumentFile, found: &mut Vec<Diagnostic>) -> Option<Vec<Item>> {
    let items: Vec<Option<Item>> =
        (0..file.items.len()).map(|index| item(file, index, found)).collect();
    let mut items: Option<Vec<Item>> = items.into_iter().collect();
    items.iter_mut().flatten().zip(numbers(file)).for_each(|(item, number)| item.number = number);
    sections_are_whole(file, found);
    items
}

/// The number printed before each item, the same on every target; empty for none.
///
/// Manuals key the items of a scale by their place among them. So what only describes the respondent has no number
/// unless it is given one, and is not counted; nor is an item that is given none.
fn numbers(file: &InstrumentFile) -> Vec<String> {
    let mut count = 0_usize;
    let number = |item: &ItemFile| match item.number.as_deref() {
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
    let section = match section {
        Some(position) => Some(SectionIx(position?)),
        None => None,
    };
    Some(Item {
        id: item.id.clone(),
        // Counted once all items are known.
        number: String::new(),
        response: ResponseScaleIx(response?),
        section,
        required: item.required,
        // Filled in once all names are known.
        ask: None,
        background: item.background,
        codes: item.codes.clone(),
        taken_from: item.taken_from.clone(),
    })
}

/// A section is printed once, so its items must follow one another.
fn sections_are_whole(file: &InstrumentFile, found: &mut Vec<Diagnostic>) {
    let mut last: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, item) in file.items.iter().enumerate() {
        let Some(section) = item.section.as_deref() else { continue };
        if let Some(&before) = last.get(section)
            && before + 1 != index
        {
            let message = format!("the items of section `{section}` do not follow one another");
            let finding = Diagnostic::error("split-section", message)
                .at(Pointer::item(ItemIx(index)).key("section"), "the section is resumed here")
                .at(Pointer::item(ItemIx(before)).key("section"), "it was left after this item")
                .help("a section is printed once: move its items together, or make two sections");
            found.push(finding);
        }
        last.insert(section, index);
    }
}
