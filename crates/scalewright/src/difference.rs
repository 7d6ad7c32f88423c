//! Unified diffs of changed files.

use scalewright_model::text::line;
use similar::{Algorithm, TextDiff};

use crate::render::Printable;

/// Returns the changes from `before` to `after` in the file called `name`, in the format that `patch` reads. The text
/// is empty if there are none.
pub(crate) fn unified(name: &str, before: &str, after: &str) -> Printable {
    if before == after {
        return Printable::default();
    }
    let name = line(name);
    let difference = TextDiff::configure().algorithm(Algorithm::Myers).diff_lines(before, after);
    let mut unified = difference.unified_diff();
    let shown =
        unified.context_radius(3).header(&format!("a/{name}"), &format!("b/{name}")).to_string();
    Printable::patch(&shown)
}
