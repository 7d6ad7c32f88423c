//! The settings of a study: the nearest `scalewright.toml`.

use std::path::{Component, Path, PathBuf};

use scalewright_check::{
    Config, Document, Finding, Level, Levels, MAX_BYTES, Source, Study, locate, read_config,
};
use scalewright_model::file::{ExportFile, PdfFile};
use scalewright_model::text::plain;
use scalewright_model::{Diagnostic, Stop};

use crate::files::{Files, unread};

/// The name of the file.
pub const SETTINGS: &str = "scalewright.toml";

/// What is set, and where.
#[derive(Debug, Default)]
pub struct Settings {
    /// The folder that the file is in: its paths are seen from there.
    folder: PathBuf,
    config: Config,
}

/// Settings that cannot be used: what is wrong with them, and why nothing is done.
#[derive(Debug)]
pub struct Refused {
    /// What is wrong, with places in `documents`.
    pub findings: Vec<Finding>,
    /// The settings, where they could be read.
    pub documents: Vec<Document>,
    /// What to say after the findings.
    pub stop: Stop,
}

impl From<Stop> for Box<Refused> {
    fn from(stop: Stop) -> Self {
        Box::new(Refused { findings: Vec::new(), documents: Vec::new(), stop })
    }
}

impl Settings {
    /// Reads the file, if there is one: upward from the library where that is `given`, else from `cwd`, a whole path.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or anything in it is wrong.
    pub fn read(files: &dyn Files, cwd: &Path, given: Option<&Path>) -> Result<Self, Box<Refused>> {
        let from = given.map_or(cwd.to_path_buf(), |given| cwd.join(given));
        // Whatever has that name is meant as settings, also where it turns out to be no file.
        let is_there = |folder: &&Path| files.exists(&folder.join(SETTINGS));
        let Some(folder) = from.ancestors().find(is_there) else {
            return Ok(Self::default());
        };
        let path = folder.join(SETTINGS);
        let shown = path.strip_prefix(cwd).unwrap_or(&path);
        let bytes = files.read(&path, MAX_BYTES + 1);
        let bytes = bytes.map_err(|error| unread(shown, &plain(&error)))?;
        let shown = shown.display().to_string();
        let source = Source { name: shown.clone(), bytes };
        read_config(source)
            .map(|config| Self { folder: folder.to_path_buf(), config })
            .map_err(|(document, findings)| wrong(findings, document, "nothing was done"))
    }

    /// The folder of the library, where one is set, as it is called from `cwd`.
    #[must_use]
    pub fn library(&self, cwd: &Path) -> Option<PathBuf> {
        let whole = tidy(&self.folder.join(self.config.library.as_ref()?));
        Some(whole.strip_prefix(cwd).map(Path::to_path_buf).unwrap_or(whole))
    }

    /// What the instruments are used for.
    #[must_use]
    pub fn study(&self) -> Study {
        self.config.study.clone()
    }

    /// What people call the study.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.config.title.as_deref()
    }

    /// How printed sheets look.
    #[must_use]
    pub fn pdf(&self) -> &PdfFile {
        &self.config.pdf
    }

    /// The options of targets, as written.
    #[must_use]
    pub fn export(&self) -> &ExportFile {
        &self.config.export
    }

    /// The folder that the file is in: what it names is seen from there.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The refusal of what the file says wrongly, at its places, in the order of the file.
    #[must_use]
    pub fn refuse(&self, diagnostics: Vec<Diagnostic>) -> Box<Refused> {
        let Some(document) = &self.config.document else {
            let first = diagnostics.into_iter().next();
            return Stop::usage(first.map(|wrong| wrong.message).unwrap_or_default()).into();
        };
        let mut findings = locate(diagnostics, 0, document);
        findings.sort_by_key(Finding::order);
        wrong(findings, document.clone(), "nothing was written")
    }

    /// The levels for the definition at the absolute path `definition`: what is set for all, what is set for it,
    /// and then `more`, which is set by the command.
    ///
    /// # Errors
    ///
    /// When an unknown lint is named.
    pub fn levels(&self, definition: &Path, more: &[(String, Level)]) -> Result<Levels, Stop> {
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

fn wrong(findings: Vec<Finding>, document: Document, outcome: &str) -> Box<Refused> {
    let stop = Stop::usage(format!("the settings in `{}` are wrong", document.name))
        .help(format!("{outcome}: correct the file first"));
    Box::new(Refused { findings, documents: vec![document], stop })
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
