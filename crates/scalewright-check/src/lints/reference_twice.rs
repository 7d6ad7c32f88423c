//! References and sources that are listed twice.

use std::collections::BTreeMap;

use scalewright_model::{Change, Pointer, ReferenceIx, Severity};

use crate::words::plain;

use super::{Context, Group, Hit, Lint};

/// A work, a source or evidence that is listed twice.
pub(super) static LINT: Lint = Lint {
    name: "reference-twice",
    summary: "a work, a source or evidence that is listed twice",
    explain: include_str!("reference_twice.md"),
    group: Group::Provenance,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    works(lint, context, hits);
    for (place, list) in sources(context) {
        for (at, id) in list.iter().enumerate().filter(|(at, id)| list[..*at].contains(id)) {
            let place = place.index(at);
            let message = format!("`{id}` is listed twice as a source");
            hits.push(lint.hit(id, message, |d| {
                d.at(place.clone(), "")
                    .help("remove one, or name the other work that was meant")
                    .fix("remove the entry", vec![Change::Remove(place)])
            }));
        }
    }
    let evidence = &context.file.rights.evidence;
    for (at, one) in evidence.iter().enumerate().filter(|(at, one)| evidence[..*at].contains(one)) {
        let place = Pointer::top("rights").key("evidence").index(at).key("source");
        let message = format!("the evidence of `{}` is listed twice", one.source);
        hits.push(
            lint.hit(&context.file.id, message, |d| d.at(place, "").help("remove one of the two")),
        );
    }
}

/// Reports references with the same DOI or the same words.
fn works(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (at, reference) in context.file.references.iter().enumerate() {
        let doi =
            reference.doi.as_deref().map(|doi| (format!("doi {}", doi.to_lowercase()), "doi"));
        let citation = (plain(&reference.citation), "citation");
        let place = |at: usize, key: &str| Pointer::reference(ReferenceIx(at)).key(key);
        let mut twice = None;
        for (text, key) in doi.into_iter().chain([citation]) {
            if let Some(before) = seen.insert(text, at) {
                twice = twice.or(Some((before, key)));
            }
        }
        let Some((before, key)) = twice else { continue };
        let other = &context.file.references[before].id;
        let message = format!("`{other}` and `{}` have the same {key}", reference.id);
        hits.push(lint.hit(&reference.id, message, |d| {
            d.at(place(at, key), "").at(place(before, key), "the same").help(
                "compare both with their works: correct the one that was copied, or remove the reference and name the other one",
            )
        }));
    }
}

/// The lists of sources, with their places.
fn sources<'a>(context: &Context<'a>) -> Vec<(Pointer, &'a [String])> {
    let file = context.file;
    let mut all: Vec<(Pointer, &[String])> = Vec::new();
    for (at, scale) in file.scales.iter().enumerate() {
        let place = Pointer::entry("scales", at);
        all.push((place.key("key-source"), &scale.key_source));
        all.push((place.key("missing-source"), &scale.missing_source));
        all.push((place.key("bands-source"), &scale.bands_source));
        for (set, bands) in scale.band_sets.iter().enumerate() {
            all.push((place.key("band-sets").index(set).key("source"), &bands.source));
        }
        if let Some(reliability) = &scale.reliability {
            all.push((place.key("reliability").key("source"), &reliability.source));
        }
    }
    all.extend(
        file.flags
            .iter()
            .enumerate()
            .map(|(at, flag)| (Pointer::entry("flags", at).key("source"), &flag.source[..])),
    );
    all.extend(
        file.norms
            .iter()
            .enumerate()
            .map(|(at, norm)| (Pointer::entry("norms", at).key("source"), &norm.source[..])),
    );
    all.extend(
        file.tables
            .iter()
            .map(|(name, table)| (Pointer::table(name).key("source"), &table.source[..])),
    );
    all.extend(
        file.models
            .iter()
            .map(|(name, model)| (Pointer::model(name).key("source"), &model.source[..])),
    );
    all
}
