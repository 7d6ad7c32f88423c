//! What the platform is, and which files it gets.

mod keys;
mod losses;
mod options;

use scalewright_check::{TargetRules, WordRules};

use crate::{ExportRequest, Exported, ExportedFile, Exporter, FileSpec, Platform, Stage};
use options::Options;

/// What lints know of it: the names that it takes, what it reads into words, the scores that it cannot express.
pub(crate) static RULES: TargetRules =
    TargetRules { platform: "new-platform", names: None, words: WordRules::PLAIN, refusals: None };

/// What the platform is, in a sentence.
pub(crate) static PLATFORM: Platform = Platform {
    name: "new-platform",
    rules: &RULES,
    exporters: &[Exporter {
        stage: Stage::Draft,
        files: &[FileSpec { name: "<id>.<language>.new-platform.txt", what: "the instrument" }],
        options: Options::SPECS,
        ..Exporter::new("new-platform", "what is made, in a line", export)
    }],
    limits: &[],
    losses: losses::LOSSES,
    keys: keys::KEYS,
};

fn export(request: &ExportRequest<'_>) -> Exported {
    let Options { title } = Options::of(request.options);
    // Write the instrument here. Take its structs apart field by field, without `..`, and print the scores of
    // `request.program`; what the platform has no place for is a loss, at its place in the definition.
    let text = if title { request.wording.title.clone() } else { String::new() };
    let file = ExportedFile::of(request.file_name("new-platform.txt"), text.into_bytes());
    Exported { files: vec![file], diagnostics: Vec::new() }
}
