//! The commands of settings that the user trusts, recorded outside of the repository by path and hash.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use scalewright_model::Stop;
use scalewright_model::text::plain;
use scalewright_plugins::find::{bytes, folder, hash, kind_name};
use scalewright_plugins::process::Program;
use serde::{Deserialize, Serialize};

/// The name of the record in the user's folder of settings.
const RECORD: &str = "trusted-plugins.json";

/// The record of trusted commands.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    /// For each command, by the path of its settings, its kind and its name: its hash.
    trusted: BTreeMap<String, String>,
}

/// The trust in the commands of settings.
#[derive(Debug, Clone)]
pub(crate) struct Trust {
    /// The record; `None` if the user has no folder for settings.
    file: Option<PathBuf>,
    /// Whether all commands are trusted in this run.
    everything: bool,
}

impl Trust {
    /// The trust of this user, with the record in `folder` or in the user's own folder of settings.
    pub(crate) fn new(folder: Option<&Path>, everything: bool) -> Self {
        let folder = folder.map(Path::to_path_buf).or_else(own_folder);
        Self { file: folder.map(|folder| folder.join(RECORD)), everything }
    }

    /// Whether the user trusts the command, and none of its files has changed since.
    pub(crate) fn covers(&self, program: &Program) -> Result<bool, Stop> {
        if self.everything {
            return Ok(true);
        }
        Ok(self.read()?.trusted.get(&key(program)) == Some(&hash(program)?))
    }

    /// Whether the user has trusted the command in an earlier form.
    pub(crate) fn covered(&self, program: &Program) -> Result<bool, Stop> {
        Ok(self.read()?.trusted.contains_key(&key(program)))
    }

    /// Records that the user trusts these commands. Returns the path of the record.
    pub(crate) fn add(&self, programs: &[&Program]) -> Result<PathBuf, Stop> {
        let mut record = self.read()?;
        for program in programs {
            record.trusted.insert(key(program), hash(program)?);
        }
        self.write(&record)
    }

    /// Withdraws the trust in these commands. Returns how many were trusted.
    pub(crate) fn remove(&self, programs: &[&Program]) -> Result<usize, Stop> {
        let mut record = self.read()?;
        let before = record.trusted.len();
        for program in programs {
            record.trusted.remove(&key(program));
        }
        let removed = before - record.trusted.len();
        if removed > 0 {
            self.write(&record)?;
        }
        Ok(removed)
    }

    fn read(&self) -> Result<Record, Stop> {
        let Some(file) = self.file.as_ref().filter(|file| file.exists()) else {
            return Ok(Record::default());
        };
        let text = bytes(file)?;
        serde_json::from_slice(&text).map_err(|_| {
            // A record that cannot be read must not count as an empty one: the next `trust` would delete it.
            Stop::usage(format!("the record of trusted plug-ins `{}` is damaged", file.display()))
                .help("remove it, and trust the plug-ins again: `scalewright plugin trust`")
        })
    }

    fn write(&self, record: &Record) -> Result<PathBuf, Stop> {
        let Some(file) = &self.file else {
            return Err(Stop::usage("there is no folder for the settings of this user")
                .help("set `SCALEWRIGHT_CONFIG_DIR`, or use `--trust-plugins`"));
        };
        let folder = file.parent().unwrap_or(Path::new("."));
        let failed = |error: std::io::Error| {
            Stop::usage(format!("cannot write `{}`: {}", file.display(), plain(&error)))
        };
        fs::create_dir_all(folder).map_err(failed)?;
        let text = serde_json::to_string_pretty(record).unwrap_or_default() + "\n";
        let mut beside = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
        std::io::Write::write_all(&mut beside, text.as_bytes()).map_err(failed)?;
        beside.persist(file).map_err(|error| failed(error.error))?;
        Ok(file.clone())
    }
}

fn key(program: &Program) -> String {
    let folder = folder(program);
    format!("{}|{}|{}", folder.display(), kind_name(program.kind), program.name)
}

/// Returns the folder in which this system stores the settings of users.
fn own_folder() -> Option<PathBuf> {
    let variable =
        |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || variable("HOME");
    let folder = match () {
        () if cfg!(windows) => variable("APPDATA"),
        () if cfg!(target_os = "macos") => {
            home().map(|home| home.join("Library/Application Support"))
        }
        () => variable("XDG_CONFIG_HOME").or_else(|| home().map(|home| home.join(".config"))),
    };
    folder.map(|folder| folder.join("scalewright"))
}
