//! The destination of an output: what exists there, and whether two paths lead to the same destination.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use scalewright_project::is_descriptor;

/// How many links are followed for one path. Linux has the same limit.
const MOST_LINKS: usize = 40;

/// The destination that a path leads to.
#[derive(Debug)]
pub(super) struct Destination {
    /// The path as the user wrote it.
    pub(super) shown: String,
    /// The path with links followed.
    pub(super) whole: PathBuf,
    pub(super) kind: DestinationKind,
    /// The file that exists there.
    pub(super) existing: Option<Metadata>,
    /// The name in its folder, in lower case, for file systems that ignore case.
    name: String,
    /// The folder of a file that does not exist yet, with links followed. `None` until [`Destination::in_folder`].
    folder: Option<PathBuf>,
}

/// What exists at a destination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DestinationKind {
    /// Nothing: a file can get the name.
    Absent,
    /// A regular file, which another file can replace.
    File,
    /// A device, a pipe, or an open file that is named by its descriptor. The bytes are written to it directly.
    Direct,
    /// The standard output of this program.
    Standard,
    Folder,
}

/// What tells most destinations apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// What exists there: its device and its number.
    Existing((u64, u64)),
    /// The folder of a file that does not exist yet, and its name in lower case.
    Absent(Option<PathBuf>, String),
}

#[cfg(unix)]
fn identity(existing: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (existing.dev(), existing.ino())
}

/// Other systems tell them apart by their paths only.
#[cfg(not(unix))]
fn identity(_: &Metadata) -> (u64, u64) {
    (0, 0)
}

impl Destination {
    /// Standard output.
    pub(super) fn standard() -> Self {
        let existing = fs::metadata("/dev/stdout").ok();
        Self::new("standard output".to_owned(), PathBuf::new(), DestinationKind::Standard, existing)
    }

    fn new(
        shown: String,
        whole: PathBuf,
        kind: DestinationKind,
        existing: Option<Metadata>,
    ) -> Self {
        let name = whole.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        Self { shown, whole, kind, existing, name, folder: None }
    }

    /// The same with the folder of a file that does not exist yet. The folder has to exist.
    pub(super) fn in_folder(self) -> Self {
        let folder = match self.kind {
            DestinationKind::Absent => {
                self.whole.parent().and_then(|folder| fs::canonicalize(folder).ok())
            }
            _ => None,
        };
        Self { folder, ..self }
    }

    /// Returns the destination of `path`. Links are followed, even to a file that does not exist yet.
    pub(super) fn find(cwd: &Path, path: &Path) -> io::Result<Self> {
        let shown = path.display().to_string();
        if is_standard(path) {
            return Ok(Self { shown, ..Self::standard() });
        }
        let mut whole = cwd.join(path);
        for _ in 0..MOST_LINKS {
            match fs::symlink_metadata(&whole) {
                Ok(about) if about.is_symlink() => {}
                Ok(existing) if is_descriptor(path) && !existing.is_dir() => {
                    return Ok(Self::new(shown, whole, DestinationKind::Direct, Some(existing)));
                }
                Ok(existing) => {
                    return Ok(Self::new(shown, whole, kind(&existing), Some(existing)));
                }
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    let kind = match whole.file_name() {
                        // A path that ends in `..` has no last name.
                        Some(_) => DestinationKind::Absent,
                        None => DestinationKind::Folder,
                    };
                    return Ok(Self::new(shown, whole, kind, None));
                }
                Err(error) => return Err(error),
            }
            // Such links are not followed by their text: that of an open pipe, for instance, is not a path.
            if let Ok(existing) = fs::metadata(&whole)
                && (is_descriptor(path) || kind(&existing) == DestinationKind::Direct)
            {
                return Ok(Self::new(shown, whole, DestinationKind::Direct, Some(existing)));
            }
            let target = fs::read_link(&whole)?;
            whole = whole.parent().unwrap_or(cwd).join(target);
        }
        Err(io::Error::other("the links form a cycle"))
    }

    /// Whether the bytes are written to what exists there, and not to a file that replaces it.
    pub(super) fn is_written_directly(&self) -> bool {
        matches!(self.kind, DestinationKind::Direct | DestinationKind::Standard)
    }

    /// Whether a regular file with exactly these bytes exists there.
    pub(super) fn contains(&self, bytes: &[u8]) -> bool {
        let as_long = |existing: &Metadata| existing.len() == bytes.len() as u64;
        self.kind == DestinationKind::File
            && self.existing.as_ref().is_some_and(as_long)
            && fs::read(&self.whole).is_ok_and(|found| found == bytes)
    }

    /// Opens a destination that is written directly.
    pub(super) fn open(&self) -> io::Result<File> {
        let mut options = fs::OpenOptions::new();
        match self.existing.as_ref().is_some_and(Metadata::is_file) {
            // The file is already open under a descriptor: append, so that its content is not lost.
            true => options.append(true),
            false => options.write(true),
        };
        options.open(&self.whole)
    }

    /// A key that is equal for all destinations that are the same, and for few others.
    pub(super) fn key(&self) -> Key {
        match &self.existing {
            Some(existing) => Key::Existing(identity(existing)),
            None => Key::Absent(self.folder.clone(), self.name.clone()),
        }
    }

    /// Whether writing to `self` and to `other` would write to the same file.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (&self.existing, &other.existing) {
            _ if self.kind == DestinationKind::Standard
                && other.kind == DestinationKind::Standard =>
            {
                true
            }
            (Some(one), Some(two)) => self.is_same_file(one, other, two),
            (None, None) => self.has_same_name(other),
            _ => false,
        }
    }

    #[cfg(unix)]
    fn is_same_file(&self, one: &Metadata, _: &Self, two: &Metadata) -> bool {
        use std::os::unix::fs::FileTypeExt;
        // Two outputs may share a character device, such as a terminal: nothing is overwritten there.
        !one.file_type().is_char_device() && identity(one) == identity(two)
    }

    #[cfg(not(unix))]
    fn is_same_file(&self, _: &Metadata, other: &Self, _: &Metadata) -> bool {
        let paths = (fs::canonicalize(&self.whole), fs::canonicalize(&other.whole));
        matches!(paths, (Ok(one), Ok(two)) if one == two)
    }

    /// Whether two files that do not exist yet have the same name in the same folder, where case may not matter.
    fn has_same_name(&self, other: &Self) -> bool {
        let Some(folder) = self.folder.as_ref().filter(|_| self.key() == other.key()) else {
            return false;
        };
        self.whole.file_name() == other.whole.file_name() || ignores_case(folder)
    }
}

fn kind(existing: &Metadata) -> DestinationKind {
    match (existing.is_file(), existing.is_dir()) {
        (true, _) => DestinationKind::File,
        (_, true) => DestinationKind::Folder,
        _ => DestinationKind::Direct,
    }
}

/// Whether `path` is a name of standard output.
fn is_standard(path: &Path) -> bool {
    cfg!(unix)
        && ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"]
            .iter()
            .any(|name| path == Path::new(name))
}

/// Whether names that differ only in case are the same file in `folder`.
fn ignores_case(folder: &Path) -> bool {
    let tried = tempfile::Builder::new().prefix(".scalewright-a").tempfile_in(folder);
    tried.is_ok_and(|tried| {
        let name = tried.path().file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        let other = folder.join(&name);
        tried.path() != other && other.exists()
    })
}
