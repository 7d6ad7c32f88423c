//! From what an author wrote to what is true: names refer, ids are unique, combined keys agree.
//!
//! Every contradiction is reported, in the order of the file, before anything is given up.

mod dates;
mod formulas;
mod items;
mod missing;
mod names;
mod norms;
mod recode;
mod responses;
mod scales;
mod source;
mod tables;
mod wording;

use std::collections::BTreeMap;

pub use wording::resolve_wording;

pub use dates::is_date;

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
    let mut items = items::resolve(file, found);
    let mut scales = scales::resolve(file, &items, &response_scales, found);
    source::policy(file, found);
    let tables = tables::resolve(file, found);
    if let (Some(items), Some(scales)) = (&mut items, &mut scales) {
        let models = tables::models(file, items, &response_scales, found);
        let known = formulas::Known { tables, models };
        formulas::resolve(file, items, &response_scales, scales, known, found);
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
        rights: rights(&file.rights),
        administration: administration(&file.administration),
        references: file.references.iter().map(reference).collect(),
        response_scales,
        sections,
        items: items?,
        scales: scales?,
        wordings: Vec::new(),
    };
    let words = source::wording(file, &instrument.scales);
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

/// The number that `given` has for each of `terms`, or `default`; nothing when one has none. Names that are no
/// term are reported.
fn by_term(
    what: &str,
    given: &BTreeMap<String, f64>,
    terms: &[&str],
    default: Option<f64>,
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) -> Option<Vec<f64>> {
    for name in
        given.keys().filter(|name| !terms.contains(&name.as_str())).take(crate::MOST_FINDINGS)
    {
        let finding = Diagnostic::error("unknown-item", format!("`{name}` is not on this scale"))
            .at_key(place.key(name), "")
            .help(
                crate::unsigned_name(name, terms.iter().copied())
                    .unwrap_or_else(|| "remove it, or add it to the scale".to_owned()),
            );
        found.push(finding);
    }
    let lacking: Vec<&str> = terms
        .iter()
        .copied()
        .filter(|term| !given.contains_key(*term) && default.is_none())
        .collect();
    if let Some(first) = lacking.first() {
        let more = if lacking.len() > 1 {
            format!(" and {} more", lacking.len() - 1)
        } else {
            String::new()
        };
        let finding = Diagnostic::error("incomplete-table", format!("{what} lack `{first}`{more}"))
            .at_key(place.clone(), "")
            .help(format!("add `{first} = …`"));
        found.push(finding);
    }
    terms.iter().map(|term| given.get(*term).copied().or(default)).collect()
}
