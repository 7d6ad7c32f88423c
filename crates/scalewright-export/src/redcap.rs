//! REDCap: a data dictionary (with record id) and an instrument zip (without), scores as calculations.

mod bytes;
mod fields;
mod html;
mod names;
mod scores;
mod translations;

use std::io::{Cursor, Write};

use scalewright_model::{Diagnostic, Instrument, Pointer};
use scalewright_scoring::emit::redcap::{self, Emitted};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::{Content, ExportRequest, Exported, ExportedFile, Exporter, loss};

/// Data dictionary and instrument for research databases.
pub(crate) static EXPORTER: Exporter = Exporter {
    name: "redcap",
    summary: "REDCap data dictionary (CSV) and instrument zip with calculated scores",
    export,
};

/// One field: a row of the data dictionary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Field {
    name: String,
    form: String,
    section: String,
    kind: &'static str,
    label: String,
    choices: String,
    note: String,
    validation: String,
    min: String,
    max: String,
    branching: String,
    required: bool,
    number: String,
    matrix: String,
    annotation: String,
}

fn export(request: &ExportRequest<'_>) -> Exported {
    let form = form_name(request.instrument);
    let mut diagnostics = metadata_losses(request.instrument);
    let fields = all_fields(request, &form, &mut diagnostics);
    diagnostics.extend(names::refused(request.instrument, &form));
    let record = Field {
        name: "record_id".to_owned(),
        form: form.clone(),
        kind: "text",
        label: "Record ID".to_owned(),
        ..Field::default()
    };
    let instrument = bytes::dictionary(fields.iter());
    let record = request.options.record_id.then_some(&record);
    let dictionary = bytes::dictionary(record.into_iter().chain(&fields));
    let mut files = vec![
        ExportedFile { name: request.file_name("redcap.csv"), content: Content::Bytes(dictionary) },
        ExportedFile {
            name: request.file_name("redcap.zip"),
            content: Content::Bytes(zipped(&instrument)),
        },
    ];
    if let Some(names) = names::listed(request.instrument) {
        let content = Content::Bytes(names);
        files.push(ExportedFile { name: request.file_name("redcap-names.csv"), content });
    }
    files.extend(translations::files(request, &form, &fields, &mut diagnostics));
    Exported { files, diagnostics }
}

/// Every field of the form, without the record's.
fn all_fields(
    request: &ExportRequest<'_>,
    form: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Field> {
    let Emitted { scores, shown } = redcap::emit(request.program, request.instrument);
    let mut fields = fields::fields(request, form, shown, diagnostics);
    fields.extend(scores::fields(request, form, scores, diagnostics));
    fields.push(fields::rights(request, form));
    if request.options.admin_fields {
        fields.extend(fields::administrative(request, form));
    }
    fields
}

fn form_name(instrument: &Instrument) -> String {
    instrument.id.replace('-', "_")
}

/// One stored entry, at the first day that zip knows: the same bytes every time.
fn zipped(dictionary: &[u8]) -> Vec<u8> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("instrument.csv", options).expect("internal: memory takes every write");
    writer.write_all(dictionary).expect("internal: memory takes every write");
    writer.finish().expect("internal: memory takes every write").into_inner()
}

/// What a data dictionary has no place for. Every field of the instrument is decided on here.
fn metadata_losses(instrument: &Instrument) -> Vec<Diagnostic> {
    let Instrument {
        id: _,
        title: _,
        short_title,
        family,
        form,
        version: _,
        status: _,
        date,
        language: _,
        url,
        codes,
        description,
        authors,
        rights,
        administration: _,
        references,
        response_scales: _,
        sections: _,
        items: _,
        scales: _,
        wordings: _,
    } = instrument;
    let said = rights.terms.is_some() || rights.obtain.is_some() || !rights.evidence.is_empty();
    let facts = [
        ("short-title", "the short title", short_title.is_some()),
        ("family", "the family", family.is_some()),
        ("form", "the form", form.is_some()),
        ("date", "the date", date.is_some()),
        ("url", "the address", url.is_some()),
        ("codes", "the list of codes", !codes.is_empty()),
        ("description", "the description", description.is_some()),
        ("authors", "the list of authors", !authors.is_empty()),
        ("rights", "what is known of the rights beyond the notice", said),
        ("administration", "the administration (who answers, about what period, how)", true),
        ("references", "the list of references", !references.is_empty()),
    ];
    let because = "a REDCap data dictionary has no place for it";
    let mut found = loss::of_facts(&facts, because);
    // One word for all items and scales is enough.
    let items = instrument.items.iter().enumerate();
    let items = items.map(|(i, item)| (Pointer::root().key("items").index(i), &item.codes));
    let mut coded =
        items.chain(instrument.scales.iter().map(|scale| (scale.pointer(), &scale.codes)));
    if let Some((place, _)) = coded.find(|(_, codes)| !codes.is_empty()) {
        found.push(loss::lost(
            place.key("codes"),
            "what terminologies call items and scales",
            because,
        ));
    }
    found
}
