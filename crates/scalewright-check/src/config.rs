//! `scalewright.toml`, read and understood.

mod print;

use std::collections::BTreeMap;

use scalewright_model::file::{ConfigFile, ExportFile, LevelFile, PdfFile};
use scalewright_model::{Diagnostic, MOST_FINDINGS, Pointer};

use crate::levels::{Level, Levels};
use crate::{Document, Finding, SchemaKind, Source, Study, locate, shape};

/// What a study sets.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The folder of the instruments, as seen from the file.
    pub library: Option<String>,
    /// What they are used for.
    pub study: Study,
    /// What people call the study.
    pub title: Option<String>,
    /// The levels of all instruments: names of lints or of groups, in the order in which they are set.
    pub lints: Vec<(String, Level)>,
    /// Those of some instruments, set after.
    pub overrides: Vec<Override>,
    /// How printed sheets look.
    pub pdf: PdfFile,
    /// The options of targets, as written.
    pub export: ExportFile,
    /// The text, for what is wrong with the files that it names; nothing where there are no settings.
    pub document: Option<Document>,
}

/// Levels for the instruments at or below a path.
#[derive(Debug, Clone)]
pub struct Override {
    /// The path, as seen from the file.
    pub path: String,
    /// The levels.
    pub lints: Vec<(String, Level)>,
}

/// Reads the text of a `scalewright.toml`: what it sets, or everything that is wrong with it.
///
/// # Errors
/// The text, and the findings in it.
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
        Some(file) if found.is_empty() => Ok(understood(file, document.clone())),
        _ => Err((document.clone(), locate(found, 0, &document))),
    }
}

fn understood(file: ConfigFile, document: Document) -> Config {
    let overrides = file.overrides.into_iter();
    let overrides =
        overrides.map(|one| Override { path: one.path, lints: in_order(&one.lints) }).collect();
    let study = file.study.unwrap_or_default();
    Config {
        study: Study { uses: study.usage, date: study.date },
        title: study.title,
        library: file.library.map(|library| library.path),
        lints: in_order(&file.lints),
        overrides,
        pdf: file.pdf.unwrap_or_default(),
        export: file.export,
        document: Some(document),
    }
}

/// What is said of more lints comes first, so that what is said of fewer holds.
fn in_order(lints: &BTreeMap<String, LevelFile>) -> Vec<(String, Level)> {
    let mut all: Vec<(String, Level)> =
        lints.iter().map(|(name, level)| (name.clone(), meant(*level))).collect();
    all.sort_by_key(|(name, _)| Levels::width(name));
    all
}

fn meant(level: LevelFile) -> Level {
    match level {
        LevelFile::Allow => Level::Allow,
        LevelFile::Hint => Level::Hint,
        LevelFile::Warn => Level::Warn,
        LevelFile::Deny => Level::Deny,
    }
}

/// The names that are those of no lint and no group.
fn unknown(file: &ConfigFile) -> Vec<Diagnostic> {
    let own = file.lints.keys().map(|name| (Pointer::top("lints"), name));
    let others = file.overrides.iter().enumerate().flat_map(|(index, one)| {
        let place = Pointer::top("overrides").index(index).key("lints");
        one.lints.keys().map(move |name| (place.clone(), name))
    });
    let mut found = Vec::new();
    for (table, name) in own.chain(others) {
        if found.len() >= MOST_FINDINGS {
            break;
        }
        // The level is of no account: a name is known or not.
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
