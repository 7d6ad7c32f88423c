//! Rules of the project that a program can check.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use scalewright_check::lints::LINTS;

use crate::support::root;

pub(crate) fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() && name != "target" && name != "node_modules" && !name.starts_with('.') {
            files(&path, ending, found);
        } else if name.ends_with(ending) {
            found.push(path);
        }
    }
}

/// The Rust sources in `folder`, with their texts.
pub(crate) fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    sources_in(&root(), folder)
}

/// Like [`sources`], for the workspace in `root`.
fn sources_in(root: &Path, folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    files(&root.join(folder), ".rs", &mut found);
    assert!(!found.is_empty(), "no sources in {folder}");
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a source is valid UTF-8");
        (path, text)
    };
    found.into_iter().map(read).collect()
}

#[test]
fn every_source_begins_with_a_comment() {
    for folder in ["crates", "tests/suite", "xtask"] {
        assert_sources_begin_with_a_comment(&root(), folder);
    }
}

/// Asserts for the workspace in `root` that every source in `folder` begins with a `//!` comment.
pub(crate) fn assert_sources_begin_with_a_comment(root: &Path, folder: &str) {
    for (path, text) in sources_in(root, folder) {
        assert!(text.starts_with("//! "), "{}: begin with `//!`", path.display());
    }
}

#[test]
fn every_lint_has_its_files() {
    assert_lints_have_their_files(&root(), LINTS.iter().map(|lint| lint.name));
}

/// Asserts for the workspace in `root` that it has exactly these lints, with the files of each.
pub(crate) fn assert_lints_have_their_files<'a>(root: &Path, names: impl Iterator<Item = &'a str>) {
    let lints = root.join("crates/scalewright-check/src/lints");
    let mut listed = BTreeSet::new();
    for lint in names {
        let module = lint.replace('-', "_");
        let page = lints.join(format!("{module}.md"));
        let text = fs::read_to_string(&page).expect("a lint has its page");
        assert!(text.starts_with(&format!("# {lint}\n")), "{}: title", page.display());
        for part in ["## Why it matters", "## How to fix it", "## When to allow it"] {
            assert!(text.contains(part), "{}: write `{part}`", page.display());
        }
        for fixture in ["fires", "quiet"] {
            let path = root.join("tests/lints").join(lint).join(fixture);
            let alone = path.with_extension("toml").is_file();
            let there = alone || path.is_dir();
            assert!(there, "{}.toml is missing: `cargo xtask new lint`", path.display());
        }
        listed.insert(format!("{module}.rs"));
    }
    let there = fs::read_dir(&lints).expect("the lints exist").flatten();
    let there: BTreeSet<String> = there
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".rs"))
        .collect();
    assert_eq!(there, listed, "the folder and the list in lints.rs disagree");
}

/// The dependencies between the crates, as drawn in crates/README.md.
#[test]
fn crates_depend_only_on_lower_ones() {
    let arrows: [(&str, &[&str]); 13] = [
        ("scalewright-model", &[]),
        ("scalewright-scoring", &["scalewright-model"]),
        ("scalewright-check", &["scalewright-model", "scalewright-scoring"]),
        ("scalewright-export", &["scalewright-check", "scalewright-model", "scalewright-scoring"]),
        ("scalewright-pdf", &[]),
        ("scalewright-project", &["scalewright-check", "scalewright-model", "scalewright-scoring"]),
        (
            "scalewright-tables",
            &[
                "scalewright-check",
                "scalewright-export",
                "scalewright-model",
                "scalewright-pdf",
                "scalewright-scoring",
            ],
        ),
        ("scalewright-course", &["scalewright-model", "scalewright-scoring", "scalewright-tables"]),
        ("scalewright-data", &["scalewright-model", "scalewright-scoring", "scalewright-tables"]),
        ("scalewright-import", &["scalewright-check", "scalewright-model", "scalewright-scoring"]),
        ("scalewright-wire", &["scalewright-model", "scalewright-scoring"]),
        (
            "scalewright-plugins",
            &[
                "scalewright-check",
                "scalewright-model",
                "scalewright-project",
                "scalewright-scoring",
                "scalewright-wire",
            ],
        ),
        (
            "scalewright",
            &[
                "scalewright-check",
                "scalewright-course",
                "scalewright-data",
                "scalewright-export",
                "scalewright-import",
                "scalewright-model",
                "scalewright-pdf",
                "scalewright-plugins",
                "scalewright-project",
                "scalewright-scoring",
                "scalewright-tables",
                "scalewright-wire",
            ],
        ),
    ];
    for (name, allowed) in arrows {
        let manifest = root().join("crates").join(name).join("Cargo.toml");
        let text = fs::read_to_string(manifest).expect("a crate has a manifest");
        let dependencies = text.split("[dependencies]").nth(1).unwrap_or_default();
        let ours = dependencies.lines().filter(|line| line.starts_with("scalewright"));
        let ours: BTreeSet<&str> =
            ours.map(|line| line.split(['.', ' ', '=']).next().unwrap_or_default()).collect();
        assert_eq!(ours, allowed.iter().copied().collect(), "the dependencies of {name}");
    }
}

/// A new field of the model must be a compile error in every exporter until it is exported or declared lost.
#[test]
fn exporters_name_every_field_of_the_model() {
    assert_exporters_name_every_field(&root());
}

/// Asserts for the workspace in `root` that no exporter omits fields with `..`.
pub(crate) fn assert_exporters_name_every_field(root: &Path) {
    for (path, text) in sources_in(root, "crates/scalewright-export/src") {
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            let partial = line == ".." || line.contains(", .. }") || line.contains("{ .. }");
            let update = line.starts_with("..") && line.contains("::");
            assert!(
                !partial || update,
                "{}:{}: name every field: `field: _` if it is not used",
                path.display(),
                number + 1
            );
        }
    }
}

#[test]
fn versions_and_lints_are_set_in_the_root_manifest_only() {
    let mut manifests = Vec::new();
    files(&root().join("crates"), "Cargo.toml", &mut manifests);
    for manifest in manifests.iter().chain([&root().join("tests/Cargo.toml")]) {
        let text = fs::read_to_string(manifest).expect("a crate has a manifest");
        assert!(text.contains("[lints]\nworkspace = true"), "{}: lints", manifest.display());
        // A patch has its own version, that of the package it replaces.
        let own = manifest.to_string_lossy().contains("/patches/");
        let mut lines = text.lines().filter(|line| !own || !line.starts_with("version = \""));
        let pinned = lines.find(|line| line.contains("version = \"") || line.contains("= \"="));
        assert_eq!(pinned, None, "{}: versions belong in the root manifest", manifest.display());
    }
}

/// The model of an instrument does not depend on the file types, so that the file format can change without it.
#[test]
fn the_model_of_an_instrument_has_no_file_types() {
    let free = ["instrument", "expr", "irt", "index", "vocabulary", "pointer", "diagnostic"];
    for (path, text) in sources("crates/scalewright-model/src") {
        let path = path.to_string_lossy().into_owned();
        let module = path.split("scalewright-model/src/").nth(1).unwrap_or_default();
        let module = module.split(['/', '.']).next().unwrap_or_default();
        let imports = text.contains("use crate::file") || text.contains("crate::file::");
        assert!(!free.contains(&module) || !imports, "{path}: file types belong to `file`");
    }
}

/// A pointer with a key that no file can have would never be found.
#[test]
fn pointers_use_keys_of_the_format() {
    use scalewright_check::{SchemaKind, schema, schema_of};
    use scalewright_plugins::templates::TargetFile;
    let kinds = [
        SchemaKind::Instrument,
        SchemaKind::Wording,
        SchemaKind::Cases,
        SchemaKind::Key,
        SchemaKind::Config,
        SchemaKind::Pack,
    ];
    let mut known = BTreeSet::new();
    kinds.into_iter().for_each(|kind| properties(&schema(kind), &mut known));
    properties(&schema_of::<TargetFile>(), &mut known);
    properties(&schema_of::<scalewright_check::baseline::BaselineFile>(), &mut known);
    for (path, text) in sources("crates") {
        let path = path.display();
        let is_tested = text.find("#[cfg(test)]").unwrap_or(text.len());
        let text = &text[..is_tested];
        assert!(
            !text.contains("Pointer::root().key("),
            "{path}: use `Pointer::top` or a similar constructor"
        );
        for call in [".key(\"", "Pointer::top(\"", "Pointer::entry(\""] {
            for rest in text.split(call).skip(1) {
                let key = rest.split('"').next().unwrap_or_default();
                assert!(known.contains(key), "{path}: no file has the key `{key}`");
            }
        }
    }
}

/// Collects the keys that a schema names.
fn properties(schema: &serde_json::Value, known: &mut BTreeSet<String>) {
    match schema {
        serde_json::Value::Object(object) => {
            let own = object.get("properties").and_then(serde_json::Value::as_object);
            known.extend(own.into_iter().flat_map(|own| own.keys().cloned()));
            object.values().for_each(|value| properties(value, known));
        }
        serde_json::Value::Array(list) => list.iter().for_each(|value| properties(value, known)),
        _ => {}
    }
}

/// Most manifests disable documentation tests, because each crate would need a run of the compiler.
#[test]
fn no_comment_contains_an_untested_example() {
    for folder in ["crates", "tests/fuzz", "xtask"] {
        for (path, text) in sources(folder) {
            if path.components().any(|part| part.as_os_str() == "scalewright-check") {
                continue; // The only crate whose documentation tests run.
            }
            let fence = text.lines().map(str::trim_start).find(|line| {
                (line.starts_with("///") || line.starts_with("//!")) && line.ends_with("```")
            });
            assert_eq!(fence, None, "{}: write a test instead of an example", path.display());
        }
    }
}
