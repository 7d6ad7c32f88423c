//! The FHIR platform: a Questionnaire for R4 or R5, with coded options and their numbers, and with each score as a
//! calculated item in FHIRPath.

mod conditions;
mod dialect;
mod embed;
mod form;
mod items;
mod losses;
pub mod mapping;
mod model;
pub mod names;
mod options;
mod scores;
mod text;
pub(crate) mod ucum;
mod value_sets;

use scalewright_check::{TargetRules, WordRules};
use scalewright_model::file::Status;
use scalewright_model::{Diagnostic, Reference};

use crate::{ExportRequest, Exported, ExportedFile, Exporter, FileSpec, Platform, loss, ui};
use dialect::FhirPath;
use form::{Form, Release};

use names::url_in as url;
use options::{Options, ValueSets};

use model::{
    Attachment, Coding, ContactDetail, Extension, Identifier, Item, Meta, Questionnaire,
    RelatedArtifact, codings,
};

/// The rules of FHIR, for lints.
pub(crate) static RULES: TargetRules = TargetRules {
    platform: "FHIR",
    names: None,
    words: WordRules::PLAIN,
    refusals: Some(dialect::refusals),
};

/// The FHIR platform, with one exporter for each release.
pub(crate) static PLATFORM: Platform = Platform {
    name: "FHIR",
    rules: &RULES,
    exporters: &[
        exporter(
            "fhir",
            "FHIR R4 Questionnaire (JSON) with calculated scores",
            &[FileSpec { name: "<id>.<language>.fhir-r4.json", what: "the Questionnaire" }],
            r4,
        ),
        exporter(
            "fhir-r5",
            "FHIR R5 Questionnaire (JSON) with calculated scores",
            &[FileSpec { name: "<id>.<language>.fhir-r5.json", what: "the Questionnaire" }],
            |request| export(&Form::new(request, Release::R5)),
        ),
    ],
    limits: &["A Questionnaire is in one language; translations of its texts are extensions."],
    losses: losses::LOSSES,
    keys: mapping::MAPPING,
};

/// Returns an exporter with the properties that both releases share.
const fn exporter(
    name: &'static str,
    summary: &'static str,
    files: &'static [FileSpec],
    export: fn(&ExportRequest<'_>) -> Exported,
) -> Exporter {
    Exporter {
        files,
        flags: &["leave-out-scores"],
        options: Options::SPECS,
        conflicts: options::CONFLICTS,
        ..Exporter::new(name, summary, export)
    }
}

const SDC_PROFILE: &str = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire";

/// Exports the R4 Questionnaire.
pub(crate) fn r4(request: &ExportRequest<'_>) -> Exported {
    export(&Form::new(request, Release::R4))
}

fn export(form: &Form<'_>) -> Exported {
    let request = form.request;
    let mut refused = Vec::new();
    let questionnaire = questionnaire(form, &mut refused);
    let mut json =
        serde_json::to_string_pretty(&questionnaire).expect("internal: plain data is always JSON");
    if form.release == Release::R4 {
        json = text::plain_spaces(json);
    }
    json.push('\n');
    let bytes = json.into_bytes();
    let ending = match form.release {
        Release::R4 => "fhir-r4.json",
        Release::R5 => "fhir-r5.json",
    };
    let file = ExportedFile::of(request.file_name(ending), bytes);
    let mut diagnostics = loss::of_facts(request.instrument, losses::of_fact);
    diagnostics.extend(loss::unscored(request, "FHIR"));
    diagnostics.extend(loss::words_of_formulas(request));
    diagnostics.extend(loss::description(request));
    diagnostics.extend(ui::english(&request.wording.language, "the form"));
    diagnostics.extend(refused);
    Exported { files: vec![file], diagnostics }
}

fn questionnaire(form: &Form<'_>, refused: &mut Vec<Diagnostic>) -> Questionnaire {
    let request = form.request;
    // Every fact about the instrument that `losses::of_fact` does not report as lost must be written here.
    let instrument = request.instrument;
    let (id, language, version) = (&instrument.id, &instrument.language, &instrument.version);
    let rights = &instrument.rights;
    let wording = request.wording;
    let is_source = wording.language.eq_ignore_ascii_case(language);
    let notice = wording.notice.as_ref().unwrap_or(&rights.notice);
    let (printed, scores) = scores::scores(form, refused);
    // The SDC guide requires a rule for comparing versions wherever there is a version.
    let algorithm = Coding::new("http://hl7.org/fhir/version-algorithm", "semver", None);
    let (mut extension, version_algorithm_coding, copyright_label) = match form.release {
        Release::R4 => (r4_elements(algorithm, notice), None, None),
        Release::R5 => (Vec::new(), Some(algorithm), Some(notice.clone())),
    };
    extension.extend(instrument.authors.iter().map(|author| author_extension(author)));
    extension.extend(instrument.references.iter().map(|work| reference(work, form.release)));
    extension.extend(embed::definition(request));
    let item = all_items(form, notice, &printed, scores, refused);
    extension.extend(scores::variables(printed.variables));
    Questionnaire {
        resource_type: "Questionnaire",
        id: resource_id(id, &wording.language, is_source),
        // The SDC guide's profiles are for R4 only.
        meta: Meta {
            profile: match form.release {
                Release::R4 => vec![SDC_PROFILE],
                Release::R5 => Vec::new(),
            },
        },
        language: wording.language.clone(),
        contained: match form.options.value_sets {
            ValueSets::Inline => Vec::new(),
            ValueSets::Contained => value_sets::contained(form),
        },
        extension,
        url: url(instrument, &wording.language),
        identifier: vec![Identifier {
            system: "urn:ietf:rfc:3986",
            value: format!("urn:scalewright:instrument:{id}"),
        }],
        version: version.clone(),
        version_algorithm_coding,
        name: machine_name(id),
        title: wording.title.clone(),
        title_element: text::translated(request, |other| Some(other.title.as_str())),
        derived_from: match is_source {
            true => Vec::new(),
            false => vec![format!("{}|{version}", url(instrument, language))],
        },
        status: form.status(),
        experimental: instrument.status == Status::Development,
        subject_type: vec!["Patient"],
        date: instrument.date.clone(),
        description: text::description(instrument, wording),
        copyright: text::copyright(rights, notice),
        copyright_label,
        code: codings(&instrument.codes).collect(),
        item,
    }
}

/// Returns R5 elements as the extensions that R4 has for them.
fn r4_elements(algorithm: Coding, notice: &str) -> Vec<Extension> {
    let core = |name: &str| format!("http://hl7.org/fhir/StructureDefinition/{name}");
    vec![
        Extension::coding(&core("artifact-versionAlgorithm"), algorithm),
        Extension::string(&core("artifact-copyrightLabel"), notice),
    ]
}

fn all_items(
    form: &Form<'_>,
    notice: &str,
    printed: &FhirPath,
    scores: Option<Item>,
    refused: &mut Vec<Diagnostic>,
) -> Vec<Item> {
    let request = form.request;
    let mut all = Vec::new();
    if let Some(instructions) = &request.wording.instructions {
        let mut item = Item::new("form-instructions", "display");
        item.text = Some(instructions.clone());
        item.text_element = text::translated(request, |other| other.instructions.as_deref());
        all.push(item);
    }
    all.extend(items::items(form, printed, refused));
    all.extend(scores);
    let mut legal = Item::new("form-rights", "display");
    legal.text = Some(notice.to_owned());
    legal.extension.push(items::control("legal"));
    all.push(legal);
    all
}

/// Returns the resource id. FHIR allows at most 64 letters, digits, points and hyphens.
fn resource_id(id: &str, language: &str, is_source: bool) -> String {
    let mut name = match is_source {
        true => id.to_owned(),
        false => format!(
            "{}-{language}",
            &id[..id.len().min(64_usize.saturating_sub(language.len() + 1))]
        ),
    };
    // Ids and language tags are ASCII, so no character is cut in two.
    name.truncate(64);
    name
}

/// Returns the name for programs in the form that FHIR requires: `wai-sr` becomes `WaiSr`.
fn machine_name(id: &str) -> String {
    let mut name = String::new();
    for part in id.split('-') {
        let mut letters = part.chars();
        name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        name.extend(letters);
    }
    // FHIR requires at least two characters.
    if name.len() < 2 {
        name.push('0')
    }
    name
}

fn author_extension(author: &str) -> Extension {
    let mut extension = Extension::new("http://hl7.org/fhir/StructureDefinition/artifact-author");
    extension.value_contact_detail = Some(ContactDetail { name: author.to_owned() });
    extension
}

fn reference(reference: &Reference, release: Release) -> Extension {
    let Reference { id, citation, doi, url, note: _ } = reference;
    let mut extension =
        Extension::new("http://hl7.org/fhir/StructureDefinition/artifact-relatedArtifact");
    let address = doi.as_ref().map(|doi| format!("https://doi.org/{doi}"));
    let address = address.or_else(|| url.clone());
    // R5 has no `url` in a related artifact: the address is that of its document.
    let (url, document) = match release {
        Release::R4 => (address, None),
        Release::R5 => {
            (None, address.map(|url| Attachment { url: Some(url), ..Attachment::default() }))
        }
    };
    extension.value_related_artifact = Some(RelatedArtifact {
        kind: "citation",
        label: Some(id.clone()),
        citation: Some(text::markdown(citation)),
        url,
        document,
    });
    extension
}
