//! What changes in a file, as a unified diff.

use scalewright_model::text::line;
use similar::{Algorithm, TextDiff};

use crate::render::Printable;

/// The changes from `before` to `after` in the file called `name`, in the form that `patch` reads; empty when there
/// are none.
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
