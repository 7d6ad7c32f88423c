//! Finds packs: folders with a `pack.toml` that are used together with the library.

mod inspect;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use scalewright_check::{Checked, Document, Finding, Levels, MAX_BYTES, Source, read_pack};
use scalewright_model::file::PackFile;
use scalewright_model::text::plain;
use scalewright_model::{Diagnostic, Pointer, Stop};

use crate::files::{Files, Kind, is_file, unread};
use crate::settings::{Refused, Settings, tidy};

pub use inspect::{Contents, inspect};

/// The name of the file that makes a folder a pack.
pub const PACK: &str = "pack.toml";
/// The greatest number of folders that `SCALEWRIGHT_PATH` may name, and of packs that are used together.
const MOST_PACKS: usize = 100;
/// The greatest number of folders in which packs are searched below one entry.
const MOST_FOLDERS: usize = 1_000;

/// A pack that was found and whose `pack.toml` has no errors.
#[derive(Debug, Clone)]
pub struct Pack {
    /// The folder as shown in messages: relative if it was given so.
    pub folder: PathBuf,
    /// The description of the pack, with its programs.
    pub file: PackFile,
    /// The real folder: absolute and without links.
    real: PathBuf,
}

impl Pack {
    /// Reads the pack in `folder`, relative to `cwd`.
    ///
    /// # Errors
    ///
    /// If `pack.toml` cannot be read or has errors.
    pub fn read(files: &dyn Files, cwd: &Path, folder: &Path) -> Result<Self, Box<Refused>> {
        let source = source(files, cwd, folder)?;
        let (file, document, findings) = read_pack(source);
        let real = files.real(&tidy(&cwd.join(folder)));
        match file {
            Some(file) => Ok(Self { folder: folder.to_path_buf(), file, real }),
            None => Err(broken(document, findings)),
        }
    }

    /// Returns the folder with the definitions.
    #[must_use]
    pub fn instruments(&self) -> PathBuf {
        self.folder.join("instruments")
    }

    /// Returns the folder with the wording files.
    #[must_use]
    pub fn wordings(&self) -> PathBuf {
        self.folder.join("wordings")
    }

    /// Returns the folders of the template exporters, each with a `target.toml`, sorted by name.
    ///
    /// # Errors
    ///
    /// If the folder `templates` exists but cannot be read.
    pub fn templates(&self, files: &dyn Files, cwd: &Path) -> Result<Vec<PathBuf>, Stop> {
        let folder = self.folder.join("templates");
        if !files.exists(&cwd.join(&folder)) {
            return Ok(Vec::new());
        }
        let entries = files.entries(&cwd.join(&folder));
        let entries = entries.map_err(|error| unread(&folder, &plain(&error)))?;
        let folders = entries.into_iter().filter(|entry| entry.kind == Kind::Folder);
        Ok(folders.map(|entry| folder.join(entry.name)).collect())
    }

    /// Refuses a path that leads out of the pack through a link.
    pub(crate) fn holds(&self, files: &dyn Files, cwd: &Path, path: &Path) -> Result<(), Stop> {
        match files.real(&cwd.join(path)).starts_with(&self.real) {
            true => Ok(()),
            false => Err(Stop::usage(format!(
                "`{}` is a link that leads out of the pack `{}`",
                path.display(),
                self.file.name
            ))
            .help("replace the link by the file")),
        }
    }
}

/// Reads `pack.toml` in `folder` and returns the result of its check, with the description if it has no errors.
///
/// # Errors
///
/// If the file cannot be read.
pub fn check_pack(
    files: &dyn Files,
    cwd: &Path,
    folder: &Path,
    levels: &Levels,
) -> Result<(Option<PackFile>, Checked), Stop> {
    let source = source(files, cwd, folder)?;
    let (file, document, findings) = read_pack(source);
    let mut found = Vec::new();
    if let Some(file) = &file {
        found = inspect(files, cwd, folder, file)?.diagnostics;
    }
    let placed = scalewright_check::locate(found, 0, &document);
    let findings = findings.into_iter().chain(placed).collect();
    Ok((file, Checked::of_file(document, findings, levels)))
}

fn source(files: &dyn Files, cwd: &Path, folder: &Path) -> Result<Source, Stop> {
    let path = folder.join(PACK);
    if !is_file(files, &cwd.join(&path), &path)? {
        return Err(Stop::usage(format!("`{}` is not a pack: it has no `{PACK}`", shown(folder)))
            .help("name the folder of a pack, or create one: `scalewright pack new my-pack`"));
    }
    // The extra byte lets `read_pack` notice that the file is too large.
    let bytes = files.read(&cwd.join(&path), MAX_BYTES + 1);
    let bytes = bytes.map_err(|error| unread(&path, &plain(&error)))?;
    Ok(Source { name: path.display().to_string(), bytes })
}

fn broken(document: Document, findings: Vec<Finding>) -> Box<Refused> {
    let stop = Stop::usage(format!("the pack in `{}` cannot be used", document.name))
        .help("nothing was done: correct the file first, or remove the pack from the path");
    Box::new(Refused { findings, documents: vec![document], stop })
}

/// Finds the packs that the settings name, then those of `path`, which has the form of `PATH`. Empty entries of `path`
/// are ignored. A folder that is found twice counts once.
///
/// # Errors
///
/// If an entry does not exist or contains no pack, a pack has errors, or two packs have the same name.
pub fn packs(
    files: &dyn Files,
    cwd: &Path,
    settings: &Settings,
    path: Option<&OsString>,
) -> Result<Vec<Pack>, Box<Refused>> {
    let mut packs = Vec::new();
    for (index, entry) in settings.packs(cwd).into_iter().enumerate() {
        let folders = folders(files, cwd, &entry).map_err(|stop| {
            let place = Pointer::top("packs").key("paths").index(index);
            let wrong = Diagnostic::error("no-pack", stop.message).at(place, "");
            settings.refuse(vec![stop.help.into_iter().fold(wrong, Diagnostic::help)])
        })?;
        add(files, cwd, folders, &mut packs)?;
    }
    let entries = path.map(|path| std::env::split_paths(path).take(MOST_PACKS + 1));
    let entries: Vec<PathBuf> = entries.into_iter().flatten().collect();
    if entries.len() > MOST_PACKS {
        let message = format!("`SCALEWRIGHT_PATH` names more than {MOST_PACKS} folders");
        return Err(Stop::usage(message).help("name a folder that contains the packs").into());
    }
    for entry in entries.iter().filter(|entry| !entry.as_os_str().is_empty()) {
        let folders = folders(files, cwd, entry).map_err(|mut stop| {
            stop.message = format!("in `SCALEWRIGHT_PATH`: {}", stop.message);
            stop
        })?;
        add(files, cwd, folders, &mut packs)?;
    }
    Ok(packs)
}

fn add(
    files: &dyn Files,
    cwd: &Path,
    folders: Vec<PathBuf>,
    packs: &mut Vec<Pack>,
) -> Result<(), Box<Refused>> {
    for folder in folders {
        let real = files.real(&tidy(&cwd.join(&folder)));
        if packs.iter().any(|pack| pack.real == real) {
            continue;
        }
        let pack = Pack::read(files, cwd, &folder)?;
        if let Some(other) = packs.iter().find(|other| other.file.name == pack.file.name) {
            let message = format!(
                "two packs are named `{}`: `{}` and `{}`",
                pack.file.name,
                shown(&other.folder),
                shown(&folder)
            );
            return Err(Stop::usage(message).help("use one of them, or rename one").into());
        }
        packs.push(pack);
        if packs.len() > MOST_PACKS {
            let message = format!("more than {MOST_PACKS} packs were found");
            return Err(Stop::usage(message).help("name fewer folders").into());
        }
    }
    Ok(())
}

/// Returns the packs that an entry names: itself, or its direct subfolders with a `pack.toml`.
fn folders(files: &dyn Files, cwd: &Path, entry: &Path) -> Result<Vec<PathBuf>, Stop> {
    let whole = cwd.join(entry);
    if files.exists(&whole.join(PACK)) {
        return Ok(vec![entry.to_path_buf()]);
    }
    if !files.exists(&whole) {
        return Err(Stop::usage(format!("the folder `{}` does not exist", shown(entry)))
            .help("name the folder of a pack, or a folder that contains packs"));
    }
    let entries = files.entries(&whole).map_err(|error| unread(entry, &plain(&error)))?;
    let inner = entries.into_iter().filter(|inner| inner.kind == Kind::Folder);
    let inner: Vec<PathBuf> = inner.map(|inner| entry.join(inner.name)).collect();
    if inner.len() > MOST_FOLDERS {
        let message = format!("`{}` contains more than {MOST_FOLDERS} folders", shown(entry));
        return Err(Stop::usage(message).help("name the folders of the packs themselves"));
    }
    let is_pack = |folder: &PathBuf| files.exists(&cwd.join(folder).join(PACK));
    let found: Vec<PathBuf> = inner.into_iter().filter(is_pack).collect();
    if found.is_empty() {
        return Err(Stop::usage(format!("there is no pack in `{}`", shown(entry)))
            .help(format!("a pack is a folder with a file `{PACK}`")));
    }
    Ok(found)
}

fn shown(folder: &Path) -> String {
    match folder.as_os_str().is_empty() {
        true => ".".to_owned(),
        false => folder.display().to_string(),
    }
}
