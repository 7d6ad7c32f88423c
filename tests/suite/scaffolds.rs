//! The output of `cargo xtask new`: it changes the files listed in CONTRIBUTING.md, passes the tidy tests, and fails
//! one test that states what to write next. The templates are compiled in the unit tests of the crates.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use scalewright_check::lints::LINTS;
use xtask::new;

use crate::lints::findings;
use crate::support::{root, run};
use crate::tidy::{
    assert_exporters_name_every_field, assert_lints_have_their_files,
    assert_sources_begin_with_a_comment,
};

/// A copy of the folders that scaffolds change.
struct Copy {
    folder: tempfile::TempDir,
    before: BTreeMap<PathBuf, String>,
}

impl Copy {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for part in ["crates", "instruments", "schemas", "tests/lints"] {
            copy(&root().join(part), &folder.path().join(part));
        }
        let before = texts(folder.path());
        Self { folder, before }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The new files, and the existing files that changed with the number of added lines.
    fn cost(&self) -> Cost {
        let mut cost = Cost::default();
        for (path, text) in texts(self.path()) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            match self.before.get(&path) {
                None => drop(cost.files.insert(name)),
                Some(before) if *before != text => {
                    let added = text.lines().count() - before.lines().count();
                    let lost = before.lines().any(|line| !text.lines().any(|other| other == line));
                    assert!(!lost, "{}: a line was removed or changed", path.display());
                    cost.lines.insert(path.display().to_string(), added);
                }
                Some(_) => {}
            }
        }
        cost
    }
}

/// The files to create and to change in order to add something.
#[derive(Debug, Default, PartialEq, Eq)]
struct Cost {
    /// The names of the new files.
    files: BTreeSet<String>,
    /// The number of added lines of each existing file.
    lines: BTreeMap<String, usize>,
}

impl Cost {
    /// The row of the table in CONTRIBUTING.md, for a name and its module.
    fn stated(what: &str, name: &str, within: &str) -> Self {
        let page = fs::read_to_string(root().join("CONTRIBUTING.md")).expect("the page exists");
        let start = format!("| {what} | ");
        let row = page.lines().find_map(|line| line.strip_prefix(&start));
        let row = row.unwrap_or_else(|| panic!("CONTRIBUTING.md has no row for {what}"));
        let (files, lines) = row.split_once(" | ").expect("the row has three cells");
        let files = files.split('`').skip(1).step_by(2);
        let module = name.replace('-', "_");
        // Files that another command writes follow after a semicolon.
        let lines = lines.split(';').next().unwrap_or_default();
        let lines = lines.split(", ").filter_map(|part| {
            let (count, file) = part.split_once(" in `")?;
            let file = format!("{within}/{}", file.split('`').next()?);
            Some((file, count.trim().parse().expect("a number of lines")))
        });
        Self {
            files: files.map(|file| file.replace("<name>", &module)).collect(),
            lines: lines.collect(),
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a temporary folder is writable");
    for entry in fs::read_dir(from).expect("the folder exists").flatten() {
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        match path.is_dir() {
            true => copy(&path, &to),
            false => drop(fs::copy(&path, &to).expect("a temporary folder is writable")),
        }
    }
}

/// The texts of all files below a folder, by their paths.
fn texts(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("the folder exists").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                let path = path.strip_prefix(folder).expect("the path is below the folder");
                found.insert(path.to_path_buf(), text);
            }
        }
    }
    found
}

#[test]
fn a_new_lint_changes_the_documented_files_and_states_the_next_step() {
    let (copy, name) = (Copy::new(), "many-words");
    new::lint(copy.path(), name).expect("it is written");
    assert_eq!(copy.cost(), Cost::stated("a lint", name, "crates/scalewright-check/src"));
    let names = LINTS.iter().map(|lint| lint.name).chain([name]);
    assert_lints_have_their_files(copy.path(), names);
    assert_sources_begin_with_a_comment(copy.path(), "crates/scalewright-check/src/lints");
    let list = fs::read_to_string(copy.path().join("crates/scalewright-check/src/lints.rs"));
    let list = list.expect("the list exists");
    for sorted in ["mod many_words;\nmod markup_in", "&many_words::LINT,\n    &markup_in"] {
        assert!(list.contains(sorted), "in alphabetical order: {sorted}");
    }
    let next = findings(copy.path(), name).expect_err("it reports nothing yet");
    assert!(next.contains("write the rule in crates/scalewright-check/src/lints/many_words.rs"));
    let again = new::lint(copy.path(), name).expect_err("it exists");
    assert!(again.ends_with("many_words.rs already exists"), "{again}");
}

#[test]
fn a_new_instrument_changes_the_documented_files_and_states_the_next_step() {
    let (copy, id) = (Copy::new(), "small-steps");
    let scalewright = |args: &[&str]| -> Result<String, String> {
        let result = run(args, copy.path());
        if result.code == 0 { Ok(result.out) } else { Err(result.err) }
    };
    new::instrument(copy.path(), id, &scalewright).expect("it is written");
    let mut stated = Cost::stated("an instrument", id, "instruments");
    // Written by the same command.
    stated.lines.insert("instruments/README.md".to_owned(), 1);
    assert_eq!(copy.cost(), stated);
    let result = run(&["check", "instruments", "--deny-warnings"], copy.path());
    assert_eq!(result.code, 1, "{}{}", result.out, result.err);
    assert!(result.out.contains("the text still contains `TODO`"), "{}", result.out);
    let new = fs::read_to_string(copy.path().join("instruments/small-steps/instrument.toml"));
    let new = new.expect("the definition exists").replace("TODO: the name in full", "Small steps");
    fs::write(copy.path().join("instruments/small-steps/instrument.toml"), new).expect("written");
    let result = run(&["check", "instruments/small-steps", "--deny-warnings"], copy.path());
    assert_eq!(result.code, 0, "nothing else is wrong: {}{}", result.out, result.err);
}

#[test]
fn a_new_platform_changes_the_documented_files_and_states_the_next_step() {
    let (copy, name) = (Copy::new(), "new-place");
    new::exporter(copy.path(), name).expect("it is written");
    let within = "crates/scalewright-export/src";
    assert_eq!(copy.cost(), Cost::stated("a platform", name, within));
    assert_sources_begin_with_a_comment(copy.path(), &format!("{within}/new_place"));
    assert_exporters_name_every_field(copy.path());
    let list = fs::read_to_string(copy.path().join(within).join("lib.rs"));
    let list = list.expect("the list exists");
    assert!(list.contains("    limesurvey,\n    new_place,\n    odm,\n"), "in alphabetical order");
    let code = fs::read_to_string(copy.path().join(within).join("new_place/mod.rs"));
    let code = code.expect("the module exists");
    assert!(code.contains("Exporter::new(\"new-place\", "), "{code}");
    assert!(code.contains("fn every_key_is_exported_or_declared_lost"), "{code}");
}

#[test]
fn an_unsuitable_name_is_rejected() {
    for name in ["Upper", "two--hyphens", "../up", "", "1st", "trailing-", "um_laut"] {
        let refused = new::lint(Path::new("nowhere"), name).expect_err("the name is rejected");
        assert!(refused.contains("is not a name"), "{refused}");
    }
}
