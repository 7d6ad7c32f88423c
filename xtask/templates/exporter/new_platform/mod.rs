//! The description of the platform, and its export.

mod keys;
mod losses;
mod options;

use scalewright_check::{TargetRules, WordRules};

use crate::{ExportRequest, Exported, ExportedFile, Exporter, FileSpec, Platform, Stage};
use options::Options;

/// The rules for lints: allowed names, characters that the platform interprets, and scores that it cannot compute.
pub(crate) static RULES: TargetRules =
    TargetRules { platform: "new-platform", names: None, words: WordRules::PLAIN, refusals: None };

/// Describe the platform in a sentence.
pub(crate) static PLATFORM: Platform = Platform {
    name: "new-platform",
    rules: &RULES,
    exporters: &[Exporter {
        stage: Stage::Draft,
        files: &[FileSpec { name: "<id>.<language>.new-platform.txt", what: "the instrument" }],
        options: Options::SPECS,
        ..Exporter::new("new-platform", "the created files, in a line", export)
    }],
    limits: &[],
    losses: losses::LOSSES,
    keys: keys::KEYS,
};

fn export(request: &ExportRequest<'_>) -> Exported {
    let Options { title } = Options::of(request.options);
    // Write the instrument here. Destructure its structs field by field, without `..`, and print the scores of
    // `request.program`. Report content that the platform cannot represent as a loss, at its location in the
    // definition.
    let text = if title { request.wording.title.clone() } else { String::new() };
    let file = ExportedFile::of(request.file_name("new-platform.txt"), text.into_bytes());
    Exported { files: vec![file], diagnostics: Vec::new() }
}
