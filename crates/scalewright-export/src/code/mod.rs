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
    let mut script = Script::new(request, syntax, columns);
    let mut diagnostics = std::mem::take(&mut script.diagnostics);
    if script.is_empty() {
        let message = format!("there is no score to print in {}", syntax.language());
        diagnostics.push(scalewright_model::Diagnostic::error("nothing-to-score", message));
        return Exported { files: Vec::new(), diagnostics };
    }
    let files = files(&script).into_iter();
    let files = files.map(|(name, text)| ExportedFile::of(name, text.into_bytes()));
    Exported { files: files.collect(), diagnostics }
}
