//! Shared test code: loading definitions, running the program.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use scalewright_check::{Checked, Input, Source, check};
use scalewright_export::TARGETS;

/// The minimum number of instruments of the library. A search that finds fewer is wrong.
pub(crate) const CORPUS_MINIMUM: usize = 5;

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    root.canonicalize().expect("the repository exists")
}

fn source(path: &Path) -> Source {
    let bytes = std::fs::read(path).expect("the file is in the repository");
    Source { name: path.display().to_string(), bytes }
}

fn tomls(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.retain(|path| {
        let name = path.file_name().expect("an entry has a name").to_string_lossy();
        name.ends_with(".toml") && name != "instrument.toml" && name != "cases.toml"
    });
    paths.sort();
    paths
}

/// Loads an instrument of the library or a fixture, with substitute wording if its own is withheld.
pub(crate) fn load(folder: &Path) -> Checked {
    let name = folder.file_name().expect("a folder has a name").to_string_lossy().into_owned();
    let supplied = tomls(&root().join("tests/fixtures/wording").join(&name));
    let checked = check(Input {
        beside: tomls(folder).iter().map(|path| source(path)).collect(),
        supplied: supplied.iter().map(|path| source(path)).collect(),
        targets: TARGETS,
        ..Input::alone(source(&folder.join("instrument.toml")))
    });
    let errors: Vec<&str> = checked
        .findings
        .iter()
        .filter(|finding| finding.is_error())
        .map(|finding| finding.message.as_str())
        .collect();
    assert!(errors.is_empty(), "{name}: {errors:?}");
    checked
}

/// The result of a run of the program.
pub(crate) struct Run {
    /// The exit code.
    pub(crate) code: u8,
    /// Standard output, without styles.
    pub(crate) out: String,
    /// Standard error, without styles.
    pub(crate) err: String,
}

/// Runs the program with `args` in the folder `cwd`.
pub(crate) fn run(args: &[&str], cwd: &Path) -> Run {
    run_with_input(args, cwd, Vec::new())
}

/// Like [`run`], with `input` on standard input.
pub(crate) fn run_with_input(args: &[&str], cwd: &Path, input: Vec<u8>) -> Run {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = std::iter::once("scalewright").chain(args.iter().copied()).map(OsString::from);
    let input = Box::new(std::io::Cursor::new(input));
    let code = scalewright::run_with_input(args, cwd, input, &mut out, &mut err);
    Run { code, out: plain(&out), err: plain(&err) }
}

/// Removes terminal styles from an output. Panics if it contains any other control sequence, whatever the input files
/// contain.
fn plain(bytes: &[u8]) -> String {
    let text = String::from_utf8(bytes.to_vec()).expect("the output is UTF-8");
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(start) = rest.find("\u{1b}[") {
        plain.push_str(&rest[..start]);
        let style = &rest[start + 2..];
        let end = style.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(style.len());
        assert!(style[end..].starts_with('m'), "more than a style reaches the terminal: {style:?}");
        rest = &style[end + 1..];
    }
    plain.push_str(rest);
    let stray = plain.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t'));
    assert_eq!(stray, None, "a control character reaches the terminal: {plain:?}");
    plain
}
