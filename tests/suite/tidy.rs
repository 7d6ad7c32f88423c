//! House rules that a program can see.

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

/// [`sources`], of the workspace in `root`.
fn sources_in(root: &Path, folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    files(&root.join(folder), ".rs", &mut found);
    assert!(!found.is_empty(), "there are sources in {folder}");
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a source is text");
        (path, text)
    };
    found.into_iter().map(read).collect()
}

#[test]
fn every_source_says_what_it_is_for() {
    for folder in ["crates", "tests/suite", "xtask"] {
        assert_sources_say_what_they_are_for(&root(), folder);
    }
}

/// Demands of the workspace in `root` that every source in `folder` opens with a comment.
pub(crate) fn assert_sources_say_what_they_are_for(root: &Path, folder: &str) {
    for (path, text) in sources_in(root, folder) {
        assert!(text.starts_with("//! "), "{}: open with `//!`", path.display());
    }
}

#[test]
fn every_lint_has_its_files() {
    assert_lints_have_their_files(&root(), LINTS.iter().map(|lint| lint.name));
}

/// Demands of the workspace in `root` that it has these lints, and the files of each.
pub(crate) fn assert_lints_have_their_files<'a>(root: &Path, names: impl Iterator<Item = &'a str>) {
    let lints = root.join("crates/scalewright-check/src/lints");
    let mut listed = BTreeSet::new();
    for lint in names {
        let module = lint.replace('-', "_");
        let page = lints.join(format!("{module}.md"));
        let text = fs::read_to_string(&page).expect("a lint has its page");
        assert!(text.starts_with(&format!("# {lint}\n")), "{}: title", page.display());
        for part in ["## Why it matters", "## How to fix it", "## When to allow it"] {
            assert!(text.contains(part), "{}: say `{part}`", page.display());
        }
        for fixture in ["fires", "quiet"] {
            let path = root.join("tests/lints").join(lint).join(fixture);
            let alone = path.with_extension("toml").is_file();
            let there = alone || path.is_dir();
            assert!(there, "{}.toml is missing: `cargo xtask new lint`", path.display());
        }
        listed.insert(format!("{module}.rs"));
    }
    let there = fs::read_dir(&lints).expect("the lints are there").flatten();
    let there: BTreeSet<String> = there
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".rs"))
        .collect();
    assert_eq!(there, listed, "the folder and the list in lints.rs disagree");
}

/// The arrows between the crates, as drawn in crates/README.md.
#[test]
fn arrows_point_downward_only() {
    let arrows: [(&str, &[&str]); 8] = [
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
        (
            "scalewright",
            &[
                "scalewright-check",
                "scalewright-export",
                "scalewright-model",
                "scalewright-pdf",
                "scalewright-project",
                "scalewright-scoring",
                "scalewright-tables",
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
        assert_eq!(ours, allowed.iter().copied().collect(), "the arrows of {name}");
    }
}

/// A new field of the model must stop every exporter until it is written or declared lost.
#[test]
fn exporters_take_the_model_apart_whole() {
    assert_exporters_name_every_field(&root());
}

/// Demands of the workspace in `root` that no exporter leaves fields unnamed.
pub(crate) fn assert_exporters_name_every_field(root: &Path) {
    for (path, text) in sources_in(root, "crates/scalewright-export/src") {
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            let partial = line == ".." || line.contains(", .. }") || line.contains("{ .. }");
            let update = line.starts_with("..") && line.contains("::");
            assert!(
                !partial || update,
                "{}:{}: name every field: `field: _` where it is of no use here",
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
        // A patch has the version of the package that it replaces, and nothing else of its own.
        let own = manifest.to_string_lossy().contains("/patches/");
        let mut lines = text.lines().filter(|line| !own || !line.starts_with("version = \""));
        let pinned = lines.find(|line| line.contains("version = \"") || line.contains("= \"="));
        assert_eq!(pinned, None, "{}: versions belong to the root", manifest.display());
    }
}

/// What is true of an instrument is no promise to authors: the file types may change without it.
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

/// A pointer to something that no file can have would lead nowhere.
#[test]
fn pointers_are_made_of_keys_of_the_format() {
    use scalewright_check::{SchemaKind, schema};
    let kinds =
        [SchemaKind::Instrument, SchemaKind::Wording, SchemaKind::Cases, SchemaKind::Config];
    let mut known = BTreeSet::new();
    kinds.into_iter().for_each(|kind| properties(&schema(kind), &mut known));
    for (path, text) in sources("crates") {
        let path = path.display();
        let is_tested = text.find("#[cfg(test)]").unwrap_or(text.len());
        let text = &text[..is_tested];
        assert!(!text.contains("Pointer::root().key("), "{path}: use `Pointer::top` and its kin");
        for call in [".key(\"", "Pointer::top(\"", "Pointer::entry(\""] {
            for rest in text.split(call).skip(1) {
                let key = rest.split('"').next().unwrap_or_default();
                assert!(known.contains(key), "{path}: no file has the key `{key}`");
            }
        }
    }
}

/// The keys that a schema names.
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

/// Most manifests switch documentation tests off, which would start a compiler for each crate.
#[test]
fn no_comment_contains_an_example_that_nothing_runs() {
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
