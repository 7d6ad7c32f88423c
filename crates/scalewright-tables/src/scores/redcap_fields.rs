//! The fields of an import file for REDCap: their names, and the cells of an answer.

use std::collections::BTreeSet;

use scalewright_export::redcap_names::{RESERVED, field_name};
use scalewright_model::{OptionValue, ResponseKind, ResponseOption, ResponseScale};

use crate::Stop;
use crate::responses::REDCAP_KEYS as KEYS;

/// The column of the record in a project of REDCap.
pub(crate) const RECORD: &str = "record_id";
/// The status of a complete form.
pub(crate) const COMPLETE: &str = "2";

/// The column with the status of a form. Names of forms in REDCap have no hyphens.
pub(crate) fn status(instrument: &str) -> String {
    format!("{}_complete", instrument.replace('-', "_"))
}

/// The columns of an item: its field, or for a checkbox a column for each option.
pub(crate) fn columns(id: &str, scale: &ResponseScale) -> Vec<String> {
    let field = field_name(id);
    match options(scale) {
        None => vec![field],
        Some(options) => {
            let code = |option: &ResponseOption| option.value.to_string().replace(['-', '.'], "_");
            options.iter().map(|option| format!("{field}___{}", code(option))).collect()
        }
    }
}

/// The options of a checkbox.
pub(crate) fn options(scale: &ResponseScale) -> Option<&[ResponseOption]> {
    match &scale.kind {
        ResponseKind::SeveralChoice { options } => Some(options),
        _ => None,
    }
}

/// The cells of a checkbox: blank without an answer. `None` for other items.
pub(crate) fn ticks(scale: &ResponseScale, chosen: Option<&[OptionValue]>) -> Option<Vec<String>> {
    let cell = |option: &ResponseOption| match chosen {
        None => String::new(),
        Some(values) => u8::from(values.contains(&option.value)).to_string(),
    };
    Some(options(scale)?.iter().map(cell).collect())
}

/// A clock time of so many minutes after midnight.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 1439")]
pub(crate) fn clock(minutes: f64) -> String {
    let minutes = minutes as u32;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Refuses names that REDCap cannot have. The first columns are those of REDCap itself.
pub(crate) fn refuse_names(names: &[String]) -> Result<(), Stop> {
    let mut seen = BTreeSet::new();
    let fields = names.iter().skip(1).filter(|name| !KEYS.contains(&name.as_str()));
    for name in fields {
        let wrong = match (RESERVED.contains(&name.as_str()), seen.insert(name)) {
            (true, _) => format!("REDCap reserves the name `{name}`, which is the id of an item"),
            (false, false) => format!("two items would be the field `{name}`"),
            (false, true) => continue,
        };
        return Err(Stop::usage(format!("no import file for REDCap can be written: {wrong}"))
            .help("a study of our own renames such fields; write one file for each instrument, and rename the field as in the study"));
    }
    Ok(())
}
