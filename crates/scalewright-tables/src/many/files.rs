//! The tables of a run: those that its arguments name, and where the scores of each are written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::names::{absolute, output, root};
use super::pattern::Pattern;
use super::skipped::{Skipped, Why};
use super::walk::{MOST_FILES, Walk, Wanted, is_bookkeeping, too_many};
use crate::{Note, ScoresFormat, Stop};

/// A table, and where its scores are written.
#[derive(Debug)]
pub struct TableFile {
    /// The path in messages.
    pub shown: PathBuf,
    /// The path from the root of the file system.
    pub path: PathBuf,
    /// The size in bytes; 0 if it is unknown.
    pub bytes: u64,
    /// The path of the scores below the folder of the output.
    pub output: PathBuf,
    /// The format of the scores.
    pub format: ScoresFormat,
}

/// The tables that the arguments of a command name, sorted by path.
pub struct TableFiles {
    /// The tables.
    pub files: Vec<TableFile>,
    /// The folders that were searched, with the pattern of the search, if any.
    searched: Vec<(PathBuf, Option<Pattern>)>,
}

/// What an argument names.
enum Named {
    File,
    Folder,
    Pattern(Pattern),
}

impl Named {
    fn new(cwd: &Path, path: &Path) -> Self {
        let whole = cwd.join(path);
        match Pattern::parse(path) {
            _ if whole.is_dir() => Self::Folder,
            // A file may have a name that looks like a pattern.
            Some(pattern) if whole.symlink_metadata().is_err() => Self::Pattern(pattern),
            _ => Self::File,
        }
    }
}

/// The paths that the arguments name, as they were written.
#[derive(Default)]
struct Collected {
    paths: Vec<PathBuf>,
    /// The folders that determine the common one.
    folders: Vec<PathBuf>,
    searched: Vec<(PathBuf, Option<Pattern>)>,
    skipped: Skipped,
}

impl TableFiles {
    /// Finds the tables that `given` names: files, folders and patterns such as `answers/**/*.parquet`. `stated` is the
    /// format of all scores, if it is given. Returns `None` for one argument that is neither a folder nor a pattern.
    /// Entries of folders that are not read are noted.
    ///
    /// # Errors
    ///
    /// When an argument names no table, standard input is one of several, a folder cannot be read, or two tables would
    /// be written to one file.
    pub fn find(
        given: &[PathBuf],
        stated: Option<ScoresFormat>,
        cwd: &Path,
        notes: &mut Vec<Note>,
    ) -> Result<Option<Self>, Stop> {
        if let [only] = given
            && matches!(Named::new(cwd, only), Named::File)
        {
            return Ok(None);
        }
        let mut all = Collected::default();
        for path in given {
            all.add(path, cwd)?;
        }
        let files = all.files(stated, cwd)?;
        notes.extend(all.skipped.notes());
        Ok(Some(Self { files, searched: all.searched }))
    }

    /// Returns the folder of `--out`. `explains` is whether one row is to be explained.
    ///
    /// # Errors
    ///
    /// When the folder is not given, or one row is to be explained.
    pub fn folder(out: Option<&Path>, explains: bool) -> Result<&Path, Stop> {
        if explains {
            let message =
                "`--explain` and `--explain-id` show one row of one table, but several are named";
            return Err(Stop::usage(message).help("name only the file that contains the row"));
        }
        out.ok_or_else(|| {
            Stop::usage("the scores of several tables are several files, and cannot be printed")
                .help("name a new folder for them: `--out DIR`")
        })
    }

    /// Checks that the next run with the same arguments would not read what this run writes: the scores in `folder`,
    /// which is named `shown`, and the `report`. The folder is given without links, and that of the report exists.
    ///
    /// # Errors
    ///
    /// When it would, or when the report is in the folder of the scores.
    pub fn stays_apart(
        &self,
        (folder, shown): (&Path, &str),
        report: Option<&Path>,
    ) -> Result<(), Stop> {
        if self.files.iter().any(|file| self.would_read(&folder.join(&file.output))) {
            let message = format!("the folder `{shown}` is inside the folder that is read");
            return Err(Stop::usage(message).help(
                "name a folder outside, or the next run would score the scores; nothing was written",
            ));
        }
        let real = |path: &Path| Some(path.parent()?.canonicalize().ok()?.join(path.file_name()?));
        let report = report.and_then(real);
        if report.is_some_and(|path| path.starts_with(folder) || self.would_read(&path)) {
            let message =
                "`--report` is inside the folder of `--out`, or inside the folder that is read";
            return Err(Stop::usage(message).help("name a file outside; nothing was written"));
        }
        Ok(())
    }

    /// Whether a later run with the same arguments would read the file `path`, which is given without links.
    fn would_read(&self, path: &Path) -> bool {
        self.searched.iter().any(|(folder, pattern)| {
            let Ok(below) = path.strip_prefix(folder) else { return false };
            let names: Vec<String> =
                below.iter().map(|name| name.to_string_lossy().into_owned()).collect();
            let is_hidden = names
                .iter()
                .enumerate()
                .any(|(at, name)| is_bookkeeping(name, at + 1 < names.len()));
            let is_matched =
                |pattern: &Pattern| (1..=names.len()).any(|n| pattern.matches(&names[..n]));
            !is_hidden && pattern.as_ref().is_none_or(is_matched)
        })
    }
}

impl Collected {
    fn add(&mut self, path: &Path, cwd: &Path) -> Result<(), Stop> {
        match Named::new(cwd, path) {
            Named::File if path.as_os_str() == "-" => Err(standard_input()),
            Named::File => {
                self.folders.push(path.parent().unwrap_or(Path::new("")).to_path_buf());
                self.paths.push(path.to_path_buf());
                if self.paths.len() > MOST_FILES { Err(too_many()) } else { Ok(()) }
            }
            Named::Folder => self.search(path, path, None, cwd),
            Named::Pattern(pattern) => {
                let base = pattern.base.clone();
                self.search(path, &base, Some(pattern), cwd)
            }
        }
    }

    fn search(
        &mut self,
        given: &Path,
        base: &Path,
        pattern: Option<Pattern>,
        cwd: &Path,
    ) -> Result<(), Stop> {
        let wanted = pattern.as_ref().map_or(Wanted::Tables, Wanted::Matching);
        let found = std::mem::take(&mut self.paths);
        let before = found.len();
        let mut walk = Walk { cwd, base, skipped: &mut self.skipped, found };
        // A pattern below a folder that does not exist matches nothing.
        if pattern.is_none() || cwd.join(base).is_dir() {
            walk.folder(&[], &wanted)?;
        }
        self.paths = walk.found;
        if self.paths.len() == before {
            return Err(nothing_found(given, pattern.is_some(), &self.skipped));
        }
        self.folders.push(base.to_path_buf());
        let whole = cwd.join(base);
        self.searched.push((whole.canonicalize().unwrap_or(whole), pattern));
        Ok(())
    }

    /// The tables, each once, with the places of their scores.
    fn files(&mut self, stated: Option<ScoresFormat>, cwd: &Path) -> Result<Vec<TableFile>, Stop> {
        let folders: Vec<PathBuf> =
            self.folders.iter().map(|folder| absolute(cwd, folder)).collect();
        let root = root(cwd, folders.iter().map(PathBuf::as_path));
        let mut files: Vec<TableFile> = Vec::new();
        let mut seen = BTreeSet::new();
        for shown in std::mem::take(&mut self.paths) {
            let path = absolute(cwd, &shown);
            if !seen.insert(path) {
                self.skipped.add(Why::Again, shown);
                continue;
            }
            files.push(file(shown, &root, stated, cwd));
        }
        files.sort_by(|one, other| one.shown.cmp(&other.shown));
        all_differ(&files)?;
        Ok(files)
    }
}

fn file(shown: PathBuf, root: &Path, stated: Option<ScoresFormat>, cwd: &Path) -> TableFile {
    // Not `absolute`: after a link to a folder, `..` is another folder.
    let path = cwd.join(&shown);
    let whole = absolute(cwd, &shown);
    let (output, format) = output(whole.strip_prefix(root).unwrap_or(&whole), stated);
    let bytes = path.metadata().map_or(0, |about| about.len());
    TableFile { shown, path, bytes, output, format }
}

/// Returns an error if two tables would be written to one file.
fn all_differ(files: &[TableFile]) -> Result<(), Stop> {
    let mut outputs: BTreeMap<&Path, &Path> = BTreeMap::new();
    for TableFile { output, shown, .. } in files {
        if let Some(other) = outputs.insert(output, shown) {
            let message = format!(
                "the scores of `{}` and of `{}` would both be written to `{}`",
                other.display(),
                shown.display(),
                output.display()
            );
            return Err(Stop::usage(message).help("rename one of them, or score them in two runs"));
        }
    }
    Ok(())
}

fn standard_input() -> Stop {
    Stop::usage("standard input (`-`) cannot be one of several tables, because it has no name")
        .help("write it to a file first")
}

fn nothing_found(given: &Path, is_pattern: bool, skipped: &Skipped) -> Stop {
    let given = given.display();
    let stop = Stop::usage(match is_pattern {
        true => format!("no file matches `{given}`"),
        false => format!("there is no table in `{given}`"),
    });
    let stop = stop.help(match is_pattern {
        true => "`*` and `?` match within a name, and `**` matches any number of folders",
        false => "tables are recognised by their endings, such as .csv, .jsonl, .parquet or .arrow; name other files by a pattern: `FOLDER/*`",
    });
    skipped.notes().into_iter().fold(stop, |stop, note| stop.help(note.text))
}
