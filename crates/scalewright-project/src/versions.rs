//! Pairs two versions of a library: definitions by id, and settings.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use scalewright_check::compare::settings;
use scalewright_check::{Checked, MAX_BYTES, Source};
use scalewright_model::Stop;

use crate::files::Files;
use crate::revisions::{SettingsFiles, is_revision};
use crate::settings::SETTINGS;
use crate::{Disk, Found, Library};

/// One of the two versions: where its files are, and the prefix of their names in messages.
pub struct Side<'a> {
    /// The library of the version.
    pub library: &'a Library<'a>,
    /// The revision; `None` for the files on disk.
    pub revision: Option<&'a str>,
}

/// The old and the new definition of each id.
pub type VersionPairs = BTreeMap<String, (Option<Found>, Option<Found>)>;

/// An old revision, and a new one. Without a new one, the old one is compared with the files on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revisions {
    /// The old revision.
    pub old: String,
    /// The new revision.
    pub new: Option<String>,
}

impl Revisions {
    /// Parses `OLD`, `OLD..NEW`, `OLD..` or `..NEW`. As in git, an omitted side of `..` is `HEAD`.
    ///
    /// # Errors
    ///
    /// If a name cannot be that of a revision.
    pub fn parse(range: &str) -> Result<Self, Stop> {
        if range.contains("...") {
            return Err(Stop::usage(format!("`{range}` has three dots")).help(
                "write two dots: `OLD..NEW` compares the revision before them with the one after",
            ));
        }
        let named = |name: &str| match name {
            "" => "HEAD".to_owned(),
            name => name.to_owned(),
        };
        let revisions = match range.split_once("..") {
            Some((old, new)) => Self { old: named(old), new: Some(named(new)) },
            None => Self { old: range.to_owned(), new: None },
        };
        for name in std::iter::once(&revisions.old).chain(&revisions.new) {
            if !is_revision(name) {
                return Err(Stop::usage(format!("`{name}` is not the name of a git revision"))
                    .help("name a commit, a branch or a tag"));
            }
        }
        Ok(revisions)
    }
}

impl Side<'_> {
    fn id(&self, found: &Found) -> String {
        self.library.id(found).unwrap_or_else(|| found.path.display().to_string())
    }

    fn by_id(&self, found: Vec<Found>) -> Result<BTreeMap<String, Found>, Stop> {
        let mut definitions: BTreeMap<String, Found> = BTreeMap::new();
        for found in found {
            let (id, path) = (self.id(&found), found.path.display().to_string());
            if let Some(other) = definitions.insert(id.clone(), found) {
                let message = format!(
                    "`{id}` is defined twice: in `{}` and in `{path}`",
                    other.path.display()
                );
                return Err(Stop::usage(message).help("name one of them on each side"));
            }
        }
        Ok(definitions)
    }

    /// Checks the definition and its other files. The names of its documents begin with the revision.
    ///
    /// # Errors
    ///
    /// If a file cannot be read.
    pub fn checked(&self, found: &Found) -> Result<Checked, Stop> {
        let mut checked = self.library.check_anywhere(found)?;
        if let Some(revision) = self.revision {
            for document in &mut checked.documents {
                document.name = format!("{revision}:{}", document.name);
            }
        }
        Ok(checked)
    }
}

/// Pairs the definitions: if each side has only one, these two, whatever their ids; otherwise those with the same id.
///
/// # Errors
///
/// If two definitions on one side have the same id.
pub fn pairs(
    old: &Side<'_>,
    new: &Side<'_>,
    mut before: Vec<Found>,
    mut after: Vec<Found>,
) -> Result<VersionPairs, Stop> {
    if let ([_], [_]) = (before.as_slice(), after.as_slice()) {
        let (before, after) = (before.pop(), after.pop());
        let id = after.as_ref().map(|found| new.id(found)).unwrap_or_default();
        return Ok(VersionPairs::from([(id, (before, after))]));
    }
    let mut pairs = VersionPairs::new();
    for (id, found) in old.by_id(before)? {
        pairs.entry(id).or_default().0 = Some(found);
    }
    for (id, found) in new.by_id(after)? {
        pairs.entry(id).or_default().1 = Some(found);
    }
    Ok(pairs)
}

/// Returns warnings about the settings that differ, file by file.
#[must_use]
pub fn changed_settings(mut old: SettingsFiles, mut new: SettingsFiles) -> Vec<Checked> {
    let paths: BTreeSet<_> = old.keys().chain(new.keys()).cloned().collect();
    paths.into_iter().filter_map(|path| settings(old.remove(&path), new.remove(&path))).collect()
}

/// Returns warnings about the settings that differ in two folders: in `scalewright.toml` in each folder or, for a folder
/// of definitions, beside it.
#[must_use]
pub fn settings_of_folders(cwd: &Path, old: &Path, new: &Path) -> Vec<Checked> {
    if !Disk.is_folder(&cwd.join(old)) || !Disk.is_folder(&cwd.join(new)) {
        return Vec::new();
    }
    let both = [old, new].map(|folder| {
        let own = folder.join(SETTINGS);
        match Disk.exists(&cwd.join(&own)) {
            true => own,
            false => folder.parent().unwrap_or(folder).join(SETTINGS),
        }
    });
    let [old, new] = &both;
    if Disk.real(&cwd.join(old)) == Disk.real(&cwd.join(new)) {
        return Vec::new();
    }
    let read = |path: &Path| {
        let bytes = Disk.read(&cwd.join(path), MAX_BYTES).ok()?;
        Some(Source { name: path.display().to_string(), bytes })
    };
    settings(read(old), read(new)).into_iter().collect()
}
