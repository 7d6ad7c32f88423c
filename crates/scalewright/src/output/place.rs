//! Where an output is to be: what is there already, and whether two paths lead to the same place.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use scalewright_project::is_descriptor;

/// More links than this are not followed one after the other, as systems have it.
const MOST_LINKS: usize = 40;

/// Where a path leads.
#[derive(Debug)]
pub(super) struct Place {
    /// As the user calls it.
    pub(super) shown: String,
    /// With the links followed.
    pub(super) whole: PathBuf,
    pub(super) kind: Kind,
    /// What is there.
    pub(super) there: Option<Metadata>,
    /// The name in its folder, as far as the case of letters may not count.
    name: String,
}

/// What is at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing: a file can take the name.
    Absent,
    /// A regular file, which another can take the place of.
    File,
    /// A device, a pipe, or a file that is open elsewhere under a number: written through.
    Through,
    /// The standard output of this program.
    Standard,
    Folder,
}

impl Place {
    /// Standard output.
    pub(super) fn standard() -> Self {
        let there = fs::metadata("/dev/stdout").ok();
        Self::new("standard output".to_owned(), PathBuf::new(), Kind::Standard, there)
    }

    fn new(shown: String, whole: PathBuf, kind: Kind, there: Option<Metadata>) -> Self {
        let name = whole.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        Self { shown, whole, kind, there, name }
    }

    /// What is at `path`; links are followed, also one to a file that is not there yet.
    pub(super) fn find(cwd: &Path, path: &Path) -> io::Result<Self> {
        let shown = path.display().to_string();
        if is_standard(path) {
            return Ok(Self { shown, ..Self::standard() });
        }
        let mut whole = cwd.join(path);
        for _ in 0..MOST_LINKS {
            match fs::symlink_metadata(&whole) {
                Ok(about) if about.is_symlink() => {}
                Ok(there) if is_descriptor(path) && !there.is_dir() => {
                    return Ok(Self::new(shown, whole, Kind::Through, Some(there)));
                }
                Ok(there) => {
                    return Ok(Self::new(shown, whole, kind(&there), Some(there)));
                }
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    let kind = match whole.file_name() {
                        Some(_) => Kind::Absent,
                        None => Kind::Folder,
                    };
                    return Ok(Self::new(shown, whole, kind, None));
                }
                Err(error) => return Err(error),
            }
            if let Ok(there) = fs::metadata(&whole)
                && (is_descriptor(path) || kind(&there) == Kind::Through)
            {
                return Ok(Self::new(shown, whole, Kind::Through, Some(there)));
            }
            let target = fs::read_link(&whole)?;
            whole = whole.parent().unwrap_or(cwd).join(target);
        }
        Err(io::Error::other("there is a circle of links"))
    }

    /// Whether the bytes go to what is there, and not to a file that takes its place.
    pub(super) fn is_written_through(&self) -> bool {
        matches!(self.kind, Kind::Through | Kind::Standard)
    }

    /// Opens what is written through.
    pub(super) fn open(&self) -> io::Result<File> {
        let mut options = fs::OpenOptions::new();
        match self.there.as_ref().is_some_and(Metadata::is_file) {
            // A file that is open elsewhere: nothing of what is in it is lost.
            true => options.append(true),
            false => options.write(true),
        };
        options.open(&self.whole)
    }

    /// Whether what is written here and what is written there would be one file.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (&self.there, &other.there) {
            _ if self.kind == Kind::Standard && other.kind == Kind::Standard => true,
            (Some(one), Some(two)) => self.is_same_file(one, other, two),
            (None, None) => self.has_same_name(other),
            _ => false,
        }
    }

    #[cfg(unix)]
    fn is_same_file(&self, one: &Metadata, _: &Self, two: &Metadata) -> bool {
        use std::os::unix::fs::{FileTypeExt, MetadataExt};
        // What two write to a device does not get lost.
        !one.file_type().is_char_device() && (one.dev(), one.ino()) == (two.dev(), two.ino())
    }

    #[cfg(not(unix))]
    fn is_same_file(&self, _: &Metadata, other: &Self, _: &Metadata) -> bool {
        let paths = (fs::canonicalize(&self.whole), fs::canonicalize(&other.whole));
        matches!(paths, (Ok(one), Ok(two)) if one == two)
    }

    /// The same for files that are not there yet: one name in one folder, where the case of letters may not count.
    fn has_same_name(&self, other: &Self) -> bool {
        if self.name != other.name {
            return false;
        }
        let folder = |place: &Self| fs::canonicalize(place.whole.parent()?).ok();
        let (Some(here), Some(there)) = (folder(self), folder(other)) else { return false };
        here == there && (self.whole.file_name() == other.whole.file_name() || ignores_case(&here))
    }
}

fn kind(there: &Metadata) -> Kind {
    match (there.is_file(), there.is_dir()) {
        (true, _) => Kind::File,
        (_, true) => Kind::Folder,
        _ => Kind::Through,
    }
}

/// Whether a path is another name of standard output.
fn is_standard(path: &Path) -> bool {
    cfg!(unix)
        && ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"]
            .iter()
            .any(|name| path == Path::new(name))
}

/// Whether a folder takes names that differ in the case of letters for the same one.
fn ignores_case(folder: &Path) -> bool {
    let tried = tempfile::Builder::new().prefix(".scalewright-a").tempfile_in(folder);
    tried.is_ok_and(|tried| {
        let name = tried.path().file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        let other = folder.join(&name);
        tried.path() != other && other.exists()
    })
}
