//! `cargo xtask new`: the files of a lint, an exporter or an instrument, and its lines in existing files.
//!
//! The texts are in `xtask/templates/`. The crates compile the templates of Rust code in their unit tests, so that a
//! template cannot go stale. What is written compiles and passes the tidy tests; one test fails and says what to
//! write next.

use std::fs;
use std::path::Path;

use crate::list;

/// What was written, one line each: a path, or a path and the line that was added to it.
pub type Written = Result<Vec<String>, String>;

/// New files and lines, with a stand-in for the name: in `new-lint` and `new_lint` for `item-on-no-scale`.
struct Scaffold {
    /// The stand-in, as the name is written in texts.
    stand_in: &'static str,
    /// Paths from the root of the workspace, and texts.
    files: &'static [(&'static str, &'static str)],
    /// A file, how the lines begin among which the new line is sorted, and the new line.
    lines: &'static [(&'static str, &'static str, &'static str)],
}

const LINTS: &str = "crates/scalewright-check/src/lints.rs";

const LINT: Scaffold = Scaffold {
    stand_in: "new-lint",
    files: &[
        (
            "crates/scalewright-check/src/lints/new_lint.rs",
            include_str!("../templates/lint/new_lint.rs"),
        ),
        (
            "crates/scalewright-check/src/lints/new_lint.md",
            include_str!("../templates/lint/new_lint.md"),
        ),
        ("tests/lints/new-lint/fires.toml", include_str!("../templates/lint/fires.toml")),
        ("tests/lints/new-lint/quiet.toml", include_str!("../templates/lint/quiet.toml")),
    ],
    lines: &[(LINTS, "mod ", "mod new_lint;"), (LINTS, "    &", "    &new_lint::LINT,")],
};

/// Writes the files of a lint, and its lines in `lints.rs`.
///
/// # Errors
///
/// The name is not one that a lint can have, a file exists, or a file cannot be read or written.
pub fn lint(root: &Path, name: &str) -> Written {
    LINT.write(root, name)
}

/// Writes the folder of an instrument with `scalewright new`, and the list of the library again. `scalewright` runs
/// the program with arguments in `root`, and answers what it prints.
///
/// # Errors
///
/// The program refuses the name, or a file cannot be read or written.
pub fn instrument(
    root: &Path,
    name: &str,
    scalewright: &dyn Fn(&[&str]) -> Result<String, String>,
) -> Written {
    // The lint `placeholder-left` finds the title, so that the test of the library fails until it is written.
    let made = scalewright(&["new", name, "--title", "TODO: the name in full"])?;
    list::write_list(root, &scalewright(&["list", "--format", "csv"])?)?;
    let list = format!("{}: its row", list::PAGE);
    Ok(made.lines().map(str::to_owned).chain([list]).collect())
}

impl Scaffold {
    fn write(&self, root: &Path, name: &str) -> Written {
        let named = self.naming(name)?;
        let paths: Vec<String> = self.files.iter().map(|(path, _)| named(path)).collect();
        if let Some(path) = paths.iter().find(|path| root.join(path).exists()) {
            return Err(format!("{path} exists already"));
        }
        let mut written = Vec::new();
        for (path, (_, text)) in paths.into_iter().zip(self.files) {
            create(&root.join(&path), &named(text))?;
            written.push(path);
        }
        for (path, start, line) in self.lines {
            insert(&root.join(path), start, &named(line))?;
            written.push(format!("{path}: {}", named(line).trim()));
        }
        Ok(written)
    }

    /// Puts a name in place of the stand-in, also as the name of a module.
    fn naming<'a>(&self, name: &'a str) -> Result<impl Fn(&str) -> String + use<'a>, String> {
        let module = module_of(name)?;
        let stand_in = self.stand_in;
        Ok(move |text: &str| {
            text.replace(stand_in, name).replace(&stand_in.replace('-', "_"), &module)
        })
    }
}

fn module_of(name: &str) -> Result<String, String> {
    let word = |word: &str| {
        !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    if name.starts_with(|c: char| c.is_ascii_lowercase()) && name.split('-').all(word) {
        return Ok(name.replace('-', "_"));
    }
    Err(format!("`{name}` is not a name: write lower-case words joined by hyphens"))
}

fn create(path: &Path, text: &str) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    write(path, text)
}

pub(crate) fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

pub(crate) fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

/// Sorts `line` into the first run of lines that begin with `start`.
fn insert(path: &Path, start: &str, line: &str) -> Result<(), String> {
    let text = read(path)?;
    let mut lines: Vec<&str> = text.lines().collect();
    let first = lines.iter().position(|other| other.starts_with(start));
    let first =
        first.ok_or_else(|| format!("{}: no line begins with `{start}`", path.display()))?;
    let run = lines[first..].iter().take_while(|other| other.starts_with(start)).count();
    let before = lines[first..first + run].iter().filter(|other| **other < line).count();
    lines.insert(first + before, line);
    write(path, &format!("{}\n", lines.join("\n")))
}
