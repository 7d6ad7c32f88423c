//! The elements of a questionnaire as a whole.

use scalewright_model::Status;

use super::json::{list, short, text};
use super::reader::Reader;
use crate::finding::Kind;
use crate::form::Titled;
use crate::ids::Ids;
use crate::words::plain;

/// Elements that are read, here or elsewhere.
const KNOWN: [&str; 22] = [
    "resourceType",
    "id",
    "meta",
    "language",
    "text",
    "contained",
    "extension",
    "url",
    "version",
    "name",
    "title",
    "_title",
    "status",
    "experimental",
    "subjectType",
    "date",
    "description",
    "copyright",
    "item",
    "versionAlgorithmString",
    "versionAlgorithmCoding",
    "implicitRules",
];

/// Extensions of the questionnaire that are read elsewhere or say nothing about the instrument.
const EXTENSIONS: [&str; 3] = ["variable", "rendering-markdown", "artifact-relatedArtifact"];

/// Reads the elements of the questionnaire as a whole.
pub(super) fn read(reader: &mut Reader<'_>) {
    let json = reader.json;
    let url = text(json, "url");
    let named = text(json, "id").or_else(|| text(json, "name")).or_else(|| text(json, "title"));
    let last = || url.and_then(|url| url.trim_end_matches('/').rsplit(['/', ':']).next());
    reader.form.id = Ids::instrument(named.or_else(last).unwrap_or("questionnaire"));
    reader.form.language = text(json, "language").map(str::to_owned);
    let mut title = reader.words(json, "title", "");
    if title.is_empty()
        && let Some(name) = text(json, "name")
    {
        title.add(&reader.language.clone(), name);
    }
    let version = text(json, "version").map(str::to_owned);
    let date = text(json, "date").and_then(|date| date.get(..10)).filter(|date| is_day(date));
    reader.form.titled = Titled {
        title,
        status: status(reader),
        date: date.map(str::to_owned),
        url: url.map(str::to_owned),
        description: text(json, "description").map(|text| plain(text).0),
        citation: citation(reader, url, version.as_deref()),
        version,
        ..Titled::default()
    };
    rights(reader);
    if let Some(object) = json.as_object() {
        for key in object.keys().filter(|key| !KNOWN.contains(&key.as_str())) {
            reader.ignore(key, &format!("/{key}"));
        }
    }
    for (at, extension) in list(json, "extension").iter().enumerate() {
        let name = text(extension, "url").map(short).unwrap_or_default();
        let pointer = format!("/extension/{at}");
        match name {
            _ if EXTENSIONS.contains(&name) => {}
            "launchContext" => reader.report(
                Kind::NotUnderstood,
                "context",
                &pointer,
                "the questionnaire reads data of a patient record, which an instrument does not have",
            ),
            "constraint" | "targetConstraint" => {
                reader.report(Kind::NotUnderstood, "constraint", &pointer, "a rule for valid answers is not imported");
            }
            _ => reader.ignore(name, &pointer),
        }
    }
}

fn is_day(date: &str) -> bool {
    let digits =
        |part: &str, count| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    let mut parts = date.split('-');
    let valid = [4, 2, 2].iter().all(|count| parts.next().is_some_and(|part| digits(part, *count)));
    valid && parts.next().is_none()
}

fn status(reader: &mut Reader<'_>) -> Option<Status> {
    match text(reader.json, "status") {
        Some("draft") => Some(Status::Development),
        Some("active") => Some(Status::Active),
        Some("retired") => Some(Status::Retired),
        Some(other) => {
            reader.report(Kind::Note, "status", "/status", format!("the status is `{other}`"));
            None
        }
        None => None,
    }
}

fn citation(reader: &Reader<'_>, url: Option<&str>, version: Option<&str>) -> String {
    let mut citation = format!("{}, FHIR {} Questionnaire", reader.file, release(reader));
    if let Some(url) = url {
        citation.push_str(&format!(" {url}"));
    }
    if let Some(version) = version {
        citation.push_str(&format!(", version {version}"));
    }
    citation.push('.');
    citation
}

/// The release, from elements that only one of them has.
fn release(reader: &Reader<'_>) -> &'static str {
    let json = reader.json;
    let mut release = "R4";
    if json.get("versionAlgorithmString").is_some()
        || json.get("versionAlgorithmCoding").is_some()
        || json.get("copyrightLabel").is_some()
    {
        return "R5";
    }
    let mut items: Vec<&serde_json::Value> = list(json, "item").iter().collect();
    while let Some(item) = items.pop() {
        if text(item, "type") == Some("coding") || item.get("answerConstraint").is_some() {
            return "R5";
        }
        if item.get("option").is_some() || item.get("options").is_some() {
            release = "STU3";
        }
        items.extend(list(item, "item"));
    }
    release
}

/// The notice, and the licence if the notice names one.
fn rights(reader: &mut Reader<'_>) {
    let json = reader.json;
    reader.form.titled.notice = reader.words(json, "copyright", "");
    let Some(copyright) = text(json, "copyright") else { return };
    if let Some(licence) = licence(copyright) {
        reader.form.rights.licence = Some(licence.to_owned());
        reader.report_with(
            (Kind::Assumed, "licence"),
            "/copyright",
            format!("the licence `{licence}` was read in the copyright text"),
            "confirm that it covers the wording",
        );
    }
}

/// A licence that a text names.
fn licence(text: &str) -> Option<&'static str> {
    const LICENCES: [(&str, &str); 12] = [
        ("cc0", "CC0-1.0"),
        ("cc by nc nd 4.0", "CC-BY-NC-ND-4.0"),
        ("cc by nc sa 4.0", "CC-BY-NC-SA-4.0"),
        ("cc by nc 4.0", "CC-BY-NC-4.0"),
        ("cc by nd 4.0", "CC-BY-ND-4.0"),
        ("cc by sa 4.0", "CC-BY-SA-4.0"),
        ("cc by 4.0", "CC-BY-4.0"),
        ("cc by nc nd 3.0", "CC-BY-NC-ND-3.0"),
        ("cc by nc sa 3.0", "CC-BY-NC-SA-3.0"),
        ("cc by nc 3.0", "CC-BY-NC-3.0"),
        ("cc by sa 3.0", "CC-BY-SA-3.0"),
        ("cc by 3.0", "CC-BY-3.0"),
    ];
    let plain = text.to_lowercase().replace(['-', '_'], " ");
    LICENCES.iter().find(|(name, _)| plain.contains(name)).map(|(_, licence)| *licence)
}
