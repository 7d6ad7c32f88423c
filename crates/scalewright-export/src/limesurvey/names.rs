//! Ids that are not codes of LimeSurvey, and the table of those that are renamed.

use scalewright_model::{Diagnostic, ItemIx, Pointer};

use super::form::Form;
use super::model::{Question, Text};
use super::options::Names;
use super::scores::equation;
use super::syntax::referred;
use super::texts::literal;

/// The instrument and its version as a result, so that data state what they are answers to.
pub(super) fn version(form: &Form<'_>, code: &str) -> Question {
    let instrument = form.request.instrument;
    let stated = literal(&format!("{} {}", instrument.id, instrument.version));
    equation(code, Text::default(), &stated.unwrap_or_default())
}

/// Errors for ids that are not codes, if they may not be renamed.
pub(super) fn refused(form: &Form<'_>) -> Vec<Diagnostic> {
    if form.options.names == Names::Fitted {
        return Vec::new();
    }
    let instrument = form.request.instrument;
    let items = instrument.items.iter().enumerate();
    let items = items.map(|(at, item)| {
        let stored = Form::stored(form.request, &form.runs, at);
        (Pointer::item(ItemIx(at)), item.id.as_str(), referred(&stored).to_owned())
    });
    let scales = instrument.scales.iter().zip(&form.codes.scales);
    let scales = scales.map(|(scale, code)| (scale.pointer(), scale.id.as_str(), code.clone()));
    let renamed = items.chain(scales).filter(|(_, id, code)| id != code);
    let finding = |(place, id, code): (Pointer, &str, String)| {
        let why = format!(
            "`{id}` cannot be a code in LimeSurvey, which would have letters and digits only, at most 20, and would be `{code}`"
        );
        Diagnostic::error("unusable-name", why)
            .at(place.key("id"), "")
            .help("choose another id, or leave out `--set limesurvey.names=same`: the new names are listed in a table")
    };
    renamed.map(finding).collect()
}

/// The table of the columns whose names differ from the ids; `None` if there are none. `instrument` is the id of the
/// instrument in a study.
pub(super) fn table(rows: &[(Option<&str>, &(String, String))]) -> Option<Vec<u8>> {
    let changed = rows.iter().filter(|(_, (name, id))| name != id);
    let mut text = String::new();
    for (instrument, (name, id)) in changed {
        // Names and ids contain only letters, digits, brackets, hyphens and underscores.
        match instrument {
            None => text.push_str(&format!("{name},{id}\n")),
            Some(instrument) => text.push_str(&format!("{name},{id},{instrument}\n")),
        }
    }
    let is_study = rows.iter().any(|(instrument, _)| instrument.is_some());
    let header = if is_study { "field_name,id,instrument\n" } else { "field_name,id\n" };
    (!text.is_empty()).then(|| format!("{header}{text}").into_bytes())
}
