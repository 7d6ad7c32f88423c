//! The plug-ins in `tests/plugins`, on all instruments of the library, and those that `scalewright plugin new` writes.

mod examples;
mod importers;
mod new;
mod trust;

use std::path::{Path, PathBuf};

use crate::support::{CORPUS_MINIMUM, Run, root, run};

/// The most lines of an example: less than this.
const MOST_LINES: usize = 80;
/// The most lines of a program that `scalewright plugin new` writes: less than this.
const MOST_LINES_OF_A_START: usize = 60;

/// The folder of the examples, whose settings name them.
fn examples() -> PathBuf {
    root().join("tests/plugins")
}

/// The folders of the library's instruments.
fn library() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join("instruments")).expect("the library exists");
    let folders = entries.flatten().map(|entry| entry.path());
    let mut folders: Vec<PathBuf> =
        folders.filter(|folder| folder.join("instrument.toml").is_file()).collect();
    folders.sort();
    assert!(folders.len() >= CORPUS_MINIMUM, "the library has instruments");
    folders
}

/// Exports all instruments with the settings of the examples.
fn export_all(targets: &str, out: &Path, more: &[&str]) -> Run {
    let folders: Vec<String> = library().iter().map(|path| path.display().to_string()).collect();
    let wording = root().join("tests/fixtures/wording").display().to_string();
    let out = out.display().to_string();
    let mut args = vec!["export", "--to", targets, "--out", &out, "--wording", &wording];
    args.extend(["--accept-recalled-keys", "--trust-plugins"]);
    args.extend(more);
    args.extend(folders.iter().map(String::as_str));
    run(&args, &examples())
}

/// Returns the number of lines of a file.
fn lines(path: &Path) -> usize {
    let text = std::fs::read_to_string(path);
    text.unwrap_or_else(|error| panic!("{}: {error}", path.display())).lines().count()
}
