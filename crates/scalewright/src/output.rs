//! Files, written whole or not at all.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::Stop;
use crate::library::plain;

/// Writes `files` (names and contents) into `folder`, which is made when it is not there.
///
/// Every content is first written beside its destination under another name; only when all are there do
/// they take their names. Answers the paths as they are to be shown.
pub(crate) fn write_all(
    cwd: &Path,
    folder: &Path,
    files: &[(String, Vec<u8>)],
) -> Result<Vec<PathBuf>, Stop> {
    let whole = cwd.join(folder);
    let failed = |error: &std::io::Error| {
        Stop::usage(format!("cannot write to `{}`: {}", folder.display(), plain(error)))
            .help("nothing was written")
    };
    fs::create_dir_all(&whole).map_err(|error| failed(&error))?;
    let mut waiting = Vec::new();
    for (name, bytes) in files {
        waiting.push((written(&whole, bytes).map_err(|error| failed(&error))?, name));
    }
    let mut paths = Vec::new();
    for (file, name) in waiting {
        file.persist(whole.join(name)).map_err(|error| failed(&error.error))?;
        paths.push(folder.join(name));
    }
    Ok(paths)
}

/// Writes one file whole, or leaves what was there.
pub(crate) fn write_one(cwd: &Path, path: &Path, bytes: &[u8]) -> Result<(), Stop> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let Some(name) = name else {
        return Err(Stop::usage(format!("`{}` is no name for a file", path.display())));
    };
    write_all(cwd, folder, &[(name, bytes.to_vec())]).map(|_| ())
}

/// Writes anew a file that is there, whole or not at all. Its permissions stay; through a link, the file itself is
/// written.
pub(crate) fn replace(cwd: &Path, path: &Path, bytes: &[u8]) -> Result<(), Stop> {
    let replaced = || -> std::io::Result<()> {
        let whole = fs::canonicalize(cwd.join(path))?;
        let permissions = fs::metadata(&whole)?.permissions();
        let folder = whole.parent().unwrap_or(cwd);
        let mut file = tempfile::Builder::new().prefix(".scalewright-").tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().set_permissions(permissions)?;
        file.persist(&whole).map(|_| ()).map_err(|error| error.error)
    };
    replaced().map_err(|error| {
        Stop::usage(format!("cannot write `{}`: {}", path.display(), plain(&error)))
            .help("the file is as it was")
    })
}

/// A file that is being written beside its destination, and has no name yet.
pub(crate) struct Pending {
    file: NamedTempFile,
    whole: PathBuf,
    shown: PathBuf,
}

impl Pending {
    /// Begins a file that is to be at `path`.
    pub(crate) fn begin(cwd: &Path, path: &Path) -> Result<Self, Stop> {
        if path.file_name().is_none() || cwd.join(path).is_dir() {
            return Err(Stop::usage(format!("`{}` is no name for a file", path.display())));
        }
        let whole = cwd.join(path);
        let folder = whole.parent().unwrap_or(cwd);
        let begun = || -> std::io::Result<NamedTempFile> {
            fs::create_dir_all(folder)?;
            tempfile::Builder::new().prefix(".scalewright-").tempfile_in(folder)
        };
        let file = begun().map_err(|error| unwritable(path, &error))?;
        Ok(Self { file, whole, shown: path.to_owned() })
    }

    /// Somewhere to write.
    pub(crate) fn handle(&self) -> Result<fs::File, Stop> {
        self.file.as_file().try_clone().map_err(|error| unwritable(&self.shown, &error))
    }

    /// Gives the file its name.
    pub(crate) fn keep(self) -> Result<(), Stop> {
        readable(&self.file).map_err(|error| unwritable(&self.shown, &error))?;
        let kept = self.file.persist(&self.whole);
        kept.map(|_| ()).map_err(|error| unwritable(&self.shown, &error.error))
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> Stop {
    Stop::usage(format!("cannot write `{}`: {}", path.display(), plain(error)))
        .help("nothing was written")
}

fn written(folder: &Path, bytes: &[u8]) -> std::io::Result<NamedTempFile> {
    let mut file = tempfile::Builder::new().prefix(".scalewright-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    readable(&file)?;
    Ok(file)
}

/// Temporary files are private; results are for whoever may read the folder.
#[cfg(unix)]
fn readable(file: &NamedTempFile) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.as_file().set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &NamedTempFile) -> std::io::Result<()> {
    Ok(())
}
