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
    lines: &'static [Line],
}

/// A line that is sorted into an existing file.
struct Line {
    file: &'static str,
    /// How the lines begin among which it is sorted: the first that do after the line `after`.
    among: &'static str,
    after: Option<&'static str>,
    text: &'static str,
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
    lines: &[
        Line { file: LINTS, among: "mod ", after: None, text: "mod new_lint;" },
        Line { file: LINTS, among: "    &", after: None, text: "    &new_lint::LINT," },
    ],
};

/// A folder, and one line in the registry.
const EXPORTER: Scaffold = Scaffold {
    stand_in: "new-platform",
    files: &[
        (
            "crates/scalewright-export/src/new_platform/mod.rs",
            concat!(
                include_str!("../templates/exporter/new_platform/mod.rs"),
                include_str!("../templates/exporter/new_platform/placeholder.txt")
            ),
        ),
        (
            "crates/scalewright-export/src/new_platform/options.rs",
            include_str!("../templates/exporter/new_platform/options.rs"),
        ),
        (
            "crates/scalewright-export/src/new_platform/losses.rs",
            include_str!("../templates/exporter/new_platform/losses.rs"),
        ),
        (
            "crates/scalewright-export/src/new_platform/keys.rs",
            include_str!("../templates/exporter/new_platform/keys.rs"),
        ),
    ],
    lines: &[Line {
        file: "crates/scalewright-export/src/lib.rs",
        among: "    ",
        after: Some("platforms! {"),
        text: "    new_platform,",
    }],
};

/// Writes the files of a lint, and its lines in `lints.rs`.
///
/// # Errors
///
/// The name is not one that a lint can have, a file exists, or a file cannot be read or written.
pub fn lint(root: &Path, name: &str) -> Written {
    LINT.write(root, name)
}

/// Writes the folder of a platform, and its line in the registry.
///
/// # Errors
///
/// As for [`lint`].
pub fn exporter(root: &Path, name: &str) -> Written {
    EXPORTER.write(root, name)
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
        for line in self.lines {
            line.insert(root, &named(line.text))?;
            written.push(format!("{}: {}", line.file, named(line.text).trim()));
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

impl Line {
    /// Sorts `text` into the lines of the file that begin alike.
    fn insert(&self, root: &Path, text: &str) -> Result<(), String> {
        let path = root.join(self.file);
        let whole = read(&path)?;
        let mut lines: Vec<&str> = whole.lines().collect();
        let is_after = |line: &&str| self.after == Some(line);
        let from = self.after.map_or(Some(0), |_| lines.iter().position(is_after));
        let from = from.ok_or_else(|| format!("{} has no `{:?}`", self.file, self.after))?;
        let is_alike = |line: &&str| line.starts_with(self.among);
        let first = lines[from..].iter().position(is_alike);
        let first = first.ok_or_else(|| format!("{}: no line begins alike", self.file))? + from;
        let run = lines[first..].iter().copied().take_while(is_alike).count();
        let before = lines[first..first + run].iter().filter(|other| **other < text).count();
        lines.insert(first + before, text);
        write(&path, &format!("{}\n", lines.join("\n")))
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
