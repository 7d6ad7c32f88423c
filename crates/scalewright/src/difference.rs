//! What changes in a file, as a unified diff.

use similar::{Algorithm, TextDiff};

/// The changes from `before` to `after` in the file called `name`, in the form that `patch` reads; empty when there
/// are none.
pub(crate) fn unified(name: &str, before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    // A name must not break out of its line, nor speak to the terminal.
    let name: String = name.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    let difference = TextDiff::configure().algorithm(Algorithm::Myers).diff_lines(before, after);
    let mut unified = difference.unified_diff();
    let shown =
        unified.context_radius(3).header(&format!("a/{name}"), &format!("b/{name}")).to_string();
    let visible =
        |c: char| if c.is_control() && !matches!(c, '\n' | '\t' | '\r') { '\u{fffd}' } else { c };
    shown.chars().map(visible).collect()
}
