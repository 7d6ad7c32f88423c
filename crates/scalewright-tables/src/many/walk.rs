//! Walks through a folder and finds its tables. Entries that are not tables are skipped and counted.

use std::fs::{self, DirEntry, FileType, Metadata};
use std::path::{Path, PathBuf};

use scalewright_model::text::plain;

use super::pattern::Pattern;
use super::skipped::{Skipped, Why};
use crate::Stop;
use crate::responses::is_table_name;

/// The maximum number of tables of a run, whose names are all in memory.
pub(super) const MOST_FILES: usize = 100_000;
/// The maximum depth of folders, which bounds the recursion.
const DEEPEST: usize = 64;

/// Which files below a folder are read.
pub(super) enum Wanted<'a> {
    /// All whose names end like those of tables.
    Tables,
    /// Those that the pattern matches. Of a folder that it matches, all tables.
    Matching(&'a Pattern),
}

/// A walk through a folder.
pub(super) struct Walk<'a> {
    /// The working folder.
    pub(super) cwd: &'a Path,
    /// The folder, as the user wrote it.
    pub(super) base: &'a Path,
    pub(super) skipped: &'a mut Skipped,
    /// The files that were found, beginning with `base`.
    pub(super) found: Vec<PathBuf>,
}

impl Walk<'_> {
    /// Adds the files in the folder whose names from the base are `names`, and in the folders below.
    pub(super) fn folder(&mut self, names: &[String], wanted: &Wanted<'_>) -> Result<(), Stop> {
        let folder = self.path(names);
        if names.len() > DEEPEST {
            let message = format!("`{}` is nested too deeply", folder.display());
            let help = format!("a folder of tables has at most {DEEPEST} levels of folders");
            return Err(Stop::usage(message).help(help));
        }
        let unread = |error: std::io::Error| {
            Stop::usage(format!("cannot read `{}`: {}", folder.display(), plain(&error)))
        };
        let entries = fs::read_dir(self.cwd.join(&folder)).map_err(unread)?;
        let mut entries = entries.collect::<Result<Vec<DirEntry>, _>>().map_err(unread)?;
        entries.sort_by_key(DirEntry::file_name);
        for entry in entries {
            let kind = entry.file_type().map_err(unread)?;
            // A name that is not UTF-8 is changed, so a table or folder with such a name cannot be read, which is an
            // error.
            let name = entry.file_name().to_string_lossy().into_owned();
            let names = [names, &[name]].concat();
            self.entry(&names, kind, wanted)?;
        }
        Ok(())
    }

    fn entry(&mut self, names: &[String], kind: FileType, wanted: &Wanted<'_>) -> Result<(), Stop> {
        let path = self.path(names);
        // A broken link has no metadata. It counts as a file, whose reading fails, because it may be a lost table.
        let about = self.cwd.join(&path).metadata().ok();
        let is_folder = kind.is_dir() || about.as_ref().is_some_and(Metadata::is_dir);
        let is_file = about.as_ref().is_none_or(Metadata::is_file);
        let name = names.last().map_or("", String::as_str);
        let is_wanted = match wanted {
            Wanted::Tables => is_folder || is_table_name(name),
            Wanted::Matching(pattern) => pattern.matches(names),
        };
        let is_led_into = is_folder
            && match wanted {
                Wanted::Tables => true,
                Wanted::Matching(pattern) => is_wanted || pattern.leads_into(names),
            };
        let why = match () {
            () if is_bookkeeping(name, is_folder) => Some(Why::Bookkeeping),
            // Links are followed to files only: those to folders can form a cycle.
            () if is_folder && !kind.is_dir() => Some(Why::LinkedFolder),
            () if is_folder => None,
            () if !is_wanted => Some(Why::NoTable),
            () => (!is_file).then_some(Why::NoFile),
        };
        match why {
            // What a pattern does not match is not worth a note.
            Some(why) if is_wanted || is_led_into || matches!(wanted, Wanted::Tables) => {
                self.skipped.add(why, path);
            }
            Some(_) => {}
            None if is_led_into => {
                self.folder(names, if is_wanted { &Wanted::Tables } else { wanted })?;
            }
            None if is_wanted => self.found.push(path),
            None => {}
        }
        match self.found.len() > MOST_FILES {
            true => Err(too_many()),
            false => Ok(()),
        }
    }

    fn path(&self, names: &[String]) -> PathBuf {
        self.base.join(names.iter().collect::<PathBuf>())
    }
}

/// Whether Spark, DuckDB and pyarrow also take an entry for none of the data: hidden files, `_SUCCESS`, `_metadata`,
/// checksums. A folder such as `_year=2025` is a partition by a column with that name.
pub(super) fn is_bookkeeping(name: &str, is_folder: bool) -> bool {
    let is_partition = is_folder && name.contains('=');
    name.starts_with('.') || name.starts_with('_') && !is_partition || name.ends_with(".crc")
}

/// The error for a run over too many tables.
pub(super) fn too_many() -> Stop {
    Stop::usage(format!("more than {MOST_FILES} tables are named"))
        .help("score the folders one by one, or write larger files")
}
