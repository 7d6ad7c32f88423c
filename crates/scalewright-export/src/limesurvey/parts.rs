//! All that an instrument adds to a survey.

use scalewright_model::{Diagnostic, Wording};

use super::codes::Namer;
use super::form::Form;
use super::model::{Group, Question};
use super::{definition, groups, losses, names, scores};

/// What an instrument adds to a survey.
pub(super) struct Parts {
    pub(super) groups: Vec<Group>,
    /// The name of each column of exported responses, and what it contains.
    pub(super) named: Vec<(String, String)>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// The groups of an instrument, and what is lost or refused.
pub(super) fn parts(form: &mut Form<'_>, namer: &mut Namer) -> Parts {
    let mut diagnostics = std::mem::take(&mut form.script.diagnostics);
    diagnostics.extend(names::refused(form));
    let (mut equations, results) = scores::equations(form, namer);
    let version = namer.name("formversion");
    equations.push(names::version(form, &version));
    let ids = form.request.instrument.items.iter().enumerate();
    let mut named: Vec<(String, String)> =
        ids.map(|(at, item)| (form.column(at), item.id.clone())).collect();
    named.extend(results);
    let definition = definition::question(form, namer.name("definition"), &mut diagnostics);
    diagnostics.extend(losses::reported(form, definition.is_some()));
    let last = [rights(form, namer.name("rights"))].into_iter().chain(definition).collect();
    let groups = groups::groups(form, equations, last, &mut diagnostics);
    Parts { groups, named, diagnostics }
}

/// The rights notice.
fn rights(form: &Form<'_>, code: String) -> Question {
    let rights = &form.request.instrument.rights;
    let notice = |wording: &Wording| wording.notice.clone().or_else(|| Some(rights.notice.clone()));
    Question { kind: "X", code, text: form.languages.text(notice), ..Question::default() }
}
