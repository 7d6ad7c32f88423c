//! Scores as code in programming languages, printed from the [normal form](scalewright_scoring::normal).
//!
//! [`Syntax`](syntax::Syntax) is how one language spells things: about thirty short functions, in the folder of its
//! platform. [`Walk`](walk::Walk) prints steps and checks in it, [`Lines`](lines::Lines) gives long ones a line of their
//! own, and [`Script`](script::Script) arranges the lines of all scores. No other module knows a language.

pub(crate) mod compare;
mod described;
pub(crate) mod head;
pub(crate) mod intervals;
pub(crate) mod keys;
pub(crate) mod lines;
pub(crate) mod losses;
pub(crate) mod names;
pub(crate) mod options;
pub(crate) mod refusals;
pub(crate) mod scalar;
pub(crate) mod script;
pub(crate) mod self_test;
pub(crate) mod syntax;
pub(crate) mod walk;

use scalewright_model::Diagnostic;

use crate::{ExportRequest, Exported, ExportedFile};
use options::Columns;
use script::Script;
use syntax::Syntax;

/// Exports the scores of `request` as files with code. `files` returns the name and text of each. There are no files if
/// no score is left.
pub(crate) fn exported(
    request: &ExportRequest<'_>,
    syntax: &dyn Syntax,
    columns: Columns,
    files: impl FnOnce(&Script) -> Vec<(String, String)>,
) -> Exported {
    let bytes = |(name, text): (String, String)| ExportedFile::of(name, text.into_bytes());
    exported_files(request, syntax, columns, |script| {
        Ok(files(script).into_iter().map(bytes).collect())
    })
}

/// The same for files of any content. `files` returns them, or why they cannot be made.
pub(crate) fn exported_files(
    request: &ExportRequest<'_>,
    syntax: &dyn Syntax,
    columns: Columns,
    files: impl FnOnce(&Script) -> Result<Vec<ExportedFile>, Box<Diagnostic>>,
) -> Exported {
    let mut script = Script::new(request, syntax, columns);
    let mut diagnostics = std::mem::take(&mut script.diagnostics);
    let collisions = names::colliding(request, &script);
    if !collisions.is_empty() {
        diagnostics.extend(collisions);
        return Exported { files: Vec::new(), diagnostics };
    }
    let files = match script.is_empty() {
        true => Err(Box::new(Diagnostic::error(
            "nothing-to-score",
            format!("there is no score to print in {}", syntax.language()),
        ))),
        false => files(&script),
    };
    let files = files.unwrap_or_else(|why| {
        diagnostics.push(*why);
        Vec::new()
    });
    Exported { files, diagnostics }
}
