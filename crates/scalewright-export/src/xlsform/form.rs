//! An instrument as rows of a form.

use std::collections::BTreeSet;

use scalewright_model::{Diagnostic, Instrument, Pointer, ResponseScaleIx, Wording};

use super::build::Build;
use super::languages::Languages;
use super::names::{self, Names};
use super::options::Options;
use super::row::{Choice, Row};
use super::words::{self, shown};
use super::{conditions, items, losses, scores};
use crate::choices::{labels, options};
use crate::code::names::colliding;
use crate::code::options::Columns;
use crate::code::script::Script;
use crate::{ExportRequest, ui};

/// An instrument as rows of a form.
pub(super) struct Form<'a> {
    pub(super) request: &'a ExportRequest<'a>,
    pub(super) rows: Vec<Row>,
    pub(super) choices: Vec<Choice>,
    pub(super) script: Script,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Form<'a> {
    /// Returns the form of a request, in `languages`.
    pub(super) fn new(request: &'a ExportRequest<'a>, languages: &Languages<'_>) -> Self {
        let instrument = request.instrument;
        let xpath = scores::xpath(instrument, request.program, "");
        let mut script = Script::new(request, &xpath, Columns::All);
        let mut diagnostics = std::mem::take(&mut script.diagnostics);
        diagnostics.extend(colliding(request, &script));
        diagnostics.extend(names::reserved(instrument));
        let conditions = conditions::of(request, &mut diagnostics);
        let options = Options::of(request.options);
        let mut build = Build {
            request,
            languages,
            names: Names::of(instrument),
            matrices: options.matrices,
            numbers: options.numbers,
            shown: conditions.shown,
            rows: Vec::new(),
            listed: BTreeSet::new(),
        };
        items::add(&mut build);
        let name = build.names.free("rights");
        build.rows.push(rights(name, request, languages));
        let (mut rows, listed) = (build.rows, build.listed);
        rows.extend(conditions.rows);
        rows.extend(scores::rows(request, &script));
        scores::add_cleaned(instrument, request.program, &mut rows);
        let choices = choices(instrument, languages, &listed);
        diagnostics.extend(words::findings(&rows, &choices));
        diagnostics.extend(losses::of(request, languages));
        Self { request, rows, choices, script, diagnostics }
    }
}

/// The rights notice, with the state of the version and of the translation.
fn rights(name: String, request: &ExportRequest<'_>, languages: &Languages<'_>) -> Row {
    let instrument = request.instrument;
    let notice = |wording: &Wording| {
        let (own, _) = ui::ui(&wording.language);
        let notice = wording.notice.as_ref().unwrap_or(&instrument.rights.notice);
        let state = ui::banner(own, instrument.status, Some(wording));
        let parts = state.as_deref().into_iter().chain([notice.as_str()]);
        Some(parts.map(shown).collect::<Vec<_>>().join("\n"))
    };
    Row::note(name, languages.each(notice), Pointer::top("rights").key("notice"))
}

fn choices(
    instrument: &Instrument,
    languages: &Languages<'_>,
    listed: &BTreeSet<usize>,
) -> Vec<Choice> {
    let mut all = Vec::new();
    for &response in listed {
        let ix = ResponseScaleIx(response);
        let scale = &instrument.response_scales[response];
        let words: Vec<Vec<&str>> =
            languages.0.iter().map(|wording| labels(instrument, wording, ix)).collect();
        for (at, option) in options(instrument, ix).iter().enumerate() {
            let label = words.iter().map(|labels| shown(labels.get(at).unwrap_or(&""))).collect();
            let place = Pointer::response_scale(&scale.name);
            all.push(Choice {
                list: scale.name.clone(),
                value: option.value.to_string(),
                label,
                place,
            });
        }
    }
    all
}
