//! Programs that pages run besides `scalewright`: those that authors of plug-ins have, and engines for scoring code.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::root;

/// The programs that a page may run.
const PROGRAMS: &[&str] = &["Rscript", "jq", "node", ENGINES, "python3"];
/// Python with the packages that run scoring code.
const ENGINES: &str = "python";

/// Whether a page may run the program.
pub(super) fn is_known(program: &str) -> bool {
    PROGRAMS.contains(&program)
}

fn path(program: &str) -> PathBuf {
    if program == ENGINES {
        root().join("target/oracles/engines/bin/python")
    } else {
        program.into()
    }
}

/// Runs a program in the page's folder. Returns its exit code, and what it prints. `< FILE` gives it a file to read.
pub(super) fn run(words: &[String], folder: &Path) -> (u8, String) {
    let (words, input) = match words.iter().position(|word| word == "<") {
        None => (words, Stdio::null()),
        Some(at) => {
            let file = folder.join(&words[at + 1]);
            let file = File::open(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
            (&words[..at], Stdio::from(file))
        }
    };
    let mut command = Command::new(path(&words[0]));
    command.args(&words[1..]).current_dir(folder).stdin(input);
    // No port of Spark is open to others, and Java does not compile thoroughly what runs once.
    command.env("SPARK_LOCAL_IP", "127.0.0.1").env("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
    let done = command.output();
    let done = done
        .unwrap_or_else(|e| panic!("`{}` cannot be run: {e}; run tests/oracles/setup", words[0]));
    // Spark logs its progress to standard error.
    let log = if words[0] == ENGINES && done.status.success() { Vec::new() } else { done.stderr };
    let text = [done.stdout, log].concat();
    let code = done.status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(u8::MAX);
    (code, String::from_utf8(text).expect("the program prints UTF-8"))
}
