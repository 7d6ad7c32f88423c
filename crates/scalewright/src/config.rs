//! The settings of a study: the nearest `scalewright.toml`.

use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use scalewright_check::{
    Config, Finding, Level, Levels, MAX_BYTES, Source, Study, locate, read_config,
};
use scalewright_model::Diagnostic;
use scalewright_model::file::{ExportFile, PdfFile};

use crate::library::plain;
use crate::{Stop, Terminal, render, walk};

/// What the file is called.
const NAME: &str = "scalewright.toml";

/// What is set, and where.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    /// The folder that the file is in: its paths are seen from there.
    folder: PathBuf,
    config: Config,
}

impl Settings {
    /// Reads the file, if there is one: upward from the library where that is `given`, else from where the program
    /// runs. Whatever is wrong with it is told.
    pub(crate) fn read(terminal: &mut Terminal<'_>, given: Option<&Path>) -> Result<Self, Stop> {
        let from = given.map_or(terminal.cwd.to_path_buf(), |given| terminal.cwd.join(given));
        // Whatever has that name is meant as settings, also where it turns out to be no file.
        let is_there = |folder: &&Path| fs::symlink_metadata(folder.join(NAME)).is_ok();
        let Some(folder) = from.ancestors().find(is_there) else {
            return Ok(Self::default());
        };
        let path = folder.join(NAME);
        let shown = path.strip_prefix(terminal.cwd).unwrap_or(&path);
        let bytes = bytes(&path, shown)?;
        let shown = shown.display().to_string();
        let source = Source { name: shown.clone(), bytes };
        match read_config(source) {
            Ok(config) => Ok(Self { folder: folder.to_path_buf(), config }),
            Err((document, findings)) => {
                let documents = [document];
                for finding in findings {
                    terminal.tell(render::full(&finding, &documents));
                }
                Err(Stop::usage(format!("the settings in `{shown}` are wrong"))
                    .help("nothing was done: correct the file first"))
            }
        }
    }

    /// The folder of the library, where one is set, as it is called from `cwd`.
    pub(crate) fn library(&self, cwd: &Path) -> Option<PathBuf> {
        let whole = tidy(&self.folder.join(self.config.library.as_ref()?));
        Some(whole.strip_prefix(cwd).map(Path::to_path_buf).unwrap_or(whole))
    }

    /// What the instruments are used for.
    pub(crate) fn study(&self) -> Study {
        self.config.study.clone()
    }

    /// What people call the study.
    pub(crate) fn title(&self) -> Option<&str> {
        self.config.title.as_deref()
    }

    /// How printed sheets look.
    pub(crate) fn pdf(&self) -> &PdfFile {
        &self.config.pdf
    }

    /// The folder that the file is in: what it names is seen from there.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The options of targets, as written.
    pub(crate) fn export(&self) -> &ExportFile {
        &self.config.export
    }

    /// Tells what is wrong with something that the file names, at its place.
    pub(crate) fn refuse(&self, wrong: Diagnostic, terminal: &mut Terminal<'_>) -> Stop {
        self.refuse_all(vec![wrong], terminal)
    }

    /// [`Self::refuse`], of several things.
    pub(crate) fn refuse_all(&self, wrong: Vec<Diagnostic>, terminal: &mut Terminal<'_>) -> Stop {
        let documents = self.config.document.as_slice();
        let Some(document) = documents.first() else {
            let first = wrong.into_iter().next();
            return Stop::usage(first.map(|wrong| wrong.message).unwrap_or_default());
        };
        let shown = document.name.clone();
        let mut findings = locate(wrong, 0, document);
        findings.sort_by_key(Finding::order);
        for finding in findings {
            terminal.tell(render::full(&finding, documents));
        }
        Stop::usage(format!("the settings in `{shown}` are wrong"))
            .help("nothing was written: correct the file first")
    }

    /// The levels for the definition at the absolute path `definition`: what is set for all, what is set for it,
    /// and then `more`, which is set by the command.
    pub(crate) fn levels(
        &self,
        definition: &Path,
        more: &[(String, Level)],
    ) -> Result<Levels, Stop> {
        let definition = tidy(definition);
        let own = self.config.overrides.iter().filter(|one| {
            // An absolute path leads out of the folder by itself.
            definition.starts_with(tidy(&self.folder.join(&one.path)))
        });
        let set = own.flat_map(|one| &one.lints);
        let mut levels = Levels::default();
        for (name, level) in self.config.lints.iter().chain(set).chain(more) {
            levels.set(name, *level).map_err(|help| {
                let stop = Stop::usage(format!("there is no lint or group `{name}`"));
                stop.help(help.unwrap_or_else(|| {
                    "only lints can be set; `scalewright explain` lists them".to_owned()
                }))
            })?;
        }
        Ok(levels)
    }
}

/// As much of a file as could be settings.
fn bytes(path: &Path, shown: &Path) -> Result<Vec<u8>, Stop> {
    let mut bytes = Vec::new();
    let read = walk::open(path, shown)?.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes);
    read.map(|_| bytes).map_err(|error| walk::unread(shown, &plain(&error)))
}

/// The path without `.` and `..`, as far as its words tell.
fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                tidy.pop();
            }
            other => tidy.push(other),
        }
    }
    tidy
}
