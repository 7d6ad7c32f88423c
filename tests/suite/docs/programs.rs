//! Programs that pages run besides `scalewright`: those that authors of plug-ins have.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};

/// The programs that a page may run.
const PROGRAMS: &[&str] = &["jq", "python3"];

/// Whether a page may run the program.
pub(super) fn is_known(program: &str) -> bool {
    PROGRAMS.contains(&program)
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
    let done = Command::new(&words[0]).args(&words[1..]).current_dir(folder).stdin(input).output();
    let done = done
        .unwrap_or_else(|e| panic!("`{}` cannot be run: {e}; run tests/oracles/setup", words[0]));
    let text = [done.stdout, done.stderr].concat();
    let code = done.status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(u8::MAX);
    (code, String::from_utf8(text).expect("the program prints UTF-8"))
}
