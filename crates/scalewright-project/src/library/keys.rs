//! Key files: those of the command line, of the settings, and the one beside a definition.

use std::path::{Path, PathBuf};

use scalewright_check::{SchemaKind, Source, instrument_of, kind_of};
use scalewright_model::Stop;
use scalewright_model::text::line;

use super::{Found, Library};

/// The file name of a key in the folder of its definition.
pub(super) const KEY: &str = "key.toml";

/// The key files that a command may use.
#[derive(Default)]
pub(super) struct Keys {
    /// The arguments of the command line.
    given: Vec<PathBuf>,
    /// The files that they name.
    named: Vec<Source>,
    /// The files that the settings name.
    set: Vec<Source>,
}

impl Library<'_> {
    /// Adds the key files that `given` names, files or folders, and those of the settings.
    ///
    /// # Errors
    ///
    /// If a file cannot be read or a folder contains no key file.
    pub fn with_keys(mut self, given: &[PathBuf]) -> Result<Self, Stop> {
        self.keys = Keys {
            given: given.to_vec(),
            named: self.key_files(given)?,
            set: self.key_files(&self.settings.keys(self.cwd))?,
        };
        Ok(self)
    }

    fn key_files(&self, paths: &[PathBuf]) -> Result<Vec<Source>, Stop> {
        let mut sources = Vec::new();
        for path in paths {
            if !self.files.is_folder(&self.cwd.join(path)) {
                sources.push(self.read(path)?);
                continue;
            }
            let before = sources.len();
            for file in self.tomls(path)? {
                let source = self.read(&file)?;
                // A folder may contain wording files too.
                if kind_of(&source.bytes) == SchemaKind::Key {
                    sources.push(source);
                }
            }
            // An argument that adds nothing is a mistake, such as the wrong folder.
            if sources.len() == before {
                let message = format!("there is no key file in `{}`", path.display());
                return Err(Stop::usage(message));
            }
        }
        Ok(sources)
    }

    /// Checks that each key file given by name belongs to one of `targets`; otherwise it would be ignored silently.
    ///
    /// # Errors
    ///
    /// The first file that belongs to none of them.
    pub fn keys_are_used(&self, targets: &[Found]) -> Result<(), Stop> {
        let by_name = |source: &&Source| {
            self.keys.given.iter().any(|path| path.display().to_string() == source.name)
        };
        for source in self.keys.named.iter().filter(by_name) {
            // A file without a readable id goes to the check of every target, which reports it.
            let Some(meant) = instrument_of(&source.bytes) else { continue };
            let is_meant = |target: &Found| self.id(target).is_none_or(|id| id == meant);
            if !targets.iter().any(is_meant) {
                let meant = line(&meant);
                let message =
                    format!("`{}` is the key of `{meant}`, which is not named", source.name);
                let help = "name the instrument too, or leave the file out";
                return Err(Stop::usage(message).help(help));
            }
        }
        Ok(())
    }

    /// Returns the key file of the instrument `id`: from the command line, else from the settings, else the one beside
    /// the definition.
    pub(super) fn key_of(
        &self,
        id: Option<&str>,
        beside: Option<&Path>,
    ) -> Result<Option<Source>, Stop> {
        for sources in [&self.keys.named, &self.keys.set] {
            if let Some(source) = only(sources, id)? {
                return Ok(Some(source));
            }
        }
        let Some(path) = beside.map(|folder| folder.join(KEY)) else { return Ok(None) };
        match self.is_file(&path)? {
            true => self.read(&path).map(Some),
            false => Ok(None),
        }
    }
}

/// Returns the only one of `sources` that belongs to the instrument `id`.
fn only(sources: &[Source], id: Option<&str>) -> Result<Option<Source>, Stop> {
    let belongs = |source: &&Source| {
        let meant = instrument_of(&source.bytes);
        // If one of the two ids cannot be read, the file is kept, so that the check reports what is wrong.
        meant.is_none() || id.is_none() || meant.as_deref() == id
    };
    let mut belonging = sources.iter().filter(belongs);
    let (first, second) = (belonging.next(), belonging.next());
    match (first, second) {
        (Some(first), Some(second)) => {
            let id = line(id.unwrap_or_default());
            let message = format!("`{}` and `{}` are both keys of `{id}`", first.name, second.name);
            Err(Stop::usage(message).help(format!(
                "use one of them; `scalewright diff {} {} --for {id}` compares them",
                first.name, second.name
            )))
        }
        (first, _) => Ok(first.cloned()),
    }
}
