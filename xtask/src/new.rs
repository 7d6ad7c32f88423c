//! `cargo xtask new`: writes the files of a lint, an exporter or an instrument, and adds its lines to existing files.
//!
//! The templates are in `xtask/templates/`. The crates compile those of Rust code in their unit tests, so that they
//! cannot become outdated. The new files compile and pass the tidy tests. One test fails, and its message states what
//! to write next.

use std::fs;
use std::path::Path;

use crate::list;

/// One entry for each change: the path of a new file, or the path of an existing file and the line that was added.
pub type Changes = Result<Vec<String>, String>;

/// The files and lines of something new, with a placeholder for its name, such as `new-lint` and `new_lint`.
struct Scaffold {
    /// The placeholder with hyphens.
    placeholder: &'static str,
    /// The paths relative to the root of the workspace, with the texts.
    files: &'static [(&'static str, &'static str)],
    lines: &'static [AddedLine],
}

/// A line that is sorted into an existing file.
struct AddedLine {
    file: &'static str,
    /// The beginning of the lines among which it is sorted: the first run of such lines after the line `after`.
    among: &'static str,
    after: Option<&'static str>,
    text: &'static str,
}

const LINTS: &str = "crates/scalewright-check/src/lints.rs";

const LINT: Scaffold = Scaffold {
    placeholder: "new-lint",
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
        AddedLine { file: LINTS, among: "mod ", after: None, text: "mod new_lint;" },
        AddedLine { file: LINTS, among: "    &", after: None, text: "    &new_lint::LINT," },
    ],
};

/// A folder and one line in the registry.
const EXPORTER: Scaffold = Scaffold {
    placeholder: "new-platform",
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
    lines: &[AddedLine {
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
/// If the name is not allowed for a lint, a file already exists, or a file cannot be read or written.
pub fn lint(root: &Path, name: &str) -> Changes {
    LINT.write(root, name)
}

/// Writes the folder of a platform, and its line in the registry.
///
/// # Errors
///
/// As for [`lint`].
pub fn exporter(root: &Path, name: &str) -> Changes {
    EXPORTER.write(root, name)
}

/// Writes the folder of an instrument with `scalewright new`, and updates the list of the library. `scalewright` runs
/// the program with the given arguments in `root`, and returns its output.
///
/// # Errors
///
/// If the program refuses the name, or a file cannot be read or written.
pub fn instrument(
    root: &Path,
    name: &str,
    scalewright: &dyn Fn(&[&str]) -> Result<String, String>,
) -> Changes {
    // The lint `placeholder-left` finds the title, so that the test of the library fails until it is written.
    let made = scalewright(&["new", name, "--title", "TODO: the name in full"])?;
    list::write_list(root, &scalewright(&["list", "--format", "csv"])?)?;
    let list = format!("{}: its row", list::PAGE);
    Ok(made.lines().map(str::to_owned).chain([list]).collect())
}

impl Scaffold {
    fn write(&self, root: &Path, name: &str) -> Changes {
        let named = self.naming(name)?;
        let paths: Vec<String> = self.files.iter().map(|(path, _)| named(path)).collect();
        // Before any file is written, so that a refusal leaves nothing behind.
        if let Some(path) = paths.iter().find(|path| root.join(path).exists()) {
            return Err(format!("{path} already exists"));
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

    /// Returns a function that replaces the placeholder by a name, and its form with underscores by the module name.
    fn naming<'a>(&self, name: &'a str) -> Result<impl Fn(&str) -> String + use<'a>, String> {
        let module = module_of(name)?;
        let placeholder = self.placeholder;
        Ok(move |text: &str| {
            text.replace(placeholder, name).replace(&placeholder.replace('-', "_"), &module)
        })
    }
}

impl AddedLine {
    /// Inserts `text` in order among the lines of the file that begin with `among`.
    fn insert(&self, root: &Path, text: &str) -> Result<(), String> {
        let path = root.join(self.file);
        let whole = read(&path)?;
        let mut lines: Vec<&str> = whole.lines().collect();
        let is_after = |line: &&str| self.after == Some(line);
        let from = self.after.map_or(Some(0), |_| lines.iter().position(is_after));
        let from = from.ok_or_else(|| format!("{} has no line {:?}", self.file, self.after))?;
        let is_alike = |line: &&str| line.starts_with(self.among);
        let first = lines[from..].iter().position(is_alike);
        let first = first
            .ok_or_else(|| format!("{}: no line begins with `{}`", self.file, self.among))?
            + from;
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
