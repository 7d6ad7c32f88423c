//! All that an instrument adds to a file.

use scalewright_model::Diagnostic;

use super::form::Form;
use super::model::{CalculatedValue, Page};
use super::texts::Text;
use super::{braces, definition, losses, names, pages, scores};

/// What an instrument adds to a file.
pub(super) struct Parts {
    pub(super) title: Option<Text>,
    pub(super) pages: Vec<Page>,
    pub(super) values: Vec<CalculatedValue>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// The pages and values of an instrument, and what is lost or refused.
pub(super) fn parts(form: &mut Form<'_>) -> Parts {
    let mut diagnostics = std::mem::take(&mut form.script.diagnostics);
    diagnostics.extend(names::refused(form));
    let pages::Laid { mut pages, columns } = pages::pages(form, &mut diagnostics);
    let mut title = form.languages.text(|wording| Some(wording.title.clone()));
    let mut values = scores::values(form, &columns);
    values.extend(braces::replace(form, &mut title, &mut pages));
    let definition = definition::element(form, &mut diagnostics);
    diagnostics.extend(losses::reported(form, definition.is_some()));
    if let Some(last) = pages.last_mut() {
        last.elements.extend(definition);
    }
    Parts { title, pages, values, diagnostics }
}
