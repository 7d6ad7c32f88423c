//! The comments of a definition that say that something is still to be decided.

use std::collections::BTreeMap;

use scalewright_model::Pointer;

use crate::layout::read::{self, Entry, Lead, Note};

/// The word that marks such a comment.
const MARK: &str = "TODO";

/// Returns the place and the words of each comment that begins with `TODO`, at the end of a line or above a key. The text
/// must have no syntax errors.
pub(crate) fn of(text: &str) -> Vec<(Pointer, String)> {
    // Most definitions have none, and reading comments costs another pass over the text.
    if !text.contains(MARK) {
        return Vec::new();
    }
    let file = read::read(text);
    let mut found = Vec::new();
    for entry in &file.root {
        of_entry(&Pointer::root(), entry, &mut found);
    }
    let mut counts: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for block in &file.blocks {
        let mut place = block.path.iter().fold(Pointer::root(), |place, key| place.key(key));
        if block.header.starts_with("[[") {
            let path = block.path.iter().map(ToString::to_string).collect();
            let count = counts.entry(path).or_insert(0);
            place = place.index(*count);
            *count += 1;
        }
        add(&place, &block.lead, block.note.as_ref(), &mut found);
        block.entries.iter().for_each(|entry| of_entry(&place, entry, &mut found));
    }
    found
}

fn of_entry(above: &Pointer, entry: &Entry<'_>, found: &mut Vec<(Pointer, String)>) {
    let place = entry.path.iter().fold(above.clone(), |place, key| place.key(key));
    add(&place, &entry.lead, entry.note.as_ref(), found);
}

fn add(
    place: &Pointer,
    lead: &[Lead<'_>],
    note: Option<&Note<'_>>,
    found: &mut Vec<(Pointer, String)>,
) {
    let above = lead.iter().filter_map(|line| match line {
        Lead::Comment(text) => Some(*text),
        Lead::Blank => None,
    });
    for comment in above.chain(note.map(|note| note.text)) {
        let words = comment.trim_start_matches('#').trim();
        if let Some(rest) = words.strip_prefix(MARK) {
            let rest = rest.trim_start_matches(':').trim().trim_end_matches('.');
            found.push((place.clone(), rest.to_owned()));
        }
    }
}
