//! Definitions that files made by this program contain, to be recovered byte for byte.
//!
//! Most files contain a packed definition: the base64 encoding of a zlib stream of a JSON object from names of files to
//! texts, wherever their format allows it. FHIR Questionnaires contain each file as an attachment, PDFs as attached
//! files.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use serde_json::Value;

use crate::source::{Content, Opened};

/// The files of a definition, by name.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// The most bytes of a definition with its wording files.
const MOST_BYTES: usize = 16 << 20;

/// How the base64 encoding of a zlib stream begins.
const ZLIB: [&str; 3] = ["eJ", "eN", "eA"];

/// The shortest text that can be a packed definition.
const SHORTEST: usize = 64;

/// The files inside of an archive that are read, at most.
const MOST_MEMBERS: usize = 500;

/// The label of an attachment in a FHIR Questionnaire.
const LABEL: &str = "scalewright definition";

/// The definitions that a file contains, each with its wording files. `attached` are the files attached to a PDF.
pub(crate) fn definitions(opened: &Opened<'_>) -> Vec<Files> {
    let mut found = Found::default();
    let attached = opened.sources.attached;
    if !attached.is_empty() {
        found.files(attached.iter().map(|(name, bytes)| (name.clone(), bytes.clone())).collect());
        return found.definitions;
    }
    match &opened.content {
        Content::Json(document) => found.json(document),
        Content::Text(text) => found.text(text),
        Content::Bytes => found.archive(opened.sources.bytes),
    }
    found.definitions
}

/// Collects definitions, each once.
#[derive(Default)]
struct Found {
    definitions: Vec<Files>,
}

impl Found {
    fn add(&mut self, files: Files) {
        if !self.definitions.contains(&files) {
            self.definitions.push(files);
        }
    }

    /// Files of one definition among others: the definition and the wording files.
    fn files(&mut self, files: Files) {
        let own: Files = files.into_iter().filter(|(name, _)| is_plain(name)).collect();
        if own.contains_key("instrument.toml") {
            self.add(own);
        }
    }

    fn json(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.text(text),
            Value::Array(list) => list.iter().for_each(|entry| self.json(entry)),
            Value::Object(table) => {
                if let Some(Value::Array(extensions)) = table.get("extension") {
                    self.files(extensions.iter().filter_map(attachment).collect());
                }
                table.values().for_each(|entry| self.json(entry));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// Packed definitions in a text: in each run of letters of base64 that may begin one.
    fn text(&mut self, text: &str) {
        for run in text.split(|letter: char| !is_base64(letter)) {
            self.packed(run);
        }
    }

    fn packed(&mut self, run: &str) {
        if run.len() < SHORTEST {
            return;
        }
        if let Some(files) =
            ZLIB.iter().any(|start| run.starts_with(start)).then(|| unpacked(run)).flatten()
        {
            self.files(files);
        }
    }

    /// The texts of the members of an archive: a workbook, a document, a set of forms. A definition may be divided into
    /// several cells, whose texts follow each other.
    fn archive(&mut self, bytes: &[u8]) {
        let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return };
        let mut left = MOST_BYTES;
        for index in 0..archive.len().min(MOST_MEMBERS) {
            let Ok(member) = archive.by_index(index) else { continue };
            let is_text =
                [".xml", ".csv", ".txt", ".json"].iter().any(|end| member.name().ends_with(end));
            let mut text = Vec::new();
            if !is_text || member.take(left as u64).read_to_end(&mut text).is_err() {
                continue;
            }
            left = left.saturating_sub(text.len());
            let text = String::from_utf8_lossy(&text);
            self.text(&text);
            self.cells(&text);
        }
    }

    /// A definition in several cells: runs that follow one that begins a definition and does not end it.
    fn cells(&mut self, text: &str) {
        let mut begun: Option<String> = None;
        for run in text.split(|letter: char| !is_base64(letter)).filter(|run| run.len() >= SHORTEST)
        {
            let begins = ZLIB.iter().any(|start| run.starts_with(start));
            let whole = match begun.take() {
                Some(before) if !begins => before + run,
                _ if begins => run.to_owned(),
                _ => continue,
            };
            match unpacked(&whole) {
                Some(files) => self.files(files),
                None => begun = Some(whole).filter(|whole| whole.len() < MOST_BYTES),
            }
        }
    }
}

/// Whether a character belongs to base64.
fn is_base64(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '+' | '/' | '=')
}

/// Whether a name is that of a definition, of its cases or of a wording file.
fn is_plain(name: &str) -> bool {
    let Some(stem) = name.strip_suffix(".toml") else { return false };
    (1..=64).contains(&stem.len())
        && stem.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !stem.starts_with('-')
}

/// The files of a packed definition; `None` if the text is anything else.
fn unpacked(text: &str) -> Option<Files> {
    let stream = STANDARD.decode(text).ok()?;
    let json = decompress_to_vec_zlib_with_limit(&stream, MOST_BYTES).ok()?;
    let files: BTreeMap<String, String> = serde_json::from_slice(&json).ok()?;
    Some(files.into_iter().map(|(name, text)| (name, text.into_bytes())).collect())
}

/// The name and the content of a file in an extension of a FHIR Questionnaire.
fn attachment(extension: &Value) -> Option<(String, Vec<u8>)> {
    let related = extension.get("valueRelatedArtifact")?;
    if related.get("label")?.as_str()? != LABEL {
        return None;
    }
    let document = related.get("document")?;
    let content = STANDARD.decode(document.get("data")?.as_str()?).ok()?;
    Some((document.get("title")?.as_str()?.to_owned(), content))
}
