//! The files and folders that a plug-in may read: the system, installed programs, its own, and those of the settings.

use std::env;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::program::Program;

/// Folders of the system, of which programs need libraries, time zones, fonts and certificates.
const SYSTEM: [&str; 16] = [
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/libx32",
    "/etc",
    "/opt",
    "/proc",
    "/nix/store",
    "/gnu/store",
    "/run/current-system",
    "/dev/zero",
    "/dev/random",
    "/dev/urandom",
];

/// What an installation has beside its folder `bin`: libraries of a language, versions of a version manager, the
/// settings of a virtual environment.
const BESIDE_BIN: [&str; 13] = [
    "lib",
    "lib32",
    "lib64",
    "libexec",
    "share",
    "versions",
    "version",
    "plugins",
    "pyenv.d",
    "Cellar",
    "opt",
    "include",
    "pyvenv.cfg",
];

/// Returns what the program may read and run. Paths that do not exist are left out by the caller.
pub(super) fn paths(program: &Program, arguments: &[std::ffi::OsString]) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = SYSTEM.iter().map(PathBuf::from).collect();
    for folder in env::split_paths(&env::var_os("PATH").unwrap_or_default()) {
        installation(&folder, &mut paths);
    }
    if let Some(first) = arguments.first() {
        executable(Path::new(first), &mut paths);
    }
    for argument in arguments.iter().skip(1).map(Path::new).filter(|path| path.is_absolute()) {
        of_argument(argument, &mut paths);
    }
    paths.extend(program.read.iter().cloned());
    paths
}

/// Adds the folder of an executable, that of the file that it links to, and that of the interpreter in its first line.
fn executable(program: &Path, paths: &mut Vec<PathBuf>) {
    let real = program.canonicalize().unwrap_or_else(|_| program.to_owned());
    let interpreter = interpreter(&real);
    let real_interpreter = interpreter.as_ref().and_then(|path| path.canonicalize().ok());
    for path in [Some(program.to_owned()), Some(real), interpreter, real_interpreter] {
        let Some(path) = path else { continue };
        if let Some(folder) = path.parent() {
            match folder.file_name().is_some_and(|name| name == "bin") {
                true => installation(folder, paths),
                false => own_folder(folder, paths),
            }
        }
        paths.push(path);
    }
}

/// Adds an argument that is a folder, or a file with the folder around it: a script imports its neighbours.
fn of_argument(argument: &Path, paths: &mut Vec<PathBuf>) {
    let Ok(real) = argument.canonicalize() else { return };
    for path in [argument, &real] {
        match path.is_dir() {
            true => own_folder(path, paths),
            false => path.parent().into_iter().for_each(|folder| own_folder(folder, paths)),
        }
        paths.push(path.to_owned());
    }
}

/// Adds a folder of programs and the folders of the same installation beside it.
fn installation(folder: &Path, paths: &mut Vec<PathBuf>) {
    if !folder.is_absolute() || is_too_wide(folder) {
        return;
    }
    paths.push(folder.to_owned());
    let Some(around) = folder.parent() else { return };
    // The folder `lib` beside `~/bin` may be a project of the user. Installations have folders of their own.
    if is_too_wide(around) {
        return;
    }
    paths.extend(BESIDE_BIN.iter().map(|name| around.join(name)));
}

fn own_folder(folder: &Path, paths: &mut Vec<PathBuf>) {
    if !is_too_wide(folder) {
        paths.push(folder.to_owned());
    }
}

/// Whether opening a folder would open the home folder or everything. A script there can still be read itself.
fn is_too_wide(folder: &Path) -> bool {
    let home = env::home_dir().filter(|home| !home.as_os_str().is_empty());
    let contains_home = home.is_some_and(|home| {
        home.starts_with(folder) || home.canonicalize().is_ok_and(|home| home.starts_with(folder))
    });
    contains_home || folder.parent().is_none() || folder == env::temp_dir()
}

/// Returns the interpreter that the first line of a script names.
fn interpreter(script: &Path) -> Option<PathBuf> {
    let mut start = [0; 256];
    let length = File::open(script).ok()?.read(&mut start).ok()?;
    let line = start.get(..length)?.strip_prefix(b"#!")?;
    let line = line.split(|byte| *byte == b'\n').next()?;
    let name = std::str::from_utf8(line).ok()?.split_whitespace().next()?;
    Some(PathBuf::from(name)).filter(|path| path.is_absolute())
}
