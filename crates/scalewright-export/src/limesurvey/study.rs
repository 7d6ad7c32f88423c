//! Several instruments in one survey, each in groups of its own.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::{Diagnostic, ItemIx, Pointer, Wording};

use super::codes::{Codes, Namer};
use super::form::{Form, languages};
use super::model::{Survey, Text};
use super::options::Options;
use super::parts::{Parts, parts};
use super::texts::html;
use super::{files, groups, names};
use crate::{ExportRequest, ExportedFile, ExportedStudy, StudyRequest};

/// Exports a study. An id that several instruments have gets the id of its instrument as a prefix.
pub(super) fn export(study: &StudyRequest<'_>) -> ExportedStudy {
    let mut diagnostics: Vec<Vec<Diagnostic>> = vec![Vec::new(); study.instruments.len()];
    let (mut forms, codes) = forms(study, &mut diagnostics);
    let mut namer = forms.namer;
    let mut made: Vec<Parts> = Vec::new();
    for form in &mut forms.all {
        made.push(parts(form, &mut namer));
    }
    let mut survey = Survey {
        title: Text(vec![html(study.title); codes.len()]),
        languages: codes,
        by_group: forms.all.iter().any(groups::by_group),
        groups: Vec::new(),
    };
    let mut rows = Vec::new();
    for (at, (request, own)) in study.instruments.iter().zip(made).enumerate() {
        survey.groups.extend(own.groups);
        diagnostics[at].extend(own.diagnostics);
        diagnostics[at].extend(notice(request, &forms.doubled, &own.named, study));
        rows.push((request.instrument.id.as_str(), own.named));
    }
    let mut files = Vec::new();
    if let Some(first) = study.instruments.first() {
        let options = Options::of(first.options);
        files.extend(files::files(&survey, options.format, |ending| study.file_name(ending)));
    }
    let rows: Vec<(Option<&str>, &(String, String))> =
        rows.iter().flat_map(|(id, named)| named.iter().map(|row| (Some(*id), row))).collect();
    if let Some(table) = names::table(&rows) {
        files.push(ExportedFile::of(study.file_name(files::NAMES), table));
    }
    ExportedStudy { files, diagnostics }
}

/// The forms of a study.
struct Forms<'a> {
    all: Vec<Form<'a>>,
    namer: Namer,
    /// The ids that several instruments have.
    doubled: BTreeSet<String>,
}

/// The forms of a study, and LimeSurvey's codes of its languages.
fn forms<'a>(
    study: &StudyRequest<'a>,
    diagnostics: &mut [Vec<Diagnostic>],
) -> (Forms<'a>, Vec<String>) {
    let tags: Vec<Vec<&str>> =
        study.instruments.iter().map(|request| tags(&languages(request).0)).collect();
    let doubled = doubled(study);
    let mut namer = Namer::default();
    let all_codes: Vec<Codes> = study
        .instruments
        .iter()
        .map(|request| {
            let full = |id: &str| match doubled.contains(id) {
                true => format!("{}_{id}", request.instrument.id),
                false => id.to_owned(),
            };
            Codes::named(request.instrument, &mut namer, full)
        })
        .collect();
    let (mut all, mut codes) = (Vec::new(), Vec::new());
    for (at, (request, own)) in study.instruments.iter().zip(all_codes).enumerate() {
        let common = super::languages::common(languages(request), &tags, &mut diagnostics[at]);
        // The languages are the same for all instruments, so their losses are reported once.
        let mut found = Vec::new();
        let (known, names) = super::languages::known(common, &mut found);
        if at == 0 {
            diagnostics[at].append(&mut found);
            codes = names;
        }
        all.push(Form::new(request, known, &at.to_string(), &mut namer, own));
    }
    (Forms { all, namer, doubled }, codes)
}

fn tags<'a>(wordings: &[&'a Wording]) -> Vec<&'a str> {
    wordings.iter().map(|wording| wording.language.as_str()).collect()
}

/// The ids of items and scales that several instruments have.
fn doubled(study: &StudyRequest<'_>) -> BTreeSet<String> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for request in study.instruments {
        let items = request.instrument.items.iter().map(|item| item.id.as_str());
        let scales = request.instrument.scales.iter().map(|scale| scale.id.as_str());
        let own: BTreeSet<&str> = items.chain(scales).collect();
        own.into_iter().for_each(|id| *count.entry(id).or_default() += 1);
    }
    count.into_iter().filter(|(_, count)| *count > 1).map(|(id, _)| id.to_owned()).collect()
}

/// A warning that items or scores have the name of their instrument as a prefix, at the first of them.
fn notice(
    request: &ExportRequest<'_>,
    doubled: &BTreeSet<String>,
    named: &[(String, String)],
    study: &StudyRequest<'_>,
) -> Option<Diagnostic> {
    let instrument = request.instrument;
    let items = instrument.items.iter().enumerate();
    let items = items.map(|(at, item)| (Pointer::item(ItemIx(at)), item.id.as_str()));
    let scales = instrument.scales.iter().map(|scale| (scale.pointer(), scale.id.as_str()));
    let mut changed = items.chain(scales).filter(|(_, id)| doubled.contains(*id));
    let (place, id) = changed.next()?;
    let (name, _) = named.iter().find(|(_, own)| own == id)?;
    let more = match changed.count() {
        0 => String::new(),
        1 => " (and 1 more)".to_owned(),
        more => format!(" (and {more} more)"),
    };
    let message =
        format!("`{id}` is renamed to `{name}` in this study{more}: the name is already in use");
    let finding = Diagnostic::warning("renamed-field", message).at(place.key("id"), "");
    let file = study.file_name(files::NAMES);
    Some(finding.help(format!(
        "`{file}` lists all renamed items and scores; to score the data, pass it to `scalewright score --from \
         limesurvey` with `--names`"
    )))
}
