//! The definitions at a git revision, read with the program `git`. It is called directly, not through a shell, and
//! never uses the network.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Seek, Write};
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

use scalewright_check::{MAX_BYTES, Source};
use scalewright_model::Stop;
use scalewright_model::text::plain;
use tempfile::TempDir;

use crate::files::Files;
use crate::settings::SETTINGS;
use crate::{Disk, Found, Library};

/// The longest name of a revision, in bytes.
const LONGEST_NAME: usize = 250;
/// A revision with more files of definitions, wordings and cases than this is not read.
const MOST_FILES: usize = 50_000;
/// A revision whose files are together larger than this, in bytes, is not read.
const MOST_BYTES: u64 = 512 << 20;

/// Whether `text` can be the name of a revision. Texts that git would read as an option or a path cannot.
#[must_use]
pub fn is_revision(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= LONGEST_NAME
        && !text.starts_with('-')
        && !text.contains("..")
        && !text.contains(|c: char| c.is_control() || c.is_whitespace() || matches!(c, ':' | '\\'))
}

/// A git repository with a working tree.
pub struct Repository {
    /// The top folder of its working tree.
    top: PathBuf,
    /// The folder that paths are relative to.
    cwd: PathBuf,
}

/// A file of a revision.
struct Blob {
    object: String,
    size: u64,
    path: PathBuf,
}

impl Repository {
    /// Returns the repository that contains the folder `cwd`.
    ///
    /// # Errors
    ///
    /// If there is none, or git cannot be run.
    pub fn around(cwd: &Path) -> Result<Self, Stop> {
        let none = || {
            Stop::usage(
                "this folder is not in a git repository, or git may not read the repository",
            )
            .help("compare two files or folders: `scalewright diff OLD NEW`")
        };
        let top = run(cwd, &["rev-parse", "--show-toplevel"], None)?.ok_or_else(none)?;
        let top = String::from_utf8(top).map_err(|_| none())?;
        // Not more than the line end: the name of a folder may end in a space.
        let top = PathBuf::from(top.trim_end_matches(['\n', '\r']));
        // Links are followed in both, so that one can be the beginning of the other.
        let whole = |path: &Path| path.canonicalize().map_err(|_| none());
        Ok(Self { top: whole(&top)?, cwd: whole(cwd)? })
    }

    /// Returns the object name of the tree of files at `revision`.
    ///
    /// # Errors
    ///
    /// If there is no such revision, or git cannot be run.
    pub fn tree(&self, revision: &str) -> Result<String, Stop> {
        let unknown = || {
            Stop::usage(format!("there is no git revision `{revision}`"))
                .help("`git log --oneline` and `git tag` list the revisions; nothing is fetched")
        };
        if !is_revision(revision) {
            return Err(unknown());
        }
        let tree = format!("{revision}^{{tree}}");
        let args = ["rev-parse", "--verify", "--quiet", "--end-of-options", &tree];
        let output = run(&self.cwd, &args, None)?.ok_or_else(unknown)?;
        let name = String::from_utf8_lossy(&output).trim().to_owned();
        // SHA-1 names have 40 digits, SHA-256 names 64.
        let known = name.len() >= 40 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        if known { Ok(name) } else { Err(unknown()) }
    }

    /// Writes the definitions at `revision`, with the TOML files in their folders, to a temporary folder.
    ///
    /// # Errors
    ///
    /// If the revision cannot be read or is too large, or temporary files cannot be written.
    pub fn read(
        &self,
        revision: &str,
        paths: &[PathBuf],
        library: Option<&Path>,
    ) -> Result<Snapshot, Stop> {
        let tree = self.tree(revision)?;
        let named: BTreeSet<PathBuf> = paths.iter().filter_map(|path| self.inside(path)).collect();
        let blobs = self.wanted(&tree, &named)?;
        let folder = tempfile::tempdir().map_err(|error| unwritable(&error))?;
        self.write(&blobs, folder.path())?;
        let named = paths.iter().map(|path| (path.clone(), self.inside(path)));
        let library = library.and_then(|folder| self.inside(folder));
        let root = folder.path().to_path_buf();
        let paths = blobs.iter().map(|blob| &blob.path);
        let settings = paths.filter(|path| path.file_name().is_some_and(|name| name == SETTINGS));
        let settings = settings.cloned().collect();
        Ok(Snapshot { _folder: folder, root, named: named.collect(), library, settings })
    }

    /// Returns the settings files of the working tree at these paths, relative to the top folder, and the one above the
    /// folder `library`.
    #[must_use]
    pub fn settings(&self, paths: &BTreeSet<PathBuf>, library: Option<&Path>) -> SettingsFiles {
        let inside = library.and_then(|folder| self.inside(folder));
        let folders = inside.iter().flat_map(|folder| folder.ancestors());
        let above = folders.map(|folder| folder.join(SETTINGS));
        let all: BTreeSet<PathBuf> = paths.iter().cloned().chain(above).collect();
        all.into_iter().filter_map(|path| read_settings(&self.top, path)).collect()
    }

    /// Returns a path relative to the top folder; `None` if it leads out of the repository.
    fn inside(&self, path: &Path) -> Option<PathBuf> {
        // Without the disk, because a path of the revision may not exist there.
        let mut whole = PathBuf::new();
        for part in self.cwd.join(path).components() {
            match part {
                Component::ParentDir => {
                    whole.pop();
                }
                Component::CurDir => {}
                part => whole.push(part),
            }
        }
        whole.strip_prefix(&self.top).ok().map(Path::to_path_buf)
    }

    /// Returns every file of a tree that can belong to a definition, and the named files.
    fn wanted(&self, tree: &str, named: &BTreeSet<PathBuf>) -> Result<Vec<Blob>, Stop> {
        let args = ["ls-tree", "-r", "-z", "-l", "--full-tree", "--end-of-options", tree];
        let listed = run(&self.cwd, &args, None)?.ok_or_else(|| unread(tree))?;
        let mut blobs: Vec<Blob> = listed.split(|byte| *byte == 0).filter_map(blob).collect();
        let folders: BTreeSet<PathBuf> = blobs
            .iter()
            .filter(|blob| blob.path.file_name().is_some_and(|name| name == "instrument.toml"))
            .filter_map(|blob| blob.path.parent().map(Path::to_path_buf))
            .collect();
        blobs.retain(|blob| {
            named.contains(&blob.path)
                || blob.path.file_name().is_some_and(|name| name == SETTINGS)
                || blob.path.parent().is_some_and(|folder| folders.contains(folder))
        });
        // The content of larger files is not read: see `write`.
        let size: u64 = blobs.iter().map(|blob| blob.size.min(MAX_BYTES as u64)).sum();
        if blobs.len() > MOST_FILES || size > MOST_BYTES {
            return Err(Stop::usage(
                "the revision contains more definitions than can be read at once",
            ));
        }
        Ok(blobs)
    }

    /// Writes the files of a revision below `folder`.
    fn write(&self, blobs: &[Blob], folder: &Path) -> Result<(), Stop> {
        let (small, large): (Vec<&Blob>, Vec<&Blob>) =
            blobs.iter().partition(|blob| blob.size <= MAX_BYTES as u64);
        // A file and not a pipe: git could block on its output while its input is still being written.
        let mut names = tempfile::tempfile().map_err(|error| unwritable(&error))?;
        for blob in &small {
            writeln!(names, "{}", blob.object).map_err(|error| unwritable(&error))?;
        }
        names.rewind().map_err(|error| unwritable(&error))?;
        let args = ["cat-file", "--batch"];
        let unread = || unread("the files of the revision");
        let output = run(&self.cwd, &args, Some(names))?.ok_or_else(unread)?;
        let mut rest = output.as_slice();
        for blob in small {
            let (bytes, after) = object(rest, blob.size).ok_or_else(unread)?;
            rest = after;
            place(folder, &blob.path, |file| file.write_all(bytes))?;
        }
        // A file that is too large for a definition is refused for its length when it is read, so its content does not
        // matter.
        for blob in large {
            place(folder, &blob.path, |file| file.set_len(MAX_BYTES as u64 + 1))?;
        }
        Ok(())
    }
}

/// Parses a line of `git ls-tree`: mode, kind, object and size, then the path. Links and submodules are skipped.
fn blob(line: &[u8]) -> Option<Blob> {
    let line = std::str::from_utf8(line).ok()?;
    let (about, path) = line.split_once('\t')?;
    let mut about = about.split_ascii_whitespace();
    let (mode, kind) = (about.next()?, about.next()?);
    let (object, size) = (about.next()?.to_owned(), about.next()?.parse().ok()?);
    let path = PathBuf::from(path);
    let plain = path.components().all(|part| matches!(part, Component::Normal(_)));
    // A link is a blob of mode 120000. On Windows, a backslash in a name would be a path that leads elsewhere.
    let file = kind == "blob" && mode.starts_with("100") && plain && !line.contains('\\');
    let toml = path.extension().is_some_and(|ending| ending == "toml");
    (file && toml).then_some(Blob { object, size, path })
}

/// Returns the content of the next object in the output of `git cat-file --batch`, and the rest of the output.
fn object(output: &[u8], size: u64) -> Option<(&[u8], &[u8])> {
    let line = output.iter().position(|byte| *byte == b'\n')?;
    let size = usize::try_from(size).ok()?;
    let start = line + 1;
    let bytes = output.get(start..start.checked_add(size)?)?;
    // A newline follows each object.
    Some((bytes, output.get(start + size + 1..)?))
}

fn place(
    folder: &Path,
    path: &Path,
    fill: impl FnOnce(&mut fs::File) -> std::io::Result<()>,
) -> Result<(), Stop> {
    let whole = folder.join(path);
    let written = || -> std::io::Result<()> {
        fs::create_dir_all(whole.parent().unwrap_or(folder))?;
        fill(&mut fs::File::create(&whole)?)
    };
    written().map_err(|error| unwritable(&error))
}

fn unwritable(error: &std::io::Error) -> Stop {
    Stop::usage(format!("cannot write temporary files: {}", plain(error)))
}

fn unread(what: &str) -> Stop {
    Stop::usage(format!("git cannot read {what}"))
        .help("the repository may be damaged or incomplete: run `git fsck`")
}

/// Runs git in `cwd`. Returns its output, or `None` if it fails. It fetches nothing, asks nothing and prints nothing.
fn run(cwd: &Path, args: &[&str], input: Option<fs::File>) -> Result<Option<Vec<u8>>, Stop> {
    // The repository may be of another person: its settings must not start a program, and its missing objects no fetch.
    let output = Command::new("git")
        .args(["--no-pager", "-c", "core.fsmonitor=false", "-c", "protocol.allow=never"])
        .args(args)
        .current_dir(cwd)
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .stdin(input.map_or_else(Stdio::null, Stdio::from))
        .stderr(Stdio::null())
        .output();
    match output {
        Ok(output) => Ok(output.status.success().then_some(output.stdout)),
        Err(error) => Err(Stop::usage(format!("`git` cannot be run: {}", plain(&error)))
            .help("install git, or compare two files or folders: `scalewright diff OLD NEW`")),
    }
}

/// The definitions of a revision, in a temporary folder that is removed with this value.
pub struct Snapshot {
    _folder: TempDir,
    root: PathBuf,
    /// The paths of the command line, each with its path relative to the top folder.
    named: BTreeMap<PathBuf, Option<PathBuf>>,
    /// The library, relative to the top folder.
    library: Option<PathBuf>,
    /// The settings files, relative to the top folder.
    settings: Vec<PathBuf>,
}

/// Settings files by their paths.
pub type SettingsFiles = BTreeMap<PathBuf, Source>;

/// Reads the settings file at a path below `top`, if it is there.
fn read_settings(top: &Path, path: PathBuf) -> Option<(PathBuf, Source)> {
    let bytes = Disk.read(&top.join(&path), MAX_BYTES).ok()?;
    let name = path.display().to_string();
    Some((path, Source { name, bytes }))
}

impl Snapshot {
    /// Returns the library of the revision.
    #[must_use]
    pub fn library(&self) -> Library<'_> {
        Library::at(&Disk, &self.root, self.library.clone())
    }

    /// Returns the settings files of the revision, by their paths relative to the top folder.
    #[must_use]
    pub fn settings(&self) -> SettingsFiles {
        let paths = self.settings.iter().cloned();
        paths.filter_map(|path| read_settings(&self.root, path)).collect()
    }

    /// Returns the named definitions, or all of the library.
    ///
    /// # Errors
    ///
    /// If a path is outside the repository, or there is no definition.
    pub fn find(&self, library: &Library<'_>, paths: &[PathBuf]) -> Result<Vec<Found>, Stop> {
        if paths.is_empty() {
            return library.all();
        }
        let mut found = BTreeSet::new();
        for path in paths {
            let inside = self.named.get(path).cloned().flatten();
            let definitions = match &inside {
                Some(inside) => library.find(inside),
                None => Err(Stop::usage(format!("`{}` is outside the repository", path.display()))),
            };
            found.extend(match definitions {
                Ok(found) => found,
                // The text may be the id of an instrument. If it is not, this error names it as the user wrote it.
                Err(_) => library.find(path)?,
            });
        }
        Ok(found.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::is_revision;

    #[test]
    fn options_and_paths_are_not_revisions() {
        for (name, is) in [
            ("HEAD~1", true),
            ("v1.0.0", true),
            ("main@{yesterday}", true),
            ("feature/x", true),
            ("--output=x", false),
            ("-p", false),
            ("HEAD:file", false),
            ("a..b", false),
            ("a b", false),
            ("a\nb", false),
            ("", false),
        ] {
            assert_eq!(is_revision(name), is, "{name}");
        }
    }
}
