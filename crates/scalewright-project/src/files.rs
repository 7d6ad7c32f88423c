//! Walks through folders. What is passed over is said, and what cannot be read is an error: nothing is skipped in silence.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::library::plain;
use crate::{Stop, Terminal};

/// So many paths are named for a reason; more are counted.
const NAMED: usize = 5;

/// Something in a folder.
pub(crate) struct Entry {
    pub(crate) name: OsString,
    pub(crate) kind: Kind,
}

/// What an entry is; a link to a file is the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    File,
    Folder,
    /// A link to a folder: a circle of such links has no end.
    LinkedFolder,
    /// A link to something that is not there or cannot be looked at.
    BrokenLink,
    /// A pipe, a device or a socket.
    NoFile,
}

/// What is in `folder`, in the order of the names.
pub(crate) fn entries(folder: &Path) -> io::Result<Vec<Entry>> {
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

/// Whether there is a file at `path`, which messages call `shown`. Something else, or what cannot be looked at, is an error
/// and not nothing.
pub(crate) fn is_file(path: &Path, shown: &Path) -> Result<bool, Stop> {
    let is_absent =
        |error: &io::Error| matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory);
    match fs::symlink_metadata(path).and_then(|_| fs::metadata(path)) {
        Ok(about) if about.is_file() => Ok(true),
        Ok(_) => Err(unread(shown, "it is no file")),
        Err(error) if is_absent(&error) && fs::symlink_metadata(path).is_err() => Ok(false),
        Err(error) => Err(unread(shown, &plain(&error))),
    }
}

/// Something that cannot be read.
pub(crate) fn unread(shown: &Path, why: &str) -> Stop {
    Stop::usage(format!("cannot read `{}`: {why}", shown.display()))
}

/// What walks did not look into.
#[derive(Default)]
pub(crate) struct PassedOver {
    /// By the reason.
    skipped: BTreeMap<&'static str, BTreeSet<PathBuf>>,
    unread: Vec<Stop>,
}

impl PassedOver {
    /// Something that is passed over, and why.
    pub(crate) fn skip(&mut self, path: PathBuf, why: &'static str) {
        self.skipped.entry(why).or_default().insert(path);
    }

    /// Something that cannot be read.
    pub(crate) fn unread(&mut self, stop: Stop) {
        if !self.unread.iter().any(|other| other.message == stop.message) {
            self.unread.push(stop);
        }
    }

    /// The first thing that cannot be read, which is then told by the caller.
    pub(crate) fn first_unread(&mut self) -> Option<Stop> {
        (!self.unread.is_empty()).then(|| self.unread.remove(0))
    }

    /// Says all of it; whether everything could be read.
    pub(crate) fn tell(self, terminal: &mut Terminal<'_>) -> bool {
        for (why, paths) in &self.skipped {
            let mut names: Vec<String> =
                paths.iter().take(NAMED).map(|path| format!("`{}`", path.display())).collect();
            if paths.len() > NAMED {
                names.push(format!("{} more", paths.len() - NAMED));
            }
            terminal.tell(&format!("note: passed over, because {why}: {}", names.join(", ")));
        }
        self.unread.iter().for_each(|stop| terminal.tell(crate::render::stop(stop)));
        self.unread.is_empty()
    }
}

/// Opens a file to be read. A named pipe is refused: whoever opens one waits for somebody to write.
pub(crate) fn open(path: &Path, shown: &Path) -> Result<fs::File, Stop> {
    let failed = |error: io::Error| unread(shown, &plain(&error));
    let about = fs::metadata(path).map_err(failed)?;
    if about.is_dir() {
        return Err(unread(shown, "it is a folder"));
    }
    if is_pipe(&about) && !is_descriptor(path) {
        return Err(unread(shown, "it is a pipe and no file"));
    }
    fs::File::open(path).map_err(failed)
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
pub(crate) fn is_descriptor(path: &Path) -> bool {
    let names = ["/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/fd", "/proc/self/fd"];
    cfg!(unix) && names.iter().any(|name| path.starts_with(name))
}
