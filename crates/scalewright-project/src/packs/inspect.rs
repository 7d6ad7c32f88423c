//! Examines the folders of a pack: what it contains, and what does not belong there.

use std::path::{Component, Path, PathBuf};

use scalewright_model::file::{PackFile, WordingPolicy};
use scalewright_model::text::plain;
use scalewright_model::{Diagnostic, MOST_FINDINGS, Pointer, Stop};

use crate::files::{At, Entry, Files, Kind, unread};

/// The names at the top of a pack that need no explanation; endings such as `.md` may follow.
const USUAL: [&str; 10] = [
    "README",
    "LICENSE",
    "LICENCE",
    "CHANGELOG",
    "CITATION",
    "CONTRIBUTING",
    "NOTICE",
    "docs",
    "schemas",
    "scalewright.toml",
];

/// What a pack contains.
#[derive(Debug, Default)]
pub struct Contents {
    /// The definitions in `instruments/ID`.
    pub instruments: Vec<PathBuf>,
    /// The wording files in `wordings` and in its folders.
    pub wordings: Vec<PathBuf>,
    /// The folders of template exporters.
    pub templates: Vec<PathBuf>,
    /// What is wrong with the folders, at places in `pack.toml`.
    pub diagnostics: Vec<Diagnostic>,
}

/// Examines the pack in `folder`, relative to `cwd`.
///
/// # Errors
///
/// If a folder cannot be read.
pub fn inspect(
    files: &dyn Files,
    cwd: &Path,
    folder: &Path,
    pack: &PackFile,
) -> Result<Contents, Stop> {
    let mut walk = Walk { files, cwd, folder, contents: Contents::default() };
    for Entry { name, kind } in walk.entries(folder)? {
        let path = folder.join(&name);
        let name = name.to_string_lossy();
        match (name.as_ref(), kind) {
            ("instruments", Kind::Folder) => walk.instruments(&path)?,
            ("wordings", Kind::Folder) => walk.wordings(&path, 1)?,
            ("templates", Kind::Folder) => walk.templates(&path)?,
            (super::PACK, Kind::File) => walk.inside(&path),
            // Hidden entries belong to version control and to editors.
            (name, _) if name.starts_with('.') || is_usual(name) || is_named(pack, name) => {}
            _ => walk.unexpected(&path, "it is not part of a pack"),
        }
    }
    if pack.rights.wording == WordingPolicy::Withheld && !walk.contents.wordings.is_empty() {
        let place = Pointer::top("rights").key("wording");
        let message = "the pack withholds its wording, but `wordings` contains wording files";
        walk.contents.diagnostics.push(
            Diagnostic::error("pack-rights", message).at(place, "").help(
                "remove the files, or write `wording = \"included\"` if they may be passed on",
            ),
        );
    }
    walk.contents.diagnostics.truncate(MOST_FINDINGS + 1);
    Ok(walk.contents)
}

/// Whether `name` is usual beside a program: `README.md`, `LICENSES`.
fn is_usual(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name);
    USUAL.iter().any(|usual| *usual == name || *usual == stem)
}

/// Whether a command of the pack names the entry `name`, or something below it.
fn is_named(pack: &PackFile, name: &str) -> bool {
    let exporters = pack.exporters.values().chain(pack.importers.values());
    let programs = pack.lints.values().chain(exporters);
    let mut words = programs.flat_map(|program| &program.command);
    words.any(|word| {
        let mut parts = Path::new(word).components().filter(|part| *part != Component::CurDir);
        parts.next().is_some_and(|first| first.as_os_str() == name)
    })
}

struct Walk<'a> {
    files: &'a dyn Files,
    cwd: &'a Path,
    folder: &'a Path,
    contents: Contents,
}

impl Walk<'_> {
    fn entries(&self, folder: &Path) -> Result<Vec<Entry>, Stop> {
        let entries = self.files.entries(&self.cwd.join(folder));
        let mut entries = entries.map_err(|error| unread(folder, &plain(&error)))?;
        entries.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(entries)
    }

    fn is_file(&self, path: &Path) -> bool {
        matches!(self.files.look(&self.cwd.join(path)), Ok(At::File))
    }

    fn instruments(&mut self, folder: &Path) -> Result<(), Stop> {
        for Entry { name, kind } in self.entries(folder)? {
            let path = folder.join(&name);
            let definition = path.join("instrument.toml");
            match kind {
                Kind::Folder if self.is_file(&definition) => {
                    self.inside(&definition);
                    self.contents.instruments.push(definition);
                    self.instrument(&path)?;
                }
                Kind::File if is_usual(&name.to_string_lossy()) => {}
                _ => self.unexpected(&path, "it is not a folder with an `instrument.toml`"),
            }
        }
        Ok(())
    }

    /// Examines the folder of an instrument: TOML files, and usual files such as a README.
    fn instrument(&mut self, folder: &Path) -> Result<(), Stop> {
        for Entry { name, kind } in self.entries(folder)? {
            let (path, name) = (folder.join(&name), name.to_string_lossy());
            match kind {
                Kind::File if name.ends_with(".toml") => self.inside(&path),
                Kind::File if is_usual(&name) => {}
                _ => self.unexpected(&path, "it does not belong to the instrument"),
            }
        }
        Ok(())
    }

    /// Gathers wording files in `folder` and in its folders, `depth` levels deep.
    fn wordings(&mut self, folder: &Path, depth: usize) -> Result<(), Stop> {
        for Entry { name, kind } in self.entries(folder)? {
            let (path, name) = (folder.join(&name), name.to_string_lossy());
            match kind {
                Kind::Folder if depth > 0 => self.wordings(&path, depth - 1)?,
                Kind::File if name.ends_with(".toml") && !name.starts_with('.') => {
                    self.inside(&path);
                    self.contents.wordings.push(path);
                }
                Kind::File if is_usual(&name) => {}
                _ => self.unexpected(&path, "it is not a wording file"),
            }
        }
        Ok(())
    }

    fn templates(&mut self, folder: &Path) -> Result<(), Stop> {
        for Entry { name, kind } in self.entries(folder)? {
            let path = folder.join(&name);
            match kind {
                Kind::Folder if self.is_file(&path.join("target.toml")) => {
                    self.inside(&path.join("target.toml"));
                    self.contents.templates.push(path);
                }
                Kind::Folder => {
                    let message = format!("`{}` has no `target.toml`", self.name(&path));
                    self.report(
                        Diagnostic::error("no-target", message),
                        "a template exporter is a folder with a `target.toml`: add it, or remove the folder",
                    );
                }
                Kind::File if is_usual(&name.to_string_lossy()) => {}
                _ => self.unexpected(&path, "it is not a folder with a `target.toml`"),
            }
        }
        Ok(())
    }

    /// Reports a file that is a link out of the pack.
    fn inside(&mut self, path: &Path) {
        let real = |path: &Path| self.files.real(&self.cwd.join(path));
        if !real(path).starts_with(real(self.folder)) {
            let message = format!("`{}` is a link that leads out of the pack", self.name(path));
            self.report(Diagnostic::error("outside-pack", message), "replace the link by the file");
        }
    }

    fn unexpected(&mut self, path: &Path, why: &str) {
        let message = format!("`{}` is not used: {why}", self.name(path));
        self.report(Diagnostic::warning("unexpected-file", message), "remove it, or move it");
    }

    fn report(&mut self, diagnostic: Diagnostic, help: &str) {
        // The finding is about a folder, so it is placed at the name of the pack.
        self.contents.diagnostics.push(diagnostic.at(Pointer::top("name"), "").help(help));
    }

    fn name(&self, path: &Path) -> String {
        path.strip_prefix(self.folder).unwrap_or(path).display().to_string()
    }
}
