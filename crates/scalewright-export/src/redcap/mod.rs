//! REDCap: a data dictionary (with record id) and an instrument zip (without), scores as calculations; of several
//! instruments also a project.

mod bytes;
mod definition;
mod dialect;
pub mod field_names;
mod fields;
mod html;
mod keys;
mod losses;
mod names;
mod namespace;
mod options;
mod project;
mod scores;
mod study;
mod translations;
mod xml;

use std::io::{Cursor, Write};

use scalewright_check::{NameRules, TargetRules, WordRules};
use scalewright_model::{Diagnostic, Instrument, ItemIx, Pointer};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::{ExportRequest, Exported, ExportedFile, Exporter, FileSpec, Platform, loss};
use dialect::Emitted;
use names::Names;
use options::Options;

/// What lints know of REDCap.
pub(crate) static RULES: TargetRules = TargetRules {
    platform: "REDCap",
    names: Some(NameRules {
        longest: field_names::LONGEST_NAME,
        reserved: &field_names::RESERVED,
        form_endings: &FORM_ENDINGS,
        form: names::form,
        field: field_names::field_name,
    }),
    words: WordRules { separator: Some('|'), one_line: true, brackets: &[('[', ']'), ('{', '}')] },
    refusals: Some(dialect::refusals),
};

/// Data dictionary, instrument and project for research databases.
pub(crate) static PLATFORM: Platform = Platform {
    name: "REDCap",
    rules: &RULES,
    exporters: &[Exporter {
        files: FILES,
        flags: &["leave-out-scores"],
        options: Options::SPECS,
        conflicts: options::CONFLICTS,
        study: Some(study::export),
        ..Exporter::new(
            "redcap",
            "REDCap data dictionary (CSV), instrument zip and project (XML), with calculated scores",
            export,
        )
    }],
    limits: &[
        "A slider records whole numbers only: a visual analogue scale with decimals is refused.",
        "A formula has at most 32,700 characters: a score with a longer one is refused.",
        "A definition that has more than 32,000 characters when it is packed is not in the form.",
    ],
    losses: losses::LOSSES,
    keys: keys::KEYS,
};

const FILES: &[FileSpec] = &[
    FileSpec { name: "<id>.<language>.redcap.csv", what: "the data dictionary" },
    FileSpec { name: "<id>.<language>.redcap.zip", what: "the same as an instrument zip" },
    FileSpec {
        name: "<id>.<language>.redcap.xml",
        what: "a project; with `--set redcap.project=yes`, and with `--study`",
    },
    FileSpec {
        name: "<id>.<language>.redcap-names.csv",
        what: "the fields that are not called by their ids; when there are any",
    },
    FileSpec {
        name: "<id>.<language>.redcap-mlm.json",
        what: "a translation for Multi-Language Management; for each further language",
    },
];

/// What REDCap puts behind the name of a form, to name fields of its own.
const FORM_ENDINGS: [&str; 2] = ["complete", "timestamp"];

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
    if Options::of(request.options).project {
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
    let record = forms.first().filter(|first| Options::of(first.request.options).record_id);
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
    let stated = rights.terms.is_some() || rights.obtain.is_some() || !rights.evidence.is_empty();
    let mut found = loss::of_facts(&[
        ("short-title", &losses::SHORT_TITLE, short_title.is_some()),
        ("family", &losses::FAMILY, family.is_some()),
        ("form", &losses::FORM, form.is_some()),
        ("date", &losses::DATE, date.is_some()),
        ("url", &losses::URL, url.is_some()),
        ("codes", &losses::CODES, !codes.is_empty()),
        ("description", &losses::DESCRIPTION, description.is_some()),
        ("authors", &losses::AUTHORS, !authors.is_empty()),
        ("rights", &losses::RIGHTS, stated),
        ("administration", &losses::ADMINISTRATION, true),
        ("references", &losses::REFERENCES, !references.is_empty()),
    ]);
    // One loss for all items and scales is enough.
    let items = instrument.items.iter().enumerate();
    let items = items.map(|(i, item)| (Pointer::item(ItemIx(i)), &item.codes));
    let mut coded =
        items.chain(instrument.scales.iter().map(|scale| (scale.pointer(), &scale.codes)));
    if let Some((place, _)) = coded.find(|(_, codes)| !codes.is_empty()) {
        found.push(losses::CODES_OF_PARTS.at(place.key("codes")));
    }
    found
}
