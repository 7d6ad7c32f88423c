//! Reads `scalewright.toml`, the settings of a study.

mod lints;
mod plugins;
mod print;

use scalewright_model::Pointer;
use scalewright_model::file::{ConfigFile, ExportFile, PdfFile, PluginsFile};

use crate::levels::Level;
use crate::{Document, Finding, SchemaKind, Source, Study, locate, shape};

/// The settings of a study.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The folder of the instruments, relative to the file.
    pub library: Option<String>,
    /// The folders of packs, relative to the file.
    pub packs: Vec<String>,
    /// The key files, or folders of them, relative to the file.
    pub keys: Vec<String>,
    /// The use of the instruments.
    pub study: Study,
    /// The title of the study.
    pub title: Option<String>,
    /// The levels for all instruments, by names of lints or groups, in the order in which they apply.
    pub lints: Vec<(String, Level)>,
    /// The levels for some instruments, which apply after `lints`.
    pub overrides: Vec<Override>,
    /// The lint plug-ins that every check runs, each with its place in the file.
    pub lint_plugins: Vec<(String, Pointer)>,
    /// The lints of other programs that are named in the file, each with its place, also those of `overrides`.
    pub outside: Vec<(String, Pointer)>,
    /// The appearance of printed forms.
    pub pdf: PdfFile,
    /// The options of targets, as written in the file.
    pub export: ExportFile,
    /// The programs and the templates of plug-ins.
    pub plugins: PluginsFile,
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
    found.extend(file.iter().flat_map(lints::wrong));
    found.extend(file.iter().filter_map(|file| file.pdf.as_ref()).flat_map(print::wrong));
    found.extend(file.iter().filter_map(|file| file.plugins.as_ref()).flat_map(plugins::wrong));
    match file {
        Some(file) if found.is_empty() => Ok(config(file, document.clone())),
        _ => Err((document.clone(), locate(found, 0, &document))),
    }
}

fn config(file: ConfigFile, document: Document) -> Config {
    let (lint_plugins, outside) = (lints::plugins(&file), lints::outside(&file));
    let overrides = file.overrides.into_iter();
    let overrides = overrides
        .map(|one| Override { path: one.path, lints: lints::in_order(&one.lints) })
        .collect();
    let study = file.study.unwrap_or_default();
    Config {
        study: Study { uses: study.usage, date: study.date },
        title: study.title,
        library: file.library.map(|library| library.path),
        packs: file.packs.map(|packs| packs.paths).unwrap_or_default(),
        keys: file.keys.map(|keys| keys.paths).unwrap_or_default(),
        lints: lints::in_order(&file.lints),
        overrides,
        lint_plugins,
        outside,
        pdf: file.pdf.unwrap_or_default(),
        export: file.export,
        plugins: file.plugins.unwrap_or_default(),
        document: Some(document),
    }
}
