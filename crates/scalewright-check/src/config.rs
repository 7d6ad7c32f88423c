//! Reads `scalewright.toml`, the settings of a study.

mod print;

use std::collections::BTreeMap;

use scalewright_model::file::{ConfigFile, ExportFile, LevelFile, PdfFile};
use scalewright_model::{Diagnostic, MOST_FINDINGS, Pointer};

use crate::levels::{Level, Levels};
use crate::{Document, Finding, SchemaKind, Source, Study, locate, shape};

/// The settings of a study.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The folder of the instruments, relative to the file.
    pub library: Option<String>,
    /// The folders of packs, relative to the file.
    pub packs: Vec<String>,
    /// The use of the instruments.
    pub study: Study,
    /// The title of the study.
    pub title: Option<String>,
    /// The levels for all instruments, by names of lints or groups, in the order in which they apply.
    pub lints: Vec<(String, Level)>,
    /// The levels for some instruments, which apply after `lints`.
    pub overrides: Vec<Override>,
    /// The appearance of printed forms.
    pub pdf: PdfFile,
    /// The options of targets, as written in the file.
    pub export: ExportFile,
    /// The text of the file, for findings about the files that it names; `None` if there are no settings.
    pub document: Option<Document>,
}

/// Levels for the instruments at or below a path.
#[derive(Debug, Clone)]
pub struct Override {
    /// The path, relative to the file.
    pub path: String,
    /// The levels.
    pub lints: Vec<(String, Level)>,
}

/// Reads the settings in a `scalewright.toml`.
///
/// # Errors
/// Returns the text and all findings about it if it has errors.
pub fn read_config(source: Source) -> Result<Config, (Document, Vec<Finding>)> {
    let (document, unread) = Document::decode(0, source.name, source.bytes);
    if let Some(finding) = unread {
        return Err((document, vec![finding]));
    }
    let (tree, errors) = document.tree(0);
    if !errors.is_empty() {
        return Err((document.clone(), errors));
    }
    let (file, mut found) = shape::read::<ConfigFile>(&tree, SchemaKind::Config);
    found.extend(file.iter().flat_map(unknown));
    found.extend(file.iter().filter_map(|file| file.pdf.as_ref()).flat_map(print::wrong));
    match file {
        Some(file) if found.is_empty() => Ok(config(file, document.clone())),
        _ => Err((document.clone(), locate(found, 0, &document))),
    }
}

fn config(file: ConfigFile, document: Document) -> Config {
    let overrides = file.overrides.into_iter();
    let overrides =
        overrides.map(|one| Override { path: one.path, lints: in_order(&one.lints) }).collect();
    let study = file.study.unwrap_or_default();
    Config {
        study: Study { uses: study.usage, date: study.date },
        title: study.title,
        library: file.library.map(|library| library.path),
        packs: file.packs.map(|packs| packs.paths).unwrap_or_default(),
        lints: in_order(&file.lints),
        overrides,
        pdf: file.pdf.unwrap_or_default(),
        export: file.export,
        document: Some(document),
    }
}

/// Sorts levels so that names of more lints apply first, and names of fewer lints override them.
fn in_order(lints: &BTreeMap<String, LevelFile>) -> Vec<(String, Level)> {
    let mut all: Vec<(String, Level)> =
        lints.iter().map(|(name, setting)| (name.clone(), level(*setting))).collect();
    // The sort is stable, so names of the same width keep the order of the alphabet, and the result is always the same.
    all.sort_by_key(|(name, _)| Levels::width(name));
    all
}

fn level(setting: LevelFile) -> Level {
    match setting {
        LevelFile::Allow => Level::Allow,
        LevelFile::Hint => Level::Hint,
        LevelFile::Warn => Level::Warn,
        LevelFile::Deny => Level::Deny,
    }
}

/// Reports names that are neither a lint nor a group.
fn unknown(file: &ConfigFile) -> Vec<Diagnostic> {
    let own = file.lints.keys().map(|name| (Pointer::top("lints"), name));
    let others = file.overrides.iter().enumerate().flat_map(|(index, one)| {
        let place = Pointer::top("overrides").index(index).key("lints");
        one.lints.keys().map(move |name| (place.clone(), name))
    });
    let mut found = Vec::new();
    for (table, name) in own.chain(others) {
        // Nothing shortens these findings later, so this is the limit itself.
        if found.len() >= MOST_FINDINGS {
            break;
        }
        // Any level will do, since only the name is checked.
        if let Err(help) = Levels::default().set(name, Level::Warn) {
            found.push(
                Diagnostic::error("unknown-lint", format!("there is no lint or group `{name}`"))
                    .at_key(table.key(name), "only lints can be set")
                    .help(help.unwrap_or_else(|| "`scalewright explain` lists them".to_owned())),
            );
        }
    }
    found
}
