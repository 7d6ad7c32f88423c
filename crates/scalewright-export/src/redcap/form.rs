//! An instrument as a form of a REDCap project.

use scalewright_model::Diagnostic;

use super::dialect::{self, Emitted};
use super::field::Field;
use super::names::Names;
use super::options::Options;
use super::{bytes, definition, fields, scores};
use crate::ExportRequest;

/// An instrument as a form of a REDCap project.
pub(super) struct Form<'a> {
    pub(super) request: &'a ExportRequest<'a>,
    pub(super) names: Names,
    /// Its fields, without the record id.
    pub(super) fields: Vec<Field>,
}

impl<'a> Form<'a> {
    pub(super) fn new(
        request: &'a ExportRequest<'a>,
        names: Names,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let fields = all_fields(request, &names, diagnostics);
        Self { request, names, fields }
    }
}

/// Returns every field of the form, without the record id.
pub(super) fn all_fields(
    request: &ExportRequest<'_>,
    names: &Names,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Field> {
    let items = names.items(request.instrument);
    let Emitted { scores, shown } = dialect::print(request.program, request.instrument, &items);
    let mut fields = fields::fields(request, names, shown, diagnostics);
    fields.extend(scores::fields(request, names, scores, diagnostics));
    fields.push(fields::rights(request, names));
    fields.extend(definition::field(request, names, diagnostics));
    if Options::of(request.options).admin_fields {
        fields.extend(fields::administrative(request, names));
    }
    fields.into_iter().map(Field::visible).collect()
}

/// Returns the data dictionary of a project, with the record id field unless the options exclude it.
pub(super) fn dictionary(forms: &[Form<'_>]) -> Vec<u8> {
    let record = forms.first().filter(|first| Options::of(first.request.options).record_id);
    let record =
        record.map(|first| Field::record(&first.names.form, &first.request.wording.language));
    bytes::dictionary(record.iter().chain(forms.iter().flat_map(|form| &form.fields)))
}
