//! Files without a name: however a run ends, nothing is left of them. A file gets its name when it is complete.
//!
//! Linux can give such a file a name in one step. On other systems, and on file systems that cannot, its bytes are
//! copied to a file with a name; only a run that is killed at that moment leaves a file behind.

use std::fs::{self, File, Metadata};
use std::io::{self, Read, Seek, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use super::destination::Destination;

/// The content of a file to write.
pub(super) enum OutputContent {
    Open(UnnamedFile),
    /// The whole content, in memory.
    InMemory(Vec<u8>),
}

/// A complete file that gets its name in the last step.
pub(super) enum CompleteFile<'a> {
    /// It has a temporary name beside its destination.
    Beside(TempSibling),
    /// It has no name, and its destination does not exist.
    Unnamed(&'a UnnamedFile),
}

/// A file without a name.
pub(super) struct UnnamedFile {
    file: File,
    /// Whether it can be given a name.
    can_be_named: bool,
}

/// A file beside its destination. It is removed, unless it replaces the destination.
pub(super) type TempSibling = NamedTempFile<()>;

impl OutputContent {
    /// Opens a file for the content of `destination`: in the same folder, if it is to get a name there.
    pub(super) fn open(destination: &Destination) -> io::Result<UnnamedFile> {
        match destination.is_written_directly() {
            true => Ok(UnnamedFile { file: tempfile::tempfile()?, can_be_named: false }),
            false => UnnamedFile::inside(folder_of(&destination.whole)),
        }
    }

    /// Writes the whole content of `destination` to a file without a name.
    pub(super) fn written(destination: &Destination, bytes: &[u8]) -> io::Result<Self> {
        let mut open = Self::open(destination)?;
        open.file.write_all(bytes)?;
        Ok(Self::Open(open))
    }

    /// Returns the complete file, which is ready to get the name of `destination`.
    pub(super) fn complete(&self, destination: &Destination) -> io::Result<CompleteFile<'_>> {
        match (self, &destination.existing) {
            (Self::Open(open), None) if open.can_be_named => Ok(CompleteFile::Unnamed(open)),
            (_, existing) => {
                let beside = self.beside(&destination.whole, existing.as_ref())?;
                Ok(CompleteFile::Beside(beside))
            }
        }
    }

    /// Returns a reader of the whole content.
    pub(super) fn reader(&self) -> io::Result<Box<dyn Read + '_>> {
        match self {
            Self::InMemory(bytes) => Ok(Box::new(bytes.as_slice())),
            Self::Open(UnnamedFile { file, .. }) => {
                let mut file = file.try_clone()?;
                file.rewind()?;
                Ok(Box::new(file))
            }
        }
    }

    /// Puts the content beside `destination` under a temporary name, with the owner and mode of the `existing` file. A
    /// new file has the owner and mode that the system gives it.
    fn beside(&self, destination: &Path, existing: Option<&Metadata>) -> io::Result<TempSibling> {
        let folder = folder_of(destination);
        let unnamed;
        let open = match self {
            Self::Open(open) => open,
            Self::InMemory(bytes) => {
                unnamed = UnnamedFile::inside(folder)?;
                (&unnamed.file).write_all(bytes)?;
                &unnamed
            }
        };
        if open.can_be_named {
            // Before the file gets a name, so that nobody can open it under the access of a new file.
            keep_access(&open.file, existing)?;
            if let Ok(beside) = hidden().make_in(folder, |path| link(&open.file, path)) {
                return Ok(beside);
            }
        }
        hidden().make_in(folder, |path| self.copy(path, existing))
    }

    fn copy(&self, path: &Path, existing: Option<&Metadata>) -> io::Result<()> {
        let mut copy = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
        // Before the content, so that nobody can read it under the access of a new file.
        let copied = keep_access(&copy, existing)
            .and_then(|()| io::copy(&mut self.reader()?, &mut copy).map(|_| ()));
        // The caller does not know of an incomplete copy and could not remove it.
        copied.inspect_err(|_| drop(fs::remove_file(path)))
    }
}

impl UnnamedFile {
    fn inside(folder: &Path) -> io::Result<Self> {
        match unlinked(folder) {
            Some(file) => Ok(Self { file, can_be_named: true }),
            None => Ok(Self { file: tempfile::tempfile_in(folder)?, can_be_named: false }),
        }
    }

    /// Returns another handle of the file.
    pub(super) fn handle(&self) -> io::Result<File> {
        self.file.try_clone()
    }

    /// Gives the file a name that does not exist yet.
    pub(super) fn name(&self, path: &Path) -> io::Result<()> {
        link(&self.file, path)
    }
}

fn folder_of(destination: &Path) -> &Path {
    match destination.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Returns a builder of names for files beside their destinations.
pub(super) fn hidden() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".scalewright-");
    builder
}

/// Creates a file in `folder` without a name, which can be given one. `None` if the system cannot do that.
#[cfg(target_os = "linux")]
fn unlinked(folder: &Path) -> Option<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let flags = i32::try_from(rustix::fs::OFlags::TMPFILE.bits()).ok()?;
    fs::OpenOptions::new().read(true).write(true).custom_flags(flags).open(folder).ok()
}

#[cfg(not(target_os = "linux"))]
fn unlinked(_: &Path) -> Option<File> {
    None
}

#[cfg(target_os = "linux")]
fn link(file: &File, path: &Path) -> io::Result<()> {
    use std::os::fd::AsRawFd;
    // `linkat` could also take the descriptor itself, but needs a privilege for that.
    let from = format!("/proc/self/fd/{}", file.as_raw_fd());
    let (here, follow) = (rustix::fs::CWD, rustix::fs::AtFlags::SYMLINK_FOLLOW);
    rustix::fs::linkat(here, from, here, path, follow).map_err(io::Error::from)
}

#[cfg(not(target_os = "linux"))]
fn link(_: &File, _: &Path) -> io::Result<()> {
    Err(io::Error::from(io::ErrorKind::Unsupported))
}

/// Gives a file the owner, group and mode of the file that it replaces. If the owner may not be changed, it still gets
/// the group, if possible, and the mode.
#[cfg(unix)]
fn keep_access(file: &File, existing: Option<&Metadata>) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let Some(existing) = existing else { return Ok(()) };
    let own = file.metadata()?;
    if (own.uid(), own.gid()) != (existing.uid(), existing.gid()) {
        let both = fchown(file, Some(existing.uid()), Some(existing.gid()));
        let _ = both.or_else(|_| fchown(file, None, Some(existing.gid())));
    }
    // After the owner, because a change of owner clears some bits of the mode.
    file.set_permissions(existing.permissions())
}

#[cfg(not(unix))]
fn keep_access(_: &File, _: Option<&Metadata>) -> io::Result<()> {
    Ok(())
}
