//! Finds the program that a command names.

use std::env;
use std::path::{Path, PathBuf};

/// Returns the absolute path of the program that `command` names: a path relative to `folder` if it has a separator, else
/// a name in the folders of `PATH`. `None` if no program that can be run is there.
///
/// Folders of `PATH` that are relative are ignored: what they contain depends on the working folder.
#[must_use]
pub fn locate(command: &str, folder: Option<&Path>) -> Option<PathBuf> {
    let has_separator = command.contains(std::path::is_separator);
    if has_separator {
        let path = folder.unwrap_or(Path::new("")).join(command);
        return runnable(&std::path::absolute(path).ok()?);
    }
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .filter(|folder| folder.is_absolute())
        .find_map(|folder| runnable(&folder.join(command)))
}

/// Returns the path of the program at `path`: on Windows it may lack the ending `.exe`.
fn runnable(path: &Path) -> Option<PathBuf> {
    if is_program(path) {
        return Some(path.to_owned());
    }
    let with_ending = PathBuf::from(format!("{}{}", path.to_str()?, env::consts::EXE_SUFFIX));
    is_program(&with_ending).then_some(with_ending)
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file() && path.extension().is_some()
}
