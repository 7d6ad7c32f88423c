//! The hash of a command: it changes if the command or a file that it names changes.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use scalewright_model::Stop;
use scalewright_model::text::plain;
use sha2::{Digest, Sha256};

use crate::process::Program;

/// The most files in the folders that a command names.
const MOST_FILES: usize = 2_000;
/// The most bytes of a file.
const MOST_BYTES: u64 = 64 << 20;

/// Returns the folder of the file that names the command, without links.
#[must_use]
pub fn folder(program: &Program) -> PathBuf {
    let folder = program.folder.clone().unwrap_or_default();
    fs::canonicalize(&folder).unwrap_or(folder)
}

/// Returns the hash of a command: its words, what it may read and see, and the content of the files and folders that it names.
/// A program on the `PATH` is named by its path alone.
///
/// # Errors
///
/// If a file cannot be read, is too large, or if there are too many.
pub fn hash(program: &Program) -> Result<String, Stop> {
    let folder = folder(program);
    let mut hasher = Sha256::new();
    let mut add = |text: &str| {
        // The length first, so that no two lists of texts give the same bytes.
        hasher.update(text.len().to_string());
        hasher.update([0]);
        hasher.update(text);
    };
    for (index, part) in program.command.iter().enumerate() {
        add(&part.to_string_lossy());
        let path = folder.join(part);
        // A program that is looked up on the path, such as an interpreter, is updated with the system.
        if index > 0 || path.starts_with(&folder) {
            for file in files(&path)? {
                add(&file.to_string_lossy());
                add(&hexadecimal(&Sha256::digest(bytes(&file)?)));
            }
        }
    }
    program.pass_env.iter().for_each(|name| add(name));
    program.read.iter().for_each(|path| add(&path.to_string_lossy()));
    Ok(format!("sha256:{}", hexadecimal(&hasher.finalize())))
}

/// Returns the file at a path, or all files of the folder there, in order.
fn files(path: &Path) -> Result<Vec<PathBuf>, Stop> {
    let (mut files, mut folders) = (Vec::new(), vec![path.to_path_buf()]);
    if !path.is_dir() {
        files.extend(path.is_file().then(|| path.to_path_buf()));
        return Ok(files);
    }
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| {
            Stop::usage(format!("cannot read `{}`: {}", folder.display(), plain(&error)))
        })?;
        for path in entries.flatten().map(|entry| entry.path()) {
            // A link to a folder may form a cycle; the files in it are not part of the plug-in's own.
            match path.is_dir() && !path.is_symlink() {
                true => folders.push(path),
                false => files.extend(path.is_file().then_some(path)),
            }
        }
        if files.len() + folders.len() > MOST_FILES {
            let message = format!("`{}` has more than {MOST_FILES} files", path.display());
            return Err(
                Stop::usage(message).help("name a smaller folder, or a file, in the command")
            );
        }
    }
    files.sort();
    Ok(files)
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns the content of a file of at most 64 MB.
///
/// # Errors
///
/// If the file cannot be read, or is larger.
pub fn bytes(file: &Path) -> Result<Vec<u8>, Stop> {
    let unread = |why: &str| Stop::usage(format!("cannot read `{}`: {why}", file.display()));
    let mut bytes = Vec::new();
    let read =
        fs::File::open(file).and_then(|open| open.take(MOST_BYTES + 1).read_to_end(&mut bytes));
    read.map_err(|error| unread(&plain(&error)))?;
    match bytes.len() as u64 > MOST_BYTES {
        true => Err(unread("it is larger than 64 MB")),
        false => Ok(bytes),
    }
}
