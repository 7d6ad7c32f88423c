//! Python: a module for pandas and polars (through narwhals), one in plain Python, and one for PySpark.

mod frames;
mod frames_file;
mod options;
mod plain;
mod spark;
mod test_data;
mod texts;

use scalewright_check::{TargetRules, WordRules};

use crate::code::refusals::refusals;
use crate::code::{keys, losses};
use crate::{ExportRequest, Exported, Exporter, FileSpec, Platform};
use options::{Engine, Options};

/// The rules of Python, for lints. All modules express what plain Python expresses, unless an export says otherwise.
pub(crate) static RULES: TargetRules = TargetRules {
    platform: "Python",
    names: None,
    words: WordRules::PLAIN,
    refusals: Some(|instrument, program, _| refusals(instrument, program, &plain::PYTHON)),
};

/// The Python platform.
pub(crate) static PLATFORM: Platform = Platform {
    name: "Python",
    rules: &RULES,
    exporters: &[Exporter {
        files: &[FileSpec {
            name: "<id>_<language>_<engine>.py",
            what: "a module that scores answers, and its self-test; with underscores instead of hyphens",
        }],
        flags: &["leave-out-scores"],
        options: Options::SPECS,
        ..Exporter::new(
            "python",
            "scoring code in Python: pandas, polars, PySpark, or no package at all",
            export,
        )
    }],
    limits: &[
        "A clock time is a number of minutes after midnight, and a date the number of its eight digits: 20260131.",
        "The module for PySpark counts answers that are not allowed; it cannot stop at them.",
        "Only plain Python has the normal distribution function: the modules for data frames refuse it.",
    ],
    losses: losses::LOSSES,
    keys: keys::KEYS,
};

fn export(request: &ExportRequest<'_>) -> Exported {
    let options = Options::of(request.options);
    // A name that Python can import.
    let (id, language) = (&request.instrument.id, &request.wording.language);
    let name = |engine: &str| format!("{id}_{language}_{engine}.py").replace('-', "_");
    match options.engine {
        Engine::Narwhals => {
            crate::code::exported(request, &frames::FRAMES, options.columns, |script| {
                vec![(name("narwhals"), frames_file::text(request, script, &options))]
            })
        }
        Engine::Plain => {
            crate::code::exported(request, &plain::PYTHON, options.columns, |script| {
                vec![(name("plain"), plain::text(request, script, &options))]
            })
        }
        Engine::PySpark => {
            crate::code::exported(request, &spark::SPARK, options.columns, |script| {
                vec![(name("pyspark"), spark::text(request, script, &options))]
            })
        }
    }
}
