//! Definitions as a git revision has them, by the program `git`: it is given its arguments one by one, no shell, and
//! never a network.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Seek, Write};
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

use scalewright_check::MAX_BYTES;
use scalewright_model::Stop;
use scalewright_model::text::plain;
use scalewright_project::{Disk, Found, Library};
use tempfile::TempDir;

/// A longer name is no revision.
const LONGEST_NAME: usize = 250;
/// A revision with more definitions, wordings and cases than this is not read.
const MOST_FILES: usize = 50_000;
/// Nor one in which they are larger than this together.
const MOST_BYTES: u64 = 512 << 20;

/// Whether `text` can be the name of a revision: nothing that git would take for an option or for a path.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= LONGEST_NAME
        && !text.starts_with('-')
        && !text.contains("..")
        && !text.contains(|c: char| c.is_control() || c.is_whitespace() || matches!(c, ':' | '\\'))
}

/// A repository with files.
pub(super) struct Repository {
    /// Its topmost folder.
    top: PathBuf,
    /// The folder that paths are given from.
    cwd: PathBuf,
}

/// A file as a revision has it.
struct Blob {
    object: String,
    size: u64,
    path: PathBuf,
}

impl Repository {
    /// The repository that the folder `cwd` is in.
    pub(super) fn around(cwd: &Path) -> Result<Self, Stop> {
        let none = || {
            Stop::usage("this folder is in no git repository, or in one that git may not read")
                .help("compare two files or folders: `scalewright diff OLD NEW`")
        };
        let top = run(cwd, &["rev-parse", "--show-toplevel"], None)?.ok_or_else(none)?;
        let top = String::from_utf8(top).map_err(|_| none())?;
        let top = PathBuf::from(top.trim_end_matches(['\n', '\r']));
        let whole = |path: &Path| path.canonicalize().map_err(|_| none());
        Ok(Self { top: whole(&top)?, cwd: whole(cwd)? })
    }

    /// The name of the tree of files that `revision` has.
    pub(super) fn tree(&self, revision: &str) -> Result<String, Stop> {
        let unknown = || {
            Stop::usage(format!("there is no git revision `{revision}`"))
                .help("`git log --oneline` and `git tag` show which there are; nothing is fetched")
        };
        if !is_name(revision) {
            return Err(unknown());
        }
        let tree = format!("{revision}^{{tree}}");
        let args = ["rev-parse", "--verify", "--quiet", "--end-of-options", &tree];
        let said = run(&self.cwd, &args, None)?.ok_or_else(unknown)?;
        let said = String::from_utf8_lossy(&said).trim().to_owned();
        let known = said.len() >= 40 && said.bytes().all(|byte| byte.is_ascii_hexdigit());
        if known { Ok(said) } else { Err(unknown()) }
    }

    /// The definitions that `revision` has, and what lies beside them, in a folder of their own.
    pub(super) fn read(
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
        Ok(Snapshot { _folder: folder, root, named: named.collect(), library })
    }

    /// A path as it is called from the topmost folder; nothing when it leads out of the repository.
    fn inside(&self, path: &Path) -> Option<PathBuf> {
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

    /// Every file of a tree that can belong to a definition, and those that are named.
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
                || blob.path.parent().is_some_and(|folder| folders.contains(folder))
        });
        let size: u64 = blobs.iter().map(|blob| blob.size.min(MAX_BYTES as u64)).sum();
        if blobs.len() > MOST_FILES || size > MOST_BYTES {
            return Err(Stop::usage(
                "the revision holds more definitions than can be read at once",
            ));
        }
        Ok(blobs)
    }

    /// Writes the files of a revision below `folder`.
    fn write(&self, blobs: &[Blob], folder: &Path) -> Result<(), Stop> {
        let (small, large): (Vec<&Blob>, Vec<&Blob>) =
            blobs.iter().partition(|blob| blob.size <= MAX_BYTES as u64);
        let mut asked = tempfile::tempfile().map_err(|error| unwritable(&error))?;
        for blob in &small {
            writeln!(asked, "{}", blob.object).map_err(|error| unwritable(&error))?;
        }
        asked.rewind().map_err(|error| unwritable(&error))?;
        let args = ["cat-file", "--batch"];
        let said = run(&self.cwd, &args, Some(asked))?.ok_or_else(|| unread("it"))?;
        let mut rest = said.as_slice();
        for blob in small {
            let (bytes, after) = object(rest, blob.size).ok_or_else(|| unread("it"))?;
            rest = after;
            place(folder, &blob.path, |file| file.write_all(bytes))?;
        }
        // What is too large for a definition is refused for its length when it is read.
        for blob in large {
            place(folder, &blob.path, |file| file.set_len(MAX_BYTES as u64 + 1))?;
        }
        Ok(())
    }
}

/// A line of `git ls-tree`: mode, kind, object and size, then the path. Links and other repositories are no files.
fn blob(line: &[u8]) -> Option<Blob> {
    let line = std::str::from_utf8(line).ok()?;
    let (about, path) = line.split_once('\t')?;
    let mut about = about.split_ascii_whitespace();
    let (mode, kind) = (about.next()?, about.next()?);
    let (object, size) = (about.next()?.to_owned(), about.next()?.parse().ok()?);
    let path = PathBuf::from(path);
    let plain = path.components().all(|part| matches!(part, Component::Normal(_)));
    let file = kind == "blob" && mode.starts_with("100") && plain && !line.contains('\\');
    let toml = path.extension().is_some_and(|ending| ending == "toml");
    (file && toml).then_some(Blob { object, size, path })
}

/// The next object of what `git cat-file --batch` says, and the rest.
fn object(said: &[u8], size: u64) -> Option<(&[u8], &[u8])> {
    let line = said.iter().position(|byte| *byte == b'\n')?;
    let size = usize::try_from(size).ok()?;
    let start = line + 1;
    let bytes = said.get(start..start.checked_add(size)?)?;
    Some((bytes, said.get(start + size + 1..)?))
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
        .help("the repository may be damaged, or hold only a part of its history: `git fsck`")
}

/// Runs git in `cwd`; what it says, or nothing when it refuses. Nothing is fetched, asked for or shown by it.
fn run(cwd: &Path, args: &[&str], input: Option<fs::File>) -> Result<Option<Vec<u8>>, Stop> {
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

/// The definitions of a revision, in a folder that goes with this.
pub(super) struct Snapshot {
    _folder: TempDir,
    root: PathBuf,
    /// What was named, and how it is called from the topmost folder.
    named: BTreeMap<PathBuf, Option<PathBuf>>,
    /// The library, as it is called from the topmost folder.
    library: Option<PathBuf>,
}

impl Snapshot {
    /// Where its instruments are.
    pub(super) fn library(&self) -> Library<'_> {
        Library::at(&Disk, &self.root, self.library.clone())
    }

    /// The definitions that are named, or all of the library.
    pub(super) fn find(
        &self,
        library: &Library<'_>,
        paths: &[PathBuf],
    ) -> Result<Vec<Found>, Stop> {
        if paths.is_empty() {
            return library.all();
        }
        let mut found = BTreeSet::new();
        for path in paths {
            let inside = self.named.get(path).cloned().flatten();
            let there = match &inside {
                Some(inside) => library.find(inside),
                None => Err(Stop::usage(format!("`{}` is outside the repository", path.display()))),
            };
            found.extend(match there {
                Ok(found) => found,
                Err(_) => library.find(path)?,
            });
        }
        Ok(found.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn options_and_paths_are_no_revisions() {
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
            assert_eq!(is_name(name), is, "{name}");
        }
    }
}
