//! Names: checks that each is defined only once, and that each name in use is defined.

use std::collections::BTreeMap;

use crate::file::{FORMAT, InstrumentFile};
use crate::{Diagnostic, MOST_FINDINGS, Pointer, did_you_mean};

/// Reports a version of the file format that this program does not know.
pub(super) fn check_format(format: u32, found: &mut Vec<Diagnostic>) {
    if format != FORMAT {
        let message = format!("format {format} is not known to this version of scalewright");
        let finding = Diagnostic::error("unknown-format", message)
            .at(Pointer::top("format"), "")
            .help(format!("this version reads format {FORMAT}"));
        found.push(finding);
    }
}

/// Reports duplicate ids. Items, notes, scales, flags and norms share one namespace, because on every platform answers
/// and scores are columns of one table, and notes are fields of one form with them.
pub(super) fn check_names(file: &InstrumentFile, found: &mut Vec<Diagnostic>) {
    let items = file.items.iter().enumerate().map(|(i, x)| ("items", i, x.id.as_str()));
    let notes = file.notes.iter().enumerate().map(|(i, x)| ("notes", i, x.id.as_str()));
    let scales = file.scales.iter().enumerate().map(|(i, x)| ("scales", i, x.id.as_str()));
    let flags = file.flags.iter().enumerate().map(|(i, x)| ("flags", i, x.id.as_str()));
    let norms = file.norms.iter().enumerate().map(|(i, x)| ("norms", i, x.id.as_str()));
    check_ids(items.chain(notes).chain(scales).chain(flags).chain(norms), found);
    check_derived_ids(file, found);
    check_ids(file.sections.iter().enumerate().map(|(i, x)| ("sections", i, x.id.as_str())), found);
    check_ids(
        file.references.iter().enumerate().map(|(i, x)| ("references", i, x.id.as_str())),
        found,
    );
    check_translations(file, found);
}

fn check_ids<'a>(
    ids: impl Iterator<Item = (&'static str, usize, &'a str)>,
    found: &mut Vec<Diagnostic>,
) {
    let mut seen: BTreeMap<&str, Pointer> = BTreeMap::new();
    for (list, index, id) in ids {
        let place = Pointer::entry(list, index).key("id");
        match seen.get(id) {
            Some(first) => found.push(
                Diagnostic::error("duplicate-id", format!("the id `{id}` is given twice"))
                    .at(place, "given again here")
                    .at(first.clone(), "first given here")
                    .help("give each an id of its own; items, notes, scales, flags and norms share one set of ids"),
            ),
            None => {
                seen.insert(id, place);
            }
        }
    }
}

/// Reports derived scores whose id is already in use: `sbs_uk_t` of the norm `sbs_uk`.
fn check_derived_ids(file: &InstrumentFile, found: &mut Vec<Diagnostic>) {
    let items = file.items.iter().map(|x| x.id.clone());
    let notes = file.notes.iter().map(|x| x.id.clone());
    let scales = file.scales.iter().map(|x| x.id.clone());
    let flags = file.flags.iter().map(|x| x.id.clone());
    // Without the ids of norms: only the derived scores of a norm are columns.
    let mut taken: std::collections::BTreeSet<String> =
        items.chain(notes).chain(scales).chain(flags).collect();
    for (index, norm) in file.norms.iter().enumerate() {
        // A kind that is listed twice is reported with the norm, and not as a duplicate id.
        let mut kinds = norm.derive.clone();
        kinds.sort_unstable();
        kinds.dedup();
        for kind in kinds {
            let id = format!("{}_{}", norm.id, kind.name());
            if !taken.insert(id.clone()) {
                let finding =
                    Diagnostic::error("duplicate-id", format!("the id `{id}` is given twice"))
                        .at(
                            Pointer::norm(index).key("id"),
                            "a derived score of this norm has this id",
                        )
                        .help("give the norm an id of its own");
                found.push(finding);
            }
        }
    }
}

fn check_translations(file: &InstrumentFile, found: &mut Vec<Diagnostic>) {
    for (index, language) in file.translations.iter().enumerate() {
        let place = Pointer::top("translations").index(index);
        let earlier = &file.translations[..index];
        // BCP 47 tags have no case, so `pt-br` and `pt-BR` are one language.
        let again = earlier.iter().any(|other| other.eq_ignore_ascii_case(language));
        if again || language.eq_ignore_ascii_case(&file.language) {
            let message = format!("the language `{language}` is listed twice");
            let finding = Diagnostic::error("duplicate-language", message)
                .at(place, "")
                .help("list each translation once, and not the source language");
            found.push(finding);
        }
    }
}

/// Returns the position of `name` among `names`, or reports an error of the kind `code` that there is no such `what`.
/// After [`MOST_FINDINGS`] findings it reports no more, because the search for similar names is slow.
pub(super) fn find<'a>(
    what: &'static str,
    code: &'static str,
    name: &str,
    names: impl Iterator<Item = &'a str> + Clone,
    place: Pointer,
    found: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let position = names.clone().position(|candidate| candidate == name);
    if position.is_none() && found.len() <= MOST_FINDINGS {
        let finding = Diagnostic::error(code, format!("there is no {what} `{name}`"))
            .at(place, "not defined in this file")
            .help(
                did_you_mean(name, names)
                    .unwrap_or_else(|| format!("define the {what}, or correct the name")),
            );
        found.push(finding);
    }
    position
}
