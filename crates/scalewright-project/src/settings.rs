//! The settings of a study: the nearest `scalewright.toml`.

use std::path::{Component, Path, PathBuf};

use scalewright_check::outside::{OutsideLints, verify};
use scalewright_check::{
    Checked, Config, Document, Finding, Level, Levels, MAX_BYTES, Source, Study, locate,
    read_config,
};
use scalewright_model::file::{ExportFile, PdfFile, PluginsFile};
use scalewright_model::text::plain;
use scalewright_model::{Diagnostic, MOST_FINDINGS, Pointer, Stop};

use crate::files::{Files, unread};

/// The name of the file.
pub const SETTINGS: &str = "scalewright.toml";

/// The settings and the folder they were read from.
#[derive(Debug, Default)]
pub struct Settings {
    /// The folder that contains the file. Paths in the file are relative to it.
    folder: PathBuf,
    config: Config,
}

/// Settings that cannot be used, with their errors.
#[derive(Debug)]
pub struct Refused {
    /// The errors, with positions in `documents`.
    pub findings: Vec<Finding>,
    /// The settings file, if it could be read.
    pub documents: Vec<Document>,
    /// The message to print after the findings.
    pub stop: Stop,
}

impl From<Stop> for Box<Refused> {
    fn from(stop: Stop) -> Self {
        Box::new(Refused { findings: Vec::new(), documents: Vec::new(), stop })
    }
}

impl Settings {
    /// Reads the nearest settings file, if there is one: upwards from the library if that is `given`, else from `cwd`,
    /// an absolute path.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or contains an error.
    pub fn read(files: &dyn Files, cwd: &Path, given: Option<&Path>) -> Result<Self, Box<Refused>> {
        let from = given.map_or(cwd.to_path_buf(), |given| cwd.join(given));
        // Anything with that name is meant as settings: if it is not a file, reading it must fail.
        let is_there = |folder: &&Path| files.exists(&folder.join(SETTINGS));
        let Some(folder) = from.ancestors().find(is_there) else {
            return Ok(Self::default());
        };
        let path = folder.join(SETTINGS);
        let shown = path.strip_prefix(cwd).unwrap_or(&path);
        // The extra byte lets `read_config` notice that the file is too large.
        let bytes = files.read(&path, MAX_BYTES + 1);
        let bytes = bytes.map_err(|error| unread(shown, &plain(&error)))?;
        let shown = shown.display().to_string();
        let source = Source { name: shown.clone(), bytes };
        read_config(source)
            .map(|config| Self { folder: folder.to_path_buf(), config })
            .map_err(|(document, findings)| wrong(findings, document, "nothing was done"))
    }

    /// Returns the folder of the library if one is set, relative to `cwd` if it is inside `cwd`.
    #[must_use]
    pub fn library(&self, cwd: &Path) -> Option<PathBuf> {
        let whole = tidy(&self.folder.join(self.config.library.as_ref()?));
        Some(whole.strip_prefix(cwd).map(Path::to_path_buf).unwrap_or(whole))
    }

    /// Returns the folders of packs that are set, relative to `cwd` if they are inside `cwd`.
    #[must_use]
    pub fn packs(&self, cwd: &Path) -> Vec<PathBuf> {
        let folders = self.config.packs.iter().map(|path| tidy(&self.folder.join(path)));
        folders
            .map(|whole| whole.strip_prefix(cwd).map(Path::to_path_buf).unwrap_or(whole))
            .collect()
    }

    /// Returns the key files and folders of them that are set, relative to `cwd` if they are inside `cwd`.
    #[must_use]
    pub fn keys(&self, cwd: &Path) -> Vec<PathBuf> {
        let paths = self.config.keys.iter().map(|path| tidy(&self.folder.join(path)));
        paths.map(|whole| whole.strip_prefix(cwd).map(Path::to_path_buf).unwrap_or(whole)).collect()
    }

    /// Returns what the study declares about its use of the instruments.
    #[must_use]
    pub fn study(&self) -> Study {
        self.config.study.clone()
    }

    /// Returns the title of the study.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.config.title.as_deref()
    }

    /// Returns the settings for printed sheets.
    #[must_use]
    pub fn pdf(&self) -> &PdfFile {
        &self.config.pdf
    }

    /// Returns the options of targets, as written in the file.
    #[must_use]
    pub fn export(&self) -> &ExportFile {
        &self.config.export
    }

    /// Returns the programs and the templates of plug-ins, as written in the file.
    #[must_use]
    pub fn plugins(&self) -> &PluginsFile {
        &self.config.plugins
    }

    /// Returns the folder that contains the file. Paths in the file are relative to it.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Turns diagnostics about the file into a refusal, with their positions, in the order of the file.
    #[must_use]
    pub fn refuse(&self, diagnostics: Vec<Diagnostic>) -> Box<Refused> {
        // Without a file there is no position to report, so the message alone remains.
        let Some(document) = &self.config.document else {
            let first = diagnostics.into_iter().next();
            return Stop::usage(first.map(|wrong| wrong.message).unwrap_or_default()).into();
        };
        let mut findings = locate(diagnostics, 0, document);
        findings.sort_by_key(Finding::order);
        wrong(findings, document.clone(), "nothing was written")
    }

    /// Returns the lint plug-ins that every check runs, each with its place in the file.
    #[must_use]
    pub fn lint_plugins(&self) -> &[(String, Pointer)] {
        &self.config.lint_plugins
    }

    /// Checks the names of lints of other programs in the file, now that these programs run.
    ///
    /// # Errors
    ///
    /// If a program that runs has no such lint.
    pub fn verify_lints(&self, outside: &dyn OutsideLints) -> Result<(), Box<Refused>> {
        let named = self.config.outside.iter();
        let unknown = named.filter_map(|(name, place)| {
            let help = verify(name, outside).err()?;
            let wrong = Diagnostic::error("unknown-lint", format!("there is no lint `{name}`"))
                .at_key(place.clone(), "")
                .help(help.unwrap_or_else(|| "correct the name, or remove the key".to_owned()));
            Some(wrong)
        });
        let unknown: Vec<Diagnostic> = unknown.take(MOST_FINDINGS).collect();
        if unknown.is_empty() { Ok(()) } else { Err(self.refuse(unknown)) }
    }

    /// Returns warnings about `[[overrides]]` whose path does not exist, as the check of the file; `None` if there are
    /// none.
    #[must_use]
    pub(crate) fn unused_overrides(&self, files: &dyn Files) -> Option<Checked> {
        let document = self.config.document.as_ref()?;
        let overrides = self.config.overrides.iter().enumerate();
        let unused =
            overrides.filter(|(_, one)| !files.exists(&tidy(&self.folder.join(&one.path))));
        let unused = unused.map(|(index, one)| {
            let message =
                format!("`{}` does not exist, so these levels apply to nothing", one.path);
            Diagnostic::warning("unused-override", message)
                .at(Pointer::entry("overrides", index).key("path"), "")
                .help("correct the path, which is relative to this file, or remove the entry")
        });
        let unused: Vec<Diagnostic> = unused.take(MOST_FINDINGS).collect();
        let findings = locate(unused, 0, document);
        let check = || Checked::of_file(document.clone(), findings.clone(), &Levels::default());
        (!findings.is_empty()).then(check)
    }

    /// Returns the lint levels for the definition at the absolute path `definition`. Levels for all definitions come
    /// first, then those for this one, then `more`, which the command sets; later ones take precedence. `plugins` are
    /// lint plug-ins that only this command runs.
    ///
    /// # Errors
    ///
    /// If an unknown lint is named.
    pub fn levels(
        &self,
        definition: &Path,
        more: &[(String, Level)],
        plugins: &[String],
    ) -> Result<Levels, Stop> {
        // Both paths without `.` and `..`, because `starts_with` compares them part by part.
        let definition = tidy(definition);
        let own = self.config.overrides.iter().filter(|one| {
            // `join` replaces the folder if `one.path` is absolute.
            definition.starts_with(tidy(&self.folder.join(&one.path)))
        });
        let set = own.flat_map(|one| &one.lints);
        let enabled = self.config.lint_plugins.iter().map(|(name, _)| name);
        let mut levels = Levels::with_plugins(enabled.chain(plugins).cloned());
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

/// Returns the path without `.` and `..`, resolved lexically: links are not followed.
#[must_use]
pub fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                // At the root, `..` is the root itself, as `pop` leaves it.
                tidy.pop();
            }
            other => tidy.push(other),
        }
    }
    tidy
}
