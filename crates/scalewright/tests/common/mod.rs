//! A temporary folder with an instrument of two items, in which tests run the program.
#![allow(dead_code, clippy::allow_attributes, reason = "each test program uses only some items")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_scalewright");

const DEFINITION: &str = r#"format = 1
id = "two"
title = "Two"
version = "0.1.0"
status = "development"
language = "en"

[rights]
holder = "nobody"
licence = "CC0-1.0"
wording = "included"

[administration]
respondent = "self"

[response-scales.f]
options = [
  { value = 0, label = "No" },
  { value = 1, label = "A little" },
  { value = 2, label = "Much" },
]

[[items]]
id = "x_1"
stem = "The first one."
response = "f"

[[items]]
id = "x_2"
stem = "The second one."
response = "f"

[[scales]]
id = "sum"
title = "Sum"
items = ["x_1", "x_2"]
score = "sum"
missing = "no-score"
"#;

/// The answers of two respondents.
pub(crate) const ANSWERS: &str = "respondent,x_1,x_2\np1,1,2\np2,0,1\n";

/// Their scores.
pub(crate) const SCORES: &str = "respondent,sum\np1,3\np2,1\n";

/// A folder with `instruments/two` and `answers.csv`.
pub(crate) struct TestFolder(TempDir);

impl TestFolder {
    pub(crate) fn new() -> Self {
        let place = Self(tempfile::tempdir().expect("a temporary folder"));
        place.instrument("instruments/two");
        place.write("answers.csv", ANSWERS);
        place
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn instrument(&self, folder: &str) {
        self.write(&format!("{folder}/instrument.toml"), DEFINITION);
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.at(name);
        fs::create_dir_all(path.parent().expect("a file is in a folder"))
            .expect("it can be created");
        fs::write(path, text).expect("it can be written");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.at(name)).expect("it exists")
    }

    /// Returns the names in the folder, hidden files included.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path()).expect("it exists").flatten();
        let mut names: Vec<String> =
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// Returns a command that runs the program in the folder.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(args).current_dir(self.path()).env_remove("SCALEWRIGHT_LIBRARY");
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("the program is built")
    }

    /// Scores the answers, with further arguments.
    pub(crate) fn score(&self, more: &[&str]) -> Output {
        let mut args = vec!["score", "two", "answers.csv", "--columns", "scores"];
        args.extend(more);
        self.run(&args)
    }
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
