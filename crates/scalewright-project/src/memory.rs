//! Files in memory: on their own, or on top of other files, like unsaved buffers on top of a disk.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::files::{At, Entry, Files, Kind};

/// Files in memory, by their absolute paths. A folder exists if a file is in it.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Memory {
    /// Puts a file at the absolute path `path` and replaces an existing one.
    pub fn put(&mut self, path: impl Into<PathBuf>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), bytes.into());
    }

    /// Removes a file.
    pub fn remove(&mut self, path: &Path) {
        self.files.remove(path);
    }
}

impl Files for Memory {
    fn look(&self, path: &Path) -> io::Result<At> {
        // `starts_with` compares whole parts of a path: `a/bc` is not in `a/b`.
        let is_folder = || self.files.keys().any(|file| file != path && file.starts_with(path));
        Ok(match self.files.contains_key(path) {
            true => At::File,
            false if is_folder() => At::Folder,
            false => At::Nothing,
        })
    }

    fn exists(&self, path: &Path) -> bool {
        !matches!(self.look(path), Ok(At::Nothing))
    }

    fn entries(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        if !self.is_folder(folder) {
            return Err(ErrorKind::NotFound.into());
        }
        let mut entries: BTreeMap<OsString, Kind> = BTreeMap::new();
        for inside in self.files.keys().filter_map(|file| file.strip_prefix(folder).ok()) {
            let mut parts = inside.components();
            let Some(first) = parts.next() else { continue };
            let kind = if parts.next().is_none() { Kind::File } else { Kind::Folder };
            entries.insert(first.as_os_str().to_owned(), kind);
        }
        Ok(entries.into_iter().map(|(name, kind)| Entry { name, kind }).collect())
    }

    fn read(&self, path: &Path, most: usize) -> io::Result<Vec<u8>> {
        let bytes = self.files.get(path).ok_or(ErrorKind::NotFound)?;
        Ok(bytes[..bytes.len().min(most)].to_vec())
    }
}

/// Files in memory on top of other files: if both have a file, the one in memory is used.
#[derive(Debug, Clone, Default)]
pub struct Overlay<F> {
    /// The upper files, such as unsaved buffers.
    pub above: Memory,
    /// The lower files, such as a disk.
    pub below: F,
}

impl<F: Files> Files for Overlay<F> {
    fn look(&self, path: &Path) -> io::Result<At> {
        match self.above.look(path)? {
            At::Nothing => self.below.look(path),
            there => Ok(there),
        }
    }

    fn exists(&self, path: &Path) -> bool {
        self.above.exists(path) || self.below.exists(path)
    }

    fn is_link(&self, path: &Path) -> bool {
        // A file in memory replaces a link below it.
        !self.above.files.contains_key(path) && self.below.is_link(path)
    }

    fn real(&self, path: &Path) -> PathBuf {
        self.below.real(path)
    }

    fn entries(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let above = match self.above.is_folder(folder) {
            true => self.above.entries(folder)?,
            false => return self.below.entries(folder),
        };
        let named: BTreeSet<&OsString> = above.iter().map(|entry| &entry.name).collect();
        // A folder may exist only in memory, for a new file that was never saved.
        let below = match self.below.is_folder(folder) {
            true => self.below.entries(folder)?,
            false => Vec::new(),
        };
        let mut entries: Vec<Entry> =
            // A name in both is listed once, with the kind that it has in memory.
            below.into_iter().filter(|entry| !named.contains(&entry.name)).collect();
        entries.extend(above);
        entries.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(entries)
    }

    fn read(&self, path: &Path, most: usize) -> io::Result<Vec<u8>> {
        match self.above.files.contains_key(path) {
            true => self.above.read(path, most),
            false => self.below.read(path, most),
        }
    }
}
