//! The languages of a form that can be answered in several.

use scalewright_model::Wording;

use crate::ExportRequest;

/// Returns the wordings of a form, the published one first. The others are the translations of the definition, if
/// `all` are wanted and the published language is that of the definition.
pub(crate) fn wordings<'a>(request: &ExportRequest<'a>, all: bool) -> Vec<&'a Wording> {
    let instrument = request.instrument;
    let own = &request.wording.language;
    let is_source = own.eq_ignore_ascii_case(&instrument.language);
    let others = instrument
        .wordings
        .iter()
        .filter(|other: &&Wording| is_source && all && !other.language.eq_ignore_ascii_case(own));
    std::iter::once(request.wording).chain(others).collect()
}
