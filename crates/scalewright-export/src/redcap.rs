//! REDCap: a data dictionary (with record id) and an instrument zip (without), scores as calculations; of several
//! instruments also a project.

mod bytes;
mod definition;
mod fields;
mod html;
mod names;
mod namespace;
mod project;
mod scores;
mod study;
mod translations;
mod xml;

use std::io::{Cursor, Write};

use scalewright_model::{Diagnostic, Instrument, ItemIx, Pointer};
use scalewright_scoring::emit::redcap::{self, Emitted};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::{ExportRequest, Exported, ExportedFile, Exporter, loss};
use names::Names;

/// Data dictionary and instrument for research databases.
pub(crate) static EXPORTER: Exporter = Exporter {
    name: "redcap",
    summary: "REDCap data dictionary (CSV), instrument zip and project (XML), with calculated scores",
    options: &["admin-fields", "leave-out-scores", "no-attachments", "no-record-id", "project"],
    export,
    study: Some(study::export),
};

/// What the field is called that names the record.
const RECORD: &str = "record_id";

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
    /// The score that it says in words, if it does: what that one is called where its form is alone.
    about: String,
}

impl Field {
    /// The field that names the record, on `form`.
    fn record(form: &str, language: &str) -> Self {
        let [record, ..] = crate::ui::ui(language).0.fields;
        Self {
            name: RECORD.to_owned(),
            form: form.to_owned(),
            kind: "text",
            label: record.to_owned(),
            ..Self::default()
        }
    }

    /// The codes and labels of its choices, where it has any: labels hold no `|`, and codes no comma.
    fn options(&self) -> Vec<(&str, &str)> {
        if !matches!(self.kind, "radio" | "checkbox" | "dropdown") {
            return Vec::new();
        }
        self.choices.split(" | ").filter_map(|choice| choice.split_once(", ")).collect()
    }

    /// The same without what no XML can hold and nobody can see.
    fn visible(mut self) -> Self {
        let texts = [&mut self.section, &mut self.label, &mut self.choices, &mut self.note];
        for text in texts.into_iter().chain([&mut self.annotation, &mut self.number]) {
            text.retain(xml::can_hold);
        }
        self
    }
}

/// An instrument as a form of a project.
struct Form<'a> {
    request: &'a ExportRequest<'a>,
    names: Names,
    /// Its fields, without that of the record.
    fields: Vec<Field>,
}

impl<'a> Form<'a> {
    fn new(
        request: &'a ExportRequest<'a>,
        names: Names,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let fields = all_fields(request, &names, diagnostics);
        Self { request, names, fields }
    }
}

fn export(request: &ExportRequest<'_>) -> Exported {
    let mut diagnostics = Vec::new();
    let form = Form::new(request, Names::alone(request.instrument), &mut diagnostics);
    diagnostics.extend(metadata_losses(&form));
    diagnostics.extend(names::reserved(request.instrument, &form.names.form));
    diagnostics.extend(names::doubled(request.instrument, &form.fields));
    diagnostics.extend(translations::untranslated(&form));
    let instrument = ("instrument.csv".to_owned(), bytes::dictionary(form.fields.iter()));
    let forms = [form];
    let mut files = vec![
        ExportedFile::of(request.file_name("redcap.csv"), dictionary(&forms)),
        ExportedFile::of(request.file_name("redcap.zip"), zipped(&[instrument])),
    ];
    if request.options.project {
        let (name, title) = (&request.instrument.id, &request.wording.title);
        let project = project::xml(&project::Project { name, title, forms: &forms });
        files.push(ExportedFile::of(request.file_name("redcap.xml"), project));
        diagnostics.extend(project::losses(&forms[0]));
    }
    let names = names::listed(&forms[0]);
    files.extend(names.map(|names| ExportedFile::of(request.file_name("redcap-names.csv"), names)));
    let name = |language: &str| format!("{}.{language}.redcap-mlm.json", request.instrument.id);
    files.extend(translations::files(&forms, &name));
    Exported { files, diagnostics }
}

/// The data dictionary of a project, as far as it is wanted with the field that names the record.
fn dictionary(forms: &[Form<'_>]) -> Vec<u8> {
    let record = forms.first().filter(|first| first.request.options.record_id);
    let record =
        record.map(|first| Field::record(&first.names.form, &first.request.wording.language));
    bytes::dictionary(record.iter().chain(forms.iter().flat_map(|form| &form.fields)))
}

/// Every field of the form, without the record's.
fn all_fields(
    request: &ExportRequest<'_>,
    names: &Names,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Field> {
    let items = names.items(request.instrument);
    let Emitted { scores, shown } = redcap::emit(request.program, request.instrument, &items);
    let mut fields = fields::fields(request, names, shown, diagnostics);
    fields.extend(scores::fields(request, names, scores, diagnostics));
    fields.push(fields::rights(request, names));
    fields.extend(definition::field(request, names, diagnostics));
    if request.options.admin_fields {
        fields.extend(fields::administrative(request, names));
    }
    fields.into_iter().map(Field::visible).collect()
}

/// Stored entries, at the first day that zip knows: the same bytes every time.
fn zipped(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(name.as_str(), options).expect("internal: memory takes every write");
        writer.write_all(bytes).expect("internal: memory takes every write");
    }
    writer.finish().expect("internal: memory takes every write").into_inner()
}

/// What a data dictionary has no place for, unless it holds the whole definition. Every field of the instrument is
/// decided on here.
fn metadata_losses(form: &Form<'_>) -> Vec<Diagnostic> {
    match definition::is_held(&form.fields) {
        true => Vec::new(),
        false => unplaced(form.request.instrument),
    }
}

fn unplaced(instrument: &Instrument) -> Vec<Diagnostic> {
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
    let items = items.map(|(i, item)| (Pointer::item(ItemIx(i)), &item.codes));
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
