//! Searches the folders of a library. Skipped paths are recorded, to be reported.

use std::path::{Path, PathBuf};

use scalewright_model::Stop;
use scalewright_model::text::plain;

use crate::files::{At, Entry, Kind, is_file, unread};
use crate::settings::SETTINGS;

use super::{CASES, DEFINITION, Found, KEY, Library};

/// The number of folder levels below a folder that are searched for definitions.
const DEPTH: usize = 5;

impl Library<'_> {
    /// Returns the definitions in `folder` and below, sorted by path.
    pub(super) fn below(&self, folder: &Path) -> Vec<Found> {
        let mut found = Vec::new();
        self.gather(folder, DEPTH, &mut found);
        found.sort();
        found
    }

    fn gather(&self, folder: &Path, depth: usize, found: &mut Vec<Found>) {
        let here = folder.join(DEFINITION);
        let looked = self.is_file(&here).and_then(|is_one| Ok((is_one, self.entries(folder)?)));
        let (is_one, entries) = match looked {
            Ok(looked) => looked,
            Err(stop) => return self.skipped.borrow_mut().unread(stop),
        };
        if is_one {
            found.push(Found { path: here });
        }
        for Entry { name, kind } in entries {
            let path = folder.join(&name);
            let is_hidden = name.to_string_lossy().starts_with('.');
            let why = match kind {
                Kind::Folder if is_hidden || is_one => {
                    // Most hidden or inner folders have nothing to do with instruments: report only those with a
                    // definition.
                    let within = self.files.look(&self.cwd.join(&path).join(DEFINITION));
                    match matches!(within, Ok(At::File)) {
                        false => continue,
                        true if is_hidden => "its name begins with a dot",
                        true => "it is inside the folder of an instrument",
                    }
                }
                // After the case above, so that hidden folders are not reported for their depth.
                Kind::Folder if depth == 0 => "it is nested too deeply",
                Kind::Folder => {
                    self.gather(&path, depth - 1, found);
                    continue;
                }
                Kind::LinkedFolder if !is_hidden => "it is a link to a folder",
                Kind::BrokenLink if !is_hidden => "it is a broken link",
                Kind::File | Kind::NoFile | Kind::LinkedFolder | Kind::BrokenLink => continue,
            };
            self.skipped.borrow_mut().skip(path, why);
        }
    }

    fn entries(&self, folder: &Path) -> Result<Vec<Entry>, Stop> {
        let entries = self.files.entries(&self.cwd.join(folder));
        entries.map_err(|error| unread(folder, &plain(&error)))
    }

    pub(super) fn is_file(&self, path: &Path) -> Result<bool, Stop> {
        is_file(self.files, &self.cwd.join(path), path)
    }

    /// Returns the wordings in `folder`: its TOML files other than definition, cases, key and settings.
    pub(super) fn tomls(&self, folder: &Path) -> Result<Vec<PathBuf>, Stop> {
        // Elsewhere, a file of this name may be anything.
        let is_definition = self.is_file(&folder.join(DEFINITION))?;
        let is_wording = |entry: &Entry| {
            let name = entry.name.to_string_lossy();
            let is_key = is_definition && name == KEY;
            name.ends_with(".toml")
                && ![DEFINITION, CASES, SETTINGS].contains(&name.as_ref())
                && !is_key
                && !name.starts_with('.')
                // A broken link or a pipe is kept: reading it fails with a message, so that no wording is lost
                // silently.
                && !matches!(entry.kind, Kind::Folder | Kind::LinkedFolder)
        };
        let mut paths = Vec::new();
        for entry in self.entries(folder)?.iter().filter(|entry| is_wording(entry)) {
            let path = folder.join(&entry.name);
            if self.is_file(&path)? {
                paths.push(path);
            }
        }
        Ok(paths)
    }

    /// Returns the folders in `folder`. Links to folders are skipped and recorded.
    pub(super) fn folders(&self, folder: &Path) -> Result<Vec<PathBuf>, Stop> {
        let mut folders = Vec::new();
        for Entry { name, kind } in self.entries(folder)? {
            match kind {
                Kind::Folder => folders.push(folder.join(name)),
                Kind::LinkedFolder => {
                    let why = "it is a link to a folder";
                    self.skipped.borrow_mut().skip(folder.join(name), why);
                }
                Kind::File | Kind::NoFile | Kind::BrokenLink => {}
            }
        }
        Ok(folders)
    }
}
