//! Turns the files of an instrument into an [`Instrument`], and checks that ids are unique, that names refer to
//! existing things, and that combinations of keys make sense.
//!
//! Resolving goes on after an error, so that one run reports every contradiction, part by part of the file.

mod by_term;
mod dates;
mod formulas;
mod items;
mod metadata;
mod missing;
mod names;
mod norms;
mod notes;
mod recode;
mod responses;
mod scales;
mod source;
mod tables;
mod wording;

pub use wording::{ResolvedWording, resolve_wording};

use crate::file::InstrumentFile;
use crate::{Diagnostic, Expanded, Instrument, expand};

/// Resolves a definition. Returns the instrument, or `None` if any finding is an error, and all findings.
///
/// If the file includes its words, they become the first [`Wording`](crate::Wording). [`resolve_wording`] reads those
/// of other languages.
#[must_use]
pub fn resolve(file: &InstrumentFile) -> (Option<Instrument>, Vec<Diagnostic>) {
    let Expanded { file, written, mut found } = expand(file);
    let mut more = Vec::new();
    let instrument = build(&file, &mut more);
    let more = written.without_echoes(more);
    found.extend(more.into_iter().map(|finding| written.moved(finding)));
    let broken = found.iter().any(|d| d.severity == crate::Severity::Error);
    (if broken { None } else { instrument }, found)
}

fn build(file: &InstrumentFile, found: &mut Vec<Diagnostic>) -> Option<Instrument> {
    names::check_names(file, found);
    dates::check_dates(file, found);
    names::check_format(file.format, found);
    let response_scales = responses::resolve(file, found);
    let sections = items::sections(file);
    let mut items = items::resolve(file, found);
    let mut notes = notes::resolve(file, found);
    let mut scales = scales::resolve(file, &items, &response_scales, found);
    source::check_policy(file, found);
    let tables = tables::resolve(file, found);
    // Without all items and scales, formulas would report names as unknown that the file defines.
    if let (Some(items), Some(scales)) = (&mut items, &mut scales) {
        let models = tables::models(file, items, &response_scales, found);
        let known = formulas::TablesAndModels { tables, models };
        let shown = formulas::resolve(file, items, &response_scales, scales, known, found);
        notes.iter_mut().flatten().zip(shown).for_each(|(note, ask)| note.ask = ask);
    }
    let mut instrument = Instrument {
        id: file.id.clone(),
        title: file.title.clone(),
        short_title: file.short_title.clone(),
        family: file.family.clone(),
        form: file.form.clone(),
        version: file.version.clone(),
        status: file.status,
        date: file.date.clone(),
        language: file.language.clone(),
        url: file.url.clone(),
        codes: file.codes.clone(),
        description: file.description.clone(),
        authors: file.authors.clone(),
        rights: metadata::rights(&file.rights),
        administration: metadata::administration(&file.administration),
        references: file.references.iter().map(metadata::reference).collect(),
        response_scales,
        sections,
        // Returned only here, after every part has been checked, so that one run reports all errors.
        items: items?,
        notes: notes?,
        scales: scales?,
        wordings: Vec::new(),
    };
    // Last, because flags and norms have added scales by now, and the words of scales are parallel to these.
    let words = source::wording(file, &instrument.response_scales, &instrument.scales);
    instrument.wordings.extend(words);
    Some(instrument)
}
