//! A folder of outputs, which appears with all its files, or not at all.
//!
//! The files are first written into a hidden folder beside it, which gets the name in one step. If the run is killed,
//! the hidden folder stays, and the next run into the same folder removes it and starts over.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use scalewright_model::Stop;

use super::{missing, unwritable};

/// A folder being written.
pub(crate) struct OutputFolder {
    /// The path as the user wrote it.
    pub(crate) shown: String,
    /// The path with links followed.
    pub(crate) whole: PathBuf,
    /// The hidden folder, and the folder in it that gets the name.
    hidden: PathBuf,
    content: PathBuf,
    /// The folders above that this run created, the deepest first.
    made: Vec<PathBuf>,
    /// Locked for as long as the run lasts, so that no other run takes the hidden folder for an abandoned one.
    _lock: File,
}

impl OutputFolder {
    /// Begins to write the folder `path`, which must be empty or absent. The folders above it are created.
    pub(crate) fn begin(cwd: &Path, path: &Path) -> Result<Self, Stop> {
        let shown = path.display().to_string();
        let whole = free(&cwd.join(path), &shown)?;
        let failed = |error: io::Error| unwritable(&shown, &error);
        let (Some(above), Some(name)) = (whole.parent(), whole.file_name()) else {
            return Err(Stop::usage(format!("`{shown}` cannot be the name of a new folder"))
                .help("name another folder: `--out DIR`"));
        };
        let made = missing(above);
        fs::create_dir_all(above).map_err(failed)?;
        // Only now, because the folders above may be links.
        let above = above.canonicalize().map_err(failed)?;
        let hidden = above.join(format!(".{}.scalewright-partial", name.to_string_lossy()));
        let lock = locked(&hidden, &shown)?;
        let content = hidden.join("content");
        if content.symlink_metadata().is_ok() {
            fs::remove_dir_all(&content).map_err(failed)?;
        }
        fs::create_dir(&content).map_err(failed)?;
        Ok(Self { whole: above.join(name), shown, hidden, content, made, _lock: lock })
    }

    /// Creates the file at this path in the folder.
    pub(crate) fn create(&self, path: &Path) -> io::Result<File> {
        let path = self.content.join(path);
        fs::create_dir_all(path.parent().unwrap_or(&self.content))?;
        File::create_new(path)
    }

    /// Gives the folder its name.
    pub(crate) fn commit(self) -> Result<(), Stop> {
        let failed = |error: io::Error| unwritable(&self.shown, &error);
        if let Ok(existing) = fs::metadata(&self.whole) {
            fs::set_permissions(&self.content, existing.permissions()).map_err(failed)?;
            // Fails if another program wrote into it in the meantime.
            fs::remove_dir(&self.whole).map_err(failed)?;
        }
        fs::rename(&self.content, &self.whole).map_err(failed)
    }
}

impl Drop for OutputFolder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.hidden);
        // Folders with the output are not empty, and stay.
        self.made.iter().for_each(|folder| drop(fs::remove_dir(folder)));
    }
}

/// Returns the path without links, if an output folder can get it.
fn free(whole: &Path, shown: &str) -> Result<PathBuf, Stop> {
    if whole.symlink_metadata().is_err() {
        return Ok(whole.to_path_buf());
    }
    let failed = |error: io::Error| unwritable(shown, &error);
    let real = whole.canonicalize().map_err(failed)?;
    if !real.is_dir() {
        let message =
            format!("`{shown}` is a file, but the scores of several tables need a folder");
        return Err(Stop::usage(message).help("name a new folder: `--out DIR`"));
    }
    if fs::read_dir(&real).map_err(failed)?.next().is_some() {
        return Err(Stop::usage(format!("the folder `{shown}` is not empty")).help(
            "name a new folder, or remove this one; files of two runs are never mixed, and nothing was written",
        ));
    }
    Ok(real)
}

/// Creates the hidden folder, and locks it for this run.
fn locked(hidden: &Path, shown: &str) -> Result<File, Stop> {
    let failed = |error: io::Error| unwritable(shown, &error);
    match fs::create_dir(hidden) {
        // A link could lead to a folder of somebody else.
        Err(error) if !hidden.symlink_metadata().is_ok_and(|about| about.is_dir()) => {
            return Err(failed(error));
        }
        _ => {}
    }
    let lock = File::create(hidden.join("lock")).map_err(failed)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => {
            Err(Stop::usage(format!("another run is writing `{shown}`"))
                .help("wait until it ends, or name another folder; nothing was written"))
        }
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}
