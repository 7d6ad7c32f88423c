//! Codebooks: what each column of the answers and of the scores means, for people and for data repositories.

mod bids;
mod build;
mod csv;
mod ddi;
mod ddi_variables;
mod document;
mod files;
mod frictionless;
mod html;
mod items;
mod json;
mod keys;
mod losses;
mod markdown;
mod names;
mod options;
mod psych_ds;
mod row;
mod scores;
mod study;
mod table;
mod workbook;

use scalewright_check::{TargetRules, WordRules};

use crate::{ExportRequest, Exported, Exporter, FileSpec, Platform};
use options::Options;

/// The rules of codebooks, for lints.
pub(crate) static RULES: TargetRules =
    TargetRules { platform: "codebook", names: None, words: WordRules::PLAIN, refusals: None };

/// The codebook platform.
pub(crate) static PLATFORM: Platform = Platform {
    name: "codebook",
    rules: &RULES,
    exporters: &[Exporter {
        files: FILES,
        options: Options::SPECS,
        study: Some(study::export),
        ..Exporter::new(
            "codebook",
            "codebook of the columns of answers and scores, in eight formats",
            export,
        )
    }],
    limits: &[
        "How a score is computed, and the names of its parts, are in English, whatever the language.",
        "The columns of bands contain the labels of the definition, in every language.",
        "A cell of the workbook has at most 32,767 characters.",
    ],
    losses: losses::LOSSES,
    keys: keys::KEYS,
};

const FILES: &[FileSpec] = &[
    FileSpec {
        name: "<id>.<language>.codebook.md",
        what: "the codebook; with `codebook.format=markdown`, the default",
    },
    FileSpec { name: "<id>.<language>.codebook.html", what: "with `codebook.format=html`" },
    FileSpec { name: "<id>.<language>.codebook.csv", what: "with `codebook.format=csv`" },
    FileSpec { name: "<id>.<language>.codebook.xlsx", what: "with `codebook.format=xlsx`" },
    FileSpec {
        name: "<id>.<language>.datapackage.json",
        what: "with `codebook.format=frictionless`",
    },
    FileSpec {
        name: "<id>.<language>.phenotype.json",
        what: "with `codebook.format=bids`; with `--study` one for each instrument",
    },
    FileSpec {
        name: "<id>.<language>.dataset_description.json",
        what: "with `codebook.format=psych-ds`",
    },
    FileSpec { name: "<id>.<language>.ddi.xml", what: "with `codebook.format=ddi`" },
];

fn export(request: &ExportRequest<'_>) -> Exported {
    let options = Options::of(request.options);
    let requests = [request];
    let book = build::codebook(&request.wording.title, &requests, |request| request.wording);
    let mut diagnostics = names::refused(request, &book.parts[0]);
    diagnostics.extend(losses::reported(request));
    let others = files::translated(&requests);
    match files::files(&book, &others, &options, |ending| request.file_name(ending)) {
        Ok(files) => Exported { files, diagnostics },
        Err(why) => {
            diagnostics.push(*why);
            Exported { files: Vec::new(), diagnostics }
        }
    }
}
