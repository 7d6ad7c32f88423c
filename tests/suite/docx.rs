//! Word documents have every word of every form, and a named field for each answer. LibreOffice and Word themselves are not
//! run: a reader of the format checks the rules that Word insists on.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use scalewright_check::Checked;
use scalewright_export::{
    Common, Content, ExportRequest, House, OptionValues, SourceFile, exporter, form,
};
use scalewright_model::{Instrument, Item, ItemIx, Layout, ResponseKind};
use serde_json::Value;

use crate::invented;
use crate::oracles::{COMMON, corpus, python};
use crate::support::{root, run};

/// The document of an instrument.
fn written(folder: &Path, at: usize, checked: &Checked, layout: Layout) -> PathBuf {
    let instrument = checked.instrument.as_ref().expect("loaded without error");
    let exported = (exporter("docx").expect("the target exists").export)(&ExportRequest {
        instrument,
        program: &checked.program,
        ranges: &checked.ranges,
        wording: &instrument.wordings[0],
        sources: &[SourceFile { name: "instrument.toml", text: &checked.documents[0].text }],
        common: Common { layout, ..COMMON },
        options: &OptionValues::default(),
        house: &House::default(),
    });
    let file = exported.files.into_iter().next().expect("a document");
    let Content::Bytes(bytes) = file.content else { panic!("the document has bytes") };
    let path = folder.join(format!("{at}.docx"));
    std::fs::write(&path, bytes).expect("the file is writable");
    path
}

/// What the reader finds in documents.
fn read(paths: &[PathBuf]) -> Vec<Value> {
    let script = root().join("tests/oracles/docx/read.py");
    let output = Command::new(python()).arg(script).args(paths).output().expect("it runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// The tags of the fields that the items of an instrument need.
fn tags(instrument: &Instrument) -> BTreeSet<String> {
    let of_item = |(at, item): (usize, &Item)| -> Vec<String> {
        match form::place(instrument, ItemIx(at)) {
            form::Place::One(values) | form::Place::Any(values) => {
                values.iter().map(|value| form::box_name(&item.id, value)).collect()
            }
            // A cross on a line needs no field.
            form::Place::Typed => match instrument.response_scales[item.response.0].kind {
                ResponseKind::VisualAnalogue { min: _, max: _, decimals: _ } => Vec::new(),
                _ => vec![item.id.clone()],
            },
        }
    };
    let own = [form::RESPONDENT, form::DATE].map(str::to_owned);
    let items = instrument.items.iter().enumerate().flat_map(of_item);
    items.chain(own).collect()
}

/// Whether a document has these tags. Of a long one, it has the end, after digits that distinguish it.
fn are(found: &BTreeSet<String>, tags: &BTreeSet<String>) -> bool {
    let is_found = |tag: &String| match tag.len() {
        0..=64 => found.contains(tag),
        long => found.iter().any(|found| found.len() == 64 && found.ends_with(&tag[long - 54..])),
    };
    found.len() == tags.len() && tags.iter().all(is_found)
}

#[test]
fn documents_have_every_word_and_a_field_for_each_answer() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let all: Vec<(String, Checked)> = corpus().into_iter().chain(invented::corpus()).collect();
    let layouts = [Layout::Comfortable, Layout::Compact, Layout::LargePrint];
    let paths: Vec<PathBuf> = all
        .iter()
        .enumerate()
        .map(|(at, (_, checked))| written(folder.path(), at, checked, layouts[at % 3]))
        .collect();
    for ((name, checked), found) in all.iter().zip(read(&paths)) {
        let instrument = checked.instrument.as_ref().expect("loaded without error");
        let wording = &instrument.wordings[0];
        assert_eq!(found["title"], wording.title, "{name}");
        assert_eq!(found["language"], wording.language, "{name}");
        let paragraphs: String = found["paragraphs"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|text| format!("{}\n", text.as_str().unwrap_or_default()))
            .collect();
        let labels = wording
            .responses
            .iter()
            .enumerate()
            .filter(|(at, _)| instrument.items.iter().any(|item| item.response.0 == *at));
        let labels = labels.flat_map(|(_, words)| &words.labels);
        for text in wording.stems.iter().chain(labels).chain(&wording.instructions) {
            assert!(paragraphs.contains(text.trim_end()), "{name}: `{text}` in {paragraphs}");
        }
        let fields = found["fields"].as_array().expect("a list");
        let listed: Vec<&str> =
            fields.iter().map(|field| field["tag"].as_str().unwrap_or_default()).collect();
        let once: BTreeSet<String> = listed.iter().map(|tag| (*tag).to_owned()).collect();
        assert!(are(&once, &tags(instrument)), "{name}: {once:?}");
        assert_eq!(once.len(), listed.len(), "{name}: a tag is there twice");
    }
}

#[test]
fn options_and_languages_change_the_document() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let library = root().join("instruments").display().to_string();
    let export = |name: &str, more: &[&str]| {
        let args = ["--library", &library, "export", "side-by-side", "--to", "docx", "--out", name];
        let result = run(&[&args[..], more].concat(), folder.path());
        assert_eq!(result.code, 0, "{}", result.err);
        let file = std::fs::read_dir(folder.path().join(name)).expect("it exists").next();
        file.expect("a file").expect("readable").path()
    };
    let plain = export("plain", &[]);
    let again = export("again", &[]);
    assert!(std::fs::read(&plain).expect("bytes") == std::fs::read(&again).expect("bytes"));
    let german = export("german", &["--language", "de", "--set", "docx.values=no"]);
    let large = export("large", &["--layout", "large-print", "--set", "docx.attachments=no"]);
    let found = read(&[plain, german, large]);
    let head = |found: &Value| found["tables"][0]["rows"][0].to_string();
    assert!(found[0]["tables"][0]["header"].as_bool() == Some(true), "{}", found[0]["tables"]);
    assert!(head(&found[0]).contains("\\n1\""), "{}", head(&found[0]));
    assert!(!head(&found[1]).contains("\\n1\""), "{}", head(&found[1]));
    assert_eq!(found[1]["language"], "de");
    assert_eq!(found[2]["tables"].as_array().map(Vec::len), Some(0), "large print has no tables");
    assert!(found[0]["definition"].is_string() && found[2]["definition"].is_null());
}
