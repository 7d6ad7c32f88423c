//! From what an author wrote to what is true: names refer, ids are unique, combined keys agree.
//!
//! Every contradiction is reported, in the order of the file, before anything is given up.

mod dates;
mod items;
mod missing;
mod names;
mod responses;
mod scales;
mod source;
mod wording;

pub use wording::resolve_wording;

use crate::file::{AdministrationFile, InstrumentFile, ReferenceFile, RightsFile};
use crate::{Administration, Diagnostic, Instrument, Pointer, Reference, Rights};

/// Resolves a definition. The instrument is there exactly when no finding is an error.
///
/// Its own words become the first [`Wording`](crate::Wording) when the file includes them; those of other
/// languages are added by [`resolve_wording`].
#[must_use]
pub fn resolve(file: &InstrumentFile) -> (Option<Instrument>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let instrument = build(file, &mut found);
    let broken = found.iter().any(|d| d.severity == crate::Severity::Error);
    (if broken { None } else { instrument }, found)
}

fn build(file: &InstrumentFile, found: &mut Vec<Diagnostic>) -> Option<Instrument> {
    names::unique(file, found);
    dates::real(file, found);
    names::format_is_known(file.format, found);
    let response_scales = responses::resolve(file, found);
    let sections = items::sections(file);
    let items = items::resolve(file, found);
    let scales = scales::resolve(file, &items, &response_scales, found);
    source::policy(file, found);
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
        description: file.description.clone(),
        authors: file.authors.clone(),
        rights: rights(&file.rights),
        administration: administration(&file.administration),
        references: file.references.iter().map(reference).collect(),
        response_scales,
        sections,
        items: items?,
        scales: scales?,
        wordings: Vec::new(),
    };
    let words = source::wording(file);
    instrument.wordings.extend(words);
    Some(instrument)
}

fn rights(file: &RightsFile) -> Rights {
    let made = || format!("© {}. {}", file.holder.trim_end_matches('.'), file.licence);
    Rights {
        holder: file.holder.clone(),
        licence: file.licence.clone(),
        wording: file.wording,
        notice: file.notice.clone().unwrap_or_else(made),
        terms: file.terms.clone(),
        url: file.url.clone(),
        obtain: file.obtain.clone(),
        usage: file.usage.clone().unwrap_or_default(),
        evidence: file.evidence.clone(),
    }
}

fn administration(file: &AdministrationFile) -> Administration {
    Administration {
        respondent: file.respondent,
        subject: file.subject.clone(),
        recall_period: file.recall_period.clone(),
        modes: file.modes.clone(),
        minutes: file.minutes,
    }
}

fn reference(file: &ReferenceFile) -> Reference {
    Reference {
        id: file.id.clone(),
        citation: file.citation.clone(),
        doi: file.doi.clone(),
        url: file.url.clone(),
        note: file.note.clone(),
    }
}

/// The pointer to the `index`th table of the array `list`.
fn entry(list: &str, index: usize) -> Pointer {
    Pointer::root().key(list).index(index)
}
