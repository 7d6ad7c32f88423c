//! The files that a run writes: either all of them completely, or none.
//!
//! The content is first written to files without a name, so that an interrupted run leaves nothing behind. When all of
//! it is complete, it is committed: devices and pipes receive their content, then the files get their names.

mod commit;
mod destination;
mod folder;
mod unnamed;

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use scalewright_model::Stop;
use scalewright_model::text::plain;
use scalewright_tables::{FileFormat, Named};

use crate::exit_code::OK;
use crate::terminal::Terminal;

use destination::{Destination, DestinationKind, Key};
pub(crate) use folder::OutputFolder;
use unnamed::OutputContent;

/// How many files are open at a time. The content of further files is stored in memory.
const MOST_OPEN: usize = 256;

/// The files that a run writes.
pub(crate) struct Outputs<'a> {
    cwd: &'a Path,
    /// The files that are read, which must not be overwritten.
    inputs: Vec<Destination>,
    pending: Vec<PendingOutput>,
    /// The positions in `pending`, by the keys of the destinations.
    by_key: BTreeMap<Key, Vec<usize>>,
    /// The folders that this run created, the deepest first.
    made: Vec<PathBuf>,
}

/// The content for a destination, complete or not.
struct PendingOutput {
    destination: Destination,
    /// `None` if the file has its content already: nothing is written.
    content: Option<OutputContent>,
}

impl<'a> Outputs<'a> {
    pub(crate) fn new(cwd: &'a Path) -> Self {
        let (inputs, pending, made) = (Vec::new(), Vec::new(), Vec::new());
        Self { cwd, inputs, pending, by_key: BTreeMap::new(), made }
    }

    /// Adds files that are read, which must not be overwritten.
    pub(crate) fn reading<P: AsRef<Path>>(mut self, inputs: impl IntoIterator<Item = P>) -> Self {
        let destinations =
            inputs.into_iter().filter_map(|input| Destination::find(self.cwd, input.as_ref()).ok());
        self.inputs.extend(destinations.filter(|destination| destination.existing.is_some()));
        self
    }

    /// Returns a file to write the content for `path` to; for `None` or `-`, that for standard output.
    pub(crate) fn begin(&mut self, path: Option<&Path>) -> Result<File, Stop> {
        let destination = match path.filter(|path| path.as_os_str() != "-") {
            Some(path) => self.destination(path)?,
            None => Destination::standard(),
        };
        self.is_free(&destination)?;
        let opened =
            OutputContent::open(&destination).and_then(|content| Ok((content.handle()?, content)));
        let (file, content) = opened.map_err(|error| unwritable(&destination.shown, &error))?;
        self.push(PendingOutput { destination, content: Some(OutputContent::Open(content)) });
        Ok(file)
    }

    /// Adds the whole content for `path`. A file that has this content already is left as it is: replacing thousands of
    /// files by equal ones takes long, and would tell programs that watch them of a change.
    pub(crate) fn add(&mut self, path: &Path, bytes: Vec<u8>) -> Result<(), Stop> {
        let destination = self.destination(path)?;
        self.is_free(&destination)?;
        let content = if destination.contains(&bytes) {
            None
        } else if self.pending.len() < MOST_OPEN && !destination.is_written_directly() {
            let written = OutputContent::written(&destination, &bytes);
            Some(written.map_err(|error| unwritable(&destination.shown, &error))?)
        } else {
            Some(OutputContent::InMemory(bytes))
        };
        self.push(PendingOutput { destination, content });
        Ok(())
    }

    fn push(&mut self, one: PendingOutput) {
        self.by_key.entry(one.destination.key()).or_default().push(self.pending.len());
        self.pending.push(one);
    }

    /// Returns the destination of `path`, and creates its folder if it does not exist.
    fn destination(&mut self, path: &Path) -> Result<Destination, Stop> {
        let shown = path.display().to_string();
        let failed = |error: std::io::Error| unwritable(&shown, &error);
        let destination = Destination::find(self.cwd, path).map_err(failed)?;
        if destination.kind == DestinationKind::Folder {
            return Err(Stop::usage(format!("`{shown}` is a folder, not the name of a file")));
        }
        if let Some(folder) =
            destination.whole.parent().filter(|_| destination.kind == DestinationKind::Absent)
        {
            // Recorded before they exist: creating them may fail after the first.
            self.made.splice(0..0, missing(folder));
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        Ok(destination.in_folder())
    }

    /// Stops if this run also reads `destination`, or already writes it.
    fn is_free(&self, destination: &Destination) -> Result<(), Stop> {
        let name = |destination: &Destination| match destination.kind {
            DestinationKind::Standard => "standard output".to_owned(),
            _ => format!("`{}`", destination.shown),
        };
        let similar = self.by_key.get(&destination.key()).into_iter().flatten();
        let mut similar = similar.map(|at| &self.pending[*at].destination);
        if let Some(other) = similar.find(|other| other.is_same(destination)) {
            let message = format!("{} and {} are the same file", name(other), name(destination));
            return Err(Stop::usage(message).help("name two files; nothing was written"));
        }
        if let Some(input) = self.inputs.iter().find(|input| input.is_same(destination)) {
            let message =
                format!("{} is a file that is read: `{}`", name(destination), input.shown);
            return Err(Stop::usage(message).help("name another file; nothing was written"));
        }
        Ok(())
    }

    /// Writes everything, or leaves all files unchanged.
    pub(crate) fn commit(mut self, terminal: &mut Terminal<'_>) -> Result<(), Stop> {
        // Taken, because nothing can be moved out of a value that has a `drop`.
        let pending = std::mem::take(&mut self.pending);
        let (direct, files): (Vec<_>, Vec<_>) =
            pending.into_iter().partition(|one| one.destination.is_written_directly());
        // Writing to a device or a pipe cannot be undone. So it comes first: if it fails, no file has been written.
        for mut one in direct {
            one.write_directly(terminal)?;
        }
        commit::all(&files)?;
        self.made.clear();
        Ok(())
    }
}

impl Drop for Outputs<'_> {
    /// Removes the folders that this run created and did not need. A folder that is not empty stays.
    fn drop(&mut self) {
        for folder in &self.made {
            let _ = std::fs::remove_dir(folder);
        }
    }
}

impl PendingOutput {
    fn write_directly(&mut self, terminal: &mut Terminal<'_>) -> Result<(), Stop> {
        let shown = &self.destination.shown;
        let failed = |error: std::io::Error| {
            Stop::usage(format!("cannot write `{shown}`: {}", plain(&error)))
                .help("its content is incomplete; no other file was written")
        };
        let Some(content) = &self.content else { return Ok(()) };
        let mut content = content.reader().map_err(failed)?;
        if self.destination.kind == DestinationKind::Standard {
            terminal.copy(&mut content)?;
            return terminal.finish();
        }
        let mut direct = self.destination.open().map_err(failed)?;
        std::io::copy(&mut content, &mut direct).map(|_| ()).map_err(failed)
    }
}

/// The folders from `folder` upwards that do not exist: the deepest first, which is the order to remove them in.
fn missing(folder: &Path) -> Vec<PathBuf> {
    folder.ancestors().take_while(|folder| !folder.exists()).map(Path::to_path_buf).collect()
}

/// Writes `files` (names and contents) into `folder`, which is created if it does not exist. Returns their paths.
///
/// A name with folders comes from a plug-in. It must not lead out of `folder` through a link.
pub(crate) fn write_all(
    mut outputs: Outputs<'_>,
    folder: &Path,
    files: Vec<(String, Vec<u8>)>,
    terminal: &mut Terminal<'_>,
) -> Result<Vec<PathBuf>, Stop> {
    let paths: Vec<PathBuf> = files.iter().map(|(name, _)| folder.join(name)).collect();
    for (path, (name, bytes)) in paths.iter().zip(files) {
        stays_below(outputs.cwd, folder, &name)?;
        outputs.add(path, bytes)?;
    }
    outputs.commit(terminal)?;
    Ok(paths)
}

/// Stops if `name` has folders, and one of them, or the file itself, is a link.
fn stays_below(cwd: &Path, folder: &Path, name: &str) -> Result<(), Stop> {
    let parts: Vec<&str> = name.split('/').collect();
    if parts.len() == 1 {
        return Ok(());
    }
    let mut path = folder.to_owned();
    for part in parts {
        path.push(part);
        if std::fs::symlink_metadata(cwd.join(&path)).is_ok_and(|about| about.is_symlink()) {
            let message = format!(
                "cannot write `{}`: `{}` is a link, which may lead out of the folder",
                folder.join(name).display(),
                path.display()
            );
            return Err(Stop::usage(message)
                .help("remove the link, or export to another folder; nothing was written"));
        }
    }
    Ok(())
}

/// Writes one file completely, or leaves the existing file unchanged.
pub(crate) fn write_one(
    mut outputs: Outputs<'_>,
    path: &Path,
    bytes: Vec<u8>,
    terminal: &mut Terminal<'_>,
) -> Result<(), Stop> {
    outputs.add(path, bytes)?;
    outputs.commit(terminal)
}

fn unwritable(shown: &str, error: &std::io::Error) -> Stop {
    Stop::usage(format!("cannot write `{shown}`: {}", plain(error))).help("nothing was written")
}

/// Prints the text of a TOML file to fill in, or writes it to `path`. `what` is never overwritten.
pub(crate) fn write_new(
    path: Option<&Path>,
    text: String,
    what: &str,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    is_free(path, what, terminal)?;
    match path {
        Some(path) => {
            write_one(Outputs::new(terminal.cwd), path, text.into_bytes(), terminal)?;
            terminal.print(&path.display().to_string());
        }
        None => terminal.write(text.as_bytes()),
    }
    Ok(OK)
}

/// Stops if a file exists at the path, or its ending is not that of a TOML file. A device does not count as existing: it
/// can be written to.
pub(crate) fn is_free(
    out: Option<&Path>,
    what: &str,
    terminal: &mut Terminal<'_>,
) -> Result<(), Stop> {
    const TOML: &[FileFormat<()>] =
        &[FileFormat { name: "", format: (), endings: &["toml"], suits: &[] }];
    let named = Named { option: "--out", path: out };
    terminal.with_notes(|notes| named.format(None, TOML, notes))?;
    let exists = |path: &Path| path.is_file() || path.is_dir();
    match out.filter(|path| exists(&terminal.cwd.join(path))) {
        None => Ok(()),
        Some(path) => Err(Stop::usage(format!("`{}` already exists", path.display()))
            .help(format!("choose another name: {what} is never overwritten"))),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use tempfile::TempDir;

    use super::{MOST_OPEN, Outputs};
    use crate::terminal::{Stream, Terminal};
    use scalewright_model::Stop;

    fn commit(outputs: Outputs<'_>, cwd: &Path) -> Result<(), Stop> {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let [out, err] = [&mut out, &mut err].map(|to| Stream { to, styled: false });
        outputs.commit(&mut Terminal::new(cwd, Box::new(std::io::empty()), [out, err]))
    }

    fn names(at: &TempDir) -> Vec<String> {
        let entries = fs::read_dir(at.path()).expect("the folder exists").flatten();
        let mut names: Vec<String> =
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn written_files_are_undone_if_a_later_one_fails() {
        let at = tempfile::tempdir().expect("a folder");
        fs::write(at.path().join("old"), "old").expect("the file can be written");
        let mut outputs = Outputs::new(at.path());
        for name in ["old", "new", "made/for/nothing", "last"] {
            outputs.add(Path::new(name), b"new".to_vec()).expect("the output can be added");
        }
        // No file has its name before the commit.
        assert_eq!(names(&at), ["made", "old"]);
        fs::create_dir(at.path().join("last")).expect("the folder can be created");
        let stop = commit(outputs, at.path()).expect_err("a folder has the name");
        assert_eq!(stop.help, ["nothing was written"]);
        assert_eq!(names(&at), ["last", "old"]);
        assert_eq!(fs::read_to_string(at.path().join("old")).expect("the file exists"), "old");
    }

    #[cfg(unix)]
    #[test]
    fn names_with_folders_do_not_lead_out_through_links() {
        use std::os::unix::fs::symlink;
        let (at, outside) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir());
        let outside = outside.expect("a folder");
        symlink(outside.path(), at.path().join("sub")).expect("the link can be created");
        symlink(outside.path().join("x"), at.path().join("x")).expect("the link can be created");
        fs::create_dir(at.path().join("own")).expect("the folder can be created");
        symlink(outside.path().join("x"), at.path().join("own/x"))
            .expect("the link can be created");
        for name in ["sub/x", "sub/new/x", "own/x"] {
            let (mut out, mut err) = (Vec::new(), Vec::new());
            let streams = [&mut out, &mut err].map(|to| Stream { to, styled: false });
            let mut terminal = Terminal::new(at.path(), Box::new(std::io::empty()), streams);
            let files = ["made/first", name].map(|name| (name.to_owned(), b"new".to_vec()));
            let outputs = Outputs::new(at.path());
            let written = super::write_all(outputs, Path::new(""), files.to_vec(), &mut terminal);
            let stop = written.expect_err("it leads out");
            assert!(stop.message.contains("is a link"), "{name}: {}", stop.message);
            assert_eq!(names(&at), ["own", "sub", "x"]);
            assert_eq!(names(&outside), [] as [&str; 0]);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_with_the_same_content_is_left_as_it_is() {
        use std::os::unix::fs::MetadataExt;
        let at = tempfile::tempdir().expect("a folder");
        let number = |name: &str| fs::metadata(at.path().join(name)).expect("it exists").ino();
        for name in ["same", "other", "longer"] {
            fs::write(at.path().join(name), name).expect("the file can be written");
        }
        let before = ["same", "other", "longer"].map(number);
        let mut outputs = Outputs::new(at.path());
        for (name, content) in [("same", "same"), ("other", "OTHER"), ("longer", "longer still")] {
            outputs.add(Path::new(name), content.into()).expect("the output can be added");
        }
        commit(outputs, at.path()).expect("all files can be written");
        let after = ["same", "other", "longer"].map(number);
        assert_eq!(before[0], after[0]);
        assert!(before[1] != after[1] && before[2] != after[2]);
        let read = |name| fs::read_to_string(at.path().join(name)).expect("the file exists");
        assert_eq!(["same", "other", "longer"].map(read), ["same", "OTHER", "longer still"]);
    }

    #[test]
    fn many_files_are_written_with_few_of_them_open() {
        let at = tempfile::tempdir().expect("a folder");
        let mut outputs = Outputs::new(at.path());
        for number in 0..2 * MOST_OPEN {
            let name = format!("{number:04}");
            outputs
                .add(Path::new(&name), name.clone().into_bytes())
                .expect("the output can be added");
        }
        commit(outputs, at.path()).expect("all files can be written");
        let names = names(&at);
        assert_eq!(names.len(), 2 * MOST_OPEN);
        for name in names {
            assert_eq!(fs::read_to_string(at.path().join(&name)).expect("the file exists"), name);
        }
    }
}
