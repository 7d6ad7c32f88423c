//! `audit` on our own exports: a mistake of each kind, seeded into every format in the format's own way, is found with a
//! respondent; harmless edits are silent. `tests/fixtures/audit/mistakes.toml` and `further.toml` have the edits.
//!
//! The exports contain their definition, which no edit touches: what is deployed is judged, not what is embedded.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::support::{Run, root, run};

#[derive(Deserialize)]
struct Table {
    /// The folder of the definition.
    definition: String,
    /// What each mistake must be reported as.
    mistakes: BTreeMap<String, String>,
    forms: Vec<Form>,
}

/// An export, with its edits by name.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Form {
    target: String,
    #[serde(default)]
    set: Vec<String>,
    ending: String,
    /// The file inside of an archive that is edited.
    member: Option<String>,
    /// The ending of the form with the same edits.
    like: Option<String>,
    /// Whether it computes scores.
    #[serde(default = "yes")]
    computes: bool,
    /// The mistakes that the format cannot have, each with the reason.
    #[serde(default)]
    cannot: BTreeMap<String, String>,
    #[serde(default)]
    edits: BTreeMap<String, Edit>,
    #[serde(default)]
    harmless: BTreeMap<String, Edit>,
}

fn yes() -> bool {
    true
}

/// Pairs of old and new texts, in the form itself or in a file beside it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Edit {
    Own(Vec<(String, String)>),
    Beside { file: String, edits: Vec<(String, String)> },
}

/// Every mistake in every format, and further kinds in two formats each.
fn tables() -> [Table; 2] {
    ["mistakes", "further"].map(|name| {
        let path = root().join("tests/fixtures/audit").join(name).with_extension("toml");
        let text = fs::read_to_string(path).expect("it is there");
        toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
    })
}

impl Table {
    fn definition(&self) -> String {
        root().join("tests/fixtures/audit").join(&self.definition).display().to_string()
    }
}

/// The file of a folder with an ending.
fn file(folder: &Path, ending: &str) -> PathBuf {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut paths = entries.map(|entry| entry.expect("an entry").path());
    paths.find(|path| path.display().to_string().ends_with(ending)).expect("the file is written")
}

/// Exports a form into a folder.
fn export(form: &Form, definition: &str, more: &[&str], folder: &Path) -> PathBuf {
    let out = folder.display().to_string();
    let mut args = vec!["export", definition, "--to", &form.target, "--out", &out, "--quiet"];
    form.set.iter().for_each(|set| args.extend(["--set", set]));
    args.extend(more);
    let result = run(&args, &root());
    assert_eq!(result.code, 0, "{}", result.err);
    file(folder, &form.ending)
}

/// Edits a form that was exported, or a file beside it.
fn edit(form: &Form, path: &Path, edit: &Edit, name: &str) {
    let (path, edits) = match edit {
        Edit::Own(edits) => (path.to_owned(), edits),
        Edit::Beside { file: ending, edits } => {
            (file(path.parent().expect("a folder"), ending), edits)
        }
    };
    let bytes = fs::read(&path).expect("readable");
    let bytes = match &form.member {
        Some(member) => in_archive(&bytes, member, &|text| replaced(text, edits, name)),
        None => replaced(&String::from_utf8(bytes).expect("UTF-8"), edits, name).into_bytes(),
    };
    fs::write(&path, bytes).expect("writable");
}

/// The text with all edits. `sorted-keys` turns the order of the keys of JSON round.
fn replaced(text: &str, edits: &[(String, String)], name: &str) -> String {
    let mut text = text.to_owned();
    for (old, new) in edits {
        let (old, new) = match text.contains(old.as_str()) {
            true => (old.clone(), new.clone()),
            false => (old.replace('\n', "\r\n"), new.replace('\n', "\r\n")),
        };
        assert!(text.contains(&old), "{name}: there is no `{old}`");
        text = text.replace(&old, &new);
    }
    if name != "sorted-keys" {
        return text;
    }
    let value: Value = serde_json::from_str(&text).expect("it is JSON");
    let mut turned = String::new();
    write_turned(&value, &mut turned);
    turned
}

/// JSON whose keys are in the opposite order.
fn write_turned(value: &Value, out: &mut String) {
    let joined = |parts: Vec<String>| parts.join(",");
    let written = |value: &Value| {
        let mut text = String::new();
        write_turned(value, &mut text);
        text
    };
    match value {
        Value::Object(table) => {
            let entries = table.iter().rev();
            let entries = entries
                .map(|(key, value)| format!("{}:{}", Value::from(key.as_str()), written(value)));
            out.push_str(&format!("{{{}}}", joined(entries.collect())));
        }
        Value::Array(list) => {
            out.push_str(&format!("[{}]", joined(list.iter().map(written).collect())));
        }
        other => out.push_str(&other.to_string()),
    }
}

/// An archive in which one file is changed.
fn in_archive(bytes: &[u8], member: &str, change: &dyn Fn(&str) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("a file");
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("readable");
        if file.name() == member {
            content = change(&String::from_utf8(content).expect("UTF-8")).into_bytes();
        }
        out.start_file(file.name(), SimpleFileOptions::default()).expect("writable");
        out.write_all(&content).expect("writable");
    }
    out.finish().expect("writable").into_inner()
}

/// Audits a form, with the table of names that was written beside it.
fn audited(path: &Path, definition: &str) -> Run {
    let shown = path.display().to_string();
    let mut args = vec!["audit", &shown, "--against", definition];
    let folder = fs::read_dir(path.parent().expect("a folder")).expect("readable");
    let names = folder
        .map(|entry| entry.expect("an entry").path().display().to_string())
        .find(|name| name.ends_with("-names.csv"));
    args.extend(names.iter().flat_map(|names| ["--names", names]));
    run(&args, &root())
}

/// Copies the files of a folder.
fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("writable");
    for entry in fs::read_dir(from).expect("readable") {
        let path = entry.expect("an entry").path();
        fs::copy(&path, to.join(path.file_name().expect("a name"))).expect("writable");
    }
}

/// Exports each form, and hands over its path with those edits that it shares with another form.
fn each(table: &Table, check: &dyn Fn(&Form, &Form, &Path)) {
    for form in &table.forms {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = export(form, &table.definition(), &[], &folder.path().join("form"));
        let like = form.like.as_ref().map_or(form, |ending| {
            let mut forms = table.forms.iter();
            forms.find(|other| other.ending == *ending).expect("the form is in the table")
        });
        check(form, like, &path);
    }
}

/// The report on a copy of a form with an edit.
fn with_edit(form: &Form, path: &Path, (name, change): (&str, &Edit), definition: &str) -> Run {
    let folder = path.parent().expect("a folder");
    let copy = folder.with_file_name(name);
    copied(folder, &copy);
    let path = copy.join(path.file_name().expect("a name"));
    edit(form, &path, change, name);
    audited(&path, definition)
}

#[test]
fn every_mistake_is_found_in_every_format_with_a_respondent() {
    for table in tables() {
        finds_all(&table);
    }
}

fn finds_all(table: &Table) {
    let definition = table.definition();
    each(table, &|form, like, path| {
        for (name, expected) in &table.mistakes {
            let edit = match (like.edits.get(name), like.cannot.contains_key(name)) {
                (Some(edit), false) => edit,
                (None, true) => continue,
                _ => panic!("{}: `{name}` is neither an edit nor impossible", form.ending),
            };
            let result = with_edit(form, path, (name.as_str(), edit), &definition);
            let is_error = expected.starts_with("error");
            assert!(
                result.out.contains(expected) && result.code == u8::from(is_error),
                "{}, {name}: {}{}",
                form.ending,
                result.out,
                result.err
            );
        }
    });
}

#[test]
fn harmless_edits_are_silent_in_every_format() {
    for table in tables() {
        is_silent_on_harmless(&table);
    }
}

fn is_silent_on_harmless(table: &Table) {
    let definition = table.definition();
    each(table, &|form, like, path| {
        let silent = |result: Run, name: &str| {
            let is_silent = result.out.contains("no errors, no warnings")
                && result.out.contains("does not compute") != form.computes;
            assert!(is_silent, "{}, {name}: {}{}", form.ending, result.out, result.err);
        };
        silent(audited(path, &definition), "no edit");
        for (name, edit) in &like.harmless {
            silent(with_edit(form, path, (name.as_str(), edit), &definition), name);
        }
    });
}

#[test]
fn forms_without_an_embedded_definition_are_judged_alike() {
    let [table, _] = tables();
    let forms = table.forms.iter();
    for form in forms.filter(|form| !["fhir", "codebook"].contains(&&*form.target)) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let attachments = format!("{}.attachments=no", form.target);
        let path = export(form, &table.definition(), &["--set", &attachments], folder.path());
        let result = audited(&path, &table.definition());
        assert!(result.out.contains("no errors, no warnings"), "{}: {}", form.ending, result.out);
    }
}

#[test]
fn a_form_of_an_older_version_is_stale() {
    let [table, _] = tables();
    for form in table.forms.iter().filter(|form| form.target != "codebook") {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let older = folder.path().join("garden-ease");
        copied(Path::new(&table.definition()), &older);
        let text = fs::read_to_string(older.join("instrument.toml")).expect("readable");
        let text = text.replace("version = \"1.0.0\"", "version = \"0.9.0\"");
        let mut file = File::create(older.join("instrument.toml")).expect("writable");
        file.write_all(text.as_bytes()).expect("writable");
        let older = older.display().to_string();
        let path = export(form, &older, &[], &folder.path().join("form"));
        let result = audited(&path, &table.definition());
        let is_stale =
            result.out.contains("warning[stale-") && result.out.contains("no errors, 1 warning");
        assert!(is_stale && result.code == 0, "{}: {}{}", form.ending, result.out, result.err);
    }
}
