//! The temporary folder of a plug-in, which is watched and removed.

use std::fs;
use std::io;
use std::path::Path;

use tempfile::TempDir;

use crate::Limits;

/// How deeply folders may be nested.
const DEEPEST: usize = 64;

/// The temporary folder of a plug-in.
pub(super) struct Scratch {
    folder: TempDir,
}

/// The limit that the content of the folder exceeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Excess {
    Files,
    Size,
    Depth,
}

impl Scratch {
    pub(super) fn new() -> io::Result<Self> {
        // The number of this process shows where a folder comes from that an interrupted run left.
        let prefix = format!(".scalewright-plugin-{}-", std::process::id());
        let folder = tempfile::Builder::new().prefix(&prefix).tempdir()?;
        Ok(Self { folder })
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Returns the limit that the content of the folder exceeds. Links are counted and not followed.
    pub(super) fn excess(&self, limits: &Limits) -> Option<Excess> {
        let (mut entries, mut size) = (0_usize, 0_u64);
        let mut folders = vec![(self.path().to_owned(), 0)];
        while let Some((folder, depth)) = folders.pop() {
            // Reading a path costs as much as it has parts, so that a thousand nested folders would take seconds.
            if depth > DEEPEST {
                return Some(Excess::Depth);
            }
            // The plug-in may remove it in the meantime.
            let Ok(list) = fs::read_dir(folder) else { continue };
            for entry in list.flatten() {
                entries += 1;
                if entries > limits.files {
                    return Some(Excess::Files);
                }
                let Ok(about) = entry.metadata() else { continue };
                match about.is_dir() {
                    true => folders.push((entry.path(), depth + 1)),
                    false => size = size.saturating_add(about.len()),
                }
                if size > limits.output {
                    return Some(Excess::Size);
                }
            }
        }
        None
    }
}

impl Drop for Scratch {
    /// Opens folders that the plug-in closed, so that everything can be removed.
    fn drop(&mut self) {
        if fs::remove_dir_all(self.path()).is_err() {
            open(self.path());
            let _ = fs::remove_dir_all(self.path());
        }
    }
}

/// Gives the owner all rights to a folder and those in it.
#[cfg(unix)]
fn open(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let _ = fs::set_permissions(folder, fs::Permissions::from_mode(0o700));
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    folders.for_each(|entry| open(&entry.path()));
}

#[cfg(not(unix))]
fn open(_: &Path) {}
