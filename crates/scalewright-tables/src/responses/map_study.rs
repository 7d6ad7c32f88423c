//! `instruments` of a map, which makes it a study file: `score --study FILE` scores all of them.

use std::path::{Path, PathBuf};

use toml::de::DeTable;

use crate::Stop;

use super::map_file;
use super::map_reading::{INSTRUMENTS, MapReading};

/// Returns the instruments of a study file. Files and folders are relative to its own folder; what is neither is an id. The
/// other keys of the file are those of a map.
///
/// # Errors
///
/// When the file cannot be read, or names no instruments.
pub fn instruments_of(path: &Path, cwd: &Path) -> Result<Vec<PathBuf>, Stop> {
    let name = path.display().to_string();
    let text = map_file::text(&name, &cwd.join(path))?;
    let (root, _) = DeTable::parse_recoverable(&text);
    let mut reading = MapReading::new((&name, &text), &[]);
    let list = root.get_ref().iter().find(|(key, _)| key.get_ref() == "instruments");
    let Some((_, list)) = list else {
        return Err(Stop::usage(format!("{name}: the file names no instruments"))
            .help("a study file begins with a list such as `instruments = [\"phq-9\", \"gad-7\"]`; other keys are those of a map"));
    };
    let named = reading.texts(list, INSTRUMENTS);
    let folder = path.parent().unwrap_or(Path::new(""));
    let instruments: Vec<PathBuf> = named
        .into_iter()
        .map(|(name, _)| {
            let beside = folder.join(&name);
            if cwd.join(&beside).exists() { beside } else { PathBuf::from(name) }
        })
        .collect();
    match (reading.wrong.into_iter().next(), instruments.is_empty()) {
        (Some(wrong), _) => Err(Stop::wrong(wrong)),
        (None, true) => Err(Stop::usage(format!("{name}: the list of instruments is empty"))),
        (None, false) => Ok(instruments),
    }
}
