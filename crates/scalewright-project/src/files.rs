//! The few file operations that a project needs, and their implementation for this machine's disk.

use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use scalewright_model::Stop;
use scalewright_model::text::plain;

/// Files in folders: a disk, the buffers of an editor on top of a disk, or texts in memory. All paths are absolute.
pub trait Files {
    /// Returns what is at `path`. Links are followed.
    ///
    /// # Errors
    ///
    /// If an entry with that name exists but cannot be examined, such as a broken link.
    fn look(&self, path: &Path) -> io::Result<At>;

    /// Whether an entry with that name exists. A broken link counts too.
    fn exists(&self, path: &Path) -> bool;

    /// Whether `path` is a link.
    fn is_link(&self, _path: &Path) -> bool {
        false
    }

    /// Returns the entries of `folder`, sorted by name.
    ///
    /// # Errors
    ///
    /// If `folder` is not a folder or cannot be read.
    fn entries(&self, folder: &Path) -> io::Result<Vec<Entry>>;

    /// Returns the first `most` bytes of the file at `path`.
    ///
    /// # Errors
    ///
    /// If the file does not exist or cannot be read. A named pipe is refused, because opening it blocks until another
    /// program writes to it.
    fn read(&self, path: &Path, most: usize) -> io::Result<Vec<u8>>;

    /// Returns `path` without links, so that two ways to one place are equal; `path` itself if there are no links.
    fn real(&self, path: &Path) -> PathBuf {
        path.to_path_buf()
    }

    /// Whether `path` is a folder.
    fn is_folder(&self, path: &Path) -> bool {
        matches!(self.look(path), Ok(At::Folder))
    }
}

/// What is at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// Nothing.
    Nothing,
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A pipe, a device or a socket.
    Other,
}

/// An entry of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name, without the folder.
    pub name: OsString,
    /// Its kind.
    pub kind: Kind,
}

/// The kind of an entry. A link to a file counts as the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A link to a folder. Such links are not followed, because they can form a cycle.
    LinkedFolder,
    /// A link to something that does not exist or cannot be examined.
    BrokenLink,
    /// A pipe, a device or a socket.
    NoFile,
}

/// The disk of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct Disk;

impl Files for Disk {
    fn look(&self, path: &Path) -> io::Result<At> {
        let is_absent = |error: &io::Error| {
            // `NotADirectory`: part of the path is a file, so nothing can be below it.
            matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
        };
        match fs::metadata(path) {
            Ok(about) if about.is_file() => Ok(At::File),
            Ok(about) if about.is_dir() => Ok(At::Folder),
            Ok(_) => Ok(At::Other),
            // The target of a broken link is also `NotFound`: only the link's own metadata shows that it exists.
            Err(error) if is_absent(&error) && !self.exists(path) => Ok(At::Nothing),
            Err(error) => Err(error),
        }
    }

    fn exists(&self, path: &Path) -> bool {
        fs::symlink_metadata(path).is_ok()
    }

    fn is_link(&self, path: &Path) -> bool {
        fs::symlink_metadata(path).is_ok_and(|about| about.file_type().is_symlink())
    }

    fn real(&self, path: &Path) -> PathBuf {
        fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
    }

    fn entries(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            // `file_type` describes a link itself, so that links to folders can be recognised.
            let kind = match entry.file_type()? {
                kind if kind.is_file() => Kind::File,
                kind if kind.is_dir() => Kind::Folder,
                kind if kind.is_symlink() => match fs::metadata(entry.path()) {
                    Ok(about) if about.is_file() => Kind::File,
                    Ok(about) if about.is_dir() => Kind::LinkedFolder,
                    Ok(_) => Kind::NoFile,
                    Err(_) => Kind::BrokenLink,
                },
                _ => Kind::NoFile,
            };
            entries.push(Entry { name: entry.file_name(), kind });
        }
        entries.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(entries)
    }

    fn read(&self, path: &Path, most: usize) -> io::Result<Vec<u8>> {
        let about = fs::metadata(path)?;
        // Some systems open a folder without an error, and only reading it fails, with a message that is hard to
        // understand.
        if about.is_dir() {
            return Err(io::Error::other("it is a folder"));
        }
        // A pipe that is open already, such as the one of `<(command)`, has a writer and does not block.
        if is_pipe(&about) && !is_descriptor(path) {
            return Err(io::Error::other("it is a pipe, not a file"));
        }
        let mut bytes = Vec::new();
        fs::File::open(path)?.take(most as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// Whether `path` is a file. Messages name it `shown`.
pub(crate) fn is_file(files: &dyn Files, path: &Path, shown: &Path) -> Result<bool, Stop> {
    match files.look(path) {
        Ok(At::File) => Ok(true),
        Ok(At::Nothing) => Ok(false),
        Ok(At::Folder | At::Other) => Err(unread(shown, "it is not a file")),
        Err(error) => Err(unread(shown, &plain(&error))),
    }
}

/// The error for a path that cannot be read. The message names it `shown`.
#[must_use]
pub fn unread(shown: &Path, why: &str) -> Stop {
    Stop::usage(format!("cannot read `{}`: {why}", shown.display()))
}

#[cfg(unix)]
fn is_pipe(about: &fs::Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&about.file_type())
}

#[cfg(not(unix))]
fn is_pipe(_: &fs::Metadata) -> bool {
    false
}

/// Whether a path names a file descriptor that is already open, as a shell's `<(command)` does.
#[must_use]
pub fn is_descriptor(path: &Path) -> bool {
    let names = ["/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/fd", "/proc/self/fd"];
    cfg!(unix) && names.iter().any(|name| path.starts_with(name))
}
