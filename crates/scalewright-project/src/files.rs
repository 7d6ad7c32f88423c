//! Files, as little of them as a project needs, and the disk of this machine.

use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use scalewright_model::Stop;
use scalewright_model::text::plain;

/// Files in folders: a disk, the buffers of an editor over a disk, or some texts in memory. Paths are whole.
pub trait Files {
    /// What is at `path`, links followed.
    ///
    /// # Errors
    ///
    /// When something has that name and cannot be looked at, such as a link to nothing.
    fn look(&self, path: &Path) -> io::Result<At>;

    /// Whether something has that name, be it a link to nothing.
    fn exists(&self, path: &Path) -> bool;

    /// What is in `folder`, in the order of the names.
    ///
    /// # Errors
    ///
    /// When `folder` is no folder, or cannot be read.
    fn entries(&self, folder: &Path) -> io::Result<Vec<Entry>>;

    /// The first `most` bytes of the file at `path`.
    ///
    /// # Errors
    ///
    /// When there is no file, or it cannot be read. A named pipe is refused: whoever opens one waits for somebody to
    /// write.
    fn read(&self, path: &Path, most: usize) -> io::Result<Vec<u8>>;

    /// Whether there is a folder at `path`.
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

/// Something in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name, without the folder.
    pub name: OsString,
    /// What it is.
    pub kind: Kind,
}

/// What an entry is; a link to a file is the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A link to a folder: a circle of such links has no end.
    LinkedFolder,
    /// A link to something that does not exist or cannot be looked at.
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
            matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
        };
        match fs::metadata(path) {
            Ok(about) if about.is_file() => Ok(At::File),
            Ok(about) if about.is_dir() => Ok(At::Folder),
            Ok(_) => Ok(At::Other),
            Err(error) if is_absent(&error) && !self.exists(path) => Ok(At::Nothing),
            Err(error) => Err(error),
        }
    }

    fn exists(&self, path: &Path) -> bool {
        fs::symlink_metadata(path).is_ok()
    }

    fn entries(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
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
        if about.is_dir() {
            return Err(io::Error::other("it is a folder"));
        }
        if is_pipe(&about) && !is_descriptor(path) {
            return Err(io::Error::other("it is a pipe and no file"));
        }
        let mut bytes = Vec::new();
        fs::File::open(path)?.take(most as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// Whether there is a file at `path`, which messages call `shown`.
pub(crate) fn is_file(files: &dyn Files, path: &Path, shown: &Path) -> Result<bool, Stop> {
    match files.look(path) {
        Ok(At::File) => Ok(true),
        Ok(At::Nothing) => Ok(false),
        Ok(At::Folder | At::Other) => Err(unread(shown, "it is no file")),
        Err(error) => Err(unread(shown, &plain(&error))),
    }
}

/// Something that cannot be read, which messages call `shown`.
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

/// Whether a path names what is open already, as `<(command)` of a shell does.
#[must_use]
pub fn is_descriptor(path: &Path) -> bool {
    let names = ["/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/fd", "/proc/self/fd"];
    cfg!(unix) && names.iter().any(|name| path.starts_with(name))
}
